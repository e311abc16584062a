import { facts, type Html, html, initials, link, showTime, type View } from './pages-html.ts';
import type { AteraContact, AteraTicket, SandboxState } from './state.ts';

const nameOf = (contact: AteraContact): string =>
  [contact.Firstname, contact.Lastname].filter(Boolean).join(' ') || contact.Email;

/** Content for a path of Atera's web app. The path of the contact page is a guess: it is not publicly known. */
export function viewAtera(state: SandboxState, path: string): View | null {
  const match = (pattern: RegExp): number | null => {
    const id = pattern.exec(path)?.[1];
    return id ? Number(id) : null;
  };
  const ticket = match(/^\/new\/(?:rmm\/)?tickets?\/(\d+)/) ?? match(/^\/Admin\/?#\/ticket\/(\d+)/);
  if (ticket !== null) return viewTicket(state, ticket, path.startsWith('/Admin'));
  const customer = match(/^\/new\/(?:rmm\/)?customer\/(\d+)/) ?? match(/^\/Admin\/?#\/customer\/(\d+)/);
  if (customer !== null) return viewCustomer(state, customer);
  const [, device, deviceKind] =
    /^\/(?:new|Admin\/?#)\/rmm\/device\/([\da-f-]+)\/(agent|snmp)/i.exec(path) ?? [];
  if (device) return viewDevice(state, device.toLowerCase(), deviceKind === 'snmp');
  const contact = match(/^\/new\/(?:contact|user)\/(\d+)/);
  if (contact !== null) return viewContact(state, contact);
  if (/^\/(new\/(tickets|dashboard)\/?|Admin\/?)?(#.*)?$/.test(path)) return viewTickets(state);
  if (/^\/new\/customers\/?$/.test(path)) return viewCustomers(state);
  return null;
}

const status = (ticket: AteraTicket): Html => {
  const done = ticket.TicketStatus === 'Closed' || ticket.TicketStatus === 'Resolved';
  return html`<span class="badge${done ? ' closed' : ''}">${ticket.TicketStatus}</span>`;
};

function ticketTable(state: SandboxState, tickets: AteraTicket[]): Html {
  const people = new Map(state.atera.contacts.map((contact) => [contact.EndUserID, nameOf(contact)]));
  return html`<table><thead><tr><th>Ticket</th><th>Requester</th><th>Status</th></tr></thead><tbody>${tickets.map(
    (ticket) =>
      html`<tr><td dir="auto">${link(`/new/ticket/${ticket.TicketID}`, `#${ticket.TicketNumber} ${ticket.TicketTitle}`)}</td><td dir="auto">${link(
        `/new/contact/${ticket.EndUserID}`,
        people.get(ticket.EndUserID) ?? ticket.EndUserEmail,
      )}</td><td>${status(ticket)}</td></tr>`,
  )}</tbody></table>`;
}

const newestFirst = (tickets: AteraTicket[]): AteraTicket[] =>
  [...tickets].sort((a, b) => b.TicketID - a.TicketID);

const viewTickets = (state: SandboxState): View => ({
  title: 'Tickets',
  body: html`<h1>Tickets</h1><div class="card">${ticketTable(state, newestFirst(state.atera.tickets))}</div>`,
});

const viewCustomers = (state: SandboxState): View => ({
  title: 'Customers',
  body: html`<h1>Customers</h1><div class="card"><table><tbody>${state.atera.customers.map(
    (customer) =>
      html`<tr><td>${link(`/new/customer/${customer.CustomerID}`, customer.CustomerName)}</td><td>${customer.City}</td></tr>`,
  )}</tbody></table></div>`,
});

function personCard(state: SandboxState, contact: AteraContact, heading: string): Html {
  const customer = state.atera.customers.find(({ CustomerID }) => CustomerID === contact.CustomerID);
  return html`<div class="card"><h2>${heading}</h2><div class="person"><span class="avatar">${initials(
    nameOf(contact),
  )}</span><div dir="auto">${link(`/new/contact/${contact.EndUserID}`, nameOf(contact))}${
    contact.Archived && html` <span class="badge closed">Archived</span>`
  }</div></div>${facts([
    ['E-mail', contact.Email],
    ['Phone', contact.Phone],
    ['Mobile', contact.MobilePhone],
    ['Job title', contact.JobTitle],
    ['Customer', customer && link(`/new/customer/${customer.CustomerID}`, customer.CustomerName)],
  ])}</div>`;
}

function viewTicket(state: SandboxState, id: number, isOldAddress: boolean): View | null {
  const ticket = state.atera.tickets.find(({ TicketID }) => TicketID === id);
  if (!ticket) return null;
  const zone = state.atera.account.TimeZoneName;
  const contact = state.atera.contacts.find(({ EndUserID }) => EndUserID === ticket.EndUserID);
  const technicians = new Map(
    state.atera.technicians.map((entry) => [entry.id, `${entry.firstName} ${entry.lastName}`]),
  );
  const others = newestFirst(
    state.atera.tickets.filter((entry) => entry.EndUserID === ticket.EndUserID && entry !== ticket),
  );
  const href = (other: AteraTicket): string =>
    isOldAddress ? `/Admin#/ticket/${other.TicketID}` : `/new/ticket/${other.TicketID}`;
  return {
    title: `#${ticket.TicketNumber} ${ticket.TicketTitle}`,
    body: html`<div class="crumb">${link('/new/tickets', 'Tickets')} / #${ticket.TicketNumber}</div><h1 dir="auto">${ticket.TicketTitle}</h1>
<div class="meta">${status(ticket)}${ticket.TicketPriority === 'High' && html`<span class="badge high">High</span>`}${
      ticket.TicketType
    } · opened ${showTime(ticket.TicketCreatedDate, zone)} · ${
      (ticket.TechnicianContactID && technicians.get(ticket.TechnicianContactID)) || 'not assigned'
    }</div>
<div class="grid"><section class="card"><h2>Conversation</h2>${ticket.comments.map((comment) => {
      const author = comment.TechnicianContactID && technicians.get(comment.TechnicianContactID);
      return html`<div class="entry${comment.IsInternal ? ' internal' : ''}" dir="auto"><header>${
        author || (contact ? nameOf(contact) : ticket.EndUserEmail)
      } · ${showTime(comment.Date, zone)}${comment.IsInternal ? ' · internal note' : ''}</header>${comment.Comment}</div>`;
    })}</section><aside>${contact && personCard(state, contact, 'Requester')}${
      others.length > 0 &&
      html`<div class="card"><h2>Other tickets</h2>${others.map(
        (other) =>
          html`<p dir="auto">${status(other)}${link(href(other), `#${other.TicketNumber} ${other.TicketTitle}`)}</p>`,
      )}</div>`
    }</aside></div>`,
  };
}

function viewDevice(state: SandboxState, id: string, isSnmp: boolean): View | null {
  const found = isSnmp
    ? state.atera.snmpDevices.find(({ DeviceGuid, DeviceID }) => [DeviceGuid, String(DeviceID)].includes(id))
    : state.atera.agents.find(({ DeviceGuid, AgentID }) => [DeviceGuid, String(AgentID)].includes(id));
  if (!found) return null;
  const name = 'AgentName' in found ? found.AgentName : found.Name;
  const customer = state.atera.customers.find(({ CustomerID }) => CustomerID === found.CustomerID);
  return {
    title: name,
    body: html`<div class="crumb">Devices</div><h1>${name}</h1><div class="card">${facts([
      ['Customer', customer && link(`/new/customer/${customer.CustomerID}`, customer.CustomerName)],
      ['State', found.Online ? 'Online' : 'Offline'],
      ['Last signed in', 'LastLoginUser' in found ? found.LastLoginUser : null],
    ])}</div>`,
  };
}

function viewContact(state: SandboxState, id: number): View | null {
  const contact = state.atera.contacts.find(({ EndUserID }) => EndUserID === id);
  if (!contact) return null;
  const tickets = newestFirst(state.atera.tickets.filter(({ EndUserID }) => EndUserID === id));
  return {
    title: nameOf(contact),
    body: html`<div class="crumb">Contacts</div><h1 dir="auto">${nameOf(contact)}</h1><div class="grid"><section class="card"><h2>Tickets</h2>${ticketTable(
      state,
      tickets,
    )}</section><aside>${personCard(state, contact, 'Contact')}</aside></div>`,
  };
}

function viewCustomer(state: SandboxState, id: number): View | null {
  const customer = state.atera.customers.find(({ CustomerID }) => CustomerID === id);
  if (!customer) return null;
  const people = state.atera.contacts.filter(({ CustomerID }) => CustomerID === id);
  const tickets = newestFirst(state.atera.tickets.filter(({ CustomerID }) => CustomerID === id));
  return {
    title: customer.CustomerName,
    body: html`<div class="crumb">${link('/new/customers', 'Customers')}</div><h1>${customer.CustomerName}</h1><div class="grid"><section><div class="card"><h2>Contacts</h2><table><tbody>${people.map(
      (contact) =>
        html`<tr><td dir="auto">${link(`/new/contact/${contact.EndUserID}`, nameOf(contact))}</td><td>${contact.Email}</td><td>${contact.Phone}</td></tr>`,
    )}</tbody></table></div><div class="card"><h2>Tickets</h2>${ticketTable(state, tickets)}</div></section><aside class="card"><h2>Customer</h2>${facts(
      [
        ['Address', customer.Address],
        ['City', [customer.City, customer.State, customer.ZipCodeStr].filter(Boolean).join(', ')],
        ['Phone', customer.Phone],
        ['Domain', customer.Domain],
      ],
    )}</aside></div>`,
  };
}
