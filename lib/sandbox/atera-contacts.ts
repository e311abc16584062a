import {
  type AteraContext,
  actionResult,
  badRequest,
  type FieldTypes,
  filterByDate,
  idParam,
  isBearer,
  notFound,
  pageOf,
  pickFields,
  queryOf,
  readBody,
} from './atera-http.ts';
import { json } from './http.ts';
import { digitsOf } from './phone.ts';
import type { AteraContact, SandboxState } from './state.ts';
import { isoSeconds } from './time.ts';

const UPDATE_FIELDS: FieldTypes = {
  Firstname: 'text',
  Lastname: 'text',
  JobTitle: 'text',
  Phone: 'text',
  MobilePhone: 'text',
  IsContactPerson: 'boolean',
  InIgnoreMode: 'boolean',
  Archived: 'boolean',
  CustomerID: 'number',
  CustomerName: 'text',
  DepartmentID: 'number',
  DepartmentName: 'text',
  DefaultAgentId: 'number',
};
/** The address is part of creation only: no request of the vendor changes it afterwards. */
const { Archived: _, ...creatable } = UPDATE_FIELDS;
const CREATE_FIELDS: FieldTypes = { ...creatable, Email: 'text', CreatedOn: 'text' };

export function addContactRoutes({ app, state, now }: AteraContext): void {
  const find = (id: number): AteraContact =>
    state.atera.contacts.find((contact) => contact.EndUserID === id) ?? notFound('Contact');
  const view = (contact: AteraContact) => ({
    ...contact,
    CustomerName:
      state.atera.customers.find(({ CustomerID }) => CustomerID === contact.CustomerID)?.CustomerName ?? null,
  });

  app.get('/contacts', (c) => {
    // Each kind of token has its own spelling; the other one is ignored, and an ignored filter returns everyone.
    const prefix = isBearer(c) ? '' : 'searchOptions.';
    const email = queryOf(c, `${prefix}email`)?.trim().toLowerCase();
    const written = (text: string): string => (state.atera.phonesAsText ? text.trim() : digitsOf(text));
    const phone = written(queryOf(c, `${prefix}phone`) ?? '');
    let found = state.atera.contacts;
    if (email) found = found.filter((contact) => contact.Email.toLowerCase().includes(email));
    if (phone) {
      found = found.filter(({ Phone, MobilePhone }) =>
        [Phone, MobilePhone].some((number) => written(number ?? '').includes(phone)),
      );
    }
    return pageOf(
      c,
      filterByDate(c, found, ({ EndUserID }) => EndUserID, state.atera.account.TimeZoneName).map(view),
    );
  });

  app.get('/contacts/:contactId', (c) => json(view(find(idParam(c, 'contactId')))));

  app.post('/contacts', async (c) => {
    const fields = pickFields(await readBody(c), CREATE_FIELDS);
    const email = typeof fields.Email === 'string' ? fields.Email.trim() : '';
    if (!email) return badRequest('The Email field is required.');
    const CustomerID = findCustomer(state, fields) ?? badRequest('CustomerID or CustomerName is required.');
    const { CustomerName: __, Email: ___, CreatedOn, ...own } = fields;
    const contact = createContact(state, email, CustomerID, now(), own);
    if (typeof CreatedOn === 'string') contact.CreatedOn = CreatedOn;
    return actionResult(contact.EndUserID, 201);
  });

  app.on(['PUT', 'POST'], '/contacts/:contactId', async (c) => {
    const contact = find(idParam(c, 'contactId'));
    const fields = pickFields(await readBody(c), UPDATE_FIELDS);
    const customerId = findCustomer(state, fields);
    const { CustomerName: __, CustomerID: ___, ...own } = fields;
    const stored = Object.entries(own).filter(([key]) => !state.atera.ignoredFields.includes(key));
    Object.assign(contact, Object.fromEntries(stored));
    if (customerId !== null && !state.atera.ignoredFields.includes('CustomerID'))
      contact.CustomerID = customerId;
    contact.LastModified = isoSeconds(now());
    return actionResult(contact.EndUserID);
  });

  app.delete('/contacts/:contactId', (c) => {
    const contact = find(idParam(c, 'contactId'));
    state.atera.contacts = state.atera.contacts.filter((entry) => entry !== contact);
    return new Response(null, { status: 204 });
  });
}

/** Customer named by a write, which must exist; null when the write names none. */
function findCustomer(state: SandboxState, fields: Record<string, unknown>): number | null {
  const { CustomerID, CustomerName } = fields;
  if (CustomerID === undefined && CustomerName === undefined) return null;
  const customer = state.atera.customers.find((entry) =>
    CustomerID === undefined ? entry.CustomerName === CustomerName : entry.CustomerID === CustomerID,
  );
  return customer?.CustomerID ?? badRequest('The customer does not exist.');
}

/** Adds a contact; refuses an address that somebody has already. */
export function createContact(
  state: SandboxState,
  email: string,
  CustomerID: number,
  now: number,
  fields: Partial<AteraContact>,
): AteraContact {
  if (state.atera.contacts.some((contact) => contact.Email.toLowerCase() === email.toLowerCase())) {
    badRequest('A contact with this e-mail address already exists.');
  }
  const at = isoSeconds(now);
  const contact: AteraContact = {
    EndUserID: state.atera.nextId++,
    Firstname: null,
    Lastname: null,
    JobTitle: null,
    Phone: null,
    MobilePhone: null,
    IsContactPerson: false,
    InIgnoreMode: false,
    CreatedOn: at,
    LastModified: at,
    Archived: false,
    DepartmentID: null,
    DepartmentName: null,
    DefaultAgentId: null,
    ...fields,
    Email: email,
    CustomerID,
  };
  state.atera.contacts.push(contact);
  return contact;
}
