import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { isDue, isOpen, type Job, type JobStep, newJob } from '../../lib/core/job.ts';
import { AppError, type ErrorView } from '../../lib/errors.ts';
import { type OperationKind, runJob } from '../../lib/services/jobs/run-job.ts';

vi.setConfig({ testTimeout: 60_000 });

type Op = { kind: 'set'; expected: string; value: string } | { kind: 'add'; text: string };
type TestJob = Job<Op, ErrorView, null>;
type Fault = 'none' | 'lost-before' | 'lost-after' | 'refused' | 'limited' | 'ignored';

const never = <T>(): Promise<T> => new Promise<T>(() => undefined);

/** A vendor with one value and a list that grows; every request may go wrong, and the worker may die at every turn. */
function createWorld(ops: Op[], { faults = [] as Fault[], killAt = [] as number[] } = {}) {
  const vendor = { value: 'old', items: [] as string[], requests: 0 };
  const bugs: unknown[] = [];
  let now = 1_000_000;
  let turn = 0;
  let life = 0;
  let left = [...faults];
  let stored: TestJob = newJob({ id: 'j', key: 'k', details: null, ops }, now);
  let guarded = 0;
  const kills = new Set(killAt);

  const run = async (): Promise<void> => {
    life += 1;
    const mine = life;
    let die: () => void = () => undefined;
    const dead = new Promise<'dead'>((resolve) => {
      die = () => resolve('dead');
    });
    /** The worker may be stopped before and after every await. */
    const step = async <T>(work: () => T | Promise<T>): Promise<T> => {
      const alive = (): boolean => {
        turn += 1;
        if (mine === life && kills.has(turn)) {
          life += 1;
          die();
        }
        return mine === life;
      };
      if (!alive()) return never<T>();
      const result = await work();
      return alive() ? result : never<T>();
    };
    const request = <T>(commit: () => T): Promise<T> =>
      step(() => {
        vendor.requests += 1;
        const fault = left.shift() ?? 'none';
        if (fault === 'lost-before') throw new AppError('timeout');
        if (fault === 'refused') throw new AppError('forbidden');
        if (fault === 'limited') throw new AppError('rate_limited', { retryAfterMs: 5_000 });
        if (fault === 'ignored') return null as T;
        const result = commit();
        if (fault === 'lost-after') throw new AppError('network');
        return result;
      });
    const set: OperationKind<Extract<Op, { kind: 'set' }>, null> = {
      idempotent: true,
      prepare: (op) =>
        step(() => {
          if (vendor.value === op.value) return { kind: 'already', before: op.value, result: op.value };
          return vendor.value === op.expected
            ? { kind: 'ready', before: vendor.value }
            : { kind: 'conflict', found: vendor.value };
        }),
      send: (op) => request(() => (vendor.value = op.value)),
      find: (op) =>
        step(() => ({ kind: vendor.value === op.value ? 'there' : 'absent', result: vendor.value })),
    };
    const add: OperationKind<Extract<Op, { kind: 'add' }>, null> = {
      idempotent: false,
      prepare: () => step(() => ({ kind: 'ready', before: vendor.items.length })),
      send: (op) => request(() => vendor.items.push(op.text)),
      find: (op, _, { before }) =>
        step(() => {
          const ours = vendor.items.slice(Number(before)).filter((text) => text === op.text);
          if (ours.length > 1) return { kind: 'several', result: ours };
          return { kind: ours.length === 1 ? 'there' : 'absent', result: ours };
        }),
    };
    const working = runJob<Op, null, null>(stored, {
      kindOf: (op) => (op.kind === 'set' ? set : add) as OperationKind<Op, null>,
      context: null,
      save: (job) =>
        step(() => {
          stored = structuredClone(job);
        }),
      guard: () =>
        step(() => {
          guarded += 1;
        }),
      owner: `life ${mine}`,
      now: () => now,
      random: () => 0,
      onBug: (error) => bugs.push(error),
    });
    await Promise.race([working, dead]);
    life += 1;
  };

  return {
    vendor,
    bugs,
    job: () => stored,
    guarded: () => guarded,
    clear: () => {
      left = [];
    },
    edit(value: string) {
      vendor.value = value;
    },
    run,
    /** Until nothing is due any more, letting time pass. */
    async finish(): Promise<TestJob> {
      for (let round = 0; isOpen(stored); round += 1) {
        if (round > 100) throw new Error('It never rests');
        now = Math.max(now + 1, stored.runAt);
        if (isDue(stored, 'another life', now)) await run();
      }
      return stored;
    },
  };
}

const SET: Op = { kind: 'set', expected: 'old', value: 'new' };
const ADD: Op = { kind: 'add', text: 'a note' };
const states = (job: TestJob) => job.steps.map((step: JobStep<Op, ErrorView>) => step.state);

describe('runJob', () => {
  it('takes every step once, in order', async () => {
    const world = createWorld([SET, ADD]);
    expect(await world.finish()).toMatchObject({ status: 'done', lease: null });
    expect(world.vendor).toEqual({ value: 'new', items: ['a note'], requests: 2 });
  });

  it('writes nothing where somebody wrote since, and takes no further step', async () => {
    const world = createWorld([SET, ADD]);
    world.edit('theirs');
    const job = await world.finish();
    expect([job.status, ...states(job)]).toEqual(['stopped', 'conflict', 'waiting']);
    expect(world.vendor).toEqual({ value: 'theirs', items: [], requests: 0 });
    expect(job.steps[0]?.result).toBe('theirs');
  });

  it('sends nothing when it is as wanted already', async () => {
    const world = createWorld([SET]);
    world.edit('new');
    expect((await world.finish()).status).toBe('done');
    expect(world.vendor.requests).toBe(0);
  });

  it.each<[Op, Fault[], string, string, number]>([
    [SET, ['lost-after'], 'done', 'the answer was lost: found, not sent again', 1],
    [SET, ['lost-before'], 'done', 'it never arrived: sent again, which cannot harm', 2],
    [ADD, ['lost-after'], 'done', 'the answer was lost: found, not sent again', 1],
    [ADD, ['lost-before'], 'needs-look', 'it never showed: never sent again', 1],
    [ADD, ['limited'], 'done', 'turned away for now: sent when it may be', 2],
    [ADD, ['refused'], 'stopped', 'refused: not sent again', 1],
    [SET, ['ignored'], 'done', 'accepted and not kept: said so', 1],
    [ADD, ['ignored'], 'done', 'accepted and not kept: said so', 1],
  ])('%j with %j: %s, %s', async (op, faults, status, _, requests) => {
    const world = createWorld([op], { faults });
    const job = await world.finish();
    expect([job.status, world.vendor.requests]).toEqual([status, requests]);
    expect(world.vendor.items.length).toBeLessThanOrEqual(1);
    if (faults[0] === 'ignored') expect(states(job)).toEqual(['not-stored']);
  });

  it('does not send again what an edit has overtaken', async () => {
    const world = createWorld([SET], { faults: ['lost-before'] });
    await world.run();
    expect(world.job()).toMatchObject({ status: 'queued', error: { code: 'timeout' } });
    world.edit('theirs');
    expect([...states(await world.finish())]).toEqual(['conflict']);
    expect(world.vendor.value).toBe('theirs');
  });

  it('names whoever is asked before the first write', async () => {
    const world = createWorld([SET, ADD]);
    await world.finish();
    expect(world.guarded()).toBe(2);
  });

  it('once, whatever happens: 2,000 lives with deaths and faults at every turn', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom<Op>(SET, ADD, { kind: 'add', text: 'another' }), {
          minLength: 1,
          maxLength: 3,
        }),
        fc.array(
          fc.constantFrom<Fault>('none', 'lost-before', 'lost-after', 'refused', 'limited', 'ignored'),
          { maxLength: 4 },
        ),
        fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 5 }),
        async (ops, faults, killAt) => {
          const world = createWorld(ops, { faults, killAt });
          const job = await world.finish();
          expect(world.bugs).toEqual([]);
          for (const text of ['a note', 'another']) {
            const wanted = ops.filter((op) => op.kind === 'add' && op.text === text).length;
            const written = world.vendor.items.filter((item) => item === text).length;
            // Never more than was told, and all of it when it says so.
            expect(written).toBeLessThanOrEqual(wanted);
            const said = job.steps.filter(
              ({ op, state }) => op.kind === 'add' && op.text === text && state === 'done',
            ).length;
            const untold = job.steps.filter(
              ({ op, state }) =>
                op.kind === 'add' && op.text === text && (state === 'unknown' || state === 'not-stored'),
            ).length;
            expect(written).toBeGreaterThanOrEqual(said);
            expect(written).toBeLessThanOrEqual(said + untold);
          }
          const sets = job.steps.filter(({ op }) => op.kind === 'set');
          if (sets.some(({ state }) => state === 'done')) expect(world.vendor.value).toBe('new');
          if (sets.every(({ state }) => state === 'waiting' || state === 'failed'))
            expect(world.vendor.value).toBe('old');
        },
      ),
      { numRuns: 2000 },
    );
  });
});
