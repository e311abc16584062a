/** Markup that is known to be safe. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escapeText = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);

type Part = Html | Html[] | string | number | null | undefined | false;

const render = (part: Part): string => {
  if (Array.isArray(part)) return part.map((entry) => entry.text).join('');
  if (part instanceof Html) return part.text;
  return part === null || part === undefined || part === false ? '' : escapeText(String(part));
};

/** Template in which every value is escaped, except markup made by the same function. */
export const html = (strings: TemplateStringsArray, ...parts: Part[]): Html =>
  new Html(strings.map((text, index) => text + (index < parts.length ? render(parts[index]) : '')).join(''));

/** A page's content; null where there is no such page. */
export interface View {
  title: string;
  body: Html;
}

/** Link that changes the address without loading the page anew. */
export const link = (href: string, label: string): Html => html`<a href="${href}" data-nav>${label}</a>`;

/** Label and value lines; empty values are shown as a dash. */
export const facts = (rows: [label: string, value: Part][]): Html =>
  html`<dl>${rows.map(([label, value]) => html`<div><dt>${label}</dt><dd dir="auto">${value || '–'}</dd></div>`)}</dl>`;

export const initials = (name: string): string =>
  name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => [...word][0] ?? '')
    .join('')
    .toUpperCase();

export const showTime = (value: string | number, timeZone: string): string =>
  new Intl.DateTimeFormat('en-US', { timeZone, dateStyle: 'medium', timeStyle: 'short' }).format(
    new Date(value),
  );
