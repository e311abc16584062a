import { describe, expect, it } from 'vitest';
import {
  agreementOf,
  dueFor,
  FOLLOW_KINDS,
  FOLLOWS,
  followsOf,
  isDoneStatus,
  lintTaskRules,
  MAX_STATUSES,
  readTaskRules,
  SHIPPED_TASK_RULES,
  STOCK_STATUSES,
  statusAfter,
  type TaskRuleProblem,
  type TaskRules,
  taskRulesKey,
} from '../../lib/core/task-ticket.ts';

const NOON = Date.UTC(2026, 10, 24, 12);
const OWN: TaskRules = {
  dueDays: 10,
  done: ['Erledigt', 'Closed'],
  open: ['Open', 'In Arbeit'],
  completedAs: 'Erledigt',
  reopenedAs: 'In Arbeit',
};

describe('what a status means', () => {
  it.each<[string | null, boolean | null]>([
    ['Resolved', true],
    [' closed ', true],
    ['Open', false],
    ['Pending', false],
    ['Waiting for parts', null],
    [null, null],
  ])('%j is done: %j', (status, done) => {
    expect(isDoneStatus(status, SHIPPED_TASK_RULES)).toBe(done);
  });

  it('is the tenant’s own to say, however it is spelled', () => {
    expect(['erledigt', 'in arbeit', 'Resolved', 'Pending'].map((one) => isDoneStatus(one, OWN))).toEqual([
      true,
      false,
      null,
      null,
    ]);
  });
});

describe('rules for tasks', () => {
  it('are shipped so that they can be followed, with every stock status', () => {
    expect(lintTaskRules(SHIPPED_TASK_RULES)).toEqual([]);
    expect(lintTaskRules(OWN)).toEqual([]);
    expect(STOCK_STATUSES.every((status) => isDoneStatus(status, SHIPPED_TASK_RULES) !== null)).toBe(true);
  });

  it.each<[Partial<TaskRules>, TaskRuleProblem[]]>([
    [{ dueDays: 0 }, ['due-days']],
    [{ dueDays: 1 }, []],
    [{ dueDays: 365 }, []],
    [{ dueDays: 366 }, ['due-days']],
    [{ dueDays: 2.5 }, ['due-days']],
    [{ dueDays: Number.NaN }, ['due-days']],
    [{ open: ['Open', 'In Arbeit', '  '] }, ['empty']],
    [{ open: ['Open', 'In Arbeit', 'x'.repeat(101)] }, ['too-long']],
    [{ open: ['Open', 'In Arbeit', 'erledigt '] }, ['twice']],
    [{ open: ['Open', 'open', 'In Arbeit'] }, ['twice']],
    [
      { open: ['In Arbeit', ...Array.from({ length: MAX_STATUSES }, (_, index) => `s${index}`)] },
      ['too-many'],
    ],
    [{ completedAs: 'Open' }, ['not-done']],
    [{ reopenedAs: 'Erledigt' }, ['not-open']],
    [{ done: [], open: [] }, ['not-done', 'not-open']],
  ])('with %j are at fault: %j', (change, problems) => {
    expect(lintTaskRules({ ...OWN, ...change })).toEqual(problems);
  });

  it('are read as they were stored, and as shipped where nothing was', () => {
    expect(readTaskRules(undefined)).toEqual(SHIPPED_TASK_RULES);
    expect(readTaskRules({ ...OWN, more: 1 })).toEqual(OWN);
  });

  it.each([
    [null],
    ['rules'],
    [{}],
    [{ ...OWN, done: 'Closed' }],
    [{ ...OWN, open: [1] }],
    [{ ...OWN, dueDays: '3' }],
    [{ ...OWN, dueDays: 0 }],
    [{ ...OWN, completedAs: null }],
    [{ ...OWN, reopenedAs: 1 }],
    [{ ...OWN, reopenedAs: 'Closed' }],
  ])('that are damaged are none: %j', (stored) => {
    expect(readTaskRules(stored)).toBeNull();
  });

  it('are other ones with any change', () => {
    const others: TaskRules[] = [
      { ...OWN, dueDays: 11 },
      { ...OWN, done: ['Erledigt'] },
      { ...OWN, open: ['In Arbeit'] },
      { ...OWN, completedAs: 'Closed' },
      { ...OWN, reopenedAs: 'Open' },
    ];
    expect(new Set([OWN, ...others].map(taskRulesKey)).size).toBe(6);
    expect(taskRulesKey({ ...OWN })).toBe(taskRulesKey(OWN));
  });
});

describe('a task and its ticket', () => {
  const at = (
    isTaskDone: boolean,
    status: string | null,
    agreed: { isDone: boolean; status: string } | null,
    rules = OWN,
  ) => followsOf({ taskId: 't1', ticketId: '7', isTaskDone, status, agreed }, rules);
  const open = { isDone: false, status: 'Open' };
  const done = { isDone: true, status: 'Closed' };

  it('agree where the map says so', () => {
    expect(agreementOf(true, 'Closed', OWN)).toEqual(done);
    expect(agreementOf(false, 'Open', OWN)).toEqual(open);
    expect(agreementOf(true, 'Open', OWN)).toBeNull();
    expect(agreementOf(false, 'Pending', OWN)).toBeNull();
    expect(agreementOf(false, null, OWN)).toBeNull();
  });

  it.each([
    ['the task was completed', true, 'In Arbeit', open, 'resolve-ticket', 'Erledigt'],
    ['the ticket was closed', false, 'Closed', open, 'complete-task', 'Closed'],
    ['the task was opened again', false, 'Erledigt', done, 'reopen-ticket', 'In Arbeit'],
    ['the ticket was opened again', true, 'Open', done, 'reopen-task', 'Open'],
  ] as const)('follow: %s', (_case, isTaskDone, status, agreed, kind, after) => {
    expect(at(isTaskDone, status, agreed)).toEqual([
      { kind, taskId: 't1', ticketId: '7', from: status, status: after, rules: taskRulesKey(OWN) },
    ]);
  });

  it.each([
    [true, 'Open', ['reopen-task', 'resolve-ticket']],
    [false, 'Closed', ['complete-task', 'reopen-ticket']],
  ] as const)(
    'follow either way where nothing is known: task done %j, ticket %j',
    (isDone, status, kinds) => {
      expect(at(isDone, status, null).map(({ kind }) => kind)).toEqual(kinds);
      // What they agreed on by other rules says nothing.
      expect(at(isDone, status, { isDone, status: 'Pending' }).map(({ kind }) => kind)).toEqual(kinds);
      expect(at(isDone, status, { isDone: true, status: 'Open' }).map(({ kind }) => kind)).toEqual(kinds);
    },
  );

  it.each([
    [true, 'Closed'],
    [false, 'Open'],
    [true, 'Pending'],
    [false, 'Pending'],
    [true, null],
    [false, null],
  ])('do nothing: task done %j, ticket %j', (isDone, status) => {
    for (const agreed of [open, done, null]) expect(at(isDone, status, agreed)).toEqual([]);
  });

  it('agree once one of them has followed', () => {
    for (const kind of FOLLOW_KINDS) {
      const { item, isDone } = FOLLOWS[kind];
      const from = (item === 'task') === isDone ? 'Closed' : 'Open';
      const status = statusAfter(kind, from, OWN);
      expect(agreementOf(isDone, status, OWN)).toEqual({ isDone, status });
      expect(at(isDone, status, null)).toEqual([]);
    }
  });

  it('is due with the ticket, or some days from now, in whole seconds', () => {
    expect(dueFor(NOON + 999, NOON, 3)).toBe(NOON);
    expect(dueFor(null, NOON + 1, 10)).toBe(NOON + 10 * 86_400_000);
  });
});
