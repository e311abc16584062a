/**
 * Tags kept as one text, separated by commas: "client, dental, vip". Others may edit the same text, so a change touches its own tag
 * and leaves order, spacing and writing of all others as they are.
 */

/** Two ways of writing the same tag have the same key. */
export const tagKey = (tag: string): string => tag.normalize('NFC').trim().toLowerCase();

/** Tags of the text in its order; of several that differ in case alone, the first. */
export function parseTags(text: string | null): string[] {
  const seen = new Map<string, string>();
  for (const part of (text ?? '').split(',')) {
    const key = tagKey(part);
    if (key !== '' && !seen.has(key)) seen.set(key, part.trim());
  }
  return [...seen.values()];
}

export const printTags = (tags: readonly string[]): string => tags.join(', ');

export const hasTag = (text: string | null, tag: string): boolean =>
  parseTags(text).some((known) => tagKey(known) === tagKey(tag));

/** Whether it can be kept in such a text: something, and no separator in it. */
export const isTag = (tag: string): boolean => tagKey(tag) !== '' && !/[,\r\n]/u.test(tag);

/** The text with this tag at its end; the same text when it is there already. */
export function addTag(text: string | null, tag: string): string {
  const known = text ?? '';
  if (!isTag(tag)) throw new RangeError('A tag is some text without a comma.');
  if (hasTag(known, tag)) return known;
  const head = known.replace(/[\s,]+$/u, '');
  return head === '' ? tag.trim() : `${head}, ${tag.trim()}`;
}

/** The text without this tag, however it is written there; the same text when it is not in it. */
export function removeTag(text: string | null, tag: string): string {
  const known = text ?? '';
  const isIt = (part: string): boolean => tagKey(part) !== '' && tagKey(part) === tagKey(tag);
  const parts = known.split(',');
  const left = parts.filter((part) => !isIt(part));
  if (left.length === parts.length) return known;
  if (left.every((part) => part.trim() === '')) return '';
  // The space after a comma goes with the tag before it.
  return parts.findIndex(isIt) === 0 ? left.join(',').trimStart() : left.join(',');
}
