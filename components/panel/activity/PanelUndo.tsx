import { undoneIn } from '../../../lib/panel/activity.ts';
import { UndoButton } from '../../shared/activity/UndoButton.tsx';
import { usePanel } from '../panel-context.ts';

/** The way back from what was just done, beside its outcome. */
export function PanelUndo({ entryId }: { entryId: string }) {
  const entries = usePanel(({ activity }) => activity?.entries);
  const undoing = usePanel((store) => store.undoing);
  const undo = usePanel((store) => store.undo);
  const entry = entries?.find(({ id }) => id === entryId);
  if (!entries || !entry || entry.state === 'running') return null;
  // Nothing was written: the outcome says so already.
  if (!entry.undo.can && (entry.undo.reason === 'not-written' || entry.undo.reason === 'unknown'))
    return null;
  return (
    <UndoButton
      entry={entry}
      by={undoneIn(entries, entryId)}
      undoing={undoing}
      onUndo={(id, instead) => void undo(id, instead)}
    />
  );
}
