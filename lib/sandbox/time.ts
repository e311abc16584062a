/** Vendor times: Atera answers in UTC without milliseconds, both vendors use account-local times without offset in places. */

export const isoSeconds = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;
export const isoMillis = (ms: number): string => new Date(ms).toISOString();

/** "2026-11-26 14:00:00" in the given time zone. */
export function toLocal(ms: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).formatToParts(ms);
  const get = (type: string): string => parts.find((part) => part.type === type)?.value ?? '00';
  return `${get('year')}-${get('month')}-${get('day')} ${get('hour')}:${get('minute')}:${get('second')}`;
}

/** Epoch ms of a local time ("2026-11-26" or "2026-11-26T14:00:00"), or null when it is not one. */
export function fromLocal(text: string, timeZone: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}:\d{2})?$/.test(text)) return null;
  const wanted = Date.parse(`${text.slice(0, 10)}T${text.slice(11) || '00:00:00'}Z`);
  if (Number.isNaN(wanted)) return null;
  // Two rounds settle the offset, except within the hour that a clock change skips or repeats.
  let guess = wanted;
  for (let round = 0; round < 2; round += 1) {
    const shown = Date.parse(`${toLocal(guess, timeZone).replace(' ', 'T')}Z`);
    guess += wanted - shown;
  }
  return guess;
}
