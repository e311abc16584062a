import { Button } from '@mantine/core';
import { useEffect, useId, useRef } from 'react';
import type { UndoInstead } from '../../../lib/core/undo-offer.ts';
import { t } from '../../../lib/i18n.ts';
import type { ActivityView } from '../../../lib/panel-state.ts';
import { vendorWord } from '../error-words.ts';
import { OpenLink } from '../OpenLink.tsx';
import classes from './Activity.module.css';
import { changedHint, entryWords, undoneWords, undoWords } from './activity-words.ts';
import { UndoOffer } from './UndoOffer.tsx';

interface Props {
  entry: ActivityView;
  /** The last one that takes, or tried to take, it back. */
  by: ActivityView | null;
  /** The entry that is being taken back at this moment. */
  undoing: string | null;
  onUndo: (id: string, instead?: UndoInstead) => void;
}

/** The way back from one entry: the button with what it costs, or why there is none; and what came of it. */
export function UndoButton({ entry, by, undoing, onUndo }: Props) {
  const costId = useId();
  const why = undoWords(entry);
  const vendor = vendorWord(entry.vendor);
  // One press wrote to both systems, and either has its own way back.
  const isOneOfTwo = entry.kind === 'sync' || entry.kind === 'sync-tags';
  const isBusy = undoing === entry.id;
  const said = isBusy ? t('undo.busy') : by ? undoneWords(entry, by) : '';
  // "Undone" is said with where, and what waits is not under way.
  const isSaid =
    !entry.undo.can &&
    by !== null &&
    (entry.undo.reason === 'undone' || (entry.undo.reason === 'undoing' && by.state === 'queued'));
  const outcome = useRef<HTMLParagraphElement>(null);
  const isPressed = useRef(false);
  useEffect(() => {
    if (isBusy || !isPressed.current) return;
    isPressed.current = false;
    // A button that is off, or gone, has lost the keyboard: it goes on at what came of it.
    if (document.activeElement === document.body) outcome.current?.focus();
  }, [isBusy]);
  const press = (instead?: UndoInstead): void => {
    isPressed.current = true;
    onUndo(entry.id, instead);
  };
  const refused = entry.undo.can && by?.state === 'conflict' ? by : null;
  const hint = refused ? changedHint(refused) : '';
  return (
    <div className={classes.undo}>
      {entry.undo.can && (
        <>
          <Button
            size="compact-sm"
            variant="default"
            aria-label={t(isOneOfTwo ? 'undo.nameIn' : 'undo.name', { what: entryWords(entry), vendor })}
            aria-describedby={costId}
            disabled={undoing !== null}
            onClick={() => press()}
          >
            {isOneOfTwo ? t('undo.buttonIn', { vendor }) : t('undo.button')}
          </Button>
          <p id={costId} className={classes.soft}>
            {t('undo.cost', { vendor })}
          </p>
        </>
      )}
      {why !== '' && !isSaid && <p className={classes.soft}>{why}</p>}
      <p role="status" dir="auto" className={classes.said} ref={outcome} tabIndex={-1}>
        {said}
      </p>
      {refused?.offer && (
        <UndoOffer refused={refused} offer={refused.offer} isBusy={undoing !== null} onUndo={press} />
      )}
      {refused && hint !== '' && (
        <p className={classes.soft}>
          {hint}{' '}
          <OpenLink url={refused.url ?? null}>
            {t('person.openIn', { vendor: vendorWord(refused.vendor) })}
          </OpenLink>
        </p>
      )}
    </div>
  );
}
