import { describe, expect, it, vi } from 'vitest';
import { claim, newJob } from '../../lib/core/job.ts';
import type { ErrorView } from '../../lib/errors.ts';
import type { ActivityView, Addition } from '../../lib/panel-state.ts';
import { createSealedStore } from '../../lib/platform/sealed-store.ts';
import type { FaultMatch } from '../../lib/sandbox/faults.ts';
import { SCENES } from '../../lib/sandbox/index.ts';
import { AREAS, type Areas, type JobOp, type StoredReceipt } from '../../lib/services/areas.ts';
import { pressFor } from '../support/press.ts';
import { createWorld, type World } from '../support/world.ts';

const PATIENT = { timeout: 4000, interval: 5 };
const NOTE: Addition = { kind: 'note', body: 'Called back.' };
const TASK: Addition = { kind: 'task', title: 'Send quote', dueAt: Date.UTC(2027, 0, 4, 10) };
const TAG: Addition = { kind: 'add-tag', tag: 'renewal 2028' };
const TICKET: Addition = { kind: 'ticket', title: 'Order toner', body: 'Black, two of them.' };
const FIELD = 'GHL tags';

async function shownPerson() {
  const world = await createWorld();
  await world.connect();
  const [technician] = world.sandbox.state.atera.technicians;
  await world.send('setIdentity', { id: technician?.id ?? null });
  await world.send('setTagField', { name: FIELD });
  const { tabId, view } = await world.openTicket('main');
  world.sandbox.log.length = 0;
  return {
    world,
    tabId,
    view,
    authorId: technician?.id ?? 0,
    add: (addition: Addition, id = 'press-1') =>
      world.send('addToContact', pressFor(tabId, view, addition, id)),
  };
}

const all = async (world: World): Promise<ActivityView[]> =>
  (await world.send('getActivity', { people: null, limit: null }))?.entries ?? [];
const one = async (world: World, id: string): Promise<ActivityView> => {
  const found = (await all(world)).find((entry) => entry.id === id);
  if (!found) throw new Error(`No entry ${id}`);
  return found;
};
const undo = (world: World, id: string, press = 'u1') => world.send('undoActivity', { id, press });
const notesOf = (world: World) =>
  world.sandbox.state.ghl.notes.filter(({ contactId }) => contactId === world.ghlContact('main').id);
const tasksOf = (world: World) =>
  world.sandbox.state.ghl.tasks.filter(({ contactId }) => contactId === world.ghlContact('main').id);
const newTicket = (world: World) => {
  const found = world.sandbox.state.atera.tickets.find(({ TicketTitle }) => TicketTitle === 'Order toner');
  if (!found) throw new Error('No ticket');
  return found;
};
const textOf = (world: World) =>
  world.sandbox.state.atera.customValues.find(
    ({ name, itemId }) => name === FIELD && itemId === SCENES.served.main.ateraContactId,
  )?.value;

/** Pushes the last name, and answers with the id of its entry. */
async function pushed() {
  const person = await shownPerson();
  const { world, view } = person;
  await world.push(view.plans.push, ['lastName']);
  expect(world.ghlContact('main').lastName).toBe('Whitfield');
  world.sandbox.log.length = 0;
  return { ...person, id: `receipt:${view.plans.push}` };
}

describe('the journal', () => {
  it('has an entry for every write, whatever came of it, and keeps them over a restart', async () => {
    const { world, view, add } = await shownPerson();
    await world.push(view.plans.push, ['lastName']);
    await add(NOTE);
    world.faults.add({ vendor: 'ghl', method: 'POST' }, { kind: 'status', status: 403 });
    await add(TAG, 'press-2');
    world.restart();
    const entries = await all(world);
    expect(entries.map(({ kind, state, vendor, undo: way }) => [kind, state, vendor, way])).toEqual([
      ['add-tag', 'failed', 'ghl', { can: false, reason: 'not-written' }],
      ['note', 'done', 'ghl', { can: true, stays: [] }],
      ['push', 'done', 'ghl', { can: true, stays: [] }],
    ]);
    expect(entries[2]).toMatchObject({
      personName: 'Dana Whitfield',
      origin: 'agent',
      lines: [{ what: 'lastName', before: 'Whitfeld', after: 'Whitfield', found: null, outcome: 'verified' }],
    });
    expect(entries[0]?.error?.code).toBe('forbidden');
    expect(entries.every(({ people }) => people.length === 2)).toBe(true);
    expect(world.bugs).toEqual([]);
  });

  it('tells those of one person, the newest so many', async () => {
    const { world, view, add } = await shownPerson();
    await add(NOTE);
    await add(TASK, 'press-2');
    if (view.person.status !== 'ready') throw new Error('Nobody');
    const own = { people: [view.person.value.ref], limit: 1 };
    expect(await world.send('getActivity', own)).toMatchObject({ total: 2, entries: [{ kind: 'task' }] });
    const other = { people: [{ ...view.person.value.ref, id: '1' }], limit: 1 };
    expect(await world.send('getActivity', other)).toEqual({ total: 0, entries: [] });
  });

  it('says what became of a write that the end of the worker cut off', async () => {
    const { world, add } = await shownPerson();
    const hold = world.faults.add(
      { vendor: 'ghl', method: 'POST', path: '/notes' },
      { kind: 'hold', when: 'after' },
    );
    void add(NOTE);
    await hold.arrived;
    expect(await one(world, 'addition:press-1')).toMatchObject({
      state: 'running',
      undo: { reason: 'running' },
    });
    world.restart();
    await vi.waitFor(
      async () =>
        expect(await one(world, 'addition:press-1')).toMatchObject({ state: 'done', undo: { can: true } }),
      PATIENT,
    );
  });

  it('keeps no text that looks like a secret, and no token', async () => {
    const { world, add } = await shownPerson();
    await add({ kind: 'note', body: 'password: hunter22' });
    const text = JSON.stringify(await all(world));
    expect(text).not.toContain('hunter22');
    expect(text).not.toContain(world.sandbox.ghl.token);
    expect((await one(world, 'addition:press-1')).lines).toMatchObject([{ what: 'note', isHidden: true }]);
    // What is deleted for good is said to be.
    expect((await undo(world, 'addition:press-1')).undo).toEqual({ can: false, reason: 'not-kept' });
  });

  it('goes with the account', async () => {
    const { world, add } = await shownPerson();
    await add(NOTE);
    const [account] = await world.send('getAccounts', {});
    await world.send('disconnect', { accountId: account?.id ?? '' });
    expect(await world.storedRows('activity')).toBe(0);
    expect(await world.send('getActivity', { people: null, limit: null })).toBeNull();
    await expect(undo(world, 'addition:press-1')).rejects.toMatchObject({ code: 'not_connected' });
  });
});

describe('undo of a push', () => {
  it('writes the earlier value back, once, and says so in both entries', async () => {
    const { world, tabId, id } = await pushed();
    const entry = await undo(world, id);
    expect(entry).toMatchObject({
      kind: 'undo',
      state: 'done',
      undoes: id,
      lines: [{ what: 'lastName', before: 'Whitfield', after: 'Whitfeld', outcome: 'verified' }],
    });
    expect(world.writes().map(({ method, body }) => ({ method, body }))).toEqual([
      { method: 'PUT', body: { lastName: 'Whitfeld' } },
    ]);
    expect(await one(world, id)).toMatchObject({
      undoneBy: 'undo:u1',
      undo: { can: false, reason: 'undone' },
    });
    await world.shown(tabId, ({ rows }) => rows.some(({ right }) => right === 'Whitfeld'));
    // And back again.
    expect(await undo(world, 'undo:u1', 'u2')).toMatchObject({ state: 'done', undoes: 'undo:u1' });
    expect(world.ghlContact('main').lastName).toBe('Whitfield');
    expect(world.bugs).toEqual([]);
  });

  it('is refused where somebody changed the value since, with what is there now', async () => {
    const { world, id } = await pushed();
    world.ghlContact('main').lastName = 'Whitfield-Ortega';
    expect(await undo(world, id)).toMatchObject({
      state: 'conflict',
      lines: [{ what: 'lastName', found: 'Whitfield-Ortega', outcome: 'changed-meanwhile' }],
    });
    expect(world.writes()).toEqual([]);
    // Once it is as it was written, the way is open again.
    world.ghlContact('main').lastName = 'Whitfield';
    expect(await undo(world, id, 'u2')).toMatchObject({ state: 'done' });
  });

  it('stays undone where the background told its end and was stopped before it stored that', async () => {
    const { world, id } = await pushed();
    expect(await undo(world, id)).toMatchObject({ state: 'done' });
    // What the stopped background left: a receipt that is still running, beside an entry that says how it ended.
    const store = createSealedStore<Areas>(AREAS, { clock: world.clock, databaseName: world.databaseName });
    const [stored] = await store.all('receipts');
    if (!stored) throw new Error('No receipt');
    const receipt = { ...stored.receipt, state: 'running' as const };
    const running: StoredReceipt = { ...stored, receipt };
    const entry = (await store.all('activity')).find((row) => row.entry.id === id);
    const scope = entry?.scope ?? '';
    await store.put('receipts', scope, receipt.id, running);
    const job = claim(
      newJob<JobOp, ErrorView, null>(
        { id: receipt.id, key: '', details: null, ops: [{ kind: 'plan', row: running }] },
        0,
      ),
      'a life before',
      0,
    );
    await store.put('jobs', scope, receipt.id, { scope, people: [], personName: '', words: [], job });
    world.restart();
    await vi.waitFor(async () => {
      const [settled] = await store.all('receipts');
      expect(settled?.receipt.state).not.toBe('running');
    }, PATIENT);
    expect(await one(world, id)).toMatchObject({
      state: 'done',
      undoneBy: 'undo:u1',
      undo: { can: false, reason: 'undone' },
    });
  });

  it('happens once for one press, and once for two', async () => {
    const { world, id } = await pushed();
    const [first, same, other] = await Promise.all([undo(world, id), undo(world, id), undo(world, id, 'u2')]);
    expect(same).toEqual(first);
    expect(other).toEqual(first);
    expect(world.writes()).toHaveLength(1);
    const [entry] = await all(world);
    await expect(undo(world, entry?.id ?? '', 'u1')).rejects.toMatchObject({ code: 'invalid_input' });
  });

  it.each([
    ['after it was stored', 'after', 'done', 'Whitfeld'],
    ['before it reached GHL', 'before', 'not-stored', 'Whitfield'],
  ] as const)('is settled, and not sent again, when the worker ends %s', async (_case, when, state, name) => {
    const { world, id } = await pushed();
    const hold = world.faults.add({ vendor: 'ghl', method: 'PUT' }, { kind: 'hold', when });
    void undo(world, id);
    await hold.arrived;
    expect(await one(world, id)).toMatchObject({ undo: { can: false, reason: 'undoing' } });
    world.restart();
    await vi.waitFor(async () => expect(await one(world, 'undo:u1')).toMatchObject({ state }), PATIENT);
    expect(await undo(world, id)).toMatchObject({ state });
    expect(hold.count()).toBe(1);
    expect(world.ghlContact('main').lastName).toBe(name);
    hold.remove();
    if (state === 'done') return;
    // What did not arrive may be pressed again.
    expect(await undo(world, id, 'u2')).toMatchObject({ state: 'done' });
  });

  it('is gone on with when the worker ends before it was sent', async () => {
    const { world, id } = await pushed();
    const hold = world.faults.add({ vendor: 'ghl', method: 'GET' }, { kind: 'hold', when: 'before' });
    void undo(world, id);
    await hold.arrived;
    world.restart();
    hold.remove();
    await vi.waitFor(
      async () => expect(await one(world, 'undo:u1')).toMatchObject({ state: 'done' }),
      PATIENT,
    );
    expect(world.writes()).toHaveLength(1);
    expect(await one(world, id)).toMatchObject({ undo: { reason: 'undone' }, undoneBy: 'undo:u1' });
    expect(world.bugs).toEqual([]);
  });

  it('is done when the answer is lost, unknown when it cannot be read back, and looked for by the next press', async () => {
    const { world, id } = await pushed();
    const hold = world.faults.add({ vendor: 'ghl', method: 'PUT' }, { kind: 'hold', when: 'after' });
    const undoing = undo(world, id);
    await hold.arrived;
    const dark = world.faults.add({ vendor: 'ghl', method: 'GET' }, { kind: 'cut', when: 'before' });
    hold.release();
    expect(await undoing).toMatchObject({ state: 'unknown' });
    dark.remove();
    expect(await undo(world, id, 'u2')).toMatchObject({ id: 'undo:u1', state: 'done' });
    expect(world.writes()).toHaveLength(1);
  });

  it.each([403, 422])('is failed when GHL says %i, and may be pressed again', async (status) => {
    const { world, id } = await pushed();
    world.faults.add({ vendor: 'ghl', method: 'PUT' }, { kind: 'status', status }, 1);
    expect(await undo(world, id)).toMatchObject({ state: 'failed', lines: [{ outcome: 'not-written' }] });
    expect(await undo(world, id, 'u2')).toMatchObject({ state: 'done' });
  });

  it('is refused where nothing is written to that vendor any more', async () => {
    const { world, id } = await pushed();
    const rows = (await world.send('getResources', {})) ?? [];
    await world.send('setResources', {
      rows: rows.map((row) => (row.resource === 'contacts' ? { ...row, direction: 'to-atera' } : row)),
    });
    expect(await undo(world, id)).toMatchObject({ state: 'failed', error: { code: 'switched_off' } });
    expect(world.writes()).toEqual([]);
  });

  it('does not empty a field that was empty', async () => {
    const { world, tabId } = await shownPerson();
    delete world.ghlContact('main').phone;
    await world.send('refreshView', { tabId });
    const view = await world.shown(tabId, ({ rows }) =>
      rows.some(({ field, right }) => field === 'phone' && right === null),
    );
    await world.push(view.plans.push, ['phone']);
    const id = `receipt:${view.plans.push}`;
    expect((await one(world, id)).undo).toEqual({ can: false, reason: 'cannot-empty' });
    await expect(undo(world, id)).rejects.toMatchObject({ code: 'invalid_input' });
  });
});

describe('undo of an addition', () => {
  it('takes a tag off again, and puts it back; foreign tags stay', async () => {
    const { world, add } = await shownPerson();
    await add(TAG);
    world.ghlContact('main').tags.push('by-somebody-else');
    expect(await undo(world, 'addition:press-1')).toMatchObject({ state: 'done' });
    expect(world.ghlContact('main').tags).not.toContain('renewal 2028');
    expect(world.ghlContact('main').tags).toContain('by-somebody-else');
    expect(await undo(world, 'undo:u1', 'u2')).toMatchObject({ state: 'done' });
    expect(world.ghlContact('main').tags).toContain('renewal 2028');
  });

  it('leaves a tag that was there before', async () => {
    const { world, add } = await shownPerson();
    world.ghlContact('main').tags.push('renewal 2028');
    await add(TAG);
    expect((await one(world, 'addition:press-1')).undo).toEqual({ can: false, reason: 'as-before' });
  });

  it('changes its own tag alone in the text that Atera keeps', async () => {
    const { world, add } = await shownPerson();
    const before = textOf(world);
    await add({ kind: 'add-atera-tag', tag: 'Renewal 2028' });
    expect(textOf(world)).toContain('Renewal 2028');
    expect(await undo(world, 'addition:press-1')).toMatchObject({ state: 'done', vendor: 'atera' });
    expect(textOf(world) ?? '').toBe(before ?? '');
  });

  it('whose text cannot be read again has not been sent, and says so', async () => {
    const { world, add } = await shownPerson();
    await add({ kind: 'add-atera-tag', tag: 'Renewal 2028' });
    world.sandbox.log.length = 0;
    // The second look of the way back, right before the write, gets no answer.
    const values = { vendor: 'atera', method: 'GET', path: '/customvalues/', skip: 1 } as const;
    const lost = world.faults.add(values, { kind: 'cut', when: 'before' });
    expect(await undo(world, 'addition:press-1')).toMatchObject({ state: 'queued' });
    expect(lost.count()).toBeGreaterThan(0);
    expect(world.writes()).toEqual([]);
    expect(textOf(world)).toContain('Renewal 2028');
    world.faults.clear();
    await world.send('retryJob', { id: 'undo:u1' });
    expect(await undo(world, 'addition:press-1')).toMatchObject({ state: 'done' });
  });

  it.each([
    ['note', NOTE, notesOf],
    ['task', TASK, tasksOf],
  ] as const)(
    'deletes the %s that it added and no other, and writes it again',
    async (_name, addition, list) => {
      const { world, add } = await shownPerson();
      const before = list(world).map(({ id }) => id);
      await add(addition);
      expect(await undo(world, 'addition:press-1')).toMatchObject({ state: 'done' });
      expect(list(world).map(({ id }) => id)).toEqual(before);
      expect(await undo(world, 'undo:u1', 'u2')).toMatchObject({ state: 'done' });
      expect(list(world)).toHaveLength(before.length + 1);
      expect(await undo(world, 'undo:u2', 'u3')).toMatchObject({ state: 'done' });
      expect(list(world).map(({ id }) => id)).toEqual(before);
      expect(world.bugs).toEqual([]);
    },
  );

  it('does not delete a note that somebody edited, and shows what it says now', async () => {
    const { world, add } = await shownPerson();
    await add(NOTE);
    Object.assign(notesOf(world).at(-1) ?? {}, { body: 'Called back. Wants two.' });
    expect(await undo(world, 'addition:press-1')).toMatchObject({
      state: 'conflict',
      lines: [{ what: 'note', found: 'Called back. Wants two.', outcome: 'changed-meanwhile' }],
    });
    expect(notesOf(world).at(-1)?.body).toBe('Called back. Wants two.');
  });

  it.each<[string, Addition, FaultMatch, (world: World) => object | undefined, Record<string, unknown>]>([
    ['note', NOTE, { vendor: 'ghl', path: '/notes' }, (world) => notesOf(world).at(-1), { title: 'Mine' }],
    ['task', TASK, { vendor: 'ghl', path: '/tasks' }, (world) => tasksOf(world).at(-1), { completed: true }],
    ['task', TASK, { vendor: 'ghl', path: '/tasks' }, (world) => tasksOf(world).at(-1), { body: 'See mail' }],
    ['ticket', TICKET, { vendor: 'atera', path: '/tickets' }, newTicket, { TicketStatus: 'Pending' }],
    ['ticket', TICKET, { vendor: 'atera', path: '/tickets' }, newTicket, { TicketStatus: 'Resolved' }],
  ])(
    'has no way back for a %s that somebody worked on before it was read back (%#)',
    async (_name, addition, match, find, edit) => {
      const { world, add } = await shownPerson();
      const hold = world.faults.add({ method: 'POST', ...match }, { kind: 'hold', when: 'after' });
      const pressed = add(addition);
      await hold.arrived;
      Object.assign(find(world) ?? {}, edit);
      world.sandbox.log.length = 0;
      hold.release();
      expect(await pressed).toMatchObject({ state: 'done' });
      expect((await one(world, 'addition:press-1')).undo).toEqual({ can: false, reason: 'changed-since' });
      await expect(undo(world, 'addition:press-1')).rejects.toMatchObject({ code: 'invalid_input' });
      expect(world.writes()).toEqual([]);
      expect(find(world)).toMatchObject(edit);
    },
  );

  it('does not delete a task that somebody completed', async () => {
    const { world, add } = await shownPerson();
    await add(TASK);
    Object.assign(tasksOf(world).at(-1) ?? {}, { completed: true });
    expect(await undo(world, 'addition:press-1')).toMatchObject({ state: 'conflict' });
    expect(tasksOf(world).at(-1)?.completed).toBe(true);
  });

  it('sends nothing for a note that somebody deleted', async () => {
    const { world, add } = await shownPerson();
    await add(NOTE);
    world.sandbox.state.ghl.notes.pop();
    world.sandbox.log.length = 0;
    expect(await undo(world, 'addition:press-1')).toMatchObject({
      state: 'done',
      undo: { can: false, reason: 'as-before' },
    });
    expect(world.writes()).toEqual([]);
  });

  it('says that a comment stays', async () => {
    const { world, add, authorId } = await shownPerson();
    const ticketId = String(SCENES.served.main.ticketId);
    expect((await add({ kind: 'comment', ticketId, body: 'Fine.', authorId })).state).toBe('done');
    expect((await one(world, 'addition:press-1')).undo).toEqual({ can: false, reason: 'comment' });
  });

  it('closes the ticket, opens it again, and leaves one that was answered', async () => {
    const { world, add } = await shownPerson();
    await add(TICKET);
    expect(await undo(world, 'addition:press-1')).toMatchObject({ state: 'done' });
    expect(newTicket(world).TicketStatus).toBe('Closed');
    expect(await undo(world, 'undo:u1', 'u2')).toMatchObject({ state: 'done' });
    expect(newTicket(world).TicketStatus).toBe('Open');
    newTicket(world).comments.push({
      Date: '2031-01-01T00:00:00Z',
      Comment: 'Thanks!',
      EndUserID: newTicket(world).EndUserID,
      TechnicianContactID: null,
      IsInternal: false,
    });
    expect(await undo(world, 'undo:u2', 'u3')).toMatchObject({
      state: 'conflict',
      lines: [{ what: 'status', found: 'Order toner, Open' }],
    });
    expect(newTicket(world).TicketStatus).toBe('Open');
  });
});
