import { isRoleMailbox } from '../core/match.ts';
import type { PersonRecord } from '../vendors/vendor.ts';
import type { Pair } from './accounts.ts';

/** Two records, as read right now, that are about to be treated as one person. */
export interface Sides {
  /** In a proof: the one on screen. */
  source: PersonRecord;
  target: PersonRecord;
}

/** Why it is not certain that they are one person. */
export interface Doubt {
  source: PersonRecord;
  /** Others of the source's own vendor with the same address. */
  twins: PersonRecord[];
  /** Everyone of the target's vendor with that address, or the shown target when there is none. */
  candidates: PersonRecord[];
}

/** Another way to be sure: whether the two records, read right now, prove by themselves that they are one person. */
export type Proves = (pair: Pair, sides: Sides) => Promise<boolean>;

/**
 * Before the first write to a pair that nobody linked: their records must name each other, or the shared address must name these two
 * people and no others.
 */
export async function doubtOf(pair: Pair, sides: Sides, proves: Proves): Promise<Doubt | null> {
  const { source, target } = sides;
  if (await proves(pair, sides)) return null;
  const shared = source.contact.emails.filter((email) => target.contact.emails.includes(email));
  const [email] = shared.filter((address) => !isRoleMailbox(address));
  if (!email) return { source, twins: [], candidates: [target] };
  const [sources, targets] = await Promise.all([
    pair[source.contact.ref.vendor].findByEmail(email),
    pair[target.contact.ref.vendor].findByEmail(email),
  ]);
  const others = (people: PersonRecord[], { contact }: PersonRecord): PersonRecord[] =>
    people.filter((person) => person.contact.ref.id !== contact.ref.id);
  const twins = others(sources, source);
  const rivals = others(targets, target);
  // A search that does not even find these two proves nothing about others (a filter may be ignored).
  const isProof = sources.length > twins.length && targets.length > rivals.length;
  if (!isProof) return { source, twins, candidates: [target, ...rivals] };
  return twins.length + rivals.length === 0 ? null : { source, twins, candidates: [target, ...rivals] };
}
