import { describe, expect, it, vi } from 'vitest';
import type { FieldName } from '../../lib/core/contact.ts';
import { failPut } from '../support/full-disk.ts';
import { PATIENT } from '../support/tags.ts';
import { createWorld, type World } from '../support/world.ts';

const FIELDS: FieldName[] = ['firstName', 'lastName', 'email', 'phone'];
const EMAIL = 'hank.dufour@kestrel-logistics.example';
const READ = { vendor: 'ghl', method: 'GET' } as const;
const OFFLINE = { kind: 'cut', when: 'before' } as const;

const made = (world: World) => world.sandbox.state.ghl.contacts.filter(({ email }) => email === EMAIL);
const hank = (world: World) => {
  const found = world.sandbox.state.atera.contacts.find(({ Email }) => Email === EMAIL);
  if (!found) throw new Error('No contact');
  return found;
};
const jobsOf = (world: World) => world.send('getJobs', {});
const entriesOf = async (world: World) =>
  (await world.send('getActivity', { people: null, limit: null }))?.entries ?? [];
const noneWaits = (world: World) => vi.waitFor(async () => expect(await jobsOf(world)).toEqual([]), PATIENT);
const back = (world: World): void => {
  world.faults.clear();
  world.ring('online');
};

/** Somebody whom nobody knows in GHL, to be created while GHL cannot be reached. */
async function waiting() {
  const world = await createWorld();
  await world.connect();
  const { tabId, view } = await world.openTicket('none');
  if (view.person.status !== 'ready') throw new Error('No person');
  const shown = { target: { tabId }, version: view.version, person: view.person.value.ref };
  const preview = () => world.send('previewCreate', shown);
  const create = (planId: string | null) =>
    world.send('createCounterpart', { target: { tabId }, planId: planId ?? 'none', fields: FIELDS });
  const [first, second] = [await preview(), await preview()];
  world.sandbox.log.length = 0;
  world.faults.add(READ, OFFLINE);
  expect(await create(first.planId)).toMatchObject({ state: 'queued', id: first.planId, isLinked: false });
  return { world, tabId, shown, preview, create, planId: first.planId ?? '', otherId: second.planId };
}

describe('a creation that waits', () => {
  it('stands in the way of a second one, and is the answer to it', async () => {
    const { world, tabId, preview, create, planId, otherId } = await waiting();
    expect(await create(otherId)).toMatchObject({ state: 'queued', id: planId });
    expect((await jobsOf(world)).map(({ id }) => id)).toEqual([planId]);
    world.faults.add({ vendor: 'atera' }, OFFLINE);
    expect(await preview()).toMatchObject({ planId: null, earlier: { state: 'queued', id: planId } });
    back(world);
    await noneWaits(world);
    expect(made(world)).toHaveLength(1);
    expect(await create(planId)).toMatchObject({ state: 'created', isLinked: true });
    expect(await entriesOf(world)).toMatchObject([{ kind: 'create', state: 'done' }]);
    // The page that still shows this person says so by itself.
    await world.shown(tabId, ({ match }) => match.status === 'linked');
    expect(world.bugs).toEqual([]);
  });

  it('can be told anew once it was cancelled', async () => {
    const { world, preview, create, planId } = await waiting();
    await world.send('cancelJob', { id: planId });
    back(world);
    const { planId: next, earlier } = await preview();
    expect(earlier).toBeNull();
    expect(await create(next)).toMatchObject({ state: 'created' });
    expect(made(world)).toHaveLength(1);
  });

  it('creates nobody where somebody is there by then, and says who', async () => {
    const { world, create, planId } = await waiting();
    const model = structuredClone(world.ghlContact('main'));
    world.sandbox.state.ghl.contacts.push({ ...model, id: 'arrivedArrivedArri01', email: EMAIL });
    back(world);
    await noneWaits(world);
    expect(await create(planId)).toMatchObject({
      state: 'found',
      people: [{ ref: { id: 'arrivedArrivedArri01' } }],
    });
    expect(await entriesOf(world)).toMatchObject([{ kind: 'create', state: 'refused' }]);
    expect(world.writes()).toEqual([]);
  });

  it.each<[string, string, (shown: Awaited<ReturnType<typeof waiting>>) => unknown]>([
    [
      'the viewed record has changed',
      'conflict',
      ({ world }) => Object.assign(hank(world), { JobTitle: 'Owner' }),
    ],
    [
      'the field rules have changed',
      'failed',
      ({ world }) =>
        world.send('setMapping', {
          rows: [{ field: 'jobTitle', enabled: false, direction: 'both', empty: 'skip' }],
        }),
    ],
    [
      'contacts are not written there any more',
      'failed',
      ({ world }) => world.send('setResources', { rows: [{ resource: 'contacts', direction: 'to-atera' }] }),
    ],
    [
      'somebody else was linked by hand',
      'failed',
      ({ world, shown }) => {
        const { id } = world.ghlContact('main');
        const accountId = world.sandbox.ghl.locationId;
        return world.send('linkCounterpart', {
          ...shown,
          counterpart: { vendor: 'ghl', accountId, kind: 'contact', id },
        });
      },
    ],
  ])('writes nothing once %s', async (_case, state, change) => {
    const shown = await waiting();
    const { world } = shown;
    world.faults.clear();
    await change(shown);
    back(world);
    await noneWaits(world);
    expect(await entriesOf(world)).toMatchObject([{ kind: 'create', state }]);
    expect(world.writes()).toEqual([]);
    expect(world.bugs).toEqual([]);
  });

  it('and several steps for the same person make one', async () => {
    const { world, tabId, planId, otherId } = await waiting();
    const steps = { withCompany: false, items: [], tags: ['vip'] };
    await world.send('bringOver', { target: { tabId }, planId: otherId ?? '', fields: FIELDS, ...steps });
    await vi.waitFor(
      async () =>
        expect((await jobsOf(world)).map(({ id, status }) => [id, status])).toEqual([
          [planId, 'queued'],
          [`over-${otherId}`, 'queued'],
        ]),
      PATIENT,
    );
    back(world);
    await vi.waitFor(async () => {
      world.ring();
      expect(await jobsOf(world)).toMatchObject([{ status: 'done' }]);
    }, PATIENT);
    expect(made(world)).toMatchObject([{ tags: ['vip'] }]);
  });

  it('is looked for, and not sent again, when the background ends while it is sent at last', async () => {
    const { world, create, planId } = await waiting();
    world.faults.clear();
    const hold = world.faults.add(
      { vendor: 'ghl', method: 'POST', path: /^\/contacts\/?$/u },
      { kind: 'hold', when: 'after' },
    );
    world.ring('online');
    await hold.arrived;
    hold.remove();
    world.restart();
    await noneWaits(world);
    await vi.waitFor(async () => expect(await create(planId)).toMatchObject({ state: 'created' }), PATIENT);
    expect(made(world)).toHaveLength(1);
    expect(world.writes()).toHaveLength(1);
  });
});

describe('the end of the background, at each of its calls', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('the %ith: one contact is created, and told once', async (nth) => {
    const world = await createWorld();
    await world.connect();
    const { tabId, view } = await world.openTicket('none');
    if (view.person.status !== 'ready') throw new Error('No person');
    const shown = { target: { tabId }, version: view.version, person: view.person.value.ref };
    const { planId } = await world.send('previewCreate', shown);
    world.sandbox.log.length = 0;
    let calls = 0;
    const ended = new Promise<void>((resolve) => {
      world.setGate(async () => {
        calls += 1;
        if (calls !== nth) return;
        world.restart();
        resolve();
      });
    });
    const pressed = world.send('createCounterpart', {
      target: { tabId },
      planId: planId ?? '',
      fields: FIELDS,
    });
    await Promise.race([ended, pressed]);
    await noneWaits(world);
    await vi.waitFor(
      async () => expect(await entriesOf(world)).toMatchObject([{ kind: 'create', state: 'done' }]),
      PATIENT,
    );
    expect(made(world)).toHaveLength(1);
    expect(world.writes()).toHaveLength(1);
    expect(world.bugs).toEqual([]);
  });
});

describe('what could not be stored once', () => {
  it.each([0, 1, 2, 3])('while it is told to wait (%i) keeps nobody waiting for ever', async (nth) => {
    const world = await createWorld();
    await world.connect();
    const { tabId, view } = await world.openTicket('none');
    if (view.person.status !== 'ready') throw new Error('No person');
    const shown = { target: { tabId }, version: view.version, person: view.person.value.ref };
    const { planId } = await world.send('previewCreate', shown);
    const create = (id = planId) =>
      world.send('createCounterpart', { target: { tabId }, planId: id ?? 'none', fields: FIELDS });
    world.faults.add(READ, OFFLINE);
    const failing = failPut(nth);
    await create().catch(() => undefined);
    failing.restore();
    expect(failing.hasFailed()).toBe(true);
    world.faults.clear();
    world.clock.advance(120_000);
    world.restart();
    await noneWaits(world);
    const last = made(world).length > 0 ? null : await world.send('previewCreate', shown);
    if (last) expect(await create(last.planId)).toMatchObject({ state: 'created' });
    expect(made(world)).toHaveLength(1);
    expect((await entriesOf(world)).filter(({ state }) => state === 'queued')).toEqual([]);
  });

  it('ends where no job goes on with it', async () => {
    const { world, create, planId } = await waiting();
    await world.dropRows('jobs');
    world.faults.clear();
    world.restart();
    await vi.waitFor(
      async () =>
        expect(await entriesOf(world)).toMatchObject([{ state: 'failed', error: { code: 'network' } }]),
      PATIENT,
    );
    expect(await create(planId)).toMatchObject({ state: 'failed' });
    expect(made(world)).toEqual([]);
  });
});
