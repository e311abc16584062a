import { VENDOR_NAMES, type VendorName } from './contact.ts';

/** Things that are copied across: a note becomes a comment, a task a ticket, and the other way round. */
export const ITEM_KINDS = ['note', 'comment', 'task', 'ticket'] as const;
export type ItemKind = (typeof ITEM_KINDS)[number];

/** Names one item of one account. A comment has no id of its own: its `id` is ticket and time (`1234~2026-11-24T10:00:00Z`). */
export interface ItemRef {
  vendor: VendorName;
  accountId: string;
  kind: ItemKind;
  id: string;
}

/** What a copy says of its original. `hash`: of the original's text when it was copied. */
export interface Marker {
  vendor: VendorName;
  kind: ItemKind;
  id: string;
  hash: string;
}

const SAFE_ID = /^[\w.~:+-]{1,80}$/u;
const MARKER = /\[cp:([a-z]+)\/([a-z]+)\/([\w.~:+-]{1,80})#([0-9a-f]{12})\]/gu;

/** The same original with the same text has the same marker, in every browser. Null when the id could not be told apart again. */
export const markerOf = (
  { vendor, kind, id }: Pick<ItemRef, 'vendor' | 'kind' | 'id'>,
  hash: string,
): string | null =>
  SAFE_ID.test(id) && /^[0-9a-f]{12}$/u.test(hash) ? `[cp:${vendor}/${kind}/${id}#${hash}]` : null;

/** All that a text claims. A claim is no proof: anybody can type one. */
export function markersIn(text: string): Marker[] {
  return [...text.matchAll(MARKER)].flatMap(([, vendor, kind, id = '', hash = '']) => {
    const named = VENDOR_NAMES.find((name) => name === vendor);
    const known = ITEM_KINDS.find((name) => name === kind);
    return named && known ? [{ vendor: named, kind: known, id, hash }] : [];
  });
}

/** What a person wrote, without our marks. */
export const withoutMarkers = (text: string): string =>
  text
    .replace(MARKER, '')
    .replace(/[ \t]+\n/gu, '\n')
    .replace(/\n{3,}/gu, '\n\n')
    .trim();

/** Whether a claim holds: the text that carries it was written by us, and what it names exists with that very text. */
export const holds = (
  marker: Marker,
  carrier: { isOurs: boolean },
  original: (Pick<ItemRef, 'vendor' | 'kind' | 'id'> & { hash: string }) | null,
): boolean =>
  carrier.isOurs &&
  original !== null &&
  original.vendor === marker.vendor &&
  original.kind === marker.kind &&
  original.id === marker.id &&
  original.hash === marker.hash;
