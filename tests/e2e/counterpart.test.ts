import { expect, it } from 'vitest';
import { ghlUrl, openBeside, openTicket, prepareWorld, scenes, ticketUrl, writesIn } from './support.ts';

const world = prepareWorld();

it('an ambiguous match is chosen, linked, taken back and rejected, and nothing is ever written for it', async () => {
  const { driver, sandbox } = world();
  const from = sandbox.log.length;
  const { tab, panel } = await openBeside(driver, ticketUrl(scenes.several.ticketId));
  const text = await panel.waitForText('Who is it in GHL?');
  expect(text).toContain('Nothing is written before you choose.');
  expect(text).not.toMatch(/Push \d/);
  expect(await panel.overflow()).toBe(0);
  await panel.click(/^Alex Morgan$/);
  await panel.click('Link this one');
  await panel.waitForText(/Linked/);
  expect(await panel.text()).not.toContain('Who is it in GHL?');

  // The link outlives the background.
  await driver.stopBackground();
  await tab.goto('https://app.atera.com/new/tickets');
  await panel.waitForText('Find a person');
  await tab.goto(ticketUrl(scenes.several.ticketId));
  await panel.waitForText(/Linked.*Unlink/);
  await panel.click('Unlink');
  const again = await panel.waitForText('Who is it in GHL?');

  const possible = Number(/(\d+) possible/.exec(again)?.[1]);
  await panel.click(/^Alex Morgan$/);
  await panel.click('Not this one');
  await panel.waitForText('1 person was marked as not the same.');
  if (possible > 2) await panel.waitForText(`${possible - 1} possible`);
  await panel.click('Show again');
  await panel.waitForText(`${possible} possible`);
  expect(writesIn(world(), from)).toEqual([]);
  await tab.close();
});

it('"not the same person" takes a match away, also a linked one', async () => {
  const { driver, sandbox } = world();
  const from = sandbox.log.length;
  const { tab, panel } = await openBeside(driver, ticketUrl(scenes.several.ticketId));
  await panel.click(/^Alex Morgan$/);
  await panel.click('Link this one');
  await panel.waitForText(/Linked/);
  await panel.click('Not the same person');
  await panel.waitForText('1 person was marked as not the same.');
  await panel.click('Show again');
  await panel.waitForText('Who is it in GHL?');
  expect(writesIn(world(), from)).toEqual([]);
  await tab.close();
});

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
