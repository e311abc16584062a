import { describe, expect, it } from 'vitest';
import {
  type ActivityEntry,
  type ActivityFilter,
  EXPORT_COLUMNS,
  endedLines,
  exportRows,
  filterActivity,
  isAbout,
  keepable,
  linesOf,
  NO_FILTER,
  sortActivity,
} from '../../lib/core/activity.ts';
import type { Ref } from '../../lib/core/contact.ts';
import { toCsv } from '../../lib/core/export-text.ts';
import { NOTHING_DONE, type Write } from '../../lib/core/undo.ts';

const atera: Ref = { vendor: 'atera', accountId: 'tenant', kind: 'contact', id: '812' };
const ghl: Ref = { vendor: 'ghl', accountId: 'location', kind: 'contact', id: 'c0ffee' };
const entry = (
  id: string,
  extra: Partial<ActivityEntry<{ code: string }>> = {},
): ActivityEntry<{ code: string }> => ({
  id,
  at: 1000,
  kind: 'push',
  origin: 'agent',
  personName: 'Dana Müller',
  people: [atera, ghl],
  vendor: 'ghl',
  lines: [{ what: 'phone', before: null, after: '+1', found: null, outcome: 'verified' }],
  state: 'done',
  error: null,
  undo: { can: false, reason: 'comment' },
  undoes: null,
  undoneBy: null,
  ...extra,
});
const fields = (...names: ('phone' | 'city')[]): Write => ({
  kind: 'fields',
  target: ghl,
  changes: names.map((field) => ({
    field,
    transform: 'text',
    key: field,
    expected: 'old',
    value: 'new',
    sourceKey: field,
    sourceExpected: 'new',
  })),
});

describe('the list', () => {
  it('has the newest first, and the same order every time', () => {
    const [a, b, c] = [entry('a'), entry('b'), entry('c', { at: 2000 })];
    expect(sortActivity([a, b, c]).map(({ id }) => id)).toEqual(['c', 'b', 'a']);
    expect(sortActivity([b, c, a]).map(({ id }) => id)).toEqual(['c', 'b', 'a']);
  });

  it('knows by either record whom it is about', () => {
    expect(isAbout(entry('a'), [ghl])).toBe(true);
    expect(isAbout(entry('a'), [{ ...ghl, accountId: 'another' }])).toBe(false);
  });

  it.each<[Partial<ActivityFilter>, string[]]>([
    [{}, ['a', 'b']],
    [{ vendor: 'atera' }, ['b']],
    [{ kind: 'note' }, ['b']],
    [{ state: 'failed' }, ['b']],
    [{ from: 1000, to: 1000 }, ['a']],
    [{ from: 1001 }, ['b']],
    [{ text: ' MULLER ' }, ['a']],
    [{ text: 'c0ff' }, ['a', 'b']],
    [{ text: 'toner' }, ['b']],
    [{ text: 'nobody' }, []],
  ])('%j leaves %j', (filter, ids) => {
    const other = entry('b', {
      at: 2000,
      kind: 'note',
      vendor: 'atera',
      state: 'failed',
      personName: 'Sam',
      lines: [{ what: 'note', before: null, after: 'Order toner', found: null, outcome: 'not-written' }],
    });
    const found = filterActivity([entry('a'), other], { ...NO_FILTER, ...filter });
    expect(found.map(({ id }) => id)).toEqual(ids);
  });
});

describe('the lines', () => {
  it.each<[Write, object[]]>([
    [fields('phone'), [{ what: 'phone', before: 'old', after: 'new' }]],
    [{ kind: 'tag', contact: ghl, tag: 'vip', isOn: true }, [{ what: 'tag', before: null, after: 'vip' }]],
    [{ kind: 'tag', contact: ghl, tag: 'vip', isOn: false }, [{ what: 'tag', before: 'vip', after: null }]],
    [{ kind: 'comment', contact: atera, body: 'Hi' }, [{ what: 'comment', before: null, after: 'Hi' }]],
    [
      { kind: 'note', contact: ghl, body: null, userId: null },
      [{ what: 'note', before: null, after: null, isHidden: true }],
    ],
    [
      { kind: 'task', contact: ghl, title: 'Quote', dueAt: 1 },
      [{ what: 'task', before: null, after: 'Quote' }],
    ],
    [
      { kind: 'contact', created: ghl, values: [{ field: 'phone', key: 'phone', value: '1' }] },
      [{ what: 'phone', before: null, after: '1' }],
    ],
    [
      {
        kind: 'delete',
        of: 'task',
        contact: ghl,
        item: { id: 't', version: '', status: null },
        again: { kind: 'task', contact: ghl, title: 'Quote', dueAt: 1 },
        text: 'Quote',
      },
      [{ what: 'task', before: 'Quote', after: null }],
    ],
    [
      {
        kind: 'delete',
        of: 'note',
        contact: ghl,
        item: { id: 'n', version: '', status: null },
        again: null,
        text: null,
      },
      [{ what: 'note', before: null, after: null, isHidden: true }],
    ],
    [
      {
        kind: 'ticket-status',
        contact: atera,
        item: { id: '1', version: '', status: 'Open' },
        title: 'Toner',
        from: 'Open',
        to: 'Closed',
      },
      [{ what: 'status', before: 'Open', after: 'Closed' }],
    ],
    [
      {
        kind: 'task-status',
        contact: ghl,
        item: { id: 't', version: '', status: null },
        title: '',
        isDone: false,
      },
      [{ what: 'completed', before: 'yes', after: 'no' }],
    ],
    [
      { kind: 'pointer', contact: ghl, field: 'f1', expected: null, value: 'atera:t:1' },
      [{ what: 'pointer', before: null, after: 'atera:t:1' }],
    ],
    [
      { kind: 'archive', target: atera, isArchived: true, values: [] },
      [{ what: 'archived', before: 'no', after: 'yes' }],
    ],
    [
      { kind: 'company', contact: ghl, from: null, to: { id: 'b1', name: 'Kestrel' } },
      [{ what: 'company', before: null, after: 'Kestrel' }],
    ],
    [
      { kind: 'company', contact: ghl, from: { id: 'b1', name: 'Kestrel' }, to: null },
      [{ what: 'company', before: 'Kestrel', after: null }],
    ],
  ])('of %j', (write, lines) => {
    expect(linesOf(write)).toEqual(lines);
  });

  it.each([
    ['running', undefined, 'waiting', null],
    ['queued', undefined, 'waiting', null],
    ['done', { found: 'new', stored: true }, 'verified', null],
    ['done', { found: 'old', stored: false }, 'not-stored', 'old'],
    ['not-stored', { found: 'new', stored: true }, 'verified', null],
    ['not-stored', undefined, 'not-stored', null],
    ['conflict', { found: 'theirs', stored: false }, 'changed-meanwhile', 'theirs'],
    ['conflict', { found: 'old', stored: false }, 'not-written', 'old'],
    ['conflict', undefined, 'not-written', null],
    ['unknown', { found: 'new', stored: true }, 'verified', null],
    ['unknown', undefined, 'unknown', null],
    ['failed', undefined, 'not-written', null],
    ['refused', undefined, 'not-written', null],
  ] as const)('%s, read as %j, is %s', (state, read, outcome, found) => {
    const done = { ...NOTHING_DONE, fields: read ? [{ field: 'phone' as const, ...read }] : [] };
    expect(endedLines(fields('phone'), state, done)).toEqual([
      { what: 'phone', before: 'old', after: 'new', found, outcome },
    ]);
  });

  it('tell what became of each of several tags', () => {
    const write: Write = {
      kind: 'tags',
      contact: ghl,
      ops: [
        { tag: 'vip', isOn: true },
        { tag: 'old', isOn: false },
      ],
    };
    const tags = [
      { tag: 'vip', isOn: true, outcome: 'verified' as const, hasChanged: true },
      { tag: 'old', isOn: false, outcome: 'not-stored' as const, hasChanged: true },
    ];
    expect(endedLines(write, 'not-stored', { ...NOTHING_DONE, tags })).toEqual([
      { what: 'tag', before: null, after: 'vip', found: null, outcome: 'verified' },
      { what: 'tag', before: 'old', after: null, found: null, outcome: 'not-stored' },
    ]);
    expect(endedLines(write, 'running', NOTHING_DONE).map(({ outcome }) => outcome)).toEqual([
      'waiting',
      'waiting',
    ]);
  });

  it('keep no text that looks like a secret', () => {
    expect(keepable('Prefers calls')).toBe('Prefers calls');
    expect(keepable('password: hunter22')).toBeNull();
  });
});

describe('the export', () => {
  it('has a row per line, with every column, and no formula', () => {
    const two = entry('a', {
      personName: '=HYPERLINK("x")',
      error: { code: 'timeout' },
      lines: [
        { what: 'phone', before: '-1', after: '+1', found: null, outcome: 'verified' },
        { what: 'city', before: null, after: 'Oslo', found: 'Bergen', outcome: 'not-stored' },
      ],
    });
    const rows = exportRows([two]);
    expect(rows).toHaveLength(2);
    for (const row of rows) expect(Object.keys(row)).toEqual([...EXPORT_COLUMNS]);
    expect(rows[1]).toMatchObject({
      time: '1970-01-01T00:00:01.000Z',
      records: 'atera 812; ghl c0ffee',
      found: 'Bergen',
      error: 'timeout',
    });
    const csv = toCsv(EXPORT_COLUMNS, rows);
    expect(csv).toContain(`"'=HYPERLINK(""x"")"`);
    expect(csv).toContain(`'-1,'+1`);
  });
});
