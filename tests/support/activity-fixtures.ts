import type { ActivityView } from '../../lib/panel-state.ts';
import { HOUR, makePerson, NOW } from './panel-fixtures.ts';

export const makeEntry = (id: string, extra: Partial<ActivityView> = {}): ActivityView => ({
  id,
  at: NOW - HOUR,
  kind: 'push',
  origin: 'agent',
  personName: 'Dana Whitfield',
  people: [makePerson('atera').ref, makePerson('ghl').ref],
  vendor: 'ghl',
  lines: [{ what: 'phone', before: '+14155550199', after: '+14155550137', found: null, outcome: 'verified' }],
  state: 'done',
  error: null,
  undo: { can: true, stays: [] },
  undoes: null,
  undoneBy: null,
  ...extra,
});

/** One entry of each kind that looks different. */
export const ACTIVITY: ActivityView[] = [
  makeEntry('undo:u1', {
    kind: 'undo',
    at: NOW - 60_000,
    state: 'conflict',
    undoes: 'receipt:plan-1',
    undo: { can: false, reason: 'not-written' },
    lines: [
      {
        what: 'phone',
        before: '+14155550137',
        after: '+14155550199',
        found: '+14155550222',
        outcome: 'changed-meanwhile',
      },
    ],
  }),
  makeEntry('receipt:plan-1', { at: NOW - 120_000, undo: { can: true, stays: ['jobTitle'] } }),
  makeEntry('addition:a1', {
    kind: 'note',
    lines: [
      { what: 'note', before: null, after: 'Prefers calls before 10 am', found: null, outcome: 'verified' },
    ],
  }),
  makeEntry('addition:a2', {
    kind: 'comment',
    vendor: 'atera',
    undo: { can: false, reason: 'comment' },
    lines: [{ what: 'comment', before: null, after: null, found: null, outcome: 'verified', isHidden: true }],
  }),
  makeEntry('addition:a3', {
    kind: 'add-tag',
    state: 'failed',
    personName: '\u064A\u0648\u0633\u0641 \u0627\u0644\u062E\u0637\u064A\u0628',
    error: { code: 'forbidden', vendor: 'ghl', scope: 'contacts.write' },
    undo: { can: false, reason: 'not-written' },
    lines: [{ what: 'tag', before: null, after: 'x'.repeat(90), found: null, outcome: 'not-written' }],
  }),
];

/** An undo on Atera whose whole text took tags of others with it. */
export const LOST = makeEntry('undo:u9', {
  kind: 'undo',
  vendor: 'atera',
  undoes: 'tags:t1:atera',
  undo: { can: false, reason: 'as-before' },
  lines: [{ what: 'tag', before: 'vip', after: null, found: null, outcome: 'verified' }],
  gone: ['dental', 'renewal'],
});
export const UNDONE = makeEntry('tags:t1:atera', {
  kind: 'sync-tags',
  vendor: 'atera',
  undo: { can: false, reason: 'undone' },
  undoneBy: LOST.id,
  lines: [{ what: 'tag', before: null, after: 'vip', found: null, outcome: 'verified' }],
});
