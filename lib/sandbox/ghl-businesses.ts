import { type GhlContext, gone } from './ghl-http.ts';
import { json } from './http.ts';
import { createRandom, makeBusinessId } from './ids.ts';
import type { GhlBusiness } from './state.ts';
import { isoMillis } from './time.ts';

const READ = 'businesses.readonly';
const WRITE = 'businesses.write';
const TEXTS = {
  phone: 's',
  email: 's',
  website: 's',
  address: 's',
  city: 's',
  postalCode: 's',
  state: 's',
  country: 's',
  description: 's',
} as const;

export function addBusinessRoutes({ route, state, now }: GhlContext): void {
  const find = (id: string): GhlBusiness =>
    state.ghl.businesses.find((entry) => entry.id === id) ?? gone('Business', id);
  const view = (business: GhlBusiness) => ({ ...business, locationId: state.ghl.location.id });

  route('GET', '/businesses', { scope: READ, query: ['locationId*', 'limit', 'skip'] }, ({ query }) => {
    const skip = Number(query('skip') ?? 0);
    const page = state.ghl.businesses.slice(skip, skip + Number(query('limit') ?? 100));
    return json({ businesses: page.map(view) });
  });
  route('GET', '/businesses/:businessId', { scope: READ }, ({ param }) =>
    json({ business: view(find(param('businessId'))) }),
  );

  // "buiseness" is the vendor's spelling.
  route(
    'POST',
    '/businesses',
    { scope: WRITE, body: { 'name*': 's', 'locationId*': 's', ...TEXTS } },
    ({ body }) => {
      const { locationId: _, ...own } = body;
      state.sequence += 1;
      const id = makeBusinessId(state.ids, createRandom(`new ${state.sequence}`));
      const at = isoMillis(now());
      const business: GhlBusiness = { ...own, id, name: String(own.name), createdAt: at, updatedAt: at };
      state.ghl.businesses.push(business);
      return json({ success: true, buiseness: view(business) }, 201);
    },
  );
  route(
    'PUT',
    '/businesses/:businessId',
    { scope: WRITE, body: { name: 's', ...TEXTS } },
    ({ param, body }) => {
      const business = find(param('businessId'));
      Object.assign(business, body, { updatedAt: isoMillis(now()) });
      return json({ success: true, buiseness: view(business) });
    },
  );
  route('DELETE', '/businesses/:businessId', { scope: WRITE }, ({ param }) => {
    const business = find(param('businessId'));
    state.ghl.businesses = state.ghl.businesses.filter((entry) => entry !== business);
    for (const contact of state.ghl.contacts)
      if (contact.businessId === business.id) delete contact.businessId;
    return json({ success: true });
  });
}
