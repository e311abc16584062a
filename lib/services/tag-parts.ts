import { type Ref, VENDOR_NAMES, type VendorName } from '../core/contact.ts';
import type { TagRules } from '../core/tag-rules.ts';
import { holdsTag, opNow, type TagBase, type TagOp, type TagSets, tagRows } from '../core/tag-sync.ts';
import type { TagDone } from '../core/undo.ts';
import { AppError, mayBeWritten, toErrorView } from '../errors.ts';
import type { SubjectView, TagPart, TagPartName, TagSyncResult } from '../panel-state.ts';
import type { StoredTagPart, StoredTagSync } from './areas.ts';
import { canWait } from './jobs/queue.ts';
import { foundTags, goneTags, type PreparedTags, type TagsNow } from './tag-sides.ts';

/** One request that was sent, or is left unsent after the one before it failed. `error`: null when the vendor said that it wrote. */
export interface Attempt {
  part: StoredTagPart;
  error: AppError | null;
  isLeft?: true;
}

const PARTS: readonly { part: TagPartName; vendor: VendorName; holds: (op: TagOp) => boolean }[] = [
  { part: 'atera', vendor: 'atera', holds: ({ vendor }) => vendor === 'atera' },
  { part: 'ghl-on', vendor: 'ghl', holds: ({ vendor, isOn }) => vendor === 'ghl' && isOn },
  { part: 'ghl-off', vendor: 'ghl', holds: ({ vendor, isOn }) => vendor === 'ghl' && !isOn },
];

/** The requests that these operations need. */
export const partsOf = (ops: readonly TagOp[]): StoredTagPart[] =>
  PARTS.flatMap(({ part, vendor, holds }) => {
    const tags = ops
      .filter(holds)
      .map(({ tag, isOn }): TagDone => ({ tag, isOn, outcome: 'not-written', hasChanged: false }));
    return tags.length > 0 ? [{ part, vendor, tags, keeps: [] }] : [];
  });

/** What of a request is still to be sent, by the tags as they are right before it. */
export function compared(
  part: StoredTagPart,
  now: Record<VendorName, TagsNow>,
  base: TagBase | null,
  rules: TagRules,
): StoredTagPart {
  const sets = { atera: now.atera.tags, ghl: now.ghl.tags };
  const rows = tagRows(sets, base, rules);
  const tags = part.tags.map((one): TagDone => {
    const what = opNow({ ...one, vendor: part.vendor }, sets, rows);
    if (what === 'send') return { ...one, outcome: 'unknown', hasChanged: true };
    return { ...one, outcome: what === 'there' ? 'verified' : 'changed-meanwhile', hasChanged: false };
  });
  return { ...part, tags };
}

/**
 * What was shown and is still there: what went meanwhile may have been taken back, and must not look later as if somebody had taken it
 * off since.
 */
export const stillThere = (seen: TagSets, now: Record<VendorName, TagsNow>): TagSets => {
  const of = (vendor: VendorName): string[] => seen[vendor].filter((tag) => holdsTag(now[vendor].tags, tag));
  return { atera: of('atera'), ghl: of('ghl') };
};

/** The same, once it was read again right before it is sent. */
export const reduced = (part: StoredTagPart, prepared: PreparedTags | null): StoredTagPart => ({
  ...part,
  keeps: prepared?.keeps ?? [],
  tags: part.tags.map((one): TagDone => {
    const isOpen = !prepared || prepared.open.some(({ tag, isOn }) => tag === one.tag && isOn === one.isOn);
    return one.hasChanged && !isOpen ? { ...one, outcome: 'verified', hasChanged: false } : one;
  }),
});

export const sentOf = ({ tags }: StoredTagPart): TagDone[] => tags.filter(({ hasChanged }) => hasChanged);
export const isSending = (part: StoredTagPart): boolean => sentOf(part).length > 0;
export const vendorsOf = (attempts: readonly Attempt[]): VendorName[] =>
  VENDOR_NAMES.filter((vendor) => attempts.some(({ part }) => part.vendor === vendor));

/** Nothing of it was sent. */
export const unsent = (
  { part, vendor, tags }: StoredTagPart,
  state: 'queued' | 'failed',
  error: AppError,
): TagPart => ({
  part,
  vendor,
  state,
  tags: tags.map((one) => ({ ...one, outcome: 'not-written', hasChanged: false })),
  error: toErrorView(error),
});

/** Nothing of the press was sent yet, and it is tried again. */
export const isWaiting = ({ parts }: TagSyncResult): boolean => parts.some(({ state }) => state === 'queued');

/** Why nothing was sent, where each request was refused by what passes by itself; else null. */
export function onlyWaits(attempts: readonly Attempt[]): AppError | null {
  const errors = attempts.filter(({ part }) => isSending(part)).map(({ error }) => error);
  const isLater = errors.every((error) => error !== null && !mayBeWritten(error) && canWait(error));
  return isLater ? (errors[0] ?? null) : null;
}

/** What came of a request, by the tags as they were read back, or why they could not be. */
export function partAfter({ part, error, isLeft }: Attempt, now: TagsNow | AppError | undefined): TagPart {
  const { vendor, keeps } = part;
  const own = { part: part.part, vendor };
  if (!isSending(part)) return { ...own, state: stateOf(part.tags), tags: part.tags, error: null };
  const isRefused = error !== null && (isLeft === true || !mayBeWritten(error));
  if (isRefused) {
    const tags = part.tags.map(
      (one): TagDone => (one.hasChanged ? { ...one, outcome: 'not-written', hasChanged: false } : one),
    );
    return { ...own, state: 'failed', tags, error: toErrorView(error) };
  }
  if (!now || now instanceof AppError)
    return { ...own, state: 'unknown', tags: part.tags, error: toErrorView(error ?? now) };
  const found = foundTags(sentOf(part), now, error === null);
  const tags = part.tags.map(
    (one) => found.find(({ tag, isOn }) => tag === one.tag && isOn === one.isOn) ?? one,
  );
  const state = stateOf(tags);
  return {
    ...own,
    state,
    tags,
    error: state === 'unknown' && error ? toErrorView(error) : null,
    ...goneTags(keeps, now),
  };
}

function stateOf(tags: readonly TagDone[]): TagPart['state'] {
  const has = (outcome: TagDone['outcome']): boolean => tags.some((one) => one.outcome === outcome);
  if (has('unknown')) return 'unknown';
  if (has('not-stored')) return 'not-stored';
  return tags.every(({ outcome }) => outcome === 'changed-meanwhile') ? 'conflict' : 'done';
}

export const peopleOf = ({
  who: { person, counterpart },
}: Pick<StoredTagSync, 'who'>): Record<VendorName, Ref> =>
  person.vendor === 'atera' ? { atera: person, ghl: counterpart } : { atera: counterpart, ghl: person };

/** Both people on screen, once it is certain that they are one. */
export function sidesOf({ person, match }: SubjectView): Record<VendorName, Ref> | null {
  if (person.status !== 'ready' || (match.status !== 'linked' && match.status !== 'one')) return null;
  return peopleOf({ who: { name: '', person: person.value.ref, counterpart: match.counterpart.ref } });
}

/** Tags of both as they are on screen. */
export const tagsIn = ({ sections: { tags }, ateraTags }: SubjectView): TagSets | null =>
  tags.status === 'ready' && ateraTags.status === 'ready'
    ? { atera: ateraTags.tags, ghl: tags.items.filter(({ vendor }) => vendor === 'ghl').map(({ id }) => id) }
    : null;
