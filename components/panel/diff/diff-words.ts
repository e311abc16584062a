import type { FieldValue, VendorName } from '../../../lib/core/contact.ts';
import type { BlockReason } from '../../../lib/core/mapping.ts';
import type { DiffRow } from '../../../lib/core/rows.ts';
import { t, wordKey } from '../../../lib/i18n.ts';
import { otherVendor, rowValue } from '../../../lib/panel/selectors.ts';
import { vendorWord } from '../../shared/error-words.ts';

/** The short fact beside the field name. */
export function factWords({ status }: DiffRow): string {
  if (status === 'only-left') return t('diff.onlyIn', { vendor: vendorWord('atera') });
  if (status === 'only-right') return t('diff.onlyIn', { vendor: vendorWord('ghl') });
  if (status === 'changed-left') return t('sync.changedIn', { vendor: vendorWord('atera') });
  if (status === 'changed-right') return t('sync.changedIn', { vendor: vendorWord('ghl') });
  return t(status === 'conflict' ? 'sync.changedBoth' : 'diff.differs');
}

/** What was there when both last said the same; empty where nothing is known of it. */
export function beforeWords({ status, base }: DiffRow): string {
  if (!base) return '';
  const value = status === 'changed-right' ? base.right : base.left;
  return t('sync.before', { value: value ?? t('field.empty') });
}

export const blockWords = (reason: BlockReason, target: VendorName): string =>
  t(`block.${wordKey(reason)}`, { vendor: vendorWord(target), source: vendorWord(otherVendor(target)) });

/** What choosing the row would do to the target, as one sentence. */
export function effectWords(row: DiffRow, target: VendorName, value: FieldValue): string {
  const old = rowValue(row, target);
  if (value === null) return t('diff.willEmpty', { vendor: vendorWord(target) });
  return old === null ? t('diff.willFill', { new: value }) : t('diff.willReplace', { old, new: value });
}
