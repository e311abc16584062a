import { isAppError } from '../errors.ts';
import type { AteraVendor } from '../vendors/atera/index.ts';
import type { PersonRecord } from '../vendors/vendor.ts';
import type { AccountMeta, StoredAccount } from './areas.ts';

/** Whether a new token is good for the account that is connected. `unknown`: only the person who pasted it can say. */
export type Verdict = 'same' | 'other' | 'unknown';

const WITNESSES = 5;

type Witness = NonNullable<AccountMeta['witnesses']>[number];

/** A few people of an account: a later token that reads the same ones is good for the same account. Needs the right to read contacts. */
export async function readWitnesses(atera: AteraVendor): Promise<Witness[]> {
  const { people } = await atera.readSome(WITNESSES);
  return people.map(witnessOf);
}

const witnessOf = ({ contact }: PersonRecord): Witness => ({
  id: contact.ref.id,
  email: contact.emails[0] ?? null,
  name: contact.name,
});

/**
 * Never by the token itself: a renewed one is another token. By Atera's own id where both tokens may read it, else by the people that
 * the new token can see.
 */
export async function judgeTenant(
  atera: AteraVendor,
  tenant: string | null,
  present: StoredAccount,
  witnesses: AccountMeta['witnesses'],
): Promise<Verdict> {
  const known = tenantOf(present);
  if (known !== null && tenant !== null) return known === tenant ? 'same' : 'other';
  const seen = await Promise.all((witnesses ?? []).map((witness) => isThere(atera, witness)));
  const count = (answer: boolean): number => seen.filter((one) => one === answer).length;
  if (count(true) > count(false)) return 'same';
  return count(false) > 0 ? 'other' : 'unknown';
}

/** Ids that earlier versions made of a token say nothing of the tenant. */
const tenantOf = ({ id, tenant }: StoredAccount): string | null =>
  tenant === undefined ? (/^t[0-9a-f]{20}$/u.test(id) ? null : id) : tenant;

/** Null when there is no such record: it may have been deleted since. */
async function isThere(atera: AteraVendor, witness: Witness): Promise<boolean | null> {
  try {
    const { email, name } = witnessOf(await atera.readPerson(witness.id, []));
    return email !== null && witness.email !== null ? email === witness.email : name === witness.name;
  } catch (error) {
    if (isAppError(error) && error.code === 'not_found') return null;
    throw error;
  }
}
