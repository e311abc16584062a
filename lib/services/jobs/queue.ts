import type { Ref, VendorName } from '../../core/contact.ts';
import {
  cancel,
  claim,
  isDue,
  isOpen,
  isTooOld,
  type Job,
  later,
  newJob,
  nextStep,
  rest,
  resume,
  type StepState,
  withStep,
} from '../../core/job.ts';
import {
  AppError,
  ERROR_POLICY,
  type ErrorView,
  fromErrorView,
  isAppError,
  toErrorView,
} from '../../errors.ts';
import type { JobStepWords, JobView } from '../../panel-state.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Wake } from '../../platform/wake.ts';
import { type Accounts, type Pair, scopeOfPair } from '../accounts.ts';
import type { JobOp, StepResult, Store, StoredJob } from '../areas.ts';

/** How one step ended. `later`: what is in the way may pass, and nothing was sent, or with `isSent` it is not known what came of it. */
export type StepEnd =
  | {
      /** `skipped`: nothing was written, and the next step is taken all the same. */
      state: Exclude<StepState, 'waiting' | 'sending'>;
      error: ErrorView | null;
      result?: StepResult | null;
    }
  | { state: 'later'; error: ErrorView; isSent?: true };

/** What a step does. Asked again, it goes on with the same write or looks for what came of it; it never writes twice. */
export interface JobKind<Op extends JobOp> {
  /** Whether something of it may have been sent, or it is over: going on with it sends nothing then. */
  isBegun(op: Op, context: { pair: Pair; id: string }): Promise<boolean>;
  /** Where it rejects, `isBegun` says whether something was sent. `done`: results of the steps before it. */
  goOn(op: Op, context: { pair: Pair; id: string; done: readonly (StepResult | null)[] }): Promise<StepEnd>;
  /** Nothing was sent, nor will be: says so, and why, where the outcome is kept, unless it has one. */
  cancelled(op: Op, context: { pair: Pair; id: string }, why: AppError): Promise<void>;
}
export type JobKinds = { [K in JobOp['kind']]: JobKind<JobOp & { kind: K }> };

/** What is told of a job, before anything else is known of it. */
export interface JobSpec {
  /** Of the press: the same one again is the same job. */
  id: string;
  people: Ref[];
  personName: string;
  words: JobStepWords[];
  ops: JobOp[];
  /** No step needs another one. */
  isApart?: boolean;
}

/**
 * What was told to be written and is not over: stored before anything is read or sent, worked on at once, and again by whoever finds it
 * after the background was stopped, after a wait, or when the network is back.
 */
export interface Jobs {
  /** One press, one at a time. `work` may find out that it is known already; what it opens is closed by how it ends. */
  inTurn<T>(id: string, work: () => Promise<T>): Promise<T>;
  /** From here on it is found again. Within `inTurn`. */
  open(pair: Pair, spec: JobSpec): Promise<void>;
  /** The first try of its only step has ended so. Within `inTurn`. */
  close(pair: Pair, id: string, end: StepEnd): Promise<void>;
  /** Stores it, and answers; it is worked on at once. The same id again is the same job; for another wish it is refused. */
  start(spec: JobSpec): Promise<JobView>;
  list(): Promise<JobView[]>;
  /** Nothing more is sent. Rejects with `plan_expired` when it is being worked on, or over. */
  cancel(id: string): Promise<JobView[]>;
  /** Without waiting any longer; one that stopped goes on from where it did. */
  retry(id: string): Promise<JobView[]>;
  /** Takes a job off the list that stopped, or that needs a look. */
  dismiss(id: string): Promise<JobView[]>;
  /** Works on whatever is due. */
  work(why: 'start' | 'time' | 'online'): Promise<void>;
}

interface Dependencies {
  store: Store;
  accounts: Pick<Accounts, 'pair' | 'during'>;
  kinds: () => JobKinds;
  clock: Clock;
  locks: Pick<LockManager, 'request'>;
  /** Of this life of the background. */
  owner: string;
  random: () => number;
  wake: Wake;
  onChange: (jobs: JobView[]) => void;
  /** For what should never happen. */
  onBug: (error: unknown) => void;
}

/** What passes by itself: the network, a limit, a vendor that is down. */
export const canWait = ({ code }: Pick<ErrorView, 'code'>): boolean => ERROR_POLICY[code].queue === 'backoff';

export function createJobs(dependencies: Dependencies): Jobs {
  const { store, accounts, kinds, clock, locks, owner, random, wake, onChange, onBug } = dependencies;

  const inTurn: Jobs['inTurn'] = (id, work) => locks.request(`job:${id}`, work) as Promise<never>;

  const rowsOf = async (scope: string): Promise<StoredJob[]> =>
    (await store.all('jobs'))
      .filter((row) => row.scope === scope)
      .sort((a, b) => a.job.createdAt - b.job.createdAt);

  const list = async (): Promise<JobView[]> => {
    const pair = await accounts.pair();
    return pair ? (await rowsOf(scopeOfPair(pair))).map(viewOf) : [];
  };

  const changed = async (): Promise<void> => {
    const pair = await accounts.pair();
    const rows = pair ? await rowsOf(scopeOfPair(pair)) : [];
    const times = rows.flatMap(({ job }) => (job.status === 'queued' ? [job.runAt] : []));
    wake.at(times.length > 0 ? Math.min(...times) : null);
    onChange(rows.map(viewOf));
  };

  const show = (): void => void changed().catch(onBug);

  /** A single write says at its person how it ended; what is told among the jobs alone is kept until somebody has seen that. */
  const save = async (row: StoredJob): Promise<void> => {
    const { scope, job } = row;
    if (isOpen(job) || !isToldElsewhere(job)) await store.put('jobs', scope, job.id, row);
    else await store.delete('jobs', scope, job.id);
    // Whoever waits must be woken: the rest of the list can follow.
    if (job.status === 'queued') await changed();
    else show();
  };

  const ended = (job: StoredJob['job'], index: number, end: StepEnd): StoredJob['job'] => {
    if (end.state === 'later') {
      // What may have been sent cannot be cancelled any more.
      const step = { state: end.isSent ? ('sending' as const) : ('waiting' as const) };
      return later(withStep(job, index, step), end.error, clock.now(), random());
    }
    const { state, error, result = null } = end;
    return { ...withStep(job, index, { state, error, result }), attempts: 0 };
  };

  const kindOf = ({ kind }: JobOp): JobKind<JobOp> => kinds()[kind] as JobKind<JobOp>;

  /** `reason`: why it had to wait so far. */
  const tryStep = async (
    pair: Pair,
    { job }: StoredJob,
    index: number,
    reason: ErrorView | null,
  ): Promise<StepEnd> => {
    const step = job.steps[index];
    if (!step) throw new AppError('internal');
    const { op } = step;
    const kind = kindOf(op);
    const context = { pair, id: stepId(job, index) };
    const done = job.steps.slice(0, index).map(({ result }) => result as StepResult | null);
    const giveUp = async (error: ErrorView): Promise<StepEnd> => {
      await kind.cancelled(op, context, fromErrorView(error));
      return { state: 'failed', error };
    };
    try {
      // The browser may have been closed for long: what was not sent by now is not sent any more.
      if (isTooOld(job, clock.now()) && !(await kind.isBegun(op, context)))
        return await giveUp(reason ?? { code: 'plan_expired' });
      const end = await kind.goOn(op, { ...context, done });
      return end.state === 'later' && isTooOld(job, clock.now()) ? await giveUp(end.error) : end;
    } catch (problem) {
      if (!isAppError(problem)) onBug(problem);
      const error = toErrorView(problem);
      try {
        // Whoever was to keep its outcome may still say that it is under way: nobody but this job comes back to it.
        if (await kind.isBegun(op, context)) return { state: 'later', error, isSent: true };
        return await giveUp(error);
      } catch (again) {
        if (!isAppError(again)) onBug(again);
        return isTooOld(job, clock.now())
          ? { state: 'unknown', error }
          : { state: 'later', error, isSent: true };
      }
    }
  };

  /** Step by step, until it rests or has to wait. Within `inTurn`. */
  const proceed = async (pair: Pair, first: StoredJob): Promise<StoredJob> => {
    let row: StoredJob = { ...first, job: claim(first.job, owner, clock.now()) };
    let reason = first.job.error;
    await save(row);
    for (let index = nextStep(row.job); index !== null; index = nextStep(row.job)) {
      row = { ...row, job: ended(row.job, index, await tryStep(pair, row, index, reason)) };
      reason = null;
      await save(row);
      if (row.job.status === 'queued') return row;
    }
    row = { ...row, job: rest(row.job, clock.now()) };
    await save(row);
    return row;
  };

  const proceedIf = (id: string, isWanted: (row: StoredJob) => boolean): Promise<void> =>
    inTurn(id, async () => {
      const pair = await accounts.pair();
      const row = pair && (await store.get('jobs', scopeOfPair(pair), id));
      if (pair && row && isOpen(row.job) && isWanted(row)) await proceed(pair, row);
    });

  const change = (
    id: string,
    next: (row: StoredJob, pair: Pair) => Promise<StoredJob | null>,
  ): Promise<void> =>
    inTurn(id, async () => {
      const pair = await accounts.pair();
      if (!pair) throw new AppError('not_connected');
      const row = await store.get('jobs', scopeOfPair(pair), id);
      const changedRow = row && (await next(row, pair));
      if (!changedRow) throw new AppError('plan_expired');
      await save(changedRow);
    });

  return {
    inTurn,
    list,
    async open(pair, spec) {
      const job = claim(toJob(spec, clock.now()), owner, clock.now());
      await save(toRow(pair, spec, job));
    },
    async close(pair, id, end) {
      const row = await store.get('jobs', scopeOfPair(pair), id);
      if (!row) return;
      const job = ended(row.job, 0, end);
      await save({ ...row, job: job.status === 'queued' ? job : rest(job, clock.now()) });
    },
    async start(spec) {
      const stored = await inTurn(spec.id, async () => {
        const pair = await accounts.pair();
        if (!pair) throw new AppError('not_connected');
        const known = await store.get('jobs', scopeOfPair(pair), spec.id);
        if (known && wishOf(known.job.steps.map(({ op }) => op)) !== wishOf(spec.ops))
          throw new AppError('invalid_input', { input: 'id' });
        if (known) return viewOf(known);
        const row = toRow(pair, spec, toJob(spec, clock.now()));
        await save(row);
        return viewOf(row);
      });
      void accounts.during(() => proceedIf(spec.id, () => true)).catch(onBug);
      return stored;
    },
    async cancel(id) {
      await change(id, async (row, pair) => {
        const job = cancel(row.job, clock.now());
        const at = nextStep(row.job);
        const step = at === null ? undefined : row.job.steps[at];
        if (!job || at === null || !step) return null;
        const context = { pair, id: stepId(row.job, at) };
        await kindOf(step.op).cancelled(step.op, context, new AppError('cancelled'));
        return { ...row, job };
      });
      return list();
    },
    async retry(id) {
      await change(id, async (row) => {
        const job = row.job.status === 'queued' ? row.job : resume(row.job, clock.now());
        return job && { ...row, job: { ...job, runAt: clock.now() } };
      });
      await proceedIf(id, () => true);
      return list();
    },
    async dismiss(id) {
      const pair = await accounts.pair();
      if (!pair) throw new AppError('not_connected');
      await inTurn(id, async () => {
        const row = await store.get('jobs', scopeOfPair(pair), id);
        if (row && isOpen(row.job)) throw new AppError('plan_expired');
        await store.delete('jobs', scopeOfPair(pair), id);
        show();
      });
      return list();
    },
    async work(why) {
      const pair = await accounts.pair();
      if (!pair) return;
      const rows = await rowsOf(scopeOfPair(pair));
      const isWanted = ({ job }: StoredJob): boolean =>
        isDue(job, owner, clock.now()) || (why === 'online' && job.error?.code === 'network');
      const due = rows.filter((row) => isOpen(row.job) && isWanted(row));
      // One that cannot be worked on must not keep the others from it.
      for (const { job } of due)
        await accounts.during(() => proceedIf(job.id, isWanted)).catch((error: unknown) => onBug(error));
      await changed();
    },
  };
}

/** Steps of jobs that nothing but the list of jobs tells of, even where it is just one. */
const TOLD_HERE: ReadonlySet<JobOp['kind']> = new Set(['company', 'contact', 'carry', 'join']);
const isToldElsewhere = ({ steps }: StoredJob['job']): boolean =>
  steps.length === 1 && steps.every(({ op: { kind } }) => !TOLD_HERE.has(kind));

/** What a company is created from is read for each press anew. */
const wishOf = (ops: readonly JobOp[]): string =>
  JSON.stringify(ops.map((op) => (op.kind === 'company' ? { kind: op.kind } : op)));

/** The press itself where there is one step: its outcome is kept under the same id. */
const stepId = ({ id, steps }: StoredJob['job'], index: number): string =>
  steps.length === 1 ? id : `${id}:${index}`;

/** As they were called by whoever wrote it. */
const namedBy = (result: StepResult | null): Pick<JobStepWords, 'personName'> =>
  result?.personName === undefined ? {} : { personName: result.personName };

const toJob = ({ id, ops, isApart = false }: JobSpec, now: number): Job<JobOp, ErrorView, null> =>
  newJob<JobOp, ErrorView, null>({ id, key: id, details: null, ops, isApart }, now);

const toRow = (pair: Pair, { people, personName, words }: JobSpec, job: StoredJob['job']): StoredJob => ({
  scope: scopeOfPair(pair),
  people,
  personName,
  words,
  job,
});

function viewOf({ people, personName, words, job }: StoredJob): JobView {
  const { id, status, createdAt, attempts, runAt, error, steps } = job;
  return {
    id,
    personName,
    people,
    status,
    createdAt,
    attempts,
    runAt: status === 'queued' ? runAt : null,
    error,
    canCancel: cancel(job, 0) !== null,
    canGoOn: resume(job, 0) !== null,
    steps: steps.map((step, index) => ({
      words: {
        ...(words[index] ?? { kind: 'push', vendor: people[0]?.vendor ?? ('ghl' satisfies VendorName) }),
        ...namedBy(step.result as StepResult | null),
      },
      state: step.state,
      error: step.error,
    })),
  };
}
