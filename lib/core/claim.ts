import type { Copied, CopyItem } from './copied.ts';
import { holds, type ItemKind } from './marker.ts';

/**
 * What is wrong with a text that says it is a copy. `foreign`: it is somebody's whom the customer may be, or whom they may have answered:
 * anybody can type or paste a mark. `unproven`: it is one of our own people's, and nothing here has the text that it names.
 */
export const CLAIM_PROBLEMS = ['foreign', 'unproven'] as const;
export type ClaimProblem = (typeof CLAIM_PROBLEMS)[number];

/**
 * Null where a text claims nothing, is known to be a copy, or nobody can tell: the item that it names may be one of those that were not
 * read. `isWhole`: whether all items of a kind are among these.
 */
export function claimProblem(
  item: CopyItem,
  copied: Copied | null,
  items: readonly CopyItem[],
  isWhole: (kind: ItemKind) => boolean,
): ClaimProblem | null {
  if (copied?.way === 'from') return null;
  // A ticket that was made of a task has the task's mark in its first message, which is in the name of the requester.
  const claims = item.claims.filter(({ kind }) => item.isOurs || kind !== 'task');
  if (claims.length === 0) return null;
  if (!item.isOurs) return 'foreign';
  const isKnown = claims.some(({ vendor, kind, id }) =>
    items.some((one) => one.vendor === vendor && one.kind === kind && one.id === id),
  );
  const isHeld = claims.some((claim) =>
    items.some(
      ({ print: hash, ...one }) => one.vendor !== item.vendor && holds(claim, item, { ...one, hash }),
    ),
  );
  if (isHeld) return null;
  return isKnown || claims.every(({ kind }) => isWhole(kind)) ? 'unproven' : null;
}
