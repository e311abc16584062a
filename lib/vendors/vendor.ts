import type { Contact, FieldValue } from '../core/contact.ts';
import type { RecordFields } from '../core/diff.ts';
import type { PersonView } from '../panel-state.ts';

/** One person as read from a vendor, in the three forms that the rest of the product uses. */
export interface PersonRecord {
  contact: Contact;
  fields: RecordFields;
  view: PersonView;
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
}

/** What is learnt about an account when it is connected, and again now and then. */
export interface AccountInfo {
  name: string;
  /** ISO 3166 alpha-2, or null when unknown. */
  country: string | null;
  /** IANA name, or null when the vendor names none that this browser knows. */
  timeZone: string | null;
}
