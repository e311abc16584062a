import { Button } from '@mantine/core';
import { useId } from 'react';
import { t } from '../../../lib/i18n.ts';
import type { ActivityView } from '../../../lib/panel-state.ts';
import { vendorWord } from '../error-words.ts';
import classes from './Activity.module.css';
import { entryWords, undoneWords, undoWords } from './activity-words.ts';

interface Props {
  entry: ActivityView;
  /** The last one that takes, or tried to take, it back. */
  by: ActivityView | null;
  /** The entry that is being taken back at this moment. */
  undoing: string | null;
  onUndo: (id: string) => void;
}

/** The way back from one entry: the button with what it costs, or why there is none; and what came of it. */
export function UndoButton({ entry, by, undoing, onUndo }: Props) {
  const costId = useId();
  const why = undoWords(entry);
  const isBusy = undoing === entry.id;
  const said = isBusy ? t('undo.busy') : by ? undoneWords(by) : '';
  // "Undone" is said with where.
  const isSaid = !entry.undo.can && entry.undo.reason === 'undone' && by !== null;
  return (
    <div className={classes.undo}>
      {entry.undo.can && (
        <>
          <Button
            size="compact-sm"
            variant="default"
            aria-label={t('undo.name', { what: entryWords(entry) })}
            aria-describedby={costId}
            disabled={undoing !== null}
            onClick={() => onUndo(entry.id)}
          >
            {t('undo.button')}
          </Button>
          <p id={costId} className={classes.soft}>
            {t('undo.cost', { vendor: vendorWord(entry.vendor) })}
          </p>
        </>
      )}
      {why !== '' && !isSaid && <p className={classes.soft}>{why}</p>}
      <p role="status" dir="auto" className={classes.said}>
        {said}
      </p>
    </div>
  );
}
