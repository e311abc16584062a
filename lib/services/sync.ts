import { type FieldName, subjectKey } from '../core/contact.ts';
import type { Decisions } from '../core/diff.ts';
import type { Mapping } from '../core/mapping.ts';
import type { Operation } from '../core/plan.ts';
import { AppError, expected, isAppError, mayBeWritten } from '../errors.ts';
import type { Receipt } from '../panel-state.ts';
import type { Clock } from '../platform/clock.ts';
import { type Accounts, type Pair, scopeOfPair } from './accounts.ts';
import type { Store, StoredPlan } from './areas.ts';
import type { Bases } from './bases.ts';
import { readFresh } from './fresh-pair.ts';
import type { Doubt } from './identity-proof.ts';
import type { Journal } from './journal.ts';
import type { Links } from './links.ts';
import type { Records } from './load-parts.ts';
import { checkNamed, checkPage } from './page-check.ts';
import { changeOf, changesMeanwhile, lockName, operationsOf, vendorOf } from './planned-write.ts';
import { type Attempt, readBack } from './read-back.ts';
import { newReceipt, openBook, targetOfField } from './receipt-book.ts';
import { settleInterrupted } from './settle.ts';
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
  /** Looks for the results of writes that the end of the worker cut off. */
  settleInterrupted(): Promise<void>;
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
  mappingOf: (pair: Pair) => Promise<Mapping>;
  clock: Clock;
  /** Named locks of the browser: one writer per pair, across contexts. */
  locks: Pick<LockManager, 'request'>;
  journal: Pick<Journal, 'receipt'>;
  onReceipt: (receipt: Receipt, plan: StoredPlan) => void;
  onRecords: (plan: StoredPlan, pair: Pair, records: Records) => Promise<void>;
  /** The pair is not certain any more. */
  onDoubt: (plan: StoredPlan, pair: Pair, doubt: Doubt) => Promise<void>;
  /** The plan has had its say, and the records on screen are still those that it was made from. */
  onSettled: (plan: StoredPlan, pair: Pair) => Promise<void>;
  /** For what should never happen. */
  onBug: (error: unknown) => void;
}

export function createSync(dependencies: Dependencies): Sync {
  const { store, accounts, subjects, mapping, clock, locks, onRecords, onDoubt, onSettled, onBug } =
    dependencies;
  const { checkRules, isStillPair } = createWriteChecks(dependencies);
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

  const execute = async (
    { pair, scope }: { pair: Pair; scope: string },
    stored: StoredPlan,
    fields: readonly FieldName[],
    choices: Decisions | undefined,
  ): Promise<Receipt> => {
    const operations = operationsOf(mapping, pair, stored, fields, choices);
    const first = newReceipt(stored, operations, clock.now());
    const record = openBook(dependencies, scope, {
      receipt: first,
      subject: stored.subject,
      plan: stored,
      fields: [...fields],
      operations,
      ...(choices ? { choices } : {}),
    });
    await store.put('lastReceipts', scope, subjectKey(stored.subject), { planId: stored.id });
    await record.save();

    /** The plan is used up: what is on screen needs a new one. */
    const finish = async (last: Promise<Receipt>): Promise<Receipt> => {
      const receipt = await last;
      await onSettled(stored, pair);
      return receipt;
    };

    let before: Records;
    try {
      const fresh = await readFresh(pair, stored, operations, clock.now);
      before = fresh.before;
      if (!(await isStillPair(pair, stored))) return record.all('not-written', 'refused');
      if (fresh.doubt) {
        await onDoubt(stored, pair, fresh.doubt);
        return record.all('not-written', 'refused');
      }
    } catch (error) {
      return finish(record.all('not-written', 'failed', expected(error)));
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
      await checkPage(subjects, stored);
      await checkRules(pair, stored);
      if (!(await isStillPair(pair, stored))) return record.all('not-written', 'refused');
    } catch (error) {
      return finish(record.all('not-written', 'failed', expected(error)));
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

  return {
    apply: ({ planId, fields, choices, tabId, confirmedName }) =>
      locks.request(`plan:${planId}`, async () => {
        const context = await pairFor();
        const done = await store.get('receipts', context.scope, planId);
        if (done) {
          const isSame =
            sameFields(done.fields, fields) &&
            JSON.stringify(inOrder(done.choices)) === JSON.stringify(inOrder(choices));
          // Other fields are another wish: it must not be answered with an old receipt.
          if (!isSame) throw new AppError('plan_expired');
          return done.receipt;
        }
        const stored = await store.get('plans', context.scope, planId);
        // Plans of older versions name nobody as viewed: they were shown by a panel that is gone.
        if (!stored?.viewed) throw new AppError('plan_expired');
        if (tabId !== stored.tabId) throw new AppError('subject_changed');
        return locks.request(lockName(context.scope, stored), async () => {
          await checkPage(subjects, stored);
          await checkNamed(subjects, stored, confirmedName);
          await checkRules(context.pair, stored);
          return execute(context, stored, fields, choices);
        });
      }),
    settleInterrupted: () => settleInterrupted(after),
  };
}

const sameFields = (a: readonly FieldName[], b: readonly FieldName[]): boolean =>
  a.length === b.length && b.every((field) => a.includes(field));

/** Messages and storage may hand an object back with its keys in another order. */
const inOrder = (choices: Decisions = {}): [string, unknown][] =>
  Object.entries(choices).sort(([a], [b]) => (a < b ? -1 : 1));
