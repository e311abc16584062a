import { type FieldName, subjectKey } from '../core/contact.ts';
import type { Mapping } from '../core/mapping.ts';
import { changedMeanwhile } from '../core/plan.ts';
import { AppError, expected, isAppError, mayBeWritten } from '../errors.ts';
import type { Receipt } from '../panel-state.ts';
import type { Clock } from '../platform/clock.ts';
import { type Accounts, type Pair, scopeOfPair } from './accounts.ts';
import type { Store, StoredPlan } from './areas.ts';
import { type Doubt, doubtOf, type Sides } from './identity-proof.ts';
import type { Links } from './links.ts';
import type { Records } from './load-parts.ts';
import { checkNamed, checkPage } from './page-check.ts';
import { asViewed, lockName, operationOf, readBoth, recordsOf, vendorOf } from './planned-write.ts';
import { readBack } from './read-back.ts';
import { newReceipt, openBook } from './receipt-book.ts';
import { settleInterrupted } from './settle.ts';
import type { Subjects } from './subjects.ts';
import { createWriteChecks } from './write-checks.ts';

export interface Sync {
  /**
   * Applies a shown plan, push or pull, for these fields: re-read and compare, write, read back. Applying the same plan again gives
   * the same receipt and writes nothing. `tabId`: the tab that was on screen. `confirmedName`: who the agent says is
   * on the page; without it the first write for a person who is only suggested is refused as `unconfirmed`.
   */
  apply(
    planId: string,
    fields: readonly FieldName[],
    tabId: number,
    confirmedName?: string,
  ): Promise<Receipt>;
  /** Looks for the results of writes that the end of the worker cut off. */
  settleInterrupted(): Promise<void>;
}

interface Dependencies {
  store: Store;
  accounts: Accounts;
  subjects: Subjects;
  links: Links;
  /** The shipped rows: keys and transforms, which no setting changes. */
  mapping: Mapping;
  /** Field rules of the pair at this moment. */
  mappingOf: (pair: Pair) => Promise<Mapping>;
  clock: Clock;
  /** Named locks of the browser: one writer per pair, across contexts. */
  locks: Pick<LockManager, 'request'>;
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

  const execute = async (
    { pair, scope }: { pair: Pair; scope: string },
    stored: StoredPlan,
    fields: readonly FieldName[],
  ): Promise<Receipt> => {
    const operation = operationOf(mapping, stored, fields);
    const first = newReceipt(stored, operation, clock.now());
    const record = openBook(dependencies, scope, {
      receipt: first,
      subject: stored.subject,
      plan: stored,
      fields: [...fields],
    });
    await store.put('lastReceipts', scope, subjectKey(stored.subject), { planId: stored.id });
    await record.save();

    /** The plan is used up: what is on screen needs a new one. */
    const finish = async (last: Promise<Receipt>): Promise<Receipt> => {
      const receipt = await last;
      await onSettled(stored, pair);
      return receipt;
    };

    let sides: Sides;
    try {
      sides = await readBoth(pair, stored, operation);
      if (!(await isStillPair(pair, stored))) return record.all('not-written', 'refused');
      const doubt = stored.linked ? null : await doubtOf(pair, asViewed(stored, sides));
      if (doubt) {
        await onDoubt(stored, pair, doubt);
        return record.all('not-written', 'refused');
      }
    } catch (error) {
      return finish(record.all('not-written', 'failed', expected(error)));
    }

    const changed = changedMeanwhile(operation, sides.target.fields, sides.source.fields);
    if (changed.length > 0) {
      const found = (field: FieldName) =>
        sides.target.fields.values[operation.changes.find((change) => change.field === field)?.key ?? ''] ??
        null;
      const receipt = await record.each('conflict', ({ field }) => ({
        found: found(field),
        outcome: changed.includes(field) ? 'changed-meanwhile' : 'not-written',
      }));
      await onRecords(stored, pair, recordsOf(stored, sides));
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
    const target = vendorOf(pair, stored.target);
    await record.all('sent', 'running');
    let doubt: unknown = null;
    try {
      await target.updatePerson(stored.target.id, operation.changes);
    } catch (error) {
      if (isAppError(error) && !mayBeWritten(error))
        return finish(record.all('not-written', 'failed', error));
      // From here on the write may have happened, whatever went wrong: only the read-back can tell.
      if (!isAppError(error)) onBug(error);
      doubt = isAppError(error) ? error : new AppError('internal');
    }
    // The last state of the receipt says more than this one, and is stored in any case.
    if (doubt === null) await record.all('accepted', 'running').catch(onBug);
    return readBack(after, { pair, stored, operation, record, source: sides.source, doubt });
  };

  return {
    apply: (planId, fields, tabId, confirmedName) =>
      locks.request(`plan:${planId}`, async () => {
        const context = await pairFor();
        const done = await store.get('receipts', context.scope, planId);
        if (done) {
          const isSame =
            done.fields.length === fields.length && fields.every((field) => done.fields.includes(field));
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
          return execute(context, stored, fields);
        });
      }),
    settleInterrupted: () => settleInterrupted(after),
  };
}
