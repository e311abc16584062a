import type { FieldName, FieldValue, Ref } from './contact.ts';
import type { BlockReason, Mapping, MappingRow } from './mapping.ts';
import type { FieldChange, Operation } from './plan.ts';
import {
  type Choices,
  type Decision,
  type DiffRow,
  defaultChoice,
  optionFor,
  otherSide,
  type Side,
  takesOwnValue,
  type WriteOption,
} from './rows.ts';
import { sameValue, TRANSFORMS, type TransformContext } from './transform.ts';

export type { Choice, Choices } from './rows.ts';

export interface Merge {
  /** At most one per side, left first. Only keys that change. */
  operations: Operation[];
  /** They restore the values of before, each with what was written as the expected value. */
  inverse: Operation[];
  /** Differences that nobody decided: edits of both sides, and those of which nothing is known. */
  open: FieldName[];
  /** Decided, but a side cannot take the value: nothing of that field is written. */
  blocked: { field: FieldName; side: Side; reason: BlockReason }[];
}

export interface MergeContext extends TransformContext {
  mapping: Mapping;
  refs: Record<Side, Ref>;
}

const SIDES = ['left', 'right'] as const;

/** Settles what can be settled without guessing, and what was decided. A field is written on both sides as decided, or not at all. */
export function merge(rows: readonly DiffRow[], choices: Choices, context: MergeContext): Merge {
  const result: Merge = { operations: [], inverse: [], open: [], blocked: [] };
  const changes: Record<Side, FieldChange[]> = { left: [], right: [] };
  for (const row of rows) {
    const mapped = context.mapping.find(({ field }) => field === row.field);
    if (!mapped || row.status === 'same') continue;
    const choice = choices[row.field] ?? defaultChoice(row);
    if (choice === null) {
      result.open.push(row.field);
      continue;
    }
    if ('leave' in choice) continue;
    const writes = writesOf(row, choice, mapped, context);
    const made = writes.flatMap(({ side, option }) =>
      option.can ? [{ side, change: changeOf(row, mapped, side, option.value) }] : [],
    );
    const blocked = writes.flatMap(({ side, option }) =>
      option.can ? [] : [{ field: row.field, side, reason: option.reason }],
    );
    result.blocked.push(...blocked);
    if (blocked.length > 0) continue;
    for (const { side, change } of made) changes[side].push(change);
  }
  for (const side of SIDES) {
    if (changes[side].length === 0) continue;
    const target = context.refs[side];
    result.operations.push({ kind: 'update-contact', target, changes: changes[side] });
    result.inverse.push({ kind: 'update-contact', target, changes: changes[side].map(turnBack) });
  }
  return result;
}

/** Sides that must be written for a choice, each with whether it can. */
function writesOf(
  row: DiffRow,
  choice: Decision,
  mapped: MappingRow,
  context: TransformContext,
): { side: Side; option: WriteOption }[] {
  if ('keep' in choice) {
    const side = otherSide(choice.keep);
    return [{ side, option: optionFor(row, side) }];
  }
  return SIDES.filter((side) => !sameValue(mapped.transform, row[side], choice.value, context)).map(
    (side) => ({ side, option: ownValue(row, side, choice.value, mapped, context) }),
  );
}

/** Whether a value that the agent typed may be written to this side. */
function ownValue(
  row: DiffRow,
  side: Side,
  typed: string,
  { transform }: MappingRow,
  context: TransformContext,
): WriteOption {
  const option = optionFor(row, side);
  if (!option.can && !takesOwnValue(row, side)) return option;
  const value: FieldValue = TRANSFORMS[transform].toTarget(typed, context);
  return value === null ? { can: false, reason: 'value-invalid' } : { can: true, value };
}

function changeOf(row: DiffRow, mapped: MappingRow, side: Side, value: FieldValue): FieldChange {
  const keys: Record<Side, string> = { left: mapped.atera, right: mapped.ghl };
  const other = otherSide(side);
  return {
    field: row.field,
    transform: mapped.transform,
    key: keys[side],
    expected: row[side],
    value,
    sourceKey: keys[other],
    sourceExpected: row[other],
  };
}

const turnBack = (change: FieldChange): FieldChange => ({
  ...change,
  expected: change.value,
  value: change.expected,
});
