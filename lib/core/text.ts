/** Small text helpers. Every one takes whatever string it is given, and answers with a string. */

/** Trimmed, inner white space folded, invisible characters dropped; null when nothing is left. */
export function cleanText(value: string | null | undefined): string | null {
  if (value === null || value === undefined) return null;
  // Composed last: what was between two characters may have kept them apart.
  const cleaned = value.replace(INVISIBLE, '').normalize('NFC').replace(/\s+/gu, ' ').trim();
  return cleaned === '' ? null : cleaned;
}

/** Zero-width and direction-control characters: no part of a name, and able to disguise one. Joiners (ZWNJ, ZWJ) stay: scripts need them. */
const INVISIBLE = /[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu;

/** For comparing names: case, accents' encoding and punctuation around words do not matter. Letters of every script stay. */
export const foldText = (value: string): string =>
  (cleanText(value) ?? '')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[.,'’`"()_-]+/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();

/** For searching: what `foldText` folds, and marks of letters too. Whoever types "jose" looks for José as well. */
export const searchText = (value: string): string =>
  foldText(value).normalize('NFD').replace(/\p{M}/gu, '').normalize('NFC');

export const normalizeEmail = (value: string): string => value.trim().toLowerCase();

export const digitsOf = (value: string): string => value.normalize('NFKC').replace(/\D/gu, '');

/**
 * Text of a piece of vendor HTML: tags go, blocks become lines, the common entities are decoded. The result is plain text and is
 * rendered as text; this is legibility, not a defence. Linear in time: no pattern reads on past the next `<`.
 */
export function textOfHtml(html: string): string {
  return html
    .replace(/<(script|style)\b[^<>]*>[\s\S]*?(?:<\/\1\s*>|$)/giu, ' ')
    .replace(/<!--[\s\S]*?(?:-->|$)/gu, ' ')
    .replace(/<(?:br|\/p|\/div|\/li|\/tr|\/h[1-6])\b[^<>]*>/giu, '\n')
    .replace(/<li\b[^<>]*>/giu, '• ')
    .replace(/<\/?[a-z][^<>]*>/giu, '')
    .replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,8});/giu, decodeEntity)
    .replace(/[ \t\u00a0]+/gu, ' ')
    .replace(/ ?\n ?/gu, '\n')
    .replace(/\n{3,}/gu, '\n\n')
    .trim();
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

function decodeEntity(whole: string, name: string): string {
  const lower = name.toLowerCase();
  if (!lower.startsWith('#')) return ENTITIES[lower] ?? whole;
  const code = lower.startsWith('#x')
    ? Number.parseInt(lower.slice(2), 16)
    : Number.parseInt(lower.slice(1), 10);
  return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
    ? String.fromCodePoint(code)
    : whole;
}

/** First `limit` characters at most, never cutting a surrogate pair, with the number of characters left out. */
export function shorten(text: string, limit: number): { text: string; omitted: number } {
  if (text.length <= limit) return { text, omitted: 0 };
  const last = text.charCodeAt(limit - 1);
  const end = last >= 0xd800 && last <= 0xdbff ? limit - 1 : limit;
  return { text: text.slice(0, end), omitted: text.length - end };
}
