import { describe, expect, it } from 'vitest';
import { BLOCK_REASONS, type BlockReason } from '../../lib/core/mapping.ts';
import {
  type Decision,
  type DiffRow,
  defaultChoice,
  knowsChanges,
  optionFor,
  otherSide,
  type RowStatus,
  type Side,
  settleable,
  takesOwnValue,
  type WriteOption,
} from '../../lib/core/rows.ts';

const no = (reason: BlockReason): WriteOption => ({ can: false, reason });
const makeDiffRow = (details: Partial<DiffRow> = {}): DiffRow => ({
  field: 'city',
  status: 'differs',
  left: 'Bergen',
  right: 'Oslo',
  toLeft: { can: true, value: 'Oslo' },
  toRight: { can: true, value: 'Bergen' },
  ...details,
});
const BASE = { left: 'Oslo', right: 'Oslo' };

describe('the two sides', () => {
  it('are each the other’s other side, and have options of their own', () => {
    expect([otherSide('left'), otherSide('right')]).toEqual(['right', 'left']);
    const row = makeDiffRow({ toRight: no('vendor-read-only') });
    expect(optionFor(row, 'left')).toEqual({ can: true, value: 'Oslo' });
    expect(optionFor(row, 'right')).toEqual(no('vendor-read-only'));
  });
});

describe('defaultChoice', () => {
  it.each<[RowStatus, Decision | null]>([
    ['changed-left', { keep: 'left' }],
    ['changed-right', { keep: 'right' }],
    ['conflict', null],
    ['differs', null],
    ['only-left', null],
    ['only-right', null],
    ['same', null],
  ])('%s: %j', (status, decision) => {
    expect(defaultChoice(makeDiffRow({ status }))).toEqual(decision);
  });
});

describe('knowsChanges', () => {
  it.each<[string, DiffRow[], boolean]>([
    ['no row', [], false],
    ['a difference without a past', [makeDiffRow()], false],
    ['a past without a difference', [makeDiffRow({ status: 'same', base: BASE })], false],
    [
      'a past here and a difference there',
      [makeDiffRow({ status: 'same', base: BASE }), makeDiffRow()],
      false,
    ],
    [
      'a difference with a past among others',
      [makeDiffRow(), makeDiffRow({ status: 'conflict', base: BASE })],
      true,
    ],
  ])('%s: %j', (_, rows, knows) => {
    expect(knowsChanges(rows)).toBe(knows);
  });
});

describe('takesOwnValue', () => {
  const ABOUT_THE_VALUE: BlockReason[] = ['source-empty', 'value-invalid', 'no-change'];

  it.each<Side>(['left', 'right'])('to the %s: where the other side’s value may be written', (side) => {
    const closed = makeDiffRow({ toLeft: no('vendor-read-only'), toRight: no('vendor-read-only') });
    const open = { can: true, value: 'Oslo' } as const;
    expect(takesOwnValue({ ...closed, [side === 'left' ? 'toLeft' : 'toRight']: open }, side)).toBe(true);
    expect(takesOwnValue({ ...closed, [side === 'left' ? 'toRight' : 'toLeft']: open }, side)).toBe(false);
  });

  it.each(BLOCK_REASONS.map((reason) => [reason, ABOUT_THE_VALUE.includes(reason)] as const))(
    'where %s forbids the other side’s: %j',
    (reason, takes) => {
      expect(takesOwnValue(makeDiffRow({ toLeft: no(reason) }), 'left')).toBe(takes);
    },
  );
});

describe('settleable', () => {
  it('is what differs and may be written to that side', () => {
    const rows = [
      makeDiffRow({ field: 'city', toLeft: no('source-empty') }),
      makeDiffRow({ field: 'state', toRight: no('source-empty') }),
      makeDiffRow({ field: 'email', status: 'same' }),
      makeDiffRow({ field: 'phone', status: 'conflict' }),
    ];
    expect(settleable(rows, 'left').map(({ field }) => field)).toEqual(['state', 'phone']);
    expect(settleable(rows, 'right').map(({ field }) => field)).toEqual(['city', 'phone']);
  });
});
