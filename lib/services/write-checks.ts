import { isSuggestion, refKey, sameRef, sameSubject } from '../core/contact.ts';
import type { Mapping } from '../core/mapping.ts';
import { mappingFingerprint } from '../core/mapping-settings.ts';
import { AppError } from '../errors.ts';
import type { Pair } from './accounts.ts';
import type { StoredPlan } from './areas.ts';
import { isClaimed } from './claims.ts';
import type { Links } from './links.ts';
import type { Subjects } from './subjects.ts';

/** What must be true of a plan when it is applied, and again right before its write. */
export type WriteChecks = ReturnType<typeof createWriteChecks>;

export function createWriteChecks({
  subjects,
  links,
  mappingOf,
}: {
  subjects: Subjects;
  links: Links;
  mappingOf: (pair: Pair) => Promise<Mapping>;
}) {
  /** The plan is for what the tab shows at this very moment, or for nothing. */
  const checkSubject = async (stored: StoredPlan): Promise<void> => {
    const tab = await subjects.look(stored.tabId);
    const isSame =
      tab !== null &&
      tab.windowId === stored.windowId &&
      tab.version === stored.version &&
      sameSubject(tab.subject, stored.subject);
    if (!isSame) throw new AppError('subject_changed');
  };

  /** A page that only suggests somebody: the agent must have named this person, once for what the tab shows. */
  const checkConfirmed = async (stored: StoredPlan, confirmedName: string | undefined): Promise<void> => {
    if (!isSuggestion(stored.subject)) return;
    // Whoever names somebody else sees another person than this plan is for, whatever was confirmed before.
    if (confirmedName !== undefined && confirmedName !== stored.personName) throw new AppError('unconfirmed');
    const tab = await subjects.look(stored.tabId);
    if (tab?.version === stored.version && tab.confirmed === refKey(stored.viewed)) return;
    if (confirmedName === undefined) throw new AppError('unconfirmed');
    await subjects.confirm(stored.tabId, stored.version, stored.viewed);
  };

  /** A plan that was shown under other field rules promises what is not wanted any more. */
  const checkRules = async (pair: Pair, stored: StoredPlan): Promise<void> => {
    if (mappingFingerprint(await mappingOf(pair)) !== stored.mapping) throw new AppError('plan_expired');
  };

  /** Nobody has unlinked these two, or said that they are different people, since the plan was shown. */
  const isStillPair = async (pair: Pair, { source, target, linked }: StoredPlan): Promise<boolean> => {
    if (await isClaimed(links, pair, source, target)) return false;
    if ((await links.rejectedOf(pair, source)).some((ref) => sameRef(ref, target))) return false;
    const now = await links.counterpartOf(pair, source);
    // Whoever was linked to somebody else by hand meanwhile is not written by their address any more.
    return now === null ? !linked : sameRef(now, target);
  };

  return { checkSubject, checkConfirmed, checkRules, isStillPair };
}
