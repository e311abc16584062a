import { describe, expect, it, vi } from 'vitest';
import type { Addition, JobView } from '../../lib/panel-state.ts';
import { SCENES } from '../../lib/sandbox/index.ts';
import { pressFor } from '../support/press.ts';
import { createWorld, type World } from '../support/world.ts';

const PATIENT = { timeout: 4000, interval: 5 };
const NOTE: Addition = { kind: 'note', body: 'Called back.' };
const READ = { vendor: 'ghl', method: 'GET' } as const;
const OFFLINE = { kind: 'cut', when: 'before' } as const;

async function shownPerson() {
  const world = await createWorld();
  await world.connect();
  const { tabId, view } = await world.openTicket('main');
  world.sandbox.log.length = 0;
  const add = (addition: Addition, id = 'press-1') =>
    world.send('addToContact', pressFor(tabId, view, addition, id));
  return { world, tabId, view, add };
}

const jobsOf = (world: World): Promise<JobView[]> => world.send('getJobs', {});
const notesOf = (world: World) => world.sandbox.state.ghl.notes.filter(({ body }) => body === 'Called back.');
const entryOf = async (world: World, id: string) =>
  (await world.send('getActivity', { people: null, limit: null }))?.entries.find((entry) => entry.id === id);
const quiet = (world: World) =>
  vi.waitFor(
    async () => expect((await jobsOf(world)).filter(({ status }) => status === 'running')).toEqual([]),
    PATIENT,
  );

/** Three ways of pressing: fields of a person, something added, and what was written taken back. */
const PRESSES = ['push', 'note', 'undo'] as const;
async function pressed(kind: (typeof PRESSES)[number]) {
  const shown = await shownPerson();
  const { world, view, add } = shown;
  const planId = view.plans.push ?? '';
  const lastName = () => world.ghlContact('main').lastName;
  const push = () => world.push(planId, ['lastName']);
  if (kind === 'undo') {
    const before = lastName();
    await push();
    world.sandbox.log.length = 0;
    const press = () => world.send('undoActivity', { id: `receipt:${planId}`, press: 'u1' });
    return { ...shown, id: 'undo:u1', press, isWritten: () => lastName() === before, entryId: 'undo:u1' };
  }
  const id = kind === 'push' ? planId : 'press-1';
  const press = () => (kind === 'push' ? push() : add(NOTE));
  const isWritten = () => (kind === 'push' ? lastName() === 'Whitfield' : notesOf(world).length === 1);
  const entryId = kind === 'push' ? `receipt:${id}` : `addition:${id}`;
  return { ...shown, id, press, isWritten, entryId };
}

describe('what cannot be sent now', () => {
  it.each(PRESSES)('waits, says so, and is written once when the network is back: %s', async (kind) => {
    const { world, press, isWritten, id, entryId } = await pressed(kind);
    const cut = world.faults.add(READ, OFFLINE);
    expect(await press()).toMatchObject({ state: 'queued', error: { code: 'network' } });
    // The same press again is the same job.
    expect(await press()).toMatchObject({ state: 'queued' });
    expect(await jobsOf(world)).toMatchObject([
      {
        id,
        personName: 'Dana Whitfield',
        status: 'queued',
        attempts: 1,
        error: { code: 'network' },
        canCancel: true,
        steps: [{ words: { kind, vendor: 'ghl' }, state: 'waiting' }],
      },
    ]);
    expect(await entryOf(world, entryId)).toMatchObject({ state: 'queued', undo: { can: false } });
    expect([world.writes(), isWritten()]).toEqual([[], false]);
    cut.remove();
    world.ring('online');
    await vi.waitFor(() => expect(isWritten()).toBe(true), PATIENT);
    await vi.waitFor(async () => expect(await jobsOf(world)).toEqual([]), PATIENT);
    expect(await press()).toMatchObject({ state: 'done' });
    expect(world.writes()).toHaveLength(1);
    expect(await entryOf(world, entryId)).toMatchObject({ state: 'done', undo: { can: true } });
    expect(world.bugs).toEqual([]);
  });

  it.each(PRESSES)('is tried again after longer and longer waits, and not before: %s', async (kind) => {
    const { world, press, isWritten } = await pressed(kind);
    const down = world.faults.add(READ, { kind: 'status', status: 503 });
    await press();
    const waits: number[] = [];
    for (let attempt = 2; attempt < 6; attempt += 1) {
      await vi.waitFor(() => expect(world.dueAt()).toBeGreaterThan(world.clock.now()), PATIENT);
      waits.push((world.dueAt() ?? 0) - world.clock.now());
      world.ring();
      await vi.waitFor(
        async () => expect(await jobsOf(world)).toMatchObject([{ attempts: attempt }]),
        PATIENT,
      );
    }
    expect(waits.every((wait, index) => wait > 0 && wait <= 2_000 * 2 ** index)).toBe(true);
    expect(waits.every((wait, index) => wait >= 1_000 * 2 ** index)).toBe(true);
    // Somebody looks at the list in between: nothing is tried for that.
    const met = down.count();
    world.clock.advance(-1);
    world.ring('online');
    await quiet(world);
    expect(down.count()).toBe(met);
    down.remove();
    world.ring();
    await vi.waitFor(() => expect(isWritten()).toBe(true), PATIENT);
  });

  it.each(PRESSES)('waits where the vendor asks to slow down, for the write too: %s', async (kind) => {
    const { world, press, isWritten } = await pressed(kind);
    const limit = world.faults.add(
      {
        vendor: 'ghl',
        method: kind === 'note' ? 'POST' : 'PUT',
        ...(kind === 'note' ? { path: '/notes' } : {}),
      },
      { kind: 'status', status: 429 },
    );
    expect(await press()).toMatchObject({ state: 'queued', error: { code: 'rate_limited' } });
    expect(isWritten()).toBe(false);
    limit.remove();
    await vi.waitFor(() => expect(world.dueAt()).toBeGreaterThan(world.clock.now()), PATIENT);
    world.ring();
    await vi.waitFor(() => expect(isWritten()).toBe(true), PATIENT);
    expect(limit.count()).toBe(1);
  });

  it.each(PRESSES)('is cancelled, and never written: %s', async (kind) => {
    const { world, press, isWritten, id, entryId } = await pressed(kind);
    const cut = world.faults.add(READ, OFFLINE);
    await press();
    expect(await world.send('cancelJob', { id })).toEqual([]);
    cut.remove();
    world.ring('online');
    world.restart();
    await quiet(world);
    expect(await entryOf(world, entryId)).toMatchObject({ state: 'failed', error: { code: 'cancelled' } });
    expect(await press()).toMatchObject({ state: 'failed', error: { code: 'cancelled' } });
    await expect(world.send('cancelJob', { id })).rejects.toMatchObject({ code: 'plan_expired' });
    expect([world.writes(), isWritten()]).toEqual([[], false]);
  });

  it.each(PRESSES)('is written without waiting when the agent says so: %s', async (kind) => {
    const { world, press, isWritten, id } = await pressed(kind);
    const cut = world.faults.add(READ, OFFLINE);
    await press();
    cut.remove();
    expect(await world.send('retryJob', { id })).toEqual([]);
    expect(isWritten()).toBe(true);
  });

  it.each(PRESSES)('survives a restart, and a page that shows somebody else by now: %s', async (kind) => {
    const { world, tabId, press, isWritten } = await pressed(kind);
    const cut = world.faults.add(READ, OFFLINE);
    await press();
    await world.navigate(tabId, 'https://app.atera.com/new/dashboard');
    cut.remove();
    world.clock.advance(10_000);
    world.restart();
    await vi.waitFor(() => expect(isWritten()).toBe(true), PATIENT);
    expect(world.writes()).toHaveLength(1);
  });

  it.each(PRESSES)('is given up after a day, with nothing written: %s', async (kind) => {
    const { world, press, isWritten, entryId } = await pressed(kind);
    world.faults.add(READ, OFFLINE);
    await press();
    world.clock.advance(86_400_000);
    world.ring('online');
    await vi.waitFor(async () => expect(await jobsOf(world)).toEqual([]), PATIENT);
    expect(await entryOf(world, entryId)).toMatchObject({ state: 'failed' });
    expect(isWritten()).toBe(false);
  });
});

describe('what waited', () => {
  it('writes nothing over what somebody changed meanwhile', async () => {
    const { world, press, entryId } = await pressed('push');
    const cut = world.faults.add(READ, OFFLINE);
    await press();
    world.ghlContact('main').lastName = 'Whitfield-Ortega';
    cut.remove();
    world.ring('online');
    await vi.waitFor(
      async () => expect(await entryOf(world, entryId)).toMatchObject({ state: 'conflict' }),
      PATIENT,
    );
    expect(world.writes()).toEqual([]);
    await vi.waitFor(async () => expect(await jobsOf(world)).toEqual([]), PATIENT);
  });

  it.each(['push', 'note'] as const)(
    'writes nothing to somebody who was said to be another person: %s',
    async (kind) => {
      const { world, view, tabId, press, entryId } = await pressed(kind);
      const cut = world.faults.add(READ, OFFLINE);
      await press();
      const now = await world.shown(tabId, world.settled);
      if (now.person.status !== 'ready' || now.match.status !== 'one') throw new Error('Nobody');
      await world.send('rejectMatch', {
        target: { tabId },
        version: view.version,
        person: now.person.value.ref,
        counterpart: now.match.counterpart.ref,
      });
      cut.remove();
      world.ring('online');
      await vi.waitFor(async () => expect(await jobsOf(world)).toEqual([]), PATIENT);
      expect((await entryOf(world, entryId))?.state).toMatch(/refused|failed/u);
      expect(world.writes()).toEqual([]);
    },
  );

  it('is not found again under other accounts', async () => {
    const { world, press } = await pressed('note');
    world.faults.add(READ, OFFLINE);
    await press();
    // What the question before it counts.
    expect(await jobsOf(world)).toMatchObject([{ status: 'queued' }]);
    const accounts = await world.send('getAccounts', {});
    await world.send('disconnect', { accountId: accounts[0]?.id ?? '' });
    // With the first of the two nothing is left that could be written.
    expect(await jobsOf(world)).toEqual([]);
    expect(await world.storedRows('jobs')).toBe(0);
    world.faults.clear();
    world.ring('online');
    await world.send('disconnect', { accountId: accounts[1]?.id ?? '' });
    expect(world.writes()).toEqual([]);
  });

  it('is told in its section when it is written, also to a panel that has shown that it waits', async () => {
    const { world, tabId, press } = await pressed('note');
    const cut = world.faults.add(READ, OFFLINE);
    await press();
    await world.send('acknowledgeAddition', { id: 'press-1' });
    cut.remove();
    world.ring('online');
    await vi.waitFor(async () => {
      const { adding } = await world.send('getPanelState', { tabId });
      expect(adding?.last).toMatchObject({ id: 'press-1', result: { state: 'done' } });
    }, PATIENT);
  });

  it('is encrypted like everything about people', async () => {
    const { world, press } = await pressed('note');
    world.faults.add(READ, OFFLINE);
    await press();
    expect(await world.storedRows('jobs')).toBe(1);
    expect(SCENES.served.main.ticketId).toBeGreaterThan(0);
  });
});

describe('the worker is stopped', () => {
  it.each(
    PRESSES.flatMap((kind) => [
      [kind, 'before anything was read'] as const,
      [kind, 'after it was sent'] as const,
    ]),
  )('%s %s: the next start brings it to its end, once', async (kind, when) => {
    const { world, press, isWritten, entryId } = await pressed(kind);
    const target =
      when === 'before anything was read'
        ? READ
        : ({ vendor: 'ghl', method: kind === 'note' ? 'POST' : 'PUT' } as const);
    const hold = world.faults.add(target, { kind: 'hold', when: 'after' });
    void press();
    await hold.arrived;
    hold.remove();
    world.restart();
    await vi.waitFor(
      async () => expect(await entryOf(world, entryId)).toMatchObject({ state: 'done' }),
      PATIENT,
    );
    await vi.waitFor(async () => expect(await jobsOf(world)).toEqual([]), PATIENT);
    expect(isWritten()).toBe(true);
    expect(world.writes()).toHaveLength(1);
    expect(world.bugs).toEqual([]);
  });
});
