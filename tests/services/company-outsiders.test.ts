import { describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { Ref } from '../../lib/core/contact.ts';
import type { CompanyOutsiders, JobView, Joiner, Outsider } from '../../lib/panel-state.ts';
import { openLinked, shownCompared } from '../support/company.ts';
import { createWorld, type World } from '../support/world.ts';

const PATIENT = { timeout: 6000, interval: 5 };
const BULK = { vendor: 'ghl', method: 'POST', path: '/contacts/bulk/business' } as const;
const NAMES = ['Dana Whitfield', 'Lena Fischer', 'Oscar Nguyen'];
const EMAILS = ['dana.whitfield', 'lena.fischer', 'oscar.nguyen'].map(
  (name) => `${name}@brightsmile.example`,
);

const ghlContact = (world: World, index: number) => {
  const found = world.sandbox.state.ghl.contacts.find(({ email }) => email === EMAILS[index]);
  if (!found) throw new Error('No such contact');
  return found;
};
const ateraContact = (world: World, index: number) => {
  const found = world.sandbox.state.atera.contacts.find(({ Email }) => Email === EMAILS[index]);
  if (!found) throw new Error('No such contact');
  return found;
};
const businessesOf = (world: World) =>
  NAMES.map((_name, index) => ghlContact(world, index).businessId ?? null);
const entries = async (world: World) =>
  (await world.send('getActivity', { people: null, limit: null }))?.entries ?? [];
const stepsOf = ({ steps }: JobView) => steps.map(({ words, state }) => `${words.personName} ${state}`);
const joinerOf = ({ person, name, contact, isLinked, from }: Outsider): Joiner => ({
  person,
  name,
  contact,
  isLinked,
  from,
});
const jobOf = async (world: World): Promise<JobView | undefined> => (await world.send('getJobs', {}))[0];
const jobIn = (world: World, status: JobView['status']): Promise<JobView> =>
  vi.waitFor(async () => {
    const job = await jobOf(world);
    if (job?.status !== status || (status === 'queued' && job.attempts === 0))
      throw new Error(`Still ${JSON.stringify(job)}`);
    return job;
  }, PATIENT);

/** A customer that is linked to a business, and three of its people who are in no business. */
async function apart() {
  const world = await createWorld();
  await world.connect();
  const linked = await openLinked(world);
  const { shown, business } = linked;
  for (const index of NAMES.keys()) delete ghlContact(world, index).businessId;
  const offer = () => world.send('getOutsiders', shown);
  const join = (found: CompanyOutsiders, id = 'press-1', people = found.people.map(joinerOf)) =>
    world.send('joinCompany', { ...shown, id, to: found.to, people });
  return { world, ...linked, offer, join, businessId: business.id };
}

describe('people who are not in the linked company', () => {
  it('are put there for nobody on screen: no tab is asked for', async () => {
    const { world, offer, join } = await apart();
    const get = vi.spyOn(fakeBrowser.tabs, 'get');
    await join(await offer());
    await jobIn(world, 'done');
    expect(get.mock.calls.filter(([id]) => id < 0)).toEqual([]);
    expect(world.bugs).toEqual([]);
  });

  it('are looked for by one search each, and nothing is written', async () => {
    const { world, business, offer } = await apart();
    const found = await offer();
    expect(found).toMatchObject({
      vendor: 'ghl',
      to: { id: business.id, name: business.name },
      inside: 0,
      // A mailbox of many is nobody.
      uncertain: 1,
      failed: null,
      left: 0,
    });
    expect(found.people.map(({ name, from, isLinked }) => ({ name, from, isLinked }))).toEqual(
      NAMES.map((name) => ({ name, from: null, isLinked: false })),
    );
    expect(world.sandbox.log.map(({ path }) => path)).toEqual([
      '/api/v3/tickets',
      ...Array.from({ length: 4 }, () => '/contacts/search/duplicate'),
    ]);
    expect(world.writes()).toEqual([]);
  });

  it('are told apart: in no company, in another one, by its name, or in it already', async () => {
    const { world, business, offer } = await apart();
    const [other] = world.sandbox.state.ghl.businesses.filter(({ id }) => id !== business.id);
    ghlContact(world, 0).businessId = business.id;
    ghlContact(world, 1).businessId = other?.id ?? '';
    expect(await offer()).toMatchObject({
      inside: 1,
      people: [
        { name: NAMES[1], from: { id: other?.id, name: other?.name } },
        { name: NAMES[2], from: null },
      ],
    });
  });

  it('are read by their link, and counted as uncertain once it leads nowhere', async () => {
    const { world, offer } = await apart();
    const { view } = await world.openTicket('main');
    if (view.match.status !== 'one') throw new Error('No match');
    // A write that was read back links the two.
    await world.push(view.plans.push, ['lastName']);
    ghlContact(world, 0).email = 'somebody.else@brightsmile.example';
    const dana = (await offer()).people.find(({ name }) => name === NAMES[0]);
    expect(dana).toMatchObject({ isLinked: true, contact: view.match.counterpart.ref });
    world.sandbox.state.ghl.contacts = world.sandbox.state.ghl.contacts.filter(
      ({ id }) => id !== dana?.contact.id,
    );
    expect(await offer()).toMatchObject({ uncertain: 2, people: [{ name: NAMES[1] }, { name: NAMES[2] }] });
  });

  it('are none of them certain where two have one address', async () => {
    const { world, offer } = await apart();
    for (const ticket of world.sandbox.state.atera.tickets)
      if (ticket.EndUserID === ateraContact(world, 1).EndUserID) ticket.EndUserEmail = EMAILS[0] ?? '';
    ateraContact(world, 1).Email = EMAILS[0] ?? '';
    expect(await offer()).toMatchObject({ uncertain: 3, people: [{ name: NAMES[2] }] });
  });

  it('are counted where they could not be looked for, and the others are told', async () => {
    const { world, offer } = await apart();
    world.faults.add(
      { vendor: 'ghl', method: 'GET', path: '/contacts/search/duplicate' },
      { kind: 'status', status: 403 },
      1,
    );
    const found = await offer();
    expect(found.failed).toMatchObject({ count: 1, error: { code: 'forbidden' } });
    expect(found.people).toHaveLength(2);
  });

  it('are looked for up to 25, and the rest is counted', async () => {
    const { world, offer, customer } = await apart();
    const { atera } = world.sandbox.state;
    const [sample] = atera.tickets.filter(({ CustomerID }) => CustomerID === customer.CustomerID);
    if (!sample) throw new Error('No ticket');
    for (let index = 0; index < 24; index += 1)
      atera.tickets.unshift({
        ...sample,
        TicketID: 9_000_000 + index,
        EndUserID: 8_000_000 + index,
        EndUserEmail: `new.${index}@brightsmile.example`,
        EndUserFirstName: 'Zed',
        EndUserLastName: String(index),
      });
    world.sandbox.log.length = 0;
    expect((await offer()).left).toBe(3);
    expect(world.sandbox.log.filter(({ path }) => path === '/contacts/search/duplicate')).toHaveLength(25);
  });

  it('are not looked for where the company is linked to none, or companies or tickets are switched off', async () => {
    const { world, offer, shown, view } = await apart();
    await world.send('setResources', { rows: [{ resource: 'tickets', enabled: false }] });
    await expect(offer()).rejects.toMatchObject({ code: 'switched_off' });
    await world.send('setResources', { rows: [{ resource: 'tickets', enabled: true }] });
    await world.send('setResources', { rows: [{ resource: 'companies', enabled: false }] });
    await expect(offer()).rejects.toMatchObject({ code: 'switched_off' });
    await world.send('setResources', { rows: [{ resource: 'companies', enabled: true }] });
    if (view.match.status !== 'linked') throw new Error('Not linked');
    await world.send('unlink', {
      target: shown.target,
      version: shown.version,
      person: shown.company,
      counterpart: view.match.counterpart.ref,
    });
    await expect(offer()).rejects.toMatchObject({ code: 'plan_expired' });
  });
});

describe('several people are put into the linked company', () => {
  it('each by a request, an entry and a way back of their own', async () => {
    const { world, offer, join, businessId, business } = await apart();
    const found = await offer();
    expect(await join(found)).toMatchObject({ personName: business.name, status: 'queued' });
    expect(stepsOf(await jobIn(world, 'done'))).toEqual(NAMES.map((name) => `${name} done`));
    expect(businessesOf(world)).toEqual([businessId, businessId, businessId]);
    expect(world.writes().map(({ path, body }) => ({ path, ids: (body as { ids: string[] }).ids }))).toEqual(
      NAMES.map((_name, index) => ({ path: BULK.path, ids: [ghlContact(world, index).id] })),
    );
    expect((await entries(world)).reverse()).toMatchObject(
      NAMES.map((personName) => ({
        kind: 'set-business',
        personName,
        state: 'done',
        undo: { can: true },
        lines: [{ what: 'company', before: null, after: business.name, outcome: 'verified' }],
      })),
    );
    await world.send('undoActivity', { id: 'addition:join-press-1:1', press: 'u1' });
    expect(businessesOf(world)).toEqual([businessId, null, businessId]);
    expect((await offer()).inside).toBe(2);
    expect(world.bugs).toEqual([]);
  });

  it('once, pressed twice, also from two panels that showed the same', async () => {
    const { world, offer, join } = await apart();
    const found = await offer();
    await Promise.all([join(found), join(found), join(found, 'press-2')]);
    await vi.waitFor(async () => {
      const jobs = await world.send('getJobs', {});
      expect(jobs.map(({ status }) => status)).toEqual(['done', 'done']);
    }, PATIENT);
    expect(world.writes()).toHaveLength(3);
    await join(found);
    expect(world.writes()).toHaveLength(3);
  });

  it('of one press are those of that press: under its id nobody else is put there, or called so', async () => {
    const { world, offer, join, businessId } = await apart();
    const found = await offer();
    const [dana, lena] = found.people.map(joinerOf);
    if (!dana || !lena) throw new Error('Nobody');
    await join(found, 'press-1', [dana]);
    const { id } = await jobIn(world, 'done');
    await expect(join(found, 'press-1', [lena])).rejects.toMatchObject({ code: 'invalid_input' });
    await expect(join(found, 'press-1', [dana, lena])).rejects.toMatchObject({ code: 'invalid_input' });
    expect(await join(found, 'press-1', [dana])).toMatchObject({ id, status: 'done' });
    // What is off the list is known all the same.
    await world.send('dismissJob', { id });
    await join(found, 'press-1', [lena]);
    const job = await jobIn(world, 'done');
    expect(job.steps.map(({ state, error }) => [state, error?.code])).toEqual([['skipped', 'invalid_input']]);
    expect(businessesOf(world)).toEqual([businessId, null, null]);
    expect(world.writes()).toHaveLength(1);
    expect(world.bugs).toEqual([]);
  });

  it('are called what the vendors call them, whatever a panel says, and so is the company that they leave', async () => {
    const { world, offer, join, business, businessId } = await apart();
    const [other] = world.sandbox.state.ghl.businesses.filter(({ id }) => id !== business.id);
    if (!other) throw new Error('No other company');
    ghlContact(world, 1).businessId = other.id;
    ghlContact(world, 2).businessId = other.id;
    const found = await offer();
    const people = found.people.map(joinerOf).map((one, index) => ({
      ...one,
      name: 'Somebody Else',
      ...(index === 1 ? { from: { id: other.id, name: 'Nowhere Ltd' } } : {}),
    }));
    await join(found, 'press-1', people);
    const job = await jobIn(world, 'done');
    expect(stepsOf(job)).toEqual([`${NAMES[0]} done`, `${NAMES[1]} skipped`, `${NAMES[2]} done`]);
    expect(job.steps[1]?.error).toMatchObject({ code: 'conflict', vendor: 'ghl', input: 'company' });
    expect(businessesOf(world)).toEqual([businessId, other.id, businessId]);
    const told = (await entries(world)).reverse();
    expect(told.map(({ personName, state }) => `${personName} ${state}`)).toEqual([
      `${NAMES[0]} done`,
      `${NAMES[1]} failed`,
      `${NAMES[2]} done`,
    ]);
    expect(told[2]?.lines).toMatchObject([{ what: 'company', before: other.name, after: business.name }]);
    expect(world.bugs).toEqual([]);
  });

  it('wait where nobody can be asked what they are called, and are passed by where they are gone', async () => {
    const { world, offer, join, businessId } = await apart();
    const found = await offer();
    const path = `/api/v3/contacts/${ateraContact(world, 0).EndUserID}`;
    const cut = world.faults.add({ vendor: 'atera', path }, { kind: 'cut', when: 'before' });
    await join(found);
    await jobIn(world, 'queued');
    cut.remove();
    const { atera } = world.sandbox.state;
    atera.contacts = atera.contacts.filter((one) => one !== ateraContact(world, 0));
    world.ring('online');
    const job = await jobIn(world, 'done');
    expect(job.steps.map(({ state, error }) => [state, error?.code])).toEqual([
      ['skipped', 'not_found'],
      ['done', undefined],
      ['done', undefined],
    ]);
    expect(businessesOf(world)).toEqual([null, businessId, businessId]);
    expect((await entries(world)).map(({ state }) => state)).toEqual(['done', 'done']);
    expect(world.bugs).toEqual([]);
  });

  it('one alone is told among the jobs too, until somebody has seen it', async () => {
    const { world, offer, join } = await apart();
    const found = await offer();
    await join(found, 'press-1', found.people.slice(0, 1).map(joinerOf));
    const job = await jobIn(world, 'done');
    expect(stepsOf(job)).toEqual([`${NAMES[0]} done`]);
    expect(await world.send('dismissJob', { id: job.id })).toEqual([]);
  });

  it('leaves out whoever was moved since, on either side, and puts the others there', async () => {
    const { world, offer, join, business, businessId } = await apart();
    const found = await offer();
    const [other] = world.sandbox.state.ghl.businesses.filter(({ id }) => id !== business.id);
    ghlContact(world, 0).businessId = other?.id ?? '';
    const [elsewhere] = world.sandbox.state.atera.customers.filter(
      ({ CustomerID }) => CustomerID !== ateraContact(world, 1).CustomerID,
    );
    ateraContact(world, 1).CustomerID = elsewhere?.CustomerID ?? 0;
    await join(found);
    const job = await jobIn(world, 'done');
    expect(stepsOf(job)).toEqual([`${NAMES[0]} skipped`, `${NAMES[1]} skipped`, `${NAMES[2]} done`]);
    expect(job.steps.map(({ error }) => error && [error.code, error.vendor])).toEqual([
      ['conflict', 'ghl'],
      ['conflict', 'atera'],
      null,
    ]);
    expect(businessesOf(world)).toEqual([other?.id, null, businessId]);
  });

  it('leaves out whoever is not certain any more: called somebody else, or with an address of two', async () => {
    const { world, offer, join, businessId } = await apart();
    const found = await offer();
    const [dana] = found.people;
    const { tabId, view } = await world.openTicket('main');
    if (view.person.status !== 'ready' || !dana) throw new Error('Nobody');
    await world.send('rejectMatch', {
      target: { tabId },
      version: view.version,
      person: view.person.value.ref,
      counterpart: dana.contact,
    });
    const twin = world.sandbox.state.atera.contacts.find(({ Email }) => !EMAILS.includes(Email));
    if (twin) twin.Email = EMAILS[1] ?? '';
    await join(found);
    const job = await jobIn(world, 'done');
    expect(stepsOf(job)).toEqual([`${NAMES[0]} skipped`, `${NAMES[1]} skipped`, `${NAMES[2]} done`]);
    expect(job.steps.slice(0, 2).map(({ error }) => error?.code)).toEqual(['uncertain', 'uncertain']);
    expect(businessesOf(world)).toEqual([null, null, businessId]);
  });

  it('stops where the right is missing, says so, and goes on from there', async () => {
    const { world, offer, join, businessId } = await apart();
    const no = world.faults.add({ ...BULK, skip: 1 }, { kind: 'status', status: 403 });
    await join(await offer());
    const stopped = await jobIn(world, 'stopped');
    expect(stepsOf(stopped)).toEqual([`${NAMES[0]} done`, `${NAMES[1]} failed`, `${NAMES[2]} waiting`]);
    expect(stopped).toMatchObject({ canGoOn: true, steps: [{}, { error: { code: 'forbidden' } }, {}] });
    no.remove();
    await world.send('retryJob', { id: stopped.id });
    expect(stepsOf(await jobIn(world, 'done'))).toEqual(NAMES.map((name) => `${name} done`));
    expect(businessesOf(world)).toEqual([businessId, businessId, businessId]);
    expect((await entries(world)).map(({ state }) => state)).toEqual(['done', 'done', 'done']);
  });

  it('goes past one whom the vendor refuses', async () => {
    const { world, offer, join, businessId } = await apart();
    world.faults.add({ ...BULK, skip: 1 }, { kind: 'status', status: 422 }, 1);
    await join(await offer());
    const job = await jobIn(world, 'done');
    expect(stepsOf(job)).toEqual([`${NAMES[0]} done`, `${NAMES[1]} skipped`, `${NAMES[2]} done`]);
    expect(job.steps[1]?.error?.code).toBe('rejected');
    expect(businessesOf(world)).toEqual([businessId, null, businessId]);
  });

  it('goes past one of whom it cannot be told, and says that they need a look', async () => {
    const { world, offer, join, businessId } = await apart();
    const found = await offer();
    world.faults.add({ ...BULK, skip: 1 }, { kind: 'cut', when: 'before' }, 1);
    // Read before the write, to prove who they are, and once more; not to be read after it.
    world.faults.add(
      { vendor: 'ghl', method: 'GET', path: `/contacts/${ghlContact(world, 1).id}`, skip: 3 },
      { kind: 'status', status: 403 },
    );
    await join(found);
    const job = await jobIn(world, 'needs-look');
    expect(stepsOf(job)).toEqual([`${NAMES[0]} done`, `${NAMES[1]} unknown`, `${NAMES[2]} done`]);
    expect(businessesOf(world)).toEqual([businessId, null, businessId]);
    expect((await entries(world)).map(({ state }) => state)).toEqual(['done', 'unknown', 'done']);
  });

  it.each([0, 1, 2])('is found, and not sent again, when the worker ends after write %i', async (skip) => {
    const { world, offer, join, businessId } = await apart();
    const hold = world.faults.add({ ...BULK, skip }, { kind: 'hold', when: 'after' });
    await join(await offer());
    await hold.arrived;
    hold.remove();
    world.restart();
    expect(stepsOf(await jobIn(world, 'done'))).toEqual(NAMES.map((name) => `${name} done`));
    expect(businessesOf(world)).toEqual([businessId, businessId, businessId]);
    expect(world.writes()).toHaveLength(3);
    expect(world.bugs).toEqual([]);
  });

  it.each(['tickets?', ...['/contacts/search/duplicate', '/businesses/', '/contacts/search']])(
    'is gone on with, once each, when the worker ends while it waits for %s',
    async (path) => {
      const { world, offer, join, businessId } = await apart();
      const found = await offer();
      const hold = world.faults.add(
        { path: path === 'tickets?' ? '/api/v3/contacts/' : path },
        {
          kind: 'hold',
          when: 'before',
        },
      );
      await join(found);
      await hold.arrived;
      hold.remove();
      world.restart();
      await jobIn(world, 'done');
      expect(businessesOf(world)).toEqual([businessId, businessId, businessId]);
      expect(world.writes()).toHaveLength(3);
    },
  );

  it('waits without the network, and asks again who is where before it goes on', async () => {
    const { world, offer, join, business, businessId } = await apart();
    const cut = world.faults.add(
      { vendor: 'ghl', method: 'GET', path: `/contacts/${ghlContact(world, 1).id}` },
      { kind: 'cut', when: 'before' },
    );
    await join(await offer());
    const waiting = await jobIn(world, 'queued');
    expect(waiting).toMatchObject({ error: { code: 'network' }, canCancel: true });
    expect(stepsOf(waiting)).toEqual([`${NAMES[0]} done`, `${NAMES[1]} waiting`, `${NAMES[2]} waiting`]);
    const [other] = world.sandbox.state.ghl.businesses.filter(({ id }) => id !== business.id);
    ghlContact(world, 1).businessId = other?.id ?? '';
    cut.remove();
    world.ring('online');
    expect(stepsOf(await jobIn(world, 'done'))).toEqual([
      `${NAMES[0]} done`,
      `${NAMES[1]} skipped`,
      `${NAMES[2]} done`,
    ]);
    expect(businessesOf(world)).toEqual([businessId, other?.id, businessId]);
  });

  it('writes nothing more once the two companies are not linked, or the press is cancelled', async () => {
    const { world, offer, join, shown, view, businessId } = await apart();
    const cut = world.faults.add(
      { vendor: 'ghl', method: 'GET', path: `/contacts/${ghlContact(world, 1).id}` },
      { kind: 'cut', when: 'before' },
    );
    const found = await offer();
    await join(found);
    await jobIn(world, 'queued');
    if (view.match.status !== 'linked') throw new Error('Not linked');
    await world.send('unlink', {
      target: shown.target,
      version: shown.version,
      person: shown.company,
      counterpart: view.match.counterpart.ref,
    });
    cut.remove();
    world.ring('online');
    const job = await jobIn(world, 'done');
    expect(job.steps.map(({ state, error }) => `${state} ${error?.code}`)).toEqual([
      'done undefined',
      'skipped plan_expired',
      'skipped plan_expired',
    ]);
    expect(businessesOf(world)).toEqual([businessId, null, null]);
  });

  it('is cancelled while it waits: who is there stays, and the journal says so of the rest', async () => {
    const { world, offer, join, businessId } = await apart();
    const cut = world.faults.add(
      { vendor: 'ghl', method: 'GET', path: `/contacts/${ghlContact(world, 1).id}` },
      { kind: 'cut', when: 'before' },
    );
    await join(await offer());
    const { id } = await jobIn(world, 'queued');
    await world.send('cancelJob', { id });
    cut.remove();
    world.ring('online');
    expect(stepsOf(await jobIn(world, 'cancelled'))).toEqual([
      `${NAMES[0]} done`,
      `${NAMES[1]} skipped`,
      `${NAMES[2]} skipped`,
    ]);
    expect((await entries(world)).map(({ state, error }) => `${state} ${error?.code}`)).toEqual([
      'failed cancelled',
      'done undefined',
    ]);
    expect(businessesOf(world)).toEqual([businessId, null, null]);
  });

  it('is given up after a day, says why, and goes on from there when asked', async () => {
    const { world, offer, join, businessId } = await apart();
    const path = `/contacts/${ghlContact(world, 1).id}`;
    const cut = world.faults.add({ vendor: 'ghl', method: 'GET', path }, { kind: 'cut', when: 'before' });
    await join(await offer());
    await jobIn(world, 'queued');
    cut.remove();
    world.clock.advance(86_400_000);
    world.ring('online');
    const stopped = await jobIn(world, 'stopped');
    expect(stopped).toMatchObject({ canGoOn: true, steps: [{}, { error: { code: 'network' } }, {}] });
    expect(stepsOf(stopped)).toEqual([`${NAMES[0]} done`, `${NAMES[1]} failed`, `${NAMES[2]} waiting`]);
    await world.send('retryJob', { id: stopped.id });
    expect(stepsOf(await jobIn(world, 'done'))).toEqual(NAMES.map((name) => `${name} done`));
    expect(businessesOf(world)).toEqual([businessId, businessId, businessId]);
  });

  it('is refused, and nothing is stored, when the page or who is who is not what was shown', async () => {
    const { world, offer, join, shown } = await apart();
    const found = await offer();
    const [dana, lena] = found.people.map(joinerOf);
    if (!dana || !lena) throw new Error('Nobody');
    const refused = async (people: Joiner[], code: string) =>
      expect(join(found, 'press-1', people)).rejects.toMatchObject({ code });
    await refused([dana, { ...lena, contact: dana.contact }], 'invalid_input');
    await refused([{ ...dana, person: dana.contact, contact: dana.person }], 'invalid_input');
    const foreign: Ref = { ...dana.contact, accountId: 'another' };
    await refused([{ ...dana, contact: foreign }], 'invalid_input');
    await refused([{ ...dana, isLinked: true }], 'plan_expired');
    await expect(
      world.send('joinCompany', {
        ...shown,
        id: 'press-1',
        to: { ...found.to, name: 'Renamed' },
        people: [dana],
      }),
    ).rejects.toMatchObject({ code: 'plan_expired' });
    await world.send('setResources', { rows: [{ resource: 'companies', direction: 'to-atera' }] });
    await refused([dana], 'switched_off');
    await world.send('setResources', { rows: [{ resource: 'companies', direction: 'both' }] });
    await world.navigate(shown.target.tabId, 'https://app.atera.com/new/dashboard');
    await refused([dana], 'subject_changed');
    expect(await world.send('getJobs', {})).toEqual([]);
    expect(world.writes()).toEqual([]);
  });
});

describe('from a company of GHL', () => {
  it('people are moved to the linked customer of Atera, one by one', async () => {
    const { world, business, customer } = await apart();
    for (const index of NAMES.keys()) ghlContact(world, index).businessId = business.id;
    const [elsewhere] = world.sandbox.state.atera.customers.filter(
      ({ CustomerID }) => CustomerID !== customer.CustomerID,
    );
    if (!elsewhere) throw new Error('No other customer');
    for (const index of [1, 2]) ateraContact(world, index).CustomerID = elsewhere.CustomerID;
    const { tabId, view } = await world.openTicket('main');
    const accountId = view.match.status === 'one' ? view.match.counterpart.ref.accountId : '';
    await world.send('chooseSubject', {
      target: { tabId },
      version: view.version,
      accountId,
      subject: { vendor: 'ghl', kind: 'business', id: business.id, locationId: accountId },
    });
    const { version } = await shownCompared(world, tabId, ({ match }) => match.status === 'linked');
    const company: Ref = { vendor: 'ghl', accountId, kind: 'business', id: business.id };
    const shown = { target: { tabId }, version, company };
    world.sandbox.log.length = 0;
    const found = await world.send('getOutsiders', shown);
    const from = { id: String(elsewhere.CustomerID), name: elsewhere.CustomerName };
    expect(found).toMatchObject({
      vendor: 'atera',
      to: { id: String(customer.CustomerID) },
      people: [2, 1].map((index) => ({ name: NAMES[index], from })),
    });
    await world.send('joinCompany', {
      ...shown,
      id: 'press-1',
      to: found.to,
      people: found.people.map(joinerOf),
    });
    expect(stepsOf(await jobIn(world, 'done'))).toEqual([`${NAMES[2]} done`, `${NAMES[1]} done`]);
    expect(world.writes().map(({ method, body }) => ({ method, body }))).toEqual([
      { method: 'PUT', body: { CustomerID: customer.CustomerID } },
      { method: 'PUT', body: { CustomerID: customer.CustomerID } },
    ]);
    expect([1, 2].map((index) => ateraContact(world, index).CustomerID)).toEqual([
      customer.CustomerID,
      customer.CustomerID,
    ]);
    expect(world.bugs).toEqual([]);
  });
});
