import { describe, expect, it } from 'vitest';
import { createLimiter, type LimiterOptions, type Wait } from '../../lib/platform/limiter.ts';
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

describe('whose turn it is', () => {
  it('what an agent waits for goes before what was asked for in the background', async () => {
    const { limiter } = create({ burst: 1, concurrency: 1 });
    const order: string[] = [];
    const ask = (name: string, priority: 'agent' | 'background') =>
      limiter.run(async () => void order.push(name), { priority });
    await Promise.all([
      ask('running', 'background'),
      ask('b1', 'background'),
      ask('b2', 'background'),
      ask('a1', 'agent'),
      ask('a2', 'agent'),
    ]);
    expect(order).toEqual(['running', 'a1', 'a2', 'b1', 'b2']);
  });

  it('an agent who comes while the vendor is waited for goes first all the same', async () => {
    const { limiter, clock, startedAt } = create({ burst: 1 });
    limiter.backOff(5000);
    const order: string[] = [];
    const work = (name: string) => async () => {
      startedAt.push(clock.now() - NOON);
      order.push(name);
    };
    const all = [limiter.run(work('background'), { priority: 'background' }), limiter.run(work('agent'))];
    await Promise.all(all);
    expect(order).toEqual(['agent', 'background']);
    expect(startedAt[0]).toBe(5000);
  });

  it('is nobody’s who has given up: nothing is started, and the next one moves up', async () => {
    const { limiter } = create({ concurrency: 1 });
    const gate = makeGate();
    const order: string[] = [];
    const running = limiter.run(() => gate.opened);
    const gone = new AbortController();
    const lost = limiter.run(async () => void order.push('gone'), { signal: gone.signal });
    const kept = limiter.run(async () => void order.push('kept'));
    gone.abort(new Error('too late'));
    await expect(lost).rejects.toThrow('too late');
    gate.open();
    await Promise.all([running, kept]);
    expect(order).toEqual(['kept']);
    await expect(limiter.run(async () => 'x', { signal: gone.signal })).rejects.toThrow('too late');
  });

  it('stays theirs who give up after they have started', async () => {
    const { limiter } = create({ concurrency: 1 });
    const gate = makeGate();
    const late = new AbortController();
    const running = limiter.run(() => gate.opened.then(() => 'done'), { signal: late.signal });
    const next = limiter.run(async () => 'next');
    await Promise.resolve();
    late.abort();
    gate.open();
    await expect(running).resolves.toBe('done');
    await expect(next).resolves.toBe('next');
  });
});

/** Time passes only when the test says so: nothing jumps while somebody waits. */
const watch = (options: Partial<LimiterOptions> = {}) => {
  let now = NOON;
  const timers = new Set<{ at: number; call: () => void }>();
  const clock = {
    now: () => now,
    after(ms: number, call: () => void) {
      const timer = { at: now + ms, call };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
  };
  const told: (Wait | null)[] = [];
  const limiter = createLimiter({ burst: 3, refillPerSecond: 2, concurrency: 10, ...options }, clock, {
    tell: (wait) => told.push(wait),
    after: clock.after,
  });
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
  const pass = async (ms: number): Promise<void> => {
    await settle();
    const end = now + ms;
    for (;;) {
      const [next] = [...timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
      if (!next) break;
      timers.delete(next);
      now = Math.max(now, next.at);
      next.call();
      await settle();
    }
    now = end;
  };
  const call = (priority: 'agent' | 'background' = 'agent') =>
    limiter.run(async () => undefined, { priority });
  return { limiter, told, pass, call };
};

describe('what is told of waiting', () => {
  it('nothing while requests start at once, or wait for a second at most', async () => {
    const { call, told, pass } = watch();
    const all = [call(), call(), call(), call(), call()];
    await pass(60_000);
    await Promise.all(all);
    expect(told).toEqual([]);
  });

  it('at once that the vendor asks to slow down, until when, and that it is over', async () => {
    const { call, told, pass, limiter } = watch();
    limiter.backOff(4000);
    const all = [call()];
    await pass(0);
    expect(told).toEqual([{ reason: 'asked', waitingUntil: NOON + 4000, queued: 0 }]);
    await pass(3999);
    expect(told).toHaveLength(1);
    await pass(1);
    await Promise.all(all);
    expect(told).toEqual([expect.objectContaining({ reason: 'asked' }), null]);
  });

  it('nothing of a pause that nobody waits for, or only the background', async () => {
    const { call, told, pass, limiter } = watch();
    limiter.backOff(4000);
    const all = [call('background'), call('background')];
    await pass(60_000);
    await Promise.all(all);
    expect(told).toEqual([]);
  });

  it('at once when the pause grows, otherwise once a second', async () => {
    const { call, told, pass, limiter } = watch();
    limiter.backOff(30_000);
    const all = [call(), call(), call()];
    await pass(0);
    expect(told).toEqual([{ reason: 'asked', waitingUntil: NOON + 30_000, queued: 0 }]);
    limiter.backOff(40_000);
    all.push(call());
    expect(told.at(-1)).toEqual({ reason: 'asked', waitingUntil: NOON + 40_000, queued: 3 });
    all.push(call());
    expect(told).toHaveLength(2);
    await pass(1000);
    all.push(call());
    expect(told.at(-1)).toEqual({ reason: 'asked', waitingUntil: NOON + 40_000, queued: 5 });
    await pass(60_000);
    await Promise.all(all);
    expect(told.at(-1)).toBeNull();
  });

  it('how many come first where the pace is what is waited for', async () => {
    const { call, told, pass } = watch();
    const all = Array.from({ length: 6 }, () => call());
    await pass(0);
    // Three went at once; the third of those who wait goes in one and a half seconds.
    expect(told).toEqual([{ reason: 'pace', waitingUntil: NOON + 1500, queued: 2 }]);
    await pass(10_000);
    await Promise.all(all);
    expect(told.at(-1)).toBeNull();
    expect(told.filter((wait) => wait === null)).toHaveLength(1);
  });

  it('after a second, that answers are waited for, also when nothing else happens', async () => {
    const { limiter, call, told, pass } = watch({ concurrency: 2 });
    const gates = [makeGate(), makeGate()];
    const running = gates.map(({ opened }) => limiter.run(() => opened));
    const all = [call(), call()];
    await pass(999);
    expect(told).toEqual([]);
    await pass(1);
    expect(told).toEqual([{ reason: 'busy', waitingUntil: null, queued: 3 }]);
    await pass(5000);
    expect(told).toHaveLength(1);
    for (const gate of gates) gate.open();
    await Promise.all([...running, ...all]);
    expect(told.at(-1)).toBeNull();
  });

  it('nothing of answers that come within the second', async () => {
    const { limiter, call, told, pass } = watch({ concurrency: 1 });
    const gate = makeGate();
    const running = limiter.run(() => gate.opened);
    const next = call();
    await pass(900);
    gate.open();
    await Promise.all([running, next]);
    await pass(5000);
    expect(told).toEqual([]);
  });

  it('that it is over when whoever waited gave up', async () => {
    const { limiter, told, pass } = watch();
    limiter.backOff(9000);
    const gone = new AbortController();
    const lost = limiter.run(async () => undefined, { signal: gone.signal });
    await pass(0);
    expect(told).toHaveLength(1);
    gone.abort(new Error('too late'));
    await expect(lost).rejects.toThrow('too late');
    expect(told.at(-1)).toBeNull();
  });
});
