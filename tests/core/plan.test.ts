import { describe, expect, it } from 'vitest';
import type { Ref } from '../../lib/core/contact.ts';
import { diff, type RecordFields } from '../../lib/core/diff.ts';
import type { Mapping } from '../../lib/core/mapping.ts';
import {
  changedMeanwhile,
  changedTarget,
  fieldsOf,
  type Operation,
  plan,
  verify,
} from '../../lib/core/plan.ts';
import { makeRow } from './people.ts';

const US = { country: 'US' };
const atera: Ref = { vendor: 'atera', accountId: 'tenant', kind: 'contact', id: '1048101' };
const ghl: Ref = { vendor: 'ghl', accountId: 'location', kind: 'contact', id: 'ocQHyuzHvysMo5N5VsXc' };

const mapping: Mapping = [
  makeRow({ field: 'phone', atera: 'Phone', ghl: 'phone', transform: 'phone' }),
  makeRow({ field: 'city', atera: 'City', ghl: 'city' }),
  makeRow({ field: 'state', atera: 'State', ghl: 'state', direction: 'never' }),
];
const left: RecordFields = {
  values: { Phone: '(415) 555-0137', City: 'Oslo', State: 'CA' },
  writable: { Phone: true, City: true, State: true },
};
const right: RecordFields = {
  values: { phone: '+14155550142', city: null, state: 'NY' },
  writable: { phone: true, city: true, state: true },
};
const rows = diff(left, right, mapping, US);
const push = { source: atera, target: ghl, side: 'right', mapping } as const;
const pull = { source: ghl, target: atera, side: 'left', mapping } as const;

const only = (operations: Operation[]): Operation => {
  const [operation] = operations;
  if (!operation || operations.length !== 1)
    throw new Error(`Expected one operation, got ${operations.length}`);
  return operation;
};

describe('plan', () => {
  it('says what to write, what must still be there, and how to go back', () => {
    expect(plan(rows, ['phone'], push)).toEqual({
      source: atera,
      target: ghl,
      operations: [
        {
          kind: 'update-contact',
          target: ghl,
          changes: [
            {
              field: 'phone',
              transform: 'phone',
              key: 'phone',
              expected: '+14155550142',
              value: '+14155550137',
              sourceKey: 'Phone',
              sourceExpected: '(415) 555-0137',
            },
          ],
        },
      ],
      inverse: [
        {
          kind: 'update-contact',
          target: ghl,
          changes: [
            {
              field: 'phone',
              transform: 'phone',
              key: 'phone',
              expected: '+14155550137',
              value: '+14155550142',
              sourceKey: 'Phone',
              sourceExpected: '(415) 555-0137',
            },
          ],
        },
      ],
    });
  });

  it('goes the other way with the other keys', () => {
    const { changes } = only(plan(rows, ['phone'], pull).operations);
    expect(changes).toEqual([
      {
        field: 'phone',
        transform: 'phone',
        key: 'Phone',
        expected: '(415) 555-0137',
        value: '+14155550142',
        sourceKey: 'phone',
        sourceExpected: '+14155550142',
      },
    ]);
  });

  it('holds only what was chosen, in the order of the rows', () => {
    expect(fieldsOf(plan(rows, ['city', 'phone'], push))).toEqual(['phone', 'city']);
    expect(fieldsOf(plan(rows, ['city'], push))).toEqual(['city']);
    expect(fieldsOf(plan(rows, ['city', 'city'], push))).toEqual(['city']);
  });

  it.each([
    ['nothing was chosen', []],
    ['what was chosen must not travel', ['state' as const]],
    ['what was chosen is not on screen', ['email' as const]],
  ])('does nothing when %s', (_, chosen) => {
    expect(plan(rows, chosen, push)).toEqual({ source: atera, target: ghl, operations: [], inverse: [] });
  });

  it('does nothing towards a side whose source is empty', () => {
    expect(fieldsOf(plan(rows, ['city'], pull))).toEqual([]);
  });

  it('leaves out a row whose field the mapping no longer names', () => {
    expect(fieldsOf(plan(rows, ['phone', 'city'], { ...push, mapping: mapping.slice(1) }))).toEqual(['city']);
  });
});

describe('changedMeanwhile', () => {
  const operation = only(plan(rows, ['phone', 'city'], push).operations);
  const withValues = (record: RecordFields, values: Record<string, string | null>): RecordFields => ({
    ...record,
    values: { ...record.values, ...values },
  });

  it.each<[string, RecordFields, RecordFields, string[]]>([
    ['nothing', right, left, []],
    [
      'a field that is not in the plan',
      withValues(right, { state: 'WA' }),
      withValues(left, { State: 'WA' }),
      [],
    ],
    ['a value in the target', withValues(right, { phone: '+14155550199' }), left, ['phone']],
    [
      'the spelling of a value in the target',
      withValues(right, { phone: '(415) 555-0142' }),
      left,
      ['phone'],
    ],
    ['a target that was empty', withValues(right, { city: 'Rome' }), left, ['city']],
    ['a target that is empty now', withValues(right, { phone: null }), left, ['phone']],
    ['a value in the source', right, withValues(left, { City: 'Rome' }), ['city']],
    ['a source that is empty now', right, withValues(left, { City: null }), ['city']],
    ['the target to what was to be written', withValues(right, { phone: '+14155550137' }), left, ['phone']],
    [
      'both sides of both',
      withValues(right, { phone: 'x', city: 'x' }),
      withValues(left, { City: 'y' }),
      ['phone', 'city'],
    ],
  ])('sees a change of %s', (_, target, source, fields) => {
    expect(changedMeanwhile(operation, target, source)).toEqual(fields);
  });

  it('takes a key that is no longer read for an empty one', () => {
    const { phone: _, ...values } = right.values;
    expect(changedMeanwhile(operation, { ...right, values }, left)).toEqual(['phone']);
    const { city: __, ...others } = right.values;
    expect(changedMeanwhile(operation, { ...right, values: others }, left)).toEqual([]);
    expect(changedMeanwhile(operation, right, { ...left, values: {} })).toEqual(['phone', 'city']);
  });

  it.each<[string, RecordFields, string[]]>([
    ['nothing', right, []],
    ['a field that is not in the plan', withValues(right, { state: 'WA' }), []],
    ['a value', withValues(right, { phone: '(415) 555-0142' }), ['phone']],
    ['a value that was empty', withValues(right, { city: 'Rome' }), ['city']],
    ['all values', withValues(right, { phone: null, city: '' }), ['phone', 'city']],
    ['keys that are no longer read', { ...right, values: {} }, ['phone']],
  ])('of the target alone sees a change of %s', (_, target, fields) => {
    expect(changedTarget(operation, target)).toEqual(fields);
  });
});

describe('verify', () => {
  const operation = only(plan(rows, ['phone', 'city'], push).operations);
  it.each([
    ['as sent', { phone: '+14155550137', city: 'Oslo' }, [true, true]],
    ['in another spelling', { phone: '+1 415-555-0137', city: 'Oslo ' }, [true, true]],
    ['as before', { phone: '+14155550142', city: null }, [false, false]],
    ['as something else', { phone: '+14155550199', city: 'Rome' }, [false, false]],
    ['not at all', {}, [false, false]],
  ])('finds values stored %s', (_, values, stored) => {
    const results = verify(operation, { values, writable: {} }, US);
    expect(results.map((result) => result.stored)).toEqual(stored);
    expect(results.map(({ field }) => field)).toEqual(['phone', 'city']);
  });

  it('tells what it found instead', () => {
    expect(verify(operation, { values: { phone: '+14155550199' }, writable: {} }, US)).toEqual([
      { field: 'phone', found: '+14155550199', stored: false },
      { field: 'city', found: null, stored: false },
    ]);
  });
});
