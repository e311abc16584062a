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

/** A push, and what took it back. */
export const TAKEN_BACK: ActivityView[] = [
  makeEntry('undo:u1', {
    kind: 'undo',
    undoes: 'receipt:plan-1',
    lines: [
      { what: 'phone', before: '+14155550137', after: '+14155550199', found: null, outcome: 'verified' },
    ],
  }),
  makeEntry('receipt:plan-1', { undoneBy: 'undo:u1', undo: { can: false, reason: 'undone' } }),
];

/** Called off while it waited. */
export const CANCELLED = makeEntry('addition:a4', {
  kind: 'note',
  state: 'failed',
  error: { code: 'cancelled', vendor: 'ghl' },
  undo: { can: false, reason: 'not-written' },
  lines: [{ what: 'note', before: null, after: 'Called back', found: null, outcome: 'not-written' }],
});

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

/** Undos that were refused: of fields, with what is offered instead, and of a note. */
export const REFUSED: ActivityView[] = [
  makeEntry('undo:r1', {
    kind: 'undo',
    at: NOW - 60_000,
    state: 'conflict',
    undoes: 'receipt:plan-1',
    undo: { can: false, reason: 'not-written' },
    lines: [
      {
        what: 'phone',
        before: '+14155550137',
        after: null,
        found: '+14155550222',
        outcome: 'changed-meanwhile',
      },
      { what: 'lastName', before: 'Whitfield', after: 'Whitfeld', found: null, outcome: 'not-written' },
      { what: 'city', before: 'Bergen', after: 'Oslo', found: null, outcome: 'changed-meanwhile' },
    ],
    offer: [
      { field: 'phone', state: 'changed', before: null, written: '+14155550137', now: '+14155550222' },
      { field: 'lastName', state: 'as-written', before: 'Whitfeld', written: 'Whitfield', now: 'Whitfield' },
      { field: 'city', state: 'as-before', before: 'Oslo', written: 'Bergen', now: 'Oslo' },
    ],
  }),
  makeEntry('receipt:plan-1', { at: NOW - 120_000 }),
  makeEntry('undo:r2', {
    kind: 'undo',
    state: 'conflict',
    undoes: 'addition:a1',
    undo: { can: false, reason: 'not-written' },
    lines: [
      {
        what: 'note',
        before: 'Prefers calls before 10 am',
        after: null,
        found: 'Prefers calls before 9 am',
        outcome: 'changed-meanwhile',
      },
    ],
    url: 'https://app.gohighlevel.com/v2/location/loc-1/contacts/detail/c0ffee',
  }),
  makeEntry('addition:a1', {
    kind: 'note',
    lines: [
      { what: 'note', before: null, after: 'Prefers calls before 10 am', found: null, outcome: 'verified' },
    ],
  }),
];

/** An undo that waits, and what it is to take back. */
export const WAITING: ActivityView[] = [
  makeEntry('undo:u1', {
    kind: 'undo',
    at: NOW - 60_000,
    state: 'queued',
    error: { code: 'network', vendor: 'ghl' },
    undoes: 'receipt:plan-1',
    undo: { can: false, reason: 'running' },
    lines: [
      { what: 'phone', before: '+14155550137', after: '+14155550199', found: null, outcome: 'waiting' },
    ],
  }),
  makeEntry('receipt:plan-1', { undoneBy: 'undo:u1', undo: { can: false, reason: 'undoing' } }),
];
