import type { Clock } from './clock.ts';
import type { Wait } from './limiter.ts';

/** A wait that is shorter is not worth a word, and a change within this time is not either. */
export const QUIET_MS = 1_000;

/**
 * Tells of waits that are long, and of their end: never of short ones, and of changes once a second. Only a pause that the vendor
 * asks for is told at once. The returned function is called whenever something may have changed.
 */
export function createWaitTeller({
  wait,
  since,
  now,
  tell,
  after,
}: {
  wait: () => Wait | null;
  /** Epoch ms when the one who waits longest began to. */
  since: () => number;
  now: () => number;
  tell: (wait: Wait | null) => void;
  after: Clock['after'];
}): () => void {
  let told: Wait | null = null;
  let toldAt = 0;
  let cancel: (() => void) | null = null;

  const isLong = ({ waitingUntil }: Wait): boolean =>
    (waitingUntil !== null && waitingUntil - now() > QUIET_MS) || now() - since() >= QUIET_MS;

  const isNews = (next: Wait): boolean => {
    if (told === null) return isLong(next);
    if (next.reason === 'asked' && !isSamePause(told, next)) return true;
    return now() - toldAt >= QUIET_MS && !isSame(told, next);
  };

  return function look(): void {
    cancel?.();
    cancel = null;
    const next = wait();
    if (next === null) {
      if (told !== null) tell(null);
      told = null;
      return;
    }
    if (isNews(next)) {
      told = next;
      toldAt = now();
      tell(next);
    } else if (told === null && next.waitingUntil === null) {
      // Nothing may happen for long: not even an answer.
      cancel = after(Math.max(0, QUIET_MS - (now() - since())), look);
    }
  };
}

const isSamePause = (a: Wait, b: Wait): boolean => a.reason === b.reason && a.waitingUntil === b.waitingUntil;

/** What a person would see no difference in. */
const isSame = (a: Wait, b: Wait): boolean => a.reason === b.reason && a.queued === b.queued;
