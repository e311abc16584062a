import { undoneIn } from '../../../lib/panel/activity.ts';
import type { ActivityView } from '../../../lib/panel-state.ts';
import { isWhole } from '../../shared/activity/activity-words.ts';
import { usePanel } from '../panel-context.ts';

/** `partly`: of what was written, some was left, or given another value. */
export type TakenBack = 'no' | 'partly' | 'whole';

/** How far what was written was taken back, by the journal. */
export function takenBackOf(entries: readonly ActivityView[], id: string): TakenBack {
  const entry = entries.find((one) => one.id === id);
  if (!entry || entry.undo.can || entry.undo.reason !== 'undone') return 'no';
  const by = undoneIn(entries, id);
  return by && !isWhole(entry, by) ? 'partly' : 'whole';
}

const NONE: readonly ActivityView[] = [];
export const useEntries = (): readonly ActivityView[] =>
  usePanel(({ activity }) => activity?.entries ?? NONE);
export const useTakenBack = (id: string): TakenBack => takenBackOf(useEntries(), id);
