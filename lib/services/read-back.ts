import { type Operation, verify } from '../core/plan.ts';
import { type AppError, expected } from '../errors.ts';
import type { FieldOutcome, Receipt, ReceiptField } from '../panel-state.ts';
import type { PersonRecord } from '../vendors/vendor.ts';
import type { Pair } from './accounts.ts';
import type { StoredPlan } from './areas.ts';
import type { Bases } from './bases.ts';
import { canWait } from './jobs/queue.ts';
import { receiptLessons } from './lessons.ts';
import type { Links } from './links.ts';
import type { Records } from './load-parts.ts';
import { keysOf, vendorOf } from './planned-write.ts';
import type { Quirks } from './quirks.ts';
import { type ReceiptBook, targetOfField } from './receipt-book.ts';
import type { MappingOf } from './records.ts';
import type { WriteChecks } from './write-checks.ts';

/** One request that was sent. `error`: null when the vendor said that it wrote; else why that is not known, or why it did not. */
export interface Attempt {
  operation: Operation;
  error: AppError | null;
  /** The vendor has said no: nothing was written there. */
  isRefused: boolean;
}

export interface ReadBack {
  pair: Pair;
  stored: StoredPlan;
  attempts: readonly Attempt[];
  record: ReceiptBook;
  /** Both records as read before the writes. */
  before: Records;
}

export interface ReadBackDependencies {
  links: Links;
  bases: Bases;
  /** Field rules of the pair at this moment. */
  mappingOf: MappingOf;
  isStillPair: WriteChecks['isStillPair'];
  quirks: Pick<Quirks, 'learn'>;
  onRecords: (plan: StoredPlan, pair: Pair, records: Records) => Promise<void>;
  onSettled: (plan: StoredPlan, pair: Pair) => Promise<void>;
}

interface Look extends Attempt {
  found: PersonRecord | null;
  /** What each change turned out to be. */
  results: ReturnType<typeof verify>;
}

/**
 * Looks what each written record has after the writes: says so in the receipt, links a pair that was proven by it, remembers what agrees
 * now, and shows both records.
 */
export async function readBack(
  { links, bases, mappingOf, isStillPair, quirks, onRecords, onSettled }: ReadBackDependencies,
  { pair, stored, attempts, record, before }: ReadBack,
): Promise<Receipt> {
  const operations = attempts.map(({ operation }) => operation);
  const saveBase = bases.reading();
  const look = async (attempt: Attempt): Promise<Look> => {
    if (attempt.isRefused) return { ...attempt, found: null, results: [] };
    const { target } = attempt.operation;
    try {
      const found = await vendorOf(pair, target).readPerson(target.id, keysOf(operations, target));
      const results = verify(attempt.operation, found.fields, { country: pair.country });
      return { ...attempt, found, results };
    } catch (error) {
      return { ...attempt, error: attempt.error ?? expected(error), found: null, results: [] };
    }
  };
  const looks = await Promise.all(attempts.map(look));

  const isUnsure = (one: Look): boolean => !one.isRefused && one.error !== null && !isStored(one);
  const unsure = looks.find(isUnsure);
  const isNothing = looks.every(({ isRefused }) => isRefused);
  // Too many requests, and nothing else: the same is sent again later.
  const isLater = isNothing && looks.every(({ error }) => error !== null && canWait(error));
  const state = isLater ? 'queued' : isNothing ? 'failed' : unsure ? 'unknown' : 'done';
  const trouble = unsure ?? looks.find(({ isRefused }) => isRefused);
  // Each record has a reason of its own.
  const other = looks.find((one) => one !== trouble && (one.isRefused || isUnsure(one)));
  const outcomeOf = (field: ReceiptField, receipt: Receipt): Partial<ReceiptField> => {
    const vendor = targetOfField(receipt, field);
    const one = looks.find(({ operation }) => operation.target.vendor === vendor);
    if (!one) return {};
    if (one.isRefused) return { outcome: isLater ? 'waiting' : 'not-written' };
    const result = one.results.find(({ field: name }) => name === field.field);
    return result ? { found: result.found, outcome: outcomeFor(one, result.stored) } : { outcome: 'unknown' };
  };
  const receipt = await record.each(state, outcomeOf, trouble?.error, other?.error);

  const found = looks.filter((one) => one.found !== null);
  // Who was unlinked or rejected while the write was under way stays so.
  if (found.length > 0 && !(await isStillPair(pair, stored))) return receipt;
  await quirks.learn(pair, receipt.id, receiptLessons(receipt));
  const records: Records = { ...before };
  for (const one of found) if (one.found) records[one.operation.target.vendor] = one.found;
  if (looks.every(isStored)) await links.link(pair, records.atera.contact.ref, records.ghl.contact.ref);
  if (found.length > 0) {
    await saveBase(pair, records, await mappingOf(pair, stored.source));
    await onRecords(stored, pair, records);
  } else await onSettled(stored, pair);
  return receipt;
}

/** Whether everything that was sent is there. */
const isStored = ({ found, results }: Look): boolean =>
  found !== null && results.every(({ stored }) => stored);

/** Not found after an unclear answer: it may still arrive. Not found after "accepted": the vendor ignored it. */
const outcomeFor = ({ error }: Look, stored: boolean): FieldOutcome => {
  if (stored) return 'verified';
  return error === null ? 'not-stored' : 'unknown';
};
