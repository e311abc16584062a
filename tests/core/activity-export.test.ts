import { expect, it } from 'vitest';
import { exportRows } from '../../lib/core/activity.ts';

it.each([
  ['an error', { code: 'forbidden' }, 'forbidden'],
  ['none', null, null],
])('a line of an entry with %s', (_, error, told) => {
  const rows = exportRows([
    {
      id: 'a',
      at: 0,
      kind: 'push',
      origin: 'agent',
      personName: 'Dana',
      people: [],
      vendor: 'ghl',
      lines: [{ what: 'phone', before: null, after: '+1', found: null, outcome: 'verified' }],
      state: 'done',
      error,
      undo: { can: false, reason: 'comment' },
      undoes: null,
      undoneBy: null,
    },
  ]);
  expect(rows).toMatchObject([{ time: '1970-01-01T00:00:00.000Z', records: '', error: told }]);
});
