import * as v from 'valibot';
import type { Operations } from '../operations.ts';
import {
  AteraAccount,
  AteraActionResult,
  AteraAgent,
  AteraComment,
  AteraContact,
  AteraContactPatch,
  AteraCustomer,
  AteraCustomField,
  AteraCustomValue,
  AteraNewContact,
  AteraResult,
  AteraSnmpDevice,
  AteraTicket,
  NewComment,
  NewTicket,
  NewValue,
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
  // May notify the requester and start automation rules of the tenant.
  createTicket: {
    method: 'POST',
    path: 'tickets',
    body: NewTicket,
    response: AteraResult,
    scope: 'Tickets: Write',
    risk: 'write',
    idempotent: false,
  },
  // Comments have no id, and can be neither changed nor deleted afterwards.
  createComment: {
    method: 'POST',
    path: 'tickets/{ticketId}/comments',
    body: NewComment,
    response: null,
    scope: 'Tickets: Write',
    risk: 'write',
    idempotent: false,
  },
  // What fields there are. No call creates one: an admin does, in Atera.
  listCustomFields: {
    method: 'GET',
    path: 'customvalues/customfields',
    response: v.array(AteraCustomField),
    scope: 'CustomValues: Read',
    risk: 'read',
    idempotent: true,
  },
  setContactValue: {
    method: 'PUT',
    path: 'customvalues/contactfield/{contactId}/{fieldName}',
    body: NewValue,
    response: null,
    scope: 'CustomValues: Write',
    risk: 'write',
    idempotent: true,
  },
  // No filter at all; no call finds an agent by its device's GUID.
  listAgents: {
    method: 'GET',
    path: 'agents',
    query: PAGE,
    response: pageOf(AteraAgent),
    scope: 'Agents: Read',
    risk: 'read',
    idempotent: true,
  },
  getAgent: {
    method: 'GET',
    path: 'agents/{agentId}',
    // As with contacts, the spec does not say how a gone one is answered.
    response: v.nullish(AteraAgent),
    scope: 'Agents: Read',
    risk: 'read',
    idempotent: true,
  },
  getSnmpDevice: {
    method: 'GET',
    path: 'devices/snmpdevice/{deviceId}',
    response: v.nullish(AteraSnmpDevice),
    scope: 'Devices: Read',
    risk: 'read',
    idempotent: true,
  },
  // New tokens only: the legacy specification does not list it.
  getSnmpDeviceByGuid: {
    method: 'GET',
    path: 'devices/snmpdevice/guid/{deviceGuid}',
    response: v.nullish(AteraSnmpDevice),
    scope: 'Devices: Read',
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
