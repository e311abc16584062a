import type { VendorName } from '../core/contact.ts';
import type { CopyItem } from '../core/copied.ts';
import { fingerprint } from '../core/fingerprint.ts';
import { markersIn } from '../core/marker.ts';
import { cleanText, shorten, textOfHtml } from '../core/text.ts';
import type { RelatedItem } from '../panel-state.ts';

/** Longest body that is handed to a panel; the rest stays at the vendor, and the panel says how much that is. */
export const BODY_LIMIT = 4_000;
/** What is looked at of a body before its markup is taken out: keeps a note of megabytes from holding up the worker. */
const HTML_LIMIT = 40_000;
const TITLE_LIMIT = 300;

/** One line of a section. Vendor text leaves here as plain text. */
export function relatedItem(
  vendor: VendorName,
  item: { id: string; title: string; html?: string | null | undefined } & Partial<
    Omit<RelatedItem, 'vendor' | 'body'>
  >,
): RelatedItem {
  const { html, ...rest } = item;
  const whole = html ?? '';
  const head = shorten(whole, HTML_LIMIT);
  const body = shorten(textOfHtml(head.text), BODY_LIMIT);
  return {
    at: null,
    state: null,
    done: false,
    url: null,
    ...rest,
    vendor,
    title: shorten(cleanText(textOfHtml(shorten(item.title, HTML_LIMIT).text)) ?? '', TITLE_LIMIT).text,
    body: body.text,
    omitted: head.omitted + body.omitted,
  };
}

/** Epoch ms of an ISO date-time, or null when there is none. Without a zone it is read as UTC, as both APIs mean it. */
export function epochOf(value: string | null | undefined): number | null {
  if (!value) return null;
  const hasZone = /(?:z|[+-]\d{2}:?\d{2})$/iu.test(value);
  const ms = Date.parse(hasZone || !value.includes(':') ? value : `${value.replace(' ', 'T')}Z`);
  return Number.isNaN(ms) ? null : ms;
}

/** All of a text that is looked at, without its markup, and how many characters were not. */
export function wholeText(html: string | null | undefined): { text: string; omitted: number } {
  const { text, omitted } = shorten(html ?? '', HTML_LIMIT);
  return { text: textOfHtml(text), omitted };
}

/** Of what was read, and of how much was not: an edit far behind in a text of megabytes shows by its length alone. */
export const printOf = (html: string | null | undefined): string => {
  const { text, omitted } = wholeText(html);
  return fingerprint(`${text}#${omitted}`);
};

/** What an item is known by when it is copied. */
export const copyItem = (
  item: Pick<CopyItem, 'vendor' | 'kind' | 'id' | 'isOurs'>,
  html: string | null | undefined,
): CopyItem => ({ ...item, print: printOf(html), claims: markersIn(wholeText(html).text) });
