import { type DiffRow, type OneWay, optionFor } from '../../../lib/core/rows.ts';
import { t } from '../../../lib/i18n.ts';
import { sideOf, targetOf } from '../../../lib/panel/selectors.ts';
import type { SubjectView } from '../../../lib/panel-state.ts';
import { vendorWord } from '../../shared/error-words.ts';
import { usePanel } from '../panel-context.ts';
import { DiffRowItem } from './DiffRowItem.tsx';

/** A row of a push or a pull. */
export function OneWayRow({ view, row, direction }: { view: SubjectView; row: DiffRow; direction: OneWay }) {
  const choices = usePanel((store) => store.choices[direction]);
  const toggle = usePanel((store) => store.toggleField);
  const target = targetOf(view, direction);
  return (
    <DiffRowItem
      row={row}
      target={target}
      label={t(`${direction}.choose`, { field: t(`field.${row.field}`), vendor: vendorWord(target) })}
      isChosen={optionFor(row, sideOf(target)).can && choices.includes(row.field)}
      onToggle={() => toggle(direction, row.field)}
    />
  );
}
