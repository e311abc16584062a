import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { CompanyName } from '../../lib/core/company.ts';
import type { FieldName, FieldValue, Ref } from '../../lib/core/contact.ts';
import type { FieldChange } from '../../lib/core/plan.ts';
import { addTag, hasTag, removeTag } from '../../lib/core/tag-list.ts';
import {
  type Done,
  type KeyValue,
  NOTHING_DONE,
  undoAfter,
  undoOf,
  type Write,
} from '../../lib/core/undo.ts';
import { cases } from './cases.ts';

// A busy machine may take its time.
vi.setConfig({ testTimeout: 60_000 });

const ghl: Ref = { vendor: 'ghl', accountId: 'location', kind: 'contact', id: 'c0ffee' };
const NAMES: readonly FieldName[] = ['phone', 'city', 'state', 'country'];

/** A record, as far as a write can reach it. */
interface World {
  values: Readonly<Record<string, FieldValue>>;
  tags: string;
  isArchived: boolean;
  status: string;
  company: CompanyName | null;
  isDone: boolean;
  pointer: FieldValue;
}
type Settable = Extract<
  Write,
  { kind: 'fields' | 'tag' | 'tags' | 'archive' | 'ticket-status' | 'task-status' | 'company' | 'pointer' }
>;

const ITEM = { id: '4821', version: 'v1', status: null };
const text = fc.constantFrom('Oslo', 'Bergen', ' Oslo ', 'vip', '');
const change = (field: FieldName, expected: FieldValue, value: FieldValue): FieldChange => ({
  field,
  transform: 'text',
  key: field,
  expected,
  value,
  sourceKey: field,
  sourceExpected: value,
});

/** What the vendor makes of it. `dropped`: what it accepts and does not store. `spelled`: stored in another spelling. */
function send(world: World, write: Settable, dropped: readonly FieldName[], spelled = ''): [World, Done] {
  const done = (hasChanged: boolean, extra: Partial<Done> = {}): Done => ({
    ...NOTHING_DONE,
    hasChanged,
    ...extra,
  });
  switch (write.kind) {
    case 'fields': {
      const fields = write.changes.map(({ field, value }) => {
        const stored = !dropped.includes(field);
        const found = stored ? value && `${value}${spelled}` : (world.values[field] ?? null);
        return { field, found, stored };
      });
      const values = {
        ...world.values,
        ...Object.fromEntries(fields.map(({ field, found }) => [field, found])),
      };
      return [{ ...world, values }, done(true, { fields })];
    }
    case 'tag': {
      const tags = (write.isOn ? addTag : removeTag)(world.tags, write.tag);
      return [{ ...world, tags }, done(hasTag(world.tags, write.tag) !== write.isOn)];
    }
    case 'tags': {
      const tags = write.ops.reduce((left, op) => (op.isOn ? addTag : removeTag)(left, op.tag), world.tags);
      const outcomes = write.ops.map((op) => ({
        ...op,
        outcome: 'verified' as const,
        hasChanged: hasTag(world.tags, op.tag) !== op.isOn,
      }));
      return [{ ...world, tags }, done(true, { tags: outcomes })];
    }
    case 'archive':
      return [{ ...world, isArchived: write.isArchived }, done(world.isArchived !== write.isArchived)];
    case 'pointer':
      return [{ ...world, pointer: write.value }, done(world.pointer !== write.value)];
    case 'task-status':
      return [{ ...world, isDone: write.isDone }, done(world.isDone !== write.isDone, { items: [ITEM] })];
    case 'ticket-status':
      return [
        { ...world, status: write.to },
        done(world.status !== write.to, { items: [{ ...ITEM, status: write.to }] }),
      ];
    case 'company':
      return [{ ...world, company: write.to }, done(world.company?.id !== write.to?.id)];
  }
}
const tagsOf = ({ tags }: World): string[] => ['vip', 'client', 'dental'].filter((tag) => hasTag(tags, tag));

const COMPANIES = fc.option(fc.constantFrom({ id: 'b1', name: 'Kestrel' }, { id: 'b2', name: 'Nightjar' }));
const worlds: fc.Arbitrary<World> = fc.record({
  values: fc.record(Object.fromEntries(NAMES.map((name) => [name, fc.option(text)]))),
  tags: fc.subarray(['vip', 'client', 'dental']).map((tags) => tags.join(', ')),
  isArchived: fc.boolean(),
  status: fc.constantFrom('Open', 'Pending', 'Closed'),
  isDone: fc.boolean(),
  company: COMPANIES,
  pointer: fc.option(fc.constantFrom('ghl:a:1', 'ghl:a:2')),
});
const writesIn = (world: World): fc.Arbitrary<Settable> =>
  fc.oneof(
    fc.subarray([...NAMES], { minLength: 1 }).chain((names) =>
      fc.tuple(...names.map(() => fc.option(text))).map(
        (values): Settable => ({
          kind: 'fields',
          target: ghl,
          changes: names.map((name, index) =>
            change(name, world.values[name] ?? null, values[index] ?? null),
          ),
        }),
      ),
    ),
    fc.record({
      kind: fc.constant('tag' as const),
      contact: fc.constant(ghl),
      tag: fc.constantFrom('vip', 'client', 'dental'),
      isOn: fc.boolean(),
    }),
    fc.record({
      kind: fc.constant('tags' as const),
      contact: fc.constant(ghl),
      ops: fc.uniqueArray(
        fc.record({ tag: fc.constantFrom('vip', 'client', 'dental'), isOn: fc.boolean() }),
        { minLength: 1, selector: ({ tag }) => tag },
      ),
    }),
    fc.record({
      kind: fc.constant('archive' as const),
      target: fc.constant(ghl),
      isArchived: fc.boolean(),
      values: fc.constant<KeyValue[]>([]),
    }),
    fc.record({
      kind: fc.constant('pointer' as const),
      contact: fc.constant(ghl),
      field: fc.constant('field-1'),
      expected: fc.constant(world.pointer),
      value: fc.constantFrom('ghl:a:1', 'ghl:a:2'),
    }),
    fc.record({
      kind: fc.constant('task-status' as const),
      contact: fc.constant(ghl),
      item: fc.constant(ITEM),
      title: fc.constant('Quote'),
      isDone: fc.boolean(),
    }),
    fc.record({
      kind: fc.constant('ticket-status' as const),
      contact: fc.constant(ghl),
      item: fc.constant(ITEM),
      title: fc.constant('Toner'),
      from: fc.constant(world.status),
      to: fc.constantFrom('Open', 'Pending', 'Closed'),
    }),
    fc.record({
      kind: fc.constant('company' as const),
      contact: fc.constant(ghl),
      from: fc.constant(world.company),
      to: COMPANIES,
    }),
  );

describe('laws of taking back', () => {
  it('the way back of every kind restores what was there, but for what it says stays', () => {
    fc.assert(
      fc.property(
        worlds.chain((world) => fc.tuple(fc.constant(world), writesIn(world))),
        fc.subarray([...NAMES]),
        fc.subarray([...NAMES]),
        fc.constantFrom('', ' '),
        ([world, write], dropped, emptied, spelled) => {
          const [after, done] = send(world, write, dropped, spelled);
          const undo = undoOf(write, done, (field) => emptied.includes(field));
          fc.pre(undo.can);
          if (!undo.can) return;
          const back = undo.write;
          if (back.kind === 'note' || back.kind === 'task' || back.kind === 'delete')
            throw new Error(back.kind);
          // It expects what the write left there: a later change of somebody else is seen.
          if (back.kind === 'fields')
            for (const { key, expected } of back.changes) expect(after.values[key] ?? null).toBe(expected);
          const [restored] = send(after, back, []);
          const stayed = Object.fromEntries(undo.stays.map((field) => [field, after.values[field] ?? null]));
          expect(restored.values).toEqual({ ...world.values, ...stayed });
          if (back.kind === 'pointer') expect(after.pointer).toBe(back.expected);
          const rest = ({ isArchived, status, isDone, company, pointer }: World) => [
            isArchived,
            status,
            isDone,
            company,
            pointer,
          ];
          expect([tagsOf(restored), ...rest(restored)]).toEqual([tagsOf(world), ...rest(world)]);
          // Only what was empty stays, and only where it may not be emptied.
          for (const field of undo.stays)
            expect([world.values[field], emptied.includes(field)]).toEqual([null, false]);
        },
      ),
      cases(1000),
    );
  });
});

describe('undoAfter', () => {
  const fields: Write = { kind: 'fields', target: ghl, changes: [change('city', 'Bergen', 'Oslo')] };
  const tag: Write = { kind: 'tag', contact: ghl, tag: 'vip', isOn: true };
  const tags: Write = { kind: 'tags', contact: ghl, ops: [{ tag: 'vip', isOn: true }] };
  const found = (stored: boolean): Done => ({
    ...NOTHING_DONE,
    hasChanged: true,
    tags: [{ tag: 'vip', isOn: true, outcome: stored ? 'verified' : 'unknown', hasChanged: true }],
    fields: [{ field: 'city', found: stored ? 'Oslo' : 'Bergen', stored }],
  });

  it.each<[Parameters<typeof undoAfter>[0], Write, boolean, 'can' | string]>([
    ['running', fields, true, 'running'],
    ['done', fields, true, 'can'],
    ['done', fields, false, 'not-written'],
    ['done', tag, true, 'can'],
    ['not-stored', fields, true, 'not-written'],
    ['conflict', fields, true, 'not-written'],
    ['refused', fields, true, 'not-written'],
    ['failed', fields, true, 'not-written'],
    // Values that were found are there; of anything else nobody knows.
    ['unknown', fields, true, 'can'],
    ['unknown', fields, false, 'unknown'],
    ['unknown', tag, true, 'unknown'],
    ['not-stored', tags, true, 'can'],
    ['failed', tags, true, 'not-written'],
    ['unknown', tags, true, 'can'],
    ['unknown', tags, false, 'unknown'],
  ])('%s: %o, found %j', (state, write, stored, expected) => {
    const undo = undoAfter(state, write, found(stored), () => false);
    expect(undo.can ? 'can' : undo.reason).toBe(expected);
  });

  it('is the way back itself, with what may be emptied', () => {
    const filled: Write = { ...fields, changes: [change('city', null, 'Oslo')] };
    for (const state of ['done', 'unknown'] as const) {
      expect(undoAfter(state, filled, found(true), () => true)).toEqual(
        undoOf(filled, found(true), () => true),
      );
      expect(undoAfter(state, filled, found(true), () => false).can).toBe(false);
    }
  });
});
