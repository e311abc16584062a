// @vitest-environment jsdom
import { screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { appointmentPart, countsOf, isOverdue } from '../../lib/panel/counts.ts';
import type { Section } from '../../lib/panel-state.ts';
import { makeItem, ready, SECTIONS, subjectState } from '../support/panel-fixtures.ts';
import { renderPanel } from '../support/render.tsx';

/** A quarter to midnight in Los Angeles, already the next day in UTC. */
const AT = Date.UTC(2026, 10, 25, 7, 45);
const minutes = (count: number): number => AT + count * 60_000;
const zone = process.env.TZ;

beforeEach(() => {
  process.env.TZ = 'America/Los_Angeles';
  vi.useFakeTimers({ toFake: ['Date'], now: AT });
});
afterEach(() => {
  vi.useRealTimers();
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
});

const TASKS = ready([
  makeItem('a', { at: minutes(-1) }),
  makeItem('b', { at: minutes(30) }),
  makeItem('c', { at: null }),
  makeItem('d', { at: minutes(-9), done: true }),
  makeItem('e', { at: minutes(9), done: true }),
]);
const DATES = ready([
  makeItem('over', { title: 'Kick-off', at: minutes(-60), state: 'showed', done: true }),
  makeItem('late', { title: 'Forgotten', at: minutes(-1), state: 'confirmed' }),
  makeItem('off', { title: 'Called off', at: minutes(60), state: 'cancelled', done: true }),
  makeItem('far', { title: 'Review', at: minutes(3 * 24 * 60), state: 'confirmed' }),
  makeItem('next', { title: 'Call', at: minutes(15), state: 'confirmed' }),
  makeItem('when', { title: 'Some day', at: null }),
]);
const show = async (sections: Partial<typeof SECTIONS>, tab: RegExp) => {
  const { user } = renderPanel(subjectState({ sections: { ...SECTIONS, ...sections } }));
  await user.click(await screen.findByRole('tab', { name: tab }));
  return within(screen.getByRole('tabpanel'));
};

describe('counts', () => {
  test('are unknown until the section is there', () => {
    for (const status of ['loading', 'withheld', 'off'] as const)
      expect(countsOf('tasks', { status }, AT)).toBeNull();
    const failed: Section = { status: 'failed', error: { code: 'network' } };
    expect(countsOf('tasks', failed, AT)).toBeNull();
  });

  test('of tasks: a task is overdue from the moment after it was due, and never when it is done', () => {
    expect(countsOf('tasks', TASKS, AT)).toEqual([
      ['open', 3],
      ['overdue', 1],
      ['done', 2],
    ]);
    expect(isOverdue(makeItem('x', { at: AT }), AT)).toBe(false);
    expect(isOverdue(makeItem('x', { at: AT - 1 }), AT)).toBe(true);
    expect(countsOf('tasks', ready([]), AT)).toEqual([['open', 0]]);
  });

  test('of appointments: what is to come, what has been, what will not be', () => {
    expect(countsOf('appointments', DATES, AT)).toEqual([
      ['upcoming', 2],
      ['past', 2],
      ['cancelled', 1],
      ['undated', 1],
    ]);
    expect(appointmentPart(makeItem('x', { at: AT }), AT)).toBe('upcoming');
  });
});

describe('tabs and sections', () => {
  test('tasks say open, overdue and done, on the tab and above the list', async () => {
    const body = await show({ tasks: TASKS }, /^Tasks, 3 open, 1 overdue, 2 done$/u);
    expect(body.getByText('3 open, 1 overdue, 2 done')).toBeDefined();
    const badge = screen.getByRole('tab', { name: /^Tasks/u }).querySelector('[data-overdue]');
    expect(badge?.textContent).toBe('3');
    expect(badge?.getAttribute('data-overdue')).toBe('true');
  });

  test('appointments come next first; times are those of the agent’s own clock', async () => {
    const body = await show(
      { appointments: DATES },
      /^Dates, 2 upcoming, 2 past, 1 called off, 1 without a time$/u,
    );
    const titles = body.getAllByRole('listitem').map((item) => item.querySelector('p')?.textContent);
    expect(titles).toEqual(['Call', 'Review', 'Forgotten', 'Kick-off', 'Called off', 'Some day']);
    expect(body.getByText(/^confirmed, Wed, Nov 25, 12:00/u)).toBeDefined();
    expect(body.getByText(/^Past · confirmed, Tue, Nov 24, 11:44/u)).toBeDefined();
  });

  test('tickets never claim a plain total where only the newest were looked at', async () => {
    const tickets = ready([makeItem('1', { vendor: 'atera', state: 'Open' })], { seen: 50, total: 1312 });
    const body = await show({ tickets }, /^Tickets, 1 in the newest 50 of 1,312, 1 open$/u);
    expect(body.getByText('1 in the newest 50 of 1,312, 1 open')).toBeDefined();
  });

  test('none among the newest is told with how far was looked', async () => {
    const body = await show(
      { tickets: ready([], { seen: 50, total: 90 }) },
      /^Tickets, 0 in the newest 50 of 90/u,
    );
    expect(
      body.getByText(
        'No ticket from this person in the newest 50 of 90. Older ones were not looked through.',
      ),
    ).toBeDefined();
  });

  test('notes and comments are counted', async () => {
    const body = await show({}, /^Notes, 2 notes$/u);
    expect(body.getByText('2 notes')).toBeDefined();
    expect(screen.getByRole('tab', { name: 'Comments, 2 comments' })).toBeDefined();
  });
});
