import type { Operation } from '../core/plan.ts';
import { toErrorView } from '../errors.ts';
import type { FieldOutcome, Receipt, ReceiptField, ReceiptState } from '../panel-state.ts';
import type { Store, StoredPlan, StoredReceipt } from './areas.ts';
import type { Journal } from './journal.ts';

/** One receipt's progress: every step is stored first, then shown. */
export interface ReceiptBook {
  /** Stores it as it is. */
  save(): Promise<Receipt>;
  /** The same outcome for every field. */
  all(outcome: FieldOutcome, state: ReceiptState, error?: unknown): Promise<Receipt>;
  each(
    state: ReceiptState,
    change: (field: ReceiptField) => Partial<ReceiptField>,
    error?: unknown,
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
  let isTold = false;
  const save = async (change: Partial<Receipt> = {}): Promise<Receipt> => {
    receipt = { ...receipt, ...change };
    const row = { ...stored, receipt };
    // The end is told first: whoever finds the receipt still running tells it again.
    if (receipt.state !== 'running') await journal.receipt(scope, row);
    await store.put('receipts', scope, receipt.id, row);
    if (receipt.state === 'running' && !isTold) await journal.receipt(scope, row);
    isTold = true;
    onReceipt(receipt, stored.plan);
    return receipt;
  };
  const each: ReceiptBook['each'] = (state, change, error = null) =>
    save({
      state,
      error: error === null ? null : toErrorView(error),
      fields: receipt.fields.map((field) => ({ ...field, ...change(field) })),
    });
  return {
    save: () => save(),
    all: (outcome, state, error) => each(state, () => ({ outcome }), error),
    each,
  };
}

export function newReceipt(stored: StoredPlan, { changes }: Operation, at: number): Receipt {
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
