import { describe, expect, it } from 'vitest';
import type { Ref } from '../../lib/core/contact.ts';
import type { FieldChange } from '../../lib/core/plan.ts';
import {
  type Done,
  type Item,
  NOTHING_DONE,
  type TagDone,
  type Undo,
  undoOf,
  type Write,
} from '../../lib/core/undo.ts';

const atera: Ref = { vendor: 'atera', accountId: 'tenant', kind: 'contact', id: '812' };
const ghl: Ref = { vendor: 'ghl', accountId: 'location', kind: 'contact', id: 'c0ffee' };
const change = (field: 'phone' | 'city', expected: string | null, value: string): FieldChange => ({
  field,
  transform: 'text',
  key: field,
  expected,
  value,
  sourceKey: field,
  sourceExpected: value,
});
const item: Item = { id: 'n1', version: 'v1', status: null };
const open: Item = { id: '4821', version: 'v1', status: 'Open' };
const done = (extra: Partial<Done> = {}): Done => ({ ...NOTHING_DONE, hasChanged: true, ...extra });
const read = (field: 'phone' | 'city', found: string | null, stored = true) => ({ field, found, stored });
const no = (reason: string) => ({ can: false, reason });
const yes = (write: Write, stays: string[] = []) => ({ can: true, write, stays });

const fields: Write = { kind: 'fields', target: ghl, changes: [change('phone', '111', '222')] };
const both: Write = { ...fields, changes: [change('phone', '111', '222'), change('city', null, 'Oslo')] };
const note: Write = { kind: 'note', contact: ghl, body: 'Called.', userId: 'u1' };
const task: Write = { kind: 'task', contact: ghl, title: 'Quote', dueAt: 5 };
const ticket: Write = { kind: 'ticket', contact: atera, title: 'Toner' };
const close: Write = {
  kind: 'ticket-status',
  contact: atera,
  item: open,
  title: 'Toner',
  from: 'Open',
  to: 'Closed',
};
const complete: Write = { kind: 'task-status', contact: ghl, item, title: 'Quote', isDone: true };
const contact = (created: Ref): Write => ({
  kind: 'contact',
  created,
  values: [
    { field: 'phone', key: 'Phone', value: '222' },
    { field: 'city', key: 'City', value: 'Oslo' },
  ],
});
const archive: Write = {
  kind: 'archive',
  target: atera,
  isArchived: true,
  values: [
    { field: 'phone', key: 'Phone', value: '+222' },
    { field: 'city', key: 'City', value: 'Oslo' },
  ],
};
const pointer: Write & { kind: 'pointer' } = {
  kind: 'pointer',
  contact: atera,
  field: 'GHL contact',
  expected: 'ghl:a:9',
  value: 'ghl:a:1',
};
const remove = (write: Write & { kind: 'note' | 'task' }, text: string | null): Write => ({
  kind: 'delete',
  of: write.kind,
  contact: ghl,
  item,
  again:
    (write.kind === 'note' && write.body === null) || (write.kind === 'task' && write.hasMore) ? null : write,
  text,
});

const TABLE: [string, Write, Done, ReturnType<typeof no> | ReturnType<typeof yes>][] = [
  [
    'a value goes back to what was there, and expects the spelling that was found',
    fields,
    done({ fields: [read('phone', '+222')] }),
    yes({ ...fields, changes: [{ ...change('phone', '+222', '222'), value: '111' }] }),
  ],
  ['a value that was as wanted stays', fields, NOTHING_DONE, no('as-before')],
  [
    'what was not kept has no way back',
    fields,
    done({ fields: [read('phone', '111', false)] }),
    no('not-written'),
  ],
  [
    'an empty field stays filled, the other one goes back',
    both,
    done({ fields: [read('phone', '222'), read('city', 'Oslo')] }),
    yes({ ...fields, changes: [{ ...change('phone', '222', '222'), value: '111' }] }, ['city']),
  ],
  [
    'nothing but a field that was empty cannot go back',
    { ...fields, changes: [change('city', null, 'Oslo')] },
    done({ fields: [read('city', 'Oslo')] }),
    no('cannot-empty'),
  ],
  [
    'a tag comes off',
    { kind: 'tag', contact: ghl, tag: 'vip', isOn: true },
    done(),
    yes({ kind: 'tag', contact: ghl, tag: 'vip', isOn: false }),
  ],
  [
    'a tag comes back',
    { kind: 'tag', contact: atera, tag: 'vip', isOn: false },
    done(),
    yes({ kind: 'tag', contact: atera, tag: 'vip', isOn: true }),
  ],
  [
    'a tag that was there before stays',
    { kind: 'tag', contact: ghl, tag: 'vip', isOn: true },
    NOTHING_DONE,
    no('as-before'),
  ],
  [
    'a contact goes back to the company of before',
    { kind: 'company', contact: ghl, from: { id: 'b1', name: 'A' }, to: { id: 'b2', name: 'B' } },
    done(),
    yes({ kind: 'company', contact: ghl, from: { id: 'b2', name: 'B' }, to: { id: 'b1', name: 'A' } }),
  ],
  [
    'a contact of GHL that was in no company goes out of it again',
    { kind: 'company', contact: ghl, from: null, to: { id: 'b2', name: 'B' } },
    done(),
    yes({ kind: 'company', contact: ghl, from: { id: 'b2', name: 'B' }, to: null }),
  ],
  [
    'a contact of Atera that was in no company stays',
    { kind: 'company', contact: atera, from: null, to: { id: '2', name: 'B' } },
    done(),
    no('cannot-empty'),
  ],
  [
    'a contact that was in the company already stays',
    { kind: 'company', contact: atera, from: null, to: { id: '2', name: 'B' } },
    NOTHING_DONE,
    no('as-before'),
  ],
  [
    'a pointer goes back to the one that stood there, and expects the one that was written',
    pointer,
    done(),
    yes({ ...pointer, expected: 'ghl:a:1', value: 'ghl:a:9' } as Write),
  ],
  ['a pointer where nothing stood stays', { ...pointer, expected: null }, done(), no('cannot-empty')],
  ['a pointer that stood there already stays', pointer, NOTHING_DONE, no('as-before')],
  ['a comment stays', { kind: 'comment', contact: atera, body: 'x' }, done(), no('comment')],
  ['a note is deleted', note, done({ items: [item] }), yes(remove(note, 'Called.'))],
  ['a task is deleted', task, done({ items: [item] }), yes(remove(task, 'Quote'))],
  [
    'a note whose text was not kept is deleted for good',
    { ...note, body: null },
    done({ items: [item] }),
    yes(remove({ ...note, body: null }, null)),
  ],
  [
    'a task with a text that was not kept is deleted for good',
    { ...task, hasMore: true },
    done({ items: [item] }),
    yes(remove({ ...task, hasMore: true }, 'Quote')),
  ],
  ['of two notes that look alike none is deleted', note, done({ items: [item, item] }), no('which-one')],
  [
    'a task that somebody has worked on before it was read back stays',
    task,
    done({ items: [{ ...item, isChanged: true }] }),
    no('changed-since'),
  ],
  [
    'a ticket that somebody has worked on before it was read back stays',
    ticket,
    done({ items: [{ ...open, isChanged: true }] }),
    no('changed-since'),
  ],
  ['a note that is not there is not deleted', note, done(), no('not-written')],
  ['a ticket is closed', ticket, done({ items: [open] }), yes(close)],
  [
    'a ticket for a task is closed, and it is known whose task',
    { ...ticket, linkedTo: 'g1' },
    done({ items: [open] }),
    yes({ ...close, linkedTo: 'g1' }),
  ],
  [
    'a ticket without a status is closed too',
    ticket,
    done({ items: [item] }),
    yes({ ...close, item, from: '' } as Write),
  ],
  [
    'a new contact of GHL stays',
    contact(ghl),
    done({ fields: [read('phone', '222')] }),
    no('created-in-ghl'),
  ],
  [
    'a new company stays, in either system',
    contact({ ...atera, kind: 'customer' }),
    done({ fields: [read('phone', '222')] }),
    no('created-company'),
  ],
  [
    'a new contact of Atera is archived',
    contact(atera),
    done({ fields: [read('phone', '+222')] }),
    yes(archive),
  ],
  ['a new contact that was never read stays', contact(atera), done(), no('unknown')],
  ['a deleted note is written again', remove(note, 'Called.'), done(), yes(note)],
  ['a note that somebody else deleted is not', remove(note, 'Called.'), NOTHING_DONE, no('as-before')],
  ['a deleted text that was not kept is gone', remove({ ...note, body: null }, null), done(), no('not-kept')],
  [
    'a closed ticket is opened again',
    close,
    done({ items: [{ ...open, version: 'v2', status: 'Closed' }] }),
    yes({
      ...close,
      item: { ...open, version: 'v2', status: 'Closed' },
      from: 'Closed',
      to: 'Open',
    } as Write),
  ],
  ['a ticket that was closed already stays', close, NOTHING_DONE, no('as-before')],
  [
    'a status that is not known cannot come back',
    { ...close, from: '' } as Write,
    done({ items: [open] }),
    no('no-status'),
  ],
  [
    'a completed task is opened again, as it was found',
    complete,
    done({ items: [{ ...item, version: 'v2' }] }),
    yes({ ...complete, item: { ...item, version: 'v2' }, isDone: false }),
  ],
  ['a task that was completed already stays', complete, NOTHING_DONE, no('as-before')],
  ['a completed task that was not found stays', complete, done(), no('not-written')],
  ['an archived contact comes back', archive, done(), yes({ ...archive, isArchived: false } as Write)],
  ['a contact that was archived already stays', archive, NOTHING_DONE, no('as-before')],
];

const sent = (tag: string, isOn: boolean, outcome: TagDone['outcome'] = 'verified'): TagDone => ({
  tag,
  isOn,
  outcome,
  hasChanged: true,
});

describe('the way back of several tags', () => {
  const write: Write = {
    kind: 'tags',
    contact: atera,
    ops: [
      { tag: 'vip', isOn: true },
      { tag: 'old', isOn: false },
    ],
  };
  it.each<[string, TagDone[] | undefined, unknown]>([
    [
      'takes off what was put on, and puts back what was taken off',
      [sent('vip', true), sent('old', false)],
      yes({
        ...write,
        ops: [
          { tag: 'vip', isOn: false },
          { tag: 'old', isOn: true },
        ],
      }),
    ],
    [
      'leaves what was as wanted before, and what was not kept',
      [{ ...sent('vip', true), hasChanged: false }, sent('old', false), sent('x', true, 'not-stored')],
      yes({ ...write, ops: [{ tag: 'old', isOn: true }] }),
    ],
    [
      'has nothing to do where nothing was sent',
      [{ ...sent('vip', true), hasChanged: false }],
      no('as-before'),
    ],
    ['has nothing to do where nothing was kept', [sent('vip', true, 'not-stored')], no('not-written')],
    ['of a row that says nothing', undefined, no('as-before')],
  ])('%s', (_case, tags, expected) => {
    expect(undoOf(write, done(tags ? { tags } : {}), () => false)).toEqual(expected);
  });
});

describe('the way back', () => {
  it.each(TABLE)('%s', (_case, write, result, expected) => {
    expect(undoOf(write, result, () => false)).toEqual(expected);
  });

  it('empties a field where that is allowed', () => {
    const filled: Write = { ...fields, changes: [change('city', null, 'Oslo')] };
    const undo = undoOf(filled, done({ fields: [read('city', 'Oslo')] }), (field) => field === 'city');
    expect(undo).toEqual(yes({ ...fields, changes: [{ ...change('city', 'Oslo', 'Oslo'), value: null }] }));
  });

  it('there and back again is the write itself', () => {
    const back = (undo: Undo): Write => {
      if (!undo.can) throw new Error(undo.reason);
      return undo.write;
    };
    for (const write of [note, task, { kind: 'tag', contact: ghl, tag: 'vip', isOn: true } as const]) {
      const there = back(undoOf(write, done({ items: [item] }), () => false));
      expect(back(undoOf(there, done(), () => false))).toEqual(write);
    }
  });
});
