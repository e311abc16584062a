import * as v from 'valibot';
import type { Operations } from '../operations.ts';
import {
  AteraAccount,
  AteraActionResult,
  AteraComment,
  AteraContact,
  AteraContactPatch,
  AteraCustomer,
  AteraCustomValue,
  AteraNewContact,
  AteraTicket,
  pageOf,
} from './schemas.ts';

const PAGE = ['page', 'itemsInPage'] as const;

/** What we call of Atera's API v3. `scope` is the domain and right an admin ticks when creating the token. */
export const operations = {
  getAccount: {
    method: 'GET',
    path: 'account',
    response: AteraAccount,
    scope: 'Account',
    risk: 'read',
    idempotent: true,
  },
  listContacts: {
    method: 'GET',
    path: 'contacts',
    // New tokens filter by `Email` and `Phone`, legacy keys by `searchOptions.*`. Both match substrings.
    query: [...PAGE, 'Email', 'Phone', 'searchOptions.email', 'searchOptions.phone'],
    response: pageOf(AteraContact),
    scope: 'Contacts: Read',
    risk: 'read',
    idempotent: true,
  },
  getContact: {
    method: 'GET',
    path: 'contacts/{contactId}',
    // A gone contact may be 404, or 200 with null: the spec names only 200 and 500.
    response: v.nullish(AteraContact),
    scope: 'Contacts: Read',
    risk: 'read',
    idempotent: true,
  },
  updateContact: {
    method: 'PUT',
    path: 'contacts/{contactId}',
    body: AteraContactPatch,
    response: null,
    scope: 'Contacts: Write',
    risk: 'write',
    idempotent: true,
  },
  getCustomer: {
    method: 'GET',
    path: 'customers/{customerId}',
    response: v.nullish(AteraCustomer),
    scope: 'Customers: Read',
    risk: 'read',
    idempotent: true,
  },
  getTicket: {
    method: 'GET',
    path: 'tickets/{ticketId}',
    response: v.nullish(AteraTicket),
    scope: 'Tickets: Read',
    risk: 'read',
    idempotent: true,
  },
  listTickets: {
    method: 'GET',
    path: 'tickets',
    // No filter by person and no promised order: the caller filters, and says how many it looked through.
    query: [...PAGE, 'customerId', 'ticketStatus'],
    response: pageOf(AteraTicket),
    scope: 'Tickets: Read',
    risk: 'read',
    idempotent: true,
  },
  listComments: {
    method: 'GET',
    path: 'tickets/{ticketId}/comments',
    query: PAGE,
    response: pageOf(AteraComment),
    scope: 'Tickets: Read',
    risk: 'read',
    idempotent: true,
  },
  listContactValues: {
    method: 'GET',
    path: 'customvalues/contactfields/{contactId}',
    response: v.array(AteraCustomValue),
    scope: 'CustomValues: Read',
    risk: 'read',
    idempotent: true,
  },
  createContact: {
    method: 'POST',
    path: 'contacts',
    body: AteraNewContact,
    response: AteraActionResult,
    scope: 'Contacts: Write',
    risk: 'write',
    idempotent: false,
  },
  listCustomers: {
    method: 'GET',
    path: 'customers',
    // There is no filter by name or domain: the pages are read and searched here.
    query: PAGE,
    response: pageOf(AteraCustomer),
    scope: 'Customers: Read',
    risk: 'read',
    idempotent: true,
  },
} as const satisfies Operations;
