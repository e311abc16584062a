import type { Base, BaseValue } from './base.ts';
import type { FieldValue, VendorName } from './contact.ts';
import type { BlockReason, Mapping, MappingRow } from './mapping.ts';
import type { DiffRow, RowStatus, Side, WriteOption } from './rows.ts';
import { sameValue, TRANSFORMS, type TransformContext } from './transform.ts';

export * from './rows.ts';

/** One record as the mapping sees it. Keys are those of the vendor folder's `mapping.ts`. */
export interface RecordFields {
  /** Value of every readable key; a key that is absent cannot be read of this record. */
  values: Readonly<Record<string, FieldValue>>;
  /** `true` where the key can be written on this record, else the reason why not. */
  writable: Readonly<Record<string, true | BlockReason>>;
}

/**
 * Compares two records row by row. Without a base nothing is guessed: a difference is just a difference. With one, the row says who
 * has changed since. Empty pairs have no row.
 */
export function diff(
  left: RecordFields,
  right: RecordFields,
  mapping: Mapping,
  context: TransformContext,
  base: Base = {},
): DiffRow[] {
  return mapping.flatMap((row) => {
    // What was not read cannot be compared: no row is better than a wrong one.
    if (!(row.atera in left.values) || !(row.ghl in right.values)) return [];
    const a = left.values[row.atera] ?? null;
    const b = right.values[row.ghl] ?? null;
    const known = base[row.field];
    const status = statusOf(row, a, b, context, known);
    if (status === null) return [];
    return {
      ...(known && { base: known }),
      field: row.field,
      status,
      left: a,
      right: b,
      toLeft: writeOption(row, 'left', b, a, status, left.writable[row.atera], context),
      toRight: writeOption(row, 'right', a, b, status, right.writable[row.ghl], context),
    };
  });
}

function statusOf(
  { transform }: MappingRow,
  a: FieldValue,
  b: FieldValue,
  context: TransformContext,
  known: BaseValue | undefined,
): RowStatus | null {
  const { normalize } = TRANSFORMS[transform];
  const hasLeft = normalize(a, context) !== null;
  const hasRight = normalize(b, context) !== null;
  if (!hasLeft && !hasRight) return null;
  if (sameValue(transform, a, b, context)) return 'same';
  if (known) {
    const left = !sameValue(transform, a, known.left, context);
    const right = !sameValue(transform, b, known.right, context);
    if (left && right) return 'conflict';
    if (left) return 'changed-left';
    if (right) return 'changed-right';
  }
  if (!hasRight) return 'only-left';
  if (!hasLeft) return 'only-right';
  return 'differs';
}

/** Whether the pair of accounts writes no such records to this vendor, whatever the direction of the row. */
export const isClosed = ({ closed }: MappingRow, vendor: VendorName): boolean =>
  closed?.includes(vendor) === true;

const VENDOR_OF: Record<Side, VendorName> = { left: 'atera', right: 'ghl' };
const DIRECTION_OF: Record<Side, MappingRow['direction']> = { left: 'to-atera', right: 'to-ghl' };

function writeOption(
  row: MappingRow,
  side: Side,
  source: FieldValue,
  target: FieldValue,
  status: RowStatus,
  writable: true | BlockReason | undefined,
  context: TransformContext,
): WriteOption {
  const no = (reason: BlockReason): WriteOption => ({ can: false, reason });
  const { normalize, toTarget } = TRANSFORMS[row.transform];
  if (status === 'same') return no('no-change');
  if (writable !== true) return no(writable ?? 'vendor-read-only');
  if (isClosed(row, VENDOR_OF[side])) return no('resource-direction');
  if (row.direction !== 'both' && row.direction !== DIRECTION_OF[side]) return no('mapping-direction');
  if (source === null || normalize(source, context) === null) {
    return row.empty === 'clear' ? { can: true, value: null } : no('source-empty');
  }
  if (row.empty === 'fill-only' && normalize(target, context) !== null) return no('target-not-empty');
  const value = toTarget(source, context);
  return value === null ? no('value-invalid') : { can: true, value };
}
