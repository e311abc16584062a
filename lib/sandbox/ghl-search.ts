import { viewContact, viewListed } from './ghl-contact-view.ts';
import { findDuplicate } from './ghl-contact-write.ts';
import { type GhlContext, refuse } from './ghl-http.ts';
import { isObject, json } from './http.ts';
import type { GhlContact } from './state.ts';

const SEARCH_DTO = {
  'locationId*': 's',
  'pageLimit*': 'n',
  page: 'n',
  searchAfter: 'l',
  filters: 'l',
  sort: 'l',
  query: 's',
} as const;

/** Fields for which filters are known to work. */
const FIELDS = new Set(
  (
    'id email phone firstNameLowerCase lastNameLowerCase fullNameLowerCase companyName tags type dnd assignedTo source country ' +
    'city state postalCode dateAdded dateUpdated businessId'
  ).split(' '),
);

export function addSearchRoutes({ route, state, now }: GhlContext): void {
  /** What the index shows by now: writes of the last seconds are not in it yet. */
  const indexed = (): GhlContact[] => {
    const { lagging, contacts } = state.ghl;
    for (const [id, { until }] of Object.entries(lagging)) if (until <= now()) delete lagging[id];
    const settled = contacts.filter(({ id }) => !(id in lagging));
    return [...settled, ...Object.values(lagging).flatMap(({ old }) => old ?? [])];
  };

  route(
    'GET',
    '/contacts/search/duplicate',
    { scope: 'contacts.readonly', query: ['locationId*', 'number', 'email'] },
    ({ query }) => {
      const email = query('email');
      const number = query('number');
      if (!email && !number) return refuse(422, ['email or number should not be empty']);
      const found = findDuplicate(state, { email, phone: number });
      return json({ contact: found ? viewContact(state, found.contact) : null });
    },
  );

  // Deprecated, but still served; the newest version does not have it.
  const listQuery = ['locationId*', 'query', 'limit', 'startAfter', 'startAfterId'];
  route('GET', '/contacts', { scope: 'contacts.readonly', query: listQuery }, ({ query, version }) => {
    if (version === 'v3') return refuse(404, 'Cannot GET /contacts/');
    const limit = Number(query('limit') ?? 20);
    if (!(limit >= 1 && limit <= 100)) return refuse(422, ['limit must not be greater than 100']);
    const text = query('query')?.toLowerCase() ?? '';
    const found = indexed()
      .filter((contact) => matchesText(viewContact(state, contact), text))
      .sort((a, b) => b.dateAdded.localeCompare(a.dateAdded) || a.id.localeCompare(b.id));
    const start = found.findIndex(({ id }) => id === query('startAfterId')) + 1;
    const page = found.slice(start, start + limit);
    const last = page.at(-1);
    return json({
      contacts: page.map((contact) => viewListed(state, contact)),
      count: found.length,
      meta: {
        total: found.length,
        startAfterId: last?.id,
        startAfter: last && Date.parse(last.dateAdded),
      },
    });
  });

  route('POST', '/contacts/search', { scope: 'contacts.readonly', body: SEARCH_DTO }, ({ body }) => {
    const { page, searchAfter, filters, sort, query, pageLimit } = body;
    const limit = Number(pageLimit);
    if (limit < 1 || limit > 500) return refuse(422, ['pageLimit must not be greater than 500']);
    if (page !== undefined && searchAfter !== undefined)
      return refuse(400, 'page and searchAfter cannot be used together');
    if (typeof query === 'string' && query.length > 75)
      return refuse(422, ['query must be shorter than or equal to 75 characters']);
    const text = typeof query === 'string' ? query.trim().toLowerCase() : '';
    const found = indexed()
      .map((contact) => viewContact(state, contact))
      .filter((view) => matchesText(view, text))
      .filter((view) => toList(filters).every((filter) => matches(view, filter)))
      .sort(compareBy(toList(sort)[0]));
    const cursor = toList(searchAfter)[1];
    const start =
      cursor === undefined ? (Number(page ?? 1) - 1) * limit : found.findIndex(({ id }) => id === cursor) + 1;
    const contacts = found
      .slice(start, start + limit)
      .map((view) => ({ ...view, searchAfter: [Date.parse(String(view.dateAdded)), view.id] }));
    return json({ contacts, total: found.length });
  });
}

const toList = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** Full text, as typed: a phone number in another format is not found. */
const matchesText = (view: Record<string, unknown>, text: string): boolean =>
  ['fullNameLowerCase', 'email', 'phone', 'companyName'].some((key) =>
    String(view[key] ?? '')
      .toLowerCase()
      .includes(text),
  );

function compareBy(sort: unknown): (a: Record<string, unknown>, b: Record<string, unknown>) => number {
  const { field, direction } = isObject(sort) ? sort : { field: 'dateAdded', direction: 'desc' };
  if (typeof field !== 'string' || !FIELDS.has(field)) return refuse(400, `Invalid field ${String(field)}`);
  const sign = direction === 'asc' ? 1 : -1;
  return (a, b) =>
    sign * String(a[field] ?? '').localeCompare(String(b[field] ?? '')) ||
    String(a.id).localeCompare(String(b.id));
}

function matches(view: Record<string, unknown>, filter: unknown): boolean {
  if (!isObject(filter)) return refuse(422, ['filters must contain objects']);
  if (filter.group !== undefined) {
    const list = toList(filter.filters);
    return filter.group === 'OR'
      ? list.some((entry) => matches(view, entry))
      : list.every((entry) => matches(view, entry));
  }
  const { field, operator, value } = filter;
  const actual = readField(view, String(field));
  const list = Array.isArray(actual) ? actual.map(fold) : [fold(actual)];
  switch (operator) {
    case 'eq':
      return toListOrOne(value).every((entry) => list.includes(fold(entry)));
    case 'not_eq':
      return !toListOrOne(value).some((entry) => list.includes(fold(entry)));
    case 'contains':
      return list.some((entry) => entry.includes(fold(value)));
    case 'not_contains':
      return !list.some((entry) => entry.includes(fold(value)));
    case 'exists':
      return list.some((entry) => entry !== '');
    case 'not_exists':
      return list.every((entry) => entry === '');
    case 'range':
      return inRange(actual, value);
    default:
      return refuse(400, `Invalid operator ${String(operator)}`);
  }
}

const toListOrOne = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);
const fold = (value: unknown): string =>
  value === undefined || value === null ? '' : String(value).toLowerCase();

function readField(view: Record<string, unknown>, field: string): unknown {
  if (field.startsWith('customFields.')) {
    const id = field.slice('customFields.'.length);
    return toList(view.customFields).find(
      (entry): entry is { id: string; value: unknown } => isObject(entry) && entry.id === id,
    )?.value;
  }
  const channel = /^dndSettings\.(\w+)\.status$/.exec(field)?.[1];
  if (channel) {
    const settings = isObject(view.dndSettings) ? view.dndSettings[channel] : undefined;
    return isObject(settings) ? settings.status : undefined;
  }
  return FIELDS.has(field) ? view[field] : refuse(400, `Invalid field ${field}`);
}

function inRange(actual: unknown, range: unknown): boolean {
  if (!isObject(range)) return refuse(422, ['value must be an object']);
  const toMs = (value: unknown): number => (typeof value === 'number' ? value : Date.parse(String(value)));
  const at = toMs(actual);
  const { gt, gte, lt, lte } = range;
  return (
    (gt === undefined || at > toMs(gt)) &&
    (gte === undefined || at >= toMs(gte)) &&
    (lt === undefined || at < toMs(lt)) &&
    (lte === undefined || at <= toMs(lte))
  );
}
