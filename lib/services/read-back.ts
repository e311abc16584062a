import type { FieldName } from '../core/contact.ts';
import { type Operation, verify } from '../core/plan.ts';
import { expected } from '../errors.ts';
import type { FieldOutcome, Receipt } from '../panel-state.ts';
import type { PersonRecord } from '../vendors/vendor.ts';
import type { Pair } from './accounts.ts';
import type { StoredPlan } from './areas.ts';
import type { Links } from './links.ts';
import type { Records } from './load-parts.ts';
import { recordsOf, vendorOf } from './planned-write.ts';
import type { ReceiptBook } from './receipt-book.ts';
import type { WriteChecks } from './write-checks.ts';

export interface ReadBack {
  pair: Pair;
  stored: StoredPlan;
  operation: Operation;
  record: ReceiptBook;
  /** As read before the write. */
  source: PersonRecord;
  /** Why it is not known whether the write happened; null when the vendor said that it did. */
  doubt: unknown;
}

export interface ReadBackDependencies {
  links: Links;
  isStillPair: WriteChecks['isStillPair'];
  onRecords: (plan: StoredPlan, pair: Pair, records: Records) => Promise<void>;
  onSettled: (plan: StoredPlan, pair: Pair) => Promise<void>;
}

/** Looks what the target has after a write: says so in the receipt, links a pair that was proven by it, and shows both records. */
export async function readBack(
  { links, isStillPair, onRecords, onSettled }: ReadBackDependencies,
  { pair, stored, operation, record, source, doubt }: ReadBack,
): Promise<Receipt> {
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
}
