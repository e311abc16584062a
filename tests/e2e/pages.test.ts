import { describe, expect, it } from 'vitest';
import { GHL_PAGE_HOSTS } from '../../scripts/support/hosts.ts';
import { readPanelState, waitUntilRead } from '../../scripts/support/state.ts';
import { openPanelFor, prepareWorld, scenes, writesIn } from './support.ts';

const world = prepareWorld();

const ghlUrl = (host: string, rest: string) =>
  `https://${host}/v2/location/${world().sandbox.state.ghl.location.id}/${rest}`;

describe('every kind of page leads to its person', () => {
  it.each(GHL_PAGE_HOSTS.slice(0, 3))('a GHL contact on %s', async (host) => {
    const { driver, sandbox } = world();
    const from = sandbox.log.length;
    const contact = await driver.openPage(ghlUrl(host, `contacts/detail/${scenes.main.ghlContactIds[0]}`));
    const { page, tabId, panel } = await openPanelFor(driver, contact);
    const view = await waitUntilRead(page, tabId);
    expect(view).toMatchObject({ pushTarget: 'atera', match: { status: 'one' } });
    expect(await panel.waitForText(/Push \d+ changes? to Atera/)).toContain('Dana');
    expect(writesIn(world(), from)).toEqual([]);
    await page.close();
    await contact.close();
  });

  it('a ticket of the old web app, by its hash', async () => {
    const { driver } = world();
    const ticket = await driver.openPage(`https://app.atera.com/Admin#/ticket/${scenes.main.ticketId}`);
    const { page, tabId } = await openPanelFor(driver, ticket);
    expect((await waitUntilRead(page, tabId)).headline?.number).toBe(scenes.main.ticketNumber);
    await page.close();
    await ticket.close();
  });

  it('a customer, with its people, in the real side panel', async () => {
    const { driver, sandbox } = world();
    const main = sandbox.state.atera.tickets.find(({ TicketID }) => TicketID === scenes.main.ticketId);
    const company = sandbox.state.atera.customers.find(({ CustomerID }) => CustomerID === main?.CustomerID);
    expect(company).toBeDefined();
    const customer = await driver.openPage(`https://app.atera.com/new/customer/${company?.CustomerID}`);
    const panel = await driver.openSidePanel(customer);
    const text = await panel.waitForText(/Found in the newest \d+ of \d+ tickets/);
    expect(text).toContain(company?.CustomerName);
    expect(text).toContain('Dana Whitfield');
    expect(text).not.toMatch(/Push/);
    expect(await panel.overflow()).toBe(0);
    await customer.close();
  });
});

describe('pages that lead to a company, or to nobody', () => {
  it('a device: its company, a person of it, and the way back', async () => {
    const { driver, sandbox } = world();
    const from = sandbox.log.length;
    const [agent] = sandbox.state.atera.agents;
    const device = await driver.openPage(`https://app.atera.com/new/rmm/device/${agent?.DeviceGuid}/agent`);
    const { page, tabId, panel } = await openPanelFor(driver, device);
    expect(await panel.waitForText(/People with tickets/)).toContain(
      `Device ${agent?.AgentName} of Bright Smile Dental`,
    );
    await panel.click(/^Dana Whitfield/);
    await panel.waitForText(/Back to Bright Smile Dental/);
    expect((await waitUntilRead(page, tabId)).match.status).toBe('one');
    await panel.click(/^Back to Bright Smile Dental$/);
    await panel.waitForText(/Device BSD-FRONT-01 of/);
    expect(writesIn(world(), from)).toEqual([]);
    await page.close();
    await device.close();
  });

  it('a GHL contact: the business and its people', async () => {
    const { driver } = world();
    const contact = await driver.openPage(
      ghlUrl(GHL_PAGE_HOSTS[0] ?? '', `contacts/detail/${scenes.main.ghlContactIds[0]}`),
    );
    const { page, tabId, panel } = await openPanelFor(driver, contact);
    await waitUntilRead(page, tabId);
    await panel.click(/^Company and people in GHL$/);
    const text = await panel.waitForText(/Bright Smile Dental.*People.*Dana/);
    expect(text).toContain('Back to the person');
    await panel.click(/^Back to the person$/);
    await panel.waitForText(/Push \d+ changes? to Atera/);
    await page.close();
    await contact.close();
  });

  it('an opportunity says what it is, and offers the search', async () => {
    const { driver, sandbox } = world();
    const [deal] = sandbox.state.ghl.opportunities;
    const opportunity = await driver.openPage(
      ghlUrl(GHL_PAGE_HOSTS[0] ?? '', `opportunities/list/${deal?.id}`),
    );
    const { page, panel } = await openPanelFor(driver, opportunity);
    expect(await panel.waitForText(/Find a person/)).toContain('An opportunity');
    await page.close();
    await opportunity.close();
  });
});

it('pushes from a GHL contact page into Atera: one PUT with the chosen fields, read back', async () => {
  const { driver, sandbox } = world();
  const [id] = scenes.differing.ghlContactIds;
  const contact = await driver.openPage(ghlUrl(GHL_PAGE_HOSTS[0] ?? '', `contacts/detail/${id}`));
  const { page, tabId, panel } = await openPanelFor(driver, contact);
  const view = await waitUntilRead(page, tabId);
  const fields = view.rows.filter(({ status, toLeft }) => status !== 'same' && toLeft.can);
  expect(fields.length).toBeGreaterThan(0);
  const from = sandbox.log.length;
  await panel.click(/^Push \d+ changes? to Atera$/);
  await panel.waitForText(/verified in Atera/);
  expect(writesIn(world(), from)).toHaveLength(1);
  const shown = (await readPanelState(page, tabId)).page;
  if (shown.kind !== 'subject') throw new Error(shown.kind);
  expect(shown.view.receipt?.fields.map(({ outcome }) => outcome)).toEqual(fields.map(() => 'verified'));
  await page.close();
  await contact.close();
});
