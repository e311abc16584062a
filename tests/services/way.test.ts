import { expect, it, vi } from 'vitest';
import type { Subject } from '../../lib/core/contact.ts';
import { SCENES } from '../../lib/sandbox/index.ts';
import { isRead, shownCompany } from '../support/company.ts';
import { createWorld, type World } from '../support/world.ts';

/** From a company to its people, from a person to their company, and back. */

const ticketOf = (world: World) => {
  const ticket = world.sandbox.state.atera.tickets.find(
    ({ TicketID }) => TicketID === SCENES.served.main.ticketId,
  );
  if (!ticket) throw new Error('no ticket');
  return ticket;
};
const personOf = (world: World): Subject => ({
  vendor: 'atera',
  kind: 'contact',
  id: String(ticketOf(world).EndUserID),
});
const pageOf = async (world: World, tabId: number) => (await world.send('getPanelState', { tabId })).page;
const changed = { code: 'subject_changed' };

/** The page of a customer, read. */
async function atCompany() {
  const world = await createWorld();
  await world.connect();
  const url = `https://app.atera.com/new/customer/${ticketOf(world).CustomerID}`;
  const tabId = await world.openTab(url);
  const company = await shownCompany(world, tabId, isRead);
  if (company.people.status !== 'ready') throw new Error('people');
  const hit = company.people.value.find(({ subject }) => subject.id === personOf(world).id);
  if (!hit) throw new Error('Dana wrote no ticket');
  const { accountId } = hit.person.ref;
  const open = (version = company.version, subject = hit.subject) =>
    world.send('chooseSubject', { target: { tabId }, subject, accountId, version });
  return { world, tabId, url, company, accountId, open };
}

/** The page of a GHL contact with a company, read. */
async function atContact() {
  const world = await createWorld();
  await world.connect();
  const { locationId } = world.sandbox.ghl;
  const contact = world.ghlContact('main');
  const tabId = await world.openTab(
    `https://app.gohighlevel.com/v2/location/${locationId}/contacts/detail/${contact.id}`,
  );
  const view = await world.shown(tabId, world.settled);
  const business: Subject = { vendor: 'ghl', kind: 'business', id: contact.businessId ?? '', locationId };
  const open = (subject: Subject, version: number) =>
    world.send('chooseSubject', { target: { tabId }, subject, accountId: locationId, version });
  return { world, tabId, view, business, contact, open };
}

it('opens a person of the company on the page, writes as from their own page, and goes back', async () => {
  const { world, tabId, company, open } = await atCompany();
  await open();
  const view = await world.shown(tabId, (shown) => world.settled(shown) && shown.plans.push !== null);
  expect(view.subject).toEqual(personOf(world));
  expect(view.version).toBeGreaterThan(company.version);
  expect(await pageOf(world, tabId)).toMatchObject({
    chosen: true,
    back: { kind: 'customer', name: 'Bright Smile Dental' },
  });
  const receipt = await world.push(view.plans.push, ['lastName']);
  expect(receipt).toMatchObject({ state: 'done', fields: [{ outcome: 'verified' }] });
  expect(world.writes()).toHaveLength(1);
  const next = await world.shown(tabId, ({ plans }) => plans.push !== null && plans.push !== view.plans.push);

  await world.send('leaveSubject', { target: { tabId } });
  const again = await shownCompany(world, tabId, isRead);
  expect(again.version).toBeGreaterThan(view.version);
  expect(again.company).toEqual(company.company);
  // The plan was bound to the person who was left.
  await expect(world.push(next.plans.push, ['firstName'])).rejects.toMatchObject(changed);
  expect(world.writes()).toHaveLength(1);
  expect(world.bugs).toEqual([]);
});

it('shows the company as it was at once on the way back, while it is read again', async () => {
  const { world, tabId, open } = await atCompany();
  await open();
  await world.shown(tabId, world.settled);
  world.setGate(() => new Promise(() => undefined));
  await world.send('leaveSubject', { target: { tabId } });
  expect(await pageOf(world, tabId)).toMatchObject({
    kind: 'company',
    view: { refreshing: true, company: { status: 'ready' }, people: { status: 'ready' } },
  });
});

it('the page that moved on drops the person and the plan', async () => {
  const { world, tabId, url, open } = await atCompany();
  await open();
  const view = await world.shown(tabId, (shown) => world.settled(shown) && shown.plans.push !== null);
  await world.navigate(tabId, 'https://app.atera.com/new/dashboard');
  await expect(world.push(view.plans.push, ['lastName'])).rejects.toMatchObject(changed);
  expect((await pageOf(world, tabId)).kind).toBe('nothing');
  await world.navigate(tabId, url);
  expect((await shownCompany(world, tabId, isRead)).version).toBeGreaterThan(view.version);
  expect(world.writes()).toEqual([]);
});

it('is refused once the page shows another company, also in the last moment', async () => {
  const { world, tabId, company, open } = await atCompany();
  const other = world.sandbox.state.atera.customers.find(
    ({ CustomerID }) => String(CustomerID) !== company.subject.id,
  );
  await world.navigate(tabId, `https://app.atera.com/new/customer/${other?.CustomerID}`);
  await expect(open()).rejects.toMatchObject(changed);
  const shown = await shownCompany(world, tabId, isRead);
  expect(shown.subject.id).toBe(String(other?.CustomerID));
  await expect(open(shown.version - 1)).rejects.toMatchObject(changed);
});

it('is refused for another account, without the version, twice, and for what the company does not lead to', async () => {
  const { world, tabId, company, accountId, open } = await atCompany();
  const { version } = company;
  const subject = personOf(world);
  const target = { tabId };
  await expect(
    world.send('chooseSubject', { target, subject, accountId: 'another', version }),
  ).rejects.toMatchObject(changed);
  await expect(world.send('chooseSubject', { target, subject, accountId })).rejects.toMatchObject(changed);
  for (const kind of ['ticket', 'customer', 'business', 'agent'] as const)
    await expect(open(version, { ...subject, kind })).rejects.toMatchObject(changed);
  await open();
  // The second press of a double click.
  await expect(open()).rejects.toMatchObject(changed);
  // From there no search leads on: the page shows a company.
  await expect(world.send('chooseSubject', { target, subject, accountId })).rejects.toMatchObject(changed);
});

it('stays after a restart of the background, with the way back', async () => {
  const { world, tabId, open } = await atCompany();
  await open();
  await world.shown(tabId, world.settled);
  world.restart();
  expect((await world.shown(tabId, world.settled)).subject).toEqual(personOf(world));
  // The name was in memory only: nothing of it is kept in the clear.
  expect(await pageOf(world, tabId)).toMatchObject({ back: { kind: 'customer', name: null } });
  await world.send('leaveSubject', { target: { tabId } });
  expect((await shownCompany(world, tabId, isRead)).company.status).toBe('ready');
});

it('does not outlive the accounts: the page shows its company again', async () => {
  const { world, tabId, open } = await atCompany();
  await open();
  await world.shown(tabId, world.settled);
  for (const { id } of await world.send('getAccounts', {})) await world.send('disconnect', { accountId: id });
  await world.send('connectSample', {});
  expect((await pageOf(world, tabId)).kind).toBe('company');
});

it('leads from a GHL contact to the business, to its people, and all the way back', async () => {
  const { world, tabId, view, business, contact, open } = await atContact();
  expect(view.person).toMatchObject({ value: { companyId: contact.businessId } });
  await open(business, view.version);
  const company = await shownCompany(world, tabId, isRead);
  const members = world.sandbox.state.ghl.contacts.filter(({ businessId }) => businessId === business.id);
  expect(company).toMatchObject({
    company: { status: 'ready', value: { name: 'Bright Smile Dental', url: null } },
    window: { seen: members.length, total: members.length },
    tickets: null,
  });
  if (company.people.status !== 'ready') throw new Error('people');
  expect(company.people.value.map(({ subject }) => subject.id).sort()).toEqual(
    members.map(({ id }) => id).sort(),
  );
  const other = company.people.value.find(({ subject }) => subject.id !== contact.id);
  if (!other) throw new Error('nobody else');
  await open(other.subject, company.version);
  expect((await world.shown(tabId, world.settled)).subject).toEqual(other.subject);
  expect(await pageOf(world, tabId)).toMatchObject({
    back: { kind: 'business', name: 'Bright Smile Dental' },
  });
  await world.send('leaveSubject', { target: { tabId } });
  await shownCompany(world, tabId, isRead);
  expect(await pageOf(world, tabId)).toMatchObject({ chosen: true, back: { kind: 'contact', name: null } });
  await world.send('leaveSubject', { target: { tabId } });
  const home = await world.shown(tabId, world.settled);
  expect(home.subject).toEqual(view.subject);
  expect(await pageOf(world, tabId)).not.toHaveProperty('chosen');
  expect(world.writes()).toEqual([]);
  expect(world.bugs).toEqual([]);
});

it('whoever the page itself shows is reached without a way back', async () => {
  const { world, tabId, view, business, open } = await atContact();
  await open(business, view.version);
  const { version } = await shownCompany(world, tabId, isRead);
  await open(view.subject, version);
  const home = await world.shown(tabId, world.settled);
  expect(home.subject).toEqual(view.subject);
  expect(await pageOf(world, tabId)).not.toHaveProperty('chosen');
});

it('names the right that a business needs, and shows its people all the same', async () => {
  const { world, tabId, view, business, open } = await atContact();
  for (const token of world.sandbox.state.ghl.tokens) {
    if (token.scopes === 'all') token.scopes = ['contacts.readonly', 'contacts.write', 'locations.readonly'];
  }
  await open(business, view.version);
  const company = await shownCompany(world, tabId, isRead);
  expect(company.company).toMatchObject({
    status: 'failed',
    error: { code: 'forbidden', scope: 'businesses.readonly' },
  });
  expect(company.people.status).toBe('ready');
});

it('reads a large business by pages of 25, at most four, and says how many there are', async () => {
  const { world, tabId, view, business, contact, open } = await atContact();
  for (let index = 0; index < 130; index += 1)
    world.sandbox.state.ghl.contacts.push({
      ...contact,
      id: `member${String(index).padStart(14, '0')}`,
      email: `member${index}@brightsmile.example`,
    });
  world.sandbox.log.length = 0;
  await open(business, view.version);
  const company = await shownCompany(world, tabId, isRead);
  const members = world.sandbox.state.ghl.contacts.filter(({ businessId }) => businessId === business.id);
  expect(company.window).toEqual({ seen: 100, total: members.length });
  await vi.waitFor(() =>
    expect(world.sandbox.log.filter(({ path }) => path.includes('/contacts/business/'))).toHaveLength(4),
  );
});

it('an opportunity is recognised: nothing is read, and somebody can be searched for', async () => {
  const world = await createWorld();
  await world.connect();
  const { locationId } = world.sandbox.ghl;
  const [opportunity] = world.sandbox.state.ghl.opportunities;
  const url = (location: string) =>
    `https://app.gohighlevel.com/v2/location/${location}/opportunities/list/${opportunity?.id}`;
  const tabId = await world.openTab(url(locationId));
  const subject = { vendor: 'ghl', kind: 'opportunity', id: opportunity?.id, locationId };
  expect(await pageOf(world, tabId)).toEqual({ kind: 'unreachable', subject });
  expect(world.sandbox.log).toEqual([]);
  await world.send('chooseSubject', {
    target: { tabId },
    subject: personOf(world),
    accountId: world.sandbox.state.atera.account.AccountID as string,
  });
  await world.shown(tabId, world.settled);
  await world.navigate(tabId, url('AnotherLocation00001'));
  await world.send('leaveSubject', { target: { tabId } });
  expect((await pageOf(world, tabId)).kind).toBe('wrong-location');
});
