import { describe, expect, it } from 'vitest';
import { type Base, type BaseValue, baseAfter, pairingOf } from '../../lib/core/base.ts';
import type { FieldValue } from '../../lib/core/contact.ts';
import { type DiffRow, diff, type RecordFields } from '../../lib/core/diff.ts';
import type { BlockReason, MappingRow } from '../../lib/core/mapping.ts';
import { type Choice, type Choices, merge } from '../../lib/core/merge.ts';
import { makeFields, makeRow } from './people.ts';
import { REFS } from './worlds.ts';

const US = { country: 'US' };
const context = (mapping: MappingRow[]) => ({ ...US, mapping, refs: REFS });

/** What is written where: "left=Oslo right=Bergen", or what keeps it from being written. */
function settle(
  [left, right]: [FieldValue, FieldValue],
  base: BaseValue | null,
  choice: Choice | null = null,
  details: Partial<MappingRow> = {},
  writable: { left?: BlockReason; right?: BlockReason } = {},
): string {
  const mapping = [makeRow(details)];
  const rows = diff(
    makeFields('City', left, writable.left),
    makeFields('city', right, writable.right),
    mapping,
    US,
    base ? { city: base } : {},
  );
  const { operations, open, blocked } = merge(rows, choice ? { city: choice } : {}, context(mapping));
  const written = operations.flatMap(({ target, changes }) =>
    changes.map(({ value }) => `${target.vendor === 'atera' ? 'left' : 'right'}=${value}`),
  );
  return [
    ...written,
    ...open.map(() => 'ask'),
    ...blocked.map(({ side, reason }) => `${side}: ${reason}`),
  ].join(' ');
}

const statusOf = (left: FieldValue, right: FieldValue, base: BaseValue): DiffRow['status'] | undefined =>
  diff(makeFields('City', left), makeFields('city', right), [makeRow()], US, { city: base })[0]?.status;

const agreed = (value: FieldValue): BaseValue => ({ left: value, right: value });

describe('diff with the values of the last sync', () => {
  it.each<[string, FieldValue, FieldValue, FieldValue, DiffRow['status'] | undefined]>([
    ['nobody changed it', 'Oslo', 'Oslo', 'Oslo', 'same'],
    ['both made the same edit', 'Oslo', 'Bergen', 'Bergen', 'same'],
    ['Atera changed it', 'Oslo', 'Bergen', 'Oslo', 'changed-left'],
    ['GHL changed it', 'Oslo', 'Oslo', 'Bergen', 'changed-right'],
    ['both changed it, differently', 'Oslo', 'Bergen', 'Narvik', 'conflict'],
    ['Atera emptied it', 'Oslo', null, 'Oslo', 'changed-left'],
    ['GHL emptied it', 'Oslo', 'Oslo', '', 'changed-right'],
    ['both emptied it', 'Oslo', null, ' ', undefined],
    ['Atera emptied it, GHL changed it', 'Oslo', null, 'Bergen', 'conflict'],
    ['Atera filled what was empty', null, 'Oslo', null, 'changed-left'],
    ['GHL filled what was empty', null, null, 'Oslo', 'changed-right'],
    ['both filled it, differently', null, 'Oslo', 'Bergen', 'conflict'],
    ['another spelling is no edit', 'Oslo', ' Oslo ', 'Bergen', 'changed-right'],
  ])('%s', (_, base, left, right, status) => {
    expect(statusOf(left, right, agreed(base))).toBe(status);
  });

  it('compares each side with what that side held', () => {
    const base = { left: '(415) 555-0137', right: '+14155550137' };
    const row = (left: string, right: string) =>
      diff(
        makeFields('City', left),
        makeFields('city', right),
        [makeRow({ transform: 'phone' })],
        { country: null },
        { city: base },
      )[0];
    expect(row('(415) 555-0137', '+14155550142')).toMatchObject({ status: 'changed-right', base });
    expect(row('(415) 555-0199', '+14155550137')).toMatchObject({ status: 'changed-left', base });
  });

  it('is only a difference when the rules have changed since they agreed', () => {
    expect(statusOf('Oslo', 'oslo', { left: 'Oslo', right: 'oslo' })).toBe('differs');
  });
});

describe('merge', () => {
  it.each<[string, [FieldValue, FieldValue], BaseValue | null, string]>([
    ['the edit of Atera travels to GHL', ['Bergen', 'Oslo'], agreed('Oslo'), 'right=Bergen'],
    ['the edit of GHL travels to Atera', ['Oslo', 'Bergen'], agreed('Oslo'), 'left=Bergen'],
    ['two edits are asked', ['Bergen', 'Narvik'], agreed('Oslo'), 'ask'],
    ['without a base a difference is asked', ['Bergen', 'Oslo'], null, 'ask'],
    ['without a base a gap is asked', ['Bergen', null], null, 'ask'],
    ['without a base the other gap is asked', [null, 'Oslo'], null, 'ask'],
    ['what agrees is left alone', ['Oslo', 'Oslo'], agreed('Bergen'), ''],
    ['emptying does not travel by itself', [null, 'Oslo'], agreed('Oslo'), 'right: source-empty'],
  ])('%s', (_, values, base, expected) => {
    expect(settle(values, base)).toBe(expected);
  });

  it('emptying travels where the field rule says so', () => {
    expect(settle([null, 'Oslo'], agreed('Oslo'), null, { empty: 'clear' })).toBe('right=null');
  });

  it.each<[string, Choice, string]>([
    ['keep Atera', { keep: 'left' }, 'right=Bergen'],
    ['keep GHL', { keep: 'right' }, 'left=Narvik'],
    ['another value goes to both', { value: ' Tromsø ' }, 'left=Tromsø right=Tromsø'],
    ['the value of one side goes to the other alone', { value: 'Bergen' }, 'right=Bergen'],
    ['leave both', { leave: true }, ''],
  ])('a double edit, decided: %s', (_, choice, expected) => {
    expect(settle(['Bergen', 'Narvik'], agreed('Oslo'), choice)).toBe(expected);
  });

  it.each<[Choice, string]>([
    [{ keep: 'right' }, 'left=Oslo'],
    [{ leave: true }, ''],
  ])('a decision %j counts more than what would travel by itself', (choice, expected) => {
    expect(settle(['Bergen', 'Oslo'], agreed('Oslo'), choice)).toBe(expected);
  });

  it('a value that is none is not written anywhere', () => {
    expect(settle(['Bergen', 'Narvik'], null, { value: '  ' })).toBe(
      'left: value-invalid right: value-invalid',
    );
  });

  it.each<[string, Choice, Partial<MappingRow>, { left?: BlockReason; right?: BlockReason }, string]>([
    ['the vendor', { keep: 'left' }, {}, { right: 'ghl-company-link' }, 'right: ghl-company-link'],
    ['the field rule', { keep: 'left' }, { direction: 'to-atera' }, {}, 'right: mapping-direction'],
    ['one side of two', { value: 'Tromsø' }, {}, { left: 'vendor-read-only' }, 'left: vendor-read-only'],
    [
      'a rule that only fills',
      { value: 'Tromsø' },
      { empty: 'fill-only' },
      {},
      'left: target-not-empty right: target-not-empty',
    ],
  ])('%s may forbid it, and then nothing of the field is written', (_, choice, row, writable, expected) => {
    expect(settle(['Bergen', 'Narvik'], null, choice, row, writable)).toBe(expected);
  });

  it('an agent’s own value may be written where the other side’s could not be', () => {
    const phone = { transform: 'phone' } as const;
    expect(settle(['ask reception', '+14155550142'], null, { keep: 'left' }, phone)).toBe(
      'right: value-invalid',
    );
    expect(settle(['ask reception', '+14155550142'], null, { value: '415 555 0137' }, phone)).toBe(
      'left=+14155550137 right=+14155550137',
    );
    expect(settle([null, 'Oslo'], null, { value: 'Bergen' })).toBe('left=Bergen right=Bergen');
  });

  it('writes each record once, expects what both held, and can go back', () => {
    const mapping = [makeRow(), makeRow({ field: 'state', atera: 'State', ghl: 'state' })];
    const left: RecordFields = {
      values: { City: 'Bergen', State: 'CA' },
      writable: { City: true, State: true },
    };
    const right: RecordFields = {
      values: { city: 'Oslo', state: 'NY' },
      writable: { city: true, state: true },
    };
    const base: Base = { city: agreed('Oslo'), state: agreed('CA') };
    const rows = diff(left, right, mapping, US, base);
    const { operations, inverse } = merge(rows, {}, context(mapping));
    const city = { field: 'city', transform: 'text' } as const;
    const state = { field: 'state', transform: 'text' } as const;
    expect(operations).toEqual([
      {
        kind: 'update-contact',
        target: REFS.left,
        changes: [
          {
            ...state,
            key: 'State',
            expected: 'CA',
            value: 'NY',
            sourceKey: 'state',
            sourceExpected: 'NY',
          },
        ],
      },
      {
        kind: 'update-contact',
        target: REFS.right,
        changes: [
          {
            ...city,
            key: 'city',
            expected: 'Oslo',
            value: 'Bergen',
            sourceKey: 'City',
            sourceExpected: 'Bergen',
          },
        ],
      },
    ]);
    expect(inverse.flatMap(({ changes }) => changes)).toMatchObject([
      { key: 'State', expected: 'NY', value: 'CA' },
      { key: 'city', expected: 'Bergen', value: 'Oslo' },
    ]);
  });

  it('knows nothing of a row that the mapping does not have', () => {
    const rows = diff(makeFields('City', 'Oslo'), makeFields('city', 'Bergen'), [makeRow()], US);
    const choices: Choices = { city: { keep: 'left' } };
    expect(merge(rows, choices, context([]))).toEqual({
      operations: [],
      inverse: [],
      open: [],
      blocked: [],
    });
  });
});

describe('baseAfter', () => {
  const mapping = [makeRow({ transform: 'phone' })];
  const baseOf = (left: RecordFields, right: RecordFields, before: Base = {}) =>
    baseAfter(before, left, right, mapping, US);

  it('remembers what agrees, as each side spells it', () => {
    expect(baseOf(makeFields('City', '(415) 555-0137'), makeFields('city', '+14155550137'))).toEqual({
      city: { left: '(415) 555-0137', right: '+14155550137' },
    });
  });

  it('remembers that both are empty', () => {
    expect(baseOf(makeFields('City', ''), makeFields('city', null))).toEqual({
      city: { left: '', right: null },
    });
    expect(baseOf(makeFields('City', null), makeFields('city', ' '))).toEqual({
      city: { left: null, right: ' ' },
    });
  });

  it('keeps what was known of a field that differs, and of one that was not read', () => {
    const before: Base = { city: agreed('1'), state: agreed('CA') };
    expect(baseOf(makeFields('City', '2'), makeFields('city', '1'), before)).toEqual(before);
    expect(baseOf({ values: {}, writable: {} }, makeFields('city', '1'), before)).toEqual(before);
    expect(baseOf(makeFields('City', '1'), { values: {}, writable: {} }, before)).toEqual(before);
  });

  it('takes what was not read for no empty value', () => {
    const unread: RecordFields = { values: {}, writable: {} };
    const before: Base = { city: agreed('1') };
    expect(baseOf(unread, makeFields('city', null), before)).toEqual(before);
    expect(baseOf(makeFields('City', null), unread, before)).toEqual(before);
    expect(baseOf(unread, unread, before)).toEqual(before);
  });
});

describe('pairingOf', () => {
  it('is another one for another key or another way to compare', () => {
    const rows = [
      makeRow(),
      makeRow({ atera: 'Town' }),
      makeRow({ ghl: 'town' }),
      makeRow({ transform: 'phone' }),
    ];
    expect(new Set(rows.map(pairingOf)).size).toBe(4);
    expect(pairingOf(makeRow({ direction: 'never', empty: 'clear' }))).toBe(pairingOf(makeRow()));
  });
});
