import { type FieldName, isCompany, type Ref, refKey, sameRef, type VendorName } from '../core/contact.ts';
import {
  type CreationValue,
  companyProblem,
  creationProblem,
  creationValues,
  sameSource,
} from '../core/creation.ts';
import type { Mapping } from '../core/mapping.ts';
import { mappingFingerprint } from '../core/mapping-settings.ts';
import { cleanText } from '../core/text.ts';
import { AppError, type ErrorView, expected, isAppError, mayBeWritten, toErrorView } from '../errors.ts';
import type { CompanyName, CreationPreview, CreationResult } from '../panel-state.ts';
import type { Clock } from '../platform/clock.ts';
import type { PersonRecord } from '../vendors/vendor.ts';
import { type Accounts, type Pair, scopeOfPair } from './accounts.ts';
import type { JobOp, Store, StoredCreation, StoredCreationPlan } from './areas.ts';
import { type Context, createCreationLedger, isOpen, isWaiting } from './creation-ledger.ts';
import { offerCompanies, readSource, rowsFor } from './creation-preview.ts';
import { peopleLike, reachOf } from './creation-search.ts';
import { canWait, type JobKind, type JobSpec, type Jobs, type StepEnd } from './jobs/queue.ts';
import type { Journal } from './journal.ts';
import type { Links } from './links.ts';
import { checkNamed, checkPage, shownPerson } from './page-check.ts';
import { type MappingOf, recordsOf } from './records.ts';
import { checkWritable } from './resources.ts';
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
  /** Goes on with a press that was cut off, or had to wait. */
  kind: JobKind<JobOp & { kind: 'create' }>;
  /** Looks for the results of creations that the end of the worker cut off, or that could not be read back. */
  settleInterrupted(): Promise<void>;
}

interface Dependencies {
  store: Store;
  journal: Pick<Journal, 'creation'>;
  accounts: Accounts;
  subjects: Subjects;
  views: Views;
  links: Links;
  mappingOf: MappingOf;
  clock: Clock;
  newId: () => string;
  locks: Pick<LockManager, 'request'>;
  jobs: Pick<Jobs, 'inTurn' | 'open' | 'close'>;
  /** For what should never happen. */
  onBug: (error: unknown) => void;
}

/**
 * `press`: a moment ago, so that the page must still show this person; later the agent may look at somebody else. `job`: it had to wait,
 * or was cut off. `step`: one of several, whose job keeps what there is to know of it until it is sent.
 */
type Try = 'press' | 'job' | 'step';

const otherVendor = (vendor: VendorName): VendorName => (vendor === 'atera' ? 'ghl' : 'atera');

export function createCreation(dependencies: Dependencies): Creation {
  const { store, accounts, subjects, views, links, mappingOf, clock, newId, locks, jobs, onBug } =
    dependencies;
  const ledger = createCreationLedger(dependencies);

  const connected = async (): Promise<Context> => {
    const pair = await accounts.pair();
    if (!pair) throw new AppError('not_connected');
    return { pair, scope: scopeOfPair(pair) };
  };
  const inTurn = <T>({ scope }: Context, source: Ref, work: () => Promise<T>): Promise<T> =>
    locks.request(`create:${scope}:${refKey(source)}`, work) as Promise<T>;
  /** Shows what is there now, where the tab still shows what it showed. */
  const showAgain = async ({ pair }: Context, plan: StoredCreationPlan): Promise<void> => {
    const tab = await subjects.look(plan.tabId);
    if (tab?.subject && tab.version === plan.version) views.refresh({ ...tab, subject: tab.subject }, pair);
  };

  /** Somebody is there already: kept as people to choose from, and shown. */
  const offer = async (
    context: Context,
    row: StoredCreation,
    plan: StoredCreationPlan,
    people: PersonRecord[],
  ): Promise<CreationResult> => {
    const { scope } = context;
    const key = refKey(row.source);
    if (!isCompany(row.source)) {
      const twins = (await store.get('doubts', scope, key))?.twins ?? [];
      await store.put('doubts', scope, key, { twins, rivals: people });
    }
    const result = await ledger.finish(context, row, {
      state: 'found',
      people: people.map(({ view }) => view),
    });
    await showAgain(context, plan);
    return result;
  };

  const checkRules = async (pair: Pair, plan: StoredCreationPlan): Promise<Mapping> => {
    const mapping = await mappingOf(pair, plan.source);
    if (mappingFingerprint(mapping) !== plan.mapping) throw new AppError('plan_expired');
    return mapping;
  };

  /** What would be sent, if that can be written by the rules of this moment. */
  const checkWish = async (
    pair: Pair,
    plan: StoredCreationPlan,
    { fields, customer }: Pick<CreateCommand, 'fields' | 'customer'>,
    needsCustomer = false,
  ): Promise<{ mapping: Mapping; values: CreationValue[] }> => {
    const { vendor } = plan;
    const mapping = await checkRules(pair, plan);
    const values = creationValues(plan.rows, fields, { vendor, mapping });
    if (!values) throw new AppError('invalid_input', { input: 'fields' });
    if (wantsCustomer(plan) !== (customer !== undefined || needsCustomer))
      throw new AppError('invalid_input', { vendor, input: 'customer' });
    return { mapping, values };
  };

  const rowFor = (
    { id, source, vendor, personName }: StoredCreationPlan,
    { fields, customer }: Pick<CreateCommand, 'fields' | 'customer'>,
    values: CreationValue[],
  ): StoredCreation => ({
    id,
    source,
    vendor,
    personName,
    fields: [...fields],
    values,
    customerId: customer?.id ?? null,
    startedAt: clock.now(),
    before: [],
    createdId: null,
    result: null,
    released: false,
  });

  const execute = async (
    context: Context,
    plan: StoredCreationPlan,
    command: CreateCommand,
    how: Try,
  ): Promise<CreationResult> => {
    const { pair, scope } = context;
    const { vendor } = plan;
    const { customer } = command;
    const { mapping, values } = await checkWish(pair, plan, command);
    const row = rowFor(plan, command, values);
    const refuse = async (error: unknown): Promise<CreationResult> => {
      const problem = expected(error);
      const isLater = canWait(problem);
      // The job of several steps waits, and asks again; nothing is kept of what did not happen.
      if (isLater && how === 'step') throw problem;
      return ledger.finish(context, row, {
        state: isLater ? 'queued' : 'failed',
        error: toErrorView(problem),
      });
    };

    let source: PersonRecord;
    try {
      source = await readSource(pair, plan.source, mapping);
      const rows = await rowsFor(pair, vendor, mapping, source);
      const company = customer ? await pair.atera.readCustomer(customer.id) : null;
      const isAsNamed = !customer || (cleanText(company?.CustomerName) ?? customer.id) === customer.name;
      if (!sameSource(plan.rows, rows) || source.contact.name !== plan.personName || !isAsNamed) {
        const input = isAsNamed ? 'person' : 'customer';
        const error = toErrorView(
          new AppError('conflict', { vendor: isAsNamed ? plan.source.vendor : vendor, input }),
        );
        const result = await ledger.finish(context, row, { state: 'conflict', error });
        await showAgain(context, plan);
        return result;
      }
      const rejected = await links.rejectedOf(pair, plan.source);
      const isRejected = ({ contact }: PersonRecord): boolean =>
        rejected.some((ref) => sameRef(ref, contact.ref));
      const found = await peopleLike(pair, vendor, reachOf(source.contact, values));
      const others = found.filter((person) => !isRejected(person));
      if (others.length > 0) return offer(context, row, plan, others);
      row.before = found.map(({ contact }) => contact.ref.id);
      // Reading took time: the page must still show this person under the same rules, and nobody may have linked them.
      if (how === 'press') await checkPage(subjects, plan);
      await checkWritable(store, scope, isCompany(plan.source) ? 'companies' : 'contacts', vendor);
      await checkRules(pair, plan);
      if ((await links.counterpartOf(pair, plan.source)) !== null) throw new AppError('plan_expired');
    } catch (error) {
      return refuse(error);
    }

    await ledger.open(context, row);
    let id: string | null;
    try {
      id = await recordsOf(pair, { vendor, kind: plan.source.kind }).createPerson(values, row.customerId);
    } catch (error) {
      if (isAppError(error) && !mayBeWritten(error)) {
        const there = await standingInTheWay(pair, vendor, error, reachOf(source.contact, values)).catch(
          expected,
        );
        return Array.isArray(there) && there.length > 0 ? offer(context, row, plan, there) : refuse(error);
      }
      // From here on it may have been created, whatever went wrong: only a look can tell.
      if (!isAppError(error)) onBug(error);
      const doubt = isAppError(error) ? error : new AppError('internal', { vendor });
      return showing(context, plan, await ledger.settle(context, row, doubt));
    }
    const result =
      id === null
        ? await ledger.settle(
            context,
            row,
            new AppError('invalid_response', { vendor, operation: 'createContact' }),
          )
        : await ledger.complete(context, row, id);
    return showing(context, plan, result);
  };

  const showing = async (
    context: Context,
    plan: StoredCreationPlan,
    result: CreationResult,
  ): Promise<CreationResult> => {
    if (result.state === 'created') await showAgain(context, plan);
    return result;
  };

  /** Looks first what came of an earlier one, and whether somebody is linked by now. */
  const begin = async (
    context: Context,
    plan: StoredCreationPlan,
    command: CreateCommand,
    how: Try,
  ): Promise<CreationResult> => {
    const earlier = await ledger.settleEarlier(context, plan.source, plan.id);
    if (earlier) return showing(context, plan, earlier);
    const counterpart = await links.counterpartOf(context.pair, plan.source);
    if (!counterpart) {
      // Two records of one person must not both find nobody: one search and its creation at a time.
      return locks.request(`creating:${context.scope}`, () => execute(context, plan, command, how));
    }
    // Somebody is linked by now. Where another panel has just created them, its result is the answer to this press too.
    const made = await ledger.resultFor(context, plan.source, counterpart);
    if (!made) throw new AppError('plan_expired');
    return made;
  };

  /** Within the turn of the person. */
  const proceed = async (
    context: Context,
    plan: StoredCreationPlan,
    command: CreateCommand,
    how: 'job' | 'step',
  ): Promise<CreationResult> => {
    const done = await store.get('creations', context.scope, plan.id);
    if (done && isOpen(done)) return showing(context, plan, await ledger.settle(context, done));
    // Where nothing was written, one of several steps may be tried again.
    const isOver = done?.result && !isWaiting(done) && !(how === 'step' && done.result.state === 'failed');
    return isOver && done.result ? done.result : begin(context, plan, command, how);
  };

  /** The same for a press of its own, whose outcome is kept in any case: nobody is there to be told. */
  const proceedAlone = async (
    context: Context,
    plan: StoredCreationPlan,
    command: CreateCommand,
  ): Promise<CreationResult> => {
    const failed = async (error: ErrorView): Promise<CreationResult> =>
      ledger.finish(context, await knownOf(context, plan, command), { state: 'failed', error });
    try {
      const result = await proceed(context, plan, command, 'job');
      // Another press for the same person: it waits for both, or has written what this one would.
      if (result.id === plan.id || result.state === 'queued') return result;
      if (!result.created) return failed(result.error ?? { code: 'duplicate', vendor: plan.vendor });
      const people = [result.created];
      return ledger.finish(context, await knownOf(context, plan, command), { state: 'found', people });
    } catch (error) {
      const known = await store.get('creations', context.scope, plan.id);
      // It may have been sent: only a look can tell.
      if (known && !isWaiting(known)) throw error;
      if (!isAppError(error)) onBug(error);
      return failed(toErrorView(error));
    }
  };

  const knownOf = async (
    { pair, scope }: Context,
    plan: StoredCreationPlan,
    command: Pick<CreateCommand, 'fields' | 'customer'>,
  ): Promise<StoredCreation> => {
    const known = await store.get('creations', scope, plan.id);
    if (known) return known;
    const mapping = await mappingOf(pair, plan.source);
    const values = creationValues(plan.rows, command.fields, { vendor: plan.vendor, mapping });
    return rowFor(plan, command, values ?? []);
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
          } catch (error) {
            await jobs.close(context.pair, plan.id, { state: 'failed', error: toErrorView(error) });
            throw error;
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

    kind: {
      async goOn({ plan, fields, customer }, { pair }) {
        const context = { pair, scope: scopeOfPair(pair) };
        const command = { planId: plan.id, fields, ...(customer ? { customer } : {}) };
        const result = await inTurn(context, plan.source, () => proceedAlone(context, plan, command));
        return endOf(plan, result);
      },
      async cancelled({ plan, fields, customer }, { pair }) {
        const context = { pair, scope: scopeOfPair(pair) };
        await inTurn(context, plan.source, async () => {
          const row = await knownOf(context, plan, { fields, ...(customer ? { customer } : {}) });
          if (row.result && !isWaiting(row)) return;
          const error = toErrorView(new AppError('cancelled'));
          await ledger.finish(context, row, { state: 'failed', error });
        });
      },
    },

    async settleInterrupted() {
      const pair = await accounts.pair();
      if (!pair) return;
      const context = { pair, scope: scopeOfPair(pair) };
      for (const { id, source, ...stored } of await store.all('creations')) {
        if (!isUnfinished(stored)) continue;
        // Whoever holds the lock is alive and will finish by itself.
        const settling = inTurn(context, source, async () => {
          const row = await store.get('creations', context.scope, id);
          if (row && isUnfinished(row)) await ledger.settle(context, row);
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

/** Atera creates no contact without a customer. */
const wantsCustomer = ({ vendor, source }: Pick<StoredCreationPlan, 'vendor' | 'source'>): boolean =>
  vendor === 'atera' && !isCompany(source);

/** Cut off, or named by the vendor and never read. */
const isUnfinished = ({ result, createdId }: Pick<StoredCreation, 'result' | 'createdId'>): boolean =>
  result === null || (result.state === 'unknown' && createdId !== null);

const isSameWish = (done: StoredCreation, { fields, customer }: CreateCommand): boolean =>
  done.fields.length === fields.length &&
  fields.every((field) => done.fields.includes(field)) &&
  done.customerId === (customer?.id ?? null);

/** Whom the vendor means when it refuses because somebody is there: GHL names one, Atera's sentence is not known, so it is searched. */
async function standingInTheWay(
  pair: Pair,
  vendor: VendorName,
  { code, details }: AppError,
  reach: Parameters<typeof peopleLike>[2],
): Promise<PersonRecord[]> {
  if (code === 'duplicate' && details.existingId !== undefined && !reach.companies)
    return [await pair[vendor].readPerson(details.existingId, [])];
  return code === 'duplicate' || code === 'rejected' ? peopleLike(pair, vendor, reach) : [];
}
