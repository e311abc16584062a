import type { Subject } from '../core/contact.ts';
import type { CompanyCard, CompanyPerson, CompanyView } from '../panel-state.ts';
import type { DeviceLookup } from '../vendors/atera/devices.ts';
import type { AteraTicket } from '../vendors/atera/schemas.ts';
import type { Pair } from './accounts.ts';
import { previewOf } from './load-parts.ts';
import { subjectOfRef } from './recents.ts';
import { readySection } from './view-parts.ts';

/** People of a company, with what one call brings beside them. */
export interface CompanyFolk {
  people: CompanyPerson[];
  window: CompanyView['window'];
  tickets: CompanyView['tickets'];
}

/** How one vendor's companies are read. `locate`: the page shows a device, which leads to its company. */
export interface CompanySource {
  locate?: (pair: Pair, id: string) => Promise<DeviceLookup>;
  readCard: (pair: Pair, id: string) => Promise<CompanyCard>;
  readFolk: (pair: Pair, id: string) => Promise<CompanyFolk>;
}

/** Atera cannot list the contacts of a customer: people without a ticket among the newest fifty are not found. */
const customer: CompanySource = {
  readCard: ({ atera }, id) => atera.readCustomerCard(id),
  async readFolk({ atera, ateraAccount }, id) {
    const { tickets, items, seen, total } = await atera.readCustomerTickets(id);
    const window = { seen, total };
    return {
      people: requestersOf(tickets, ateraAccount.id),
      window,
      tickets: readySection(items, window),
    };
  },
};

const business: CompanySource = {
  readCard: ({ ghl }, id) => ghl.readBusiness(id),
  async readFolk({ ghl }, id) {
    const { people, seen, total } = await ghl.readBusinessPeople(id);
    return {
      people: people.map(({ view }) => ({
        subject: subjectOfRef(view.ref),
        person: { ...view, company: null, companyId: null },
        title: null,
        tickets: null,
      })),
      window: { seen, total },
      tickets: null,
    };
  },
};

const device = (kind: 'agent' | 'snmp'): CompanySource => ({
  ...customer,
  locate: ({ atera }, id) => atera.readDevice(kind, id),
});

const SOURCES: Partial<Record<Subject['kind'], CompanySource>> = {
  customer,
  business,
  agent: device('agent'),
  snmp: device('snmp'),
};

export function sourceOf({ kind }: Subject): CompanySource {
  const source = SOURCES[kind];
  if (!source) throw new Error(`No company is read from a ${kind}`);
  return source;
}

/** Whoever wrote one of these tickets, most tickets first. A ticket without a requester names nobody. */
function requestersOf(tickets: readonly AteraTicket[], accountId: string): CompanyPerson[] {
  const people = new Map<string, CompanyPerson>();
  for (const ticket of tickets) {
    if (!ticket.EndUserID) continue;
    const person = { ...previewOf(ticket, accountId), company: null };
    const { id } = person.ref;
    const before = people.get(id);
    people.set(id, {
      ...(before ?? { subject: subjectOfRef(person.ref), person, title: null }),
      tickets: (before?.tickets ?? 0) + 1,
    });
  }
  return [...people.values()].sort(
    (a, b) => (b.tickets ?? 0) - (a.tickets ?? 0) || a.person.name.localeCompare(b.person.name),
  );
}
