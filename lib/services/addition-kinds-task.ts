import { joins } from '../core/copied.ts';
import {
  agreementOf,
  FOLLOWS,
  type Follow,
  type FollowKind,
  isDoneStatus,
  sameStatus,
  statusAfter,
} from '../core/task-ticket.ts';
import { AppError, isAppError } from '../errors.ts';
import type { AteraTicket } from '../vendors/atera/schemas.ts';
import { taskItems } from '../vendors/ghl/related.ts';
import type { GhlTask } from '../vendors/ghl/schemas.ts';
import type { AdditionContext, AdditionKind, Kinds } from './addition-kinds.ts';
import { ATERA_KINDS } from './addition-kinds-atera.ts';
import { checkOriginal, isCopy, peopleOf, storeLink } from './addition-kinds-copy.ts';
import { isPlainTask } from './addition-kinds-ghl.ts';
import { asSent, taskVersion, ticketVersion } from './item-versions.ts';
import { checkRules } from './task-settings.ts';
import { readySection } from './view-parts.ts';

type Ids = Pick<Follow, 'taskId' | 'ticketId'>;
interface Both {
  ticket: AteraTicket;
  task: GhlTask | undefined;
}

/** A task and its ticket, as they are now. */
async function readBoth(
  { pair }: AdditionContext,
  { ghlId, ateraId }: ReturnType<typeof peopleOf>,
  { taskId, ticketId }: Ids,
): Promise<Both> {
  const [ticket, tasks] = await Promise.all([
    pair.atera.readTicket(ticketId),
    pair.ghl.readTaskRecords(ghlId),
  ]);
  if (String(ticket.EndUserID) !== ateraId) throw new AppError('subject_changed');
  return { ticket, task: tasks.find(({ id }) => id === taskId) };
}

/** Remembers what both say now that they are linked. Where it cannot be read, the next reading of the person says it. */
async function noteAgreement(
  context: AdditionContext,
  people: ReturnType<typeof peopleOf>,
  ids: Ids,
): Promise<void> {
  const at = context.now();
  const rules = await context.taskRules();
  if (!rules) return;
  try {
    const { ticket, task } = await readBoth(context, people, ids);
    const agreed = task && agreementOf(task.completed === true, ticket.TicketStatus ?? null, rules);
    if (agreed) await context.itemLinks.agree(context.pair, people.ghlId, [{ ...ids, agreed }], at);
  } catch (error) {
    if (!isAppError(error)) throw error;
  }
}

const isDoneTask = (task: GhlTask | undefined): boolean | null =>
  task === undefined ? null : task.completed === true;
const isInStatus = ({ TicketStatus }: AteraTicket, status: string): boolean =>
  sameStatus(TicketStatus ?? '', status);

/** Both, while one of them still is why the other should follow, by the rules that it was offered by. */
async function causeOf(context: AdditionContext, follow: Follow): Promise<Both> {
  const { kind, from, status } = follow;
  const { item, isDone } = FOLLOWS[kind];
  const rules = checkRules(await context.taskRules(), follow.rules);
  const isTask = item === 'task';
  const isByRules = isDoneStatus(from, rules) === (isTask ? isDone : !isDone);
  if (!isByRules || !sameStatus(status, statusAfter(kind, from, rules))) throw new AppError('plan_expired');
  const both = await readBoth(context, peopleOf(context, isTask ? 'ghl' : 'atera'), follow);
  const isCause = isTask ? isInStatus(both.ticket, from) : isDoneTask(both.task) === isDone;
  // Changed since the panel showed it.
  if (!isCause) throw new AppError('plan_expired');
  return both;
}

/** What it is about both ways, whichever of the two is written: only what this browser linked follows the other. */
const follows = (kind: FollowKind) => {
  const { item, isDone } = FOLLOWS[kind];
  const isTask = item === 'task';
  const vendor = isTask ? 'ghl' : 'atera';
  return {
    vendor,
    isState: true,
    needsBoth: true,
    isOfBoth: true,
    async check(context, follow) {
      const links = await context.itemLinks.of(context.pair, peopleOf(context, vendor).ghlId);
      if (!links.some((link) => joins(link, follow.taskId, follow.ticketId)))
        throw new AppError('plan_expired');
      await causeOf(context, follow);
    },
    async prepare(context, follow) {
      const { ticket, task } = await causeOf(context, follow);
      const isAsShown = isTask ? isDoneTask(task) === !isDone : isInStatus(ticket, follow.from);
      // Somebody has changed it meanwhile: that stays.
      if (!isAsShown) throw new AppError('conflict', { vendor });
      return { text: null, keeps: [] };
    },
    keep: (context, { taskId, ticketId, status }) =>
      context.itemLinks.agree(
        context.pair,
        peopleOf(context, vendor).ghlId,
        [{ taskId, ticketId, agreed: { isDone, status } }],
        context.now(),
      ),
  } as const satisfies Partial<AdditionKind<Follow>>;
};

const followingTask = (kind: 'complete-task' | 'reopen-task'): AdditionKind<Follow> => ({
  ...follows(kind),
  resource: 'tasks',
  async read({ pair, contactId }, { taskId }) {
    const records = await pair.ghl.readTaskRecords(contactId);
    const own = records.filter((task) => task.id === taskId && isDoneTask(task) === FOLLOWS[kind].isDone);
    return {
      found: own.map(({ id }) => id),
      items: await Promise.all(own.map(taskVersion)),
      show: { sections: { tasks: readySection(taskItems(records)) } },
    };
  },
  async send({ pair, contactId }, { taskId }) {
    await pair.ghl.completeTask(contactId, taskId, FOLLOWS[kind].isDone);
    return null;
  },
});

const followingTicket = (kind: 'resolve-ticket' | 'reopen-ticket'): AdditionKind<Follow> => ({
  ...follows(kind),
  resource: 'tickets',
  async read({ pair, contactId }, { ticketId, status }) {
    const ticket = await pair.atera.readTicket(ticketId);
    if (String(ticket.EndUserID) !== contactId) throw new AppError('subject_changed');
    const listed = ticket.CustomerID
      ? await pair.atera.readTicketsOf(contactId, String(ticket.CustomerID))
      : null;
    const isThere = isInStatus(ticket, status);
    return {
      found: isThere ? [ticketId] : [],
      items: isThere ? [await ticketVersion(ticket)] : [],
      text: ticket.TicketStatus ?? '',
      show: listed
        ? { sections: { tickets: readySection(listed.items, { seen: listed.seen, total: listed.total }) } }
        : {},
    };
  },
  async send({ pair }, { ticketId, status }) {
    await pair.atera.setTicketStatus(ticketId, status);
    return null;
  },
});

/** Tasks of GHL and tickets of Atera: one made from the other, and done or open when the other is. */
export const TASK_KINDS: Kinds<'copy-task' | 'copy-ticket' | FollowKind> = {
  'copy-task': {
    vendor: 'atera',
    resource: 'tickets',
    isState: false,
    isOnce: true,
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
    async keep(context, addition, fresh) {
      const people = peopleOf(context, 'atera');
      const [ticketId] = fresh;
      const source = { kind: 'task', id: addition.sourceId } as const;
      await storeLink(context, people.ghlId, source, 'ticket', addition, fresh);
      if (ticketId !== undefined) await noteAgreement(context, people, { taskId: source.id, ticketId });
    },
  },
  'copy-ticket': {
    vendor: 'ghl',
    resource: 'tasks',
    isState: true,
    needsBoth: true,
    async check(context, addition) {
      // When it is due may follow from them.
      checkRules(await context.taskRules(), addition.rules);
      const source = { kind: 'ticket', id: addition.sourceId } as const;
      const { assignee } = await checkOriginal(context, peopleOf(context, 'ghl'), source, addition);
      if ((assignee?.id ?? null) !== (addition.assignedTo ?? null)) throw new AppError('plan_expired');
    },
    async prepare(context, addition) {
      checkRules(await context.taskRules(), addition.rules);
      return { text: null, keeps: [] };
    },
    async read({ pair, contactId }, addition) {
      const records = await pair.ghl.readTaskRecords(contactId);
      const own = records.filter(({ body }) => isCopy(body, addition));
      return {
        found: own.map(({ id }) => id),
        items: await Promise.all(
          own.map(async (task) => asSent(await taskVersion(task), isPlainTask(task, addition))),
        ),
        show: { sections: { tasks: readySection(taskItems(records)) } },
      };
    },
    async send({ pair, contactId }, addition) {
      await pair.ghl.addTask(contactId, addition);
      return null;
    },
    async keep(context, addition, fresh) {
      const people = peopleOf(context, 'ghl');
      const [taskId] = fresh;
      const source = { kind: 'ticket', id: addition.sourceId } as const;
      await storeLink(context, people.ghlId, source, 'task', addition, fresh);
      if (taskId !== undefined) await noteAgreement(context, people, { taskId, ticketId: source.id });
    },
  },
  'complete-task': followingTask('complete-task'),
  'reopen-task': followingTask('reopen-task'),
  'resolve-ticket': followingTicket('resolve-ticket'),
  'reopen-ticket': followingTicket('reopen-ticket'),
};
