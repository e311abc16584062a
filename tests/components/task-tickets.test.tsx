// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
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

test('a task whose ticket is done can be completed too', async () => {
  const { user, sentOf } = await open(/^Tasks/u, completionState('Resolved', false));
  expect(panel().getByText('Has ticket 4821')).toBeDefined();
  await user.click(panel().getByRole('button', { name: /^Complete this task too/u }));
  expect(await panel().findAllByText('Done. GHL has it now.')).toHaveLength(1);
  expect(sentOf('addToContact')).toMatchObject([
    { addition: { kind: 'complete-task', taskId: 't1', ticketId: '4821' } },
  ]);
});

test('a ticket whose task is done can be resolved too', async () => {
  const { user, sentOf } = await open(/^Tickets/u, completionState('Waiting for parts', true));
  await user.click(panel().getByRole('button', { name: /^Set this ticket to Resolved too/u }));
  await waitFor(() =>
    expect(sentOf('addToContact')).toMatchObject([
      {
        addition: { kind: 'resolve-ticket', ticketId: '4821', status: 'Resolved', from: 'Waiting for parts' },
      },
    ]),
  );
});

test.each([
  ['Waiting for parts', false],
  ['Open', false],
  ['Resolved', true],
] as const)('with a ticket that is %s, and a task done: %s, nothing is offered', async (status, done) => {
  await open(/^Tasks/u, completionState(status, done));
  expect(panel().queryByRole('button', { name: / too/u })).toBeNull();
});
