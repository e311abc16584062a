import { describe, expect, it, vi } from 'vitest';
import type { Addition, CompanyName } from '../../lib/panel-state.ts';
import { SCENES } from '../../lib/sandbox/index.ts';
import { pressFor } from '../support/press.ts';
import { createWorld, type World } from '../support/world.ts';

const PATIENT = { timeout: 4000, interval: 5 };

async function shownPerson() {
  const world = await createWorld();
  await world.connect();
  const { tabId, view } = await world.openTicket('main');
  if (view.person.status !== 'ready') throw new Error('Nobody');
  const shown = { target: { tabId }, version: view.version, person: view.person.value.ref };
  const sides = () => world.send('getCompanySides', shown);
  const add = (addition: Addition, id = 'press-1') =>
    world.send('addToContact', pressFor(tabId, view, addition, id));
  const { atera, ghl } = await sides();
  if (atera?.status !== 'ready' || ghl?.status !== 'ready') throw new Error('No sides');
  const otherOf = ({ offer }: typeof atera): CompanyName => {
    const other = offer.status === 'ready' ? offer.all[0] : undefined;
    if (!other) throw new Error('No other company');
    return other;
  };
  const join: Addition = { kind: 'set-business', from: ghl.present, to: otherOf(ghl) };
  const move = { kind: 'set-customer', from: atera.present, to: otherOf(atera) } as const;
  world.sandbox.log.length = 0;
  return { world, tabId, view, shown, sides, add, atera, ghl, join, move };
}

const businessOf = (world: World) => world.ghlContact('main').businessId ?? null;
const customerOf = (world: World) =>
  world.sandbox.state.atera.contacts.find(({ EndUserID }) => EndUserID === SCENES.served.main.ateraContactId)
    ?.CustomerID;
const bulk = { vendor: 'ghl', method: 'POST', path: '/contacts/bulk/business' } as const;
const entries = async (world: World) =>
  (await world.send('getActivity', { people: null, limit: null }))?.entries ?? [];

describe('the companies of a person', () => {
  it('are read afresh from both vendors, with those that fit first, and nothing is written', async () => {
    const { world, sides } = await shownPerson();
    const contact = world.ghlContact('main');
    delete contact.businessId;
    const { atera, ghl } = await sides();
    expect(atera).toMatchObject({ status: 'ready', present: { id: String(customerOf(world)) } });
    if (atera?.status !== 'ready' || ghl?.status !== 'ready' || ghl.offer.status !== 'ready')
      throw new Error('No sides');
    expect(ghl.present).toBeNull();
    const [first] = ghl.offer.candidates;
    expect(first?.name).toBe(atera.present?.name);
    expect(first?.signs).toContain('name');
    expect(ghl.offer.total).toBe(ghl.offer.all.length);
    expect(world.writes()).toEqual([]);
  });

  it('say each for itself what cannot be read', async () => {
    const { world, sides } = await shownPerson();
    world.faults.add({ vendor: 'ghl', method: 'GET', path: '/businesses' }, { kind: 'status', status: 403 });
    const { atera, ghl } = await sides();
    expect(atera).toMatchObject({ status: 'ready', offer: { status: 'ready' } });
    // Where they are is known, by its id, though the token may not list companies.
    expect(ghl).toMatchObject({
      status: 'ready',
      present: { id: businessOf(world) },
      offer: { status: 'failed', error: { code: 'forbidden' } },
    });
  });

  it('are not offered for somebody who is only suspected, nor where companies are switched off', async () => {
    const { world, sides } = await shownPerson();
    const { tabId, view } = await world.openTicket('several');
    if (view.person.status !== 'ready') throw new Error('Nobody');
    const other = await world.send('getCompanySides', {
      target: { tabId },
      version: view.version,
      person: view.person.value.ref,
    });
    expect(other.ghl).toBeNull();
    expect(other.atera).not.toBeNull();
    await world.send('setResources', { rows: [{ resource: 'companies', enabled: false }] });
    await expect(sides()).rejects.toMatchObject({ code: 'switched_off' });
  });
});

describe('putting a GHL contact into a company', () => {
  it('takes one request for one contact, is read back and shown, and is in the journal', async () => {
    const { world, tabId, add, join, ghl } = await shownPerson();
    if (join.kind !== 'set-business') throw new Error(join.kind);
    expect(await add(join)).toEqual({ id: 'press-1', state: 'done', error: null });
    expect(businessOf(world)).toBe(join.to.id);
    expect(world.writes().map(({ method, path, body }) => ({ method, path, body }))).toEqual([
      {
        method: 'POST',
        path: '/contacts/bulk/business',
        body: {
          locationId: world.sandbox.ghl.locationId,
          ids: [world.ghlContact('main').id],
          businessId: join.to.id,
        },
      },
    ]);
    await world.shown(
      tabId,
      ({ match }) => match.status === 'one' && match.counterpart.companyId === join.to.id,
    );
    expect(await entries(world)).toMatchObject([
      {
        kind: 'set-business',
        vendor: 'ghl',
        state: 'done',
        lines: [{ what: 'company', before: ghl.present?.name, after: join.to.name, outcome: 'verified' }],
        undo: { can: true },
      },
    ]);
    expect(world.bugs).toEqual([]);
  });

  it('is written once when the same press comes twice, and not at all when they are there already', async () => {
    const { world, add, join } = await shownPerson();
    const [first, second] = await Promise.all([add(join), add(join)]);
    expect(second).toEqual(first);
    expect((await add(join, 'press-2')).state).toBe('done');
    expect(world.writes()).toHaveLength(1);
  });

  it('is a conflict, and nothing is written, when somebody has put them elsewhere meanwhile', async () => {
    const { world, add, join } = await shownPerson();
    const other = world.sandbox.state.ghl.businesses.find(
      ({ id }) => id !== businessOf(world) && join.kind === 'set-business' && id !== join.to.id,
    );
    if (other) world.ghlContact('main').businessId = other.id;
    expect(await add(join)).toMatchObject({ state: 'failed', error: { code: 'conflict', vendor: 'ghl' } });
    expect(businessOf(world)).toBe(other?.id);
    expect(world.writes()).toEqual([]);
  });

  it('is a conflict where they are said to leave a company that is called otherwise', async () => {
    const { world, add, join, move } = await shownPerson();
    if (join.kind !== 'set-business') throw new Error(join.kind);
    const { from } = join;
    if (!from || !move.from) throw new Error('In no company');
    const renamed = { ...join, from: { ...from, name: 'Nowhere Ltd' } };
    expect(await add(renamed)).toMatchObject({
      state: 'failed',
      error: { code: 'conflict', vendor: 'ghl', input: 'company' },
    });
    const elsewhere = { ...move, from: { ...move.from, name: 'Nowhere Ltd' } };
    expect(await add(elsewhere, 'press-2')).toMatchObject({ state: 'failed', error: { vendor: 'atera' } });
    expect(world.writes()).toEqual([]);
    // By its id, where its name could not be read.
    expect(await add({ ...join, from: { ...from, name: from.id } }, 'press-3')).toMatchObject({
      state: 'done',
    });
  });

  it('is not sent, and not ours to take back, when somebody else has put them there meanwhile', async () => {
    const { world, add, join } = await shownPerson();
    if (join.kind !== 'set-business') throw new Error(join.kind);
    const hold = world.faults.add(
      { vendor: 'ghl', method: 'GET', path: '/businesses/' },
      { kind: 'hold', when: 'after' },
    );
    const adding = add(join);
    await hold.arrived;
    const read = `/contacts/${SCENES.served.main.ghlContactIds[0]}`;
    await vi.waitFor(() => expect(world.sandbox.log.some(({ path }) => path === read)).toBe(true), PATIENT);
    world.ghlContact('main').businessId = join.to.id;
    hold.release();
    expect(await adding).toMatchObject({ state: 'done' });
    expect(world.writes()).toEqual([]);
    expect(await entries(world)).toMatchObject([
      { state: 'done', undo: { can: false, reason: 'as-before' } },
    ]);
  });

  it('is a conflict when the company was renamed, and refused when it is gone', async () => {
    const { world, add, join } = await shownPerson();
    if (join.kind !== 'set-business') throw new Error(join.kind);
    const company = world.sandbox.state.ghl.businesses.find(({ id }) => id === join.to.id);
    if (company) company.name = 'Somebody else entirely';
    expect(await add(join)).toMatchObject({ state: 'failed', error: { code: 'conflict' } });
    world.sandbox.state.ghl.businesses = world.sandbox.state.ghl.businesses.filter((one) => one !== company);
    expect(await add(join, 'press-2')).toMatchObject({ state: 'failed', error: { code: 'not_found' } });
    expect(world.writes()).toEqual([]);
  });

  it.each([
    ['after it was stored', { kind: 'cut', when: 'after' }, 'done'],
    ['before it was stored', { kind: 'cut', when: 'before' }, 'not-stored'],
    ['with 502', { kind: 'status', status: 502 }, 'not-stored'],
    ['with 403', { kind: 'status', status: 403 }, 'failed'],
  ] as const)('is sent once, whatever becomes of the answer: cut off %s', async (_case, fault, state) => {
    const { world, add, join } = await shownPerson();
    const met = world.faults.add(bulk, fault);
    expect(await add(join)).toMatchObject({ state });
    expect(await add(join)).toMatchObject({ state });
    expect(met.count()).toBe(1);
    expect(businessOf(world) === (join.kind === 'set-business' ? join.to.id : '')).toBe(state === 'done');
  });

  it('is found, and not sent again, when the worker ends in the middle of it', async () => {
    const { world, add, join } = await shownPerson();
    const hold = world.faults.add(bulk, { kind: 'hold', when: 'after' });
    void add(join);
    await hold.arrived;
    world.restart();
    await vi.waitFor(async () => expect(await entries(world)).toMatchObject([{ state: 'done' }]), PATIENT);
    expect(world.writes().filter(({ path }) => path === bulk.path)).toHaveLength(1);
  });

  it('is not written when the page has come to show somebody else, nor to somebody who is not their counterpart', async () => {
    const { world, tabId, view, add, join } = await shownPerson();
    const stranger = pressFor(tabId, view, join, 'press-3');
    await expect(
      world.send('addToContact', {
        ...stranger,
        contact: { ...stranger.contact, id: SCENES.served.exact.ghlContactIds[0] ?? '' },
      }),
    ).rejects.toMatchObject({ code: 'plan_expired' });
    const hold = world.faults.add(
      { vendor: 'ghl', method: 'GET', path: '/contacts/' },
      { kind: 'hold', when: 'before' },
    );
    const adding = add(join);
    await hold.arrived;
    await world.navigate(tabId, world.ticketUrl('exact'));
    hold.release();
    expect(await adding).toMatchObject({ state: 'failed', error: { code: 'subject_changed' } });
    expect(world.writes()).toEqual([]);
  });

  it('is not written where companies are only read', async () => {
    const { world, add, join } = await shownPerson();
    await world.send('setResources', { rows: [{ resource: 'companies', direction: 'to-atera' }] });
    await expect(add(join)).rejects.toMatchObject({ code: 'switched_off' });
    expect(world.writes()).toEqual([]);
  });

  it('is taken back: to the company of before, or to none; not when somebody has changed it since', async () => {
    const { world, add, join, ghl } = await shownPerson();
    await add(join);
    expect(await world.send('undoActivity', { id: 'addition:press-1', press: 'u1' })).toMatchObject({
      state: 'done',
      lines: [{ what: 'company', after: ghl.present?.name }],
    });
    expect(businessOf(world)).toBe(ghl.present?.id);

    delete world.ghlContact('main').businessId;
    await add({ ...join, from: null } as Addition, 'press-2');
    expect(await world.send('undoActivity', { id: 'addition:press-2', press: 'u2' })).toMatchObject({
      state: 'done',
    });
    expect(world.writes().at(-1)).toMatchObject({ body: { businessId: null } });
    expect(businessOf(world)).toBeNull();

    await add({ ...join, from: null } as Addition, 'press-3');
    world.ghlContact('main').businessId = ghl.present?.id ?? '';
    expect(await world.send('undoActivity', { id: 'addition:press-3', press: 'u3' })).toMatchObject({
      state: 'conflict',
      lines: [{ found: ghl.present?.name, outcome: 'changed-meanwhile' }],
    });
    expect(businessOf(world)).toBe(ghl.present?.id);
  });
});

describe('moving an Atera contact to another customer', () => {
  it('changes the customer alone, is read back, and taken back', async () => {
    const { world, tabId, add, move, atera } = await shownPerson();
    expect((await add(move)).state).toBe('done');
    expect(String(customerOf(world))).toBe(move.to.id);
    expect(world.writes().map(({ method, path, body }) => ({ method, path, body }))).toEqual([
      {
        method: 'PUT',
        path: `/api/v3/contacts/${SCENES.served.main.ateraContactId}`,
        body: { CustomerID: Number(move.to.id) },
      },
    ]);
    await world.shown(
      tabId,
      ({ person }) => person.status === 'ready' && person.value.companyId === move.to.id,
    );
    expect(await world.send('undoActivity', { id: 'addition:press-1', press: 'u1' })).toMatchObject({
      state: 'done',
    });
    expect(String(customerOf(world))).toBe(atera.present?.id);
    expect(world.bugs).toEqual([]);
  });

  it('is not stored, and says so, where Atera accepts it and keeps the customer', async () => {
    const { world, add, move, atera } = await shownPerson();
    world.sandbox.state.atera.ignoredFields = ['CustomerID'];
    expect(await add(move)).toEqual({ id: 'press-1', state: 'not-stored', error: null });
    expect(String(customerOf(world))).toBe(atera.present?.id);
  });
});
