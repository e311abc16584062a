/** Canonical types that both vendors are translated into. `core` knows the vendors' names, and nothing else of them. */

export const VENDOR_NAMES = ['atera', 'ghl'] as const;
export type VendorName = (typeof VENDOR_NAMES)[number];

export const REF_KINDS = [
  'contact',
  'ticket',
  'customer',
  'conversation',
  'opportunity',
  /** A company in GHL. */
  'business',
  /** A computer with Atera's agent on it. */
  'agent',
  /** A device in the network that Atera watches: a printer, a switch. */
  'snmp',
] as const;
export type RefKind = (typeof REF_KINDS)[number];

/** Names one record of one account. Never without the account: the same id may exist in two tenants. */
export interface Ref {
  vendor: VendorName;
  accountId: string;
  kind: RefKind;
  id: string;
}

/** What a page shows, read from its URL alone. `locationId` is the GHL location named in the URL. */
export interface Subject {
  vendor: VendorName;
  kind: RefKind;
  id: string;
  locationId?: string;
}

export const FIELD_NAMES = [
  'firstName',
  'lastName',
  'email',
  'phone',
  'mobile',
  'jobTitle',
  'company',
  'address1',
  'city',
  'state',
  'postalCode',
  'country',
  /** Of companies alone. */
  'website',
] as const;
export type FieldName = (typeof FIELD_NAMES)[number];

/** A value of one field: plain text, or null for "nothing there". Empty strings are read as null. */
export type FieldValue = string | null;

/** The person a record describes, in canonical fields. */
export interface Contact {
  ref: Ref;
  /** Shown name; falls back to the e-mail address or the id when the record has no name. */
  name: string;
  fields: Partial<Record<FieldName, FieldValue>>;
  archived: boolean;
  /** Lower-cased addresses by which this person may be found: the main one first. */
  emails: string[];
}

export const sameRef = (a: Ref, b: Ref): boolean =>
  a.vendor === b.vendor && a.accountId === b.accountId && a.kind === b.kind && a.id === b.id;

/** Stable text form of a ref, fit for keys of maps, locks and stored rows. */
export const refKey = (ref: Ref): string =>
  [ref.vendor, ref.accountId, ref.kind, ref.id].map(encodeURIComponent).join('/');

export const sameSubject = (a: Subject | null, b: Subject | null): boolean =>
  a === b ||
  (a !== null &&
    b !== null &&
    a.vendor === b.vendor &&
    a.kind === b.kind &&
    a.id === b.id &&
    a.locationId === b.locationId);

/** Stable text form of a subject. Storage may hand objects back with their keys in another order. */
export const subjectKey = ({ vendor, kind, id, locationId }: Subject): string =>
  [vendor, kind, id, locationId ?? ''].map(encodeURIComponent).join('/');

const COMPANY_KINDS: ReadonlySet<RefKind> = new Set(['customer', 'business', 'agent', 'snmp']);

/** Whether a subject leads to a company and its people, not to one person. */
export const isCompany = ({ kind }: Pick<Subject, 'kind'>): boolean => COMPANY_KINDS.has(kind);

/** Whether a page only suggests who is on it: GHL keeps the address of one conversation while it shows another. */
export const isSuggestion = ({ kind }: Subject): boolean => kind === 'conversation';
