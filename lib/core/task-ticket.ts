/** How a task of GHL and a ticket of Atera stand for each other. */
import { fingerprint } from './fingerprint.ts';

/** What a status of a ticket means for a task. Tenants have statuses of their own: what is not listed is neither done nor open. */
export interface StatusMap {
  /** Names of the statuses that mean "done", as Atera spells them. */
  done: string[];
  /** Names that mean "not done". */
  open: string[];
}

/** How tasks and tickets of a pair belong together. */
export interface TaskRules extends StatusMap {
  /** In how many days a task is due whose ticket says nothing. */
  dueDays: number;
  /** What a ticket is set to when its task is completed: one of `done`. */
  completedAs: string;
  /** What a ticket is set to when its task is opened again: one of `open`. */
  reopenedAs: string;
}

/** Atera's own statuses; others are a tenant's own. */
export const STOCK_STATUSES = ['Open', 'Pending', 'Resolved', 'Closed'] as const;

export const SHIPPED_TASK_RULES: TaskRules = {
  done: ['Resolved', 'Closed'],
  open: ['Open', 'Pending'],
  dueDays: 3,
  completedAs: 'Resolved',
  reopenedAs: 'Open',
};

export const MAX_DUE_DAYS = 365;
export const MAX_STATUSES = 50;
export const MAX_STATUS_LENGTH = 100;

export const sameStatus = (a: string, b: string): boolean =>
  a.trim().toLowerCase() === b.trim().toLowerCase();

const isIn = (names: readonly string[], status: string): boolean =>
  names.some((name) => sameStatus(name, status));

/** Whether a ticket in this status is done; null when the map does not say. */
export function isDoneStatus(status: string | null, { done, open }: StatusMap): boolean | null {
  if (status === null) return null;
  if (isIn(done, status)) return true;
  return isIn(open, status) ? false : null;
}

/** What is wrong with rules. Each has a sentence in the locale files (`taskRules.problem.<name>`). */
export const TASK_RULE_PROBLEMS = [
  'due-days',
  'empty',
  'too-long',
  'twice',
  'too-many',
  'not-done',
  'not-open',
] as const;
export type TaskRuleProblem = (typeof TASK_RULE_PROBLEMS)[number];

/** The first fault of each part; empty when the rules can be followed. */
export function lintTaskRules({
  dueDays,
  done,
  open,
  completedAs,
  reopenedAs,
}: TaskRules): TaskRuleProblem[] {
  const names = [...done, ...open];
  const isTwice = names.some((name, index) => isIn(names.slice(index + 1), name));
  const faults: Record<TaskRuleProblem, boolean> = {
    'due-days': !Number.isInteger(dueDays) || dueDays < 1 || dueDays > MAX_DUE_DAYS,
    empty: names.some((name) => name.trim() === ''),
    'too-long': names.some((name) => name.length > MAX_STATUS_LENGTH),
    twice: isTwice,
    'too-many': names.length > MAX_STATUSES,
    'not-done': !isIn(done, completedAs),
    'not-open': !isIn(open, reopenedAs),
  };
  return TASK_RULE_PROBLEMS.filter((problem) => faults[problem]);
}

/**
 * What was stored, as rules; as shipped where nothing was. Null where it cannot be understood: then nothing is done by them, because what
 * somebody took out of the map must not come back by itself.
 */
export function readTaskRules(stored: unknown): TaskRules | null {
  if (stored === undefined) return SHIPPED_TASK_RULES;
  if (typeof stored !== 'object' || stored === null) return null;
  const { done, open, dueDays, completedAs, reopenedAs } = stored as Record<keyof TaskRules, unknown>;
  if (!isNames(done) || !isNames(open) || typeof dueDays !== 'number') return null;
  if (typeof completedAs !== 'string' || typeof reopenedAs !== 'string') return null;
  const rules: TaskRules = { done, open, dueDays, completedAs, reopenedAs };
  return lintTaskRules(rules).length === 0 ? rules : null;
}

const isNames = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((name) => typeof name === 'string');

/** The same rules have the same one: what was shown under other ones is not done. */
export const taskRulesKey = ({ dueDays, done, open, completedAs, reopenedAs }: TaskRules): string =>
  fingerprint(JSON.stringify([dueDays, done, open, completedAs, reopenedAs]));

/** What a task and its ticket both said when they last agreed. */
export interface Agreed {
  isDone: boolean;
  /** Of the ticket. */
  status: string;
}

/** What both say; null while they do not agree, or the map does not say. */
export const agreementOf = (isTaskDone: boolean, status: string | null, map: StatusMap): Agreed | null =>
  status !== null && isDoneStatus(status, map) === isTaskDone ? { isDone: isTaskDone, status } : null;

/** How one of two that are linked follows the other: which of them is written, and what it says afterwards. */
export const FOLLOWS = {
  'complete-task': { item: 'task', isDone: true },
  'reopen-task': { item: 'task', isDone: false },
  'resolve-ticket': { item: 'ticket', isDone: true },
  'reopen-ticket': { item: 'ticket', isDone: false },
} as const;
export type FollowKind = keyof typeof FOLLOWS;
export const FOLLOW_KINDS = [
  'complete-task',
  'reopen-task',
  'resolve-ticket',
  'reopen-ticket',
] as const satisfies readonly FollowKind[];

/** One of a task and its ticket is made what the other is. */
export interface Follow {
  kind: FollowKind;
  taskId: string;
  ticketId: string;
  /** The ticket's status, as it was shown. */
  from: string;
  /** The ticket's status once both agree: where the task is written, the same. */
  status: string;
  /** Key of the rules that it was offered by. */
  rules: string;
}

/** What the ticket says once both agree. */
export const statusAfter = (kind: FollowKind, from: string, rules: TaskRules): string => {
  if (FOLLOWS[kind].item === 'task') return from;
  return FOLLOWS[kind].isDone ? rules.completedAs : rules.reopenedAs;
};

interface Joined {
  taskId: string;
  ticketId: string;
  isTaskDone: boolean;
  /** Of the ticket. */
  status: string | null;
  /** Null where it is not known. */
  agreed: Agreed | null;
}

/**
 * What may be done where a task and its ticket do not agree: the one that was not changed follows the other. Both ways, where it is not
 * known which one was changed; none, where the map does not say what the ticket's status means.
 */
export function followsOf(
  { taskId, ticketId, isTaskDone, status, agreed }: Joined,
  rules: TaskRules,
): Follow[] {
  if (status === null) return [];
  const isTicketDone = isDoneStatus(status, rules);
  if (isTicketDone === null || isTicketDone === isTaskDone) return [];
  const changed = changedOf(isTaskDone, agreed, rules);
  return FOLLOW_KINDS.filter((kind) => {
    const { item, isDone } = FOLLOWS[kind];
    return item !== changed && isDone !== (item === 'task' ? isTaskDone : isTicketDone);
  }).map((kind) => ({
    kind,
    taskId,
    ticketId,
    from: status,
    status: statusAfter(kind, status, rules),
    rules: taskRulesKey(rules),
  }));
}

/** Which of two that do not agree is not what it was. What they agreed on by other rules says nothing. */
function changedOf(isTaskDone: boolean, agreed: Agreed | null, map: StatusMap): 'task' | 'ticket' | null {
  if (!agreed || isDoneStatus(agreed.status, map) !== agreed.isDone) return null;
  return agreed.isDone === isTaskDone ? 'ticket' : 'task';
}

const DAY_MS = 86_400_000;

/** When a task for a ticket is due: at the ticket's own time, or so many days from now. In whole seconds: GHL refuses more. */
export const dueFor = (ticketDueAt: number | null, now: number, days: number): number =>
  Math.floor((ticketDueAt ?? now + days * DAY_MS) / 1000) * 1000;
