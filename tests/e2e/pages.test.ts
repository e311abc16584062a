import { describe, expect, it } from 'vitest';
import { GHL_PAGE_HOSTS } from '../../scripts/support/hosts.ts';
import { ateraContact, ghlContact, ghlUrl, openBeside, prepareWorld, scenes, writesIn } from './support.ts';

// Every page here is looked at in the real side panel or sidebar.
const world = prepareWorld();
const [danaInGhl] = scenes.main.ghlContactIds;

describe('every kind of page leads to its person', () => {
  it.each(GHL_PAGE_HOSTS.slice(0, 3))('a GHL contact on %s', async (host) => {
    const { driver, sandbox } = world();
    const from = sandbox.log.length;
    const { tab, panel } = await openBeside(driver, ghlUrl(world(), `contacts/detail/${danaInGhl}`, host));
    expect(await panel.waitForText(/Push \d+ changes? to Atera/)).toContain('Dana');
    expect(writesIn(world(), from)).toEqual([]);
    await tab.close();
  });

  it('a ticket of the old web app, by its hash, and the next one without loading', async () => {
    const { driver } = world();
    const { tab, panel } = await openBeside(
      driver,
      `https://app.atera.com/Admin#/ticket/${scenes.main.ticketId}`,
    );
    await panel.waitForText(`Ticket ${scenes.main.ticketNumber}`);
    await panel.waitForText(/Push \d+ changes? to GHL/);
    await tab.evaluate((id) => {
      location.hash = `#/ticket/${id}`;
    }, scenes.differing.ticketId);
    await panel.waitForText(`Ticket ${scenes.differing.ticketNumber}`);
    expect(await panel.waitForText(/Gloria.*Push \d+ changes? to GHL/)).not.toContain('Dana');
    await tab.close();
  });

  it('a conversation: a suggestion that is confirmed before the first push', async () => {
    const { driver, sandbox } = world();
    const chat = sandbox.state.ghl.conversations.find(({ contactId }) => contactId === danaInGhl);
    const { tab, panel } = await openBeside(
      driver,
      ghlUrl(world(), `conversations/conversations/${chat?.id}`),
    );
    const from = sandbox.log.length;
    await panel.waitForText(/Check the name before the first write.*Push \d+ changes? to Atera/);
    await panel.click(/^This is about Dana/);
    await panel.click(/^Push \d+ changes? to Atera$/);
    await panel.waitForText(/\d+ changes? verified in Atera/);
    const { ateraContactId } = scenes.main;
    expect(writesIn(world(), from).map(({ method, path }) => ({ method, path }))).toEqual([
      { method: 'PUT', path: `/api/v3/contacts/${ateraContactId}` },
    ]);
    const { firstName, lastName } = ghlContact(world(), danaInGhl);
    expect(ateraContact(world(), ateraContactId)).toMatchObject({ Firstname: firstName, Lastname: lastName });
    await tab.close();
  });

  it('a contact of Atera, once the page was marked as one; the next one by itself', async () => {
    const { driver, sandbox } = world();
    const from = sandbox.log.length;
    const contactUrl = (id: number) => `https://app.atera.com/new/contact/${id}`;
    const { tab, panel } = await openBeside(driver, contactUrl(scenes.main.ateraContactId));
    await panel.waitForText('Is this page about somebody?');
    await panel.click('This is a contact');
    await panel.waitForText(/Is this page about Dana Whitf\w+\?/);
    await panel.click('Yes, this page is about them');
    expect(await panel.waitForText(/Push|Nothing differs/)).toContain('Dana');
    await tab.goto(contactUrl(scenes.differing.ateraContactId));
    expect(await panel.waitForText(/Gloria.*Push \d+ changes? to GHL/)).toContain('Forget this address');
    expect(await panel.text()).not.toContain('Reading the page…');
    await panel.click('Forget this address');
    await panel.waitForText('Is this page about somebody?');
    expect(writesIn(world(), from)).toEqual([]);
    await tab.close();
  });
});

describe('pages that lead to a company, or to nobody', () => {
  it('a customer, with its people', async () => {
    const { driver, sandbox } = world();
    const main = sandbox.state.atera.tickets.find(({ TicketID }) => TicketID === scenes.main.ticketId);
    const { tab, panel } = await openBeside(driver, `https://app.atera.com/new/customer/${main?.CustomerID}`);
    const text = await panel.waitForText(/Found in the newest \d+ of \d+ tickets/);
    expect(text).toContain('Bright Smile Dental');
    expect(text).toMatch(/Dana Whitf/);
    expect(text).not.toMatch(/Push/);
    expect(await panel.overflow()).toBe(0);
    await tab.close();
  });

  it('a device: its company, a person of it, and the way back', async () => {
    const { driver, sandbox } = world();
    const from = sandbox.log.length;
    const [agent] = sandbox.state.atera.agents;
    const { tab, panel } = await openBeside(
      driver,
      `https://app.atera.com/new/rmm/device/${agent?.DeviceGuid}/agent`,
    );
    await panel.waitForText(`Device ${agent?.AgentName} of Bright Smile Dental`);
    await panel.click(/^Dana Whitf/);
    await panel.waitForText(/Back to Bright Smile Dental.*(Matched|Linked)/);
    await panel.click(/^Back to Bright Smile Dental$/);
    await panel.waitForText(`Device ${agent?.AgentName} of`);
    expect(writesIn(world(), from)).toEqual([]);
    await tab.close();
  });

  it('a GHL contact: the business and its people', async () => {
    const { driver } = world();
    const { tab, panel } = await openBeside(driver, ghlUrl(world(), `contacts/detail/${danaInGhl}`));
    await panel.click(/^Company in GHL$/);
    const text = await panel.waitForText(/Bright Smile Dental.*People.*Dana/);
    expect(text).toContain('Back to the person');
    await panel.click(/^Back to the person$/);
    await panel.waitForText(/Push \d+ changes? to Atera|Nothing differs|Pull/);
    await tab.close();
  });

  it('an opportunity says what it is, and offers the search', async () => {
    const { driver, sandbox } = world();
    const [deal] = sandbox.state.ghl.opportunities;
    const { tab, panel } = await openBeside(driver, ghlUrl(world(), `opportunities/list/${deal?.id}`));
    expect(await panel.waitForText(/Find a person/)).toContain('An opportunity');
    await tab.close();
  });
});
