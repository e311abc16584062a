import { describe, expect, it } from 'vitest';
import {
  backoffMs,
  cancel,
  claim,
  GIVE_UP_MS,
  isDue,
  isOpen,
  isTooOld,
  type Job,
  type JobError,
  type JobStatus,
  LEASE_MS,
  later,
  newJob,
  nextStep,
  rest,
  resume,
  type StepState,
  withStep,
} from '../../lib/core/job.ts';

type TestJob = Job<string, JobError, { title: string }>;

const NOW = 1_000_000;
const make = (...states: StepState[]): TestJob => {
  const job: TestJob = newJob(
    { id: 'j1', key: 'k', details: { title: 'A job' }, ops: states.map((_, index) => `op ${index}`) },
    NOW,
  );
  return states.reduce<TestJob>((made, state, index) => withStep(made, index, { state }), job);
};

describe('a new job', () => {
  it('waits for its turn, which is now', () => {
    const job = make('waiting', 'waiting');
    expect(job).toMatchObject({ status: 'queued', runAt: NOW, attempts: 0, lease: null, finishedAt: null });
    expect(isOpen(job)).toBe(true);
    expect(isDue(job, 'me', NOW)).toBe(true);
    expect(isDue(job, 'me', NOW - 1)).toBe(false);
  });
});

describe('whose turn it is', () => {
  it.each<[string, string, number, boolean]>([
    ['its own worker is at it', 'me', NOW, false],
    ['its lease has run out', 'me', NOW + LEASE_MS, true],
    ['the worker that had it is gone', 'you', NOW, true],
  ])('%s', (_, owner, now, due) => {
    expect(isDue(claim(make('waiting'), 'me', NOW), owner, now)).toBe(due);
  });

  it('a running job without a lease is taken', () => {
    expect(isDue({ ...make('waiting'), status: 'running' }, 'me', NOW)).toBe(true);
  });

  it.each<[JobStatus]>([['done'], ['stopped'], ['needs-look'], ['cancelled']])('never: %s', (status) => {
    expect(isDue({ ...make('done'), status }, 'me', NOW + GIVE_UP_MS)).toBe(false);
    expect(isOpen({ status })).toBe(false);
  });
});

describe('the next step', () => {
  it.each<[StepState[], number | null]>([
    [['waiting', 'waiting'], 0],
    [['done', 'waiting'], 1],
    [['not-stored', 'waiting'], 1],
    [['skipped', 'sending'], 1],
    [['sending', 'waiting'], 0],
    [['conflict', 'waiting'], null],
    [['refused', 'waiting'], null],
    [['failed', 'waiting'], null],
    [['unknown', 'waiting'], null],
    [['done', 'done'], null],
    [[], null],
  ])('of %j is %j', (states, index) => {
    expect(nextStep(make(...states))).toBe(index);
  });
});

describe('a job whose steps do not need each other', () => {
  const apart = (...states: StepState[]): TestJob => ({ ...make(...states), isApart: true });

  it('says so from the beginning, and others say nothing of it', () => {
    const spec = { id: 'j', key: 'k', details: null, ops: ['op'] };
    expect(newJob({ ...spec, isApart: true }, NOW)).toMatchObject({ isApart: true });
    expect(newJob(spec, NOW)).not.toHaveProperty('isApart');
  });

  it.each<[StepState[], number | null]>([
    [['unknown', 'waiting'], 1],
    [['failed', 'waiting'], null],
    [['unknown', 'done'], null],
  ])('goes past what cannot be told: of %j the next is %j', (states, index) => {
    expect(nextStep(apart(...states))).toBe(index);
  });

  it.each<[StepState[], JobStatus]>([
    [['unknown', 'done'], 'needs-look'],
    [['unknown', 'failed', 'waiting'], 'stopped'],
    [['done', 'done'], 'done'],
  ])('%j rests as %s', (states, status) => {
    expect(rest(apart(...states), NOW).status).toBe(status);
  });

  it('goes on from where it stopped, and leaves what cannot be told as it is', () => {
    const resumed = resume(rest(apart('unknown', 'failed', 'waiting'), NOW), NOW);
    expect(resumed?.steps.map(({ state }) => state)).toEqual(['unknown', 'waiting', 'waiting']);
  });
});

describe('rest', () => {
  it.each<[StepState[], JobStatus]>([
    [['done', 'done'], 'done'],
    [['done', 'not-stored'], 'done'],
    [['done', 'conflict', 'waiting'], 'stopped'],
    [['refused', 'waiting'], 'stopped'],
    [['failed', 'waiting'], 'stopped'],
    [['done', 'unknown'], 'needs-look'],
    [['unknown', 'failed'], 'needs-look'],
  ])('%j rests as %s', (states, status) => {
    expect(rest(claim(make(...states), 'me', NOW), NOW + 5)).toMatchObject({
      status,
      lease: null,
      finishedAt: NOW + 5,
    });
  });
});

describe('trying later', () => {
  it('doubles up to five minutes, half of it left to chance', () => {
    expect([1, 2, 3, 9, 99].map((attempt) => backoffMs(attempt, 0))).toEqual([
      1_000, 2_000, 4_000, 150_000, 150_000,
    ]);
    expect(backoffMs(1, 0.5)).toBe(1_500);
    expect(backoffMs(99, 0.999_999)).toBe(300_000);
  });

  it('waits as long as the vendor asks, when that is longer', () => {
    const job = claim(make('waiting'), 'me', NOW);
    expect(later(job, { code: 'rate_limited', retryAfterMs: 60_000 }, NOW, 0)).toMatchObject({
      status: 'queued',
      attempts: 1,
      runAt: NOW + 60_000,
      lease: null,
      error: { code: 'rate_limited' },
    });
    expect(later(job, { code: 'network', retryAfterMs: 10 }, NOW, 0).runAt).toBe(NOW + 1_000);
    expect(later(job, { code: 'network' }, NOW, 0).runAt).toBe(NOW + 1_000);
  });

  it('is given up after a day', () => {
    expect(isTooOld(make('waiting'), NOW + GIVE_UP_MS - 1)).toBe(false);
    expect(isTooOld(make('waiting'), NOW + GIVE_UP_MS)).toBe(true);
  });
});

describe('cancel', () => {
  it('sends nothing more, and keeps what was done', () => {
    const cancelled = cancel(make('done', 'waiting', 'waiting'), NOW + 1);
    expect(cancelled).toMatchObject({ status: 'cancelled', finishedAt: NOW + 1 });
    expect(cancelled?.steps.map(({ state }) => state)).toEqual(['done', 'skipped', 'skipped']);
  });

  it.each<[string, TestJob]>([
    ['something may be under way', make('done', 'sending')],
    ['it is being worked on', claim(make('waiting'), 'me', NOW)],
    ['it is over', rest(make('done'), NOW)],
  ])('is refused: %s', (_, job) => {
    expect(cancel(job, NOW)).toBeNull();
  });
});

describe('resume', () => {
  it('goes on from the step that failed', () => {
    const stopped = rest(
      withStep(make('done', 'failed', 'waiting'), 1, { error: { code: 'forbidden' } }),
      NOW,
    );
    const resumed = resume(stopped, NOW + 9);
    expect(resumed).toMatchObject({ status: 'queued', runAt: NOW + 9, createdAt: NOW + 9, finishedAt: null });
    expect(resumed?.steps.map(({ state, error }) => [state, error])).toEqual([
      ['done', null],
      ['waiting', null],
      ['waiting', null],
    ]);
  });

  it.each<[string, TestJob]>([
    ['somebody changed the target', rest(make('conflict'), NOW)],
    ['who is who is not certain', rest(make('refused'), NOW)],
    ['it may have been written', rest(make('unknown'), NOW)],
    ['it is done', rest(make('done'), NOW)],
    ['it was cancelled', { ...make('failed'), status: 'cancelled' }],
  ])('is refused: %s', (_, job) => {
    expect(resume(job, NOW)).toBeNull();
  });
});
