import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { type Base, baseAfter } from '../../lib/core/base.ts';
import type { FieldName, FieldValue } from '../../lib/core/contact.ts';
import { diff, type RecordFields, type Side } from '../../lib/core/diff.ts';
import { type Choice, type Choices, type Merge, merge } from '../../lib/core/merge.ts';
import { changedMeanwhile, type Operation, verify } from '../../lib/core/plan.ts';
import { TRANSFORMS } from '../../lib/core/transform.ts';
import { cases } from './cases.ts';
import { REFS, VALUES, type World, worlds } from './worlds.ts';

// A busy machine may take its time.
vi.setConfig({ testTimeout: 60_000 });
const RUNS = cases(1000);
/** What follows from writing is tried with what is written: a sync that has nothing to do proves nothing. */
const writes = <T extends Pick<Merge, 'operations'>>(result: T): T => {
  fc.pre(result.operations.length > 0);
  return result;
};

const value: fc.Arbitrary<FieldValue> = fc.oneof(...Object.values(VALUES));
const choice: fc.Arbitrary<Choice> = fc.oneof(
  fc.constantFrom<Choice>({ keep: 'left' }, { keep: 'right' }, { leave: true }),
  value.map((typed): Choice => ({ value: typed ?? '' })),
);

interface History extends World {
  base: Base;
  choices: Choices;
}

/** A world with a past: for some fields one side, or both, still hold what they held at the last sync. */
const histories: fc.Arbitrary<History> = worlds.chain((world) =>
  fc
    .tuple(
      ...world.mapping.map((row) =>
        fc.record({
          kind: fc.constantFrom('none', 'left-kept', 'right-kept', 'both-changed'),
          other: value,
          choice: fc.option(choice, { nil: null }),
          row: fc.constant(row),
        }),
      ),
    )
    .map((past): History => {
      const base = past.flatMap(
        ({ kind, other, row }): [FieldName, { left: FieldValue; right: FieldValue }][] => {
          const a = world.left.values[row.atera] ?? null;
          const b = world.right.values[row.ghl] ?? null;
          if (kind === 'none') return [];
          if (kind === 'left-kept') return [[row.field, { left: a, right: a }]];
          if (kind === 'right-kept') return [[row.field, { left: b, right: b }]];
          return [[row.field, { left: other, right: other }]];
        },
      );
      return {
        ...world,
        base: Object.fromEntries(base),
        choices: Object.fromEntries(past.flatMap((one) => (one.choice ? [[one.row.field, one.choice]] : []))),
      };
    }),
);

const rowsOf = ({ left, right, mapping, context, base }: History) =>
  diff(left, right, mapping, context, base);
const mergeOf = (history: History): Merge =>
  merge(rowsOf(history), history.choices, {
    ...history.context,
    mapping: history.mapping,
    refs: REFS,
  });
const sideOf = ({ target }: Operation): Side => (target.vendor === 'atera' ? 'left' : 'right');

const apply = (history: History, operations: readonly Operation[]): History => {
  const next = { ...history };
  for (const operation of operations) {
    const side = sideOf(operation);
    next[side] = {
      ...next[side],
      values: {
        ...next[side].values,
        ...Object.fromEntries(operation.changes.map(({ key, value: written }) => [key, written])),
      },
    };
  }
  return next;
};
/** After the writes were read back: what agrees is the new base, and nobody decides anything any more. */
const settled = (history: History): History => {
  const { left, right, mapping, context, base } = history;
  return { ...history, base: baseAfter(base, left, right, mapping, context), choices: {} };
};
const fieldsOf = ({ operations }: Merge): Set<FieldName> =>
  new Set(operations.flatMap(({ changes }) => changes.map(({ field }) => field)));

describe('laws of merging', () => {
  it('equal records need nothing, whatever was before and whatever is chosen', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const mapping = history.mapping.map((row) => ({ ...row, ghl: row.atera }));
        const equal: History = { ...history, mapping, right: history.left };
        expect(mergeOf(equal)).toEqual({ operations: [], inverse: [], open: [], blocked: [] });
      }),
      RUNS,
    );
  });

  it('one pass converges: what was written agrees, and a second sync writes nothing of it', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const first = writes(mergeOf(history));
        const after = settled(apply(history, first.operations));
        const written = fieldsOf(first);
        const rows = rowsOf(after).filter(({ field }) => written.has(field));
        expect(rows.filter(({ status }) => status !== 'same')).toEqual([]);
        const second = mergeOf(after);
        expect([...fieldsOf(second)].filter((field) => written.has(field))).toEqual([]);
        expect(
          [...second.open, ...second.blocked.map(({ field }) => field)].filter((field) => written.has(field)),
        ).toEqual([]);
      }),
      RUNS,
    );
  });

  it('a second sync without a new edit writes nothing at all', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const undecided = { ...history, choices: {} };
        const after = settled(apply(undecided, writes(mergeOf(undecided)).operations));
        expect(mergeOf(after).operations).toEqual([]);
      }),
      RUNS,
    );
  });

  it('invents no value: each comes from the other side, or from the agent', () => {
    fc.assert(
      fc.property(histories, (history) => {
        for (const operation of writes(mergeOf(history)).operations) {
          for (const change of operation.changes) {
            const row = history.mapping.find(({ field }) => field === change.field);
            const made = history.choices[change.field];
            const typed = made && 'value' in made ? made.value : change.sourceExpected;
            if (change.value === null) expect(row?.empty).toBe('clear');
            else
              expect(TRANSFORMS[row?.transform ?? 'text'].toTarget(typed ?? '', history.context)).toBe(
                change.value,
              );
          }
        }
      }),
      RUNS,
    );
  });

  it('overwrites an edit only when the agent said so', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const rows = rowsOf(history);
        for (const operation of writes(mergeOf(history)).operations) {
          for (const { field } of operation.changes) {
            if (history.choices[field]) continue;
            const status = rows.find((row) => row.field === field)?.status;
            // The side that is written is the one that nobody has edited since the last sync.
            expect(status).toBe(sideOf(operation) === 'left' ? 'changed-right' : 'changed-left');
          }
        }
      }),
      RUNS,
    );
  });

  it('every difference is written, asked, refused with a reason, or left as decided: none is forgotten', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const result = mergeOf(history);
        const written = fieldsOf(result);
        for (const { field, status } of rowsOf(history)) {
          const made = history.choices[field];
          const fates = [
            written.has(field),
            result.open.includes(field),
            result.blocked.some((one) => one.field === field),
            status !== 'same' && made !== undefined && 'leave' in made,
          ].filter(Boolean).length;
          expect(fates).toBe(status === 'same' ? 0 : 1);
        }
      }),
      RUNS,
    );
  });

  it('undo after a sync restores both records, to the letter', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const { operations, inverse } = writes(mergeOf(history));
        const back = apply(apply(history, operations), inverse);
        expect([back.left, back.right]).toEqual([history.left, history.right]);
      }),
      RUNS,
    );
  });

  it('undo finds what the sync wrote, and notices when somebody wrote since', () => {
    fc.assert(
      fc.property(histories, fc.nat(), (history, pick) => {
        const { operations, inverse } = writes(mergeOf(history));
        const after = apply(history, operations);
        for (const operation of inverse) {
          const side = sideOf(operation);
          const expectsOnly = (record: RecordFields) =>
            operation.changes
              .filter(({ key, expected }) => (record.values[key] ?? null) !== expected)
              .map(({ field }) => field);
          expect(expectsOnly(after[side])).toEqual([]);
          const change = operation.changes[pick % operation.changes.length];
          if (!change) continue;
          const edited: RecordFields = {
            ...after[side],
            values: { ...after[side].values, [change.key]: `${change.expected ?? ''}!` },
          };
          expect(expectsOnly(edited)).toEqual([change.field]);
        }
      }),
      RUNS,
    );
  });

  it('what is written was expected on both sides, and reads back as stored', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const { operations } = writes(mergeOf(history));
        const after = apply(history, operations);
        for (const operation of operations) {
          const side = sideOf(operation);
          const other = side === 'left' ? history.right : history.left;
          expect(changedMeanwhile(operation, history[side], other)).toEqual([]);
          expect(verify(operation, after[side], history.context).every(({ stored }) => stored)).toBe(true);
        }
      }),
      RUNS,
    );
  });

  it('is the same seen from the other side', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const turn = (side: Side): Side => (side === 'left' ? 'right' : 'left');
        const turned: History = {
          ...history,
          left: history.right,
          right: history.left,
          mapping: history.mapping.map((row) => ({
            ...row,
            atera: row.ghl,
            ghl: row.atera,
            direction:
              row.direction === 'to-atera'
                ? 'to-ghl'
                : row.direction === 'to-ghl'
                  ? 'to-atera'
                  : row.direction,
          })),
          base: Object.fromEntries(
            Object.entries(history.base).map(([field, { left, right }]) => [
              field,
              { left: right, right: left },
            ]),
          ),
          choices: Object.fromEntries(
            Object.entries(history.choices).map(([field, made]) => [
              field,
              'keep' in made ? { keep: turn(made.keep) } : made,
            ]),
          ),
        };
        const told = (result: Merge, turnSide: (side: Side) => Side) =>
          result.operations
            .flatMap((operation) =>
              operation.changes.map(({ field, value: written }) =>
                JSON.stringify([turnSide(sideOf(operation)), field, written]),
              ),
            )
            .sort();
        expect(told(mergeOf(turned), turn)).toEqual(told(mergeOf(history), (side) => side));
      }),
      RUNS,
    );
  });
});
