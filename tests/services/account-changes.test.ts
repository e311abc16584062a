import { describe, expect, it, vi } from 'vitest';
import { AppError } from '../../lib/errors.ts';
import type { PersonView } from '../../lib/panel-state.ts';
import { createSealedStore } from '../../lib/platform/sealed-store.ts';
import type { Pair } from '../../lib/services/accounts.ts';
import { AREAS, type Areas } from '../../lib/services/areas.ts';
import { createRecents } from '../../lib/services/recents.ts';
import { createJumpingClock } from '../support/clock.ts';
import { pressFor } from '../support/press.ts';
import { createWorld, type World } from '../support/world.ts';

const connected = async (timeoutMs = 60_000): Promise<World> => {
  const world = await createWorld({ timeoutMs });
  await world.connect();
  return world;
};
const AREA_NAMES = Object.keys(AREAS) as (keyof Areas)[];
/** Areas that hold anything at all. */
const filled = async (world: World): Promise<string[]> => {
  const counts = await Promise.all(AREA_NAMES.map((area) => world.storedRows(area)));
  return AREA_NAMES.filter((_, index) => counts[index] !== 0);
};
const disconnectAll = async (world: World): Promise<void> => {
  for (const { id } of await world.send('getAccounts', {})) await world.send('disconnect', { accountId: id });
};
const codeOf = (attempt: Promise<unknown>): Promise<string> =>
  attempt.then(
    () => 'done',
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  );

describe('two changes of accounts at once', () => {
  it.each([0, 1, 2, 5, 10, 20])(
    'a real account is never thrown away for sample data (%i turns later)',
    async (turns) => {
      const world = await createWorld();
      const trying = codeOf(world.send('connectSample', {}));
      for (let turn = 0; turn < turns; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      await world.send('connectAtera', { token: world.sandbox.atera.apiKey });
      expect(['done', 'invalid_input']).toContain(await trying);
      expect((await world.send('getAccounts', {})).map(({ kind }) => kind)).toEqual(['real']);
      expect(await world.storedRows('credentials')).toBe(1);
    },
  );

  it('two tokens of one tenant connect one account', async () => {
    const world = await createWorld();
    world.faults.add({ vendor: 'atera', path: /\/account$/u }, { kind: 'status', status: 403 });
    const tokens = world.sandbox.state.atera.keys.slice(0, 2).map(({ key }) => key);
    await Promise.all(tokens.map((token) => world.send('connectAtera', { token })));
    expect(await world.send('getAccounts', {})).toHaveLength(1);
    expect(await world.storedRows('credentials')).toBe(1);
  });

  it('sample data connected twice is one pair', async () => {
    const world = await createWorld();
    await Promise.all([world.send('connectSample', {}), world.send('connectSample', {})]);
    expect((await world.send('getAccounts', {})).map(({ vendor }) => vendor)).toEqual(['atera', 'ghl']);
  });
});

describe('disconnecting', () => {
  it('leaves nothing in any area once both accounts are gone', async () => {
    const world = await connected();
    const { view } = await world.openTicket('main');
    await world.push(view.plans.push, ['lastName']);
    expect((await filled(world)).length).toBeGreaterThan(7);
    await disconnectAll(world);
    expect(await filled(world)).toEqual([]);
  });

  it('stops a push that has not written yet: nothing is sent, and nothing comes back', async () => {
    const world = await connected();
    const { view } = await world.openTicket('main');
    const hold = world.faults.add(
      { vendor: 'ghl', method: 'GET', path: /contacts\/\w{20}$/u },
      { kind: 'hold', when: 'after' },
      1,
    );
    const pushing = codeOf(world.push(view.plans.push, ['lastName']));
    await hold.arrived;
    await world.send('disconnect', { accountId: world.sandbox.ghl.locationId });
    hold.release();
    expect(await pushing).toBe('not_connected');
    expect(world.writes()).toEqual([]);
    expect(await filled(world)).toEqual(['credentials', 'accounts', 'meta']);
    expect(world.bugs).toEqual([]);
  });

  it('waits for a push that has written: its result is told, then all is erased', async () => {
    const world = await connected();
    const { view } = await world.openTicket('main');
    const hold = world.faults.add({ vendor: 'ghl', method: 'PUT' }, { kind: 'hold', when: 'after' }, 1);
    const pushing = world.push(view.plans.push, ['lastName']);
    await hold.arrived;
    const order: string[] = [];
    const disconnecting = world
      .send('disconnect', { accountId: world.sandbox.ghl.locationId })
      .then(() => order.push('disconnected'));
    void pushing.then(() => order.push('pushed'));
    // No further write starts meanwhile.
    hold.release();
    expect(await pushing).toMatchObject({ state: 'done' });
    await disconnecting;
    expect(order).toEqual(['pushed', 'disconnected']);
    expect(world.writes()).toHaveLength(1);
    expect(await filled(world)).toEqual(['credentials', 'accounts', 'meta']);
  });

  it('does not let a note through that was waiting', async () => {
    const world = await connected();
    const { tabId, view } = await world.openTicket('main');
    const hold = world.faults.add({ vendor: 'ghl', method: 'GET' }, { kind: 'hold', when: 'after' }, 1);
    const adding = codeOf(
      world.send('addToContact', pressFor(tabId, view, { kind: 'note', body: 'Called back' }, 'note-1')),
    );
    await hold.arrived;
    await world.send('disconnect', { accountId: world.sandbox.ghl.locationId });
    hold.release();
    await adding;
    expect(world.writes()).toEqual([]);
    expect(await filled(world)).toEqual(['credentials', 'accounts', 'meta']);
  });

  it('is not undone by metadata that is being read', async () => {
    const world = await connected();
    world.clock.advance(2 * 3_600_000);
    const hold = world.faults.add(
      { vendor: 'ghl', path: /^\/locations\/\w+$/u },
      { kind: 'hold', when: 'before' },
      1,
    );
    await world.openTicket('main');
    await hold.arrived;
    await disconnectAll(world);
    hold.release();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await filled(world)).toEqual([]);
  });

  it('is not undone by an account problem that is being noted', async () => {
    const world = await connected();
    const { tabId } = await world.openTicket('main');
    world.faults.add({ vendor: 'ghl' }, { kind: 'status', status: 401 });
    await world.send('refreshView', { tabId });
    await Promise.all([world.shown(tabId, world.settled).catch(() => undefined), disconnectAll(world)]);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await filled(world)).toEqual([]);
  });

  it('is not undone by connecting the same location again: what was under way belongs to the old life', async () => {
    const world = await connected();
    const { view } = await world.openTicket('main');
    const hold = world.faults.add(
      { vendor: 'ghl', method: 'GET', path: /contacts\/\w{20}$/u },
      { kind: 'hold', when: 'after' },
      1,
    );
    const pushing = codeOf(world.push(view.plans.push, ['lastName']));
    await hold.arrived;
    const { locationId: accountId, token } = world.sandbox.ghl;
    await world.send('disconnect', { accountId });
    await world.send('connectGhl', { token, location: accountId });
    hold.release();
    expect(await pushing).toBe('not_connected');
    expect(world.writes()).toEqual([]);
    for (const area of ['receipts', 'links'] as const) expect(await world.storedRows(area)).toBe(0);
  });

  it('does not let people come back who were seen while it erased', async () => {
    const clock = createJumpingClock();
    const store = createSealedStore<Areas>(AREAS, { clock, databaseName: 'recents-erased' });
    const pair = { ateraAccount: { id: 'a' }, ghlAccount: { id: 'g' } } as Pair;
    const person = { ref: { vendor: 'atera', accountId: 'a', kind: 'contact', id: '1' } } as PersonView;
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const slow: typeof store = {
      ...store,
      get: async (area, scope, key) => {
        const value = await store.get(area, scope, key);
        await held;
        return value;
      },
    };
    await createRecents(store, clock).add(pair, person);
    const adding = codeOf(createRecents(slow, clock).add(pair, person));
    await store.eraseAccount('g');
    release();
    expect(await adding).toBe('not_connected');
    expect(await createRecents(store, clock).list(pair)).toEqual([]);
  });
});

describe('what is left of an account that no page lists', () => {
  it('is deleted when the worker starts: its token and all that was read with it', async () => {
    const world = await connected();
    await world.openTicket('main');
    await vi.waitFor(async () => expect(await world.storedRows('recents')).toBe(1));
    const store = createSealedStore<Areas>(AREAS, { clock: world.clock, databaseName: world.databaseName });
    const before = await Promise.all(AREA_NAMES.map((area) => world.storedRows(area)));
    await store.put('credentials', 'gone', 'token', { token: 'pit-left-over' });
    await store.put('meta', 'gone', 'account', { country: null, timeZone: null, location: null, readAt: 0 });
    await store.put('recents', `${world.sandbox.ghl.locationId}|gone`, 'people', []);
    world.restart();
    // In turn behind what the start does.
    await world.send('disconnect', { accountId: 'nobody' });
    await world.send('connectAtera', { token: world.sandbox.atera.apiKey });
    expect(await Promise.all(AREA_NAMES.map((area) => world.storedRows(area)))).toEqual(before);
  });

  it('never comes to be: account and token are stored together', async () => {
    const clock = createJumpingClock();
    const store = createSealedStore<Areas>(AREAS, { clock, databaseName: 'together' });
    const circular: Areas['accounts'] & { self?: unknown } = {
      id: 'a',
      vendor: 'atera',
      kind: 'real',
      name: 'A',
      connectedAt: 0,
      expiresAt: null,
      problem: null,
    };
    circular.self = circular;
    const storing = store.replace(
      [],
      [
        { area: 'credentials', scope: 'a', key: 'token', value: { token: 'pit-x' } },
        { area: 'accounts', scope: 'a', key: 'account', value: circular },
      ],
    );
    expect(await codeOf(storing)).toBe('storage');
    expect(await store.all('credentials')).toEqual([]);
  });
});
