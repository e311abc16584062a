import { describe, expect, it, vi } from 'vitest';
import type { Addition } from '../../lib/panel-state.ts';
import { SCENES } from '../../lib/sandbox/index.ts';
import { pressFor } from '../support/press.ts';
import { createWorld, type World } from '../support/world.ts';

const scene = SCENES.served.main;
const TASK = 'taskTaskTaskTask0001';
const TICKET = String(scene.ticketId);
const PATIENT = { timeout: 4000, interval: 5 };

const tasksOf = (world: World) =>
  world.sandbox.state.ghl.tasks.filter(({ contactId }) => contactId === world.ghlContact('main').id);
const ticketsOf = (world: World) =>
  world.sandbox.state.atera.tickets.filter(({ EndUserID }) => EndUserID === scene.ateraContactId);
const ticketOf = (world: World, id = TICKET) => {
  const found = ticketsOf(world).find(({ TicketID }) => String(TicketID) === id);
  if (!found) throw new Error('No such ticket');
  return found;
};

async function shownPerson(prepare: (world: World) => void = () => undefined) {
  const world = await createWorld();
  await world.connect();
  world.sandbox.state.ghl.tasks.push({
    id: TASK,
    contactId: world.ghlContact('main').id,
    title: 'Order toner',
    body: '<p>Black, <b>two</b>.</p>',
    dueDate: '2027-01-04T10:00:00.000Z',
    completed: false,
  });
  prepare(world);
  const { tabId, view: first } = await world.openTicket('main');
  world.sandbox.log.length = 0;
  const person = first.person.status === 'ready' ? first.person.value.ref : undefined;
  if (!person) throw new Error('Nobody');
  const preview = (kind: 'task' | 'ticket', id: string) =>
    world.send('previewCopy', { target: { tabId }, version: first.version, person, source: { kind, id } });
  const taskCopy = async (): Promise<Addition> => {
    const { body, print, secrets, title = '', assignee } = await preview('task', TASK);
    return {
      kind: 'copy-task',
      sourceId: TASK,
      body,
      print,
      seen: secrets,
      title,
      ...(assignee ? { technicianId: Number(assignee.id) } : {}),
    };
  };
  const ticketCopy = async (): Promise<Addition> => {
    const { body, print, secrets, title = '', assignee, dueAt = 0 } = await preview('ticket', TICKET);
    return {
      kind: 'copy-ticket',
      sourceId: TICKET,
      body,
      print,
      seen: secrets,
      title,
      dueAt,
      ...(assignee ? { assignedTo: assignee.id } : {}),
    };
  };
  const add = (addition: Addition, id = 'press-1') =>
    world.send('addToContact', pressFor(tabId, first, addition, id));
  const now = async () => {
    const { sections } = await world.shown(tabId, world.settled);
    const of = (name: 'tasks' | 'tickets') =>
      sections[name].status === 'ready' ? sections[name].items.filter(({ copied }) => copied) : [];
    return { tasks: of('tasks'), tickets: of('tickets') };
  };
  return { world, tabId, preview, taskCopy, ticketCopy, add, now };
}
type Shown = Awaited<ReturnType<typeof shownPerson>>;

describe('a task as a ticket', () => {
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
const copyOf = (way: (typeof ways)[number], shown: Shown): Promise<Addition> =>
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

describe('when one is done', () => {
  const linked = async () => {
    const shown = await shownPerson();
    await shown.add(await shown.taskCopy(), 'make');
    const id = String(ticketsOf(shown.world).at(-1)?.TicketID);
    shown.world.sandbox.log.length = 0;
    const task = shown.world.sandbox.state.ghl.tasks.find((one) => one.id === TASK);
    if (!task) throw new Error('No task');
    return { ...shown, id, task, ticket: ticketOf(shown.world, id) };
  };

  it('the task is completed because its ticket is resolved', async () => {
    const { world, add, id, task, ticket } = await linked();
    const complete: Addition = { kind: 'complete-task', taskId: TASK, ticketId: id };
    // Not while the ticket is open.
    expect(await add(complete, 'a')).toMatchObject({ state: 'failed', error: { code: 'plan_expired' } });
    ticket.TicketStatus = 'Resolved';
    expect((await add(complete, 'b')).state).toBe('done');
    expect(task.completed).toBe(true);
    expect((await add(complete, 'c')).state).toBe('done');
    expect(world.writes()).toHaveLength(1);
  });

  it('the ticket is resolved because its task is completed, unless somebody has set another status', async () => {
    const { world, add, id, task, ticket } = await linked();
    const resolve: Addition = {
      kind: 'resolve-ticket',
      ticketId: id,
      taskId: TASK,
      status: 'Resolved',
      from: 'Open',
    };
    expect(await add(resolve, 'a')).toMatchObject({ state: 'failed', error: { code: 'plan_expired' } });
    task.completed = true;
    ticket.TicketStatus = 'Pending';
    expect(await add(resolve, 'b')).toMatchObject({ state: 'failed', error: { code: 'conflict' } });
    ticket.TicketStatus = 'Open';
    expect((await add(resolve, 'c')).state).toBe('done');
    expect(ticket.TicketStatus).toBe('Resolved');
    expect(world.writes().map(({ body }) => body)).toEqual([{ TicketStatus: 'Resolved' }]);
  });

  const ways = ['complete-task', 'resolve-ticket'] as const;
  const completion = async (kind: (typeof ways)[number]) => {
    const all = await linked();
    if (kind === 'complete-task') all.ticket.TicketStatus = 'Resolved';
    else all.task.completed = true;
    const addition: Addition =
      kind === 'complete-task'
        ? { kind, taskId: TASK, ticketId: all.id }
        : { kind, ticketId: all.id, taskId: TASK, status: 'Resolved', from: 'Open' };
    const put = { vendor: kind === 'complete-task' ? 'ghl' : 'atera', method: 'PUT' } as const;
    return {
      ...all,
      addition,
      put,
      isDone: () => all.task.completed && all.ticket.TicketStatus === 'Resolved',
    };
  };

  it.each(ways)('%s is found done when the answer is lost, and not stored after a 502', async (kind) => {
    const { world, add, addition, put, isDone } = await completion(kind);
    world.faults.add(put, { kind: 'status', status: 502 }, 1);
    expect(await add(addition, 'a')).toMatchObject({ state: 'not-stored' });
    expect(isDone()).toBe(false);
    world.faults.add(put, { kind: 'cut', when: 'after' }, 1);
    expect(await add(addition, 'b')).toMatchObject({ state: 'done' });
    expect(isDone()).toBe(true);
    world.faults.add(put, { kind: 'status', status: 403 }, 1);
    expect(await add(addition, 'c')).toMatchObject({ state: 'done' });
    expect(world.bugs).toEqual([]);
  });

  it.each(ways)('%s is taken back, unless somebody has changed it since', async (kind) => {
    const { world, add, addition, put, isDone, task, ticket } = await completion(kind);
    await add(addition, 'a');
    const undo = (press: string) => world.send('undoActivity', { id: 'addition:a', press });
    if (kind === 'complete-task') task.title = 'Order more toner';
    else ticket.TicketPriority = 'High';
    expect(await undo('u1')).toMatchObject({ state: 'conflict' });
    expect(isDone()).toBe(true);
    await add(addition, 'b');
    if (kind === 'complete-task') task.title = 'Order toner';
    else ticket.TicketPriority = 'Low';
    world.faults.add(put, { kind: 'cut', when: 'after' }, 1);
    expect(await undo('u2')).toMatchObject({ state: 'done' });
    expect(isDone()).toBe(false);
    // And that is taken back too.
    const back = (await world.send('getActivity', { people: null, limit: null }))?.entries[0];
    expect(back).toMatchObject({ kind: 'undo', undo: { can: true } });
    expect(await world.send('undoActivity', { id: back?.id ?? '', press: 'u3' })).toMatchObject({
      state: 'done',
    });
    expect(isDone()).toBe(true);
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

  it('nothing is completed that was not linked here, whatever a marker says', async () => {
    const { world, add, task } = await linked();
    task.completed = true;
    ticketOf(world).TicketStatus = 'Open';
    const stranger: Addition = {
      kind: 'resolve-ticket',
      ticketId: TICKET,
      taskId: TASK,
      status: 'Resolved',
      from: 'Open',
    };
    expect(await add(stranger, 'a')).toMatchObject({ state: 'failed', error: { code: 'plan_expired' } });
    expect(world.writes()).toEqual([]);
  });
});
