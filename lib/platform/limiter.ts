import type { Clock } from './clock.ts';

export interface LimiterOptions {
  /** Requests that may start at once after a quiet time. */
  burst: number;
  refillPerSecond: number;
  /** Requests under way at the same time. */
  concurrency: number;
}

/** Token bucket with a ceiling on parallel requests, one per account. First come, first served. */
export interface Limiter {
  run<T>(task: () => Promise<T>): Promise<T>;
  /** The vendor says how many requests are left: never assume more. */
  capTokens(left: number): void;
  /** The vendor said "too many": nothing starts for `ms`, and the pace is halved until `burst` requests went well. */
  backOff(ms: number): void;
  /** Milliseconds until a request could start now; 0 when at once. */
  waitMs(): number;
}

export function createLimiter(
  { burst, refillPerSecond, concurrency }: LimiterOptions,
  clock: Clock,
): Limiter {
  let tokens = burst;
  let filledAt = clock.now();
  let pausedUntil = 0;
  let running = 0;
  let slowed = 1;
  let goodSinceSlow = 0;
  let cancelTimer: (() => void) | null = null;
  const queue: (() => void)[] = [];

  const refill = (): void => {
    const now = clock.now();
    tokens = Math.min(burst, tokens + (Math.max(0, now - filledAt) / 1000) * (refillPerSecond / slowed));
    filledAt = now;
  };

  const waitMs = (): number => {
    refill();
    const pause = Math.max(0, pausedUntil - clock.now());
    const fill = tokens >= 1 ? 0 : Math.ceil(((1 - tokens) / (refillPerSecond / slowed)) * 1000);
    return Math.max(pause, fill);
  };

  const pump = (): void => {
    cancelTimer?.();
    cancelTimer = null;
    while (queue.length > 0 && running < concurrency) {
      const wait = waitMs();
      if (wait > 0) {
        cancelTimer = clock.after(wait, pump);
        return;
      }
      tokens -= 1;
      running += 1;
      queue.shift()?.();
    }
  };

  return {
    async run(task) {
      await new Promise<void>((start) => {
        queue.push(start);
        pump();
      });
      try {
        const result = await task();
        goodSinceSlow += 1;
        if (slowed > 1 && goodSinceSlow >= burst) slowed = 1;
        return result;
      } finally {
        running -= 1;
        pump();
      }
    },
    capTokens(left) {
      refill();
      tokens = Math.min(tokens, left);
    },
    backOff(ms) {
      refill();
      tokens = Math.min(tokens, 1);
      pausedUntil = Math.max(pausedUntil, clock.now() + ms);
      slowed = Math.min(8, slowed * 2);
      goodSinceSlow = 0;
    },
    waitMs,
  };
}
