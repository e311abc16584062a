import type { Addition } from '../../lib/panel-state.ts';
import { SCENES } from '../../lib/sandbox/index.ts';
import { pressFor } from './press.ts';
import { createWorld, type World } from './world.ts';

const scene = SCENES.served.main;
export const TASK = 'taskTaskTaskTask0001';
export const TICKET = String(scene.ticketId);

export const tasksOf = (world: World) =>
  world.sandbox.state.ghl.tasks.filter(({ contactId }) => contactId === world.ghlContact('main').id);
export const ticketsOf = (world: World) =>
  world.sandbox.state.atera.tickets.filter(({ EndUserID }) => EndUserID === scene.ateraContactId);
export const ticketOf = (world: World, id = TICKET) => {
  const found = ticketsOf(world).find(({ TicketID }) => String(TicketID) === id);
  if (!found) throw new Error('No such ticket');
  return found;
};

/** A ticket's page, whose requester has an open task too. */
export async function shownPerson(prepare: (world: World) => void = () => undefined) {
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
    const {
      body,
      print,
      secrets,
      title = '',
      assignee,
      dueAt = 0,
      rules = '',
    } = await preview('ticket', TICKET);
    return {
      kind: 'copy-ticket',
      sourceId: TICKET,
      body,
      print,
      seen: secrets,
      title,
      dueAt,
      rules,
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
export type ShownTask = Awaited<ReturnType<typeof shownPerson>>;

/** The same, with the task copied to a ticket. */
export async function linkedPerson() {
  const shown = await shownPerson();
  await shown.add(await shown.taskCopy(), 'make');
  const id = String(ticketsOf(shown.world).at(-1)?.TicketID);
  shown.world.sandbox.log.length = 0;
  const task = shown.world.sandbox.state.ghl.tasks.find((one) => one.id === TASK);
  if (!task) throw new Error('No task');
  return { ...shown, id, task, ticket: ticketOf(shown.world, id) };
}
