import { IconCheck } from '@tabler/icons-react';
import type { FieldValue, VendorName } from '../../../lib/core/contact.ts';
import { t } from '../../../lib/i18n.ts';
import { otherVendor } from '../../../lib/panel/selectors.ts';
import type { ReceiptField } from '../../../lib/panel-state.ts';
import { vendorWord } from '../../shared/error-words.ts';
import { useQuirk } from '../diff/QuirkNote.tsx';
import classes from './Receipt.module.css';
import { outcomeWords, STEPS, stepsDone } from './receipt-words.ts';

/** One field: sent → accepted → verified, or where else it ended and what was found there. */
export function ReceiptFieldItem({
  field: { field, before, sent, found, outcome, vendor },
  source,
}: {
  field: ReceiptField;
  /** Where the value came from. */
  source: VendorName;
}) {
  const done = stepsDone(outcome);
  const quirk = useQuirk({ vendor: otherVendor(source), field });
  const isRemembered = quirk !== null && outcome === 'not-stored';
  const isTrouble = done === null || outcome === 'not-stored';
  return (
    <li className={classes.field}>
      <span className={classes.fieldName}>
        {t(`field.${field}`)}
        {vendor && (
          <span className={classes.soft}> {t('receipt.inVendor', { vendor: vendorWord(vendor) })}</span>
        )}
      </span>
      <bdi className={classes.fieldValue}>{valueWords(sent)}</bdi>
      {!isTrouble && (
        <ol className={classes.steps} aria-label={outcomeWords(outcome)}>
          {STEPS.map((step, index) => (
            <li key={step} data-done={index < (done ?? 0)} className={classes.step}>
              {index < (done ?? 0) && <IconCheck size={12} aria-hidden="true" />}
              <span aria-hidden="true">{t(`step.${step}`)}</span>
              <span className="cp-hidden">
                {t(index < (done ?? 0) ? 'step.done' : 'step.open', { step: t(`step.${step}`) })}
              </span>
            </li>
          ))}
        </ol>
      )}
      {isTrouble && (
        <p className={classes.trouble} dir="auto">
          <strong>{outcomeWords(outcome)}</strong>
          <span>{comparison({ before, sent, found, outcome }, source)}</span>
          {isRemembered && <span>{t('quirk.remembered')}</span>}
        </p>
      )}
    </li>
  );
}

function comparison(
  { before, sent, found, outcome }: Omit<ReceiptField, 'field'>,
  source: VendorName,
): string {
  if (outcome === 'changed-meanwhile') {
    return found === before
      ? t('outcome.sourceChanged', { vendor: vendorWord(source) })
      : `${t('outcome.seenValue', { value: valueWords(before) })}, ${t('outcome.foundValue', { value: valueWords(found) })}`;
  }
  if (outcome === 'not-stored') {
    return `${t('outcome.sentValue', { value: valueWords(sent) })}, ${t('outcome.foundValue', { value: valueWords(found) })}`;
  }
  return '';
}

const valueWords = (value: FieldValue): string => value ?? t('field.empty');
