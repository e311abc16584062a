import type { FieldValue } from '../../core/contact.ts';
import type { BlockReason } from '../../core/mapping.ts';
import { cleanText, normalizeEmail } from '../../core/text.ts';
import { epochOf } from '../related.ts';
import type { Creatable, NewValue, PersonRecord } from '../vendor.ts';
import type { ContactPatch, GhlContact, GhlCustomField, NewContact } from './schemas.ts';

type PatchKey = Exclude<keyof ContactPatch, 'customFields'>;

interface GhlField {
  read: (contact: GhlContact) => string | null | undefined;
  /** Key in the body of `PUT contacts/{id}`, or why there is none. */
  write: { key: PatchKey } | { blocked: BlockReason };
}

/** Everything the mapping may name on GHL's side, besides `custom:<fieldKey>`. */
export const GHL_FIELDS = {
  firstName: { read: (contact) => contact.firstName, write: { key: 'firstName' } },
  lastName: { read: (contact) => contact.lastName, write: { key: 'lastName' } },
  email: { read: (contact) => contact.email, write: { key: 'email' } },
  phone: { read: (contact) => contact.phone, write: { key: 'phone' } },
  // UpdateContactDto has no companyName; the link to a company is written by its own endpoint.
  companyName: { read: (contact) => contact.companyName, write: { blocked: 'ghl-company-link' } },
  address1: { read: (contact) => contact.address1, write: { key: 'address1' } },
  city: { read: (contact) => contact.city, write: { key: 'city' } },
  state: { read: (contact) => contact.state, write: { key: 'state' } },
  postalCode: { read: (contact) => contact.postalCode, write: { key: 'postalCode' } },
  country: { read: (contact) => contact.country, write: { key: 'country' } },
} as const satisfies Record<string, GhlField>;

const FIELDS: [string, GhlField][] = Object.entries(GHL_FIELDS);

/** Prefix of mapping keys that name a custom field by its key ("custom:contact.job_title"). */
export const CUSTOM_PREFIX = 'custom:';

/** Custom fields of the location; null when the token may not read them. */
export type CustomFields = readonly GhlCustomField[] | null;

/** How the location's custom fields look to the mapping. `wanted`: the custom keys that the mapping names. */
function customFields(contact: GhlContact, known: CustomFields, wanted: readonly string[]) {
  return wanted.map((key) => {
    const definition = known?.find(({ fieldKey }) => CUSTOM_PREFIX + fieldKey === key);
    const value = contact.customFields?.find(({ id }) => id === definition?.id)?.value;
    const isEmpty = value === null || value === undefined || value === '';
    const isPlain = typeof value === 'string' || typeof value === 'number';
    // A list or a file has no one value: it is shown as it is, and never overwritten.
    const isText = isEmpty || isPlain ? true : 'custom-field-not-text';
    const writable: true | BlockReason =
      known === null ? 'custom-fields-unreadable' : definition ? isText : 'custom-field-missing';
    return { key, value: isEmpty ? null : isPlain ? String(value) : JSON.stringify(value), writable };
  });
}

/** Body of `PUT contacts/{id}` for these changes. Unknown or unwritable keys are a bug of the caller. */
export function ghlPatch(
  changes: readonly { key: string; value: FieldValue }[],
  known: CustomFields,
): ContactPatch {
  const patch: ContactPatch = {};
  for (const { key, value } of changes) {
    if (value === null) throw new RangeError(`GHL: clearing ${key} is unproven`);
    const definition = known?.find(({ fieldKey }) => CUSTOM_PREFIX + fieldKey === key);
    const write = FIELDS.find(([name]) => name === key)?.[1].write;
    if (definition)
      patch.customFields = [...(patch.customFields ?? []), { id: definition.id, field_value: value }];
    else if (write && 'key' in write) patch[write.key] = value;
    else throw new RangeError(`GHL cannot write ${key}`);
  }
  return patch;
}

/** What a new contact can be given: also the name of its company, which an update does not take. */
export const ghlCreatable = (known: CustomFields, wanted: readonly string[]): Creatable => ({
  ...Object.fromEntries(FIELDS.map(([key, { write }]) => [key, 'blocked' in write ? write.blocked : true])),
  companyName: true,
  ...Object.fromEntries(wanted.map((key) => [key, customWritable(key, known)])),
});

const customWritable = (key: string, known: CustomFields): true | BlockReason => {
  if (known === null) return 'custom-fields-unreadable';
  return known.some(({ fieldKey }) => CUSTOM_PREFIX + fieldKey === key) ? true : 'custom-field-missing';
};

/** Body of `POST contacts/`. Unknown or unwritable keys are a bug of the caller. */
export function ghlNewContact(
  values: readonly NewValue[],
  known: CustomFields,
  locationId: string,
): NewContact {
  const company = values.find(({ key }) => key === 'companyName');
  const patch = ghlPatch(
    values.filter((value) => value !== company),
    known,
  );
  return { ...patch, ...(company ? { companyName: company.value } : {}), locationId };
}

export interface GhlPersonContext {
  accountId: string;
  known: CustomFields;
  wanted: readonly string[];
}

export function ghlPerson(contact: GhlContact, { accountId, known, wanted }: GhlPersonContext): PersonRecord {
  const ref = { vendor: 'ghl', accountId, kind: 'contact', id: contact.id } as const;
  const custom = customFields(contact, known, wanted);
  const email = cleanText(contact.email);
  const emails = [email, ...additionalEmails(contact)].filter((value): value is string => value !== null);
  const name =
    cleanText(`${contact.firstName ?? ''} ${contact.lastName ?? ''}`) ??
    cleanText(contact.name) ??
    cleanText(contact.contactName) ??
    email ??
    contact.id;
  const company = cleanText(contact.companyName);
  const phone = cleanText(contact.phone);
  return {
    contact: {
      ref,
      name,
      archived: false,
      emails: [...new Set(emails.map(normalizeEmail))],
      fields: { email, phone, company },
    },
    fields: {
      values: Object.fromEntries([
        ...FIELDS.map(([key, { read }]) => [key, read(contact) || null]),
        ...custom.map(({ key, value }) => [key, value || null]),
      ]),
      writable: Object.fromEntries([
        ...FIELDS.map(([key, { write }]) => [key, 'blocked' in write ? write.blocked : true]),
        ...custom.map(({ key, writable }) => [key, writable]),
      ]),
    },
    view: {
      ref,
      name,
      email,
      phone,
      jobTitle: custom.find(({ key }) => key === JOB_TITLE)?.value ?? null,
      company,
      archived: false,
      url: contactUrl(accountId, contact.id),
      optOuts: optOuts(contact),
      companyId: cleanText(contact.businessId),
      isInBusiness: Boolean(contact.businessId),
    },
    createdAt: epochOf(contact.dateAdded),
    custom: customTexts(contact),
  };
}

/** What is no plain text is told as it is: something stands there. */
const customTexts = ({ customFields: fields }: GhlContact): Record<string, string> =>
  Object.fromEntries(
    (fields ?? []).flatMap(({ id, value }) => {
      if (value === null || value === undefined || value === '') return [];
      return [[id, typeof value === 'string' ? value : JSON.stringify(value)]];
    }),
  );

/** Custom field that holds the job title: GHL contacts have none of their own. */
export const JOB_TITLE = `${CUSTOM_PREFIX}contact.job_title`;

export const contactUrl = (locationId: string, contactId: string): string =>
  `https://app.gohighlevel.com/v2/location/${encodeURIComponent(locationId)}/contacts/detail/${encodeURIComponent(contactId)}`;

/** Further addresses: objects with `email`, or plain strings, depending on where the record came from. */
const additionalEmails = (contact: GhlContact): (string | null)[] =>
  (contact.additionalEmails ?? []).map((entry) => {
    const value = typeof entry === 'object' && entry !== null ? (entry as { email?: unknown }).email : entry;
    return typeof value === 'string' ? cleanText(value) : null;
  });

/**
 * Channels on which the person must not be contacted. In a channel's setting "active" means: the block is active. The flag of the
 * whole contact blocks every channel, whatever the settings of the channels say.
 */
function optOuts({ dnd, dndSettings }: GhlContact): string[] {
  const channels = Object.entries(dndSettings ?? {})
    .filter(([, setting]) => setting?.status === 'active' || setting?.status === 'permanent')
    .map(([channel]) => channel);
  return dnd === true ? ['all', ...channels] : channels;
}
