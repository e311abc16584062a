import { t } from '../i18n.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** "12s ago", "in 3 days", "Nov 12, 2026". Within ten seconds: "just now". */
export function relativeTime(at: number, now: number): string {
  const delta = at - now;
  const size = Math.abs(delta);
  if (size < 10_000) return t('stamp.now');
  const style = size < DAY ? 'narrow' : 'long';
  const format = new Intl.RelativeTimeFormat(t('locale'), { numeric: 'auto', style });
  if (size < MINUTE) return format.format(Math.trunc(delta / 1000), 'second');
  if (size < HOUR) return format.format(Math.trunc(delta / MINUTE), 'minute');
  if (size < DAY) return format.format(Math.trunc(delta / HOUR), 'hour');
  if (size < 14 * DAY) return format.format(Math.trunc(delta / DAY), 'day');
  return new Intl.DateTimeFormat(t('locale'), { dateStyle: 'medium' }).format(at);
}

export const exactTime = (at: number): string =>
  new Intl.DateTimeFormat(t('locale'), { dateStyle: 'full', timeStyle: 'medium' }).format(at);

export const shortTime = (at: number): string =>
  new Intl.DateTimeFormat(t('locale'), {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: 'numeric',
    minute: '2-digit',
  }).format(at);

/** "Nov 24", for what is at most a few months ago. */
export const shortDay = (at: number): string =>
  new Intl.DateTimeFormat(t('locale'), { day: 'numeric', month: 'short' }).format(at);

export const formatNumber = (value: number): string => new Intl.NumberFormat(t('locale')).format(value);

export const joinWords = (words: readonly string[]): string =>
  new Intl.ListFormat(t('locale'), { type: 'conjunction' }).format(words);

/** Up to two letters for the round sign beside a name: first and last word, in any script. */
export function initials(name: string): string {
  const words = name.split(/[\s.@_-]+/u).filter((word) => /\p{L}|\p{N}/u.test(word));
  const [first, last] = [words[0], words.length > 1 ? words.at(-1) : undefined];
  return (
    [first, last]
      .map((word) => firstLetter(word ?? ''))
      .join('')
      .toUpperCase() || '?'
  );
}

const firstLetter = (word: string): string => word.match(/\p{L}|\p{N}/u)?.[0] ?? '';

/** As the browser's field for date and time wants it: in the agent's own time zone. */
export function localInput(at: number): string {
  const offset = new Date(at).getTimezoneOffset() * 60_000;
  return new Date(at - offset).toISOString().slice(0, 16);
}
