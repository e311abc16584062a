import type { Clock } from '../../lib/platform/clock.ts';

/** Noon of an ordinary Tuesday, UTC. */
export const NOON = Date.UTC(2026, 10, 24, 12);

/** Stands still until somebody waits on it, and then jumps there: no test sleeps. */
export function createJumpingClock(start = NOON): Clock & { advance(ms: number): void } {
  let now = start;
  return {
    now: () => now,
    advance(ms) {
      now += ms;
    },
    after(ms, callback) {
      const timer = setImmediate(() => {
        now += ms;
        callback();
      });
      return () => clearImmediate(timer);
    },
  };
}
