// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { SHIPPED_TASK_RULES, taskRulesKey } from '../../lib/core/task-ticket.ts';
import { completionState, TASK_COPY, taskState } from '../support/copy-scenes.ts';
import { renderPanel } from '../support/render.tsx';

const panel = () => within(screen.getByRole('tabpanel'));

async function open(tab: RegExp, state = taskState()) {
  const view = renderPanel(state, {
    previewCopy: () => TASK_COPY,
    addToContact: (data) => ({ id: (data as { id: string }).id, state: 'done', error: null }),
  });
  await view.user.click(await screen.findByRole('tab', { name: tab }));
  return view;
}

test('a task is previewed with its title and who gets it, then becomes a ticket', async () => {
  const { user, sentOf } = await open(/^Tasks/u);
  await user.click(panel().getByRole('button', { name: 'Open a ticket for this: Send renewal quote' }));
  expect(await panel().findByText('Title: Send renewal quote')).toBeDefined();
  expect(panel().getByText(/^Assigned to Morgan Reyes/u)).toBeDefined();
  expect(panel().getByText(/who can read the text/u)).toBeDefined();
  await user.click(panel().getByRole('button', { name: 'Open this ticket in Atera' }));
  await waitFor(() =>
    expect(sentOf('addToContact')).toMatchObject([
      {
        contact: { vendor: 'atera' },
        addition: { kind: 'copy-task', sourceId: 't1', title: 'Send renewal quote', technicianId: 5001 },
      },
    ]),
  );
});

test('a ticket becomes a task, due when the agent says', async () => {
  const { user, sentOf } = await open(/^Tickets/u);
  await user.click(panel().getByRole('button', { name: 'Make a task of this: Printer offline again' }));
  await user.click(await panel().findByRole('button', { name: 'Add this task to GHL' }));
  await waitFor(() =>
    expect(sentOf('addToContact')).toMatchObject([
      { contact: { vendor: 'ghl' }, addition: { kind: 'copy-ticket', dueAt: TASK_COPY.dueAt } },
    ]),
  );
});

const RULES = taskRulesKey(SHIPPED_TASK_RULES);
const follow = { taskId: 't1', ticketId: '4821', rules: RULES };

test.each([
  [
    'Tasks',
    'Resolved',
    false,
    false,
    'Complete the task too',
    { kind: 'complete-task', from: 'Resolved', status: 'Resolved' },
  ],
  [
    'Tasks',
    'Pending',
    true,
    true,
    'Open the task again too',
    { kind: 'reopen-task', from: 'Pending', status: 'Pending' },
  ],
  [
    'Tickets',
    'Pending',
    true,
    false,
    'Set the ticket to Resolved too',
    { kind: 'resolve-ticket', from: 'Pending', status: 'Resolved' },
  ],
  [
    'Tickets',
    'Closed',
    false,
    true,
    'Set the ticket back to Open too',
    { kind: 'reopen-ticket', from: 'Closed', status: 'Open' },
  ],
] as const)(
  '%s: a ticket that is %s, its task done: %s, both were: %s: %s',
  async (tab, status, done, was, words, sent) => {
    const { user, sentOf } = await open(new RegExp(`^${tab}`, 'u'), completionState(status, done, was));
    const [button, ...others] = panel().getAllByRole('button', { name: / too: /u });
    expect(others).toEqual([]);
    expect(button?.getAttribute('aria-label')).toMatch(new RegExp(`^${words}: `, 'u'));
    expect(button?.textContent).toBe(words);
    if (button) await user.click(button);
    expect(await panel().findAllByText(/^Done\. (?:GHL|Atera) has it now\.$/u)).toHaveLength(1);
    expect(sentOf('addToContact')).toMatchObject([{ addition: { ...follow, ...sent } }]);
  },
);

test.each([/^Tasks/u, /^Tickets/u])(
  'where it is not known which was changed, both ways are offered: %s',
  async (tab) => {
    const { user, sentOf } = await open(tab, completionState('Open', true, null));
    expect(
      panel().getByText(/^The task is done, and its ticket is open \(Open\)\. Nothing here tells/u),
    ).toBeDefined();
    expect(
      panel()
        .getAllByRole('button', { name: / too: /u })
        .map(({ textContent }) => textContent),
    ).toEqual(['Open the task again too', 'Set the ticket to Resolved too']);
    await user.click(panel().getByRole('button', { name: /^Open the task again too/u }));
    await waitFor(() =>
      expect(sentOf('addToContact')).toMatchObject([
        { contact: { vendor: 'ghl' }, addition: { kind: 'reopen-task' } },
      ]),
    );
  },
);

test.each([
  ['Waiting for parts', false],
  ['Waiting for parts', true],
  ['Open', false],
  ['Resolved', true],
] as const)('with a ticket that is %s, and a task done: %s, nothing is offered', async (status, done) => {
  for (const tab of [/^Tasks/u, /^Tickets/u]) {
    const { unmount } = await open(tab, completionState(status, done, null));
    expect(panel().queryByRole('button', { name: / too: /u })).toBeNull();
    unmount();
  }
});

test('nothing is offered where the rules are damaged, or where a marker alone says that they belong together', async () => {
  const state = completionState('Open', true);
  const { unmount } = await open(/^Tickets/u, {
    ...state,
    adding: state.adding && { ...state.adding, taskRules: null },
  });
  expect(panel().queryByRole('button', { name: / too: /u })).toBeNull();
  unmount();
  const marked = { way: 'from', kind: 'task', id: 't1', isEdited: false } as const;
  await open(/^Tickets/u, taskState({ ticket: marked }, { status: 'Open', done: true }));
  expect(panel().getByText('Made from a task in GHL')).toBeDefined();
  expect(panel().queryByRole('button', { name: / too: /u })).toBeNull();
});

test('a ticket that is done by the rules is not offered as a task', async () => {
  const state = taskState({}, { status: 'Erledigt' });
  const taskRules = { ...SHIPPED_TASK_RULES, done: ['Erledigt'], completedAs: 'Erledigt' };
  await open(/^Tickets/u, { ...state, adding: state.adding && { ...state.adding, taskRules } });
  expect(panel().queryByRole('button', { name: /^Make a task of this/u })).toBeNull();
});
