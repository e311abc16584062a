import { describe, expect, it, vi } from 'vitest';
import type { Quirk } from '../../lib/core/quirk.ts';
import { peopleOf } from '../../lib/panel/selectors.ts';
import type { Addition } from '../../lib/panel-state.ts';
import { createSealedStore } from '../../lib/platform/sealed-store.ts';
import { AREAS, type Areas } from '../../lib/services/areas.ts';
import { pressFor } from '../support/press.ts';
import { PATIENT, shownTags, toAtera, valueOfTags } from '../support/tags.ts';
import { createWorld, type World } from '../support/world.ts';

const put = { vendor: 'ghl', method: 'PUT' } as const;

/** GHL keeps no last name. */
async function shownPerson() {
  const world = await createWorld();
  await world.connect();
  const { tabId, view } = await world.openTicket('main');
  world.sandbox.state.ghl.ignoredFields = ['lastName'];
  return { world, tabId, view };
}

const quirksOf = async (world: World): Promise<Quirk[]> => (await world.send('getQuirks', {})) ?? [];
const short = (quirks: readonly Quirk[]) =>
  quirks.map(({ vendor, resource, field, count }) => [vendor, resource, field, count]);
const known = async (world: World) => short(await quirksOf(world));
const storeOf = (world: World) =>
  createSealedStore<Areas>(AREAS, { clock: world.clock, databaseName: world.databaseName });

describe('what a vendor accepted and did not keep', () => {
  it('is remembered by vendor and field, and told on every page of the pair, whoever it was written for', async () => {
    const { world, tabId, view } = await shownPerson();
    expect((await world.send('getPanelState', { tabId })).quirks).toEqual([]);
    const receipt = await world.push(view.plans.push, ['lastName', 'phone']);
    expect(receipt.fields.map(({ outcome }) => outcome)).toEqual(['not-stored', 'verified']);
    expect(await known(world)).toEqual([['ghl', 'contacts', 'lastName', 1]]);
    const [quirk] = await quirksOf(world);
    expect(quirk?.lastAt).toBeGreaterThanOrEqual(receipt.at);
    await vi.waitFor(() => expect(short(world.states.at(-1)?.quirks ?? [])).toHaveLength(1), PATIENT);
    const { tabId: other } = await world.openTicket('exact');
    expect((await world.send('getPanelState', { tabId: other })).quirks).toEqual([quirk]);
    expect(world.sent).toContainEqual(expect.objectContaining({ type: 'quirksChanged' }));
    expect(world.bugs).toEqual([]);
  });

  it('holds no value, and nobody’s name or id', async () => {
    const { world, view } = await shownPerson();
    await world.push(view.plans.push, ['lastName']);
    const rows = await storeOf(world).all('quirks');
    expect(rows).toHaveLength(1);
    const ids = Object.values(peopleOf(view)).map((person) => person?.ref.id ?? '');
    for (const word of ['Whitfield', 'Whitfeld', 'Dana', ...ids])
      expect(JSON.stringify(rows)).not.toContain(word);
  });

  it('counts once for one press, and again for another', async () => {
    const { world, tabId, view } = await shownPerson();
    await Promise.all([world.push(view.plans.push, ['lastName']), world.push(view.plans.push, ['lastName'])]);
    await world.push(view.plans.push, ['lastName']);
    world.restart();
    await world.push(view.plans.push, ['lastName']);
    expect(await known(world)).toEqual([['ghl', 'contacts', 'lastName', 1]]);
    const next = await world.shown(
      tabId,
      (shown) => world.settled(shown) && shown.plans.push !== null && shown.plans.push !== view.plans.push,
    );
    await world.push(next.plans.push, ['lastName']);
    expect(await known(world)).toEqual([['ghl', 'contacts', 'lastName', 2]]);
  });

  it.each([
    ['before it was remembered', true],
    ['after', false],
  ])('is remembered once when the worker ends right %s', async (_case, isLost) => {
    const { world, view } = await shownPerson();
    const store = storeOf(world);
    const hold = world.faults.add(put, { kind: 'hold', when: 'before' }, 1);
    const pushing = world.push(view.plans.push, ['lastName']);
    await hold.arrived;
    const [job] = await store.all('jobs');
    if (!job) throw new Error('No job');
    hold.release();
    await pushing;
    const id = view.plans.push ?? '';
    // As the end of the worker would leave it: the receipt has its end, the job has not.
    if (isLost) await store.delete('quirks', job.scope, 'ghl/contacts/lastName');
    expect(await quirksOf(world)).toHaveLength(isLost ? 0 : 1);
    await store.put('jobs', job.scope, id, job);
    world.restart();
    await vi.waitFor(async () => expect(await store.all('jobs')).toEqual([]), PATIENT);
    expect(await known(world)).toEqual([['ghl', 'contacts', 'lastName', 1]]);
    expect(world.writes()).toHaveLength(1);
  });

  it('is forgotten once the same field was kept, whatever else was', async () => {
    const { world, tabId, view } = await shownPerson();
    await world.push(view.plans.push, ['lastName']);
    const next = () => world.shown(tabId, (shown) => world.settled(shown) && shown.plans.push !== null);
    await world.push((await next()).plans.push, ['phone']);
    expect(await known(world)).toEqual([['ghl', 'contacts', 'lastName', 1]]);
    world.sandbox.state.ghl.ignoredFields = [];
    const receipt = await world.push((await next()).plans.push, ['lastName']);
    expect(receipt.fields).toMatchObject([{ outcome: 'verified' }]);
    expect(await quirksOf(world)).toEqual([]);
    expect((await world.send('getPanelState', { tabId })).quirks).toEqual([]);
  });

  it.each([
    ['no answer came', { kind: 'cut', when: 'before' }],
    ['it was refused', { kind: 'status', status: 422 }],
  ] as const)('is nothing where %s', async (_case, fault) => {
    const { world, view } = await shownPerson();
    world.faults.add(put, fault);
    await world.push(view.plans.push, ['lastName']);
    expect(await quirksOf(world)).toEqual([]);
  });

  it('teaches nothing when the two were called different people while it was written', async () => {
    const { world, tabId, view } = await shownPerson();
    const hold = world.faults.add(put, { kind: 'hold', when: 'after' }, 1);
    const pushing = world.push(view.plans.push, ['lastName']);
    await hold.arrived;
    const { atera, ghl } = peopleOf(view);
    if (!atera || !ghl) throw new Error('Nobody');
    await world.send('rejectMatch', {
      target: { tabId },
      version: view.version,
      person: atera.ref,
      counterpart: ghl.ref,
    });
    hold.release();
    expect((await pushing).fields).toMatchObject([{ outcome: 'not-stored' }]);
    expect(await quirksOf(world)).toEqual([]);
  });
});

describe('it belongs to the two accounts', () => {
  it('and is erased when one of them is disconnected; the same account again knows nothing of it', async () => {
    const { world, view } = await shownPerson();
    await world.push(view.plans.push, ['lastName']);
    expect(await world.storedRows('quirks')).toBe(1);
    await world.send('disconnect', { accountId: world.sandbox.ghl.locationId });
    expect(await world.storedRows('quirks')).toBe(0);
    expect(await world.send('getQuirks', {})).toBeNull();
    await world.connect();
    expect(await quirksOf(world)).toEqual([]);
  });

  it('and to no other pair', async () => {
    const { world, tabId, view } = await shownPerson();
    await world.push(view.plans.push, ['lastName']);
    const [row] = await storeOf(world).all('quirks');
    if (!row) throw new Error('Nothing learnt');
    const memory = { ...row.memory, field: 'city' } as const;
    await storeOf(world).put('quirks', 'a|b', 'ghl/contacts/city', { scope: 'a|b', memory });
    expect(await known(world)).toEqual([['ghl', 'contacts', 'lastName', 1]]);
    expect((await world.send('getPanelState', { tabId })).quirks).toHaveLength(1);
  });

  it('and runs out after three months without news', async () => {
    const { world, view } = await shownPerson();
    await world.push(view.plans.push, ['lastName']);
    world.clock.advance(89 * 86_400_000);
    expect(await quirksOf(world)).toHaveLength(1);
    world.clock.advance(2 * 86_400_000);
    expect(await quirksOf(world)).toEqual([]);
  });
});

describe('a person', () => {
  it('forgets one; it is told again when it happens again', async () => {
    const { world, tabId, view } = await shownPerson();
    await world.push(view.plans.push, ['lastName']);
    const name = { vendor: 'ghl', resource: 'contacts', field: 'lastName' } as const;
    expect(await world.send('forgetQuirk', name)).toEqual([]);
    expect((await world.send('getPanelState', { tabId })).quirks).toEqual([]);
    // Nothing is known of it, and nothing is made up.
    expect(await world.send('forgetQuirk', { ...name, field: 'city' })).toEqual([]);
    const next = await world.shown(tabId, (shown) => world.settled(shown) && shown.plans.push !== null);
    await world.push(next.plans.push, ['lastName']);
    expect(await known(world)).toEqual([['ghl', 'contacts', 'lastName', 1]]);
  });

  it.each([
    [{ vendor: 'other', resource: 'contacts', field: 'phone' }],
    [{ vendor: 'ghl', resource: 'people', field: 'phone' }],
    [{ vendor: 'ghl', resource: 'contacts', field: 'password' }],
    [{ vendor: 'ghl', resource: 'contacts', field: 'phone', value: 'x' }],
  ])('cannot name anything else: %j', async (data) => {
    const { world } = await shownPerson();
    expect(await world.deliver({ type: 'forgetQuirk', data })).toMatchObject({
      ok: false,
      error: { code: 'invalid_input' },
    });
  });

  it('has nothing to forget while nothing is connected', async () => {
    const world = await createWorld();
    expect(await world.send('getQuirks', {})).toBeNull();
    await expect(
      world.send('forgetQuirk', { vendor: 'ghl', resource: 'contacts', field: 'phone' }),
    ).rejects.toMatchObject({ code: 'not_connected' });
  });
});

describe('the other ways of writing', () => {
  it('tags: what Atera did not keep of a sync, until a change of tags is kept there', async () => {
    const { world, press, refresh } = await shownTags({ ghl: ['new'], atera: 'client' });
    const hold = world.faults.add({ vendor: 'atera', method: 'PUT' }, { kind: 'hold', when: 'after' }, 1);
    const pressed = press([toAtera('new')]);
    await hold.arrived;
    valueOfTags(world).value = 'client';
    hold.release();
    expect((await pressed).parts).toMatchObject([{ state: 'not-stored' }]);
    expect(await known(world)).toEqual([['atera', 'tags', 'tag', 1]]);
    await press([toAtera('new')]);
    expect(await known(world)).toEqual([['atera', 'tags', 'tag', 1]]);
    const state = await refresh(({ rows }) => rows.some(({ id, op }) => id === 'new' && op !== null));
    expect((await press([toAtera('new')], 'press-2', state)).parts).toMatchObject([{ state: 'done' }]);
    expect(await quirksOf(world)).toEqual([]);
  });

  it('the company of a person, by a field that only the specification lists', async () => {
    const world = await createWorld();
    await world.connect();
    const { tabId, view } = await world.openTicket('main');
    const person = peopleOf(view).atera;
    if (!person) throw new Error('Nobody');
    const { atera } = await world.send('getCompanySides', {
      target: { tabId },
      version: view.version,
      person: person.ref,
    });
    if (atera?.status !== 'ready' || atera.offer.status !== 'ready') throw new Error('No sides');
    const [to] = atera.offer.all;
    if (!to) throw new Error('No other company');
    const move: Addition = { kind: 'set-customer', from: atera.present, to };
    const add = (id: string) => world.send('addToContact', pressFor(tabId, view, move, id));
    world.sandbox.state.atera.ignoredFields = ['CustomerID'];
    expect(await add('press-1')).toMatchObject({ state: 'not-stored' });
    expect(await add('press-1')).toMatchObject({ state: 'not-stored' });
    expect(await known(world)).toEqual([['atera', 'contacts', 'company', 1]]);
    world.sandbox.state.atera.ignoredFields = [];
    expect(await add('press-2')).toMatchObject({ state: 'done' });
    expect(await quirksOf(world)).toEqual([]);
  });

  it('a new contact', async () => {
    const world = await createWorld();
    await world.connect();
    const { tabId, view } = await world.openTicket('none');
    if (view.person.status !== 'ready') throw new Error('Nobody');
    world.sandbox.state.ghl.ignoredFields = ['phone'];
    const { planId } = await world.send('previewCreate', {
      target: { tabId },
      version: view.version,
      person: view.person.value.ref,
    });
    const result = await world.send('createCounterpart', {
      target: { tabId },
      planId: planId ?? '',
      fields: ['firstName', 'email', 'phone'],
    });
    expect(result.fields.map(({ field, stored }) => [field, stored])).toContainEqual(['phone', false]);
    expect(await known(world)).toEqual([['ghl', 'contacts', 'phone', 1]]);
  });

  it('an undo, of fields', async () => {
    const { world, view } = await shownPerson();
    world.sandbox.state.ghl.ignoredFields = [];
    await world.push(view.plans.push, ['lastName']);
    world.sandbox.state.ghl.ignoredFields = ['lastName'];
    const undo = (press: string) =>
      world.send('undoActivity', { id: `receipt:${view.plans.push ?? ''}`, press });
    expect(await undo('u1')).toMatchObject({ state: 'not-stored', error: null });
    expect(await undo('u1')).toMatchObject({ state: 'not-stored' });
    expect(await known(world)).toEqual([['ghl', 'contacts', 'lastName', 1]]);
    world.sandbox.state.ghl.ignoredFields = [];
    expect(await undo('u2')).toMatchObject({ state: 'done' });
    expect(await quirksOf(world)).toEqual([]);
  });
});
