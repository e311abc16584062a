import type { VendorName } from '../core/contact.ts';
import { hasTag, parseTags } from '../core/tag-list.ts';
import { changeTagText, holdsTag } from '../core/tag-sync.ts';
import type { TagChange, TagDone } from '../core/undo.ts';
import { AppError } from '../errors.ts';
import type { Prepared, Seen } from './addition-kinds.ts';
import { type TagPlace, textOf } from './addition-kinds-atera.ts';
import { readySection } from './view-parts.ts';

/** Tags of one record as they are now. `text`: Atera alone, where they are one text. */
export interface TagsNow {
  tags: string[];
  text: string | null;
  show: Seen['show'];
}

export async function readTags(vendor: VendorName, place: TagPlace): Promise<TagsNow> {
  if (vendor === 'ghl') {
    const { tags } = await place.pair.ghl.readContact(place.contactId);
    return { tags: tags.map(({ id }) => id), text: null, show: { sections: { tags: readySection(tags) } } };
  }
  const text = await textOf(place);
  const tags = parseTags(text);
  return { tags, text, show: { ateraTags: { status: 'ready', tags } } };
}

/** `open`: what somebody else has not done since the first read; the rest is not ours to take back. */
export interface PreparedTags extends Prepared {
  open: TagChange[];
}

/**
 * Reads again, right before the write, what it is made from: in Atera the whole text travels, so that the window for foreign changes is
 * one step. It cannot be closed. GHL takes tags one by one.
 */
export async function prepareTags(
  vendor: VendorName,
  place: TagPlace,
  ops: readonly TagChange[],
  before: Pick<TagsNow, 'tags'>,
): Promise<PreparedTags | null> {
  if (vendor === 'ghl') return null;
  const now = await textOf(place);
  // Whatever emptied it, or left it out of the answer: a text that was there a moment ago is not replaced by a few tags.
  if (before.tags.length > 0 && parseTags(now).length === 0)
    throw new AppError('conflict', { vendor: 'atera' });
  const text = changeTagText(now, ops);
  const isOurs = (tag: string): boolean => ops.some((op) => hasTag(op.tag, tag));
  return {
    text: text === (now ?? '') ? null : text,
    keeps: parseTags(text).filter((tag) => !isOurs(tag)),
    open: ops.filter(({ tag, isOn }) => hasTag(now, tag) !== isOn),
  };
}

/** One request, sent once. GHL is asked either to put on or to take off. */
export async function sendTags(
  vendor: VendorName,
  { pair, contactId, tagField }: TagPlace,
  ops: readonly TagChange[],
  prepared: Pick<Prepared, 'text'> | null,
): Promise<void> {
  const tags = ops.map(({ tag }) => tag);
  if (vendor === 'ghl') {
    await (ops.every(({ isOn }) => isOn)
      ? pair.ghl.addTags(contactId, tags)
      : pair.ghl.removeTags(contactId, tags));
    return;
  }
  const text = prepared?.text ?? null;
  if (text !== null && tagField) await pair.atera.setContactValue(contactId, tagField.name, text);
}

/** What the read-back says of each tag. `isAccepted`: the vendor said that it wrote; else what is not there may still come. */
export const foundTags = (
  tags: readonly TagChange[],
  { tags: now }: Pick<TagsNow, 'tags'>,
  isAccepted: boolean,
): TagDone[] =>
  tags.map(({ tag, isOn }) => ({
    tag,
    isOn,
    outcome: holdsTag(now, tag) === isOn ? 'verified' : isAccepted ? 'not-stored' : 'unknown',
    hasChanged: true,
  }));

/** What others had, and is there no more. */
export const goneTags = (keeps: readonly string[], { tags }: Pick<TagsNow, 'tags'>): { gone?: string[] } => {
  const gone = keeps.filter((tag) => !holdsTag(tags, tag));
  return gone.length > 0 ? { gone } : {};
};
