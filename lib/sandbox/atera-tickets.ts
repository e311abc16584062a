import type { Context } from 'hono';
import { createContact } from './atera-contacts.ts';
import {
  type AteraContext,
  actionResult,
  badRequest,
  type FieldTypes,
  idParam,
  isBearer,
  notFound,
  pageOf,
  pickFields,
  queryOf,
  readBody,
  refuse,
} from './atera-http.ts';
import { viewComment, viewTicket } from './atera-ticket-view.ts';
import { isObject, json } from './http.ts';
import type { AteraComment, AteraContact, AteraTicket, SandboxState } from './state.ts';
import { isoSeconds } from './time.ts';

const UPDATE_FIELDS: FieldTypes = {
  TicketTitle: 'text',
  TicketStatus: 'text',
  TicketType: 'text',
  TicketPriority: 'text',
  TicketImpact: 'text',
  TechnicianContactID: 'number',
  TechnicianEmail: 'text',
};
const CREATE_FIELDS: FieldTypes = {
  ...UPDATE_FIELDS,
  Description: 'text',
  EndUserID: 'number',
  EndUserFirstName: 'text',
  EndUserLastName: 'text',
  EndUserEmail: 'text',
  EndUserPhone: 'text',
};
const CHOICES: Record<string, string[]> = {
  TicketPriority: ['Low', 'Medium', 'High', 'Critical'],
  TicketImpact: ['NoImpact', 'SiteDown', 'ServerIssue', 'Minor', 'Major', 'Crisis'],
  TicketType: ['Incident', 'Problem', 'Request', 'Change'],
};

export function addTicketRoutes({ app, state, now }: AteraContext): void {
  const find = (id: number): AteraTicket =>
    state.atera.tickets.find((ticket) => ticket.TicketID === id) ?? notFound('Ticket');

  /** Newest first, as seen; the vendor promises no order. */
  const list = (c: Context): AteraTicket[] => {
    const customerId = queryOf(c, 'customerId');
    const status = queryOf(c, 'ticketStatus');
    return state.atera.tickets
      .filter((ticket) => !customerId || String(ticket.CustomerID) === customerId)
      .filter((ticket) => !status || ticket.TicketStatus === status)
      .sort((a, b) => b.TicketID - a.TicketID);
  };
  const page = (c: Context, tickets: AteraTicket[], withComments: boolean): Response =>
    pageOf(
      c,
      tickets.map((ticket) => viewTicket(state, ticket, withComments)),
      50,
    );
  const flag = (c: Context, name: string, fallback: boolean): boolean => {
    const text = queryOf(c, name);
    return text === undefined ? fallback : text.toLowerCase() === 'true';
  };

  app.get('/tickets', (c) => page(c, list(c), true));
  app.get('/tickets/noComments', (c) => page(c, list(c), false));
  app.get('/tickets/lastmodified', (c) => {
    const given = queryOf(c, 'date');
    // Always UTC, also without offset; without a date, from the start of today.
    const text =
      given &&
      (/(Z|[+-]\d\d:?\d\d)$/.test(given) ? given : `${given.length > 10 ? given : `${given}T00:00:00`}Z`);
    const from = Date.parse(text ?? `${isoSeconds(now()).slice(0, 10)}T00:00:00Z`);
    if (Number.isNaN(from)) return badRequest(`The value '${given}' is not valid for date.`);
    const found = state.atera.tickets
      .filter((ticket) => Date.parse(ticket.modifiedAt) >= from)
      .sort((a, b) => b.modifiedAt.localeCompare(a.modifiedAt));
    return page(c, found, flag(c, 'includeComments', false));
  });
  app.get('/tickets/statusmodified', (c) => {
    const found = state.atera.tickets
      .filter((ticket) => ticket.TicketResolvedDate !== null)
      .sort((a, b) => (b.TicketResolvedDate ?? '').localeCompare(a.TicketResolvedDate ?? ''));
    return page(c, found, flag(c, 'includeComments', true));
  });
  app.get('/tickets/:ticketId', (c) => json(viewTicket(state, find(idParam(c, 'ticketId')), true)));

  app.post('/tickets', async (c) => {
    const fields = checkChoices(state, pickFields(await readBody(c), CREATE_FIELDS));
    if (!fields.TicketTitle || !fields.Description)
      return badRequest('TicketTitle and Description are required.');
    const endUser = findEndUser(state, fields, now());
    const at = isoSeconds(now());
    const TicketID = state.atera.nextTicketId++;
    const text = (key: string, fallback: string): string =>
      typeof fields[key] === 'string' ? String(fields[key]) : fallback;
    state.atera.tickets.push({
      TicketID,
      TicketTitle: text('TicketTitle', ''),
      TicketNumber: String(TicketID % 1_000_000),
      TicketPriority: text('TicketPriority', 'Low'),
      TicketImpact: text('TicketImpact', 'NoImpact'),
      TicketStatus: text('TicketStatus', 'Open'),
      TicketSource: 'API',
      TicketType: text('TicketType', 'Incident'),
      EndUserID: endUser.EndUserID,
      EndUserEmail: endUser.Email,
      EndUserFirstName: endUser.Firstname,
      EndUserLastName: endUser.Lastname,
      EndUserPhone: endUser.Phone,
      TicketResolvedDate: null,
      TicketCreatedDate: at,
      CustomerID: endUser.CustomerID,
      TechnicianContactID: technicianOf(state, fields),
      modifiedAt: at,
      comments: [
        {
          Date: at,
          Comment: text('Description', ''),
          EndUserID: endUser.EndUserID,
          TechnicianContactID: null,
          IsInternal: false,
        },
      ],
    });
    return actionResult(TicketID, 201);
  });

  app.on(['PUT', 'POST'], '/tickets/:ticketId', async (c) => {
    const ticket = find(idParam(c, 'ticketId'));
    const { TechnicianEmail: _, ...fields } = checkChoices(
      state,
      pickFields(await readBody(c), UPDATE_FIELDS),
    );
    Object.assign(ticket, fields, { modifiedAt: isoSeconds(now()) });
    const done = ticket.TicketStatus === 'Resolved' || ticket.TicketStatus === 'Closed';
    if (!done) ticket.TicketResolvedDate = null;
    else ticket.TicketResolvedDate ??= isoSeconds(now());
    return actionResult(ticket.TicketID);
  });

  app.delete('/tickets/:ticketId', (c) => {
    const ticket = find(idParam(c, 'ticketId'));
    state.atera.tickets = state.atera.tickets.filter((entry) => entry !== ticket);
    return new Response(null, { status: 204 });
  });

  app.get('/tickets/:ticketId/comments', (c) =>
    pageOf(
      c,
      find(idParam(c, 'ticketId')).comments.map((comment) => viewComment(state, comment, isBearer(c))),
      50,
    ),
  );

  app.post('/tickets/:ticketId/comments', async (c) => {
    const ticket = find(idParam(c, 'ticketId'));
    const comment = readComment(state, await readBody(c), now());
    ticket.comments.push(comment);
    ticket.modifiedAt = isoSeconds(now());
    return actionResult(ticket.TicketID);
  });
}

function checkChoices(state: SandboxState, fields: Record<string, unknown>): Record<string, unknown> {
  for (const [key, choices] of Object.entries(CHOICES)) {
    const value = fields[key];
    if (value !== undefined && !choices.includes(String(value)))
      badRequest(`The value '${value}' is not valid for ${key}.`);
  }
  const technician = technicianOf(state, fields);
  return technician === null ? fields : { ...fields, TechnicianContactID: technician };
}

function technicianOf(state: SandboxState, fields: Record<string, unknown>): number | null {
  const { TechnicianContactID: id, TechnicianEmail: email } = fields;
  if (id === undefined && email === undefined) return null;
  const found = state.atera.technicians.find((entry) =>
    id === undefined ? entry.email === email : entry.id === id,
  );
  return found?.id ?? badRequest('The technician does not exist.');
}

/** Requester of a new ticket. By name and address a missing contact is created; the domain decides the customer. */
function findEndUser(state: SandboxState, fields: Record<string, unknown>, now: number): AteraContact {
  const {
    EndUserID: id,
    EndUserEmail: email,
    EndUserFirstName: first,
    EndUserLastName: last,
    EndUserPhone: phone,
  } = fields;
  if (id !== undefined) {
    return (
      state.atera.contacts.find((contact) => contact.EndUserID === id) ??
      badRequest('The end user does not exist.')
    );
  }
  if (typeof email !== 'string' || typeof first !== 'string' || typeof last !== 'string') {
    return badRequest('EndUserID, or EndUserFirstName, EndUserLastName and EndUserEmail are required.');
  }
  const known = state.atera.contacts.find((contact) => contact.Email.toLowerCase() === email.toLowerCase());
  if (known) return known;
  const domain = email.split('@')[1]?.toLowerCase() ?? '';
  const { customers } = state.atera;
  const customer =
    customers.find(({ Domain }) =>
      (Domain ?? '')
        .toLowerCase()
        .split(/[,;\s]+/)
        .includes(domain),
    ) ??
    customers.find(({ CustomerName }) => CustomerName === 'Unassigned') ??
    customers[0];
  return createContact(state, email, customer?.CustomerID ?? 0, now, {
    Firstname: first,
    Lastname: last,
    Phone: typeof phone === 'string' ? phone : null,
  });
}

/** Exactly one author; wrong keys are answered with a misleading 404, as clients of the vendor report. */
function readComment(state: SandboxState, body: Record<string, unknown>, now: number): AteraComment {
  const { CommentText: text, TechnicianCommentDetails: technician, EnduserCommentDetails: endUser } = body;
  const invalid = (): never => refuse(404, 'Not Found', 'Invalid input');
  if (typeof text !== 'string' || !text) return invalid();
  if (isObject(technician) === isObject(endUser)) return invalid();
  const { CommentTimestampUTC: stamp } = body;
  const at =
    typeof stamp === 'string' && !Number.isNaN(Date.parse(stamp))
      ? isoSeconds(Date.parse(stamp))
      : isoSeconds(now);
  if (isObject(technician)) {
    const { TechnicianId: id, IsInternal: internal } = technician;
    if (!state.atera.technicians.some((entry) => entry.id === id))
      return badRequest('The technician does not exist.');
    return {
      Date: at,
      Comment: text,
      EndUserID: null,
      TechnicianContactID: Number(id),
      IsInternal: internal === true,
    };
  }
  const id = isObject(endUser) ? endUser.EnduserId : undefined;
  if (!state.atera.contacts.some((contact) => contact.EndUserID === id))
    return badRequest('The end user does not exist.');
  return { Date: at, Comment: text, EndUserID: Number(id), TechnicianContactID: null, IsInternal: false };
}
