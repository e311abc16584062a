import { facts, type Html, html, initials, link, showTime, type View } from './pages-html.ts';
import type { GhlContact, SandboxState } from './state.ts';

const nameOf = (contact: GhlContact): string =>
  [contact.firstName, contact.lastName].filter(Boolean).join(' ') || contact.email || contact.id;

/** Content for a path of GHL's web app, with or without the leading `/v2`. */
export function viewGhl(state: SandboxState, path: string): View | null {
  const [, locationId, rest] = /^(?:\/v2)?\/location\/([A-Za-z0-9]+)\/(.*)$/.exec(path) ?? [];
  if (rest === undefined) return path === '/' ? viewContacts(state) : null;
  if (locationId !== state.ghl.location.id) return null;
  const contact = /^contacts\/detail\/([A-Za-z0-9]+)/.exec(rest)?.[1];
  if (contact) return viewContact(state, contact);
  const conversation = /^conversations\/conversations\/([A-Za-z0-9]+)/.exec(rest)?.[1];
  if (conversation) return viewConversation(state, conversation);
  const opportunity = /^opportunities\/list\/([A-Za-z0-9]+)/.exec(rest)?.[1];
  if (opportunity) return viewOpportunity(state, opportunity);
  if (/^businesses\/list\/?$/.test(rest)) return viewBusinesses(state);
  if (/^conversations\/conversations\/?$/.test(rest)) return viewConversations(state);
  if (/^(contacts\/smart_list\/.*|dashboard\/?)$/.test(rest)) return viewContacts(state);
  return null;
}

export const ghlPath = (state: SandboxState, rest: string): string =>
  `/v2/location/${state.ghl.location.id}/${rest}`;
const contactLink = (state: SandboxState, contact: GhlContact): Html =>
  link(ghlPath(state, `contacts/detail/${contact.id}`), nameOf(contact));

const viewContacts = (state: SandboxState): View => ({
  title: 'Contacts',
  body: html`<h1>Contacts</h1><div class="card"><table><thead><tr><th>Name</th><th>E-mail</th><th>Phone</th><th>Company</th></tr></thead><tbody>${state.ghl.contacts.map(
    (contact) =>
      html`<tr><td dir="auto">${contactLink(state, contact)}</td><td>${contact.email}</td><td>${contact.phone}</td><td>${contact.companyName}</td></tr>`,
  )}</tbody></table></div>`,
});

function viewContact(state: SandboxState, id: string): View | null {
  const contact = state.ghl.contacts.find((entry) => entry.id === id);
  if (!contact) return null;
  const { ghl } = state;
  const zone = ghl.location.timezone;
  const mine = <T extends { contactId: string }>(items: T[]): T[] =>
    items.filter(({ contactId }) => contactId === id);
  const fields = contact.customFields.map(({ id: fieldId, value }): [string, string] => [
    ghl.customFields.find((field) => field.id === fieldId)?.name ?? fieldId,
    String(value),
  ]);
  const section = (title: string, entries: Html[]): Html =>
    html`<section class="card"><h2>${title}</h2>${entries.length > 0 ? entries : html`<p class="meta">None yet.</p>`}</section>`;
  return {
    title: nameOf(contact),
    body: html`<div class="crumb">${link(ghlPath(state, 'contacts/smart_list/All'), 'Contacts')}</div><div class="person"><span class="avatar">${initials(
      nameOf(contact),
    )}</span><div><h1 dir="auto">${nameOf(contact)}</h1><div>${contact.tags.map((tag) => html`<span class="badge">${tag}</span>`)}</div></div></div>
<div class="grid"><div>${section(
      'Tasks',
      mine(ghl.tasks).map(
        (task) =>
          html`<div class="entry"><header>${task.completed ? 'Done' : `Due ${showTime(task.dueDate, zone)}`}</header>${task.title}</div>`,
      ),
    )}${section(
      'Notes',
      mine(ghl.notes).map(
        (note) =>
          html`<div class="entry" dir="auto"><header>${showTime(note.dateAdded, zone)}</header>${note.body}</div>`,
      ),
    )}${section(
      'Appointments',
      mine(ghl.appointments).map(
        (entry) =>
          html`<div class="entry"><header>${showTime(entry.start, zone)} · ${entry.appointmentStatus}</header>${entry.title}</div>`,
      ),
    )}</div><aside class="card"><h2>Contact</h2>${facts([
      ['First name', contact.firstName],
      ['Last name', contact.lastName],
      ['E-mail', contact.email],
      ['Phone', contact.phone],
      ['Company', contact.companyName],
      ...fields,
      [
        'Address',
        [contact.address1, contact.city, contact.state, contact.postalCode].filter(Boolean).join(', '),
      ],
      [
        'Do not disturb',
        Object.entries(contact.dndSettings)
          .flatMap(([name, { status }]) => (status === 'active' ? name : []))
          .join(', '),
      ],
    ])}</aside></div>`,
  };
}

const contactOf = (state: SandboxState, id: string): GhlContact | undefined =>
  state.ghl.contacts.find((contact) => contact.id === id);

function viewOpportunity(state: SandboxState, id: string): View | null {
  const found = state.ghl.opportunities.find((entry) => entry.id === id);
  if (!found) return null;
  const contact = contactOf(state, found.contactId);
  return {
    title: found.name,
    body: html`<div class="crumb">Opportunities</div><h1>${found.name}</h1><div class="card">${facts([
      ['Stage', found.stage],
      ['Contact', contact && contactLink(state, contact)],
    ])}</div>`,
  };
}

/** The address of one company's page is not publicly known: there is only the list. */
const viewBusinesses = (state: SandboxState): View => ({
  title: 'Companies',
  body: html`<h1>Companies</h1><div class="card"><table><tbody>${state.ghl.businesses.map(
    ({ name, city }) => html`<tr><td>${name}</td><td>${city}</td></tr>`,
  )}</tbody></table></div>`,
});

const viewConversations = (state: SandboxState): View => ({
  title: 'Conversations',
  body: html`<h1>Conversations</h1><div class="card">${state.ghl.conversations.map((conversation) => {
    const contact = contactOf(state, conversation.contactId);
    const label = contact ? nameOf(contact) : 'Unknown';
    return html`<div class="entry" dir="auto"><header>${link(
      ghlPath(state, `conversations/conversations/${conversation.id}`),
      label,
    )}</header>${conversation.lastMessageBody}</div>`;
  })}</div>`,
});

function viewConversation(state: SandboxState, id: string): View | null {
  const conversation = state.ghl.conversations.find((entry) => entry.id === id);
  if (!conversation) return null;
  const contact = contactOf(state, conversation.contactId);
  return {
    title: `Conversation with ${contact ? nameOf(contact) : 'nobody'}`,
    body: html`<div class="crumb">${link(ghlPath(state, 'conversations/conversations'), 'Conversations')}</div><h1 dir="auto">${
      contact ? nameOf(contact) : 'Unknown'
    }</h1><div class="grid"><section class="card"><h2>Messages</h2><div class="entry" dir="auto"><header>${showTime(
      conversation.updated,
      state.ghl.location.timezone,
    )}</header>${conversation.lastMessageBody}</div></section><aside class="card"><h2>Contact</h2>${
      contact &&
      facts([
        ['Name', contactLink(state, contact)],
        ['E-mail', contact.email],
        ['Phone', contact.phone],
      ])
    }</aside></div>`,
  };
}
