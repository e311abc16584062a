import type { DiffRow } from '../../../lib/core/rows.ts';
import { t } from '../../../lib/i18n.ts';
import { decisionOf, isAsked } from '../../../lib/panel/syncing.ts';
import { vendorWord } from '../../shared/error-words.ts';
import { usePanel } from '../panel-context.ts';
import { AskedRow } from './AskedRow.tsx';
import { DiffRowItem } from './DiffRowItem.tsx';

/** A row of a sync: the edit of one side goes to the other by itself, everything else is asked. */
export function SyncRow({ row }: { row: DiffRow }) {
  const choice = usePanel((store) => store.choices.sync[row.field]);
  const decide = usePanel((store) => store.decide);
  if (isAsked(row)) return <AskedRow row={row} choice={choice} />;
  const kept = row.status === 'changed-left' ? 'left' : 'right';
  const target = kept === 'left' ? 'ghl' : 'atera';
  const isChosen = decisionOf(row, choice) !== null;
  return (
    <DiffRowItem
      row={row}
      target={target}
      label={t('sync.choose', { field: t(`field.${row.field}`), vendor: vendorWord(target) })}
      isChosen={isChosen}
      onToggle={() => decide(row.field, isChosen ? { leave: true } : { keep: kept })}
    />
  );
}
