import { describe, expect, it } from 'vitest';
import type { ResourceName, ResourceSetting } from '../../lib/core/resource-settings.ts';
import { createResourcesStore } from '../../lib/panel/resources-store.ts';
import type { Addition } from '../../lib/panel-state.ts';
import { pressFor } from '../support/press.ts';
import { createWorld, type World } from '../support/world.ts';

const NOTE: Addition = { kind: 'note', body: 'Called back.' };
const TAG: Addition = { kind: 'add-tag', tag: 'renewal 2028' };

async function connected(): Promise<World> {
  const world = await createWorld();
  await world.connect();
  return world;
}

async function change(world: World, resource: ResourceName, to: Partial<ResourceSetting>) {
  return world.send('setResources', { rows: [{ resource, ...to }] });
}

const pathsOf = (world: World): string[] => world.sandbox.log.map(({ path }) => path);

describe('what is shown and written', () => {
  it('is null while nothing is connected, and cannot be set then', async () => {
    const world = await createWorld();
    expect(await world.send('getResources', {})).toBeNull();
    await expect(world.send('setResources', { rows: [] })).rejects.toMatchObject({ code: 'not_connected' });
  });

  it('refuses what cannot be, and keeps what was', async () => {
    const world = await connected();
    await expect(change(world, 'tasks', { direction: 'to-atera' })).rejects.toMatchObject({
      code: 'invalid_input',
    });
    await expect(change(world, 'contacts', { enabled: false })).rejects.toMatchObject({
      code: 'invalid_input',
    });
    const rows = (await world.send('getResources', {})) ?? [];
    expect(rows.every(({ enabled }) => enabled)).toBe(true);
  });

  it('what is off is not read from the vendor, and says so', async () => {
    const world = await connected();
    for (const name of ['tasks', 'notes', 'appointments', 'tags', 'tickets', 'comments'] as const)
      await change(world, name, { enabled: false });
    world.sandbox.log.length = 0;
    const { view } = await world.openTicket('main');
    expect(Object.values(view.sections).map(({ status }) => status)).toEqual(Array(6).fill('off'));
    expect(pathsOf(world).filter((path) => /tasks|notes|appointments|comments|tickets$/u.test(path))).toEqual(
      [],
    );
    expect(view.match.status).toBe('one');
    expect(world.sandbox.log).toHaveLength(7);
    expect(world.bugs).toEqual([]);
  });

  it('with companies off the customer is not read, and its fields are not compared', async () => {
    const world = await connected();
    const before = await world.openTicket('main');
    expect(before.view.person).toMatchObject({
      status: 'ready',
      value: { customer: { name: 'Bright Smile Dental' } },
    });
    await change(world, 'companies', { enabled: false });
    world.sandbox.log.length = 0;
    await world.send('refreshView', { tabId: before.tabId });
    const view = await world.shown(before.tabId, world.settled);
    expect(pathsOf(world).filter((path) => path.includes('/customers'))).toEqual([]);
    expect(view.rows.map(({ field }) => field)).not.toContain('city');
    expect(JSON.stringify([view.person, view.match])).not.toContain('"customer"');
  });

  it('with tags off those in the field of Atera are neither read nor told', async () => {
    const world = await connected();
    await world.send('setTagField', { name: 'GHL tags' });
    const { tabId } = await world.openTicket('main');
    await world.shown(tabId, ({ ateraTags }) => ateraTags.status === 'ready');
    await change(world, 'tags', { enabled: false });
    expect((await world.shown(tabId, world.settled)).ateraTags).toEqual({ status: 'off' });
    // What is kept of the page tells nothing either.
    world.restart();
    expect(JSON.stringify(await world.send('getPanelState', { tabId }))).not.toContain('"dental"');
    expect((await world.shown(tabId, world.settled)).ateraTags).toEqual({ status: 'off' });
    await change(world, 'tags', { enabled: true });
    await world.shown(tabId, ({ ateraTags }) => ateraTags.status === 'ready');
  });

  it('with companies off nobody who is found, offered or remembered has one', async () => {
    const world = await connected();
    const { tabId } = await world.openTicket('main');
    const several = await world.openTicket('several');
    const state = async () => JSON.stringify(await world.send('getPanelState', { tabId: several.tabId }));
    const found = async () =>
      JSON.stringify([
        await world.send('recentPeople', { target: { tabId } }),
        await world.send('searchPeople', { target: { tabId }, query: world.ghlContact('main').email ?? '' }),
      ]);
    const told = /"customer":|"isInBusiness":/u;
    expect(await state()).toMatch(told);
    expect(await found()).toMatch(told);
    await change(world, 'companies', { enabled: false });
    expect(await found()).not.toMatch(told);
    await world.shown(several.tabId, world.settled);
    expect(await state()).not.toMatch(told);
  });

  it('reads no customer for a GHL page either', async () => {
    const world = await connected();
    await change(world, 'companies', { enabled: false });
    const { id } = world.ghlContact('main');
    const tabId = await world.openTab(
      `https://app.gohighlevel.com/v2/location/${world.sandbox.ghl.locationId}/contacts/detail/${id}`,
    );
    const view = await world.shown(tabId, world.settled);
    expect(view.match.status).toBe('one');
    expect(pathsOf(world).filter((path) => path.includes('/customers'))).toEqual([]);
  });

  it('takes effect at once in open panels, and reads again what is switched on', async () => {
    const world = await connected();
    const { tabId } = await world.openTicket('main');
    await change(world, 'notes', { enabled: false });
    expect(world.states.at(-1)?.resources.find(({ resource }) => resource === 'notes')?.enabled).toBe(false);
    expect((await world.shown(tabId, world.settled)).sections.notes).toEqual({ status: 'off' });
    await change(world, 'notes', { enabled: true });
    const again = await world.shown(tabId, world.settled);
    expect(again.sections.notes.status).toBe('ready');
    expect(world.bugs).toEqual([]);
  });

  it('refuses to add what is read only, before and at the very last moment', async () => {
    const world = await connected();
    const { tabId, view } = await world.openTicket('main');
    const add = (addition: Addition, id: string) =>
      world.send('addToContact', pressFor(tabId, view, addition, id));
    await change(world, 'notes', { direction: 'never' });
    await expect(add(NOTE, 'press-1')).rejects.toMatchObject({
      code: 'switched_off',
      details: { vendor: 'ghl' },
    });
    await change(world, 'tags', { direction: 'to-atera' });
    await expect(add(TAG, 'press-2')).rejects.toMatchObject({ code: 'switched_off' });
    await change(world, 'tags', { direction: 'both' });
    const hold = world.faults.add({ vendor: 'ghl', method: 'GET' }, { kind: 'hold', when: 'before' });
    const adding = add(TAG, 'press-3');
    await hold.arrived;
    await change(world, 'tags', { direction: 'never' });
    hold.release();
    expect(await adding).toMatchObject({ state: 'failed', error: { code: 'switched_off' } });
    expect(world.writes()).toEqual([]);
    expect(world.bugs).toEqual([]);
  });

  it('a direction of contacts closes the push with its reason, and refuses the plan that was shown before', async () => {
    const world = await connected();
    const { tabId, view } = await world.openTicket('main');
    await change(world, 'contacts', { direction: 'to-atera' });
    await expect(world.push(view.plans.push, ['lastName'])).rejects.toMatchObject({ code: 'plan_expired' });
    const after = await world.shown(tabId, ({ plans }) => plans.push !== null);
    expect(after.rows.find(({ field }) => field === 'lastName')).toMatchObject({
      toRight: { can: false, reason: 'resource-direction' },
      toLeft: { can: true },
    });
    const mapping = await world.send('getMapping', {});
    expect(mapping?.rows.find(({ field }) => field === 'lastName')).toMatchObject({
      toGhl: 'resource-direction',
      toAtera: true,
    });
    await expect(world.push(after.plans.push, ['lastName'])).rejects.toMatchObject({ code: 'invalid_input' });
    expect(world.writes()).toEqual([]);
  });

  it('switched while a push reads both records: nothing is written', async () => {
    const world = await connected();
    const { view } = await world.openTicket('main');
    const hold = world.faults.add({ vendor: 'ghl', method: 'GET' }, { kind: 'hold', when: 'before' });
    const pushing = world.push(view.plans.push, ['lastName']);
    await hold.arrived;
    await change(world, 'contacts', { direction: 'never' });
    hold.release();
    expect(await pushing).toMatchObject({ state: 'failed', error: { code: 'plan_expired' } });
    expect(world.writes()).toEqual([]);
  });

  it('holds for a customer page too', async () => {
    const world = await connected();
    await change(world, 'companies', { enabled: false });
    await change(world, 'tickets', { enabled: false });
    const customerId = world.sandbox.state.atera.customers[0]?.CustomerID;
    const tabId = await world.openTab(`https://app.atera.com/new/customer/${customerId}`);
    const state = await world.send('getPanelState', { tabId });
    expect(state.page).toMatchObject({
      kind: 'company',
      view: { company: { status: 'off' }, people: { status: 'off' }, tickets: { status: 'off' } },
    });
    expect(world.sandbox.log.filter(({ path }) => /customers|tickets/u.test(path))).toEqual([]);
  });

  it('changed on two pages at once is not reverted by either', async () => {
    const world = await connected();
    const api = { send: world.send, on: () => () => undefined };
    const [one, two] = [createResourcesStore(api), createResourcesStore(api)];
    await one.getState().load();
    await two.getState().load();
    await one.getState().change({ resource: 'notes', enabled: false });
    await two.getState().change({ resource: 'tasks', direction: 'never' });
    await Promise.all([
      one.getState().change({ resource: 'tags', enabled: false }),
      two.getState().change({ resource: 'companies', direction: 'never' }),
    ]);
    const rows = await world.send('getResources', {});
    const of = (name: ResourceName) => rows?.find(({ resource }) => resource === name);
    expect(of('notes')?.enabled).toBe(false);
    expect(of('tasks')).toMatchObject({ enabled: true, direction: 'never' });
    expect(of('tags')?.enabled).toBe(false);
    expect(of('companies')).toMatchObject({ enabled: true, direction: 'never' });
    expect([one.getState().failure, two.getState().failure]).toEqual([null, null]);
    // Other pages learn of each change.
    expect(
      world.sent.filter((message) => (message as { type: string }).type === 'resourcesChanged'),
    ).toHaveLength(4);
  });

  it('outlives the background, and goes with the account', async () => {
    const world = await connected();
    await change(world, 'notes', { enabled: false });
    world.restart();
    const rows = await world.send('getResources', {});
    expect(rows?.find(({ resource }) => resource === 'notes')?.enabled).toBe(false);
    const [account] = await world.send('getAccounts', {});
    await world.send('disconnect', { accountId: account?.id ?? '' });
    await world.connect();
    expect((await world.send('getResources', {}))?.every(({ enabled }) => enabled)).toBe(true);
  });
});
