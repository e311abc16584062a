/**
 * The life of a job as pure functions: what was told to be written, step by step, and how far it has come. A job is stored before
 * anything is sent and after every change, so that whoever finds it can tell what may have happened.
 */

/**
 * `waiting`: nothing was sent. `sending`: it may have been sent, whatever became of the answer. `done`: found when read back.
 * `not-stored`: the vendor accepted it and did not keep it. `conflict`: somebody changed the target since, nothing was written.
 * `refused`: who is who is not certain any more, nothing was written. `failed`: the vendor said no, nothing was written. `unknown`:
 * whether it was written cannot be told. `skipped`: was not reached any more.
 */
export type StepState =
  | 'waiting'
  | 'sending'
  | 'done'
  | 'not-stored'
  | 'conflict'
  | 'refused'
  | 'failed'
  | 'unknown'
  | 'skipped';

/** `queued`: waits for its turn. `stopped`: says where and why, and can go on from there. `needs-look`: only a person can tell. */
export type JobStatus = 'queued' | 'running' | 'done' | 'stopped' | 'needs-look' | 'cancelled';

export interface JobError {
  code: string;
  retryAfterMs?: number;
}

export interface JobStep<Op, E extends JobError> {
  op: Op;
  state: StepState;
  /** What the target held right before the write: what undo goes back to. */
  before: unknown;
  /** What the vendor answered or what was found: a new record's id, values as read back. */
  result: unknown;
  /** Epoch ms when it was sent; null before. */
  sentAt: number | null;
  /** The vendor's word for it came: what is missing after that was not kept. */
  accepted: boolean;
  /** How often its own result was looked for in vain. */
  looks: number;
  error: E | null;
}

export interface Job<Op, E extends JobError, Details> {
  id: string;
  /** One wish, one key: the same one stored again is the same job. */
  key: string;
  details: Details;
  steps: JobStep<Op, E>[];
  /** No step needs another one: what cannot be told of one keeps the rest from nothing. */
  isApart?: true;
  status: JobStatus;
  createdAt: number;
  /** Tries that came to nothing, since the last step that worked. */
  attempts: number;
  /** Epoch ms of the next try; has a meaning while `queued`. */
  runAt: number;
  /** Who works on it, and until when that is believed. */
  lease: { owner: string; until: number } | null;
  /** Why it waits; null when nothing is in the way. */
  error: E | null;
  finishedAt: number | null;
}

export const LEASE_MS = 60_000;
/** A job that cannot even begin for this long is given up: the values it was made of are old. */
export const GIVE_UP_MS = 86_400_000;
/** A result that did not show after so many looks is not waited for any more: what may be sent again is given less time. */
export const MAX_LOOKS = { idempotent: 2, once: 4 } as const;
const FIRST_DELAY_MS = 2_000;
const MAX_DELAY_MS = 300_000;

export const newStep = <Op, E extends JobError>(op: Op): JobStep<Op, E> => ({
  op,
  state: 'waiting',
  before: null,
  result: null,
  sentAt: null,
  accepted: false,
  looks: 0,
  error: null,
});

export const newJob = <Op, E extends JobError, Details>(
  {
    id,
    key,
    details,
    ops,
    isApart = false,
  }: { id: string; key: string; details: Details; ops: readonly Op[]; isApart?: boolean },
  now: number,
): Job<Op, E, Details> => ({
  id,
  key,
  details,
  steps: ops.map((op) => newStep<Op, E>(op)),
  ...(isApart ? { isApart } : {}),
  status: 'queued',
  createdAt: now,
  attempts: 0,
  runAt: now,
  lease: null,
  error: null,
  finishedAt: null,
});

type AnyJob = Job<unknown, JobError, unknown>;

export const isOpen = ({ status }: Pick<AnyJob, 'status'>): boolean =>
  status === 'queued' || status === 'running';

/** Whose turn it is: one that waits and is due, or one whose worker is gone. */
export function isDue(
  { status, runAt, lease }: Pick<AnyJob, 'status' | 'runAt' | 'lease'>,
  owner: string,
  now: number,
): boolean {
  if (status === 'queued') return runAt <= now;
  // Whoever asks holds the lock of the pair: another owner's life has ended.
  return status === 'running' && (lease === null || lease.owner !== owner || lease.until <= now);
}

export const claim = <J extends AnyJob>(job: J, owner: string, now: number): J => ({
  ...job,
  status: 'running',
  lease: { owner, until: now + LEASE_MS },
  error: null,
});

/** The step to work on: none when all are over, or one of them keeps the rest from going on. */
export function nextStep(job: Pick<AnyJob, 'steps' | 'isApart'>): number | null {
  for (const [index, { state }] of job.steps.entries()) {
    if (state === 'waiting' || state === 'sending') return index;
    if (!isPassable(job, state)) return null;
  }
  return null;
}

/** Steps after this one may still be taken. */
const isPassable = ({ isApart }: Pick<AnyJob, 'isApart'>, state: StepState): boolean =>
  state === 'done' ||
  state === 'not-stored' ||
  state === 'skipped' ||
  (state === 'unknown' && isApart === true);

export const withStep = <Op, E extends JobError, Details>(
  job: Job<Op, E, Details>,
  index: number,
  change: Partial<JobStep<Op, E>>,
): Job<Op, E, Details> => ({
  ...job,
  steps: job.steps.map((step, at) => (at === index ? { ...step, ...change } : step)),
});

/** Where a job comes to rest when no step is left to work on. */
export function rest<J extends AnyJob>(job: J, now: number): J {
  const has = (...states: StepState[]): boolean => job.steps.some(({ state }) => states.includes(state));
  const isStopped = has('conflict', 'refused', 'failed');
  // What stopped can go on; what needs a look then still does.
  const status: JobStatus =
    has('unknown') && !(isStopped && job.isApart) ? 'needs-look' : isStopped ? 'stopped' : 'done';
  return { ...job, status, lease: null, finishedAt: now };
}

/** Puts a job back into the queue: what it waits for may pass. `random` in [0, 1) spreads the tries of many. */
export function later<Op, E extends JobError, Details>(
  job: Job<Op, E, Details>,
  error: E,
  now: number,
  random: number,
): Job<Op, E, Details> {
  const attempts = job.attempts + 1;
  const runAt = now + Math.max(error.retryAfterMs ?? 0, backoffMs(attempts, random));
  return { ...job, status: 'queued', attempts, runAt, lease: null, error };
}

/** Doubles from two seconds to five minutes; half of it is left to chance. */
export const backoffMs = (attempt: number, random: number): number => {
  const whole = Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(attempt - 1, 20));
  return Math.round(whole / 2 + (whole / 2) * random);
};

export const isTooOld = ({ createdAt }: Pick<AnyJob, 'createdAt'>, now: number): boolean =>
  now - createdAt >= GIVE_UP_MS;

/** Nothing more is sent. What may have been sent already cannot be called back: such a job is not cancelled. */
export function cancel<J extends AnyJob>(job: J, now: number): J | null {
  if (job.status !== 'queued' || job.steps.some(({ state }) => state === 'sending')) return null;
  return {
    ...job,
    status: 'cancelled',
    lease: null,
    finishedAt: now,
    steps: job.steps.map((step) =>
      step.state === 'waiting' ? { ...step, state: 'skipped' as const } : step,
    ),
  };
}

/** Goes on from the step that failed. A conflict or a doubt about who is who is not passed by trying again. */
export function resume<J extends AnyJob>(job: J, now: number): J | null {
  const [failed] = job.steps.filter(({ state }) => !isPassable(job, state) && state !== 'waiting');
  if (job.status !== 'stopped' || failed?.state !== 'failed') return null;
  return {
    ...job,
    status: 'queued',
    attempts: 0,
    runAt: now,
    createdAt: now,
    error: null,
    finishedAt: null,
    steps: job.steps.map((step) =>
      step === failed ? { ...step, state: 'waiting' as const, error: null } : step,
    ),
  };
}
