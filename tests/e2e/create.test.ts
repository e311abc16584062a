import { expect, it } from 'vitest';
import { ghlUrl, openBeside, openTicket, prepareWorld, scenes, ticketUrl, writesIn } from './support.ts';

const world = prepareWorld();

it('creates the counterpart in GHL from a ticket, once, and links it', async () => {
  const { driver, sandbox } = world();
  const { tab, panel } = await openBeside(driver, ticketUrl(scenes.none.ticketId));
  const from = sandbox.log.length;
  await panel.click('Create in GHL');
  await panel.waitForText('What GHL gets');
  expect(await panel.overflow()).toBe(0);
  await panel.click(/^Create Hank Dufour in GHL$/);
  await panel.waitForText('Created in GHL: Hank Dufour');
  await panel.waitForText('Linked');
  const writes = writesIn(world(), from);
  expect(writes.map(({ method, path }) => ({ method, path }))).toEqual([
    { method: 'POST', path: '/contacts/' },
  ]);
  const made = sandbox.state.ghl.contacts.filter(({ lastName }) => lastName === 'Dufour');
  expect(made.map(({ companyName }) => companyName)).toEqual(['Kestrel Logistics']);
  await tab.close();
});

it('creates the counterpart in Atera from GHL, with the company that its address names', async () => {
  const { driver, sandbox } = world();
  const lead = sandbox.state.ghl.contacts.find(({ lastName }) => lastName === 'Ellery');
  const { tab, panel } = await openBeside(driver, ghlUrl(world(), `contacts/detail/${lead?.id}`));
  await panel.click('Create in Atera');
  await panel.waitForText('same e-mail domain');
  expect(await panel.overflow()).toBe(0);
  await panel.click(/^Create Robin Ellery in Atera$/);
  await panel.waitForText('Created in Atera: Robin Ellery');
  const made = sandbox.state.atera.contacts.filter(({ Email }) => Email === lead?.email);
  const company = sandbox.state.atera.customers.find(({ CustomerID }) => CustomerID === made[0]?.CustomerID);
  expect(made).toHaveLength(1);
  expect(company?.CustomerName).toBe('Tanner & Daughters Bakery');
  await panel.waitForText('Linked');
  await tab.close();
});

it('links somebody who was found by hand, and writes nothing for it', async () => {
  const { driver, sandbox } = world();
  const { page, panel, ticket } = await openTicket(driver, scenes.several.ticketId);
  const from = sandbox.log.length;
  await panel.click('Find them yourself');
  await page.type('input[type="search"]', 'Whitfeld');
  await panel.click('Search GHL');
  await page.setViewport({ width: 280, height: 800 });
  await panel.waitForText('1 person');
  expect(await panel.overflow()).toBe(0);
  await panel.click(/^This is them: Dana/);
  await panel.waitForText('Linked');
  expect(writesIn(world(), from)).toEqual([]);
  await page.close();
  await ticket.close();
});
