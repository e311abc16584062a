import { describe, expect, it, vi } from 'vitest';
import type { FieldName } from '../../lib/core/contact.ts';
import { isRead, openCustomer, shownCompany, shownCompared } from '../support/company.ts';
import { createWorld, type World } from '../support/world.ts';

const PATIENT = { timeout: 4000, interval: 5 };
const ALL: FieldName[] = [
  'company',
  'phone',
  'website',
  'address1',
  'city',
  'state',
  'postalCode',
  'country',
];
const POST = { vendor: 'ghl', method: 'POST', path: /^\/businesses\/?$/ } as const;

/** A customer that GHL does not have. */
async function onlyInAtera() {
  const world = await createWorld();
  await world.connect();
  const { business, tabId, customer, version, ref } = await openCustomer(world);
  const { name } = business;
  world.sandbox.state.ghl.businesses = world.sandbox.state.ghl.businesses.filter((one) => one !== business);
  const shown = { target: { tabId }, version, person: ref };
  const preview = () => world.send('previewCreate', shown);
  const create = (planId: string | null, fields = ALL) =>
    world.send('createCounterpart', { target: { tabId }, planId: planId ?? 'none', fields });
  world.sandbox.log.length = 0;
  return { world, business, name, tabId, customer, preview, create };
}
const made = (world: World, name: string) =>
  world.sandbox.state.ghl.businesses.filter((one) => one.name === name);
const posts = (world: World) => world.writes().filter(({ method }) => method === 'POST');

describe('creating a company in GHL', () => {
  it('is previewed, sent once, read back, linked, and in the journal with the reason why it stays', async () => {
    const { world, name, tabId, customer, preview, create } = await onlyInAtera();
    const { planId, rows, problem, companies } = await preview();
    expect({ problem, companies }).toEqual({ problem: null, companies: null });
    expect(rows.find(({ field }) => field === 'company')).toMatchObject({
      required: true,
      write: { can: true, value: name },
    });
    expect(world.writes()).toEqual([]);
    const [first, second] = await Promise.all([create(planId), create(planId)]);
    expect(second).toEqual(first);
    expect(first).toMatchObject({ state: 'created', isLinked: true, isCompany: true });
    expect(first.fields.every(({ stored }) => stored)).toBe(true);
    expect(posts(world).map(({ path, body }) => ({ path, body }))).toMatchObject([
      { path: '/businesses/', body: { name, city: customer.City } },
    ]);
    expect(made(world, name)).toHaveLength(1);
    await shownCompared(world, tabId, ({ match }) => match.status === 'linked');
    const activity = await world.send('getActivity', { people: null, limit: null });
    expect(activity?.entries).toMatchObject([
      { kind: 'create-company', state: 'done', undo: { can: false, reason: 'created-company' } },
    ]);
    expect(world.bugs).toEqual([]);
  });

  it('waits where it cannot be looked for, and is created once when it can be', async () => {
    const { world, name, preview, create } = await onlyInAtera();
    const { planId } = await preview();
    const cut = world.faults.add({ vendor: 'ghl' }, { kind: 'cut', when: 'before' });
    expect(await create(planId)).toMatchObject({ state: 'queued', isCompany: true });
    expect(await world.send('getJobs', {})).toMatchObject([
      { personName: name, steps: [{ words: { kind: 'create-company', vendor: 'ghl' } }] },
    ]);
    cut.remove();
    world.ring('online');
    await vi.waitFor(async () => expect(await world.send('getJobs', {})).toEqual([]), PATIENT);
    expect(await create(planId)).toMatchObject({ state: 'created', isLinked: true });
    expect(made(world, name)).toHaveLength(1);
    expect(posts(world)).toHaveLength(1);
  });

  it('creates nothing where a company of this exact name has come meanwhile, and shows it', async () => {
    const { world, business, preview, create } = await onlyInAtera();
    const { planId } = await preview();
    world.sandbox.state.ghl.businesses.push({ ...business, name: business.name.toUpperCase() });
    expect(await create(planId)).toMatchObject({
      state: 'found',
      people: [{ ref: { kind: 'business', id: business.id } }],
    });
    expect(world.writes()).toEqual([]);
  });

  it.each([
    ['keep the name back', { direction: 'to-atera' }],
    ['leave the name out', { enabled: false }],
  ] as const)(
    'creates nothing where the field rules %s, not with an older preview either',
    async (_case, rule) => {
      const { world, preview, create } = await onlyInAtera();
      const { planId } = await preview();
      await world.send('setMapping', { of: 'companies', rows: [{ field: 'company', ...rule }] });
      expect(await preview()).toMatchObject({ planId: null, problem: 'name-rule' });
      await expect(create(planId)).rejects.toMatchObject({ code: 'plan_expired' });
      expect(world.writes()).toEqual([]);
    },
  );

  it('creates nothing without the name, nor when the customer has changed since', async () => {
    const { world, customer, preview, create } = await onlyInAtera();
    const { planId } = await preview();
    await expect(create(planId, ['city'])).rejects.toMatchObject({ code: 'invalid_input' });
    customer.City = 'Oakland';
    expect((await create(planId)).state).toBe('conflict');
    expect(world.writes()).toEqual([]);
  });

  it.each([
    ['after it was stored', { kind: 'cut', when: 'after' }, 'created'],
    ['before it was stored', { kind: 'cut', when: 'before' }, 'unknown'],
    ['with 502', { kind: 'status', status: 502 }, 'unknown'],
    ['with 403', { kind: 'status', status: 403 }, 'failed'],
  ] as const)('is sent once, whatever becomes of the answer: cut off %s', async (_case, fault, state) => {
    const { world, name, preview, create } = await onlyInAtera();
    const { planId } = await preview();
    const met = world.faults.add(POST, fault);
    expect((await create(planId)).state).toBe(state);
    expect((await create(planId)).state).toBe(state);
    expect(met.count()).toBe(1);
    expect(made(world, name)).toHaveLength(state === 'created' ? 1 : 0);
  });

  it('takes nobody for its result where two of this name are new', async () => {
    const { world, business, preview, create } = await onlyInAtera();
    const { planId } = await preview();
    const hold = world.faults.add(POST, { kind: 'hold', when: 'after' });
    const creating = create(planId);
    await hold.arrived;
    const at = new Date(world.clock.now()).toISOString();
    const [own] = made(world, business.name);
    if (!own) throw new Error('Not made');
    world.sandbox.state.ghl.businesses.push({ ...own, id: 'e'.repeat(24), createdAt: at });
    world.restart();
    void creating.catch(() => undefined);
    await vi.waitFor(async () => {
      const activity = await world.send('getActivity', { people: null, limit: null });
      expect(activity?.entries).toMatchObject([{ state: 'unknown' }]);
    }, PATIENT);
    expect(posts(world)).toHaveLength(1);
  });

  it('is not written where companies are only read, and not on another page', async () => {
    const { world, tabId, preview, create } = await onlyInAtera();
    const { planId } = await preview();
    await world.send('setResources', { rows: [{ resource: 'companies', direction: 'to-atera' }] });
    expect((await preview()).problem).toBe('read-only');
    await expect(create(planId)).rejects.toMatchObject({ code: 'plan_expired' });
    await world.navigate(tabId, 'https://app.atera.com/new/customer/1');
    await expect(create(planId)).rejects.toMatchObject({ code: 'subject_changed' });
    expect(world.writes()).toEqual([]);
  });
});

it('creates a customer in Atera, which needs a name alone and gets no domain', async () => {
  const world = await createWorld();
  await world.connect();
  const { business, customer } = await openCustomer(world);
  const contact = world.ghlContact('main');
  const { locationId } = world.sandbox.ghl;
  world.sandbox.state.atera.customers = world.sandbox.state.atera.customers.filter((one) => one !== customer);
  const tabId = await world.openTab(
    `https://app.gohighlevel.com/v2/location/${locationId}/contacts/detail/${contact.id}`,
  );
  const { version: before } = await world.shown(tabId, ({ person }) => person.status === 'ready');
  await world.send('chooseSubject', {
    target: { tabId },
    subject: { vendor: 'ghl', kind: 'business', id: business.id, locationId },
    accountId: locationId,
    version: before,
  });
  const { version } = await shownCompany(world, tabId, isRead);
  const person = { vendor: 'ghl', accountId: locationId, kind: 'business', id: business.id } as const;
  world.sandbox.log.length = 0;
  const { planId, rows } = await world.send('previewCreate', { target: { tabId }, version, person });
  expect(rows.find(({ field }) => field === 'website')?.write).toEqual({
    can: false,
    reason: 'atera-domain-mail',
  });
  const result = await world.send('createCounterpart', {
    target: { tabId },
    planId: planId ?? '',
    fields: ['company'],
  });
  expect(result).toMatchObject({ state: 'created', isLinked: true });
  expect(posts(world)).toMatchObject([{ path: '/api/v3/customers', body: { CustomerName: business.name } }]);
});
