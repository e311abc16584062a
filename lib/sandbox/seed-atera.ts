import { ateraSeedId, createRandom, makeUuid } from './ids.ts';
import { TICKETS } from './seed-activity.ts';
import { seedAgents, seedSnmpDevices } from './seed-devices.ts';
import { createSeedIds, seedEmail } from './seed-ids.ts';
import { COMPANIES, PEOPLE } from './seed-people.ts';
import type { AteraComment, AteraState, AteraTicket, IdMode } from './state.ts';
import { isoSeconds } from './time.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const base64url = (value: unknown): string =>
  btoa(JSON.stringify(value)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

/** A token of the shape that Atera hands out since 2026: a JWT with an end. Signed by nobody. */
const makeToken = (subject: string, endsAt: number): string =>
  [
    base64url({ alg: 'HS256', typ: 'JWT' }),
    base64url({ sub: subject, iss: 'sandbox', exp: Math.floor(endsAt / 1000) }),
    base64url({ signature: 'none', of: subject }),
  ].join('.');

export const LEGACY_KEY = '0123456789abcdef0123456789abcdef';

const TECHNICIANS = [
  ['Morgan', 'Reyes', 'morgan.reyes'],
  ['Sanne', 'de Vries', 'sanne.devries'],
] as const;

export function seedAtera(now: number, ids: IdMode): AteraState {
  const seedIds = createSeedIds(ids);
  // The sample workspace's token stays the same however often it is seeded: it is stored by whoever connected with it.
  const endsAt = ids === 'sample' ? Date.UTC(2099, 11, 31) : now + 200 * DAY;
  const at = (hoursAgo: number): string => isoSeconds(now - hoursAgo * HOUR);
  const id = (value: number | null): number => value ?? 0;
  const technicians = TECHNICIANS.map(([firstName, lastName, local], index) => ({
    id: ateraSeedId(ids, 5001 + index),
    firstName,
    lastName,
    email: `${local}@northwind-it.example`,
  }));

  const people = PEOPLE.filter((person) => person.only !== 'ghl');
  const contacts = people.map((person, index) => ({
    EndUserID: id(seedIds.person(person.key).atera),
    CustomerID: id(seedIds.company(person.company).atera),
    Firstname: person.first,
    Lastname: person.last,
    JobTitle: person.job,
    Email: seedEmail(person.email, person.company),
    Phone: person.phone,
    MobilePhone: person.mobile ?? null,
    IsContactPerson: person.job === 'Office manager' || person.job === 'Owner',
    InIgnoreMode: false,
    CreatedOn: at(24 * (700 - index * 5)),
    LastModified: at(24 * (90 - index)),
    Archived: person.archived === true,
    DepartmentID: null,
    DepartmentName: null,
    DefaultAgentId: null,
  }));

  const tickets = TICKETS.map((ticket): AteraTicket => {
    const contact = contacts.find((entry) => entry.EndUserID === seedIds.person(ticket.person).atera);
    const technician = ticket.tech === null ? null : (technicians[ticket.tech ?? 0] ?? null);
    const comments = ticket.comments.map(
      ([author, hoursAgo, text]): AteraComment => ({
        Date: at(hoursAgo),
        Comment: text,
        EndUserID: author === 'user' ? (contact?.EndUserID ?? null) : null,
        TechnicianContactID: author === 'user' ? null : (technician?.id ?? technicians[0]?.id ?? null),
        IsInternal: author === 'note',
      }),
    );
    const done = ticket.status === 'Resolved' || ticket.status === 'Closed';
    return {
      TicketID: ateraSeedId(ids, ticket.number),
      TicketTitle: ticket.title,
      TicketNumber: String(ticket.number),
      TicketPriority: ticket.priority ?? 'Low',
      TicketImpact: 'Minor',
      TicketStatus: ticket.status,
      TicketSource: 'Email',
      TicketType: ticket.type ?? 'Incident',
      EndUserID: contact?.EndUserID ?? 0,
      EndUserEmail: contact?.Email ?? '',
      EndUserFirstName: contact?.Firstname ?? null,
      EndUserLastName: contact?.Lastname ?? null,
      EndUserPhone: contact?.Phone ?? null,
      TicketResolvedDate: done ? at(ticket.hoursAgo / 2) : null,
      TicketCreatedDate: at(ticket.hoursAgo),
      CustomerID: contact?.CustomerID ?? 0,
      TechnicianContactID: technician?.id ?? null,
      modifiedAt: done ? at(ticket.hoursAgo / 2) : (comments.at(-1)?.Date ?? at(ticket.hoursAgo)),
      comments,
    };
  });

  const dana = id(seedIds.person('dana').atera);
  const value = (itemId: number, name: string, text: string) => ({
    id: makeUuid(createRandom(`${name} ${itemId}`)),
    target: 'Contact' as const,
    itemId,
    name,
    value: text,
  });

  return {
    account: {
      AccountID: ids === 'sample' ? 'sample-northwind-it' : 'a1f0c7d2-3b64-4e58-9c1d-5f20e6b7a811',
      Country: 'United States',
      CompanyName: 'Northwind IT',
      CreatedOn: at(24 * 900),
      State: 'California',
      TimeZoneName: 'America/Los_Angeles',
      City: 'San Francisco',
      Address: '1 Loopback Square',
      PostalCode: '94105',
      Phone: '+1 415 555 0101',
      IsITDepartment: false,
      Plan: 'Master',
    },
    keys: [
      { key: makeToken('northwind-it', endsAt), rights: 'all' },
      {
        key: makeToken('northwind-it read only', endsAt),
        rights: ['Contacts.Read', 'Customers.Read', 'Tickets.Read', 'CustomValues.Read'],
      },
      { key: makeToken('northwind-it no rights', endsAt), rights: [] },
      { key: LEGACY_KEY, rights: 'all' },
    ],
    technicians,
    departments: [{ Id: ateraSeedId(ids, 71), Name: 'Administration', Description: null }],
    agents: seedAgents(now, ids, (company) => id(seedIds.company(company).atera)),
    snmpDevices: seedSnmpDevices(ids, (company) => id(seedIds.company(company).atera)),
    customers: COMPANIES.map((company, index) => ({
      CustomerID: id(seedIds.company(company.key).atera),
      CustomerName: company.name,
      CreatedOn: at(24 * (800 - index * 11)),
      LastModified: at(24 * (60 - index)),
      BusinessNumber: null,
      Domain: company.domain || null,
      Address: company.address || null,
      City: company.city || null,
      State: company.state || null,
      Country: company.address ? (company.country === 'GB' ? 'United Kingdom' : 'United States') : null,
      Phone: company.phone || null,
      Fax: null,
      Notes: null,
      Logo: null,
      Links: null,
      Longitude: null,
      Latitude: null,
      ZipCodeStr: company.zip || null,
    })),
    contacts,
    tickets,
    customFields: [
      { Name: 'GHL tags', DataType: 'Text', Target: 'Contact', PossibleValues: [] },
      { Name: 'GHL contact ID', DataType: 'Text', Target: 'Contact', PossibleValues: [] },
      {
        Name: 'Support level',
        DataType: 'Options',
        Target: 'Customer',
        PossibleValues: ['Basic', 'Plus'].map((text) => ({ Value: text, Text: text, ParentName: null })),
      },
      { Name: 'Office location', DataType: 'Text', Target: 'Ticket', PossibleValues: [] },
      { Name: 'Recall date', DataType: 'Date', Target: 'Contact', PossibleValues: [] },
    ],
    customValues: [value(dana, 'GHL tags', 'client, dental, vip')],
    ignoredFields: [],
    phonesAsText: false,
    nextId: ateraSeedId(ids, 2_000_001),
    nextTicketId: ateraSeedId(ids, 4822),
  };
}
