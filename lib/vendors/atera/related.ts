import { cleanText } from '../../core/text.ts';
import type { CompanyCard, RelatedItem } from '../../panel-state.ts';
import { copyItem, epochOf, printOf, relatedItem } from '../related.ts';
import type { AteraComment, AteraCustomer, AteraTicket } from './schemas.ts';

/** Atera's stock words for "no longer open"; tenants add their own, which count as open. */
const CLOSED = new Set(['resolved', 'closed', 'merged', 'deleted', 'spam']);

export const ticketUrl = (id: string | number): string => `https://app.atera.com/new/ticket/${id}`;
export const customerUrl = (id: string | number): string => `https://app.atera.com/new/customer/${id}`;

export const ticketItem = (ticket: AteraTicket): RelatedItem =>
  relatedItem('atera', {
    id: String(ticket.TicketID),
    title: ticket.TicketTitle ?? '',
    at: epochOf(ticket.TicketCreatedDate),
    state: ticket.TicketStatus ?? null,
    done: CLOSED.has((ticket.TicketStatus ?? '').toLowerCase()),
    url: ticketUrl(ticket.TicketID),
    // Its title alone: lists come without the description. A requester may have written it, so it claims nothing.
    copy: copyItem(
      { vendor: 'atera', kind: 'ticket', id: String(ticket.TicketID), isOurs: false },
      ticket.TicketTitle,
    ),
  });

/** What the words of a comment are, for everything that compares them. */
export const commentHtml = ({ Comment, CommentHtml }: AteraComment): string | null | undefined =>
  Comment ?? CommentHtml;

/** Ticket, time and words name a comment, as nothing else does; null without a time. */
export const commentKey = (comment: AteraComment, ticketId: string): string | null =>
  comment.Date ? `${ticketId}~${comment.Date}~${printOf(commentHtml(comment)).slice(0, 6)}` : null;

/** Written by a technician for technicians: nobody else can have put anything there. */
export const isStaffComment = ({ IsInternal, TechnicianContactID, EndUserID }: AteraComment): boolean =>
  IsInternal === true && Boolean(TechnicianContactID) && !EndUserID;

/** Comments have no id of their own: their place in the conversation names them on screen. */
export function commentItem(comment: AteraComment, ticketId: string, index: number): RelatedItem {
  const id = commentKey(comment, ticketId);
  const about = { vendor: 'atera', kind: 'comment', isOurs: isStaffComment(comment) } as const;
  return relatedItem('atera', {
    id: `${ticketId}-${index}`,
    title: [comment.FirstName, comment.LastName].filter(Boolean).join(' ') || comment.Email || '',
    html: commentHtml(comment),
    at: epochOf(comment.Date),
    state: comment.IsInternal ? 'internal' : null,
    url: ticketUrl(ticketId),
    ...(id === null ? {} : { copy: copyItem({ ...about, id }, commentHtml(comment)) }),
  });
}

export const customerCard = (customer: AteraCustomer): CompanyCard => ({
  name: cleanText(customer.CustomerName) ?? String(customer.CustomerID),
  phone: cleanText(customer.Phone),
  domain: cleanText(customer.Domain),
  address: cleanText(
    [customer.Address, customer.ZipCodeStr, customer.City, customer.State, customer.Country]
      .filter(Boolean)
      .join(', '),
  ),
  url: customerUrl(customer.CustomerID),
});
