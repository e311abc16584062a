import { Checkbox } from '@mantine/core';
import { useId } from 'react';
import { type DiffRow, type Direction, optionFor } from '../../../lib/core/rows.ts';
import { t } from '../../../lib/i18n.ts';
import { isDangerous, otherVendor, rowValue, sideOf, targetOf } from '../../../lib/panel/selectors.ts';
import type { SubjectView } from '../../../lib/panel-state.ts';
import { CopyButton } from '../../shared/CopyButton.tsx';
import { vendorWord } from '../../shared/error-words.ts';
import { usePanel } from '../panel-context.ts';
import classes from './Diff.module.css';
import { DirectionSign } from './DirectionSign.tsx';
import { blockWords, effectWords, factWords } from './diff-words.ts';
import { Value } from './Value.tsx';

/** One field that differs: both values, which way it would go, or why it cannot. */
export function DiffRowItem({
  view,
  row,
  direction,
}: {
  view: SubjectView;
  row: DiffRow;
  direction: Direction;
}) {
  const id = useId();
  const choices = usePanel((store) => store.choices[direction]);
  const toggle = usePanel((store) => store.toggleField);
  const target = targetOf(view, direction);
  const side = sideOf(target);
  const source = otherVendor(target);
  const option = optionFor(row, side);
  const isChosen = option.can && choices.includes(row.field);
  const field = t(`field.${row.field}`);
  const sourceValue = rowValue(row, source);
  return (
    <li className={classes.row} data-blocked={!option.can}>
      <span className={classes.choice}>
        {option.can && (
          <Checkbox
            size="xs"
            checked={isChosen}
            onChange={() => toggle(row.field)}
            aria-label={t(`${direction}.choose`, { field, vendor: vendorWord(target) })}
            aria-describedby={`${id}-effect`}
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
      {option.can ? (
        <>
          <span id={`${id}-effect`} className="cp-hidden">
            {effectWords(row, target, option.value)}
          </span>
          {isDangerous(row, side) && <p className={classes.danger}>{effectWords(row, target, null)}</p>}
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
