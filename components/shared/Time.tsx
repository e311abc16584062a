import { exactTime, relativeTime } from '../../lib/panel/format.ts';
import { useNow } from './use-now.ts';

/** A moment, relative; the exact one on hover and for screen readers. */
export function Time({ at }: { at: number }) {
  const now = useNow();
  return (
    <time dateTime={new Date(at).toISOString()} title={exactTime(at)}>
      {relativeTime(at, now)}
    </time>
  );
}
