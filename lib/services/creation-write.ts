import { isCompany, refKey, sameRef, type VendorName } from '../core/contact.ts';
import { type CreationValue, creationValues, sameSource } from '../core/creation.ts';
import type { Mapping } from '../core/mapping.ts';
import { mappingFingerprint } from '../core/mapping-settings.ts';
import { cleanText } from '../core/text.ts';
import { AppError, type ErrorView, expected, isAppError, mayBeWritten, toErrorView } from '../errors.ts';
import type { CreationResult } from '../panel-state.ts';
import type { Clock } from '../platform/clock.ts';
import type { PersonRecord } from '../vendors/vendor.ts';
import type { Pair } from './accounts.ts';
import type { Store, StoredCreation, StoredCreationPlan } from './areas.ts';
import type { CreateCommand } from './creation.ts';
import { type Context, type CreationLedger, isOpen, isWaiting } from './creation-ledger.ts';
import { readSource, rowsFor } from './creation-preview.ts';
import { peopleLike, reachOf } from './creation-search.ts';
import { canWait } from './jobs/queue.ts';
import type { Links } from './links.ts';
import { checkPage } from './page-check.ts';
import { type MappingOf, recordsOf } from './records.ts';
import { checkWritable } from './resources.ts';
import type { Subjects } from './subjects.ts';
import type { Views } from './views.ts';

interface Dependencies {
  store: Store;
  subjects: Subjects;
  views: Views;
  links: Links;
  mappingOf: MappingOf;
  clock: Clock;
  locks: Pick<LockManager, 'request'>;
  /** For what should never happen. */
  onBug: (error: unknown) => void;
}

/** What the agent wants of a creation that was shown. */
type Wish = Pick<CreateCommand, 'fields' | 'customer'>;

/**
 * `press`: a moment ago, so that the page must still show this person; later the agent may look at somebody else. `job`: it had to wait,
 * or was cut off. `step`: one of several, whose job keeps what there is to know of it until it is sent.
 */
type Try = 'press' | 'job' | 'step';

/** Searches, sends once, reads back, links. The caller has the turn of the person. */
export function createCreationWrite(dependencies: Dependencies, ledger: CreationLedger) {
  const { store, subjects, views, links, mappingOf, clock, locks, onBug } = dependencies;

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
    { fields, customer }: Wish,
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
    { fields, customer }: Wish,
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
    command: Wish,
    how: Try,
  ): Promise<CreationResult> => {
    const { pair, scope } = context;
    const { vendor } = plan;
    const { customer } = command;
    const { mapping, values } = await checkWish(pair, plan, command);
    const row = rowFor(plan, command, values);
    let isTold = false;
    const refuse = async (error: unknown): Promise<CreationResult> => {
      const problem = expected(error);
      const isLater = canWait(problem);
      // The job of several steps waits, and asks again; nothing is kept of what did not happen.
      if (isLater && how === 'step') {
        // What was told before it was sent would look as if it had been.
        if (isTold) await ledger.finish(context, row, { state: 'failed', error: toErrorView(problem) });
        throw problem;
      }
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
    isTold = true;
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
    command: Wish,
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
    command: Wish,
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
    command: Wish,
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
    command: Wish,
  ): Promise<StoredCreation> => {
    const known = await store.get('creations', scope, plan.id);
    if (known) return known;
    const mapping = await mappingOf(pair, plan.source);
    const values = creationValues(plan.rows, command.fields, { vendor: plan.vendor, mapping });
    return rowFor(plan, command, values ?? []);
  };

  const cancel = async (
    context: Context,
    plan: StoredCreationPlan,
    wish: Wish,
    why: AppError,
  ): Promise<void> => {
    const row = await knownOf(context, plan, wish);
    if (row.result && !isWaiting(row)) return;
    await ledger.finish(context, row, { state: 'failed', error: toErrorView(why) });
  };

  return { checkWish, begin, proceed, proceedAlone, cancel, showing };
}

/** Atera creates no contact without a customer. */
export const wantsCustomer = ({ vendor, source }: Pick<StoredCreationPlan, 'vendor' | 'source'>): boolean =>
  vendor === 'atera' && !isCompany(source);

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
