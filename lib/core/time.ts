/**
 * Epoch ms of a wall-clock time ("2026-11-26 14:00:00") in an IANA time zone; null when either is unreadable. In the hour that a
 * clock change repeats, the earlier instant is meant; in the hour that it skips, the instant just after.
 */
export function zonedTime(wallClock: string, timeZone: string): number | null {
  const parts = /^(\d{4})-(\d{2})-(\d{2})[ T](\d{2}):(\d{2})(?::(\d{2}))?$/u.exec(wallClock.trim());
  if (!parts) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts
    .slice(1)
    .map((part) => Number(part ?? 0));
  const asUtc = Date.UTC(year, month - 1, day, hour, minute, second);
  // `Date.UTC` carries over: a 30 February would become a day in March.
  if (!new Date(asUtc).toISOString().startsWith(wallClock.trim().replace(' ', 'T'))) return null;
  try {
    const early = asUtc - offsetMs(asUtc - DAY_MS, timeZone);
    const late = asUtc - offsetMs(asUtc + DAY_MS, timeZone);
    const fits = [early, late].filter((instant) => instant + offsetMs(instant, timeZone) === asUtc);
    return fits.length > 0 ? Math.min(...fits) : Math.max(early, late);
  } catch {
    // Not a zone that this engine knows.
    return null;
  }
}

const DAY_MS = 86_400_000;

/** How far the zone's wall clock is ahead of UTC at that instant. Throws RangeError for an unknown zone. */
function offsetMs(instant: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const at = Object.fromEntries(
    format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]),
  );
  const wall = Date.UTC(Number(at.year), Number(at.month) - 1, at.day, at.hour, at.minute, at.second);
  return wall - Math.floor(instant / 1000) * 1000;
}
