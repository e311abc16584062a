/** Rows of a comparison and what may be done with them. Without dependencies, so that the panel stays small. */
import type { FieldName, FieldValue } from './contact.ts';
import type { BlockReason } from './mapping.ts';

/** May this side be overwritten with the other side's value, and with which value exactly? */
export type WriteOption = { can: true; value: FieldValue } | { can: false; reason: BlockReason };

export type RowStatus = 'same' | 'only-left' | 'only-right' | 'differs';

/** Left is always Atera, right always GHL. Values are as read, not normalised. */
export interface DiffRow {
  field: FieldName;
  status: RowStatus;
  left: FieldValue;
  right: FieldValue;
  toLeft: WriteOption;
  toRight: WriteOption;
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
