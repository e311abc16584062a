import { describe, expect, it } from 'vitest';
import type { FieldName } from '../../lib/core/contact.ts';
import type { SubjectView } from '../../lib/panel-state.ts';
import { createWorld, type World } from '../support/world.ts';

/** What was synced, or pushed, is taken back without the next sync taking that for somebody's edit. */

const ateraOf = (world: World) => {
  const { email } = world.ghlContact('main');
  const found = world.sandbox.state.atera.contacts.find(
    (contact) => contact.Email.toLowerCase() === email?.toLowerCase(),
  );
  if (!found) throw new Error('No such contact');
  return found;
};
const rowOf = ({ rows }: SubjectView, name: FieldName) => rows.find(({ field }) => field === name);
const undo = (world: World, id: string, press: string) => world.send('undoActivity', { id, press });
const refresh = async (world: World, tabId: number): Promise<SubjectView> => {
  await world.send('refreshView', { tabId });
  return world.shown(tabId, world.settled);
};

/** A linked pair; the phone was changed in Atera, the last name in GHL. */
async function changedBothWays() {
  const world = await createWorld();
  await world.connect();
  const { tabId, view } = await world.openTicket('main');
  await world.push(view.plans.push, ['lastName', 'phone', 'mobile']);
  await world.shown(tabId, ({ match, receipt }) => match.status === 'linked' && receipt?.state === 'done');
  ateraOf(world).Phone = '+1 415 555 0111';
  world.ghlContact('main').lastName = 'Ortega';
  const { plans } = await refresh(world, tabId);
  world.sandbox.log.length = 0;
  return { world, tabId, plan: plans.sync };
}

async function synced() {
  const { world, tabId, plan } = await changedBothWays();
  const receipt = await world.push(plan, ['lastName', 'phone']);
  expect(receipt.state).toBe('done');
  world.sandbox.log.length = 0;
  return { world, tabId, id: `receipt:${receipt.id}` };
}

describe('a sync', () => {
  it('is told as one entry for each record, and each is taken back by itself', async () => {
    const { world, id } = await synced();
    const entries = (await world.send('getActivity', { people: null, limit: null }))?.entries ?? [];
    expect(
      entries
        .filter(({ kind }) => kind === 'sync')
        .map(({ id: key, vendor, state, lines }) => [key, vendor, state, lines.map(({ what }) => what)])
        .sort(),
    ).toEqual([
      [`${id}:atera`, 'atera', 'done', ['lastName']],
      [`${id}:ghl`, 'ghl', 'done', ['phone']],
    ]);
    expect(await undo(world, `${id}:atera`, 'u1')).toMatchObject({ state: 'done', vendor: 'atera' });
    expect([ateraOf(world).Lastname, world.ghlContact('main').lastName]).toEqual(['Whitfield', 'Ortega']);
    expect(world.ghlContact('main').phone).toBe('+14155550111');
    expect(world.writes().map(({ vendor, body }) => ({ vendor, body }))).toEqual([
      { vendor: 'atera', body: { Lastname: 'Whitfield' } },
    ]);
    expect(world.bugs).toEqual([]);
  });

  it('taken back is asked about: the next one carries no old value anywhere by itself', async () => {
    const { world, tabId, id } = await synced();
    await undo(world, `${id}:atera`, 'u1');
    const view = await refresh(world, tabId);
    expect(rowOf(view, 'lastName')).toMatchObject({ status: 'differs', left: 'Whitfield', right: 'Ortega' });
    expect(rowOf(view, 'lastName')?.base).toBeUndefined();
    // The others are still known.
    world.ghlContact('main').firstName = 'Dora';
    expect(rowOf(await refresh(world, tabId), 'firstName')?.status).toBe('changed-right');
  });

  it('that one vendor refused has failed there alone', async () => {
    const { world, plan } = await changedBothWays();
    world.faults.add({ method: 'PUT', vendor: 'ghl' }, { kind: 'status', status: 403, body: '{}' });
    const { id } = await world.push(plan, ['lastName', 'phone']);
    const entries = (await world.send('getActivity', { people: null, limit: null }))?.entries ?? [];
    const states = Object.fromEntries(entries.map((entry) => [entry.id, [entry.state, entry.undo.can]]));
    expect(states).toMatchObject({
      [`receipt:${id}:atera`]: ['done', true],
      [`receipt:${id}:ghl`]: ['failed', false],
    });
    const errorOf = (vendor: string) =>
      entries.find((entry) => entry.id === `receipt:${id}:${vendor}`)?.error;
    expect([errorOf('ghl')?.vendor, errorOf('atera')]).toEqual(['ghl', null]);
  });

  it('that could not read one of the two says so in both entries: nothing was sent to either', async () => {
    const { world, plan } = await changedBothWays();
    world.faults.add({ method: 'GET', vendor: 'ghl' }, { kind: 'status', status: 403, body: '' });
    const { id } = await world.push(plan, ['lastName', 'phone']);
    const entries = (await world.send('getActivity', { people: null, limit: null }))?.entries ?? [];
    const own = entries.filter(({ id: key }) => key.startsWith(`receipt:${id}:`));
    expect(own.map(({ state, error }) => [state, error?.vendor])).toEqual([
      ['failed', 'ghl'],
      ['failed', 'ghl'],
    ]);
    expect(world.writes()).toEqual([]);
  });
});

describe('while an undo is under way', () => {
  const PUT = { vendor: 'ghl', method: 'PUT' } as const;
  async function pushed() {
    const world = await createWorld();
    await world.connect();
    const { tabId, view } = await world.openTicket('main');
    const { id } = await world.push(view.plans.push, ['lastName']);
    await world.shown(tabId, ({ match, receipt }) => match.status === 'linked' && receipt?.state === 'done');
    world.sandbox.log.length = 0;
    return { world, tabId, undone: () => undo(world, `receipt:${id}`, 'u1') };
  }

  it('it is no edit of anybody, whatever was read while it waited', async () => {
    const { world, tabId, undone } = await pushed();
    const cut = world.faults.add({ vendor: 'ghl', method: 'GET' }, { kind: 'cut', when: 'before' });
    expect(await undone()).toMatchObject({ state: 'queued' });
    cut.remove();
    // Both still agree.
    expect(rowOf(await refresh(world, tabId), 'lastName')?.status).toBe('same');
    const hold = world.faults.add(PUT, { kind: 'hold', when: 'after' }, 1);
    world.ring('online');
    await hold.arrived;
    const view = await refresh(world, tabId);
    expect(rowOf(view, 'lastName')).toMatchObject({ status: 'differs', right: 'Whitfeld' });
    expect(view.plans.sync).toBeNull();
    hold.release();
  });

  it('a sync that was shown by what was read right before it arrived is refused, and asks from then on', async () => {
    const { world, tabId, undone } = await pushed();
    const hold = world.faults.add(PUT, { kind: 'hold', when: 'before' }, 1);
    const undoing = undone();
    await hold.arrived;
    // Agreed, as far as anybody can tell.
    await refresh(world, tabId);
    const looking = world.faults.add({ vendor: 'ghl', method: 'GET' }, { kind: 'hold', when: 'before' }, 1);
    hold.release();
    await looking.arrived;
    const { plans, rows } = await refresh(world, tabId);
    expect(rows.find(({ field }) => field === 'lastName')?.status).toBe('changed-right');
    const syncing = world.push(plans.sync, ['lastName']);
    looking.release();
    expect(await undoing).toMatchObject({ state: 'done' });
    expect(await syncing).toMatchObject({
      state: 'failed',
      error: { code: 'plan_expired' },
      fields: [{ field: 'lastName', outcome: 'not-written' }],
    });
    expect([ateraOf(world).Lastname, world.ghlContact('main').lastName]).toEqual(['Whitfield', 'Whitfeld']);
    expect(rowOf(await refresh(world, tabId), 'lastName')?.status).toBe('differs');
    expect(world.bugs).toEqual([]);
  });
});

it('a push taken back is asked about too, also when the worker was stopped in between', async () => {
  const world = await createWorld();
  await world.connect();
  const { tabId, view } = await world.openTicket('main');
  const { id } = await world.push(view.plans.push, ['lastName']);
  await world.shown(tabId, ({ match, receipt }) => match.status === 'linked' && receipt?.state === 'done');
  const held = world.faults.add({ vendor: 'ghl', method: 'PUT' }, { kind: 'hold', when: 'after' }, 1);
  void undo(world, `receipt:${id}`, 'u1').catch(() => undefined);
  await held.arrived;
  world.restart();
  held.release();
  expect(world.ghlContact('main').lastName).toBe('Whitfeld');
  expect(await undo(world, `receipt:${id}`, 'u1')).toMatchObject({ state: 'done' });
  const after = await refresh(world, tabId);
  expect(rowOf(after, 'lastName')).toMatchObject({
    status: 'differs',
    left: 'Whitfield',
    right: 'Whitfeld',
  });
  expect(rowOf(after, 'lastName')?.base).toBeUndefined();
  expect(world.writes().filter(({ body }) => JSON.stringify(body).includes('Whitfeld'))).toHaveLength(1);
});
