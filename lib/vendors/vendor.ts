import type { Contact, FieldValue } from '../core/contact.ts';
import type { RecordFields } from '../core/diff.ts';
import type { BlockReason } from '../core/mapping.ts';
import type { PersonView } from '../panel-state.ts';

/** One person as read from a vendor, in the three forms that the rest of the product uses. */
export interface PersonRecord {
  contact: Contact;
  fields: RecordFields;
  view: PersonView;
  /** Epoch ms when the vendor says that it was made; null where it does not, or in a form that cannot be read. */
  createdAt?: number | null;
  /** Custom fields that hold something, as text: by name in Atera, by id in GHL. Absent where they were not read. */
  custom?: Readonly<Record<string, string>>;
}

/** Whether each key can be given to a record that is being created, or why not. */
export type Creatable = Readonly<Record<string, true | BlockReason>>;

/** One value of a record to create. */
export interface NewValue {
  key: string;
  value: string;
}

/** One value to write: the key is one of the vendor's `mapping.ts`. */
export interface KeyedValue {
  key: string;
  value: FieldValue;
}

/** What both vendors can do with people. Bound to one account. Throws `AppError` only. */
export interface Vendor {
  /** Fresh from the vendor, never from a cache. `keys`: what of the mapping must be right; the rest may be missing. */
  readPerson(id: string, keys?: readonly string[]): Promise<PersonRecord>;
  /** Everyone whose e-mail address is exactly this one (compared on our side). */
  findByEmail(email: string): Promise<PersonRecord[]>;
  /** People found by this number, as the vendor searches; the caller compares. */
  findByPhone(phone: string): Promise<PersonRecord[]>;
  /** Writes these keys and no others. Reads nothing back. */
  updatePerson(id: string, changes: readonly KeyedValue[]): Promise<void>;
  creatable(): Promise<Creatable>;
  /**
   * Creates somebody with these values and no others, and answers with the id; null when the vendor named none. Looks for nobody
   * before. `customerId`: the company, where the vendor wants one.
   */
  createPerson(values: readonly NewValue[], customerId: string | null): Promise<string | null>;
}

/** What both vendors can do with records of one kind, people or companies, that are compared and written. */
export type RecordVendor = Pick<Vendor, 'readPerson' | 'updatePerson' | 'creatable' | 'createPerson'>;

/** Companies, in the same words. A new one belongs to nobody. */
export interface CompanyVendor extends RecordVendor {
  /** Everyone that is called exactly this, whatever the case. Rejects where not all could be looked through. */
  findByName(name: string): Promise<PersonRecord[]>;
}

/** What is learnt about an account when it is connected, and again now and then. */
export interface AccountInfo {
  name: string;
  /** ISO 3166 alpha-2, or null when unknown. */
  country: string | null;
  /** IANA name, or null when the vendor names none that this browser knows. */
  timeZone: string | null;
}
