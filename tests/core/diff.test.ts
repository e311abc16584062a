import { describe, expect, it } from 'vitest';
import type { FieldValue } from '../../lib/core/contact.ts';
import { type DiffRow, diff, optionFor, settleable } from '../../lib/core/diff.ts';
import { BLOCK_REASONS, type BlockReason, type MappingRow } from '../../lib/core/mapping.ts';
import { makeFields, makeRow } from './people.ts';

const US = { country: 'US' };

const compare = (
  left: FieldValue,
  right: FieldValue,
  row: Partial<MappingRow> = {},
  writable: { left?: true | BlockReason; right?: true | BlockReason } = {},
): DiffRow | undefined =>
  diff(
    makeFields('City', left, writable.left),
    makeFields('city', right, writable.right),
    [makeRow(row)],
    US,
  )[0];

/** "→ value", or why not. */
const told = (row: DiffRow | undefined, side: 'left' | 'right'): string | null | undefined => {
  if (!row) return undefined;
  const option = optionFor(row, side);
  return option.can ? `= ${option.value}` : option.reason;
};

describe('diff', () => {
  it.each<[FieldValue, FieldValue, DiffRow['status'] | undefined, string | undefined, string | undefined]>([
    [null, null, undefined, undefined, undefined],
    ['', ' ', undefined, undefined, undefined],
    ['\u200b', null, undefined, undefined, undefined],
    ['Oslo', 'Oslo', 'same', 'no-change', 'no-change'],
    ['Oslo ', 'Oslo', 'same', 'no-change', 'no-change'],
    ['Oslo', 'oslo', 'differs', '= oslo', '= Oslo'],
    ['Oslo', 'Bergen', 'differs', '= Bergen', '= Oslo'],
    ['  New   Oslo ', 'Bergen', 'differs', '= Bergen', '= New Oslo'],
    ['Oslo', null, 'only-left', 'source-empty', '= Oslo'],
    ['Oslo', ' ', 'only-left', 'source-empty', '= Oslo'],
    [null, 'Oslo', 'only-right', '= Oslo', 'source-empty'],
    ['', 'Oslo', 'only-right', '= Oslo', 'source-empty'],
  ])('%j and %j', (left, right, status, toLeft, toRight) => {
    const row = compare(left, right);
    expect(row?.status).toBe(status);
    expect([told(row, 'left'), told(row, 'right')]).toEqual([toLeft, toRight]);
    if (row) expect([row.left, row.right]).toEqual([left, right]);
  });

  it.each<[MappingRow['direction'], string, string]>([
    ['both', '= Bergen', '= Oslo'],
    ['to-ghl', 'mapping-direction', '= Oslo'],
    ['to-atera', '= Bergen', 'mapping-direction'],
    ['never', 'mapping-direction', 'mapping-direction'],
  ])('direction %s', (direction, toLeft, toRight) => {
    const row = compare('Oslo', 'Bergen', { direction });
    expect([told(row, 'left'), told(row, 'right')]).toEqual([toLeft, toRight]);
  });

  it.each<[MappingRow['empty'], FieldValue, FieldValue, string, string]>([
    ['skip', 'Oslo', null, 'source-empty', '= Oslo'],
    ['skip', null, 'Oslo', '= Oslo', 'source-empty'],
    ['skip', 'Oslo', 'Bergen', '= Bergen', '= Oslo'],
    ['clear', 'Oslo', null, '= null', '= Oslo'],
    ['clear', ' ', 'Oslo', '= Oslo', '= null'],
    ['clear', 'Oslo', 'Bergen', '= Bergen', '= Oslo'],
    ['fill-only', 'Oslo', null, 'source-empty', '= Oslo'],
    ['fill-only', null, 'Oslo', '= Oslo', 'source-empty'],
    ['fill-only', 'Oslo', ' ', 'source-empty', '= Oslo'],
    ['fill-only', 'Oslo', 'Bergen', 'target-not-empty', 'target-not-empty'],
    ['fill-only', 'Oslo', 'Oslo', 'no-change', 'no-change'],
  ])('empty rule %s with %j and %j', (empty, left, right, toLeft, toRight) => {
    const row = compare(left, right, { empty });
    expect([told(row, 'left'), told(row, 'right')]).toEqual([toLeft, toRight]);
  });

  it.each(BLOCK_REASONS.map((reason) => [reason]))('says that one side cannot be written: %s', (reason) => {
    expect(told(compare('Oslo', 'Bergen', {}, { left: reason }), 'left')).toBe(reason);
    expect(told(compare('Oslo', 'Bergen', {}, { left: reason }), 'right')).toBe('= Oslo');
    expect(told(compare('Oslo', 'Bergen', {}, { right: reason }), 'right')).toBe(reason);
    expect(told(compare('Oslo', 'Bergen', {}, { right: reason }), 'left')).toBe('= Bergen');
  });

  it('names what the vendor forbids before what the mapping forbids, and that before an empty source', () => {
    const blocked = { right: 'ghl-company-link' } as const;
    expect(told(compare(null, 'Oslo', { direction: 'never' }, blocked), 'right')).toBe('ghl-company-link');
    expect(told(compare(null, 'Oslo', { direction: 'never' }), 'right')).toBe('mapping-direction');
    expect(told(compare('Oslo', 'Oslo', { direction: 'never' }, blocked), 'right')).toBe('no-change');
  });

  it('writes nothing to a key of which the record does not say whether it can be written', () => {
    const [row] = diff(
      { values: { City: 'Oslo' }, writable: {} },
      makeFields('city', 'Bergen'),
      [makeRow()],
      US,
    );
    expect(told(row, 'left')).toBe('vendor-read-only');
  });

  it.each([
    ['neither side', {}, {}],
    ['the left side', {}, { city: 'Oslo' }],
    ['the right side', { City: 'Oslo' }, {}],
  ])('has no row for a key that was not read of %s', (_, left, right) => {
    const writable = { City: true, city: true } as const;
    expect(diff({ values: left, writable }, { values: right, writable }, [makeRow()], US)).toEqual([]);
  });

  it.each<[MappingRow['transform'], FieldValue, FieldValue, DiffRow['status'], string, string]>([
    ['phone', '(415) 555-0137', '+14155550137', 'same', 'no-change', 'no-change'],
    ['phone', '(415) 555-0137', '+14155550142', 'differs', '= +14155550142', '= +14155550137'],
    ['phone', '415 555 0137 x12', '+14155550137', 'differs', '= +14155550137', 'value-invalid'],
    ['phone', 'ask reception', null, 'only-left', 'source-empty', 'value-invalid'],
    ['email', 'Dana@X.example', 'dana@x.example', 'same', 'no-change', 'no-change'],
    ['email', 'dana', null, 'only-left', 'source-empty', 'value-invalid'],
    ['email', null, ' Dana@X.example ', 'only-right', '= Dana@X.example', 'source-empty'],
    ['country', 'United States', 'US', 'same', 'no-change', 'no-change'],
    ['country', 'Germany', 'US', 'differs', '= US', '= DE'],
    ['country', 'Atlantis', null, 'only-left', 'source-empty', 'value-invalid'],
  ])('as %s: %j and %j', (transform, left, right, status, toLeft, toRight) => {
    const row = compare(left, right, { transform });
    expect([row?.status, told(row, 'left'), told(row, 'right')]).toEqual([status, toLeft, toRight]);
  });

  it('keeps the order of the mapping', () => {
    const rows = diff(
      { values: { A: '1', B: '2' }, writable: {} },
      { values: { a: '1', b: '3' }, writable: {} },
      [makeRow({ field: 'state', atera: 'B', ghl: 'b' }), makeRow({ field: 'city', atera: 'A', ghl: 'a' })],
      US,
    );
    expect(rows.map(({ field }) => field)).toEqual(['state', 'city']);
  });
});

describe('settleable', () => {
  it('holds what differs and may be written to that side, and nothing else', () => {
    const rows = [
      compare('Oslo', 'Oslo'),
      compare('Oslo', null),
      compare(null, 'Oslo'),
      compare('Oslo', 'Bergen', {}, { right: 'vendor-read-only' }),
    ].flatMap((row) => row ?? []);
    expect(settleable(rows, 'right').map(({ status }) => status)).toEqual(['only-left']);
    expect(settleable(rows, 'left').map(({ status }) => status)).toEqual(['only-right', 'differs']);
  });

  it('never holds a row that is the same, even if it says that it may be written', () => {
    const row: DiffRow = {
      field: 'city',
      status: 'same',
      left: 'Oslo',
      right: 'Oslo',
      toLeft: { can: true, value: 'Oslo' },
      toRight: { can: true, value: 'Oslo' },
    };
    expect(settleable([row], 'left')).toEqual([]);
    expect(settleable([row], 'right')).toEqual([]);
  });
});
