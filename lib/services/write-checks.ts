import { sameRef } from '../core/contact.ts';
import { mappingFingerprint } from '../core/mapping-settings.ts';
import { AppError } from '../errors.ts';
import type { Pair } from './accounts.ts';
import type { StoredPlan, StoredReceipt } from './areas.ts';
import type { Bases } from './bases.ts';
import { isClaimed } from './claims.ts';
import type { Links } from './links.ts';
import type { Records } from './load-parts.ts';
import type { MappingOf } from './records.ts';

/** What must be true of a plan, beside the page, when it is applied, and again right before its write. */
export type WriteChecks = ReturnType<typeof createWriteChecks>;

interface Dependencies {
  links: Links;
  bases: Pick<Bases, 'of'>;
  mappingOf: MappingOf;
}

export function createWriteChecks({ links, bases, mappingOf }: Dependencies) {
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

  /** What a sync settles without being told rests on what both last agreed on: where that was forgotten since, the agent is asked. */
  const checkBase = async (
    pair: Pair,
    { plan, fields, choices = {} }: StoredReceipt,
    people: Records,
  ): Promise<void> => {
    if (plan.side !== null) return;
    const known = await bases.of(pair, people, await mappingOf(pair, plan.source));
    const isForgotten = plan.rows.some(({ field, base }) => {
      if (!fields.includes(field) || choices[field]) return false;
      const now = known[field];
      return !now || now.left !== base?.left || now.right !== base.right;
    });
    if (isForgotten) throw new AppError('plan_expired');
  };

  return { checkRules, checkBase, isStillPair };
}
