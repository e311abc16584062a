/** How a task of GHL and a ticket of Atera stand for each other. */

/** What a status of a ticket means for a task. Tenants have statuses of their own: what is not listed leaves the task as it is. */
export interface StatusMap {
  /** Names of the statuses that mean "done", as Atera spells them; the first is the one that is written. */
  done: readonly string[];
  /** Names that mean "not done"; the first is the one that is written when a task is opened again. */
  open: readonly string[];
}

/** Atera's own statuses. */
export const DEFAULT_STATUS_MAP: StatusMap = { done: ['Resolved', 'Closed'], open: ['Open', 'Pending'] };

const sameName = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();

/** Whether a ticket in this status is done; null when the map does not say. */
export function isDoneStatus(status: string | null, { done, open }: StatusMap): boolean | null {
  if (status === null) return null;
  if (done.some((name) => sameName(name, status))) return true;
  return open.some((name) => sameName(name, status)) ? false : null;
}

/** The status to write so that the ticket says what the task says; null when it says so already, or the map has no word for it. */
export function statusFor(completed: boolean, present: string | null, map: StatusMap): string | null {
  if (isDoneStatus(present, map) === completed) return null;
  // A status that the map does not know is an own one of the tenant: not done, and left alone.
  if (!completed && isDoneStatus(present, map) === null) return null;
  return (completed ? map.done : map.open)[0] ?? null;
}

const DAY_MS = 86_400_000;

/** When a task for a ticket is due: at the ticket's own time, or so many days from now. In whole seconds: GHL refuses more. */
export const dueFor = (ticketDueAt: number | null, now: number, days: number): number =>
  Math.floor((ticketDueAt ?? now + days * DAY_MS) / 1000) * 1000;
