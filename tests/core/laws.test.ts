import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { FIELD_NAMES, type FieldValue } from '../../lib/core/contact.ts';
import { diff, type RecordFields, settleable } from '../../lib/core/diff.ts';
import { changedMeanwhile, fieldsOf, type Operation, type Plan, plan, verify } from '../../lib/core/plan.ts';
import { TRANSFORMS } from '../../lib/core/transform.ts';
import { cases } from './cases.ts';
import { REFS, type World, worlds } from './worlds.ts';

// A busy machine may take its time.
vi.setConfig({ testTimeout: 60_000 });

const RUNS = cases(1000);
/** What follows from writing is tried with what is written: a plan that has nothing to do proves nothing. */
const writes = (made: Plan): Plan => {
  fc.pre(made.operations.length > 0);
  return made;
};
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

  it('where nothing differs, nothing is planned, whatever is chosen', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const mapping = world.mapping.map((row) => ({ ...row, ghl: row.atera }));
        const equal = { ...world, mapping, right: world.left, chosen: [...FIELD_NAMES] };
        expect(planOf(equal)).toMatchObject({ operations: [], inverse: [] });
        const { source, target } = planOf(world);
        expect(plan([], [...FIELD_NAMES], { source, target, side: world.side, mapping })).toEqual({
          source,
          target,
          operations: [],
          inverse: [],
        });
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
        for (const { changes } of writes(planOf(world)).operations) {
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
        const { operations } = writes(planOf(world));
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
        const { operations, inverse } = writes(planOf(world));
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
