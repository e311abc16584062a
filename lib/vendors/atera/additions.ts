import { cleanText, normalizeEmail } from '../../core/text.ts';
import type { Technician } from '../../panel-state.ts';
import type { Call } from '../operations.ts';
import type { operations } from './operations.ts';
import type { AteraComment, AteraTicket } from './schemas.ts';

/** What is added to Atera beside the fields of a contact, and what has to be read for it. */
export interface AteraAdditions {
  /** Internal, in the name of this technician. */
  addComment(ticketId: string, text: string, technician: Technician): Promise<void>;
  /** A ticket of this person; the id of it where Atera gives one. */
  addTicket(
    personId: string,
    ticket: { title: string; body: string; technicianId?: number | undefined },
  ): Promise<string | null>;
  setTicketStatus(ticketId: string, status: string): Promise<void>;
  /** Both ends of a ticket's conversation: what was just written is at one of them, whichever way Atera sorts. */
  readCommentRecords(ticketId: string): Promise<AteraComment[]>;
  /** Technicians who have one of the newest tickets: Atera has no list of them. */
  readTechnicians(): Promise<Technician[]>;
  /** Statuses of the newest tickets: Atera has no list of them either. */
  readStatuses(): Promise<string[]>;
  /** Names and types of the custom fields of contacts. */
  readContactFields(): Promise<{ name: string; type: string }[]>;
  setContactValue(personId: string, fieldName: string, value: string): Promise<void>;
  /** Archived, the contact is no longer offered in Atera; it stays, and can be brought back. */
  setArchived(personId: string, isArchived: boolean): Promise<void>;
}

export function createAteraAdditions(call: Call<typeof operations>, pageSize: number): AteraAdditions {
  const pageQuery = (page: number) => ({ page: String(page), itemsInPage: String(pageSize) });
  return {
    async addComment(ticketId, text, { id, email }) {
      await call('createComment', {
        path: { ticketId },
        body: {
          CommentText: text,
          TechnicianCommentDetails: {
            TechnicianId: id,
            IsInternal: true,
            ...(email ? { TechnicianEmail: email } : {}),
          },
        },
      });
    },
    async addTicket(personId, { title, body, technicianId }) {
      const result = await call('createTicket', {
        body: {
          TicketTitle: title,
          Description: body,
          EndUserID: Number(personId),
          ...(technicianId === undefined ? {} : { TechnicianContactID: technicianId }),
        },
      });
      const id = result?.ActionID;
      return id === null || id === undefined ? null : String(id);
    },
    async setTicketStatus(ticketId, status) {
      await call('updateTicket', { path: { ticketId }, body: { TicketStatus: status } });
    },
    async readCommentRecords(ticketId) {
      const read = (page: number) => call('listComments', { path: { ticketId }, query: pageQuery(page) });
      const first = await read(1);
      const last = first.totalPages ?? 1;
      return last > 1 ? [...first.items, ...(await read(last)).items] : first.items;
    },
    async readTechnicians() {
      const { items } = await call('listTickets', { query: pageQuery(1) });
      const known = new Map(items.flatMap(technicianOf).map((technician) => [technician.id, technician]));
      return [...known.values()].sort((a, b) => a.name.localeCompare(b.name));
    },
    async readStatuses() {
      const { items } = await call('listTickets', { query: pageQuery(1) });
      return [...new Set(items.flatMap(({ TicketStatus }) => cleanText(TicketStatus) ?? []))].sort();
    },
    async readContactFields() {
      const fields = await call('listCustomFields', {});
      return fields.flatMap(({ Name, DataType, Target }) =>
        Name && Target === 'Contact' ? [{ name: Name, type: DataType ?? '' }] : [],
      );
    },
    async setArchived(personId, isArchived) {
      await call('updateContact', { path: { contactId: personId }, body: { Archived: isArchived } });
    },
    async setContactValue(personId, fieldName, value) {
      await call('setContactValue', { path: { contactId: personId, fieldName }, body: { Value: value } });
    },
  };
}

function technicianOf(ticket: AteraTicket): Technician[] {
  const { TechnicianContactID: id, TechnicianFullName, TechnicianEmail } = ticket;
  if (!id) return [];
  const email = cleanText(TechnicianEmail);
  return [
    {
      id,
      name: cleanText(TechnicianFullName) ?? email ?? String(id),
      email: email && normalizeEmail(email),
    },
  ];
}
