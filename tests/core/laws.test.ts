import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { FIELD_NAMES, type FieldName, type FieldValue, type Ref } from '../../lib/core/contact.ts';
import { diff, type RecordFields, type Side, settleable } from '../../lib/core/diff.ts';
import { BLOCK_REASONS, type Mapping, type MappingRow, type TransformName } from '../../lib/core/mapping.ts';
import { changedMeanwhile, fieldsOf, type Operation, plan, verify } from '../../lib/core/plan.ts';
import { TRANSFORMS } from '../../lib/core/transform.ts';

// A busy machine may take its time.
vi.setConfig({ testTimeout: 60_000 });

const RUNS = { numRuns: 2000 };
const REFS: Record<Side, Ref> = {
  left: { vendor: 'atera', accountId: 'tenant', kind: 'contact', id: '1' },
  right: { vendor: 'ghl', accountId: 'location', kind: 'contact', id: 'A' },
};

const VALUES: Record<TransformName, fc.Arbitrary<FieldValue>> = {
  text: fc.oneof(
    fc.constantFrom(
      null,
      '',
      ' ',
      'Oslo',
      ' Oslo ',
      'OSLO',
      'e\u200b\u0301',
      'é',
      '\u202eabc',
      'ליאור',
      '東京',
    ),
    fc.string({ unit: 'binary', maxLength: 8 }),
  ),
  email: fc.oneof(
    fc.constantFrom(
      null,
      '',
      'dana@x.example',
      ' DANA@X.example',
      'dana',
      'a@b.example,c@d.example',
      '\u200b',
    ),
    fc.emailAddress(),
    fc.string({ unit: 'binary', maxLength: 8 }),
  ),
  phone: fc.oneof(
    fc.constantFrom(
      null,
      ' ',
      '(415) 555-0137',
      '+14155550137',
      '415 555 0137 x1',
      '+3100000000',
      'ask',
      '0044 20 7946 0123',
    ),
    fc.array(fc.constantFrom(...'0123456789+-() x')).map((list) => list.join('')),
  ),
  country: fc.oneof(
    fc.constantFrom(null, '', 'US', 'us', 'United States', 'U.S.', 'Atlantis', 'Deutschland', 'uk', 'GB'),
    fc.string({ maxLength: 3 }),
  ),
};

interface World {
  left: RecordFields;
  right: RecordFields;
  mapping: Mapping;
  context: { country: string | null };
  chosen: FieldName[];
  side: Side;
}

const writable = fc.oneof(
  { weight: 4, arbitrary: fc.constant(true as const) },
  { weight: 1, arbitrary: fc.constantFrom(...BLOCK_REASONS) },
);
const cell = (field: FieldName) =>
  fc
    .record({
      transform: fc.constantFrom<TransformName>('text', 'email', 'phone', 'country'),
      direction: fc.constantFrom<MappingRow['direction']>('both', 'both', 'to-ghl', 'to-atera', 'never'),
      empty: fc.constantFrom<MappingRow['empty']>('skip', 'clear', 'fill-only'),
      canLeft: writable,
      canRight: writable,
    })
    .chain((parts) =>
      fc.record({
        row: fc.constant<MappingRow>({
          field,
          atera: `A.${field}`,
          ghl: `g.${field}`,
          transform: parts.transform,
          direction: parts.direction,
          empty: parts.empty,
        }),
        parts: fc.constant(parts),
        left: fc.option(VALUES[parts.transform], { nil: undefined, freq: 12 }),
        right: fc.option(VALUES[parts.transform], { nil: undefined, freq: 12 }),
      }),
    );

/** Two records, a mapping over them, and what somebody ticked. */
const worlds: fc.Arbitrary<World> = fc
  .subarray([...FIELD_NAMES], { minLength: 1, maxLength: 4 })
  .chain((fields) =>
    fc.record({
      cells: fc.tuple(...fields.map(cell)),
      chosen: fc.subarray([...FIELD_NAMES], { minLength: 6 }),
      side: fc.constantFrom<Side>('left', 'right'),
      country: fc.constantFrom(null, 'US', 'GB', 'DE'),
    }),
  )
  .map(({ cells, chosen, side, country }) => {
    const record = (of: 'left' | 'right', keyOf: (row: MappingRow) => string): RecordFields => ({
      values: Object.fromEntries(
        cells.flatMap((one) => (one[of] === undefined ? [] : [[keyOf(one.row), one[of] ?? null]])),
      ),
      writable: Object.fromEntries(
        cells.map(({ row, parts }) => [keyOf(row), of === 'left' ? parts.canLeft : parts.canRight]),
      ),
    });
    return {
      left: record('left', ({ atera }) => atera),
      right: record('right', ({ ghl }) => ghl),
      mapping: cells.map(({ row }) => row),
      context: { country },
      chosen,
      side,
    };
  });

const planOf = ({ left, right, mapping, context, chosen, side }: World) =>
  plan(diff(left, right, mapping, context), chosen, {
    source: REFS[side === 'left' ? 'right' : 'left'],
    target: REFS[side],
    side,
    mapping,
  });

const apply = (record: RecordFields, operations: Operation[]): RecordFields => ({
  ...record,
  values: {
    ...record.values,
    ...Object.fromEntries(operations.flatMap(({ changes }) => changes.map(({ key, value }) => [key, value]))),
  },
});
const sourceOf = (world: World): RecordFields => (world.side === 'left' ? world.right : world.left);
const targetOf = (world: World): RecordFields => (world.side === 'left' ? world.left : world.right);
const withTarget = (world: World, target: RecordFields): World => ({ ...world, [world.side]: target });

describe('laws of comparing and settling', () => {
  it('a record does not differ from itself', () => {
    fc.assert(
      fc.property(worlds, ({ left, mapping, context }) => {
        const itself = mapping.map((row) => ({ ...row, ghl: row.atera }));
        const rows = diff(left, left, itself, context);
        expect(rows.filter(({ status }) => status !== 'same')).toEqual([]);
        expect(settleable(rows, 'left').concat(settleable(rows, 'right'))).toEqual([]);
      }),
      RUNS,
    );
  });

  it('choosing nothing plans nothing', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        expect(planOf({ ...world, chosen: [] })).toMatchObject({ operations: [], inverse: [] });
      }),
      RUNS,
    );
  });

  it('only what was chosen, differs and may be written is planned, each field once', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const { left, right, mapping, context, chosen, side } = world;
        const fields = fieldsOf(planOf(world));
        const may = settleable(diff(left, right, mapping, context), side).map(({ field }) => field);
        expect(fields).toEqual(may.filter((field) => chosen.includes(field)));
        expect(new Set(fields).size).toBe(fields.length);
      }),
      RUNS,
    );
  });

  it('a plan invents no value: each is the source’s own, in the form its transform writes', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const { mapping, context } = world;
        for (const { changes } of planOf(world).operations) {
          for (const { field, value, sourceKey, sourceExpected, key, expected } of changes) {
            const row = mapping.find((one) => one.field === field);
            const held = sourceOf(world).values[sourceKey] ?? null;
            expect(held).toBe(sourceExpected);
            expect(targetOf(world).values[key] ?? null).toBe(expected);
            if (value === null) expect(row?.empty).toBe('clear');
            else expect(TRANSFORMS[row?.transform ?? 'text'].toTarget(held ?? '', context)).toBe(value);
          }
        }
      }),
      RUNS,
    );
  });

  it('one pass settles: nothing that was written is left to write, and all of it reads back as stored', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const { operations } = planOf(world);
        const target = apply(targetOf(world), operations);
        const after = withTarget(world, target);
        expect(fieldsOf(planOf(after))).toEqual([]);
        const written = new Set(operations.flatMap(({ changes }) => changes.map(({ field }) => field)));
        const rows = diff(after.left, after.right, world.mapping, world.context);
        expect(rows.filter(({ field, status }) => written.has(field) && status !== 'same')).toEqual([]);
        for (const operation of operations) {
          const failed = verify(operation, target, world.context).filter(({ stored }) => !stored);
          expect(failed).toEqual([]);
        }
      }),
      RUNS,
    );
  });

  it('going back restores every value, to the letter', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const { operations, inverse } = planOf(world);
        const target = targetOf(world);
        const restored = apply(apply(target, operations), inverse);
        expect(restored).toEqual(target);
      }),
      RUNS,
    );
  });

  it('nothing counts as changed until somebody changes it, and then exactly that', () => {
    fc.assert(
      fc.property(worlds, fc.nat(), fc.boolean(), (world, pick, inSource) => {
        const [operation] = planOf(world).operations;
        fc.pre(operation !== undefined);
        const { changes } = operation ?? { changes: [] };
        const source = sourceOf(world);
        const target = targetOf(world);
        if (!operation) return;
        expect(changedMeanwhile(operation, target, source)).toEqual([]);
        const change = changes[pick % changes.length];
        if (!change) return;
        const edit = (record: RecordFields, key: string, before: FieldValue): RecordFields => ({
          ...record,
          values: { ...record.values, [key]: `${before ?? ''}!` },
        });
        expect(
          inSource
            ? changedMeanwhile(operation, target, edit(source, change.sourceKey, change.sourceExpected))
            : changedMeanwhile(operation, edit(target, change.key, change.expected), source),
        ).toEqual([change.field]);
      }),
      RUNS,
    );
  });
});
