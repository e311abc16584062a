import type { FieldValue } from '../../core/contact.ts';
import type { BlockReason } from '../../core/mapping.ts';
import { cleanText, normalizeEmail } from '../../core/text.ts';
import { epochOf } from '../related.ts';
import type { Creatable, NewValue, PersonRecord } from '../vendor.ts';
import { customerCard } from './related.ts';
import type { AteraContact, AteraCustomer, AteraCustomValue, AteraNewContact } from './schemas.ts';

/** What a person is made of in Atera: the contact, the customer it belongs to, and its custom values (null when not read). */
export interface AteraPersonSource {
  contact: AteraContact;
  customer: AteraCustomer | null;
  values: readonly AteraCustomValue[] | null;
}

/** Prefix of mapping keys that name a custom field of the contact by its name. */
export const CUSTOM_PREFIX = 'custom:';
export const CUSTOMER_PREFIX = 'customer.';

interface AteraField {
  read: (source: AteraPersonSource) => string | null | undefined;
  /** Key in the body of `PUT contacts/{id}`, or why there is none. */
  write: { key: 'Firstname' | 'Lastname' | 'JobTitle' | 'Phone' | 'MobilePhone' } | { blocked: BlockReason };
}

/** Everything the mapping may name on Atera's side. */
export const ATERA_FIELDS = {
  Firstname: { read: ({ contact }) => contact.Firstname, write: { key: 'Firstname' } },
  Lastname: { read: ({ contact }) => contact.Lastname, write: { key: 'Lastname' } },
  // Not in UpdateContactRequest, old or new.
  Email: { read: ({ contact }) => contact.Email, write: { blocked: 'atera-email-read-only' } },
  Phone: { read: ({ contact }) => contact.Phone, write: { key: 'Phone' } },
  MobilePhone: { read: ({ contact }) => contact.MobilePhone, write: { key: 'MobilePhone' } },
  JobTitle: { read: ({ contact }) => contact.JobTitle, write: { key: 'JobTitle' } },
  CustomerName: { read: ({ contact }) => contact.CustomerName, write: { blocked: 'vendor-read-only' } },
  // Addresses belong to the customer, not to one person: never written from one person's record.
  'customer.Address': {
    read: ({ customer }) => customer?.Address,
    write: { blocked: 'atera-customer-address' },
  },
  'customer.City': { read: ({ customer }) => customer?.City, write: { blocked: 'atera-customer-address' } },
  'customer.State': { read: ({ customer }) => customer?.State, write: { blocked: 'atera-customer-address' } },
  'customer.ZipCodeStr': {
    read: ({ customer }) => customer?.ZipCodeStr,
    write: { blocked: 'atera-customer-address' },
  },
  'customer.Country': {
    read: ({ customer }) => customer?.Country,
    write: { blocked: 'atera-customer-address' },
  },
} as const satisfies Record<string, AteraField>;

const FIELDS: [string, AteraField][] = Object.entries(ATERA_FIELDS);

/** Keys of the body for these changes. Unknown or unwritable keys are a bug of the caller. */
export function ateraPatch(changes: readonly { key: string; value: FieldValue }[]): Record<string, string> {
  return Object.fromEntries(
    changes.map(({ key, value }) => {
      const write = FIELDS.find(([name]) => name === key)?.[1].write;
      if (!write || 'blocked' in write) throw new RangeError(`Atera cannot write ${key}`);
      // What null or "" does to a field is not documented: the mapping never asks for it (no row clears).
      if (value === null) throw new RangeError(`Atera: clearing ${key} is unproven`);
      return [write.key, value];
    }),
  );
}

const canUpdate = FIELDS.map(([key, { write }]) => [key, 'blocked' in write ? write.blocked : true] as const);

/** What a new contact can be given: also the address, which no call can change later. Its company is chosen, not copied. */
export const ATERA_CREATABLE: Creatable = {
  ...Object.fromEntries(canUpdate),
  Email: true,
  CustomerName: 'atera-company-chosen',
};

/** Body of `POST contacts`. Unknown or unwritable keys are a bug of the caller, a missing address too. */
export function ateraNewContact(values: readonly NewValue[], customerId: string): AteraNewContact {
  const Email = values.find(({ key }) => key === 'Email')?.value ?? '';
  return {
    ...ateraPatch(values.filter(({ key }) => key !== 'Email')),
    Email,
    CustomerID: Number(customerId),
  };
}

export function ateraPerson(source: AteraPersonSource, accountId: string): PersonRecord {
  const { contact } = source;
  const ref = { vendor: 'atera', accountId, kind: 'contact', id: String(contact.EndUserID) } as const;
  const custom = (source.values ?? []).flatMap(({ FieldName, ValueAsString }) =>
    FieldName ? [{ key: CUSTOM_PREFIX + FieldName, value: ValueAsString || null }] : [],
  );
  const readable = FIELDS.filter(([key]) => source.customer !== null || !key.startsWith(CUSTOMER_PREFIX));
  const values = Object.fromEntries([
    ...readable.map(([key, { read }]) => [key, read(source) || null]),
    ...custom.map(({ key, value }) => [key, value]),
  ]);
  const email = cleanText(contact.Email);
  const name = cleanText(`${contact.Firstname ?? ''} ${contact.Lastname ?? ''}`) ?? email ?? ref.id;
  const company = cleanText(contact.CustomerName);
  return {
    contact: {
      ref,
      name,
      archived: contact.Archived === true,
      emails: email ? [normalizeEmail(email)] : [],
      fields: {
        email,
        phone: cleanText(contact.Phone),
        mobile: cleanText(contact.MobilePhone),
        company,
      },
    },
    fields: {
      values,
      writable: Object.fromEntries([
        ...canUpdate,
        ...custom.map(({ key }) => [key, 'vendor-read-only' satisfies BlockReason]),
      ]),
    },
    view: {
      ref,
      name,
      email,
      phone: cleanText(contact.Phone) ?? cleanText(contact.MobilePhone),
      jobTitle: cleanText(contact.JobTitle),
      company,
      archived: contact.Archived === true,
      // The address of a contact's page is not publicly known: no link is better than a guessed one.
      url: null,
      optOuts: [],
      companyId: contact.CustomerID ? String(contact.CustomerID) : null,
      customer: source.customer && customerCard(source.customer),
    },
    createdAt: epochOf(contact.CreatedOn),
    ...(source.values ? { custom: customTexts(source.values) } : {}),
  };
}

const customTexts = (values: readonly AteraCustomValue[]): Record<string, string> =>
  Object.fromEntries(
    values.flatMap(({ FieldName, ValueAsString }) =>
      FieldName && ValueAsString ? [[FieldName, ValueAsString]] : [],
    ),
  );
