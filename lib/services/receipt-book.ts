import type { VendorName } from '../core/contact.ts';
import type { Operation } from '../core/plan.ts';
import { toErrorView } from '../errors.ts';
import type { FieldOutcome, Receipt, ReceiptField, ReceiptState } from '../panel-state.ts';
import type { Store, StoredPlan, StoredReceipt } from './areas.ts';
import { createTurns } from './in-turn.ts';
import type { Journal } from './journal.ts';

/** One receipt's progress: every step is stored first, then shown. */
export interface ReceiptBook {
  /** Stores it as it is. */
  save(): Promise<Receipt>;
  /** The same outcome for every field. */
  all(outcome: FieldOutcome, state: ReceiptState, error?: unknown): Promise<Receipt>;
  each(
    state: ReceiptState,
    change: (field: ReceiptField, receipt: Receipt) => Partial<ReceiptField>,
    error?: unknown,
    otherError?: unknown,
  ): Promise<Receipt>;
}

export interface BookKeeping {
  store: Store;
  journal: Pick<Journal, 'receipt'>;
  onReceipt: (receipt: Receipt, plan: StoredPlan) => void;
}

export function openBook(
  { store, journal, onReceipt }: BookKeeping,
  scope: string,
  stored: StoredReceipt,
): ReceiptBook {
  let { receipt } = stored;
  // Two requests under way report side by side: what is stored last must be what was said last.
  const inTurn = createTurns();
  let isTold = false;
  const save = (change: Partial<Receipt> = {}): Promise<Receipt> => {
    const next = { ...receipt, ...change };
    receipt = next;
    return inTurn('save', async () => {
      const row = { ...stored, receipt: next };
      // The end is told first: whoever finds the receipt still running tells it again.
      if (next.state !== 'running') await journal.receipt(scope, row);
      await store.put('receipts', scope, next.id, row);
      if (next.state === 'running' && !isTold) await journal.receipt(scope, row);
      isTold = true;
      onReceipt(next, stored.plan);
      return next;
    });
  };
  const each: ReceiptBook['each'] = (state, change, error = null, otherError = null) =>
    save({
      state,
      error: error === null ? null : toErrorView(error),
      otherError: otherError === null ? undefined : toErrorView(otherError),
      fields: receipt.fields.map((field) => ({ ...field, ...change(field, receipt) })),
    });
  return {
    save: () => save(),
    all: (outcome, state, error) => each(state, () => ({ outcome }), error),
    each,
  };
}

/** Which record a field of a receipt is written to. */
export const targetOfField = ({ target }: Receipt, { vendor }: ReceiptField): VendorName =>
  vendor ?? target.vendor;

export function newReceipt(stored: StoredPlan, operations: readonly Operation[], at: number): Receipt {
  const isSync = stored.side === null;
  return {
    id: stored.id,
    at,
    source: stored.source,
    target: stored.target,
    personName: stored.personName,
    state: 'running',
    error: null,
    ...(isSync ? { isSync } : {}),
    fields: operations.flatMap(({ target, changes }) =>
      changes.map(
        ({ field, expected: before, value }): ReceiptField => ({
          field,
          before,
          sent: value,
          found: null,
          outcome: 'waiting',
          ...(isSync ? { vendor: target.vendor } : {}),
        }),
      ),
    ),
  };
}
