import { expect, it, vi } from 'vitest';
import { shippedResources } from '../../lib/core/resource-settings.ts';
import { SCENES } from '../../lib/sandbox/index.ts';
import type { Pair } from '../../lib/services/accounts.ts';
import { createCompanyViews } from '../../lib/services/company-views.ts';
import type { SubjectTab } from '../../lib/services/views.ts';
import { isRead, shownCompany as shown } from '../support/company.ts';
import { createWorld, type World } from '../support/world.ts';

const ticketOf = (world: World) => {
  const ticket = world.sandbox.state.atera.tickets.find(
    ({ TicketID }) => TicketID === SCENES.served.main.ticketId,
  );
  if (!ticket) throw new Error('no ticket');
  return ticket;
};

it('shows a company with the people of its newest tickets, in two calls', async () => {
  const world = await createWorld();
  await world.connect();
  const { CustomerID, EndUserID } = ticketOf(world);
  const customer = world.sandbox.state.atera.customers.find((each) => each.CustomerID === CustomerID);
  expect(customer).toBeDefined();
  world.sandbox.log.length = 0;
  const tabId = await world.openTab(`https://app.atera.com/new/customer/${CustomerID}`);
  const view = await shown(world, tabId, isRead);
  expect(view.company).toMatchObject({ status: 'ready', value: { name: customer?.CustomerName } });
  const tickets = world.sandbox.state.atera.tickets.filter((ticket) => ticket.CustomerID === CustomerID);
  expect(view.tickets).toMatchObject({ status: 'ready', window: { total: tickets.length } });
  if (view.people.status !== 'ready') throw new Error('people');
  expect(new Set(view.people.value.map(({ subject }) => subject.id))).toEqual(
    new Set(tickets.map((ticket) => String(ticket.EndUserID))),
  );
  expect(view.people.value.find(({ subject }) => subject.id === String(EndUserID))?.tickets).toBe(
    tickets.filter((ticket) => ticket.EndUserID === EndUserID).length,
  );
  expect(world.sandbox.log.map(({ path }) => path.replace(/\?.*/u, '')).sort()).toEqual([
    `/api/v3/customers/${CustomerID}`,
    '/api/v3/tickets',
  ]);
});

it('the failure of one part leaves the other, and is mended by reading again', async () => {
  const world = await createWorld();
  await world.connect();
  const { CustomerID } = ticketOf(world);
  world.faults.add({ vendor: 'atera', path: /\/customers\//u }, { kind: 'status', status: 403 }, 1);
  const tabId = await world.openTab(`https://app.atera.com/new/customer/${CustomerID}`);
  const view = await shown(world, tabId, isRead);
  expect(view.company).toMatchObject({ status: 'failed', error: { code: 'forbidden' } });
  expect(view.tickets?.status).toBe('ready');
  await world.send('refreshView', { tabId });
  expect((await shown(world, tabId, isRead)).company.status).toBe('ready');
});

it('shows nobody of a location whose list of a business is not filtered', async () => {
  const world = await createWorld();
  await world.connect();
  const { id, businessId } = world.ghlContact('main');
  if (!businessId) throw new Error('No business');
  const answer = (contacts: object[]) =>
    world.faults.add(
      { vendor: 'ghl', method: 'GET', path: /contacts\/business\//u },
      { kind: 'status', status: 200, body: JSON.stringify({ contacts, count: contacts.length }) },
    );
  const nobodys = { id: 'nobodysNobodysNobody', firstName: 'Without', businessId: null };
  const own = { id, firstName: 'Own', businessId };
  const ghl = { vendor: 'ghl', kind: 'business', id: businessId } as const;
  const people = async (): Promise<string[]> => {
    const tabId = await world.openTab(
      `https://app.gohighlevel.com/v2/location/${world.sandbox.ghl.locationId}/contacts/detail/${id}`,
    );
    const { version } = await world.shown(tabId, world.settled);
    const accountId = world.sandbox.ghl.locationId;
    const subject = { ...ghl, locationId: accountId };
    await world.send('chooseSubject', { target: { tabId }, subject, accountId, version });
    const view = await shown(world, tabId, isRead);
    return view.people.status === 'ready' ? view.people.value.map(({ person }) => person.ref.id) : [];
  };
  // Rows without a business are taken at the word of a list that names no other one.
  const list = answer([own, nobodys]);
  expect(await people()).toEqual([id, nobodys.id]);
  list.remove();
  answer([
    own,
    nobodys,
    { id: 'strangerStrangerStra', firstName: 'Other', businessId: 'otherOtherOtherOther' },
  ]);
  expect(await people()).toEqual([id]);
});

it('shows nobody of another company when the vendor ignores the filter', async () => {
  const world = await createWorld();
  await world.connect();
  const { CustomerID } = ticketOf(world);
  const items = world.sandbox.state.atera.tickets.map(({ TicketID, TicketTitle, ...ticket }) => ({
    TicketID,
    TicketTitle,
    CustomerID: ticket.CustomerID,
    EndUserID: ticket.EndUserID,
  }));
  expect(items.some((ticket) => ticket.CustomerID !== CustomerID)).toBe(true);
  world.faults.add(
    { vendor: 'atera', path: /\/tickets$/u },
    {
      kind: 'status',
      status: 200,
      body: JSON.stringify({ items, totalItemCount: items.length, totalPages: 1 }),
      headers: { 'content-type': 'application/json' },
    },
  );
  const tabId = await world.openTab(`https://app.atera.com/new/customer/${CustomerID}`);
  const view = await shown(world, tabId, isRead);
  if (view.tickets?.status !== 'ready') throw new Error('tickets');
  expect(view.tickets.items.map(({ id }) => id).sort()).toEqual(
    items
      .filter((ticket) => ticket.CustomerID === CustomerID)
      .map(({ TicketID }) => String(TicketID))
      .sort(),
  );
});

it('follows a navigation to a ticket and back', async () => {
  const world = await createWorld();
  await world.connect();
  const { CustomerID } = ticketOf(world);
  const url = `https://app.atera.com/new/customer/${CustomerID}`;
  const tabId = await world.openTab(url);
  const first = await shown(world, tabId, isRead);
  await world.navigate(tabId, world.ticketUrl('main'));
  await world.shown(tabId, world.settled);
  await world.navigate(tabId, url);
  const again = await shown(world, tabId, isRead);
  expect(again.version).toBe(first.version + 2);
  expect(again.company).toEqual(first.company);
});

it('a rejected token is the problem of the account, until a read works again', async () => {
  const world = await createWorld();
  await world.connect();
  const { CustomerID } = ticketOf(world);
  const problemOf = async () =>
    (await world.send('getAccounts', {})).find(({ vendor }) => vendor === 'atera')?.problem ?? null;
  world.faults.add({ vendor: 'atera' }, { kind: 'status', status: 401 });
  const tabId = await world.openTab(`https://app.atera.com/new/customer/${CustomerID}`);
  await shown(world, tabId, isRead);
  await vi.waitFor(async () => expect(await problemOf()).toMatchObject({ code: 'unauthorized' }));
  world.faults.clear();
  await world.send('refreshView', { tabId });
  await shown(world, tabId, isRead);
  await vi.waitFor(async () => expect(await problemOf()).toBeNull());
  expect(world.bugs).toEqual([]);
});

it('a page that was overtaken on the way does not replace the newer one', async () => {
  const views = createCompanyViews({
    resources: { of: async () => shippedResources() },
    onChange: () => undefined,
    report: async () => undefined,
    onBug: (error) => {
      throw error;
    },
  });
  const pair = {
    atera: {
      readCustomerCard: async (id: string) => ({ name: id }),
      readCustomerTickets: () => new Promise(() => undefined),
    },
  } as unknown as Pair;
  const tab = (version: number, id: string) =>
    ({ tabId: 1, version, subject: { vendor: 'atera', kind: 'customer', id } }) as unknown as SubjectTab;
  const newer = tab(2, 'new');
  views.open(newer, pair);
  await vi.waitFor(() => expect(views.peek(newer).company.status).toBe('ready'));
  expect(views.open(tab(1, 'old'), pair).subject.id).toBe('new');
  expect(views.peek(newer).company).toEqual({ status: 'ready', value: { name: 'new' } });
});
