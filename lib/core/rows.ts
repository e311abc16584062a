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

/** `push`: the viewed record is written to its counterpart. `pull`: the counterpart is written to the viewed record. */
export const DIRECTIONS = ['push', 'pull'] as const;
export type Direction = (typeof DIRECTIONS)[number];

/** Rows that differ and can be settled by writing to that side. */
export const settleable = (rows: readonly DiffRow[], side: Side): DiffRow[] =>
  rows.filter((row) => row.status !== 'same' && optionFor(row, side).can);

export const optionFor = (row: DiffRow, side: Side): WriteOption =>
  side === 'left' ? row.toLeft : row.toRight;
