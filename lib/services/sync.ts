import {
  type FieldName,
  isSuggestion,
  type Ref,
  refKey,
  sameRef,
  sameSubject,
  subjectKey,
} from '../core/contact.ts';
import type { Mapping } from '../core/mapping.ts';
import { mappingFingerprint } from '../core/mapping-settings.ts';
import { changedMeanwhile, fieldsOf, type Operation, plan, verify } from '../core/plan.ts';
import { AppError, isAppError, toErrorView } from '../errors.ts';
import type { FieldOutcome, Receipt, ReceiptField, ReceiptState } from '../panel-state.ts';
import type { Clock } from '../platform/clock.ts';
import type { PersonRecord, Vendor } from '../vendors/vendor.ts';
import { type Accounts, type Pair, scopeOfPair } from './accounts.ts';
import type { Store, StoredPlan, StoredReceipt } from './areas.ts';
import { isClaimed } from './claims.ts';
import { type Doubt, doubtOf, type Sides } from './identity-proof.ts';
import type { Links } from './links.ts';
import type { Records } from './load-view.ts';
import type { Subjects } from './subjects.ts';

export interface Sync {
  /**
   * Applies a shown plan for these fields: re-read and compare, write, read back. Applying the same plan again gives the same
   * receipt and writes nothing. `tabId`: the tab that the panel speaks for at this moment. `confirmedName`: who the agent says is
   * on the page; without it the first write for a person who is only suggested is refused as `unconfirmed`.
   */
  apply(
    planId: string,
    fields: readonly FieldName[],
    tabId: number | null,
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

/** No answer, or one that says nothing: the write may have happened. Everything else means that it did not. */
export const AMBIGUOUS = new Set([
  'network',
  'timeout',
  'vendor_unavailable',
  'invalid_response',
  'internal',
]);

export function createSync(dependencies: Dependencies): Sync {
  const {
    store,
    accounts,
    subjects,
    links,
    mapping,
    mappingOf,
    clock,
    locks,
    onReceipt,
    onRecords,
    onDoubt,
    onSettled,
    onBug,
  } = dependencies;

  const pairFor = async (): Promise<{ pair: Pair; scope: string }> => {
    const pair = await accounts.pair();
    if (!pair) throw new AppError('not_connected');
    return { pair, scope: scopeOfPair(pair) };
  };

  /** One receipt's progress: stored first, then shown. */
  const book = (scope: string, stored: StoredReceipt) => {
    let { receipt } = stored;
    const save = async (change: Partial<Receipt>): Promise<Receipt> => {
      receipt = { ...receipt, ...change };
      await store.put('receipts', scope, receipt.id, { ...stored, receipt });
      onReceipt(receipt, stored.plan);
      return receipt;
    };
    return {
      save,
      all: (outcome: FieldOutcome, state: ReceiptState, error: unknown = null): Promise<Receipt> =>
        save({
          state,
          error: error === null ? null : toErrorView(error),
          fields: receipt.fields.map((field) => ({ ...field, outcome })),
        }),
      each: (
        state: ReceiptState,
        change: (field: ReceiptField) => Partial<ReceiptField>,
        error: unknown = null,
      ): Promise<Receipt> =>
        save({
          state,
          error: error === null ? null : toErrorView(error),
          fields: receipt.fields.map((field) => ({ ...field, ...change(field) })),
        }),
    };
  };

  /** The plan is for what the tab shows at this very moment, or for nothing. */
  const checkSubject = async (stored: StoredPlan): Promise<void> => {
    const tab = await subjects.look(stored.tabId);
    const isSame =
      tab !== null &&
      tab.windowId === stored.windowId &&
      tab.version === stored.version &&
      sameSubject(tab.subject, stored.subject);
    if (!isSame) throw new AppError('subject_changed');
  };

  /** A page that only suggests somebody: the agent must have named this person, once for what the tab shows. */
  const checkConfirmed = async (stored: StoredPlan, confirmedName: string | undefined): Promise<void> => {
    if (!isSuggestion(stored.subject)) return;
    // Whoever names somebody else sees another person than this plan is for, whatever was confirmed before.
    if (confirmedName !== undefined && confirmedName !== stored.personName) throw new AppError('unconfirmed');
    const tab = await subjects.look(stored.tabId);
    if (tab?.version === stored.version && tab.confirmed === refKey(stored.source)) return;
    if (confirmedName === undefined) throw new AppError('unconfirmed');
    await subjects.confirm(stored.tabId, stored.version, stored.source);
  };

  /** A plan that was shown under other field rules promises what is not wanted any more. */
  const checkRules = async (pair: Pair, stored: StoredPlan): Promise<void> => {
    if (mappingFingerprint(await mappingOf(pair)) !== stored.mapping) throw new AppError('plan_expired');
  };

  const operationOf = (stored: StoredPlan, fields: readonly FieldName[]): Operation => {
    const { source, target, side, rows } = stored;
    const planned = plan(rows, fields, { source, target, side, mapping });
    const [operation] = planned.operations;
    const isWhole = fields.every((field) => fieldsOf(planned).includes(field));
    if (!operation || !isWhole) throw new AppError('invalid_input', { input: 'fields' });
    return operation;
  };

  const readBoth = async (pair: Pair, stored: StoredPlan, { changes }: Operation): Promise<Sides> => {
    const [source, target] = await Promise.all([
      vendorOf(pair, stored.source).readPerson(
        stored.source.id,
        changes.map(({ sourceKey }) => sourceKey),
      ),
      vendorOf(pair, stored.target).readPerson(
        stored.target.id,
        changes.map(({ key }) => key),
      ),
    ]);
    return { source, target };
  };

  /** Nobody has unlinked these two, or said that they are different people, since the plan was shown. */
  const isStillPair = async (pair: Pair, { source, target, linked }: StoredPlan): Promise<boolean> => {
    if (await isClaimed(links, pair, source, target)) return false;
    if ((await links.rejectedOf(pair, source)).some((ref) => sameRef(ref, target))) return false;
    if (!linked) return true;
    const now = await links.counterpartOf(pair, source);
    return now !== null && sameRef(now, target);
  };

  const execute = async (
    { pair, scope }: { pair: Pair; scope: string },
    stored: StoredPlan,
    fields: readonly FieldName[],
  ): Promise<Receipt> => {
    const operation = operationOf(stored, fields);
    const first = newReceipt(stored, operation, clock.now());
    const record = book(scope, {
      receipt: first,
      subject: stored.subject,
      plan: stored,
      fields: [...fields],
    });
    await store.put('lastReceipts', scope, subjectKey(stored.subject), { planId: stored.id });
    await record.save({});

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
      const doubt = stored.linked ? null : await doubtOf(pair, sides);
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
      await checkSubject(stored);
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
      if (isAppError(error) && !AMBIGUOUS.has(error.code))
        return finish(record.all('not-written', 'failed', error));
      // From here on the write may have happened, whatever went wrong: only the read-back can tell.
      if (!isAppError(error)) onBug(error);
      doubt = isAppError(error) ? error : new AppError('internal');
    }
    // The last state of the receipt says more than this one, and is stored in any case.
    if (doubt === null) await record.all('accepted', 'running').catch(onBug);
    return readBack({ pair, stored, operation, record, source: sides.source, doubt });
  };

  const readBack = async ({ pair, stored, operation, record, source, doubt }: ReadBack): Promise<Receipt> => {
    let found: PersonRecord;
    try {
      found = await vendorOf(pair, stored.target).readPerson(
        stored.target.id,
        operation.changes.map(({ key }) => key),
      );
    } catch (error) {
      const receipt = await record.all('unknown', 'unknown', doubt ?? expected(error));
      await onSettled(stored, pair);
      return receipt;
    }
    const results = verify(operation, found.fields, { country: pair.country });
    const isStored = (field: FieldName): boolean =>
      results.some((result) => result.field === field && result.stored);
    const all = results.every(({ stored: ok }) => ok);
    // Not found after an unclear answer: it may still arrive. Not found after "accepted": the vendor ignored it.
    const missing: FieldOutcome = doubt === null ? 'not-stored' : 'unknown';
    const receipt = await record.each(
      all || doubt === null ? 'done' : 'unknown',
      ({ field }) => ({
        found: results.find((result) => result.field === field)?.found ?? null,
        outcome: isStored(field) ? 'verified' : missing,
      }),
      all ? null : doubt,
    );
    // Who was unlinked or rejected while the write was under way stays so.
    if (!(await isStillPair(pair, stored))) return receipt;
    if (all) {
      const records = recordsOf(stored, { source, target: found });
      await links.link(pair, records.atera.contact.ref, records.ghl.contact.ref);
    }
    await onRecords(stored, pair, recordsOf(stored, { source, target: found }));
    return receipt;
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
        if (!stored) throw new AppError('plan_expired');
        if (tabId !== null && tabId !== stored.tabId) throw new AppError('subject_changed');
        return locks.request(lockName(context.scope, stored), async () => {
          await checkSubject(stored);
          await checkConfirmed(stored, confirmedName);
          await checkRules(context.pair, stored);
          return execute(context, stored, fields);
        });
      }),

    async settleInterrupted() {
      const pair = await accounts.pair();
      if (!pair) return;
      const scope = scopeOfPair(pair);
      const open = (await store.all('receipts')).filter(({ receipt }) => receipt.state === 'running');
      for (const stored of open) {
        // Whoever holds the lock is alive and will finish by itself.
        const settling = locks.request(lockName(scope, stored.plan), async () => {
          const now = await store.get('receipts', scope, stored.receipt.id);
          if (now?.receipt.state !== 'running') return;
          const record = book(scope, now);
          const operation = operationOf(now.plan, now.fields);
          const wasSent = now.receipt.fields.some(
            ({ outcome }) => outcome === 'sent' || outcome === 'accepted',
          );
          const doubt = new AppError('internal', {
            vendor: now.plan.target.vendor,
            operation: 'interrupted',
          });
          if (!wasSent) return void (await record.all('not-written', 'failed', doubt));
          try {
            const { source } = await readBoth(pair, now.plan, operation);
            await readBack({ pair, stored: now.plan, operation, record, source, doubt });
          } catch (error) {
            await record.all('unknown', 'unknown', expected(error));
          }
        });
        // One that cannot be settled must not keep the others from it.
        await Promise.resolve(settling).catch(onBug);
      }
    },
  };
}

interface ReadBack {
  pair: Pair;
  stored: StoredPlan;
  operation: Operation;
  record: {
    all: (outcome: FieldOutcome, state: ReceiptState, error?: unknown) => Promise<Receipt>;
    each: (
      state: ReceiptState,
      change: (field: ReceiptField) => Partial<ReceiptField>,
      error?: unknown,
    ) => Promise<Receipt>;
  };
  source: PersonRecord;
  /** Why it is not known whether the write happened; null when the vendor said that it did. */
  doubt: unknown;
}

const vendorOf = (pair: Pair, { vendor }: Ref): Vendor => pair[vendor];

const lockName = (scope: string, { source, target }: StoredPlan): string =>
  `pair:${scope}:${[source, target]
    .map(({ vendor, id }) => `${vendor}/${id}`)
    .sort()
    .join(':')}`;

const recordsOf = ({ source }: StoredPlan, sides: Sides): Records =>
  source.vendor === 'atera'
    ? { atera: sides.source, ghl: sides.target }
    : { atera: sides.target, ghl: sides.source };

/** What a vendor did is an outcome for the receipt; anything else is a bug and goes on to the top. */
function expected(error: unknown): AppError {
  if (!isAppError(error)) throw error;
  return error;
}

function newReceipt(stored: StoredPlan, { changes }: Operation, at: number): Receipt {
  return {
    id: stored.id,
    at,
    source: stored.source,
    target: stored.target,
    personName: stored.personName,
    state: 'running',
    error: null,
    fields: changes.map(({ field, expected: before, value }) => ({
      field,
      before,
      sent: value,
      found: null,
      outcome: 'waiting',
    })),
  };
}
