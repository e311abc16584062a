/** Rows of a comparison and what may be done with them. Without dependencies, so that the panel stays small. */
import type { FieldName, FieldValue } from './contact.ts';
import type { BlockReason } from './mapping.ts';

/** May this side be overwritten with the other side's value, and with which value exactly? */
export type WriteOption = { can: true; value: FieldValue } | { can: false; reason: BlockReason };

/**
 * `changed-left`, `changed-right`, `conflict` (both): compared with the last verified sync. The others say nothing of who changed
 * what: `differs`, or a value on one side alone.
 */
export type RowStatus =
  | 'same'
  | 'only-left'
  | 'only-right'
  | 'differs'
  | 'changed-left'
  | 'changed-right'
  | 'conflict';

/** Left is always Atera, right always GHL. Values are as read, not normalised. */
export interface DiffRow {
  field: FieldName;
  status: RowStatus;
  left: FieldValue;
  right: FieldValue;
  toLeft: WriteOption;
  toRight: WriteOption;
  /** What either side held at the last verified sync; absent where nothing is known of it. */
  base?: { left: FieldValue; right: FieldValue };
}

export type Side = 'left' | 'right';

/**
 * `push`: the viewed record is written to its counterpart. `pull`: the counterpart is written to the viewed record. `sync`: each
 * value goes where it is not yet.
 */
export const DIRECTIONS = ['push', 'pull', 'sync'] as const;
export type Direction = (typeof DIRECTIONS)[number];
export type OneWay = Exclude<Direction, 'sync'>;

/** What the agent decided for one field. `keep`: whose value wins. `value`: another one, for both sides. `leave`: stays as it is. */
export type Choice = { keep: Side } | { value: string } | { leave: true };
export type Choices = Readonly<Partial<Record<FieldName, Choice>>>;
/** Choices that write something. */
export type Decision = Exclude<Choice, { leave: true }>;
export type Decisions = Readonly<Partial<Record<FieldName, Decision>>>;

export const otherSide = (side: Side): Side => (side === 'left' ? 'right' : 'left');

/** What happens to a row when nobody says anything: the edit of one side travels to the other, everything else is asked. */
export function defaultChoice({ status }: DiffRow): Decision | null {
  if (status === 'changed-left') return { keep: 'left' };
  if (status === 'changed-right') return { keep: 'right' };
  return null;
}

/** Whether something is known of how a difference came about: without that there is nothing to sync. */
export const knowsChanges = (rows: readonly DiffRow[]): boolean =>
  rows.some(({ status, base }) => status !== 'same' && base !== undefined);

/** Reasons that concern the value of the other side, not the field: an agent's own value may still be written. */
const VALUE_REASONS: ReadonlySet<BlockReason> = new Set(['source-empty', 'value-invalid', 'no-change']);

/** Whether this side may be given a value that the agent typed. */
export const takesOwnValue = (row: DiffRow, side: Side): boolean => {
  const option = optionFor(row, side);
  return option.can || VALUE_REASONS.has(option.reason);
};

/** Rows that differ and can be settled by writing to that side. */
export const settleable = (rows: readonly DiffRow[], side: Side): DiffRow[] =>
  rows.filter((row) => row.status !== 'same' && optionFor(row, side).can);

export const optionFor = (row: DiffRow, side: Side): WriteOption =>
  side === 'left' ? row.toLeft : row.toRight;
