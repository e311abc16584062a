import { FIELD_NAMES, type FieldName, type VendorName } from './contact.ts';
import type { ResourceName } from './resource-settings.ts';

/** What a vendor accepted and did not keep, by vendor and field: no value, and nobody whom it was written for, is in it. */

export const QUIRK_FIELDS = [...FIELD_NAMES, 'tag'] as const;
/** `tag`: tags of contacts, in whatever way the vendor holds them. */
export type QuirkField = FieldName | 'tag';

export interface QuirkName {
  vendor: VendorName;
  resource: ResourceName;
  field: QuirkField;
}

/** Epoch ms, both. */
export interface Quirk extends QuirkName {
  firstAt: number;
  lastAt: number;
  count: number;
}

/** What one press showed of one field. */
export interface Lesson extends QuirkName {
  isKept: boolean;
}

/**
 * What is remembered of a field. `count`: 0 once it was kept, or forgotten by a person; then `lastAt` says when. `presses`: those that
 * have told already.
 */
export interface QuirkMemory extends Quirk {
  presses: string[];
}

/** More than can be under way at once, by far. */
const MOST_PRESSES = 50;

export const quirkKey = ({ vendor, resource, field }: QuirkName): string => `${vendor}/${resource}/${field}`;

/**
 * What is known after a press; null where nothing changes. The same press counts once, however often it tells, and what it tells late
 * says nothing against what was seen since.
 */
export function learnt(
  known: QuirkMemory | undefined,
  { isKept, vendor, resource, field }: Lesson,
  { id, at }: { id: string; at: number },
): QuirkMemory | null {
  if (!known)
    return isKept ? null : { vendor, resource, field, firstAt: at, lastAt: at, count: 1, presses: [id] };
  if (known.presses.includes(id)) return null;
  const presses = [...known.presses, id].slice(-MOST_PRESSES);
  const isLate = at < known.lastAt;
  if (known.count === 0) {
    if (isKept || isLate) return null;
    return { ...known, firstAt: at, lastAt: at, count: 1, presses };
  }
  if (isKept) return isLate ? null : { ...forgotten(known, at), presses };
  return {
    ...known,
    firstAt: Math.min(known.firstAt, at),
    lastAt: Math.max(known.lastAt, at),
    count: known.count + 1,
    presses,
  };
}

/** Nothing of it is told any more; the presses that told of it stay known. */
export const forgotten = (known: QuirkMemory, at: number): QuirkMemory => ({
  ...known,
  lastAt: at,
  count: 0,
});

/** As pages are told of it; the last one first. */
export const quirksOf = (memories: readonly QuirkMemory[]): Quirk[] =>
  memories
    .filter(({ count }) => count > 0)
    .map(({ presses: _presses, ...quirk }) => quirk)
    .sort((a, b) => b.lastAt - a.lastAt || (quirkKey(a) < quirkKey(b) ? -1 : 1));

/** One lesson for each field: where a part of it was not kept, it was not kept. */
export function inLessons(lessons: readonly Lesson[]): Lesson[] {
  const byKey = new Map<string, Lesson>();
  for (const lesson of lessons) {
    const key = quirkKey(lesson);
    const isKept = lesson.isKept && (byKey.get(key)?.isKept ?? true);
    byKey.set(key, { ...lesson, isKept });
  }
  return [...byKey.values()];
}
