import Dexie from 'dexie';
import { expect, it, vi } from 'vitest';
import { createWorld, type World } from '../support/world.ts';

const DAY = 86_400_000;

/** Only Atera tells the country, and the two write one number differently. */
async function withLocalNumber(): Promise<World> {
  const world = await createWorld();
  const { readonlyToken, locationId } = world.sandbox.ghl;
  await world.send('connectAtera', { token: world.sandbox.atera.apiKey });
  await world.send('connectGhl', { token: readonlyToken, location: locationId });
  const dana = world.sandbox.state.atera.contacts.find(({ Lastname }) => Lastname === 'Whitfield');
  if (!dana) throw new Error('No contact');
  dana.Phone = '(415) 555-0137';
  world.ghlContact('main').phone = '+14155550137';
  return world;
}
const phoneIn = async (world: World): Promise<string | undefined> =>
  (await world.openTicket('main')).view.rows.find(({ field }) => field === 'phone')?.status;
async function forgetMeta(world: World): Promise<void> {
  const db = await new Dexie(world.databaseName).open();
  await db.table('rows').where('area').equals('meta').delete();
  db.close();
}

it('a country is known as long as its account is connected, with work or without', async () => {
  const world = await withLocalNumber();
  expect(await phoneIn(world)).toBe('same');
  for (const days of [1, 8, 60]) {
    world.clock.advance(days * DAY);
    world.restart();
    expect([days, await phoneIn(world)]).toEqual([days, 'same']);
  }
});

it('custom fields are not called unreadable after a week off', async () => {
  const world = await createWorld();
  await world.connect();
  const reasonOf = async () =>
    (await world.openTicket('main')).view.rows.find(({ field }) => field === 'mobile')?.toRight;
  const before = await reasonOf();
  world.clock.advance(8 * DAY);
  world.restart();
  expect(await reasonOf()).toEqual(before);
});

it('both accounts are read again when what is known is an hour old', async () => {
  const world = await createWorld();
  await world.connect();
  world.clock.advance(2 * 3_600_000);
  world.sandbox.log.length = 0;
  await world.openTicket('main');
  const asked = () => world.sandbox.log.map(({ path }) => path);
  await vi.waitFor(() => {
    expect(asked().some((path) => path.endsWith('/account'))).toBe(true);
    expect(asked().some((path) => path.startsWith('/locations/'))).toBe(true);
  });
});

it('is read before the first comparison where nothing is known', async () => {
  const world = await withLocalNumber();
  await forgetMeta(world);
  world.restart();
  expect(await phoneIn(world)).toBe('same');
  expect(await world.storedRows('meta')).toBe(2);
});

it('that could not be read first is read later, and people are compared again', async () => {
  const world = await withLocalNumber();
  await forgetMeta(world);
  world.restart();
  world.faults.add({ vendor: 'atera', path: /\/account$/u }, { kind: 'status', status: 400 }, 1);
  const { tabId } = await world.openTicket('main');
  const view = await world.shown(
    tabId,
    (next) =>
      world.settled(next) && next.rows.some(({ field, status }) => field === 'phone' && status === 'same'),
  );
  expect(view.plans.push).not.toBeNull();
});
