import { Checkbox } from '@mantine/core';
import { useId } from 'react';
import type { VendorName } from '../../../lib/core/contact.ts';
import { type DiffRow, optionFor } from '../../../lib/core/rows.ts';
import { t } from '../../../lib/i18n.ts';
import { isDangerous, isNewer, otherVendor, rowValue, sideOf } from '../../../lib/panel/selectors.ts';
import { CopyButton } from '../../shared/CopyButton.tsx';
import { vendorWord } from '../../shared/error-words.ts';
import classes from './Diff.module.css';
import { DirectionSign } from './DirectionSign.tsx';
import { beforeWords, blockWords, effectWords, factWords } from './diff-words.ts';
import { QuirkNote, useQuirk } from './QuirkNote.tsx';
import { Value } from './Value.tsx';

interface Props {
  row: DiffRow;
  /** Where the value would go. */
  target: VendorName;
  /** Name of the tick. */
  label: string;
  isChosen: boolean;
  onToggle: () => void;
}

/** One field that differs: both values, which way it would go, or why it cannot. */
export function DiffRowItem({ row, target, label, isChosen, onToggle }: Props) {
  const id = useId();
  const side = sideOf(target);
  const source = otherVendor(target);
  const option = optionFor(row, side);
  const field = t(`field.${row.field}`);
  const sourceValue = rowValue(row, source);
  const before = beforeWords(row);
  const quirk = useQuirk({ vendor: target, field: row.field });
  return (
    <li className={classes.row} data-blocked={!option.can}>
      <span className={classes.choice}>
        {option.can && (
          <Checkbox
            size="xs"
            checked={isChosen}
            onChange={onToggle}
            aria-label={label}
            aria-describedby={quirk ? `${id}-effect ${id}-quirk` : `${id}-effect`}
            id={id}
          />
        )}
      </span>
      <label className={classes.field} htmlFor={option.can ? id : undefined}>
        {field}
      </label>
      <span className={classes.fact}>{factWords(row)}</span>
      <Value vendor="atera" value={row.left} isReplaced={isChosen && target === 'atera'} />
      <DirectionSign target={target} state={option.can ? (isChosen ? 'goes' : 'stays') : 'blocked'} />
      <Value vendor="ghl" value={row.right} isReplaced={isChosen && target === 'ghl'} />
      {before && (
        <p className={classes.note} dir="auto">
          {before}
        </p>
      )}
      {option.can ? (
        <>
          <span id={`${id}-effect`} className="cp-hidden">
            {effectWords(row, target, option.value)}
          </span>
          <QuirkNote id={`${id}-quirk`} vendor={target} field={row.field} />
          {isDangerous(row, side) && <p className={classes.danger}>{effectWords(row, target, null)}</p>}
          {isNewer(row, side) && (
            <p className={classes.danger}>{t('sync.wouldUndo', { vendor: vendorWord(target) })}</p>
          )}
          {option.value !== null && option.value !== sourceValue && (
            <p className={classes.note}>{t('diff.storedAs', { value: option.value })}</p>
          )}
        </>
      ) : (
        <p className={classes.reason}>
          <span>{blockWords(option.reason, target)}</span>
          {sourceValue !== null && (
            <CopyButton
              value={sourceValue}
              label={t('diff.copyValue', { field, vendor: vendorWord(source) })}
            />
          )}
        </p>
      )}
    </li>
  );
}
