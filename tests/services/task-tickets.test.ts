import { describe, expect, it, vi } from 'vitest';
import type { Addition } from '../../lib/panel-state.ts';
import { SCENES } from '../../lib/sandbox/index.ts';
import { type ShownTask, shownPerson, TASK, TICKET, tasksOf, ticketsOf } from '../support/task-tickets.ts';

const scene = SCENES.served.main;
const PATIENT = { timeout: 4000, interval: 5 };

describe('a task as a ticket', () => {
  it('that another browser makes at the same moment is told, and only the own one is linked and taken back', async () => {
    const { world, taskCopy, add, now } = await shownPerson();
    const hold = world.faults.add({ vendor: 'atera', method: 'POST' }, { kind: 'hold', when: 'after' });
    const adding = add(await taskCopy());
    await hold.arrived;
    const own = ticketsOf(world).find(({ TicketTitle }) => TicketTitle === 'Order toner');
    if (!own) throw new Error('Not stored');
    const other = { ...structuredClone(own), TicketID: own.TicketID + 1 };
    world.sandbox.state.atera.tickets.unshift(other);
    hold.release();
    expect(await adding).toMatchObject({ state: 'done', doubles: 2 });
    expect((await now()).tasks).toMatchObject([{ copied: { id: String(own.TicketID) } }]);
    await world.send('undoActivity', { id: 'addition:press-1', press: 'u1' });
    expect([own.TicketStatus, other.TicketStatus]).toEqual(['Closed', 'Open']);
  });

  it('is one ticket of this person, linked, and not made again', async () => {
    const { world, taskCopy, add, now } = await shownPerson();
    const before = ticketsOf(world).length;
    const copy = await taskCopy();
    expect(await add(copy)).toEqual({ id: 'press-1', state: 'done', error: null });
    expect(ticketsOf(world)).toHaveLength(before + 1);
    const made = ticketsOf(world).at(-1);
    expect(made).toMatchObject({ TicketTitle: 'Order toner', EndUserID: scene.ateraContactId });
    expect(made?.comments[0]?.Comment).toMatch(/^GHL task\n\nBlack, two\.\n\n\[cp:ghl\/task\//u);
    const { tasks, tickets } = await now();
    expect(tasks).toMatchObject([
      { id: TASK, copied: { way: 'to', kind: 'ticket', id: String(made?.TicketID) } },
    ]);
    expect(tickets).toMatchObject([{ copied: { way: 'from', kind: 'task', id: TASK } }]);
    expect(await add(copy, 'press-2')).toMatchObject({ state: 'failed', error: { code: 'already_copied' } });
    expect(world.writes()).toHaveLength(1);
    expect(world.bugs).toEqual([]);
  });

  it('goes to the technician with the e-mail of its assignee', async () => {
    const { world, taskCopy, add } = await shownPerson((world) => {
      const { ghl, atera } = world.sandbox.state;
      const technician = atera.technicians.find(({ id }) =>
        atera.tickets.some(({ TechnicianContactID }) => TechnicianContactID === id),
      );
      const [user] = ghl.users;
      const task = ghl.tasks.at(-1);
      if (!user || !task || !technician) throw new Error('Nobody');
      user.email = technician.email.toUpperCase();
      task.assignedTo = user.id;
    });
    const copy = await taskCopy();
    if (copy.kind !== 'copy-task' || copy.technicianId === undefined) throw new Error('Nobody is found');
    // Assigned to nobody in the preview of another panel.
    const { technicianId: _, ...unassigned } = copy;
    expect(await add(unassigned, 'press-0')).toMatchObject({ error: { code: 'plan_expired' } });
    await add(copy);
    expect(ticketsOf(world).at(-1)?.TechnicianContactID).toBe(copy.technicianId);
  });

  it('is refused when the task was edited since', async () => {
    const { world, taskCopy, add } = await shownPerson();
    const copy = await taskCopy();
    for (const task of world.sandbox.state.ghl.tasks) if (task.id === TASK) task.title = 'Order paper';
    expect(await add(copy)).toMatchObject({ state: 'failed', error: { code: 'plan_expired' } });
    expect(world.writes()).toEqual([]);
  });
});

describe('a ticket as a task', () => {
  it('is one task, due in whole seconds, linked', async () => {
    const { world, ticketCopy, add, now } = await shownPerson();
    const before = tasksOf(world).length;
    const copy = await ticketCopy();
    if (copy.kind !== 'copy-ticket') throw new Error('Not a ticket');
    // Atera gives no time here: three days from now.
    expect(Math.abs(copy.dueAt - world.clock.now() - 3 * 86_400_000)).toBeLessThan(60_000);
    expect((await add(copy)).state).toBe('done');
    expect(tasksOf(world)).toHaveLength(before + 1);
    expect(tasksOf(world).at(-1)).toMatchObject({
      title: copy.title,
      completed: false,
      body: expect.stringContaining(`[cp:atera/ticket/${TICKET}#`),
    });
    expect((await now()).tickets).toMatchObject([{ id: TICKET, copied: { way: 'to', kind: 'task' } }]);
    expect(await add(copy, 'press-2')).toMatchObject({ error: { code: 'already_copied' } });
    expect(world.writes()).toHaveLength(1);
  });
});

const ways = ['task', 'ticket'] as const;
const copyOf = (way: (typeof ways)[number], shown: ShownTask): Promise<Addition> =>
  way === 'task' ? shown.taskCopy() : shown.ticketCopy();
const writeOf = (way: (typeof ways)[number]) =>
  way === 'task'
    ? ({ vendor: 'atera', method: 'POST' } as const)
    : ({ vendor: 'ghl', method: 'POST', path: '/tasks' } as const);

describe('either way', () => {
  it.each(ways)('a %s is written once when the same press comes twice', async (way) => {
    const shown = await shownPerson();
    const copy = await copyOf(way, shown);
    const [first, second] = await Promise.all([shown.add(copy), shown.add(copy)]);
    expect(first.state).toBe('done');
    expect(second).toEqual(first);
    expect(shown.world.writes()).toHaveLength(1);
  });

  it.each(ways)('a %s is linked when the answer is lost after it was stored', async (way) => {
    const shown = await shownPerson();
    shown.world.faults.add(writeOf(way), { kind: 'cut', when: 'after' });
    expect(await shown.add(await copyOf(way, shown))).toMatchObject({ state: 'done' });
    const { tasks, tickets } = await shown.now();
    expect([tasks.length, tickets.length]).toEqual([1, 1]);
  });

  it.each(ways)('a %s is not stored after a 502, and failed after a 403', async (way) => {
    const shown = await shownPerson();
    shown.world.faults.add(writeOf(way), { kind: 'status', status: 502 }, 1);
    const copy = await copyOf(way, shown);
    expect(await shown.add(copy)).toMatchObject({ state: 'not-stored' });
    shown.world.faults.add(writeOf(way), { kind: 'status', status: 403 }, 1);
    expect(await shown.add(copy, 'press-2')).toMatchObject({ state: 'failed', error: { code: 'forbidden' } });
    expect(await shown.now()).toEqual({ tasks: [], tickets: [] });
  });

  it.each(ways.flatMap((way) => [[way, 'after', 'done'] as const, [way, 'before', 'not-stored'] as const]))(
    'a %s is settled by the next start when the worker ends %s it was stored',
    async (way, when, state) => {
      const shown = await shownPerson();
      const { world, tabId } = shown;
      const copy = await copyOf(way, shown);
      const hold = world.faults.add(writeOf(way), { kind: 'hold', when });
      void shown.add(copy);
      await hold.arrived;
      world.restart();
      await vi.waitFor(async () => {
        const { adding } = await world.send('getPanelState', { tabId });
        expect(adding?.last).toMatchObject({ id: 'press-1', result: { state } });
      }, PATIENT);
      await world.send('refreshView', { tabId });
      expect((await shown.now()).tasks.length).toBe(state === 'done' ? 1 : 0);
      expect(hold.count()).toBe(1);
    },
  );
});

it.each<[string, (task: { title: string; dueDate: string; body: string }) => object]>([
  ['renamed', ({ title }) => ({ title: `${title}, call the bank first` })],
  ['put off', () => ({ dueDate: '2027-03-01T10:00:00.000Z' })],
  ['written in', ({ body }) => ({ body: `${body} The bank said: 17.` })],
  ['written in above', ({ body }) => ({ body: `Mine. ${body}` })],
])('a copy that was %s before it was read back is not taken back', async (_name, edit) => {
  const { world, add, ticketCopy } = await shownPerson();
  const hold = world.faults.add(
    { vendor: 'ghl', method: 'POST', path: /\/tasks$/u },
    { kind: 'hold', when: 'after' },
    1,
  );
  const adding = add(await ticketCopy());
  await hold.arrived;
  const made = tasksOf(world).at(-1);
  if (!made) throw new Error('Nothing was made');
  const edited = { ...made, ...edit(made) };
  Object.assign(made, edited);
  hold.release();
  expect(await adding).toMatchObject({ state: 'done' });
  const { entries = [] } = (await world.send('getActivity', { people: null, limit: null })) ?? {};
  expect(entries.map(({ kind, undo }) => [kind, undo])).toEqual([
    ['copy-ticket', { can: false, reason: 'changed-since' }],
  ]);
  await expect(world.send('undoActivity', { id: 'addition:press-1', press: 'u1' })).rejects.toMatchObject({
    code: 'invalid_input',
  });
  expect(tasksOf(world)).toContainEqual(edited);
});

it('a copy that was taken back may be made again', async () => {
  const shown = await shownPerson();
  const { world, add, ticketCopy } = shown;
  const copy = await ticketCopy();
  await add(copy, 'a');
  const before = tasksOf(world).length;
  expect(await world.send('undoActivity', { id: 'addition:a', press: 'u1' })).toMatchObject({
    state: 'done',
  });
  expect(tasksOf(world)).toHaveLength(before - 1);
  await shown.world.send('refreshView', { tabId: shown.tabId });
  expect((await shown.now()).tickets).toEqual([]);
  expect(await add(await ticketCopy(), 'b')).toMatchObject({ state: 'done' });
  expect(tasksOf(world)).toHaveLength(before);
});
