import type { FieldName, FieldValue, Ref } from './contact.ts';
import type { RecordFields } from './diff.ts';
import type { Mapping, TransformName } from './mapping.ts';
import { type DiffRow, optionFor, type Side, settleable } from './rows.ts';
import { sameValue, type TransformContext } from './transform.ts';

/** One value to write, with what must still be true when it is written. */
export interface FieldChange {
  field: FieldName;
  transform: TransformName;
  /** Key in the target vendor's `mapping.ts`. */
  key: string;
  /** Value read in the target when the plan was shown. */
  expected: FieldValue;
  value: FieldValue;
  /** Key in the source vendor's `mapping.ts`, and the value read there. */
  sourceKey: string;
  sourceExpected: FieldValue;
}

/** One vendor call, as data. */
export interface Operation {
  kind: 'update-contact';
  target: Ref;
  changes: FieldChange[];
}

/** What may be done, and its way back. `source` is the record in view for a push, its counterpart for a pull. */
export interface Plan {
  source: Ref;
  target: Ref;
  operations: Operation[];
  /** Operations that restore the values of before, in the order in which they must run. */
  inverse: Operation[];
}

/**
 * Turns the choices into operations: only keys that differ, may be written, and were chosen. A field that was chosen but may not
 * be written is left out: the caller compares `fieldsOf(plan)` with what was asked.
 */
export function plan(
  rows: readonly DiffRow[],
  chosen: readonly FieldName[],
  { source, target, side, mapping }: { source: Ref; target: Ref; side: Side; mapping: Mapping },
): Plan {
  const changes = settleable(rows, side).flatMap((row): FieldChange[] => {
    const option = optionFor(row, side);
    const mapped = mapping.find(({ field }) => field === row.field);
    if (!mapped || !option.can || !chosen.includes(row.field)) return [];
    return [
      {
        field: row.field,
        transform: mapped.transform,
        key: side === 'left' ? mapped.atera : mapped.ghl,
        expected: side === 'left' ? row.left : row.right,
        value: option.value,
        sourceKey: side === 'left' ? mapped.ghl : mapped.atera,
        sourceExpected: side === 'left' ? row.right : row.left,
      },
    ];
  });
  if (changes.length === 0) return { source, target, operations: [], inverse: [] };
  return {
    source,
    target,
    operations: [{ kind: 'update-contact', target, changes }],
    inverse: [
      {
        kind: 'update-contact',
        target,
        changes: changes.map((change) => ({ ...change, expected: change.value, value: change.expected })),
      },
    ],
  };
}

export const fieldsOf = ({ operations }: Plan): FieldName[] =>
  operations.flatMap(({ changes }) => changes.map(({ field }) => field));

/** Fields whose value in the target, or in the source, is no longer the one that was shown. Compared as read, not normalised. */
export function changedMeanwhile(
  { changes }: Operation,
  target: RecordFields,
  source: RecordFields,
): FieldName[] {
  return changes
    .filter(
      ({ key, expected, sourceKey, sourceExpected }) =>
        (target.values[key] ?? null) !== expected || (source.values[sourceKey] ?? null) !== sourceExpected,
    )
    .map(({ field }) => field);
}

/** The same of the target alone, for what goes back to an earlier value: where that came from says nothing any more. */
export const changedTarget = ({ changes }: Operation, target: RecordFields): FieldName[] =>
  changes.filter(({ key, expected }) => (target.values[key] ?? null) !== expected).map(({ field }) => field);

/** Whether each change is what a later read finds. A vendor may store another spelling of the same value (phone numbers). */
export function verify(
  { changes }: Operation,
  readBack: RecordFields,
  context: TransformContext,
): { field: FieldName; found: FieldValue; stored: boolean }[] {
  return changes.map(({ field, key, value, transform }) => {
    const found = readBack.values[key] ?? null;
    return { field, found, stored: sameValue(transform, found, value, context) };
  });
}
