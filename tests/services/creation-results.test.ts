import { describe, expect, it } from 'vitest';
import type { FieldName } from '../../lib/core/contact.ts';
import { createWorld, type World } from '../support/world.ts';

const NAMES: FieldName[] = ['firstName', 'lastName'];
const EMAIL = 'hank.dufour@kestrel-logistics.example';
const PHONE = '+15035550114';
const post = { vendor: 'ghl', method: 'POST', path: /^\/contacts\/?$/u } as const;
const posts = (world: World) =>
  world.sandbox.log.filter(({ method, path }) => method === 'POST' && /^\/contacts\/?$/u.test(path));

/** A ticket of Hank Dufour, whom nobody knows in GHL. `email`: his address in Atera. */
async function stranger(email = EMAIL) {
  const world = await createWorld();
  await world.connect();
  const hank = world.sandbox.state.atera.contacts.find(({ Email }) => Email === EMAIL);
  if (!hank) throw new Error('No contact');
  hank.Email = email;
  const { tabId, view } = await world.openTicket('none');
  if (view.person.status !== 'ready') throw new Error('No person');
  const shown = { target: { tabId }, version: view.version, person: view.person.value.ref };
  const { planId } = await world.send('previewCreate', shown);
  const create = (fields: readonly FieldName[]) =>
    world.send('createCounterpart', { target: { tabId }, planId: planId ?? 'none', fields: [...fields] });
  const statusNow = async () => (await world.shown(tabId, world.settled)).match.status;
  /** Somebody comes into GHL by another way. */
  const arrive = (who: object) => {
    const model = structuredClone(world.ghlContact('main'));
    const now = new Date(world.clock.now()).toISOString();
    const contact = {
      ...model,
      id: 'arrivedArrivedArri01',
      additionalEmails: [],
      dateAdded: now,
      dateUpdated: now,
      ...who,
    };
    world.sandbox.state.ghl.contacts.push(contact);
  };
  return { world, tabId, shown, create, statusNow, arrive };
}

describe('a creation that never arrived', () => {
  it.each([
    ['number', 'phone', { email: 'olga@elsewhere.example', phone: PHONE }],
    ['address', 'email', { email: EMAIL, phone: null }],
  ] as const)('is not found in another person with the same %s', async (_case, field, reach) => {
    const { world, create, statusNow, arrive } = await stranger();
    world.faults.add(post, { kind: 'cut', when: 'before' });
    const fields = [...NAMES, field];
    expect(await create(fields)).toMatchObject({ state: 'unknown', people: [] });
    arrive({ firstName: 'Olga', lastName: 'Marsh', ...reach });
    expect(await create(fields)).toMatchObject({
      state: 'unknown',
      created: null,
      people: [{ name: 'Olga Marsh' }],
    });
    expect(await statusNow()).not.toBe('linked');
    expect(posts(world)).toHaveLength(1);
  });

  it.each([
    ['a number', EMAIL, ['firstName', 'phone'], { email: null, phone: PHONE }],
    ['a shared mailbox', 'info@kestrel-logistics.example', ['firstName', 'email'], { phone: null }],
  ] as const)('is not found by %s and half a name', async (_case, email, fields, reach) => {
    const { world, create, statusNow, arrive } = await stranger(email);
    world.faults.add(post, { kind: 'cut', when: 'before' });
    expect((await create(fields)).state).toBe('unknown');
    arrive({ firstName: 'Hank', lastName: 'Marsh', email, ...reach });
    expect(await create(fields)).toMatchObject({ state: 'unknown', people: [{ name: 'Hank Marsh' }] });
    expect(await statusNow()).not.toBe('linked');
  });

  it('is not found in a record that is older than it', async () => {
    const { world, create, arrive } = await stranger();
    world.faults.add(post, { kind: 'cut', when: 'before' });
    const fields: FieldName[] = [...NAMES, 'email'];
    expect((await create(fields)).state).toBe('unknown');
    // An import brings in an old record of the very same person.
    arrive({
      firstName: 'Hank',
      lastName: 'Dufour',
      email: EMAIL,
      phone: null,
      dateAdded: '2024-02-01T09:00:00.000Z',
    });
    expect(await create(fields)).toMatchObject({ state: 'unknown', people: [] });
  });

  it('is not found in somebody who was there before, and was said to be another person', async () => {
    const { world, tabId, arrive, shown } = await stranger();
    arrive({ firstName: 'Hank', lastName: 'Dufour', email: EMAIL, phone: null });
    await world.send('refreshView', { tabId });
    const { match } = await world.shown(tabId, (view) => world.settled(view) && view.match.status !== 'none');
    const there = match.status === 'one' ? match.counterpart.ref : null;
    if (!there) throw new Error(match.status);
    await world.send('rejectMatch', { ...shown, counterpart: there });
    await world.shown(tabId, (view) => world.settled(view) && view.match.status === 'none');
    world.sandbox.state.ghl.location.settings.allowDuplicateContact = true;
    world.faults.add(post, { kind: 'cut', when: 'before' });
    const { planId } = await world.send('previewCreate', shown);
    const command = { target: shown.target, planId: planId ?? '', fields: [...NAMES, 'email' as const] };
    expect(await world.send('createCounterpart', command)).toMatchObject({ state: 'unknown', people: [] });
    expect(posts(world)).toHaveLength(1);
  });
});

describe('the id in the answer of a creation', () => {
  it.each([
    ['an older record', () => undefined],
    [
      'a new record of somebody else',
      (other: object, now: string) => Object.assign(other, { dateAdded: now }),
    ],
  ])('is not believed when it names %s', async (_case, change) => {
    const { world, create, statusNow } = await stranger();
    const other = world.ghlContact('main');
    change(other, new Date(world.clock.now()).toISOString());
    world.faults.add(post, {
      kind: 'status',
      status: 201,
      body: JSON.stringify({ contact: { id: other.id } }),
    });
    expect(await create([...NAMES, 'email'])).toMatchObject({
      state: 'unknown',
      created: null,
      error: { code: 'invalid_response', operation: 'createContact' },
    });
    expect(await statusNow()).not.toBe('linked');
    expect(await world.storedRows('links')).toBe(0);
  });

  it('is not believed for an older record with the very same address', async () => {
    const { world, create, arrive, statusNow } = await stranger();
    world.setGate(async ({ method, url }) => {
      if (method === 'POST' && /\/contacts\/?$/u.test(url))
        arrive({ firstName: 'Hank', email: EMAIL, dateAdded: '2024-02-01T09:00:00.000Z' });
    });
    const body = JSON.stringify({ contact: { id: 'arrivedArrivedArri01' } });
    world.faults.add(post, { kind: 'status', status: 201, body });
    expect(await create([...NAMES, 'email'])).toMatchObject({ state: 'unknown', people: [] });
    expect(await statusNow()).not.toBe('linked');
  });
});

it('whoever the agent linked while it was created stays linked', async () => {
  const { world, tabId, shown, create } = await stranger();
  const hold = world.faults.add(post, { kind: 'hold', when: 'before' });
  const creating = create([...NAMES, 'email']);
  await hold.arrived;
  const { id } = world.ghlContact('main');
  const counterpart = {
    vendor: 'ghl',
    accountId: world.sandbox.ghl.locationId,
    kind: 'contact',
    id,
  } as const;
  await world.send('linkCounterpart', { ...shown, counterpart });
  hold.release();
  expect(await creating).toMatchObject({ state: 'created', isLinked: false });
  const { match } = await world.shown(tabId, (view) => world.settled(view) && view.match.status === 'linked');
  expect(match).toMatchObject({ counterpart: { ref: { id } } });
});
