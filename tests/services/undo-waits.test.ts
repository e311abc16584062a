import { describe, expect, it, vi } from 'vitest';
import { claim, newJob } from '../../lib/core/job.ts';
import type { UndoInstead } from '../../lib/core/undo-offer.ts';
import type { ErrorView } from '../../lib/errors.ts';
import type { ActivityView, JobView } from '../../lib/panel-state.ts';
import { createSealedStore } from '../../lib/platform/sealed-store.ts';
import { AREAS, type Areas, type JobOp } from '../../lib/services/areas.ts';
import { createWorld, type World } from '../support/world.ts';

/** An undo that cannot be sent now waits as every press does; `jobs.test.ts` says what is the same for all of them. */

const PATIENT = { timeout: 4000, interval: 5 };
const READ = { vendor: 'ghl', method: 'GET' } as const;
const OFFLINE = { kind: 'cut', when: 'before' } as const;

const undo = (world: World, id: string, press: string, instead?: UndoInstead): Promise<ActivityView> =>
  world.send('undoActivity', { id, press, ...(instead ? { instead } : {}) });
const jobsOf = (world: World): Promise<JobView[]> => world.send('getJobs', {});
const entryOf = async (world: World, id: string) =>
  (await world.send('getActivity', { people: null, limit: null }))?.entries.find((entry) => entry.id === id);
const ended = (world: World, id: string, state: string) =>
  vi.waitFor(async () => expect(await entryOf(world, id)).toMatchObject({ state }), PATIENT);
const storeOf = (world: World) =>
  createSealedStore<Areas>(AREAS, { clock: world.clock, databaseName: world.databaseName });

/** Last name and phone were pushed to GHL, and GHL cannot be reached any more. */
async function unreachable() {
  const world = await createWorld();
  await world.connect();
  const { tabId, view } = await world.openTicket('main');
  const before = { ...world.ghlContact('main') };
  await world.push(view.plans.push, ['lastName', 'phone']);
  await world.shown(tabId, ({ match, receipt }) => match.status === 'linked' && receipt?.state === 'done');
  world.sandbox.log.length = 0;
  const cut = world.faults.add(READ, OFFLINE);
  const goOnline = () => {
    cut.remove();
    world.ring('online');
  };
  return { world, tabId, id: `receipt:${view.plans.push}`, before, goOnline };
}

describe('an undo that waits', () => {
  it('says so in both entries and in the list of what waits, and is one for any number of presses', async () => {
    const { world, id, before, goOnline } = await unreachable();
    const entry = await undo(world, id, 'u1');
    expect(entry).toMatchObject({
      state: 'queued',
      error: { code: 'network' },
      lines: [{ outcome: 'waiting' }, { outcome: 'waiting' }],
      undo: { can: false },
    });
    expect(await entryOf(world, id)).toMatchObject({ undoneBy: 'undo:u1', undo: { reason: 'undoing' } });
    expect(await undo(world, id, 'u1')).toEqual(entry);
    expect(await undo(world, id, 'u2')).toEqual(entry);
    expect(await jobsOf(world)).toMatchObject([
      {
        id: 'undo:u1',
        personName: 'Dana Whitfield',
        canCancel: true,
        steps: [{ words: { kind: 'undo', vendor: 'ghl', undoes: 'push' } }],
      },
    ]);
    goOnline();
    await ended(world, 'undo:u1', 'done');
    expect(world.ghlContact('main')).toMatchObject({ lastName: before.lastName, phone: before.phone });
    expect(world.writes()).toHaveLength(1);
    expect(await entryOf(world, id)).toMatchObject({ undo: { reason: 'undone' } });
    expect(world.bugs).toEqual([]);
  });

  it('leaves the way open where it was cancelled', async () => {
    const { world, id, goOnline } = await unreachable();
    await undo(world, id, 'u1');
    expect(await world.send('cancelJob', { id: 'undo:u1' })).toEqual([]);
    expect(await entryOf(world, id)).toMatchObject({ undo: { can: true }, undoneBy: null });
    goOnline();
    expect(world.writes()).toEqual([]);
    expect(await undo(world, id, 'u2')).toMatchObject({ state: 'done' });
  });

  it('writes nothing over what somebody changed meanwhile, and offers what can be done instead', async () => {
    const { world, id, goOnline } = await unreachable();
    await undo(world, id, 'u1');
    world.ghlContact('main').lastName = 'Ortega';
    goOnline();
    await ended(world, 'undo:u1', 'conflict');
    expect(await entryOf(world, 'undo:u1')).toMatchObject({
      offer: [
        { field: 'lastName', state: 'changed', now: 'Ortega' },
        { field: 'phone', state: 'as-written' },
      ],
    });
    expect(world.writes()).toEqual([]);
    expect(await entryOf(world, id)).toMatchObject({ undo: { can: true } });
    await vi.waitFor(async () => expect(await jobsOf(world)).toEqual([]), PATIENT);
  });

  it('of what was chosen waits too, and still expects what was shown', async () => {
    const { world, id, goOnline } = await unreachable();
    world.faults.clear();
    world.ghlContact('main').lastName = 'Ortega';
    await undo(world, id, 'u1');
    const instead: UndoInstead = { refused: 'undo:u1', choices: { lastName: { value: 'Whitfield Ortega' } } };
    const cut = world.faults.add(READ, OFFLINE);
    expect(await undo(world, id, 'u2', instead)).toMatchObject({ state: 'queued' });
    world.ghlContact('main').lastName = 'Ortega-Lee';
    cut.remove();
    goOnline();
    await ended(world, 'undo:u2', 'conflict');
    expect(world.writes()).toEqual([]);
    expect(await undo(world, id, 'u3', { ...instead, refused: 'undo:u2' })).toMatchObject({ state: 'done' });
    expect(world.ghlContact('main').lastName).toBe('Whitfield Ortega');
  });

  it('is asked about by the next sync', async () => {
    const { world, tabId, id, goOnline } = await unreachable();
    await undo(world, id, 'u1');
    goOnline();
    await ended(world, 'undo:u1', 'done');
    await world.send('refreshView', { tabId });
    const { rows } = await world.shown(tabId, world.settled);
    expect(rows.find(({ field }) => field === 'lastName')).toMatchObject({ status: 'differs' });
  });

  it('is not written where the vendor is not written to any more', async () => {
    const { world, id, goOnline } = await unreachable();
    await undo(world, id, 'u1');
    const rows = (await world.send('getResources', {})) ?? [];
    await world.send('setResources', {
      rows: rows.map((row) => (row.resource === 'contacts' ? { ...row, direction: 'to-atera' } : row)),
    });
    goOnline();
    await ended(world, 'undo:u1', 'failed');
    expect(await entryOf(world, 'undo:u1')).toMatchObject({ error: { code: 'switched_off' } });
    expect(world.writes()).toEqual([]);
  });
});

describe('an undo that the end of the worker cut off', () => {
  /** What a background leaves that was stopped right after it had stored the press, before it told the journal. */
  async function pressedOnly() {
    const shown = await unreachable();
    const { world, id } = shown;
    world.faults.clear();
    const store = storeOf(world);
    const of = (await store.all('activity')).find((row) => row.entry.id === id);
    if (!of?.undo.can) throw new Error('No way back');
    const job = claim(
      newJob<JobOp, ErrorView, null>(
        { id: 'undo:u1', key: '', details: null, ops: [{ kind: 'undo', of: id, write: of.undo.write }] },
        world.clock.now(),
      ),
      'a life before',
      world.clock.now(),
    );
    const row = { scope: of.scope, people: of.entry.people, personName: '', words: [], job };
    await store.put('jobs', of.scope, 'undo:u1', row);
    return { ...shown, store, of };
  }

  it('before it was told is told, and written once', async () => {
    const { world, id, before } = await pressedOnly();
    world.restart();
    await ended(world, 'undo:u1', 'done');
    expect(await undo(world, id, 'u1')).toMatchObject({ id: 'undo:u1', state: 'done' });
    expect(world.ghlContact('main').lastName).toBe(before.lastName);
    expect(world.writes()).toHaveLength(1);
    await vi.waitFor(async () => expect(await jobsOf(world)).toEqual([]), PATIENT);
    expect(world.bugs).toEqual([]);
  });

  it('is not begun where another press has taken the entry back meanwhile', async () => {
    const { world, id } = await pressedOnly();
    expect(await undo(world, id, 'u2')).toMatchObject({ id: 'undo:u2', state: 'done' });
    world.restart();
    await vi.waitFor(async () => expect(await jobsOf(world)).toEqual([]), PATIENT);
    expect(await entryOf(world, 'undo:u1')).toBeUndefined();
    expect(world.writes()).toHaveLength(1);
  });

  it('is given up where its entry is gone', async () => {
    const { world, id, store, of } = await pressedOnly();
    await store.delete('activity', of.scope, id);
    world.restart();
    await vi.waitFor(async () => expect(await jobsOf(world)).toEqual([]), PATIENT);
    expect(world.writes()).toEqual([]);
    expect(world.bugs).toEqual([]);
  });

  it('before the other entry said so says it there too, and is written once', async () => {
    const { world, id, goOnline } = await unreachable();
    await undo(world, id, 'u1');
    const store = storeOf(world);
    const of = (await store.all('activity')).find((row) => row.entry.id === id);
    if (!of) throw new Error('No entry');
    await store.put('activity', of.scope, id, {
      ...of,
      entry: { ...of.entry, undoneBy: null, undo: { can: true, stays: [] } },
    });
    goOnline();
    await ended(world, 'undo:u1', 'done');
    expect(await entryOf(world, id)).toMatchObject({ undoneBy: 'undo:u1', undo: { reason: 'undone' } });
    expect(world.writes()).toHaveLength(1);
  });

  it('in an earlier version, where nobody goes on with it, has written nothing', async () => {
    const { world, id } = await unreachable();
    const store = storeOf(world);
    await undo(world, id, 'u1');
    const of = (await store.all('activity')).find((row) => row.entry.id === id);
    await store.delete('jobs', of?.scope ?? '', 'undo:u1');
    world.faults.clear();
    world.restart();
    await ended(world, 'undo:u1', 'failed');
    expect(world.writes()).toEqual([]);
    expect(await undo(world, id, 'u2')).toMatchObject({ state: 'done' });
  });
});
