import { expect, it } from 'vitest';
import {
  ateraContact,
  ghlContact,
  ghlUrl,
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

it('pulls from a ticket into Atera: one PUT with the chosen fields, and both show the same afterwards', async () => {
  const { driver, sandbox } = world();
  const { differing } = scenes;
  const contact = ateraContact(world(), differing.ateraContactId);
  const source = structuredClone(ghlContact(world(), differing.ghlContactIds[0]));
  const { tab, panel } = await openBeside(driver, ticketUrl(differing.ticketId));
  await panel.click(/^Pull into Atera/);
  await panel.waitForText('Pull 2 changes into Atera');
  const from = sandbox.log.length;
  await panel.click('Pull 2 changes into Atera');
  await panel.waitForText('2 changes verified in Atera');
  const writes = writesIn(world(), from);
  expect(writes.map(({ method, path, status }) => ({ method, path, status }))).toEqual([
    { method: 'PUT', path: `/api/v3/contacts/${contact.EndUserID}`, status: 200 },
  ]);
  expect(contact).toMatchObject({ Lastname: 'Estevez-Ruiz', JobTitle: 'Reception lead' });
  expect(ghlContact(world(), source.id)).toEqual(source);
  await panel.waitForText('Nothing here can be pulled into Atera.');
  await tab.close();
});

it('pulls from a GHL contact page into GHL, and leaves what was not chosen', async () => {
  const { driver, sandbox } = world();
  const { main } = scenes;
  const contact = ghlContact(world(), main.ghlContactIds[0]);
  const { tab, panel } = await openBeside(driver, ghlUrl(world(), `contacts/detail/${contact.id}`));
  await panel.click(/^Pull into GHL/);
  await panel.waitForText(/Pull 3 changes into GHL/);
  await panel.click('Pull Phone into GHL');
  await panel.click('Pull Mobile into GHL');
  const from = sandbox.log.length;
  await panel.click('Pull 1 change into GHL');
  await panel.waitForText('1 change verified in GHL');
  expect(writesIn(world(), from).map(({ method, path, body }) => ({ method, path, body }))).toEqual([
    { method: 'PUT', path: `/contacts/${contact.id}`, body: { lastName: 'Whitfield' } },
  ]);
  expect(contact).toMatchObject({ lastName: 'Whitfield', phone: '+14155550199' });
  await panel.waitForText('2 differ');
  await tab.close();
});

it('two tabs with different people: the side panel pushes the one in front', async () => {
  const { driver, sandbox } = world();
  const other = await driver.openPage(ticketUrl(scenes.main.ticketId));
  const { tab, panel } = await openBeside(driver, ticketUrl(scenes.phoneFormats.ticketId));
  await panel.waitForText(/Lena/);
  await other.bringToFront();
  await panel.waitForText(/Dana/);
  const from = sandbox.log.length;
  await panel.click('Push 2 changes to GHL');
  await panel.waitForText('2 changes verified in GHL');
  expect(writesIn(world(), from).map(({ path }) => path)).toEqual([
    `/contacts/${scenes.main.ghlContactIds[0]}`,
  ]);
  await tab.bringToFront();
  expect(await panel.waitForText(/Lena/)).not.toMatch(/Dana|verified/);
  await tab.close();
  await other.close();
});

it('two tabs with different people: each panel pushes its own', async () => {
  const { driver, sandbox } = world();
  const first = await openTicket(driver, scenes.rtl.ticketId);
  const second = await openTicket(driver, scenes.main.ticketId);
  expect(first.view.person).not.toEqual(second.view.person);
  const from = sandbox.log.length;
  await first.page.bringToFront();
  await first.panel.click(/^Push \d+ changes? to GHL$/);
  await first.panel.waitForText(VERIFIED);
  expect(writesIn(world(), from).map(({ path }) => path)).toEqual([
    `/contacts/${scenes.rtl.ghlContactIds[0]}`,
  ]);
  for (const { page, ticket } of [first, second]) {
    await page.close();
    await ticket.close();
  }
});
