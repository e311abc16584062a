import { VENDOR_NAMES, type VendorName } from '../../../lib/core/contact.ts';
import type { Direction } from '../../../lib/core/rows.ts';
import { t, tCount, wordKey } from '../../../lib/i18n.ts';
import type { ActivityView, FieldOutcome, Receipt } from '../../../lib/panel-state.ts';
import type { Tone } from '../../shared/Chip.tsx';
import { vendorWord } from '../../shared/error-words.ts';
import { type TakenBack, takenBackOf } from '../activity/use-taken-back.ts';

/** Whom a receipt is about: one vendor, or both. */
function targetWords({ target, fields, isSync }: Receipt): string {
  if (!isSync) return vendorWord(target.vendor);
  const [first, ...others] = [...new Set(fields.map(({ vendor }) => vendor ?? target.vendor))];
  return first && others.length === 0 ? vendorWord(first) : t('sync.both');
}

/** Who did not do it. */
function troubleWords(receipt: Receipt): string {
  const { isSync, state, error, otherError, fields } = receipt;
  if (!isSync || !error?.vendor) return targetWords(receipt);
  // A refusal is an answer: where one refused, only the other one has not answered.
  const isOpen = fields.some(({ vendor, outcome }) => vendor === otherError?.vendor && outcome === 'unknown');
  const isBoth = otherError?.vendor !== undefined && (state !== 'unknown' || isOpen);
  return isBoth ? t('sync.both') : vendorWord(error.vendor);
}

/** The whole receipt in one sentence; also what is read out. */
export function receiptWords(receipt: Receipt, direction: Direction): string {
  const { state, fields } = receipt;
  const vendor = targetWords(receipt);
  const verified = fields.filter(({ outcome }) => outcome === 'verified').length;
  if (state === 'running') return tCount(RUNNING[direction], fields.length, { vendor });
  if (state === 'done') {
    return verified === fields.length
      ? tCount('receipt.done', verified, { vendor })
      : t('receipt.partly', { done: verified, all: fields.length, vendor });
  }
  if (isCancelled(receipt)) return t('receipt.cancelled');
  return t(`receipt.${state}`, { vendor: troubleWords(receipt) });
}

/** Called off by the agent while it waited: nobody said no. */
const isCancelled = ({ state, error }: Receipt): boolean => state === 'failed' && error?.code === 'cancelled';

/** Each record that something was written to, and how far that was taken back; empty while nothing was. */
export function backOf(receipt: Receipt, entries: readonly ActivityView[]): Back[] {
  const { id, state, isSync, fields, target } = receipt;
  if (state !== 'done') return [];
  const written = VENDOR_NAMES.filter((name) =>
    fields.some(({ vendor, outcome }) => (vendor ?? target.vendor) === name && outcome === 'verified'),
  );
  const all = written.map((vendor) => ({
    vendor,
    how: takenBackOf(entries, isSync ? `receipt:${id}:${vendor}` : `receipt:${id}`),
  }));
  return all.every(({ how }) => how === 'no') ? [] : all;
}
interface Back {
  vendor: VendorName;
  how: TakenBack;
}

/** "Undone in GHL, still in Atera". */
export function backWords(back: readonly Back[]): string {
  const wordsOf = (how: TakenBack): string => {
    const [first, ...others] = back.filter((one) => one.how === how).map(({ vendor }) => vendor);
    return first ? (others.length > 0 ? t('sync.both') : vendorWord(first)) : '';
  };
  const [whole, partly, still] = [wordsOf('whole'), wordsOf('partly'), wordsOf('no')];
  return [
    whole && t('receipt.back.whole', { vendor: whole }),
    partly && t(whole ? 'receipt.back.restPartly' : 'receipt.back.partly', { vendor: partly }),
    still && t('receipt.back.still', { vendor: still }),
  ]
    .filter(Boolean)
    .join(', ');
}

const RUNNING = { push: 'receipt.running', pull: 'receipt.pulling', sync: 'receipt.syncing' } as const;
const AGAIN = { push: 'Next', pull: 'NextPull', sync: 'NextSync' } as const;

/** Name of the receipt itself. */
export const regionWords = (direction: Direction): string =>
  t(`receipt.${({ push: 'region', pull: 'regionPull', sync: 'regionSync' } as const)[direction]}`);

export function receiptNextWords(receipt: Receipt, direction: Direction): string {
  const { state } = receipt;
  if (state === 'unknown') return t('receipt.unknownNext', { vendor: troubleWords(receipt) });
  if (state !== 'conflict' && state !== 'refused') return '';
  return t(`receipt.${state}${AGAIN[direction]}`);
}

export const outcomeWords = (outcome: FieldOutcome): string => t(`outcome.${wordKey(outcome)}`);

export function receiptTone(receipt: Receipt): Tone {
  const { state, fields } = receipt;
  if (isCancelled(receipt)) return 'plain';
  if (state === 'running') return 'accent';
  if (state === 'done') return fields.every(({ outcome }) => outcome === 'verified') ? 'good' : 'warn';
  return state === 'failed' ? 'bad' : 'warn';
}

/** Steps of a write that goes well, in order. */
export const STEPS = ['sent', 'accepted', 'verified'] as const;

/** How many of the steps an outcome has reached; null where the way ended elsewhere. */
export function stepsDone(outcome: FieldOutcome): number | null {
  if (outcome === 'waiting') return 0;
  if (outcome === 'not-stored') return 2;
  const index = STEPS.indexOf(outcome as (typeof STEPS)[number]);
  return index < 0 ? null : index + 1;
}
