import type { ItemKind } from './marker.ts';
import { shorten } from './text.ts';

export interface CopiedText {
  /** Whose words they are; null when the vendor names nobody. */
  author: string | null;
  /** "24 Nov 2026, 14:05 UTC": the same in every browser, so that the same copy is the same text. Null when the time is unknown. */
  writtenAt: number | null;
  body: string;
  from: 'Atera' | 'GHL';
  kind: ItemKind;
  /** Characters that were not even read. */
  omitted?: number;
}

/** Longest text that is copied whole; the rest is left out, and the copy says so. */
export const COPY_LIMIT = 20_000;

/** The text of a copy: who wrote it where and when, then the words, then the marker. Deterministic: two browsers write the same. */
export function copyText(
  { author, writtenAt, body, from, kind, omitted: unread = 0 }: CopiedText,
  marker: string,
): string {
  const { text, omitted: cut } = shorten(body, COPY_LIMIT);
  const omitted = cut + unread;
  const head = [`${from} ${kind}`, author, writtenAt === null ? null : stamp(writtenAt)]
    .filter((part): part is string => Boolean(part))
    .join(' · ');
  const tail = omitted > 0 ? `\n… (${omitted} more characters in ${from})` : '';
  return `${head}\n\n${text}${tail}\n\n${marker}`;
}

const stamp = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
