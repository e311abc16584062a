import { type Clock, systemClock } from './clock.ts';
import { createWaitTeller } from './wait-teller.ts';

export interface LimiterOptions {
  /** Requests that may start at once after a quiet time. */
  burst: number;
  refillPerSecond: number;
  /** Requests under way at the same time. */
  concurrency: number;
}

/** What an agent waits for goes before what nobody looks at. */
export const PRIORITIES = ['agent', 'background'] as const;
export type Priority = (typeof PRIORITIES)[number];

/** Why what an agent asked for does not start. */
export interface Wait {
  /** `asked`: the vendor said "too many". `pace`: more would be more than it allows. `busy`: as many as may are under way. */
  reason: 'asked' | 'pace' | 'busy';
  /** Epoch ms when it goes on; null where that depends on answers that have not come. */
  waitingUntil: number | null;
  /** Requests before the last one that an agent waits for, with those under way while they are what is waited for. */
  queued: number;
}

/** Token bucket with a ceiling on parallel requests, one per account. Agents first; among equals, first come, first served. */
export interface Limiter {
  /** Rejects with the signal's reason, and starts nothing, when that comes before its turn. */
  run<T>(task: () => Promise<T>, how?: { priority?: Priority; signal?: AbortSignal }): Promise<T>;
  /** The vendor says how many requests are left: never assume more. */
  capTokens(left: number): void;
  /** The vendor said "too many": nothing starts for `ms`, and the pace is halved until `burst` requests went well. */
  backOff(ms: number): void;
  /** Milliseconds until a request could start now; 0 when at once. */
  waitMs(): number;
}

export interface Notices {
  /** A wait worth telling of, a change of it, or null when it is over. */
  tell: (wait: Wait | null) => void;
  /** Looks again later. Not the limiter's clock: whoever only tells does not wait. */
  after?: Clock['after'];
}

interface Turn {
  askedAt: number;
  start: () => void;
}

export function createLimiter(
  { burst, refillPerSecond, concurrency }: LimiterOptions,
  clock: Clock,
  { tell, after = systemClock.after }: Notices = { tell: () => undefined },
): Limiter {
  let tokens = burst;
  let filledAt = clock.now();
  let pausedUntil = 0;
  let running = 0;
  let slowed = 1;
  let goodSinceSlow = 0;
  let cancelTimer: (() => void) | null = null;
  const queues: Record<Priority, Turn[]> = { agent: [], background: [] };

  const msPerToken = (): number => (1000 * slowed) / refillPerSecond;
  const refill = (): void => {
    const now = clock.now();
    tokens = Math.min(burst, tokens + Math.max(0, now - filledAt) / msPerToken());
    filledAt = now;
  };
  /** Milliseconds until so many requests could have started. */
  const waitFor = (count: number): number => {
    refill();
    const pause = Math.max(0, pausedUntil - clock.now());
    return Math.max(pause, Math.ceil(Math.max(0, count - tokens) * msPerToken()));
  };
  const waitMs = (): number => waitFor(1);

  const waiting = (): Wait | null => {
    const { length } = queues.agent;
    if (length === 0) return null;
    const now = clock.now();
    const isFull = running >= concurrency;
    const queued = length - 1 + (isFull ? running : 0);
    if (pausedUntil > now) return { reason: 'asked', waitingUntil: pausedUntil, queued };
    return isFull
      ? { reason: 'busy', waitingUntil: null, queued }
      : { reason: 'pace', waitingUntil: now + waitFor(length), queued };
  };
  const look = createWaitTeller({
    wait: waiting,
    since: () => queues.agent[0]?.askedAt ?? clock.now(),
    now: clock.now,
    tell,
    after,
  });

  const startAll = (): void => {
    cancelTimer?.();
    cancelTimer = null;
    while (running < concurrency) {
      const queue = PRIORITIES.map((priority) => queues[priority]).find(({ length }) => length > 0);
      if (!queue) return;
      const wait = waitMs();
      if (wait > 0) {
        cancelTimer = clock.after(wait, pump);
        return;
      }
      tokens -= 1;
      running += 1;
      queue.shift()?.start();
    }
  };
  const pump = (): void => {
    startAll();
    look();
  };

  const turn = (priority: Priority, signal: AbortSignal | undefined): Promise<void> =>
    new Promise((resolve, reject) => {
      const queue = queues[priority];
      const giveUp = (): void => {
        queue.splice(queue.indexOf(mine), 1);
        reject(signal?.reason);
        pump();
      };
      const mine: Turn = {
        askedAt: clock.now(),
        start: () => {
          signal?.removeEventListener('abort', giveUp);
          resolve();
        },
      };
      signal?.throwIfAborted();
      signal?.addEventListener('abort', giveUp, { once: true });
      queue.push(mine);
      pump();
    });

  return {
    async run(task, { priority = 'agent', signal } = {}) {
      await turn(priority, signal);
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
