import type { Item } from '../core/undo.ts';
import type { AteraTicket } from '../vendors/atera/schemas.ts';
import type { GhlNote, GhlTask } from '../vendors/ghl/schemas.ts';
import { epochOf } from '../vendors/related.ts';

/**
 * What a record looks like, as a short text that changes with everything somebody could change of it. Only the hash is kept: the
 * journal must not hold what the record says.
 */
async function hashOf(parts: readonly unknown[]): Promise<string> {
  const text = JSON.stringify(parts.map((part) => (part === undefined || part === '' ? null : part)));
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** `isAsSent` false: it is ours, and somebody has worked on it before it was read back. */
export const asSent = (item: Item, isAsSent: boolean): Item =>
  isAsSent ? item : { ...item, isChanged: true };

export const noteVersion = async ({ id, body, title, userId, color, pinned }: GhlNote): Promise<Item> => ({
  id,
  version: await hashOf([body, title, userId, color, pinned === true]),
  status: null,
});

/** The vendor gives the due date back in another form than it was sent. */
export const taskVersion = async ({
  id,
  title,
  body,
  dueDate,
  completed,
  assignedTo,
}: GhlTask): Promise<Item> => ({
  id,
  version: await hashOf([title, body, epochOf(dueDate), completed === true, assignedTo]),
  status: null,
});

/** A reply since is a change too. */
export const ticketVersion = async (ticket: AteraTicket): Promise<Item> => ({
  id: String(ticket.TicketID),
  version: await hashOf([
    ticket.TicketTitle,
    ticket.TicketStatus,
    ticket.TicketPriority,
    ticket.EndUserID,
    ticket.TechnicianContactID,
    ticket.LastEndUserCommentTimestamp,
    ticket.LastTechnicianCommentTimestamp,
  ]),
  status: ticket.TicketStatus ?? null,
});

/** Of Atera's stock words, those that no new ticket has. Tenants may begin with a word of their own. */
const LATER_STATUSES = new Set(['pending', 'resolved', 'closed']);

export const isNewTicket = ({ TicketStatus: status }: AteraTicket): boolean =>
  !LATER_STATUSES.has((status ?? '').trim().toLowerCase());
