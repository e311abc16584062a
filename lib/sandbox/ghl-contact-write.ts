import { type Dto, type GhlContext, gone, refuse } from './ghl-http.ts';
import { isObject } from './http.ts';
import { normalizePhone } from './phone.ts';
import type { GhlContact, SandboxState } from './state.ts';
import { isoMillis } from './time.ts';

export const UPDATE_DTO: Dto = {
  firstName: 's?',
  lastName: 's?',
  name: 's?',
  email: 's?',
  phone: 's?',
  address1: 's?',
  city: 's?',
  state: 's?',
  postalCode: 's',
  website: 's?',
  timezone: 's?',
  dnd: 'b',
  dndSettings: 'o',
  inboundDndSettings: 'o',
  tags: 'a',
  customFields: 'l',
  source: 's?',
  dateOfBirth: 's?',
  country: 's',
  assignedTo: 's?',
};
/** Only creation takes these: an update that names them is refused. */
export const CREATE_DTO: Dto = { ...UPDATE_DTO, 'locationId*': 's', gender: 's', companyName: 's?' };
export const UPSERT_DTO: Dto = { ...CREATE_DTO, createNewIfDuplicateAllowed: 'b' };

const TEXT_KEYS = [
  ...[
    'firstName',
    'lastName',
    'address1',
    'city',
    'state',
    'postalCode',
    'website',
    'timezone',
    'source',
    'dateOfBirth',
  ],
  ...['country', 'assignedTo', 'gender', 'companyName'],
] as const satisfies (keyof GhlContact)[];

export const normalizeTags = (tags: unknown): string[] =>
  Array.isArray(tags)
    ? [...new Set(tags.map((tag) => String(tag).trim().toLowerCase()).filter(Boolean))]
    : [];

/** Unknown tags come into being in the location by being used. */
export function registerTags({ state, newId }: GhlContext, tags: string[]): void {
  for (const name of tags) {
    if (!state.ghl.tags.some((tag) => tag.name === name)) state.ghl.tags.push({ id: newId(), name });
  }
}

export const findContact = (state: SandboxState, id: string): GhlContact =>
  state.ghl.contacts.find((contact) => contact.id === id) ?? gone('Contact', id);

/** Keeps what the search index shows until it has caught up. Call before changing, adding or removing a contact. */
export function delayIndex({ state, now }: GhlContext, id: string): void {
  const { ghl } = state;
  const pending = ghl.lagging[id];
  const old = ghl.contacts.find((contact) => contact.id === id) ?? null;
  const shown = pending && pending.until > now() ? pending.old : structuredClone(old);
  ghl.lagging[id] = { until: now() + ghl.searchLagMs, old: shown };
}

/** Another contact with the same e-mail address or phone number, the address first. */
export function findDuplicate(
  state: SandboxState,
  { email, phone }: { email?: string | undefined; phone?: string | undefined },
  exceptId?: string,
): { contact: GhlContact; matchingField: 'email' | 'phone' } | null {
  const others = state.ghl.contacts.filter(({ id }) => id !== exceptId);
  const wanted = email?.trim().toLowerCase();
  const byEmail = wanted && others.find((contact) => contact.email?.toLowerCase() === wanted);
  if (byEmail) return { contact: byEmail, matchingField: 'email' };
  const number = phone && normalizePhone(phone, state.ghl.location.country);
  const byPhone = number && others.find((contact) => contact.phone === number);
  return byPhone ? { contact: byPhone, matchingField: 'phone' } : null;
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** Refuses a write that would make two contacts alike, where the location forbids that. */
export function refuseDuplicate(
  state: SandboxState,
  body: Record<string, unknown>,
  current?: GhlContact,
): void {
  if (state.ghl.location.settings.allowDuplicateContact) return;
  const email = textOf(body.email);
  const phone = textOf(body.phone);
  const isNew = (value: string | undefined, stored: string | undefined): string | undefined =>
    value && value !== stored ? value : undefined;
  const found = findDuplicate(
    state,
    {
      email: isNew(email?.toLowerCase(), current?.email?.toLowerCase()),
      phone: isNew(phone && normalizePhone(phone, state.ghl.location.country), current?.phone),
    },
    current?.id,
  );
  if (!found) return;
  const { contact, matchingField } = found;
  const contactName = [contact.firstName, contact.lastName].filter(Boolean).join(' ');
  refuse(400, 'This location does not allow duplicated contacts.', {
    meta: { contactId: contact.id, contactName, matchingField },
  });
}

export function createContact(context: GhlContext, body: Record<string, unknown>): GhlContact {
  const { state, newId, now } = context;
  const at = isoMillis(now());
  const contact: GhlContact = {
    id: newId(),
    type: 'lead',
    dnd: false,
    dndSettings: {},
    tags: [],
    customFields: [],
    additionalEmails: [],
    followers: [],
    dateAdded: at,
    dateUpdated: at,
  };
  delayIndex(context, contact.id);
  state.ghl.contacts.push(contact);
  applyWrite(context, contact, { source: 'public api', country: state.ghl.location.country, ...body });
  return contact;
}

/** Stores a checked body. Null and empty text remove a value; keys that are not there stay as they are. */
export function applyWrite(context: GhlContext, contact: GhlContact, body: Record<string, unknown>): void {
  const { state, now } = context;
  const given = Object.fromEntries(
    Object.entries(body).filter(([key]) => !state.ghl.ignoredFields.includes(key)),
  );
  if (typeof given.name === 'string' && given.firstName === undefined && given.lastName === undefined) {
    const [first, ...more] = given.name.trim().split(/\s+/);
    Object.assign(given, { firstName: first ?? '', lastName: more.join(' ') });
  }
  const set = (key: 'email' | 'phone' | (typeof TEXT_KEYS)[number], value: string): void => {
    if (value) contact[key] = value;
    else delete contact[key];
  };
  for (const key of TEXT_KEYS) {
    if (given[key] !== undefined) set(key, textOf(given[key]) ?? '');
  }
  if (given.email !== undefined) set('email', (textOf(given.email) ?? '').trim().toLowerCase());
  if (given.phone !== undefined)
    set('phone', normalizePhone(textOf(given.phone) ?? '', state.ghl.location.country));
  if (typeof given.dnd === 'boolean') contact.dnd = given.dnd;
  if (isObject(given.dndSettings)) Object.assign(contact.dndSettings, given.dndSettings);
  if (isObject(given.inboundDndSettings))
    Object.assign(contact, { inboundDndSettings: given.inboundDndSettings });
  if (given.tags !== undefined) {
    // All tags are replaced, not added to.
    contact.tags = normalizeTags(given.tags);
    registerTags(context, contact.tags);
  }
  if (Array.isArray(given.customFields)) writeCustomFields(state, contact, given.customFields);
  contact.dateUpdated = isoMillis(now());
}

/** Merges by id or key; a field that the location does not have is dropped without a word. */
function writeCustomFields(state: SandboxState, contact: GhlContact, entries: unknown[]): void {
  for (const entry of entries) {
    if (!isObject(entry)) continue;
    const { id, key } = entry;
    const field = state.ghl.customFields.find(
      (known) => known.id === id || known.fieldKey === key || known.fieldKey === `contact.${key}`,
    );
    if (!field || state.ghl.ignoredFields.includes(field.fieldKey)) continue;
    const value = entry.field_value ?? entry.fieldValue ?? entry.value;
    contact.customFields = contact.customFields.filter((known) => known.id !== field.id);
    if (value !== undefined && value !== null && value !== '')
      contact.customFields.push({ id: field.id, value });
  }
}
