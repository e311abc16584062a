import { expect, it } from 'vitest';
import { pagePanel } from '../../scripts/support/panel.ts';
import { ghlContact, openBeside, prepareWorld, scenes, ticketUrl, writesIn } from './support.ts';

const world = prepareWorld();
const FIELD = 'GHL tags';

it('adds a tag while a foreign tag appears: both stay, in one request of its own', async () => {
  const { driver, sandbox } = world();
  const { tab, panel } = await openBeside(driver, ticketUrl(scenes.main.ticketId));
  const contact = ghlContact(world(), scenes.main.ghlContactIds[0]);
  const before = [...contact.tags];
  await panel.click(/^Tags/);
  await panel.waitForText('Add a tag');
  contact.tags.push('by-a-workflow');
  const from = sandbox.log.length;
  await panel.fill('Add a tag', 'renewal 2027');
  await panel.click('Add tag to GHL');
  await panel.waitForText('Done. GHL has it now.');
  expect(contact.tags).toEqual([...before, 'by-a-workflow', 'renewal 2027']);
  expect(writesIn(world(), from).map(({ method, path }) => ({ method, path }))).toEqual([
    { method: 'POST', path: `/contacts/${contact.id}/tags` },
  ]);
  await tab.close();
});

it('adds a note', async () => {
  const { driver, sandbox } = world();
  const { tab, panel } = await openBeside(driver, ticketUrl(scenes.main.ticketId));
  await panel.click(/^Notes/);
  const from = sandbox.log.length;
  await panel.fill('New note', 'Wants a quote for two chairs.');
  await panel.click('Add note to GHL');
  await panel.waitForText('Done. GHL has it now.');
  expect(writesIn(world(), from)).toHaveLength(1);
  const notes = sandbox.state.ghl.notes.filter(({ body }) => body.includes('two chairs'));
  expect(notes.map(({ contactId }) => contactId)).toEqual([scenes.main.ghlContactIds[0]]);
  await tab.close();
});

it('adds a tag to the custom field while a foreign tag appears in it: both stay', async () => {
  const { driver, sandbox } = world();
  const options = await driver.openExtensionPage('options.html#tags');
  const settings = pagePanel(options);
  await settings.fill('Name of the custom field', FIELD);
  await settings.click('Use this field');
  await settings.waitForText(`Atera has the field “${FIELD}”.`);
  await options.close();

  const { tab, panel } = await openBeside(driver, ticketUrl(scenes.main.ticketId));
  await panel.click(/^Tags/);
  await panel.fill('Add a tag in Atera', 'renewal 2027');
  const value = sandbox.state.atera.customValues.find(({ itemId }) => itemId === scenes.main.ateraContactId);
  expect(value).toMatchObject({ name: FIELD, value: 'client, dental, vip' });
  if (value) value.value = 'client, dental, vip, by a rule';
  const from = sandbox.log.length;
  await panel.click('Add tag to Atera');
  await panel.waitForText('Done. Atera has it now.');
  expect(value?.value.split(/,\s*/)).toEqual(['client', 'dental', 'vip', 'by a rule', 'renewal 2027']);
  const [write, ...more] = writesIn(world(), from);
  expect(write).toMatchObject({ method: 'PUT', status: 200 });
  expect(decodeURIComponent(write?.path ?? '')).toBe(
    `/api/v3/customvalues/contactfield/${scenes.main.ateraContactId}/${FIELD}`,
  );
  expect(more).toEqual([]);
  await panel.waitForText('by a rule');
  await tab.close();
});

it('writes an internal comment, but only after the agent said who they are', async () => {
  const { driver, sandbox } = world();
  const { tab, panel } = await openBeside(driver, ticketUrl(scenes.main.ticketId));
  const from = sandbox.log.length;
  await panel.click(/^Comments/);
  await panel.fill('New internal comment', 'Sales will replace the printer.');
  await panel.waitForText('Who you are in Atera is not known yet, so nothing can be written.');
  await panel.click('Choose who you are in Atera');
  const [me] = sandbox.state.atera.technicians;
  await panel.fill('Your e-mail in Atera', me?.email ?? '');
  await panel.click('This is me');
  await panel.waitForText(`Written as ${me?.firstName} ${me?.lastName}, for technicians only.`);
  expect(writesIn(world(), from)).toEqual([]);
  await panel.click('Add internal comment to Atera');
  await panel.waitForText('Done. Atera has it now.');
  expect(writesIn(world(), from).map(({ method, path }) => ({ method, path }))).toEqual([
    { method: 'POST', path: `/api/v3/tickets/${scenes.main.ticketId}/comments` },
  ]);
  const ticket = sandbox.state.atera.tickets.find(({ TicketID }) => TicketID === scenes.main.ticketId);
  expect(ticket?.comments.at(-1)).toMatchObject({
    Comment: 'Sales will replace the printer.',
    TechnicianContactID: me?.id,
    IsInternal: true,
  });
  await tab.close();
});

it('opens a ticket of the person in view', async () => {
  const { driver, sandbox } = world();
  const { tab, panel } = await openBeside(driver, ticketUrl(scenes.main.ticketId));
  await panel.click(/^Tickets/);
  await panel.fill('New ticket', 'Second printer');
  await panel.fill('Description', 'Dana asks for a second printer.');
  const [from, known] = [sandbox.log.length, sandbox.state.atera.tickets.length];
  await panel.click('Open ticket in Atera');
  await panel.waitForText('Done. Atera has it now.');
  expect(writesIn(world(), from).map(({ method, path }) => ({ method, path }))).toEqual([
    { method: 'POST', path: '/api/v3/tickets' },
  ]);
  expect(sandbox.state.atera.tickets).toHaveLength(known + 1);
  expect(
    sandbox.state.atera.tickets.find(({ TicketTitle }) => TicketTitle === 'Second printer'),
  ).toMatchObject({
    EndUserID: scenes.main.ateraContactId,
  });
  await tab.close();
});
