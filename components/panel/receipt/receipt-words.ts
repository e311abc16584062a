import type { Direction } from '../../../lib/core/rows.ts';
import { t, tCount, wordKey } from '../../../lib/i18n.ts';
import type { FieldOutcome, Receipt } from '../../../lib/panel-state.ts';
import type { Tone } from '../../shared/Chip.tsx';
import { vendorWord } from '../../shared/error-words.ts';

/** The whole receipt in one sentence; also what is read out. */
export function receiptWords({ state, fields, target }: Receipt, direction: Direction): string {
  const vendor = vendorWord(target.vendor);
  const verified = fields.filter(({ outcome }) => outcome === 'verified').length;
  if (state === 'running') {
    return tCount(direction === 'push' ? 'receipt.running' : 'receipt.pulling', fields.length, { vendor });
  }
  if (state === 'done') {
    return verified === fields.length
      ? tCount('receipt.done', verified, { vendor })
      : t('receipt.partly', { done: verified, all: fields.length, vendor });
  }
  return t(`receipt.${state}`, { vendor });
}

export function receiptNextWords({ state, target }: Receipt, direction: Direction): string {
  if (state === 'unknown') return t('receipt.unknownNext', { vendor: vendorWord(target.vendor) });
  if (state !== 'conflict' && state !== 'refused') return '';
  return t(direction === 'push' ? `receipt.${state}Next` : `receipt.${state}NextPull`);
}

export const outcomeWords = (outcome: FieldOutcome): string => t(`outcome.${wordKey(outcome)}`);

export function receiptTone({ state, fields }: Receipt): Tone {
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
