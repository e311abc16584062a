import { sameRef } from '../core/contact.ts';
import { mappingFingerprint } from '../core/mapping-settings.ts';
import { AppError } from '../errors.ts';
import type { Pair } from './accounts.ts';
import type { StoredPlan } from './areas.ts';
import { isClaimed } from './claims.ts';
import type { Links } from './links.ts';
import type { MappingOf } from './records.ts';

/** What must be true of a plan, beside the page, when it is applied, and again right before its write. */
export type WriteChecks = ReturnType<typeof createWriteChecks>;

export function createWriteChecks({ links, mappingOf }: { links: Links; mappingOf: MappingOf }) {
  /** A plan that was shown under other field rules promises what is not wanted any more. */
  const checkRules = async (pair: Pair, stored: StoredPlan): Promise<void> => {
    if (mappingFingerprint(await mappingOf(pair, stored.source)) !== stored.mapping)
      throw new AppError('plan_expired');
  };

  /** Nobody has unlinked these two, or said that they are different people, since the plan was shown. */
  const isStillPair = async (pair: Pair, { source, target, linked }: StoredPlan): Promise<boolean> => {
    if (await isClaimed(links, pair, source, target)) return false;
    if ((await links.rejectedOf(pair, source)).some((ref) => sameRef(ref, target))) return false;
    const now = await links.counterpartOf(pair, source);
    // Whoever was linked to somebody else by hand meanwhile is not written by their address any more.
    return now === null ? !linked : sameRef(now, target);
  };

  return { checkRules, isStillPair };
}
