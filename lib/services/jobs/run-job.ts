import {
  claim,
  isTooOld,
  type Job,
  type JobStep,
  later,
  MAX_LOOKS,
  nextStep,
  rest,
  withStep,
} from '../../core/job.ts';
import {
  AppError,
  ERROR_POLICY,
  type ErrorView,
  isAppError,
  mayBeWritten,
  toErrorView,
} from '../../errors.ts';

/** What a look at the target says before a write. */
export type Prepared =
  | { kind: 'ready'; before: unknown }
  /** It is as wanted: nothing is sent. */
  | { kind: 'already'; before: unknown; result: unknown }
  /** Not what was expected: nothing is sent. */
  | { kind: 'conflict'; found: unknown }
  /** Who is who is not certain any more: nothing is sent. */
  | { kind: 'refused'; found: unknown };

/** What a look at the target says after a write, or after a write whose answer was lost. */
export type Found =
  | { kind: 'there'; result: unknown }
  | { kind: 'absent'; result: unknown }
  /** More than one could be ours. */
  | { kind: 'several'; result: unknown };

/** One kind of operation. Everything throws `AppError` only; anything else is a bug. */
export interface OperationKind<Op, Context> {
  /** Sending it twice does what sending it once does. */
  idempotent: boolean;
  /** Reads the target afresh and compares it with what is expected. */
  prepare(op: Op, context: Context): Promise<Prepared>;
  /** One request. Answers with what the vendor said of the result. */
  send(op: Op, context: Context, before: unknown): Promise<unknown>;
  /** Looks for the result of this very step. */
  find(
    op: Op,
    context: Context,
    sent: Pick<JobStep<Op, ErrorView>, 'before' | 'sentAt' | 'result'>,
  ): Promise<Found>;
}

export interface RunDependencies<Op, Details, Context> {
  kindOf(op: Op): OperationKind<Op, Context>;
  context: Context;
  /** Fills in what earlier steps found out (the id of a record that was just created). */
  resolve?(op: Op, done: readonly JobStep<Op, ErrorView>[]): Op;
  /** Stores the job; what follows relies on it. */
  save(job: Job<Op, ErrorView, Details>): Promise<void>;
  /** Last look before the first write of a job: rejects when what the agent saw is not what is any more. */
  guard(job: Job<Op, ErrorView, Details>): Promise<void>;
  owner: string;
  now(): number;
  random(): number;
  onBug(error: unknown): void;
}

/** Works on a job until it rests or has to wait. The caller holds the lock of the pair. */
export async function runJob<Op, Details, Context>(
  job: Job<Op, ErrorView, Details>,
  dependencies: RunDependencies<Op, Details, Context>,
): Promise<Job<Op, ErrorView, Details>> {
  const { owner, now, save } = dependencies;
  let current = claim(job, owner, now());
  await save(current);
  for (let index = nextStep(current); index !== null; index = nextStep(current)) {
    current = await takeStep(current, index, dependencies);
    await save(current);
    if (current.status === 'queued') return current;
  }
  current = rest(current, now());
  await save(current);
  return current;
}

async function takeStep<Op, Details, Context>(
  job: Job<Op, ErrorView, Details>,
  index: number,
  dependencies: RunDependencies<Op, Details, Context>,
): Promise<Job<Op, ErrorView, Details>> {
  const step = job.steps[index];
  if (!step) throw new AppError('internal');
  return step.state === 'sending'
    ? look(job, index, step, step.error, dependencies)
    : write(job, index, step, dependencies);
}

/** Reads, compares, books, sends, reads back. */
async function write<Op, Details, Context>(
  job: Job<Op, ErrorView, Details>,
  index: number,
  step: JobStep<Op, ErrorView>,
  dependencies: RunDependencies<Op, Details, Context>,
): Promise<Job<Op, ErrorView, Details>> {
  const { kindOf, context, save, guard, now, onBug } = dependencies;
  const op = dependencies.resolve?.(step.op, job.steps.slice(0, index)) ?? step.op;
  const kind = kindOf(op);
  let prepared: Prepared;
  try {
    prepared = await kind.prepare(op, context);
    if (prepared.kind === 'ready') await guard(job);
  } catch (error) {
    return notSent(job, index, expected(error), dependencies);
  }
  if (prepared.kind === 'already') {
    return withStep(job, index, { op, state: 'done', before: prepared.before, result: prepared.result });
  }
  if (prepared.kind === 'conflict' || prepared.kind === 'refused') {
    return withStep(job, index, { op, state: prepared.kind, result: prepared.found });
  }
  let sending = withStep(job, index, {
    op,
    state: 'sending',
    before: prepared.before,
    sentAt: now(),
    accepted: false,
    looks: 0,
    error: null,
  });
  await save(sending);
  let doubt: ErrorView | null = null;
  try {
    const result = await kind.send(op, context, prepared.before);
    sending = withStep(sending, index, { accepted: true, result });
  } catch (error) {
    if (isAppError(error) && !mayBeWritten(error)) {
      return notSent(
        withStep(sending, index, { state: 'waiting', sentAt: null }),
        index,
        error,
        dependencies,
      );
    }
    // From here on the write may have happened, whatever went wrong: only a look can tell.
    if (!isAppError(error)) onBug(error);
    doubt = toErrorView(error);
    sending = withStep(sending, index, { error: doubt });
  }
  await save(sending);
  const sent = sending.steps[index];
  return sent ? look(sending, index, sent, doubt, dependencies) : sending;
}

/** Looks for the result of what was sent. Nothing is ever sent again here. */
async function look<Op, Details, Context>(
  job: Job<Op, ErrorView, Details>,
  index: number,
  step: JobStep<Op, ErrorView>,
  doubt: ErrorView | null,
  { kindOf, context, now, random }: RunDependencies<Op, Details, Context>,
): Promise<Job<Op, ErrorView, Details>> {
  const kind = kindOf(step.op);
  const isLast = step.looks + 1 >= MAX_LOOKS[kind.idempotent ? 'idempotent' : 'once'];
  let found: Found;
  try {
    found = await kind.find(step.op, context, step);
  } catch (error) {
    const problem = toErrorView(expected(error));
    if (isLast) return withStep(job, index, { state: 'unknown', error: doubt ?? problem });
    return later(withStep(job, index, { looks: step.looks + 1 }), problem, now(), random());
  }
  if (found.kind === 'there') {
    return { ...withStep(job, index, { state: 'done', result: found.result, error: null }), attempts: 0 };
  }
  if (found.kind === 'several') {
    return withStep(job, index, { state: 'unknown', result: found.result, error: doubt });
  }
  if (step.accepted) return withStep(job, index, { state: 'not-stored', result: found.result });
  const why: ErrorView = doubt ?? { code: 'internal', operation: 'interrupted' };
  // A request may still be under way to the vendor: it is looked for a while before anything else.
  if (!isLast)
    return later(withStep(job, index, { looks: step.looks + 1, error: why }), why, now(), random());
  // The target was read: sending once more cannot make two of it.
  if (kind.idempotent && !isTooOld(job, now())) {
    return later(withStep(job, index, { state: 'waiting', sentAt: null, error: null }), why, now(), random());
  }
  return withStep(job, index, { state: 'unknown', result: found.result, error: why });
}

/** Nothing was sent for this step: try later, or stop here. */
function notSent<Op, Details, Context>(
  job: Job<Op, ErrorView, Details>,
  index: number,
  error: AppError,
  { now, random }: RunDependencies<Op, Details, Context>,
): Job<Op, ErrorView, Details> {
  const problem = toErrorView(error);
  if (ERROR_POLICY[error.code].queue === 'backoff' && !isTooOld(job, now())) {
    return later(job, problem, now(), random());
  }
  return withStep(job, index, { state: 'failed', error: problem });
}

/** What a vendor did is an outcome; anything else is a bug and goes on to the top. */
function expected(error: unknown): AppError {
  if (!isAppError(error)) throw error;
  return error;
}
