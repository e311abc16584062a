import type { FieldName, VendorName } from '../core/contact.ts';
import {
  type Choice,
  type Decision,
  type Decisions,
  type DiffRow,
  type Direction,
  defaultChoice,
  knowsChanges,
  optionFor,
  otherSide,
  type Side,
  takesOwnValue,
  type WriteOption,
} from '../core/rows.ts';
import type { SubjectView } from '../panel-state.ts';
import { type Choices, differing, isDangerous, possible, vendorOfSide } from './selectors.ts';

/** Rows that the agent must decide: edits of both sides, and differences of which nothing is known. */
export const isAsked = (row: DiffRow): boolean => defaultChoice(row) === null;

/** Whether keeping this side's value can be written to the other one. */
export const canKeep = (row: DiffRow, side: Side): boolean => optionFor(row, otherSide(side)).can;

/** Whether a value that the agent types can be written to both sides. */
export const canEdit = (row: DiffRow): boolean => takesOwnValue(row, 'left') && takesOwnValue(row, 'right');

/** What happens to this row in a sync; null when it stays as it is. */
export function decisionOf(row: DiffRow, choice: Choice | undefined): Decision | null {
  const decision = choice ?? byItself(row);
  if (decision === null || 'leave' in decision) return null;
  if ('keep' in decision) return canKeep(row, decision.keep) ? decision : null;
  return canEdit(row) && decision.value.trim() !== '' ? decision : null;
}

/** What is done without asking: never a write that would leave a field empty. */
function byItself(row: DiffRow): Decision | null {
  const decision = defaultChoice(row);
  return decision && 'keep' in decision && isDangerous(row, otherSide(decision.keep)) ? null : decision;
}

/** Whether anything can be done with this row at all. */
export const canSettle = (row: DiffRow): boolean =>
  isAsked(row) ? canKeep(row, 'left') || canKeep(row, 'right') || canEdit(row) : optionOfItself(row).can;

/** What goes by itself may be written there, or why not. */
const optionOfItself = (row: DiffRow): WriteOption =>
  optionFor(row, row.status === 'changed-left' ? 'right' : 'left');

export interface SyncOffer {
  fields: FieldName[];
  /** What the agent said; what goes by itself is not among it. */
  decisions: Decisions;
  /** Who is written to. */
  targets: VendorName[];
  /** How many edits of both sides wait for the agent. */
  conflicts: number;
}

/** What a press of the sync button would do. */
export function syncOffer({ rows }: Pick<SubjectView, 'rows'>, choices: Choices['sync']): SyncOffer {
  const decided = differing(rows).flatMap((row) => {
    const decision = decisionOf(row, choices[row.field]);
    return decision ? [{ row, decision }] : [];
  });
  const written = (side: Side): boolean =>
    decided.some(({ decision }) => !('keep' in decision) || decision.keep !== side);
  return {
    fields: decided.map(({ row }) => row.field),
    decisions: Object.fromEntries(
      decided.filter(({ row }) => isAsked(row)).map(({ row, decision }) => [row.field, decision]),
    ),
    targets: (['left', 'right'] as const).filter(written).map(vendorOfSide),
    conflicts: differing(rows).filter(
      (row) => row.status === 'conflict' && decisionOf(row, choices[row.field]) === null,
    ).length,
  };
}

/** A pair with a common past: only there is anything known that a sync could go by. */
export const offersSync = ({ match, rows }: SubjectView): boolean =>
  match.status === 'linked' && knowsChanges(rows);

/** Which way is shown: what the agent chose while it is offered, else a sync that has something to do, else a way that has. */
export function directionOf(view: SubjectView, chosen: Direction | null): Direction {
  const isOffered = offersSync(view);
  if (chosen !== null && (chosen !== 'sync' || isOffered)) return chosen;
  const { fields, conflicts } = syncOffer(view, {});
  if (isOffered && fields.length + conflicts > 0) return 'sync';
  return possible(view, 'push').length === 0 && possible(view, 'pull').length > 0 ? 'pull' : 'push';
}
