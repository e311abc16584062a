import { expect, it } from 'vitest';
import {
  ghlContact,
  openBeside,
  openPanelFor,
  openTicket,
  prepareWorld,
  scenes,
  ticketUrl,
  VERIFIED,
  writesIn,
} from './support.ts';

const world = prepareWorld();

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

it('finds a person by phone where the page shows nobody, and shows both records', async () => {
  const { driver } = world();
  const { tab, panel } = await openBeside(driver, 'https://app.atera.com/new/tickets');
  const phone = ghlContact(world(), scenes.main.ghlContactIds[0]).phone;
  expect(phone).toBeTruthy();
  await panel.fill('Find a person', phone ?? '');
  await panel.click('Search');
  await panel.waitForText('In GHL');
  await panel.click(/Dana/);
  await panel.waitForText('Back to search');
  await panel.waitForText(/Matched|Linked/);
  await tab.close();
});

it('"not the same person" is remembered, and can be taken back', async () => {
  const { driver, sandbox } = world();
  const { page, panel, ticket } = await openTicket(driver, scenes.exact.ticketId);
  const from = sandbox.log.length;
  await panel.click('Not the same person');
  await panel.waitForText('Not found');
  await page.close();
  await driver.stopBackground();
  const again = await openPanelFor(driver, ticket);
  await again.panel.waitForText('Not found');
  await again.panel.click('Show again');
  await again.panel.waitForText(/Matched/);
  expect(writesIn(world(), from)).toEqual([]);
  await again.page.close();
  await ticket.close();
});

it('two tabs with different people: each panel pushes its own', async () => {
  const { driver, sandbox } = world();
  const first = await openTicket(driver, scenes.differing.ticketId);
  const second = await openTicket(driver, scenes.main.ticketId);
  expect(first.view.person).not.toEqual(second.view.person);
  const from = sandbox.log.length;
  await first.page.bringToFront();
  await first.panel.click(/^Push \d+ changes? to GHL$/);
  await first.panel.waitForText(VERIFIED);
  expect(writesIn(world(), from).map(({ path }) => path)).toEqual([
    `/contacts/${scenes.differing.ghlContactIds[0]}`,
  ]);
  for (const { page, ticket } of [first, second]) {
    await page.close();
    await ticket.close();
  }
});
