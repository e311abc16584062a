import { agreementOf } from './agreement.ts';
import type { Contact, FieldValue, Ref, VendorName } from './contact.ts';

/**
 * What a custom field of one record says of the counterpart in the other vendor. Whoever may edit the field can write anything into it:
 * what it says is a hint, and never more by itself.
 */
export type Pointer =
  | { state: 'empty' }
  /** A contact of the connected account. */
  | { state: 'names'; ref: Ref }
  /** A contact of another tenant, or of another location. */
  | { state: 'elsewhere' }
  /** Not what is written here. */
  | { state: 'unreadable' };

/** The account that a pointer may name. `key`: the vendor's own id of it, the same on every computer. */
export interface PointedAccount {
  vendor: VendorName;
  accountId: string;
  key: string;
}

const SHAPE = /^(atera|ghl):([\w-]{1,80}):([\w-]{1,80})$/u;

/** The text that names this contact; null where the ids do not fit into one that can be read again. */
export function pointerTo({ vendor, id }: Ref, { key }: PointedAccount): string | null {
  const text = `${vendor}:${key}:${id}`;
  return SHAPE.test(text) ? text : null;
}

export function readPointer(text: FieldValue | undefined, account: PointedAccount): Pointer {
  const written = text?.trim() ?? '';
  if (written === '') return { state: 'empty' };
  const [, vendor, key, id] = SHAPE.exec(written) ?? [];
  if (vendor !== account.vendor || id === undefined) return { state: 'unreadable' };
  if (key !== account.key) return { state: 'elsewhere' };
  return { state: 'names', ref: { vendor, accountId: account.accountId, kind: 'contact', id } };
}

/** Whether two records have anything but a pointer in common that speaks for one person. A mailbox of many does not. */
export function hasAgreement(a: Contact, b: Contact, toE164: (value: string) => string | null): boolean {
  const kinds = agreementOf(a, b, toE164).map(({ kind }) => kind);
  const sameEmail = kinds.includes('same-email') && !kinds.includes('role-mailbox');
  return sameEmail || kinds.includes('same-phone') || kinds.includes('same-name');
}
