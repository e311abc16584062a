import { describe, expect, it, vi } from 'vitest';
import type { FieldName } from '../../lib/core/contact.ts';
import type { SubjectView } from '../../lib/panel-state.ts';
import { openCustomer, openLinked, shownCompared } from '../support/company.ts';
import { createWorld, type World } from '../support/world.ts';

const PATIENT = { timeout: 4000, interval: 5 };
const PUT = { vendor: 'ghl', method: 'PUT', path: /\/businesses\// } as const;

async function connected() {
  const world = await createWorld();
  await world.connect();
  return world;
}
const rowOf = ({ rows }: SubjectView, name: FieldName) => rows.find(({ field }) => field === name);
const apply = (world: World, tabId: number, planId: string | null, fields: FieldName[]) =>
  world.send('applyPlan', { target: { tabId }, planId: planId ?? 'none', fields });
const entries = async (world: World) =>
  (await world.send('getActivity', { people: null, limit: null }))?.entries ?? [];
const reread = async (world: World, tabId: number, until?: (view: SubjectView) => boolean) => {
  await world.send('refreshView', { tabId });
  return shownCompared(world, tabId, until);
};

describe('linking a company', () => {
  it('is offered by exact name or domain, is done by the agent alone, and is forgotten again', async () => {
    const world = await connected();
    const { tabId, version, business, shown, ref } = await openCustomer(world);
    const { page } = await world.send('getPanelState', { tabId });
    // Linked to none: nothing is read for it before somebody asks.
    expect(page).toMatchObject({ kind: 'company', compared: null });
    const offer = await world.send('getCompanyOffer', shown);
    expect(offer).toMatchObject({
      status: 'ready',
      candidates: [{ id: business.id, name: business.name, signs: ['domain', 'name'] }],
    });
    expect((await shownCompared(world, tabId)).match).toEqual({ status: 'none' });
    await world.send('linkCompany', { ...shown, counterpart: { id: business.id, name: business.name } });
    const { match } = await shownCompared(world, tabId, (view) => view.match.status === 'linked');
    if (match.status !== 'linked') throw new Error('Not linked');
    expect(match.counterpart).toMatchObject({
      ref: { kind: 'business', id: business.id },
      name: business.name,
    });
    // A customer that is linked already is no choice, and its link is not replaced.
    await expect(world.send('getCompanyOffer', shown)).rejects.toMatchObject({ code: 'plan_expired' });

    world.restart();
    await shownCompared(world, tabId, (view) => view.match.status === 'linked');
    await world.send('unlink', {
      target: { tabId },
      version,
      person: ref,
      counterpart: match.counterpart.ref,
    });
    expect((await shownCompared(world, tabId)).match).toEqual({ status: 'none' });
    expect(world.writes()).toEqual([]);
    expect(world.bugs).toEqual([]);
  });

  it('is refused where the company is called otherwise by now, is gone, or is linked to another one', async () => {
    const world = await connected();
    const { shown, business } = await openCustomer(world);
    const other = world.sandbox.state.ghl.businesses.find(({ id }) => id !== business.id);
    if (!other) throw new Error('No other');
    const counterpart = { id: other.id, name: 'Somebody else' };
    await expect(world.send('linkCompany', { ...shown, counterpart })).rejects.toMatchObject({
      code: 'conflict',
    });
    const gone = { id: 'f'.repeat(24), name: 'Gone' };
    await expect(world.send('linkCompany', { ...shown, counterpart: gone })).rejects.toMatchObject({
      code: 'not_found',
    });
    await world.send('linkCompany', { ...shown, counterpart: { id: other.id, name: other.name } });
    const second = world.sandbox.state.atera.customers.find(
      ({ CustomerID }) => String(CustomerID) !== shown.company.id,
    );
    const tabId = await world.openTab(`https://app.atera.com/new/customer/${second?.CustomerID}`);
    const { version } = await vi.waitFor(async () => {
      const { page } = await world.send('getPanelState', { tabId });
      if (page.kind !== 'company' || page.view.refreshing) throw new Error('Not read');
      return page.view;
    }, PATIENT);
    const company = { ...shown.company, id: String(second?.CustomerID) };
    const offer = await world.send('getCompanyOffer', { target: { tabId }, version, company });
    expect(offer.status === 'ready' && offer.all.some(({ id }) => id === other.id)).toBe(false);
    await expect(
      world.send('linkCompany', {
        target: { tabId },
        version,
        company,
        counterpart: { id: other.id, name: other.name },
      }),
    ).rejects.toMatchObject({ code: 'plan_expired' });
  });

  it('goes when the other company is deleted, and is not offered where companies are switched off', async () => {
    const world = await connected();
    const { tabId, business, shown } = await openLinked(world);
    world.sandbox.state.ghl.businesses = world.sandbox.state.ghl.businesses.filter((one) => one !== business);
    expect((await reread(world, tabId)).match).toEqual({ status: 'none' });
    await world.send('setResources', { rows: [{ resource: 'companies', enabled: false }] });
    await expect(world.send('getCompanyOffer', shown)).rejects.toMatchObject({ code: 'switched_off' });
    const { page } = await world.send('getPanelState', { tabId });
    expect(page).toMatchObject({ kind: 'company', compared: null });
  });
});

describe('the fields of a linked company', () => {
  it('are compared, with the reason where one cannot be written', async () => {
    const world = await connected();
    const { customer, business, tabId } = await openLinked(world);
    customer.City = 'Oakland';
    customer.Domain = 'brightsmile.example; bright.example';
    business.website = 'https://www.other.example/about';
    const view = await reread(world, tabId, ({ rows }) => rows.some(({ field }) => field === 'city'));
    expect(rowOf(view, 'city')).toMatchObject({
      status: 'changed-left',
      left: 'Oakland',
      toRight: { can: true, value: 'Oakland' },
    });
    expect(rowOf(view, 'website')).toMatchObject({
      toLeft: { can: false, reason: 'atera-domain-mail' },
      toRight: { can: false, reason: 'target-not-empty' },
    });
    expect(rowOf(view, 'company')?.status).toBe('same');
    expect(rowOf(view, 'phone')?.status).toBe('same');
  });

  it('are pushed in one request with what differs, verified, in the journal, and taken back', async () => {
    const world = await connected();
    const { customer, business, tabId, version } = await openLinked(world);
    const before = business.city;
    customer.City = 'Oakland';
    const { plans } = await reread(world, tabId, ({ rows }) =>
      rows.some(({ field, status }) => field === 'city' && status !== 'same'),
    );
    world.sandbox.log.length = 0;
    const receipt = await apply(world, tabId, plans.push, ['city']);
    expect(receipt).toMatchObject({ state: 'done', fields: [{ field: 'city', outcome: 'verified' }] });
    expect(business.city).toBe('Oakland');
    expect(world.writes().map(({ method, path, body }) => ({ method, path, body }))).toEqual([
      { method: 'PUT', path: `/businesses/${business.id}`, body: { city: 'Oakland' } },
    ]);
    // The same press again answers the same and writes nothing.
    expect(await apply(world, tabId, plans.push, ['city'])).toEqual(receipt);
    expect(world.writes()).toHaveLength(1);
    const settled = await shownCompared(world, tabId, (view) => rowOf(view, 'city')?.status === 'same');
    expect(settled.version).toBe(version);
    const [entry] = await entries(world);
    expect(entry).toMatchObject({ kind: 'push', vendor: 'ghl', state: 'done', undo: { can: true } });
    expect(await world.send('undoActivity', { id: entry?.id ?? '', press: 'u1' })).toMatchObject({
      state: 'done',
    });
    expect(business.city).toBe(before);
    expect(world.bugs).toEqual([]);
  });

  it('are pulled into Atera, and synced both ways in one press', async () => {
    const world = await connected();
    const { customer, business, tabId } = await openLinked(world);
    business.phone = '+14155550199';
    customer.Address = '9 New Street';
    const view = await reread(world, tabId, ({ plans }) => plans.sync !== null);
    world.sandbox.log.length = 0;
    const receipt = await apply(world, tabId, view.plans.sync, ['phone', 'address1']);
    expect(receipt.state).toBe('done');
    expect([customer.Phone, business.address]).toEqual(['+14155550199', '9 New Street']);
    expect(
      world
        .writes()
        .map(({ method, path }) => `${method} ${path}`)
        .sort(),
    ).toEqual([`PUT /api/v3/customers/${customer.CustomerID}`, `PUT /businesses/${business.id}`]);
    // A second sync has nothing to write.
    const after = await shownCompared(world, tabId, ({ rows }) =>
      rows
        .filter(({ field }) => field === 'phone' || field === 'address1')
        .every(({ status }) => status === 'same'),
    );
    expect(after.plans.sync).toBeNull();
  });

  it('are a conflict when somebody changed them since, and nothing is written', async () => {
    const world = await connected();
    const { customer, business, tabId } = await openLinked(world);
    customer.City = 'Oakland';
    const { plans } = await reread(world, tabId, ({ rows }) =>
      rows.some(({ field, status }) => field === 'city' && status !== 'same'),
    );
    business.city = 'Berkeley';
    world.sandbox.log.length = 0;
    expect(await apply(world, tabId, plans.push, ['city'])).toMatchObject({
      state: 'conflict',
      fields: [{ found: 'Berkeley', outcome: 'changed-meanwhile' }],
    });
    expect(world.writes()).toEqual([]);
  });

  it.each([
    ['after it was stored', { kind: 'cut', when: 'after' }, 'done'],
    ['before it was stored', { kind: 'cut', when: 'before' }, 'unknown'],
    ['with 502', { kind: 'status', status: 502 }, 'unknown'],
    ['with 403', { kind: 'status', status: 403 }, 'failed'],
  ] as const)('are sent once, whatever becomes of the answer: cut off %s', async (_case, fault, state) => {
    const world = await connected();
    const { customer, tabId } = await openLinked(world);
    customer.City = 'Oakland';
    const { plans } = await reread(world, tabId, ({ rows }) =>
      rows.some(({ field, status }) => field === 'city' && status !== 'same'),
    );
    const met = world.faults.add(PUT, fault);
    expect((await apply(world, tabId, plans.push, ['city'])).state).toBe(state);
    expect((await apply(world, tabId, plans.push, ['city'])).state).toBe(state);
    expect(met.count()).toBe(1);
  });

  it('are found when the worker ends in the middle, and not sent again', async () => {
    const world = await connected();
    const { customer, business, tabId } = await openLinked(world);
    customer.City = 'Oakland';
    const { plans } = await reread(world, tabId, ({ rows }) =>
      rows.some(({ field, status }) => field === 'city' && status !== 'same'),
    );
    world.sandbox.log.length = 0;
    const hold = world.faults.add(PUT, { kind: 'hold', when: 'after' });
    void apply(world, tabId, plans.push, ['city']);
    await hold.arrived;
    world.restart();
    await vi.waitFor(async () => expect((await entries(world))[0]).toMatchObject({ state: 'done' }), PATIENT);
    expect(business.city).toBe('Oakland');
    expect(world.writes()).toHaveLength(1);
  });

  it('are not written once the two are not linked any more, by another page, or where companies are only read', async () => {
    const world = await connected();
    const { customer, tabId, version, ref, business } = await openLinked(world);
    customer.City = 'Oakland';
    const isOther = ({ rows }: SubjectView) =>
      rows.some(({ field, status }) => field === 'city' && status !== 'same');
    const { plans } = await reread(world, tabId, isOther);
    world.sandbox.log.length = 0;
    const elsewhere = await world.openTab('https://app.atera.com/new/dashboard');
    await expect(apply(world, elsewhere, plans.push, ['city'])).rejects.toMatchObject({
      code: 'subject_changed',
    });
    await world.send('setResources', { rows: [{ resource: 'companies', direction: 'to-atera' }] });
    await expect(apply(world, tabId, plans.push, ['city'])).rejects.toMatchObject({ code: 'plan_expired' });
    await world.send('setResources', { rows: [{ resource: 'companies', direction: 'both' }] });
    const again = await reread(world, tabId, isOther);
    const { match } = again;
    if (match.status !== 'linked') throw new Error('Not linked');
    await world.send('unlink', {
      target: { tabId },
      version,
      person: ref,
      counterpart: match.counterpart.ref,
    });
    expect((await apply(world, tabId, again.plans.push, ['city'])).state).toBe('refused');
    expect(world.writes()).toEqual([]);
    expect(business.city).not.toBe('Oakland');
  });
});
