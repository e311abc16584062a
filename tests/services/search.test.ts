import { describe, expect, it, vi } from 'vitest';
import { status } from '../../lib/sandbox/faults.ts';
import { SCENES } from '../../lib/sandbox/index.ts';
import type { Pair } from '../../lib/services/accounts.ts';
import { searchPeople } from '../../lib/services/search.ts';
import { createWorld, type World } from '../support/world.ts';

const EMPTY_PAGE = 'https://app.atera.com/new/tickets';

async function searchable(): Promise<World> {
  const world = await createWorld();
  await world.connect();
  return world;
}
const search = (world: World, query: string) =>
  world.send('searchPeople', { target: { windowId: 0 }, query });
const main = (world: World) => {
  const contact = world.ghlContact('main');
  const person = world.sandbox.state.atera.contacts.find(({ Firstname }) => Firstname === 'Dana');
  if (!person) throw new Error('No Dana');
  return { contact, person };
};

describe('a search', () => {
  it('finds an e-mail address in both, with what to tell people apart by', async () => {
    const world = await searchable();
    const { contact, person } = main(world);
    const found = await search(world, ` ${person.Email.toUpperCase()} `);
    expect(found.atera).toMatchObject({
      status: 'ready',
      more: false,
      hits: [
        { person: { name: 'Dana Whitfield', email: person.Email, ref: { id: String(person.EndUserID) } } },
      ],
    });
    expect(found.ghl).toMatchObject({ status: 'ready', hits: [{ person: { ref: { id: contact.id } } }] });
    expect(world.writes()).toEqual([]);
    expect(world.sandbox.log.length).toBeLessThanOrEqual(4);
  });

  it.each(['+14155550137', '(415) 555-0137', '415.555.0137', '4155550137'])(
    'finds the phone number %s in both',
    async (typed) => {
      const world = await searchable();
      const { contact, person } = main(world);
      person.Phone = '+1 (415) 555-0137';
      contact.phone = '+14155550137';
      const found = await search(world, typed);
      for (const [side, id] of [
        [found.atera, String(person.EndUserID)],
        [found.ghl, contact.id],
      ] as const) {
        if (side.status !== 'ready') throw new Error(side.status);
        expect(side.hits.map(({ person: hit }) => hit.ref.id)).toContain(id);
      }
      expect(world.sandbox.log.length).toBeLessThanOrEqual(7);
    },
  );

  it('asks Atera for every way of writing a number, once each, and compares whole numbers', async () => {
    const world = await searchable();
    const { person } = main(world);
    const others = world.sandbox.state.atera.contacts.filter((contact) => contact !== person);
    person.Phone = '+1 (415) 555-0137';
    // The same last digits, in another area.
    for (const other of others) Object.assign(other, { Phone: '+1 212 555 0137', MobilePhone: null });
    const { atera } = await search(world, '(415) 555-0137');
    if (atera.status !== 'ready') throw new Error(atera.status);
    expect(atera.hits.map((hit) => hit.person.ref.id)).toEqual([String(person.EndUserID)]);
    const asked = world.sandbox.log.flatMap(({ path, query }) =>
      path.endsWith('/contacts') ? [new URLSearchParams(query).get('Phone')] : [],
    );
    expect(asked.sort()).toEqual(['(415) 555-0137', '+14155550137', '0137', '4155550137']);
  });

  it('follows Atera for three pages, and says that there are more', async () => {
    const world = await searchable();
    const { person } = main(world);
    const { atera: state } = world.sandbox.state;
    const crowd = (count: number) =>
      Array.from({ length: count }, (_, index) => ({
        ...person,
        EndUserID: 3_000_000 + index,
        Email: `crowd${index}@nowhere.example`,
        Phone: '(212) 555-0137',
      }));
    const last = { ...person, Phone: '(415) 555-0137', MobilePhone: null, EndUserID: 2_000_000 };
    state.contacts = [last, ...crowd(120)];
    expect((await search(world, '555-0137')).atera).toMatchObject({ status: 'ready', more: true });
    const whole = await search(world, '415 555 0137');
    expect(whole.atera).toMatchObject({ hits: [{ person: { ref: { id: '2000000' } } }], more: false });
    state.contacts = [last, ...crowd(160)];
    world.sandbox.log.length = 0;
    expect((await search(world, '415 555 0137')).atera).toMatchObject({ status: 'ready', more: true });
    expect(world.sandbox.log.filter(({ path }) => path.endsWith('/contacts')).length).toBeLessThanOrEqual(7);
  });

  it('digits that can be dialled are tried as an id too, where they are short enough', async () => {
    const world = await searchable();
    const { person } = main(world);
    const { atera: state } = world.sandbox.state;
    const other = { ...person, EndUserID: 2_125_550_137, Email: 'number@nowhere.example', Phone: null };
    state.contacts.push(other);
    person.Phone = '(212) 555-0137';
    const ids = async (typed: string) => {
      const { atera } = await search(world, typed);
      if (atera.status !== 'ready') throw new Error(atera.status);
      return atera.hits.map((hit) => hit.person.ref.id);
    };
    expect(await ids('2125550137')).toEqual(['2125550137', String(person.EndUserID)]);
    // An id that was never given out may be answered in any way: whoever has the number is shown all the same.
    state.contacts = state.contacts.filter((contact) => contact !== other);
    world.faults.add({ vendor: 'atera', path: /\/contacts\/2125550137$/u }, status(500));
    expect(await ids('2125550137')).toEqual([String(person.EndUserID)]);
    person.Phone = null;
    expect((await search(world, '2125550137')).atera).toMatchObject({
      status: 'failed',
      error: { code: 'vendor_unavailable' },
    });
    world.faults.clear();
    world.sandbox.log.length = 0;
    expect(await ids('4155550137')).toEqual([]);
    expect(world.sandbox.log.some(({ path }) => path.endsWith('/4155550137'))).toBe(false);
  });

  it.each(['jose garcia', 'José Garcia', 'GARCÍA jose', 'jose\u0301'])(
    'shows José García, whom GHL found, to whoever typed %s',
    async (typed) => {
      const record = {
        contact: { name: 'José García', emails: [], fields: {} },
        view: { ref: { vendor: 'ghl', accountId: 'l1', kind: 'contact', id: 'g1' }, company: null },
      };
      const pair = { country: 'US', atera: {}, ghl: { searchPeople: async () => [record] } };
      const { ghl } = await searchPeople(pair as unknown as Pair, typed);
      expect(ghl).toMatchObject({ status: 'ready', hits: [{ person: { ref: { id: 'g1' } } }] });
    },
  );

  it('finds a ticket and a contact of Atera by id, and a contact of GHL', async () => {
    const world = await searchable();
    const { contact, person } = main(world);
    const ticketId = String(SCENES.served.main.ticketId);
    expect(await search(world, ticketId)).toMatchObject({
      atera: { hits: [{ subject: { kind: 'ticket', id: ticketId }, person: { name: 'Dana Whitfield' } }] },
      ghl: { status: 'not-possible', reason: 'by-id' },
    });
    expect(await search(world, String(person.EndUserID))).toMatchObject({
      atera: { hits: [{ subject: { kind: 'contact', id: String(person.EndUserID) } }] },
    });
    expect(await search(world, contact.id)).toMatchObject({
      atera: { status: 'not-possible', reason: 'by-id' },
      ghl: { hits: [{ subject: { kind: 'contact', id: contact.id } }] },
    });
  });

  it('takes the address of a page, of the connected location only', async () => {
    const world = await searchable();
    const { contact } = main(world);
    const page = (location: string): string =>
      `https://app.gohighlevel.com/v2/location/${location}/contacts/detail/${contact.id}`;
    expect(await search(world, world.ticketUrl('main'))).toMatchObject({
      atera: { hits: [{ subject: { kind: 'ticket' } }] },
      ghl: { status: 'not-possible', reason: 'page' },
    });
    expect(await search(world, page(world.sandbox.ghl.locationId))).toMatchObject({
      ghl: { hits: [{ person: { ref: { id: contact.id } } }] },
    });
    world.sandbox.log.length = 0;
    expect(await search(world, page('AnotherLocation00001'))).toMatchObject({
      ghl: { status: 'not-possible', reason: 'page' },
    });
    expect(world.sandbox.log).toEqual([]);
  });

  it('finds a name in GHL, and says that Atera cannot', async () => {
    const world = await searchable();
    const { contact } = main(world);
    const found = await search(world, 'dana');
    expect(found.atera).toEqual({ status: 'not-possible', reason: 'by-name' });
    if (found.ghl.status !== 'ready') throw new Error(found.ghl.status);
    expect(found.ghl.hits.map(({ person }) => person.ref.id)).toContain(contact.id);
    expect(found.ghl.hits.length).toBeLessThanOrEqual(10);
  });

  it('shows what one vendor has when the other fails, and says when nobody is found', async () => {
    const world = await searchable();
    const { person } = main(world);
    world.faults.add({ vendor: 'ghl' }, status(503));
    expect(await search(world, person.Email)).toMatchObject({
      atera: { status: 'ready', hits: [{ person: { name: 'Dana Whitfield' } }] },
      ghl: { status: 'failed', error: { code: 'vendor_unavailable', vendor: 'ghl' } },
    });
    world.faults.clear();
    const nobody = { status: 'ready', hits: [], more: false };
    expect(await search(world, 'nobody@nowhere.example')).toEqual({ atera: nobody, ghl: nobody });
    expect(world.bugs).toEqual([]);
  });
});

it('the address of a ticket that names nobody says so', async () => {
  const world = await searchable();
  const { id } = world.subjectOfTicket('main');
  const ticket = world.sandbox.state.atera.tickets.find(({ TicketID }) => String(TicketID) === id);
  if (!ticket) throw new Error('No ticket');
  Object.assign(ticket, { EndUserID: 0 });
  expect((await search(world, world.ticketUrl('main'))).atera).toEqual({
    status: 'not-possible',
    reason: 'no-requester',
  });
});

describe('a chosen person', () => {
  const choose = async (world: World) => {
    const tabId = await world.openTab(EMPTY_PAGE);
    const { person } = main(world);
    const found = await search(world, person.Email);
    if (found.atera.status !== 'ready') throw new Error(found.atera.status);
    const [hit] = found.atera.hits;
    if (!hit) throw new Error('Nobody found');
    const { subject } = hit;
    const { accountId } = hit.person.ref;
    await world.send('chooseSubject', { target: { tabId }, subject, accountId });
    return { tabId, subject, accountId };
  };

  it('is shown with the counterpart, and a push works as from a page, also after a restart', async () => {
    const world = await searchable();
    const { tabId } = await choose(world);
    await world.shown(tabId, world.settled);
    world.restart();
    const view = await world.shown(tabId, (shown) => world.settled(shown) && shown.plans.push !== null);
    expect(view.match).toMatchObject({ status: 'one', counterpart: { ref: { vendor: 'ghl' } } });
    expect((await world.send('getPanelState', { tabId })).page).toMatchObject({ chosen: true });
    const receipt = await world.push(view.plans.push, ['lastName']);
    expect(receipt).toMatchObject({ state: 'done', fields: [{ outcome: 'verified' }] });
    expect(world.bugs).toEqual([]);
  });

  it('is gone when the page shows somebody, and an old plan with it', async () => {
    const world = await searchable();
    const { tabId } = await choose(world);
    const view = await world.shown(tabId, world.settled);
    await world.navigate(tabId, world.ticketUrl('differing'));
    await expect(world.push(view.plans.push, ['lastName'])).rejects.toMatchObject({
      code: 'subject_changed',
    });
    const next = await world.shown(tabId, world.settled);
    expect(next.subject).toEqual(world.subjectOfTicket('differing'));
    await world.navigate(tabId, EMPTY_PAGE);
    expect((await world.send('getPanelState', { tabId })).page.kind).toBe('nothing');
  });

  it('can be left, and is refused over a page that shows somebody or for another account', async () => {
    const world = await searchable();
    const { tabId, subject, accountId } = await choose(world);
    await world.send('leaveSubject', { target: { tabId } });
    expect((await world.send('getPanelState', { tabId })).page.kind).toBe('nothing');
    const target = { tabId };
    const refused = { code: 'subject_changed' };
    await expect(
      world.send('chooseSubject', { target, subject, accountId: 'another' }),
    ).rejects.toMatchObject(refused);
    await world.navigate(tabId, world.ticketUrl('main'));
    await expect(world.send('chooseSubject', { target, subject, accountId })).rejects.toMatchObject(refused);
  });

  it('stays while the page is filtered or scrolled, and ends with the next address, whatever that shows', async () => {
    const world = await searchable();
    const { tabId } = await choose(world);
    const kindNow = async () => (await world.send('getPanelState', { tabId })).page.kind;
    await world.navigate(tabId, `${EMPTY_PAGE}?sort=asc#top`);
    expect(await kindNow()).toBe('subject');
    const view = await world.shown(tabId, world.settled);
    await world.navigate(tabId, 'https://app.atera.com/new/contact/1048101');
    expect(await kindNow()).toBe('unmarked');
    await expect(world.push(view.plans.push, ['lastName'])).rejects.toMatchObject({
      code: 'subject_changed',
    });
    await world.navigate(tabId, EMPTY_PAGE);
    expect(await kindNow()).toBe('nothing');
    expect(world.writes()).toEqual([]);
  });

  it('is not shown in a tab that was closed, and that is said', async () => {
    const world = await searchable();
    const { subject, accountId } = await choose(world);
    await expect(
      world.send('chooseSubject', { target: { tabId: 777 }, subject, accountId }),
    ).rejects.toMatchObject({ code: 'tab_closed' });
  });

  it('does not outlive the account', async () => {
    const world = await searchable();
    const { tabId } = await choose(world);
    await world.shown(tabId, world.settled);
    for (const { id } of await world.send('getAccounts', {}))
      await world.send('disconnect', { accountId: id });
    await world.send('connectSample', {});
    expect((await world.send('getPanelState', { tabId })).page.kind).toBe('nothing');
  });
});

describe('people seen recently', () => {
  const recent = async (world: World): Promise<string[]> =>
    (await world.send('recentPeople', { target: { windowId: 0 } })).map(({ person }) => person.name);

  it('are listed once, the last one first, for seven days', async () => {
    const world = await searchable();
    const first = await world.openTicket('main');
    await vi.waitFor(async () => expect(await recent(world)).toHaveLength(1));
    await world.openTicket('differing');
    await vi.waitFor(async () => expect(await recent(world)).toHaveLength(2));
    expect((await recent(world))[1]).toBe('Dana Whitfield');
    await world.send('refreshView', { tabId: first.tabId });
    await vi.waitFor(async () => expect((await recent(world))[0]).toBe('Dana Whitfield'));
    expect(await recent(world)).toHaveLength(2);
    world.clock.advance(7 * 86_400_000 + 1);
    expect(await recent(world)).toEqual([]);
  });

  it('are erased with the account', async () => {
    const world = await searchable();
    await world.openTicket('main');
    await vi.waitFor(async () => expect(await world.storedRows('recents')).toBe(1));
    await world.send('disconnect', { accountId: world.sandbox.ghl.locationId });
    expect(await world.storedRows('recents')).toBe(0);
    expect(await recent(world)).toEqual([]);
  });
});
