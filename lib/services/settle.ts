import type { Mapping } from '../core/mapping.ts';
import { AppError, expected } from '../errors.ts';
import type { Receipt } from '../panel-state.ts';
import { type Pair, scopeOfPair } from './accounts.ts';
import type { StoredReceipt } from './areas.ts';
import { operationsOf, readBoth } from './planned-write.ts';
import { type Attempt, type ReadBackDependencies, readBack } from './read-back.ts';
import { type BookKeeping, openBook, targetOfField } from './receipt-book.ts';

interface Dependencies extends ReadBackDependencies, BookKeeping {
  mapping: Mapping;
}

/** Both are called sent before either is. */
export const wasSent = ({ receipt }: StoredReceipt): boolean =>
  receipt.fields.some(({ outcome }) => outcome !== 'waiting');

/** Looks for the results of writes that the end of the worker cut off. Nothing is sent again. The caller holds the lock of the pair. */
export async function settle(dependencies: Dependencies, pair: Pair, row: StoredReceipt): Promise<Receipt> {
  const record = openBook(dependencies, scopeOfPair(pair), row);
  const { receipt, plan, fields, choices } = row;
  const operations = row.operations ?? operationsOf(dependencies.mapping, pair, plan, fields, choices);
  const outcomesAt = (vendor: string): string[] =>
    receipt.fields.flatMap((field) => (targetOfField(receipt, field) === vendor ? [field.outcome] : []));
  const attempts = operations.map((operation): Attempt => {
    const { vendor } = operation.target;
    return {
      operation,
      error: new AppError('internal', { vendor, operation: 'interrupted' }),
      isRefused: outcomesAt(vendor).every((outcome) => outcome === 'not-written'),
    };
  });
  try {
    const before = await readBoth(pair, plan, operations);
    return await readBack(dependencies, { pair, stored: plan, attempts, record, before });
  } catch (error) {
    return record.all('unknown', 'unknown', expected(error));
  }
}
