import { toCountryCode } from '../core/country.ts';
import { isAppError } from '../errors.ts';
import type { AteraVendor } from '../vendors/atera/index.ts';
import type { GhlVendor } from '../vendors/ghl/index.ts';
import type { AccountMeta } from './areas.ts';

/** What a vendor says of an account itself; what its token may not read is null. */
export interface AccountFacts {
  name: string | null;
  meta: AccountMeta;
}

/** `tenant`: the vendor's own id of the account, null when the token may not read it. */
export async function readAteraFacts(
  atera: AteraVendor,
  now: number,
): Promise<AccountFacts & { tenant: string | null }> {
  // The right that `GET /account` needs is not documented: a token without it may still read contacts.
  const account = await orNull(atera.readAccount());
  return {
    tenant: account?.id ?? null,
    name: account?.name || null,
    meta: {
      // Atera writes the country's name.
      country: account?.country ? toCountryCode(account.country) : null,
      timeZone: account?.timeZone ?? null,
      location: null,
      readAt: now,
    },
  };
}

export async function readGhlFacts(ghl: GhlVendor, now: number): Promise<AccountFacts> {
  const location = await orNull(ghl.readLocation());
  const customFields = await orNull(ghl.readCustomFields());
  const [name, country, timeZone] = [
    location?.name ?? '',
    location?.country ?? null,
    location?.timeZone ?? null,
  ];
  const allowsDuplicates = location?.allowsDuplicates ?? null;
  return {
    name: name || null,
    meta: {
      country,
      timeZone,
      location: { name, country, timeZone, allowsDuplicates, customFields },
      readAt: now,
    },
  };
}

/** What is known of the same account after another look: a country does not go with the right to read it. */
export const mergeMeta = (before: AccountMeta | undefined, now: AccountMeta): AccountMeta => ({
  ...now,
  country: now.country ?? before?.country ?? null,
  timeZone: now.timeZone ?? before?.timeZone ?? null,
  ...(before?.witnesses && !now.witnesses ? { witnesses: before.witnesses } : {}),
});

/** Whether people would be compared otherwise than before. */
export const comparesAlike = (before: AccountMeta | undefined, now: AccountMeta): boolean =>
  before !== undefined &&
  JSON.stringify([before.country, before.location]) === JSON.stringify([now.country, now.location]);

/** The answer, or null where the credential lacks the right: the account still works without it. */
async function orNull<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (isAppError(error) && error.code === 'forbidden') return null;
    throw error;
  }
}
