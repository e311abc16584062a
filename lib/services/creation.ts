import { type FieldName, isCompany, type Ref, refKey, type VendorName } from '../core/contact.ts';
import { companyProblem, creationProblem } from '../core/creation.ts';
import { mappingFingerprint } from '../core/mapping-settings.ts';
import { AppError, toErrorView } from '../errors.ts';
import type { CompanyName, CreationPreview, CreationResult } from '../panel-state.ts';
import type { Clock } from '../platform/clock.ts';
import { type Accounts, scopeOfPair } from './accounts.ts';
import type { JobOp, Store, StoredCreation, StoredCreationPlan } from './areas.ts';
import { type Context, createCreationLedger, isOpen, isWaiting } from './creation-ledger.ts';
import { offerCompanies, readSource, rowsFor } from './creation-preview.ts';
import { createCreationWrite, wantsCustomer } from './creation-write.ts';
import type { JobKind, JobSpec, Jobs, StepEnd } from './jobs/queue.ts';
import type { Journal } from './journal.ts';
import type { Links } from './links.ts';
import { checkNamed, checkPage, shownPerson } from './page-check.ts';
import type { Quirks } from './quirks.ts';
import type { MappingOf } from './records.ts';
import type { Subjects } from './subjects.ts';
import type { Views } from './views.ts';

export interface CreateCommand {
  planId: string;
  fields: readonly FieldName[];
  /** Id and name as they were shown; Atera wants a company. */
  customer?: CompanyName | undefined;
  confirmedName?: string | undefined;
}

export interface Creation {
  /** What creating the counterpart of this person would do. Looks first what came of an earlier one. Writes nothing. */
  preview(tabId: number, shown: { version: number; person: Ref }): Promise<CreationPreview>;
  /**
   * Creates the counterpart as it was shown: searched for right before, sent once, read back, linked. One creation per person at
   * a time; the same press again answers the same. Rejects when nothing was sent because the page, or the person, is not what
   * was shown.
   */
  create(tabId: number, command: CreateCommand): Promise<CreationResult>;
  /** Whether this may be pressed now, as the first of several steps. Rejects when not. `needsCustomer`: an earlier step brings it. */
  accept(tabId: number, command: CreateCommand, needsCustomer: boolean): Promise<StoredCreationPlan>;
  /** A plan for the company of somebody, bound to the same page, with all that can be written of it. */
  planFor(
    like: StoredCreationPlan,
    source: Ref,
  ): Promise<{ planId: string; name: string; fields: FieldName[] }>;
  /** Goes on with a step of several: creates, or looks for what came of it. Rejects with what may pass when nothing was sent. */
  goOn(context: Context, command: CreateCommand): Promise<CreationResult>;
  /** Whether something of this plan may have been sent, or it is over. Where nothing was written, it is neither. */
  isBegun(context: Context, planId: string): Promise<boolean>;
  /** Goes on with a press that was cut off, or had to wait. */
  kind: JobKind<JobOp & { kind: 'create' }>;
  /** Looks for the results of creations that the end of the worker cut off, or that could not be read back; ends those that no job has. */
  settleInterrupted(): Promise<void>;
}

interface Dependencies {
  store: Store;
  journal: Pick<Journal, 'creation'>;
  quirks: Pick<Quirks, 'learn'>;
  accounts: Accounts;
  subjects: Subjects;
  views: Views;
  links: Links;
  mappingOf: MappingOf;
  clock: Clock;
  newId: () => string;
  locks: Pick<LockManager, 'request'>;
  jobs: Pick<Jobs, 'inTurn' | 'open' | 'close' | 'list'>;
  /** For what should never happen. */
  onBug: (error: unknown) => void;
}

const otherVendor = (vendor: VendorName): VendorName => (vendor === 'atera' ? 'ghl' : 'atera');

export function createCreation(dependencies: Dependencies): Creation {
  const { store, accounts, subjects, views, mappingOf, newId, locks, jobs, onBug } = dependencies;
  const ledger = createCreationLedger(dependencies);
  const { checkWish, begin, proceed, proceedAlone, cancel, showing } = createCreationWrite(
    dependencies,
    ledger,
  );

  const connected = async (): Promise<Context> => {
    const pair = await accounts.pair();
    if (!pair) throw new AppError('not_connected');
    return { pair, scope: scopeOfPair(pair) };
  };
  const inTurn = <T>({ scope }: Context, source: Ref, work: () => Promise<T>): Promise<T> =>
    locks.request(`create:${scope}:${refKey(source)}`, work) as Promise<T>;
  const isListed = async (id: string): Promise<boolean> => (await jobs.list()).some((job) => job.id === id);
  const isBegun = async ({ scope }: Context, planId: string): Promise<boolean> => {
    const row = await store.get('creations', scope, planId);
    return row !== undefined && row.result?.state !== 'queued' && row.result?.state !== 'failed';
  };
  const closing = async (
    { pair }: Context,
    plan: StoredCreationPlan,
    result: CreationResult,
  ): Promise<CreationResult> => {
    await jobs.close(pair, plan.id, endOf(plan, result));
    return result;
  };

  return {
    async preview(tabId, shown) {
      const context = await connected();
      const { pair, scope } = context;
      const { tab, view, person } = await shownPerson({ subjects, views }, pair, tabId, shown);
      if (view.match.status !== 'none') throw new AppError('plan_expired');
      const vendor = otherVendor(person.ref.vendor);
      const earlier = await inTurn(context, person.ref, () =>
        ledger.settleEarlier(context, person.ref, null),
      );
      if (earlier?.state === 'created') views.refresh(tab, pair);
      // It can be said without asking anybody: what is in its way may be in the way of reading too.
      if (earlier?.state === 'queued')
        return {
          planId: null,
          vendor,
          personName: earlier.personName,
          rows: [],
          problem: null,
          companies: null,
          earlier,
        };
      const mapping = await mappingOf(pair, person.ref);
      const source = await readSource(pair, person.ref, mapping);
      const [rows, companies] = await Promise.all([
        rowsFor(pair, vendor, mapping, source),
        wantsCustomer({ vendor, source: person.ref }) ? offerCompanies(pair, source) : null,
      ]);
      const problem = isCompany(person.ref) ? companyProblem(rows) : creationProblem(rows, vendor);
      const id = earlier === null && problem === null ? newId() : null;
      if (id !== null) {
        await store.put('creationPlans', scope, id, {
          id,
          subject: tab.subject,
          tabId: tab.tabId,
          windowId: tab.windowId,
          version: tab.version,
          source: person.ref,
          vendor,
          personName: source.contact.name,
          rows,
          mapping: mappingFingerprint(mapping),
        });
      }
      return { planId: id, vendor, personName: source.contact.name, rows, problem, companies, earlier };
    },

    async create(tabId, command) {
      const context = await connected();
      const { scope } = context;
      const plan = await store.get('creationPlans', scope, command.planId);
      if (!plan) throw new AppError('plan_expired');
      if (tabId !== plan.tabId) throw new AppError('subject_changed');
      return jobs.inTurn(plan.id, () =>
        inTurn(context, plan.source, async () => {
          const done = await store.get('creations', scope, plan.id);
          if (done) {
            // Another wish under the same id must not be answered with an old result.
            if (!isSameWish(done, command)) throw new AppError('plan_expired');
            if (done.result && !isOpen(done)) return done.result;
            return closing(context, plan, await showing(context, plan, await ledger.settle(context, done)));
          }
          await checkPage(subjects, plan);
          await checkNamed(subjects, { ...plan, viewed: plan.source }, command.confirmedName);
          await checkWish(context.pair, plan, command);
          await jobs.open(context.pair, specOf(plan, command));
          try {
            return await closing(context, plan, await begin(context, plan, command, 'press'));
          } catch (problem) {
            const error = toErrorView(problem);
            const known = await store.get('creations', scope, plan.id);
            // What is stored, or told, of it may wait, or may have been sent: its job finds out.
            const isOver = !known && error.code !== 'storage';
            const isSent = known && !isWaiting(known) ? { isSent: true as const } : {};
            const end: StepEnd = isOver ? { state: 'failed', error } : { state: 'later', error, ...isSent };
            await jobs.close(context.pair, plan.id, end);
            throw problem;
          }
        }),
      );
    },

    async accept(tabId, command, needsCustomer) {
      const { scope, pair } = await connected();
      const plan = await store.get('creationPlans', scope, command.planId);
      if (!plan) throw new AppError('plan_expired');
      if (tabId !== plan.tabId) throw new AppError('subject_changed');
      await checkWish(pair, plan, command, needsCustomer);
      await checkPage(subjects, plan);
      await checkNamed(subjects, { ...plan, viewed: plan.source }, command.confirmedName);
      return plan;
    },

    async planFor(like, source) {
      const { pair, scope } = await connected();
      const mapping = await mappingOf(pair, source);
      const record = await readSource(pair, source, mapping);
      const rows = await rowsFor(pair, like.vendor, mapping, record);
      const plan: StoredCreationPlan = {
        ...like,
        id: newId(),
        source,
        personName: record.contact.name,
        rows,
        mapping: mappingFingerprint(mapping),
      };
      if (companyProblem(rows) !== null) throw new AppError('invalid_input', { input: 'company' });
      await store.put('creationPlans', scope, plan.id, plan);
      const fields = rows.flatMap(({ field, write }) => (write.can ? [field] : []));
      return { planId: plan.id, name: plan.personName, fields };
    },

    async goOn(context, command) {
      const { scope } = context;
      const plan = await store.get('creationPlans', scope, command.planId);
      if (!plan) throw new AppError('plan_expired');
      return inTurn(context, plan.source, () => proceed(context, plan, command, 'step'));
    },

    isBegun,

    kind: {
      isBegun: ({ plan }, { pair }) => isBegun({ pair, scope: scopeOfPair(pair) }, plan.id),
      async goOn(op, { pair }) {
        const context = { pair, scope: scopeOfPair(pair) };
        const { plan } = op;
        return endOf(plan, await inTurn(context, plan.source, () => proceedAlone(context, plan, wishOf(op))));
      },
      async cancelled(op, { pair }, why) {
        const context = { pair, scope: scopeOfPair(pair) };
        await inTurn(context, op.plan.source, () => cancel(context, op.plan, wishOf(op), why));
      },
    },

    async settleInterrupted() {
      const pair = await accounts.pair();
      if (!pair) return;
      const context = { pair, scope: scopeOfPair(pair) };
      for (const { id, source, ...stored } of await store.all('creations')) {
        if (!isUnfinished(stored) && !isWaiting(stored)) continue;
        // Whoever holds the lock is alive and will finish by itself.
        const settling = inTurn(context, source, async () => {
          const row = await store.get('creations', context.scope, id);
          if (row && isUnfinished(row)) await ledger.settle(context, row);
          // Nobody goes on with it, and it would stand in the way of every other one.
          if (row && isWaiting(row) && !(await isListed(id)))
            await ledger.finish(context, row, { state: 'failed', error: row.result?.error ?? null });
        });
        // One that cannot be settled must not keep the others from it.
        await settling.catch(onBug);
      }
    },
  };
}

/** What a press is called in the list of what waits. */
const specOf = (plan: StoredCreationPlan, { fields, customer }: CreateCommand): JobSpec => ({
  id: plan.id,
  people: [plan.source],
  personName: plan.personName,
  words: [{ kind: isCompany(plan.source) ? 'create-company' : 'create', vendor: plan.vendor }],
  ops: [{ kind: 'create', plan, fields: [...fields], customer: customer ?? null }],
});

const wishOf = ({ fields, customer }: JobOp & { kind: 'create' }) => ({
  fields,
  ...(customer ? { customer } : {}),
});

function endOf({ id }: StoredCreationPlan, result: CreationResult): StepEnd {
  const { state, error } = result;
  switch (state) {
    case 'queued':
      // Another press for the same person waits for both.
      if (result.id !== id) return { state: 'skipped', error };
      if (!error) throw new AppError('internal');
      return { state: 'later', error };
    case 'created':
      return { state: 'done', error };
    case 'found':
      return { state: 'conflict', error };
    default:
      return { state, error };
  }
}

/** Cut off, or named by the vendor and never read. */
const isUnfinished = ({ result, createdId }: Pick<StoredCreation, 'result' | 'createdId'>): boolean =>
  result === null || (result.state === 'unknown' && createdId !== null);

const isSameWish = (done: StoredCreation, { fields, customer }: CreateCommand): boolean =>
  done.fields.length === fields.length &&
  fields.every((field) => done.fields.includes(field)) &&
  done.customerId === (customer?.id ?? null);
