import type { Page } from 'puppeteer-core';
import { expect, it } from 'vitest';
import { GHL_PAGE_HOSTS } from '../../scripts/support/hosts.ts';
import { waitUntilRead } from '../../scripts/support/state.ts';
import { ghlContact, openPanelFor, openTicket, prepareWorld, scenes, VERIFIED, writesIn } from './support.ts';

const world = prepareWorld();

/** Types into the field with this label. */
async function type(page: Page, label: string, text: string): Promise<void> {
  const id = await page.waitForFunction(
    (wanted: string) => {
      const found = [...document.querySelectorAll('label')].find(
        (candidate) => candidate.textContent?.trim() === wanted,
      );
      return found?.htmlFor ?? false;
    },
    {},
    label,
  );
  await page.type(`[id="${await id.jsonValue()}"]`, text);
}

it('adds a tag while a foreign tag appears: both stay, in one request of its own', async () => {
  const { driver, sandbox } = world();
  const { page, panel, ticket } = await openTicket(driver, scenes.main.ticketId);
  const contact = ghlContact(world(), scenes.main.ghlContactIds[0]);
  const before = [...contact.tags];
  await panel.click(/^Tags/);
  contact.tags.push('by-a-workflow');
  const from = sandbox.log.length;
  await type(page, 'Add a tag', 'renewal 2027');
  await panel.click('Add tag to GHL');
  await panel.waitForText('Done. GHL has it now.');
  expect(contact.tags).toEqual([...before, 'by-a-workflow', 'renewal 2027']);
  expect(writesIn(world(), from).map(({ method, path }) => ({ method, path }))).toEqual([
    { method: 'POST', path: `/contacts/${contact.id}/tags` },
  ]);
  await page.close();
  await ticket.close();
});

it('adds a note', async () => {
  const { driver, sandbox } = world();
  const { page, panel, ticket } = await openTicket(driver, scenes.main.ticketId);
  await panel.click(/^Notes/);
  const from = sandbox.log.length;
  await type(page, 'New note', 'Wants a quote for two chairs.');
  await panel.click('Add note to GHL');
  await panel.waitForText('Done. GHL has it now.');
  expect(writesIn(world(), from)).toHaveLength(1);
  const notes = sandbox.state.ghl.notes.filter(({ body }) => body.includes('two chairs'));
  expect(notes.map(({ contactId }) => contactId)).toEqual([scenes.main.ghlContactIds[0]]);
  await page.close();
  await ticket.close();
});

it('finds a person by phone where the page shows nobody, and shows both records', async () => {
  const { driver } = world();
  const list = await driver.openPage('https://app.atera.com/new/tickets');
  const { page, panel } = await openPanelFor(driver, list);
  const phone = ghlContact(world(), scenes.main.ghlContactIds[0]).phone;
  expect(phone).toBeTruthy();
  await type(page, 'Find a person', phone ?? '');
  await panel.click('Search');
  await panel.waitForText('In GHL');
  await panel.click(/Dana/);
  await panel.waitForText('Back to search');
  await panel.waitForText(/Matched|Linked/);
  await page.close();
  await list.close();
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

it('a conversation only suggests a person: the name is confirmed before the first push', async () => {
  const { driver, sandbox } = world();
  const id = scenes.main.ghlContactIds[0];
  const conversation = sandbox.state.ghl.conversations.find(({ contactId }) => contactId === id);
  expect(conversation).toBeDefined();
  const chat = await driver.openPage(
    `https://${GHL_PAGE_HOSTS[0]}/v2/location/${sandbox.state.ghl.location.id}/conversations/conversations/${conversation?.id}`,
  );
  const { page, tabId, panel } = await openPanelFor(driver, chat);
  expect(await waitUntilRead(page, tabId)).toMatchObject({ suggested: true });
  const from = sandbox.log.length;
  await panel.click(/^This is about Dana/);
  await panel.click(/^Push \d+ changes? to Atera$/);
  await panel.waitForText(/verified in Atera/);
  expect(writesIn(world(), from)).toHaveLength(1);
  await page.close();
  await chat.close();
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
