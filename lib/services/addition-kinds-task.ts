import type { ItemLink } from '../core/copied.ts';
import { DEFAULT_STATUS_MAP, isDoneStatus } from '../core/task-ticket.ts';
import { AppError } from '../errors.ts';
import { taskItems } from '../vendors/ghl/related.ts';
import type { AdditionContext, Kinds } from './addition-kinds.ts';
import { ATERA_KINDS } from './addition-kinds-atera.ts';
import { checkOriginal, isCopy, peopleOf, storeLink } from './addition-kinds-copy.ts';
import { isPlainTask } from './addition-kinds-ghl.ts';
import { asSent, taskVersion, ticketVersion } from './item-versions.ts';
import { readySection } from './view-parts.ts';

const joins = ({ from, to }: ItemLink, ticketId: string, taskId: string): boolean =>
  [from, to].some(({ kind, id }) => kind === 'ticket' && id === ticketId) &&
  [from, to].some(({ kind, id }) => kind === 'task' && id === taskId);

/** Only what this browser linked is completed because of the other. */
async function checkLinked(
  { pair, itemLinks }: AdditionContext,
  ghlId: string,
  { ticketId, taskId }: { ticketId: string; taskId: string },
): Promise<void> {
  const links = await itemLinks.of(pair, ghlId);
  if (!links.some((link) => joins(link, ticketId, taskId))) throw new AppError('plan_expired');
}

/** Tasks of GHL and tickets of Atera: one made from the other, and done when the other is. */
export const TASK_KINDS: Kinds<'copy-task' | 'copy-ticket' | 'complete-task' | 'resolve-ticket'> = {
  'copy-task': {
    vendor: 'atera',
    resource: 'tickets',
    isState: false,
    needsBoth: true,
    async check(context, addition) {
      const source = { kind: 'task', id: addition.sourceId } as const;
      const { assignee } = await checkOriginal(context, peopleOf(context, 'atera'), source, addition);
      // Assigned to somebody else by now.
      if ((assignee?.id ?? null) !== (addition.technicianId?.toString() ?? null))
        throw new AppError('plan_expired');
    },
    // The requester may read and write in a ticket: it is told by its id, or by who, what and when, never by its marker.
    read: (context, { title, body }, sentId) =>
      ATERA_KINDS.ticket.read(context, { kind: 'ticket', title, body }, sentId),
    send: ({ pair, contactId }, addition) => pair.atera.addTicket(contactId, addition),
    keep: (context, addition, fresh) =>
      storeLink(
        context,
        peopleOf(context, 'atera').ghlId,
        { kind: 'task', id: addition.sourceId },
        'ticket',
        addition,
        fresh,
      ),
  },
  'copy-ticket': {
    vendor: 'ghl',
    resource: 'tasks',
    isState: true,
    needsBoth: true,
    async check(context, addition) {
      const source = { kind: 'ticket', id: addition.sourceId } as const;
      const { assignee } = await checkOriginal(context, peopleOf(context, 'ghl'), source, addition);
      if ((assignee?.id ?? null) !== (addition.assignedTo ?? null)) throw new AppError('plan_expired');
    },
    async read({ pair, contactId }, addition) {
      const records = await pair.ghl.readTaskRecords(contactId);
      const own = records.filter(({ body }) => isCopy(body, addition));
      return {
        found: own.map(({ id }) => id),
        items: await Promise.all(
          own.map(async (task) => asSent(await taskVersion(task), isPlainTask(task, addition.assignedTo))),
        ),
        show: { sections: { tasks: readySection(taskItems(records)) } },
      };
    },
    async send({ pair, contactId }, addition) {
      await pair.ghl.addTask(contactId, addition);
      return null;
    },
    keep: (context, addition, fresh) =>
      storeLink(
        context,
        peopleOf(context, 'ghl').ghlId,
        { kind: 'ticket', id: addition.sourceId },
        'task',
        addition,
        fresh,
      ),
  },
  'complete-task': {
    vendor: 'ghl',
    resource: 'tasks',
    isState: true,
    needsBoth: true,
    async check(context, addition) {
      await checkLinked(context, context.contactId, addition);
      const { TicketStatus: status } = await context.pair.atera.readTicket(addition.ticketId);
      // Opened again since the panel showed it as done.
      if (isDoneStatus(status ?? null, DEFAULT_STATUS_MAP) !== true) throw new AppError('plan_expired');
    },
    async read({ pair, contactId }, { taskId }) {
      const records = await pair.ghl.readTaskRecords(contactId);
      const own = records.filter(({ id, completed }) => id === taskId && completed === true);
      return {
        found: own.map(({ id }) => id),
        items: await Promise.all(own.map(taskVersion)),
        show: { sections: { tasks: readySection(taskItems(records)) } },
      };
    },
    async send({ pair, contactId }, { taskId }) {
      await pair.ghl.completeTask(contactId, taskId, true);
      return null;
    },
  },
  'resolve-ticket': {
    vendor: 'atera',
    resource: 'tickets',
    isState: true,
    needsBoth: true,
    async check(context, addition) {
      const { ghlId } = peopleOf(context, 'atera');
      await checkLinked(context, ghlId, addition);
      const tasks = await context.pair.ghl.readTaskRecords(ghlId);
      const isDone = tasks.some(({ id, completed }) => id === addition.taskId && completed === true);
      if (!isDone || !DEFAULT_STATUS_MAP.done.includes(addition.status)) throw new AppError('plan_expired');
    },
    async read({ pair, contactId }, { ticketId, status }) {
      const ticket = await pair.atera.readTicket(ticketId);
      if (String(ticket.EndUserID) !== contactId) throw new AppError('subject_changed');
      const listed = ticket.CustomerID
        ? await pair.atera.readTicketsOf(contactId, String(ticket.CustomerID))
        : null;
      return {
        found: ticket.TicketStatus === status ? [ticketId] : [],
        items: ticket.TicketStatus === status ? [await ticketVersion(ticket)] : [],
        text: ticket.TicketStatus ?? '',
        show: listed
          ? { sections: { tickets: readySection(listed.items, { seen: listed.seen, total: listed.total }) } }
          : {},
      };
    },
    async prepare({ pair }, { ticketId, from }) {
      const { TicketStatus: status } = await pair.atera.readTicket(ticketId);
      // Somebody has set another status: that stays.
      if (status !== from) throw new AppError('conflict', { vendor: 'atera' });
      return { text: null, keeps: [] };
    },
    async send({ pair }, { ticketId, status }) {
      await pair.atera.setTicketStatus(ticketId, status);
      return null;
    },
  },
};
