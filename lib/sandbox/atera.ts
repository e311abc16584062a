import { Hono } from 'hono/tiny';
import { addAccountRoutes } from './atera-account.ts';
import { addContactRoutes } from './atera-contacts.ts';
import { addCustomValueRoutes } from './atera-custom-values.ts';
import { addCustomerRoutes } from './atera-customers.ts';
import { addDeviceRoutes } from './atera-devices.ts';
import { type AteraContext, problem } from './atera-http.ts';
import { addTicketRoutes } from './atera-tickets.ts';
import { Reply } from './http.ts';
import type { AteraKey, SandboxState } from './state.ts';

/** Path segment → the name that rights are given under. `account` and `customvalues/customfields` need a valid token only. */
const DOMAINS: Record<string, string> = {
  contacts: 'Contacts',
  customers: 'Customers',
  tickets: 'Tickets',
  customvalues: 'CustomValues',
  departments: 'Departments',
  agents: 'Agents',
  devices: 'Devices',
};
const VERBS: Record<string, string> = { GET: 'Read', DELETE: 'Delete' };

/** Stand-in for Atera's API v3. Routes by path alone, so any host will do. */
export function createAtera(state: SandboxState, now: () => number): Hono {
  const app = new Hono({ strict: false }).basePath('/api/v3');
  const context: AteraContext = { app, state, now };

  app.use('*', async (c, next) => {
    const known = findKey(state.atera.keys, c.req.raw.headers);
    // Whatever is wrong with the token, the body is empty and no scheme is named.
    if (!known) return new Response(null, { status: 401 });
    const domain = DOMAINS[c.req.path.split('/')[3] ?? ''];
    const right = `${domain}.${VERBS[c.req.method] ?? 'Write'}`;
    if (domain && known.rights !== 'all' && !known.rights.includes(right)) {
      return problem(403, 'Forbidden', `The token does not have the right ${right}.`);
    }
    await next();
  });

  addAccountRoutes(context);
  addContactRoutes(context);
  addCustomerRoutes(context);
  addTicketRoutes(context);
  addCustomValueRoutes(context);
  addDeviceRoutes(context);

  app.notFound(() => problem(404, 'Not Found', 'No such resource.'));
  app.onError((error) => {
    if (error instanceof Reply) return error.response;
    throw error;
  });
  return app;
}

/** A JWT counts in `Authorization: Bearer` only, an older hexadecimal key in `X-API-KEY` only. */
function findKey(keys: AteraKey[], headers: Headers): AteraKey | undefined {
  const bearer = /^Bearer (.+)$/i.exec(headers.get('authorization') ?? '')?.[1];
  const header = headers.get('x-api-key');
  return keys.find(({ key }) => (key.startsWith('eyJ') ? key === bearer : key === header));
}
