import { expect, it } from 'vitest';
import { waitFor } from '../../scripts/support/wait.ts';
import { ghlContact, openBeside, prepareWorld, scenes, ticketUrl, writesIn } from './support.ts';

const world = prepareWorld();
const ticketOf = () =>
  world().sandbox.state.atera.tickets.find(({ TicketID }) => TicketID === scenes.main.ticketId);

it('copies a note to the ticket as an internal comment, once, and a comment to GHL', async () => {
  const { driver, sandbox } = world();
  const { id: contactId } = ghlContact(world(), scenes.main.ghlContactIds[0]);
  sandbox.state.ghl.notes.push({
    id: 'copyCopyCopyCopy0001',
    contactId,
    title: 'Two chairs',
    body: '<p>Wants <b>two</b> chairs.</p>',
    dateAdded: new Date().toISOString(),
  });
  const { tab, panel } = await openBeside(driver, ticketUrl(scenes.main.ticketId));
  await panel.click(/^Comments/);
  await panel.click('Choose who you are in Atera');
  const [me] = sandbox.state.atera.technicians;
  await panel.fill('Your e-mail in Atera', me?.email ?? '');
  await panel.click('This is me');
  await panel.waitForText(`Written as ${me?.firstName} ${me?.lastName}, for technicians only.`);

  const from = sandbox.log.length;
  await panel.click(/^Notes/);
  await panel.click('Copy to Atera: Two chairs');
  await panel.waitForText('An internal comment by');
  expect(writesIn(world(), from)).toEqual([]);
  await panel.click('Write this comment to Atera');
  await panel.waitForText(`Copied to ticket ${scenes.main.ticketId}`);
  expect(ticketOf()?.comments.at(-1)).toMatchObject({
    Comment: expect.stringMatching(
      /^GHL note · .+\n\nWants two chairs\.\n\n\[cp:ghl\/note\/copyCopyCopyCopy0001#/u,
    ),
    IsInternal: true,
    TechnicianContactID: me?.id,
  });

  await panel.click(/^Comments/);
  await panel.waitForText('Copied from a note in GHL');
  await panel.click(/^Copy to GHL/);
  await panel.click('Write this note to GHL');
  await panel.waitForText('Copied to a note in GHL');
  expect(writesIn(world(), from).map(({ method, path }) => ({ method, path }))).toEqual([
    { method: 'POST', path: `/api/v3/tickets/${scenes.main.ticketId}/comments` },
    { method: 'POST', path: `/contacts/${contactId}/notes` },
  ]);
  await tab.close();
});

it('makes a ticket of a task, and resolves it when the task is done', async () => {
  const { driver, sandbox } = world();
  const { id: contactId } = ghlContact(world(), scenes.main.ghlContactIds[0]);
  const task = {
    id: 'taskTaskTaskTask0001',
    contactId,
    title: 'Order toner',
    body: 'Black, two of them.',
    dueDate: '2027-01-04T10:00:00.000Z',
    completed: false,
  };
  sandbox.state.ghl.tasks.push(task);
  const { tab, panel } = await openBeside(driver, ticketUrl(scenes.main.ticketId));
  await panel.click(/^Tasks/);
  const from = sandbox.log.length;
  await panel.click('Open a ticket for this: Order toner');
  await panel.waitForText('Title: Order toner');
  expect(writesIn(world(), from)).toEqual([]);
  await panel.click('Open this ticket in Atera');
  await panel.waitForText('Has ticket');
  const ticket = sandbox.state.atera.tickets.find(({ TicketTitle }) => TicketTitle === 'Order toner');
  expect(ticket).toMatchObject({ EndUserID: scenes.main.ateraContactId, TicketStatus: 'Open' });

  task.completed = true;
  await tab.close();
  const again = await openBeside(driver, ticketUrl(scenes.main.ticketId));
  await again.panel.click('Refresh');
  await again.panel.click(/^Tickets/);
  await again.panel.click('Set the ticket to Resolved too: Order toner');
  await again.panel.waitForText('Done. Atera has it now.');
  expect(ticket?.TicketStatus).toBe('Resolved');

  task.completed = false;
  await again.panel.click('Refresh');
  await again.panel.click('Set the ticket back to Open too: Order toner');
  await waitFor('the ticket to be open again', () => ticket?.TicketStatus === 'Open');
  expect(writesIn(world(), from).map(({ method, path }) => ({ method, path }))).toEqual([
    { method: 'POST', path: '/api/v3/tickets' },
    { method: 'PUT', path: `/api/v3/tickets/${ticket?.TicketID}` },
    { method: 'PUT', path: `/api/v3/tickets/${ticket?.TicketID}` },
  ]);
  await again.tab.close();
});
