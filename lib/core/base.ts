import type { FieldName, FieldValue } from './contact.ts';
import type { RecordFields } from './diff.ts';
import type { Mapping, MappingRow } from './mapping.ts';
import { sameValue, type TransformContext } from './transform.ts';

/** What one field held on either side when both were last verified to agree. As read: vendors may spell the same value differently. */
export interface BaseValue {
  left: FieldValue;
  right: FieldValue;
}

/** Values at the last verified sync. A field that is absent never agreed, or has been forgotten: nothing is known of it. */
export type Base = Readonly<Partial<Record<FieldName, BaseValue>>>;

/** The two keys that a base value was read from: another pairing of the same field makes it worthless. */
export const pairingOf = ({ atera, ghl, transform }: MappingRow): string =>
  JSON.stringify([atera, ghl, transform]);

/**
 * The base after a verified read of both records: fields that agree now get these values, fields that differ keep what was known,
 * fields that were not read keep it too.
 */
export function baseAfter(
  before: Base,
  left: RecordFields,
  right: RecordFields,
  mapping: Mapping,
  context: TransformContext,
): Base {
  const agreed = mapping.flatMap((row): [FieldName, BaseValue][] => {
    if (!(row.atera in left.values) || !(row.ghl in right.values)) return [];
    const value: BaseValue = {
      left: left.values[row.atera] ?? null,
      right: right.values[row.ghl] ?? null,
    };
    return sameValue(row.transform, value.left, value.right, context) ? [[row.field, value]] : [];
  });
  return { ...before, ...Object.fromEntries(agreed) };
}
