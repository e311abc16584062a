import { type FieldName, sameRef, subjectKey } from '../core/contact.ts';
import type { Decisions } from '../core/diff.ts';
import type { Mapping } from '../core/mapping.ts';
import type { Operation } from '../core/plan.ts';
import { AppError, expected, isAppError, mayBeWritten } from '../errors.ts';
import type { Receipt } from '../panel-state.ts';
import type { Clock } from '../platform/clock.ts';
import { type Accounts, type Pair, scopeOfPair } from './accounts.ts';
import type { JobOp, Store, StoredPlan, StoredReceipt } from './areas.ts';
import type { Bases } from './bases.ts';
import { readFresh } from './fresh-pair.ts';
import type { Doubt, Proves } from './identity-proof.ts';
import { canWait, type JobKind, type JobSpec, type Jobs, type StepEnd } from './jobs/queue.ts';
import type { Journal } from './journal.ts';
import { receiptLessons } from './lessons.ts';
import type { Links } from './links.ts';
import type { Records } from './load-parts.ts';
import { checkNamed, checkPage } from './page-check.ts';
import { changeOf, changesMeanwhile, lockName, operationsOf, vendorOf } from './planned-write.ts';
import type { Quirks } from './quirks.ts';
import { type Attempt, readBack } from './read-back.ts';
import { newReceipt, openBook, type ReceiptBook, targetOfField } from './receipt-book.ts';
import type { MappingOf } from './records.ts';
import { settle, wasSent } from './settle.ts';
import type { Subjects } from './subjects.ts';
import { createWriteChecks } from './write-checks.ts';

export interface PlanCommand {
  planId: string;
  fields: readonly FieldName[];
  choices?: Decisions | undefined;
  tabId: number;
  confirmedName?: string | undefined;
}

export interface Sync {
  /**
   * Applies a shown plan, push, pull or sync, for these fields: re-read and compare, write, read back. Applying the same plan again
   * gives the same receipt and writes nothing. `choices`: what the agent decided, for a sync. `tabId`: the tab that was on screen. `confirmedName`: who the agent says is
   * on the page; without it the first write for a person who is only suggested is refused as `unconfirmed`.
   */
  apply(command: PlanCommand): Promise<Receipt>;
  /** Goes on with a press that was cut off, or had to wait. */
  kind: JobKind<JobOp & { kind: 'plan' }>;
}

interface Dependencies {
  store: Store;
  accounts: Accounts;
  subjects: Subjects;
  links: Links;
  bases: Bases;
  /** The shipped rows: keys and transforms, which no setting changes. */
  mapping: Mapping;
  /** Field rules of the pair at this moment. */
  mappingOf: MappingOf;
  clock: Clock;
  /** Named locks of the browser: one writer per pair, across contexts. */
  locks: Pick<LockManager, 'request'>;
  jobs: Pick<Jobs, 'inTurn' | 'open' | 'close'>;
  journal: Pick<Journal, 'receipt'>;
  quirks: Pick<Quirks, 'learn'>;
  onReceipt: (receipt: Receipt, plan: StoredPlan) => void;
  onRecords: (plan: StoredPlan, pair: Pair, records: Records) => Promise<void>;
  /** The pair is not certain any more. */
  onDoubt: (plan: StoredPlan, pair: Pair, doubt: Doubt) => Promise<void>;
  /** The plan has had its say, and the records on screen are still those that it was made from. */
  onSettled: (plan: StoredPlan, pair: Pair) => Promise<void>;
  /** Whether two records prove by themselves that they are one person. */
  proves: Proves;
  /** For what should never happen. */
  onBug: (error: unknown) => void;
}

export function createSync(dependencies: Dependencies): Sync {
  const {
    store,
    accounts,
    subjects,
    mapping,
    clock,
    locks,
    jobs,
    quirks,
    onRecords,
    onDoubt,
    onSettled,
    onBug,
    proves,
  } = dependencies;
  const { checkRules, checkBase, isStillPair } = createWriteChecks(dependencies);
  const after = { ...dependencies, isStillPair };

  const pairFor = async (): Promise<{ pair: Pair; scope: string }> => {
    const pair = await accounts.pair();
    if (!pair) throw new AppError('not_connected');
    return { pair, scope: scopeOfPair(pair) };
  };

  /** Sends one request, once. */
  const send = async (
    pair: Pair,
    operation: Operation,
    say: (outcome: 'accepted' | 'not-written') => Promise<unknown>,
  ): Promise<Attempt> => {
    const { target, changes } = operation;
    try {
      await vendorOf(pair, target).updatePerson(target.id, changes);
    } catch (error) {
      // From here on the write may have happened, whatever went wrong: only the read-back can tell.
      if (!isAppError(error)) onBug(error);
      const doubt = isAppError(error) ? error : new AppError('internal');
      const isRefused = !mayBeWritten(doubt);
      if (isRefused) await say('not-written').catch(onBug);
      return { operation, error: doubt, isRefused };
    }
    // The last state of the receipt says more than this one, and is stored in any case.
    await say('accepted').catch(onBug);
    return { operation, error: null, isRefused: false };
  };

  /** Nothing was sent: tried again later where what is in the way may pass. */
  const notSent = (record: ReceiptBook, error: unknown): Promise<Receipt> => {
    const problem = expected(error);
    return canWait(problem)
      ? record.all('waiting', 'queued', problem)
      : record.all('not-written', 'failed', problem);
  };

  /** `isFirst`: pressed a moment ago, so that the page must still show what was shown. Later the agent may look at somebody else. */
  const attempt = async (
    { pair, scope }: { pair: Pair; scope: string },
    row: StoredReceipt,
    isFirst: boolean,
  ): Promise<Receipt> => {
    const { plan: stored } = row;
    const operations = row.operations ?? operationsOf(mapping, pair, stored, row.fields, row.choices);
    const record = openBook(dependencies, scope, row);
    await record.save();

    /** The plan is used up: what is on screen needs a new one. */
    const finish = async (last: Promise<Receipt>): Promise<Receipt> => {
      const receipt = await last;
      await onSettled(stored, pair);
      return receipt;
    };

    let before: Records;
    try {
      const fresh = await readFresh(pair, stored, operations, { now: clock.now, proves });
      before = fresh.before;
      if (!(await isStillPair(pair, stored))) return record.all('not-written', 'refused');
      if (fresh.doubt) {
        await onDoubt(stored, pair, fresh.doubt);
        return record.all('not-written', 'refused');
      }
    } catch (error) {
      return finish(notSent(record, error));
    }

    const changed = changesMeanwhile(operations, before);
    if (changed.length > 0) {
      const receipt = await record.each('conflict', (field, { target }) => {
        const vendor = field.vendor ?? target.vendor;
        const key = changeOf(operations, vendor, field.field)?.key ?? '';
        return {
          found: before[vendor].fields.values[key] ?? null,
          outcome: changed.includes(field.field) ? 'changed-meanwhile' : 'not-written',
        };
      });
      await onRecords(stored, pair, before);
      return receipt;
    }

    // Reading took time: the page must still show this person under the same rules, and nobody may have said that it is not the same one.
    try {
      if (isFirst) await checkPage(subjects, stored);
      await checkRules(pair, stored);
      if (!(await isStillPair(pair, stored))) return record.all('not-written', 'refused');
      await checkBase(pair, row, before);
    } catch (error) {
      return finish(notSent(record, error));
    }
    await record.all('sent', 'running');
    const attempts = await Promise.all(
      operations.map((operation) =>
        send(pair, operation, (outcome) =>
          record.each('running', (field, receipt) =>
            targetOfField(receipt, field) === operation.target.vendor ? { outcome } : {},
          ),
        ),
      ),
    );
    return readBack(after, { pair, stored, attempts, record, before });
  };

  /** What is stored of a press, from its first moment on. */
  const rowOf = (
    pair: Pair,
    stored: StoredPlan,
    { fields, choices }: Pick<PlanCommand, 'fields' | 'choices'>,
  ): StoredReceipt => {
    const operations = operationsOf(mapping, pair, stored, fields, choices);
    return {
      receipt: newReceipt(stored, operations, clock.now()),
      subject: stored.subject,
      plan: stored,
      fields: [...fields],
      operations,
      ...(choices ? { choices } : {}),
    };
  };

  return {
    apply: ({ planId, fields, choices, tabId, confirmedName }) =>
      jobs.inTurn(planId, async () => {
        const context = await pairFor();
        const { pair, scope } = context;
        const done = await store.get('receipts', scope, planId);
        if (done) {
          const isSame =
            sameFields(done.fields, fields) &&
            JSON.stringify(inOrder(done.choices)) === JSON.stringify(inOrder(choices));
          // Other fields are another wish: it must not be answered with an old receipt.
          if (!isSame) throw new AppError('plan_expired');
          return done.receipt;
        }
        const stored = await store.get('plans', scope, planId);
        // Plans of older versions name nobody as viewed: they were shown by a panel that is gone.
        if (!stored?.viewed) throw new AppError('plan_expired');
        if (tabId !== stored.tabId) throw new AppError('subject_changed');
        return locks.request(lockName(scope, stored), async () => {
          await checkPage(subjects, stored);
          await checkNamed(subjects, stored, confirmedName);
          await checkRules(pair, stored);
          const row = rowOf(pair, stored, { fields, choices });
          await jobs.open(pair, specOf(row));
          await store.put('lastReceipts', scope, subjectKey(stored.subject), { planId });
          const receipt = await attempt(context, row, true);
          await jobs.close(pair, planId, endOf(receipt));
          return receipt;
        });
      }),
    kind: {
      async isBegun({ row: { receipt } }, { pair }) {
        const row = await store.get('receipts', scopeOfPair(pair), receipt.id);
        if (row?.receipt.state === 'running') return wasSent(row);
        return row !== undefined && row.receipt.state !== 'queued';
      },
      async goOn({ row: first }, { pair }) {
        const context = { pair, scope: scopeOfPair(pair) };
        const { id } = first.receipt;
        return locks.request(lockName(context.scope, first.plan), async () => {
          const row = (await store.get('receipts', context.scope, id)) ?? first;
          const { state } = row.receipt;
          if (state === 'running' && wasSent(row)) return endOf(await settle(after, pair, row));
          if (state !== 'running' && state !== 'queued') {
            // What the end of the worker kept from being remembered.
            if (await isStillPair(pair, row.plan))
              await quirks.learn(pair, id, receiptLessons(row.receipt), row.receipt.at);
            return endOf(row.receipt);
          }
          const again = { ...row, receipt: { ...row.receipt, state: 'running' as const, error: null } };
          return endOf(await attempt(context, again, false));
        }) as Promise<StepEnd>;
      },
      async cancelled({ row: first }, { pair }, why) {
        const scope = scopeOfPair(pair);
        const row = (await store.get('receipts', scope, first.receipt.id)) ?? first;
        const record = openBook(dependencies, scope, row);
        await record.all('not-written', 'failed', why);
      },
    },
  };
}

/** What a press is called in the list of what waits. */
function specOf(row: StoredReceipt): JobSpec {
  const { plan, receipt } = row;
  const { source, target, side, viewed } = plan;
  const kind = side === null ? 'sync' : sameRef(viewed, source) ? 'push' : 'pull';
  return {
    id: receipt.id,
    people: [source, target],
    personName: receipt.personName,
    words: [{ kind, vendor: target.vendor }],
    ops: [{ kind: 'plan', row }],
  };
}

function endOf({ state, error }: Receipt): StepEnd {
  if (state === 'queued' && error) return { state: 'later', error };
  if (state === 'queued' || state === 'running') throw new AppError('internal');
  return { state, error };
}

const sameFields = (a: readonly FieldName[], b: readonly FieldName[]): boolean =>
  a.length === b.length && b.every((field) => a.includes(field));

/** Messages and storage may hand an object back with its keys in another order. */
const inOrder = (choices: Decisions = {}): [string, unknown][] =>
  Object.entries(choices).sort(([a], [b]) => (a < b ? -1 : 1));
