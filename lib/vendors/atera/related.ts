import { cleanText } from '../../core/text.ts';
import type { CompanyCard, RelatedItem } from '../../panel-state.ts';
import { epochOf, relatedItem } from '../related.ts';
import type { AteraComment, AteraCustomer, AteraTicket } from './schemas.ts';

/** Atera's stock words for "no longer open"; tenants add their own, which count as open. */
const CLOSED = new Set(['resolved', 'closed', 'merged', 'deleted', 'spam']);

export const ticketUrl = (id: string | number): string => `https://app.atera.com/new/ticket/${id}`;

export const ticketItem = (ticket: AteraTicket): RelatedItem =>
  relatedItem('atera', {
    id: String(ticket.TicketID),
    title: ticket.TicketTitle ?? '',
    at: epochOf(ticket.TicketCreatedDate),
    state: ticket.TicketStatus ?? null,
    done: CLOSED.has((ticket.TicketStatus ?? '').toLowerCase()),
    url: ticketUrl(ticket.TicketID),
  });

/** Comments have no id of their own: their place in the conversation names them on screen. */
export const commentItem = (comment: AteraComment, ticketId: string, index: number): RelatedItem =>
  relatedItem('atera', {
    id: `${ticketId}-${index}`,
    title: [comment.FirstName, comment.LastName].filter(Boolean).join(' ') || comment.Email || '',
    html: comment.Comment ?? comment.CommentHtml,
    at: epochOf(comment.Date),
    state: comment.IsInternal ? 'internal' : null,
    url: ticketUrl(ticketId),
  });

export const customerCard = (customer: AteraCustomer): CompanyCard => ({
  name: cleanText(customer.CustomerName) ?? String(customer.CustomerID),
  phone: cleanText(customer.Phone),
  domain: cleanText(customer.Domain),
  address: cleanText(
    [customer.Address, customer.ZipCodeStr, customer.City, customer.State, customer.Country]
      .filter(Boolean)
      .join(', '),
  ),
  url: `https://app.atera.com/new/customer/${customer.CustomerID}`,
});
