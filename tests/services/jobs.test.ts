import { describe, expect, it, vi } from 'vitest';
import type { ErrorView } from '../../lib/errors.ts';
import type { Addition, JobView, SubjectView } from '../../lib/panel-state.ts';
import { SCENES } from '../../lib/sandbox/index.ts';
import { failPut } from '../support/full-disk.ts';
import { pressFor } from '../support/press.ts';
import { shownTags, tagsOf, toGhl } from '../support/tags.ts';
import { createWorld, type World } from '../support/world.ts';

const PATIENT = { timeout: 4000, interval: 5 };
const NOTE: Addition = { kind: 'note', body: 'Called back.' };
const READ = { vendor: 'ghl', method: 'GET' } as const;
const DAY_MS = 86_400_000;
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
const madeIn = ({ sandbox }: World) =>
  sandbox.state.ghl.contacts.filter(({ email }) => email === 'hank.dufour@kestrel-logistics.example');
const entryOf = async (world: World, id: string) =>
  (await world.send('getActivity', { people: null, limit: null }))?.entries.find((entry) => entry.id === id);
const quiet = (world: World) =>
  vi.waitFor(
    async () => expect((await jobsOf(world)).filter(({ status }) => status === 'running')).toEqual([]),
    PATIENT,
  );

interface Pressed {
  world: World;
  tabId: number;
  view: SubjectView;
  id: string;
  press: () => Promise<{ state: string; error: ErrorView | null }>;
  isWritten: () => boolean;
  entryId: string;
  /** Where it is written. */
  path: RegExp;
  method: 'PUT' | 'POST';
  /** In the list of what waits, and at the end. */
  told: { kind: string; name: string; end: string };
}

/** Every way of pressing: fields of a person, something added, what was written taken back, tags of both, somebody created. */
const WAYS = {
  push: async (): Promise<Pressed> => {
    const shown = await shownPerson();
    const { world, view } = shown;
    const id = view.plans.push ?? '';
    return {
      ...shown,
      id,
      press: () => world.push(id, ['lastName']),
      isWritten: () => world.ghlContact('main').lastName === 'Whitfield',
      entryId: `receipt:${id}`,
      method: 'PUT',
      path: /^\/contacts\//u,
      told: { kind: 'push', name: 'Dana Whitfield', end: 'done' },
    };
  },
  note: async (): Promise<Pressed> => {
    const shown = await shownPerson();
    return {
      ...shown,
      id: 'press-1',
      press: () => shown.add(NOTE),
      isWritten: () => notesOf(shown.world).length === 1,
      entryId: 'addition:press-1',
      method: 'POST',
      path: /\/notes$/u,
      told: { kind: 'note', name: 'Dana Whitfield', end: 'done' },
    };
  },
  undo: async (): Promise<Pressed> => {
    const shown = await shownPerson();
    const { world, view } = shown;
    const lastName = () => world.ghlContact('main').lastName;
    const before = lastName();
    await world.push(view.plans.push, ['lastName']);
    world.sandbox.log.length = 0;
    return {
      ...shown,
      id: 'undo:u1',
      press: () => world.send('undoActivity', { id: `receipt:${view.plans.push}`, press: 'u1' }),
      isWritten: () => lastName() === before,
      entryId: 'undo:u1',
      method: 'PUT',
      path: /^\/contacts\//u,
      told: { kind: 'undo', name: 'Dana Whitfield', end: 'done' },
    };
  },
  tags: async (): Promise<Pressed> => {
    const shown = await shownTags({ linked: false, ghl: ['client'], atera: 'client, Gold' });
    const { rules } = await tagsOf(shown.world, shown.tabId);
    return {
      ...shown,
      id: 'press-1',
      press: async () => {
        const { parts } = await shown.press([toGhl('gold')], 'press-1', { rules });
        if (!parts[0]) throw new Error('No part');
        return parts[0];
      },
      isWritten: () => shown.inGhl().includes('gold'),
      entryId: 'tags:press-1:ghl-on',
      method: 'POST',
      path: /\/tags$/u,
      told: { kind: 'sync-tags', name: 'Dana Whitfield', end: 'done' },
    };
  },
  create: async (): Promise<Pressed> => {
    const world = await createWorld();
    await world.connect();
    const { tabId, view } = await world.openTicket('none');
    if (view.person.status !== 'ready') throw new Error('Nobody');
    const target = { tabId };
    const shown = { target, version: view.version, person: view.person.value.ref };
    const id = (await world.send('previewCreate', shown)).planId ?? '';
    world.sandbox.log.length = 0;
    return {
      world,
      tabId,
      view,
      id,
      press: () => world.send('createCounterpart', { target, planId: id, fields: ['firstName', 'email'] }),
      isWritten: () => madeIn(world).length === 1,
      entryId: `creation:${id}`,
      method: 'POST',
      path: /^\/contacts\/?$/u,
      told: { kind: 'create', name: 'Hank Dufour', end: 'created' },
    };
  },
};
const PRESSES = ['push', 'note', 'undo', 'tags', 'create'] as const;
const pressed = (kind: (typeof PRESSES)[number]): Promise<Pressed> => WAYS[kind]();

describe('what cannot be sent now', () => {
  it.each(PRESSES)('waits, says so, and is written once when the network is back: %s', async (kind) => {
    const { world, press, isWritten, id, entryId, told } = await pressed(kind);
    const cut = world.faults.add(READ, OFFLINE);
    expect(await press()).toMatchObject({ state: 'queued', error: { code: 'network' } });
    // The same press again is the same job.
    expect(await press()).toMatchObject({ state: 'queued' });
    expect(await jobsOf(world)).toMatchObject([
      {
        id,
        personName: told.name,
        status: 'queued',
        attempts: 1,
        error: { code: 'network' },
        canCancel: true,
        steps: [{ words: { kind: told.kind, vendor: 'ghl' }, state: 'waiting' }],
      },
    ]);
    expect(await entryOf(world, entryId)).toMatchObject({ state: 'queued', undo: { can: false } });
    expect([world.writes(), isWritten()]).toEqual([[], false]);
    cut.remove();
    world.ring('online');
    await vi.waitFor(() => expect(isWritten()).toBe(true), PATIENT);
    await vi.waitFor(async () => expect(await jobsOf(world)).toEqual([]), PATIENT);
    expect(await press()).toMatchObject({ state: told.end });
    expect(world.writes()).toHaveLength(1);
    expect(await entryOf(world, entryId)).toMatchObject({ state: 'done', undo: { can: kind !== 'create' } });
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
    const { world, press, isWritten, method, path } = await pressed(kind);
    const limit = world.faults.add({ vendor: 'ghl', method, path }, { kind: 'status', status: 429 });
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
    const cut = world.faults.add(READ, OFFLINE);
    await press();
    // Nothing would be in the way any more.
    cut.remove();
    world.clock.advance(DAY_MS);
    world.ring('online');
    await vi.waitFor(async () => expect(await jobsOf(world)).toEqual([]), PATIENT);
    // Nobody has cancelled it.
    expect(await entryOf(world, entryId)).toMatchObject({ state: 'failed', error: { code: 'network' } });
    expect([world.writes(), isWritten()]).toEqual([[], false]);
  });

  it.each(PRESSES)('is given up at the next start after days, also where no try ended: %s', async (kind) => {
    const { world, press, isWritten } = await pressed(kind);
    const hold = world.faults.add(READ, { kind: 'hold', when: 'before' });
    void press();
    await hold.arrived;
    hold.remove();
    world.clock.advance(3 * DAY_MS);
    world.restart();
    await vi.waitFor(async () => expect(await jobsOf(world)).toEqual([]), PATIENT);
    expect([world.writes(), isWritten()]).toEqual([[], false]);
  });
});

describe('what waited', () => {
  it('is written where the page could not be read meanwhile: then all of it is read again', async () => {
    const { world, tabId, view, press, id } = await pressed('push');
    const fields = view.rows.length;
    const down = world.faults.add({}, { kind: 'status', status: 503 });
    await press();
    await world.send('refreshView', { tabId });
    await world.shown(tabId, ({ refreshing, person }) => !refreshing && person.status === 'failed');
    down.remove();
    expect(await world.send('retryJob', { id })).toEqual([]);
    const after = await world.shown(tabId, (now) => world.settled(now) && now.person.status === 'ready');
    expect(after.rows).toHaveLength(fields);
    expect(after.rows.find(({ field }) => field === 'lastName')).toMatchObject({ status: 'same' });
    expect(Object.values(after.sections).map(({ status }) => status)).not.toContain('failed');
    expect(world.bugs).toEqual([]);
  });

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

  it.each(['push', 'note', 'tags'] as const)(
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
    world.sent.length = 0;
    await world.send('disconnect', { accountId: accounts[0]?.id ?? '' });
    // An open panel lists nobody any more.
    await vi.waitFor(
      () => expect(world.sent).toContainEqual(expect.objectContaining({ type: 'jobsChanged', data: [] })),
      PATIENT,
    );
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
    const { world, press, isWritten, entryId, method, path } = await pressed(kind);
    const target = when === 'before anything was read' ? READ : ({ vendor: 'ghl', method, path } as const);
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

  it.each(PRESSES)('%s after it was sent: days later it is looked for, and not sent again', async (kind) => {
    const { world, press, isWritten, entryId, method, path } = await pressed(kind);
    const hold = world.faults.add({ vendor: 'ghl', method, path }, { kind: 'hold', when: 'after' });
    void press();
    await hold.arrived;
    hold.remove();
    world.clock.advance(3 * DAY_MS);
    world.restart();
    await vi.waitFor(async () => expect(await jobsOf(world)).toEqual([]), PATIENT);
    expect(await entryOf(world, entryId)).toMatchObject({ state: 'done' });
    expect(isWritten()).toBe(true);
    expect(world.writes()).toHaveLength(1);
    expect(world.bugs).toEqual([]);
  });

  it('does not put a tag on again that a colleague has taken off in the days since', async () => {
    const { world, press, isWritten, method, path } = await pressed('tags');
    const hold = world.faults.add({ vendor: 'ghl', method, path }, { kind: 'hold', when: 'after' });
    void press();
    await hold.arrived;
    hold.remove();
    const contact = world.ghlContact('main');
    contact.tags = contact.tags.filter((tag) => tag !== 'gold');
    world.clock.advance(3 * DAY_MS);
    world.restart();
    await vi.waitFor(async () => expect(await jobsOf(world)).toEqual([]), PATIENT);
    expect(isWritten()).toBe(false);
    expect(world.writes()).toHaveLength(1);
  });

  it.each(PRESSES.flatMap((kind) => [0, 1, 2].map((nth) => [kind, nth] as const)))(
    '%s, and what came of it could not be stored (%i): it is looked for until that is told',
    async (kind, nth) => {
      const { world, press, isWritten, entryId, method, path } = await pressed(kind);
      const cut = world.faults.add(READ, OFFLINE);
      await press();
      cut.remove();
      const hold = world.faults.add({ vendor: 'ghl', method, path }, { kind: 'hold', when: 'after' });
      world.ring('online');
      await hold.arrived;
      const failing = failPut(nth);
      hold.release();
      await vi.waitFor(() => expect(failing.hasFailed()).toBe(true), PATIENT);
      failing.restore();
      // Whoever works on it may be past the point where it could store anything.
      world.clock.advance(120_000);
      world.restart();
      await vi.waitFor(async () => {
        world.ring();
        expect(await jobsOf(world)).toEqual([]);
      }, PATIENT);
      expect(await entryOf(world, entryId)).toMatchObject({ state: 'done' });
      expect(isWritten()).toBe(true);
      expect(world.writes()).toHaveLength(1);
    },
  );
});
