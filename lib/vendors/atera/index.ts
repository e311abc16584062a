import { normalizeEmail } from '../../core/text.ts';
import { AppError } from '../../errors.ts';
import type { CompanyCard, RelatedItem } from '../../panel-state.ts';
import type { HttpPort } from '../../platform/http.ts';
import { createCall } from '../client.ts';
import type { AccountInfo, PersonRecord, Vendor } from '../vendor.ts';
import { type AteraAdditions, createAteraAdditions } from './additions.ts';
import { type DeviceLookup, readDevice } from './devices.ts';
import {
  ATERA_CREATABLE,
  type AteraPersonSource,
  ateraNewContact,
  ateraPatch,
  ateraPerson,
  CUSTOM_PREFIX,
  CUSTOMER_PREFIX,
} from './mapping.ts';
import { operations } from './operations.ts';
import { commentItem, customerCard, ticketItem } from './related.ts';
import type { AteraContact, AteraCustomer, AteraCustomValue, AteraTicket } from './schemas.ts';

/** The API never gives more than 50 rows a page, whatever is asked. */
export const PAGE_SIZE = 50;
/** How far a search for one address is followed. */
const MAX_PAGES = 10;
/** How far the list of customers is followed: a thousand of them. */
const MAX_CUSTOMER_PAGES = 20;

export interface AteraVendor extends Vendor, AteraAdditions {
  readAccount(): Promise<AccountInfo & { id: string | null }>;
  /** Everybody whose stored number holds this text, as far as some pages go. `more`: there are further pages. */
  searchByPhone(text: string, pages: number): Promise<{ people: PersonRecord[]; more: boolean }>;
  readTicket(id: string): Promise<AteraTicket>;
  readContact(id: string): Promise<AteraContact>;
  readCustomer(id: string): Promise<AteraCustomer>;
  /** The newest page of a ticket's conversation, newest first. */
  readComments(ticketId: string): Promise<RelatedItem[]>;
  /** Tickets of one person among the first page of the customer's. `total`: how many the customer has; `isWhole`: these are all. */
  readTicketsOf(
    personId: string,
    customerId: string,
  ): Promise<{
    items: RelatedItem[];
    tickets: AteraTicket[];
    seen: number;
    total: number;
    isWhole: boolean;
  }>;
  /** The first page of a customer's tickets: as records, and as lines to show (open first, newest first). */
  readCustomerTickets(
    customerId: string,
  ): Promise<{ tickets: AteraTicket[]; items: RelatedItem[]; seen: number; total: number }>;
  readCustomerCard(id: string): Promise<CompanyCard>;
  /** The device of a page, and whose it is. */
  readDevice(kind: 'agent' | 'snmp', id: string): Promise<DeviceLookup>;
  readValues(personId: string): Promise<AteraCustomValue[]>;
  describe(source: AteraPersonSource): PersonRecord;
  /** A few people, and the customer of one of them. */
  readSome(count: number): Promise<{ people: PersonRecord[]; customerId: string | null }>;
  /** Cheapest call that proves the right to read tickets. */
  probeTickets(): Promise<void>;
  /** The customers, newest first, as far as the list is followed. `total`: how many there are. */
  listCustomers(): Promise<{ customers: AteraCustomer[]; total: number }>;
}

export function createAtera(
  http: HttpPort,
  { accountId, legacyKey }: { accountId: string; legacyKey: boolean },
): AteraVendor {
  const call = createCall('atera', operations, http);
  const describe = (source: AteraPersonSource): PersonRecord => ateraPerson(source, accountId);
  const brief = (contact: AteraContact): PersonRecord => describe({ contact, customer: null, values: null });
  const found = <T>(record: T | null | undefined, operation: string): T => {
    if (record === null || record === undefined)
      throw new AppError('not_found', { vendor: 'atera', operation });
    return record;
  };

  const readContact = async (id: string): Promise<AteraContact> => {
    const contact = found(await call('getContact', { path: { contactId: id } }), 'getContact');
    // An answer about somebody else would be worse than none.
    if (String(contact.EndUserID) !== id)
      throw new AppError('invalid_response', { vendor: 'atera', operation: 'getContact' });
    return contact;
  };
  const readCustomer = async (id: string): Promise<AteraCustomer> => {
    const customer = found(await call('getCustomer', { path: { customerId: id } }), 'getCustomer');
    if (String(customer.CustomerID) !== id)
      throw new AppError('invalid_response', { vendor: 'atera', operation: 'getCustomer' });
    return customer;
  };
  const readValues = async (personId: string): Promise<AteraCustomValue[]> => {
    const values = await call('listContactValues', { path: { contactId: personId } });
    // Part of what is written is made from them: those of somebody else would go into this record.
    const isForeign = values.some(({ ItemId: id }) => (id ?? null) !== null && String(id) !== personId);
    if (isForeign)
      throw new AppError('invalid_response', { vendor: 'atera', operation: 'listContactValues' });
    return values;
  };
  const list = async (filter: Record<string, string>): Promise<AteraContact[]> =>
    (await call('listContacts', { query: { page: '1', itemsInPage: String(PAGE_SIZE), ...filter } })).items;

  /** Every page of a search: what decides who is who must not depend on where a page ends. */
  const listAll = async (filter: Record<string, string>): Promise<AteraContact[]> => {
    const found: AteraContact[] = [];
    for (let page = 1; page <= MAX_PAGES; page += 1) {
      const { items, totalPages } = await call('listContacts', {
        query: { page: String(page), itemsInPage: String(PAGE_SIZE), ...filter },
      });
      found.push(...items);
      if (items.length === 0 || page >= (totalPages ?? 1)) return found;
    }
    // The filter was ignored, or the address is part of hundreds of others: nothing follows from that.
    throw new AppError('invalid_response', { vendor: 'atera', operation: 'listContacts' });
  };

  const ticketPage = async (customerId: string) => {
    const page = await call('listTickets', {
      query: { page: '1', itemsInPage: String(PAGE_SIZE), customerId },
    });
    const seen = page.items.length;
    // A full page that tells no number may be followed by others.
    const isWhole = page.totalItemCount ? seen >= page.totalItemCount : seen < PAGE_SIZE;
    return { tickets: page.items, seen, total: page.totalItemCount ?? seen, isWhole };
  };
  const linesOf = (tickets: readonly AteraTicket[]): RelatedItem[] =>
    tickets.map(ticketItem).sort((a, b) => Number(a.done) - Number(b.done) || (b.at ?? 0) - (a.at ?? 0));

  return {
    ...createAteraAdditions(call, PAGE_SIZE),
    describe,
    readContact,
    readCustomer,
    async readAccount() {
      const account = await call('getAccount', {});
      return {
        id: account.AccountID === null || account.AccountID === undefined ? null : String(account.AccountID),
        name: account.CompanyName ?? '',
        country: account.Country ?? null,
        timeZone: account.TimeZoneName ?? null,
      };
    },
    async readTicket(id) {
      const ticket = found(await call('getTicket', { path: { ticketId: id } }), 'getTicket');
      if (String(ticket.TicketID) !== id)
        throw new AppError('invalid_response', { vendor: 'atera', operation: 'getTicket' });
      return ticket;
    },
    async readPerson(id, keys) {
      const needs = (prefix: string): boolean => keys?.some((key) => key.startsWith(prefix)) ?? true;
      const [contact, values] = await Promise.all([
        readContact(id),
        needs(CUSTOM_PREFIX) ? readValues(id) : null,
      ]);
      const customerId = needs(CUSTOMER_PREFIX) && contact.CustomerID;
      return describe({
        contact,
        values,
        customer: customerId ? await readCustomer(String(customerId)) : null,
      });
    },
    async findByEmail(email) {
      const wanted = normalizeEmail(email);
      const people = await listAll(legacyKey ? { 'searchOptions.email': email } : { Email: email });
      // The filter matches substrings, and an unknown filter is ignored and returns everyone.
      return people.map(brief).filter(({ contact }) => contact.emails.includes(wanted));
    },
    async findByPhone(phone) {
      const people = await list(legacyKey ? { 'searchOptions.phone': phone } : { Phone: phone });
      return people.map(brief);
    },
    async searchByPhone(text, pages) {
      const people: PersonRecord[] = [];
      for (let page = 1; ; page += 1) {
        const { items, totalPages } = await call('listContacts', {
          query: {
            page: String(page),
            itemsInPage: String(PAGE_SIZE),
            [legacyKey ? 'searchOptions.phone' : 'Phone']: text,
          },
        });
        people.push(...items.map(brief));
        const isLast = items.length === 0 || page >= (totalPages ?? 1);
        if (isLast || page >= pages) return { people, more: !isLast };
      }
    },
    async updatePerson(id, changes) {
      await call('updateContact', { path: { contactId: id }, body: ateraPatch(changes) });
    },
    async readComments(ticketId) {
      const page = await call('listComments', {
        path: { ticketId },
        query: { page: '1', itemsInPage: String(PAGE_SIZE) },
      });
      return page.items
        .map((comment, index) => commentItem(comment, ticketId, index))
        .sort((a, b) => (b.at ?? 0) - (a.at ?? 0));
    },
    async readTicketsOf(personId, customerId) {
      const { tickets, ...page } = await ticketPage(customerId);
      const own = tickets.filter(({ EndUserID }) => String(EndUserID) === personId);
      return { items: linesOf(own), tickets: own, ...page };
    },
    async readCustomerTickets(customerId) {
      const page = await ticketPage(customerId);
      // An ignored filter would show another company's tickets.
      const tickets = page.tickets.filter(({ CustomerID }) => String(CustomerID) === customerId);
      return { ...page, tickets, items: linesOf(tickets) };
    },
    readCustomerCard: async (id) => customerCard(await readCustomer(id)),
    readDevice: (kind, id) => readDevice(call, kind, id),
    readValues,
    async readSome(count) {
      const contacts = await list({ itemsInPage: String(count) });
      const customerId = contacts.find(({ CustomerID }) => CustomerID)?.CustomerID;
      return {
        people: contacts.slice(0, count).map(brief),
        customerId: customerId ? String(customerId) : null,
      };
    },
    async probeTickets() {
      await call('listTickets', { query: { page: '1', itemsInPage: '1' } });
    },
    creatable: async () => ATERA_CREATABLE,
    async createPerson(values, customerId) {
      if (customerId === null || !/^[1-9]\d{0,15}$/u.test(customerId))
        throw new AppError('invalid_input', { vendor: 'atera', input: 'customer' });
      const answer = await call('createContact', { body: ateraNewContact(values, customerId) });
      const made = String(answer?.ActionID ?? '');
      return /^[1-9]\d*$/u.test(made) ? made : null;
    },
    async listCustomers() {
      const pageOfCustomers = (page: number) =>
        call('listCustomers', { query: { page: String(page), itemsInPage: String(PAGE_SIZE) } });
      const first = await pageOfCustomers(1);
      const last = Math.min(first.totalPages ?? 1, MAX_CUSTOMER_PAGES);
      const rest = await Promise.all(
        Array.from({ length: Math.max(0, last - 1) }, (_, index) => pageOfCustomers(index + 2)),
      );
      const all = [first, ...rest].flatMap(({ items }) => items);
      // Rows shift between pages while somebody adds a customer: one may come twice.
      const customers = [...new Map(all.map((customer) => [customer.CustomerID, customer])).values()];
      return { customers, total: first.totalItemCount ?? customers.length };
    },
  };
}
