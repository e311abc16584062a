import {
  type AteraContext,
  actionResult,
  badRequest,
  type FieldTypes,
  filterByDate,
  idParam,
  notFound,
  pageOf,
  pickFields,
  readBody,
} from './atera-http.ts';
import { json } from './http.ts';
import type { AteraCustomer } from './state.ts';
import { isoSeconds } from './time.ts';

const FIELDS: FieldTypes = {
  CustomerName: 'text',
  BusinessNumber: 'text',
  Domain: 'text',
  Address: 'text',
  City: 'text',
  State: 'text',
  Country: 'text',
  Phone: 'text',
  Fax: 'text',
  Notes: 'text',
  Links: 'text',
  Longitude: 'number',
  Latitude: 'number',
  ZipCodeStr: 'text',
};

export function addCustomerRoutes({ app, state, now }: AteraContext): void {
  const find = (id: number): AteraCustomer =>
    state.atera.customers.find((customer) => customer.CustomerID === id) ?? notFound('Customer');

  app.get('/customers', (c) =>
    pageOf(
      c,
      filterByDate(
        c,
        state.atera.customers,
        ({ CustomerID }) => CustomerID,
        state.atera.account.TimeZoneName,
      ),
    ),
  );
  app.get('/customers/:customerId', (c) => json(find(idParam(c, 'customerId'))));

  app.post('/customers', async (c) => {
    const fields = pickFields(await readBody(c), { ...FIELDS, CreatedOn: 'text' });
    if (typeof fields.CustomerName !== 'string' || !fields.CustomerName)
      return badRequest('CustomerName is required.');
    const at = isoSeconds(now());
    const empty = Object.fromEntries(Object.keys(FIELDS).map((key) => [key, null]));
    const customer = {
      CreatedOn: at,
      Logo: null,
      ...empty,
      ...fields,
      LastModified: at,
      CustomerID: state.atera.nextId++,
    };
    state.atera.customers.push(customer as unknown as AteraCustomer);
    return actionResult(customer.CustomerID, 201);
  });

  app.on(['PUT', 'POST'], '/customers/:customerId', async (c) => {
    const customer = find(idParam(c, 'customerId'));
    Object.assign(customer, pickFields(await readBody(c), FIELDS), { LastModified: isoSeconds(now()) });
    return actionResult(customer.CustomerID);
  });

  app.delete('/customers/:customerId', (c) => {
    const customer = find(idParam(c, 'customerId'));
    state.atera.customers = state.atera.customers.filter((entry) => entry !== customer);
    return new Response(null, { status: 204 });
  });
}
