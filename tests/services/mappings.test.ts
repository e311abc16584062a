import { describe, expect, it } from 'vitest';
import type { FieldName } from '../../lib/core/contact.ts';
import type { FieldSetting } from '../../lib/core/mapping-settings.ts';
import { createMappingStore } from '../../lib/panel/mapping-store.ts';
import { openLinked, shownCompared } from '../support/company.ts';
import { createWorld, type World } from '../support/world.ts';

async function connected() {
  const world = await createWorld();
  await world.connect();
  return world;
}

async function settings(world: World): Promise<FieldSetting[]> {
  const view = await world.send('getMapping', {});
  return (view?.rows ?? []).map(({ field, enabled, direction, empty }) => ({
    field,
    enabled,
    direction,
    empty,
  }));
}

async function change(world: World, field: FieldName, to: Partial<FieldSetting>) {
  const rows = await settings(world);
  return world.send('setMapping', {
    rows: rows.map((row) => (row.field === field ? { ...row, ...to } : row)),
  });
}

describe('field rules', () => {
  it('are null while nothing is connected, and cannot be set then', async () => {
    const world = await createWorld();
    expect(await world.send('getMapping', {})).toBeNull();
    await expect(world.send('setMapping', { rows: [] })).rejects.toMatchObject({ code: 'not_connected' });
    await expect(world.send('resetMapping', {})).rejects.toMatchObject({ code: 'not_connected' });
  });

  it('come with reasons, and with the values of the person in view', async () => {
    const world = await connected();
    expect((await world.send('getMapping', {}))?.personName).toBeNull();
    await world.openTicket('main');
    const view = await world.send('getMapping', {});
    expect(view?.personName).toBe('Dana Whitfield');
    expect(view?.rows.find(({ field }) => field === 'lastName')).toMatchObject({
      enabled: true,
      toAtera: true,
      toGhl: true,
      values: { atera: 'Whitfield', ghl: 'Whitfeld' },
    });
    expect(view?.rows.find(({ field }) => field === 'company')).toMatchObject({
      toAtera: 'vendor-read-only',
      toGhl: 'ghl-company-link',
      directions: ['to-ghl', 'never'],
    });
  });

  it('refuse what cannot be, and keep what was', async () => {
    const world = await connected();
    await expect(change(world, 'company', { direction: 'to-atera' })).rejects.toMatchObject({
      code: 'invalid_input',
    });
    await expect(change(world, 'lastName', { empty: 'clear' })).rejects.toMatchObject({
      code: 'invalid_input',
    });
    expect((await settings(world)).find(({ field }) => field === 'company')?.direction).toBe('to-ghl');
  });

  it('take a field out of every open view at once, and bring it back', async () => {
    const world = await connected();
    const { tabId } = await world.openTicket('main');
    await change(world, 'lastName', { enabled: false });
    const without = await world.shown(tabId, ({ plans }) => plans.push !== null);
    expect(without.rows.map(({ field }) => field)).not.toContain('lastName');
    await world.send('resetMapping', {});
    const again = await world.shown(tabId, ({ plans }) => plans.push !== null);
    expect(again.rows.map(({ field }) => field)).toContain('lastName');
    expect(world.bugs).toEqual([]);
  });

  it('block a direction that is not wanted, and a full field that may only be filled', async () => {
    const world = await connected();
    const { tabId } = await world.openTicket('main');
    await change(world, 'lastName', { direction: 'to-atera' });
    await change(world, 'phone', { empty: 'fill-only' });
    const { rows } = await world.shown(tabId, ({ plans }) => plans.push !== null);
    expect(rows.find(({ field }) => field === 'lastName')?.toRight).toEqual({
      can: false,
      reason: 'mapping-direction',
    });
    expect(rows.find(({ field }) => field === 'phone')?.toRight).toEqual({
      can: false,
      reason: 'target-not-empty',
    });
  });

  it('let a field travel one way only: it is not pulled against them, not even with an older plan', async () => {
    const world = await connected();
    const { tabId, view } = await world.openTicket('main');
    await change(world, 'phone', { direction: 'to-ghl' });
    await expect(world.push(view.plans.pull, ['phone'])).rejects.toMatchObject({ code: 'plan_expired' });
    const after = await world.shown(
      tabId,
      ({ plans }) => plans.pull !== null && plans.pull !== view.plans.pull,
    );
    expect(after.rows.find(({ field }) => field === 'phone')).toMatchObject({
      toLeft: { can: false, reason: 'mapping-direction' },
      toRight: { can: true },
    });
    await expect(world.push(after.plans.pull, ['phone'])).rejects.toMatchObject({ code: 'invalid_input' });
    expect(world.writes()).toEqual([]);
    expect((await world.push(after.plans.push, ['phone'])).state).toBe('done');
  });

  it('switched off between look and push: the plan has expired and nothing is written', async () => {
    const world = await connected();
    const { tabId, view } = await world.openTicket('main');
    await change(world, 'lastName', { enabled: false });
    await expect(world.push(view.plans.push, ['lastName'])).rejects.toMatchObject({ code: 'plan_expired' });
    await expect(world.push(view.plans.push, ['phone'])).rejects.toMatchObject({ code: 'plan_expired' });
    const after = await world.shown(tabId, ({ plans }) => plans.push !== null);
    await expect(world.push(after.plans.push, ['lastName'])).rejects.toMatchObject({ code: 'invalid_input' });
    expect(world.writes()).toEqual([]);
    expect((await world.push(after.plans.push, ['phone'])).state).toBe('done');
    expect(world.writes().map(({ body }) => Object.keys(body as object))).toEqual([['phone']]);
  });

  it('switched off while a push reads both records: nothing is written', async () => {
    const world = await connected();
    const { view } = await world.openTicket('main');
    const hold = world.faults.add({ vendor: 'ghl', method: 'GET' }, { kind: 'hold', when: 'before' });
    const pushing = world.push(view.plans.push, ['lastName']);
    await hold.arrived;
    await change(world, 'lastName', { enabled: false });
    hold.release();
    expect(await pushing).toMatchObject({
      state: 'failed',
      error: { code: 'plan_expired' },
      fields: [{ outcome: 'not-written' }],
    });
    expect(world.writes()).toEqual([]);
  });

  it('changed on two pages at once do not revert each other', async () => {
    const world = await connected();
    const api = { send: world.send, on: () => () => undefined };
    const [one, two] = [createMappingStore(api), createMappingStore(api)];
    await one.getState().load();
    await two.getState().load();
    await one.getState().change({ field: 'lastName', enabled: false });
    await two.getState().change({ field: 'phone', direction: 'to-ghl' });
    await two.getState().change({ field: 'lastName', direction: 'to-ghl' });
    await Promise.all([
      one.getState().change({ field: 'city', enabled: false }),
      two.getState().change({ field: 'jobTitle', empty: 'fill-only' }),
    ]);
    const rows = await settings(world);
    const of = (name: FieldName) => rows.find(({ field }) => field === name);
    expect(of('lastName')).toMatchObject({ enabled: false, direction: 'to-ghl' });
    expect(of('phone')).toMatchObject({ enabled: true, direction: 'to-ghl' });
    expect(of('city')).toMatchObject({ enabled: false });
    expect(of('jobTitle')).toMatchObject({ empty: 'fill-only' });
    expect([one.getState().failure, two.getState().failure]).toEqual([null, null]);
  });

  it('outlive the background, and go with the account', async () => {
    const world = await connected();
    await change(world, 'lastName', { enabled: false });
    world.restart();
    expect((await settings(world)).find(({ field }) => field === 'lastName')?.enabled).toBe(false);
    const [account] = await world.send('getAccounts', {});
    await world.send('disconnect', { accountId: account?.id ?? '' });
    await world.connect();
    expect((await settings(world)).every(({ enabled }) => enabled)).toBe(true);
  });
});

describe('field rules of companies', () => {
  const of = 'companies';
  const rowsOf = async (world: World) => (await world.send('getMapping', { of }))?.rows ?? [];

  it('are of the companies alone, come with reasons, and with the values of the linked one in view', async () => {
    const world = await connected();
    expect((await world.send('getMapping', { of }))?.personName).toBeNull();
    const { customer, business } = await openLinked(world);
    const view = await world.send('getMapping', { of });
    expect(view?.personName).toBe(customer.CustomerName);
    expect(view?.rows.map(({ field }) => field)).not.toContain('email');
    expect(view?.rows.find(({ field }) => field === 'website')).toMatchObject({
      toAtera: 'atera-domain-mail',
      toGhl: true,
      directions: ['both', 'to-ghl', 'never'],
    });
    expect(view?.rows.find(({ field }) => field === 'city')?.values).toEqual({
      atera: customer.City,
      ghl: business.city,
    });
    // A company in view is nobody whose values the rules of people could show.
    expect((await world.send('getMapping', {}))?.personName).toBeNull();
  });

  it('take a field out of an open comparison at once, refuse its older plan, and bring it back', async () => {
    const world = await connected();
    const { customer, business, tabId } = await openLinked(world);
    customer.City = 'Oakland';
    await world.send('refreshView', { tabId });
    const { plans } = await shownCompared(world, tabId, ({ rows }) =>
      rows.some(({ field, left }) => field === 'city' && left === 'Oakland'),
    );
    await world.send('setMapping', { of, rows: [{ field: 'city', enabled: false }] });
    const without = await shownCompared(
      world,
      tabId,
      ({ rows }) => !rows.some(({ field }) => field === 'city'),
    );
    expect(without.rows.map(({ field }) => field)).toContain('phone');
    const apply = (planId: string | null) =>
      world.send('applyPlan', { target: { tabId }, planId: planId ?? 'none', fields: ['city'] });
    await expect(apply(plans.push)).rejects.toMatchObject({ code: 'plan_expired' });
    // People have a city too, and it is not theirs that was switched off.
    expect((await settings(world)).find(({ field }) => field === 'city')?.enabled).toBe(true);
    await world.send('setMapping', { of, rows: [{ field: 'city', enabled: true, direction: 'to-atera' }] });
    const oneWay = await shownCompared(world, tabId, ({ rows }) =>
      rows.some(({ field }) => field === 'city'),
    );
    expect(oneWay.rows.find(({ field }) => field === 'city')?.toRight).toEqual({
      can: false,
      reason: 'mapping-direction',
    });
    expect(business.city).not.toBe('Oakland');
    await world.send('resetMapping', { of });
    const again = await shownCompared(world, tabId, ({ plans: now }) => now.push !== oneWay.plans.push);
    expect((await apply(again.plans.push)).state).toBe('done');
    expect(business.city).toBe('Oakland');
    expect(world.bugs).toEqual([]);
  });

  it('are stored for themselves: what was stored of people stays, whatever is changed or reset', async () => {
    const world = await connected();
    await change(world, 'city', { enabled: false });
    await world.send('setMapping', { of, rows: [{ field: 'phone', direction: 'to-ghl' }] });
    world.restart();
    expect((await rowsOf(world)).find(({ field }) => field === 'phone')?.direction).toBe('to-ghl');
    expect((await settings(world)).find(({ field }) => field === 'phone')?.direction).toBe('both');
    await world.send('resetMapping', { of });
    expect((await settings(world)).find(({ field }) => field === 'city')?.enabled).toBe(false);
    await world.send('resetMapping', {});
    expect((await rowsOf(world)).every(({ enabled }) => enabled)).toBe(true);
  });

  it('refuse what cannot be: a website for Atera, a field that companies do not have', async () => {
    const world = await connected();
    const refused = { code: 'invalid_input' };
    await expect(
      world.send('setMapping', { of, rows: [{ field: 'website', direction: 'to-atera' }] }),
    ).rejects.toMatchObject(refused);
    await expect(
      world.send('setMapping', { of, rows: [{ field: 'email', enabled: false }] }),
    ).rejects.toMatchObject(refused);
    await expect(
      world.send('setMapping', { rows: [{ field: 'website', enabled: false }] }),
    ).rejects.toMatchObject(refused);
  });
});
