import { type Ref, sameRef } from '../core/contact.ts';
import type { Claim } from '../core/match.ts';
import { isAppError } from '../errors.ts';
import type { PersonRecord } from '../vendors/vendor.ts';
import type { Pair } from './accounts.ts';
import type { Links } from './links.ts';

type LinkOf = (ref: Ref) => Promise<Ref | null>;

/** Whether one of the two is linked to somebody else: then an address that they share proves nothing. */
export async function isClaimed(links: Links, pair: Pair, one: Ref, other: Ref): Promise<boolean> {
  const [a, b] = [await links.counterpartOf(pair, one), await links.counterpartOf(pair, other)];
  return (a !== null && !sameRef(a, other)) || (b !== null && !sameRef(b, one));
}

/** Who of those found is linked to somebody else than this person, and to whom. One call for each, and hardly ever one. */
export async function claimsOf(
  pair: Pair,
  linkOf: LinkOf,
  person: Ref,
  found: readonly PersonRecord[],
): Promise<Claim[]> {
  const claims = found.map(async ({ contact: { ref } }): Promise<Claim[]> => {
    const to = await linkOf(ref);
    return to === null || sameRef(to, person) ? [] : [{ ref, to, name: await nameOf(pair, to) }];
  });
  return (await Promise.all(claims)).flat();
}

/** The link counts, and is told, also when its other end cannot be read. */
async function nameOf(pair: Pair, { vendor, id }: Ref): Promise<string | null> {
  try {
    return (await pair[vendor].readPerson(id, [])).contact.name;
  } catch (error) {
    if (!isAppError(error)) throw error;
    return null;
  }
}
