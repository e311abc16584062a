import { type Ref, VENDOR_NAMES, type VendorName } from '../core/contact.ts';
import type { Operation } from '../core/plan.ts';
import { AppError } from '../errors.ts';
import type { PersonRecord } from '../vendors/vendor.ts';
import type { Pair } from './accounts.ts';
import type { StoredPlan } from './areas.ts';
import { type Doubt, doubtOf, type Proves } from './identity-proof.ts';
import type { Records } from './load-parts.ts';
import { asViewed, readOne } from './planned-write.ts';

/** What is written over was read no longer ago than this: nobody can keep others from writing meanwhile. A call takes a fifth of it. */
export const FRESH_MS = 2_000;
/** A record that cannot be had in time so often is not written. */
const MOST_READS = 3;

/**
 * Both records as they are right now, and why it is not certain that they are one person. A pair that nobody linked is proven by
 * searches; where these, or one of the reads, took long, what has grown old meanwhile is read again.
 */
export async function readFresh(
  pair: Pair,
  stored: StoredPlan,
  operations: readonly Operation[],
  { now, proves }: { now: () => number; proves: Proves },
): Promise<{ before: Records; doubt: Doubt | null }> {
  const reads = new Map<VendorName, { person: PersonRecord; at: number }>();
  const isOld = ({ vendor }: Ref): boolean => {
    const read = reads.get(vendor);
    return !read || now() - read.at > FRESH_MS;
  };
  const reread = async (): Promise<Records> => {
    const refs = [stored.source, stored.target];
    for (let round = 0; round < MOST_READS && refs.some(isOld); round += 1)
      await Promise.all(
        refs.filter(isOld).map(async (ref) => {
          const person = await readOne(pair, ref, operations);
          reads.set(ref.vendor, { person, at: now() });
        }),
      );
    const late = refs.find(isOld);
    if (late) throw new AppError('timeout', { vendor: late.vendor });
    const [atera, ghl] = VENDOR_NAMES.map((vendor) => reads.get(vendor)?.person);
    if (!atera || !ghl) throw new AppError('internal');
    return { atera, ghl };
  };

  let proven: string | null = null;
  for (;;) {
    const before = await reread();
    const sides = asViewed(stored, before);
    // The proof is of these addresses, and of no others.
    const addresses = JSON.stringify([sides.source.contact.emails, sides.target.contact.emails]);
    if (stored.linked || addresses === proven) return { before, doubt: null };
    const doubt = await doubtOf(pair, sides, proves);
    if (doubt) return { before, doubt };
    proven = addresses;
  }
}
