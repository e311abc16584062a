import type { Mapping } from '../core/mapping.ts';
import { AppError, expected } from '../errors.ts';
import { type Accounts, scopeOfPair } from './accounts.ts';
import { lockName, operationOf, readBoth } from './planned-write.ts';
import { type ReadBackDependencies, readBack } from './read-back.ts';
import { type BookKeeping, openBook } from './receipt-book.ts';

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
      const operation = operationOf(mapping, now.plan, now.fields);
      const wasSent = now.receipt.fields.some(({ outcome }) => outcome === 'sent' || outcome === 'accepted');
      const doubt = new AppError('internal', {
        vendor: now.plan.target.vendor,
        operation: 'interrupted',
      });
      if (!wasSent) return void (await record.all('not-written', 'failed', doubt));
      try {
        const { source } = await readBoth(pair, now.plan, operation);
        await readBack(dependencies, { pair, stored: now.plan, operation, record, source, doubt });
      } catch (error) {
        await record.all('unknown', 'unknown', expected(error));
      }
    });
    // One that cannot be settled must not keep the others from it.
    await Promise.resolve(settling).catch(onBug);
  }
}
