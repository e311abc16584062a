import { describe, expect, it } from 'vitest';
import { createLimiter, type LimiterOptions } from '../../lib/platform/limiter.ts';
import { createJumpingClock, NOON } from '../support/clock.ts';

const create = (options: Partial<LimiterOptions> = {}) => {
  const clock = createJumpingClock();
  const limiter = createLimiter({ burst: 3, refillPerSecond: 2, concurrency: 10, ...options }, clock);
  const startedAt: number[] = [];
  /** A request that takes no time; notes when it started. */
  const call = (): Promise<void> =>
    limiter.run(async () => {
      startedAt.push(clock.now() - NOON);
    });
  return { clock, limiter, startedAt, call };
};

const makeGate = () => {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
};

describe('createLimiter', () => {
  it('lets a burst through at once, and the rest at its pace', async () => {
    const { call, startedAt } = create();
    await Promise.all(Array.from({ length: 6 }, call));
    expect(startedAt).toEqual([0, 0, 0, 500, 1000, 1500]);
  });

  it('has no more than a burst after a quiet time', async () => {
    const { call, clock, startedAt } = create();
    clock.advance(3_600_000);
    await Promise.all(Array.from({ length: 5 }, call));
    expect(startedAt.map((at) => at - 3_600_000)).toEqual([0, 0, 0, 500, 1000]);
  });

  it('fills up while nothing happens', async () => {
    const { call, clock, limiter } = create();
    await Promise.all([call(), call(), call()]);
    expect(limiter.waitMs()).toBe(500);
    clock.advance(400);
    expect(limiter.waitMs()).toBe(100);
    clock.advance(100);
    expect(limiter.waitMs()).toBe(0);
  });

  it('does not fill when the clock is set back', async () => {
    const { call, clock, limiter } = create();
    await Promise.all([call(), call(), call()]);
    clock.advance(-60_000);
    expect(limiter.waitMs()).toBe(500);
  });

  it('never runs more at the same time than it may', async () => {
    const { limiter } = create({ burst: 100, concurrency: 2 });
    const gates = Array.from({ length: 5 }, makeGate);
    let running = 0;
    let most = 0;
    const all = gates.map((gate) =>
      limiter.run(async () => {
        running += 1;
        most = Math.max(most, running);
        await gate.opened;
        running -= 1;
      }),
    );
    for (const [index, gate] of gates.entries()) {
      gate.open();
      await all[index];
      expect(running).toBeLessThanOrEqual(2);
    }
    expect(most).toBe(2);
  });

  it('serves in the order in which it was asked', async () => {
    const { limiter } = create({ burst: 1, concurrency: 1 });
    const order: number[] = [];
    await Promise.all([1, 2, 3, 4].map((n) => limiter.run(async () => void order.push(n))));
    expect(order).toEqual([1, 2, 3, 4]);
  });

  it('hands on what the task gives or throws, and goes on after a failure', async () => {
    const { limiter } = create({ concurrency: 1 });
    const failure = new Error('broken');
    const failing = limiter.run(() => Promise.reject(failure));
    const next = limiter.run(async () => 'fine');
    await expect(failing).rejects.toBe(failure);
    await expect(next).resolves.toBe('fine');
  });

  it('believes the vendor that fewer are left, and never that more are', async () => {
    const { call, limiter, startedAt } = create();
    limiter.capTokens(100);
    limiter.capTokens(1);
    await Promise.all(Array.from({ length: 3 }, call));
    expect(startedAt).toEqual([0, 500, 1000]);
  });

  it('waits a whole refill when nothing is left', () => {
    const { limiter } = create();
    limiter.capTokens(0);
    expect(limiter.waitMs()).toBe(500);
  });

  it('pauses after "too many", and goes on at half its pace until a burst went well', async () => {
    const { call, limiter, startedAt } = create({ burst: 8 });
    limiter.backOff(5000);
    expect(limiter.waitMs()).toBe(5000);
    await Promise.all(Array.from({ length: 9 }, call));
    // One was left, five came in during the pause; then one a second, and after eight the old pace.
    expect(startedAt).toEqual([5000, 5000, 5000, 5000, 5000, 5000, 6000, 7000, 7500]);
  });

  it('is slowed down no more than eight times', () => {
    const { limiter, clock } = create();
    for (let i = 0; i < 10; i += 1) limiter.backOff(0);
    limiter.capTokens(0);
    expect(limiter.waitMs()).toBe(4000);
    clock.advance(4000);
    expect(limiter.waitMs()).toBe(0);
  });

  it('is back at its old pace after a burst that went well, not after one that failed', async () => {
    const { limiter, call } = create();
    const pace = (): number => {
      limiter.capTokens(0);
      return limiter.waitMs();
    };
    limiter.backOff(0);
    expect(pace()).toBe(1000);
    await Promise.allSettled(
      Array.from({ length: 5 }, () => limiter.run(() => Promise.reject(new Error('x')))),
    );
    expect(pace()).toBe(1000);
    await call();
    await call();
    expect(pace()).toBe(1000);
    await call();
    expect(pace()).toBe(500);
  });

  it('takes the longest of several pauses', () => {
    const { limiter } = create();
    limiter.backOff(8000);
    limiter.backOff(1000);
    expect(limiter.waitMs()).toBe(8000);
  });

  it('holds back those who wait already when the vendor says "too many"', async () => {
    const { call, limiter, startedAt } = create({ burst: 1 });
    const all = [call(), call()];
    limiter.backOff(9000);
    await Promise.all(all);
    expect(startedAt[0]).toBe(0);
    expect(startedAt[1]).toBeGreaterThanOrEqual(9000);
  });
});
