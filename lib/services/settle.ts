import type { Mapping } from '../core/mapping.ts';
import { AppError, expected } from '../errors.ts';
import { type Accounts, scopeOfPair } from './accounts.ts';
import { lockName, operationsOf, readBoth } from './planned-write.ts';
import { type Attempt, type ReadBackDependencies, readBack } from './read-back.ts';
import { type BookKeeping, openBook, targetOfField } from './receipt-book.ts';

interface Dependencies extends ReadBackDependencies, BookKeeping {
  accounts: Accounts;
  mapping: Mapping;
  locks: Pick<LockManager, 'request'>;
  onBug: (error: unknown) => void;
}

/** Looks for the results of writes that the end of the worker cut off. Nothing is sent again. */
export async function settleInterrupted(dependencies: Dependencies): Promise<void> {
  const { store, accounts, mapping, locks, onBug } = dependencies;
  const pair = await accounts.pair();
  if (!pair) return;
  const scope = scopeOfPair(pair);
  const open = (await store.all('receipts')).filter(({ receipt }) => receipt.state === 'running');
  for (const stored of open) {
    // Whoever holds the lock is alive and will finish by itself.
    const settling = locks.request(lockName(scope, stored.plan), async () => {
      const now = await store.get('receipts', scope, stored.receipt.id);
      if (now?.receipt.state !== 'running') return;
      const record = openBook(dependencies, scope, now);
      const { receipt, plan, fields, choices } = now;
      const operations = now.operations ?? operationsOf(mapping, pair, plan, fields, choices);
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
      // Both are called sent before either is.
      const wasSent = receipt.fields.some(({ outcome }) => outcome !== 'waiting');
      if (!wasSent) return void (await record.all('not-written', 'failed', attempts[0]?.error));
      try {
        const before = await readBoth(pair, plan, operations);
        await readBack(dependencies, { pair, stored: plan, attempts, record, before });
      } catch (error) {
        await record.all('unknown', 'unknown', expected(error));
      }
    });
    // One that cannot be settled must not keep the others from it.
    await Promise.resolve(settling).catch(onBug);
  }
}
