import { cleanText, digitsOf, normalizeEmail } from '../../core/text.ts';
import { AppError } from '../../errors.ts';
import type { CompanyCard, GhlUser, RelatedItem } from '../../panel-state.ts';
import type { HttpPort } from '../../platform/http.ts';
import { createCall } from '../client.ts';
import type { AccountInfo, PersonRecord, Vendor } from '../vendor.ts';
import { createGhlCompanies, type GhlCompanies } from './companies.ts';
import { type CustomFields, ghlCreatable, ghlNewContact, ghlPatch, ghlPerson } from './mapping.ts';
import { operations } from './operations.ts';
import { appointmentItem, businessCard, noteItems, tagItem, taskItems } from './related.ts';
import type { GhlContact, GhlNote, GhlTask } from './schemas.ts';

/** How many people of a business one call brings, and how many calls are spent. */
const BUSINESS_PAGE = 25;
const MAX_BUSINESS_PAGES = 4;

export interface GhlLocation extends AccountInfo {
  /** Whether two contacts may share an e-mail address; null when the token may not read it. */
  allowsDuplicates: boolean | null;
  customFields: CustomFields;
}

export interface GhlVendor extends Vendor, GhlCompanies {
  /** Name, country, time zone. Needs `locations.readonly`. */
  readLocation(): Promise<Omit<GhlLocation, 'customFields'>>;
  readCustomFields(): Promise<NonNullable<CustomFields>>;
  /** Cheapest call that proves the right to read contacts of this location. */
  probe(): Promise<void>;
  /** The one contact that GHL's own duplicate rule finds; its index does not lag. */
  findDuplicate(by: { email: string } | { number: string }): Promise<PersonRecord | null>;
  /** Full-text search of GHL; lags behind writes. At most 20 people. */
  searchPeople(query: string): Promise<PersonRecord[]>;
  readContact(id: string): Promise<{ person: PersonRecord; tags: RelatedItem[] }>;
  readTasks(id: string): Promise<RelatedItem[]>;
  readNotes(id: string): Promise<RelatedItem[]>;
  /** As they are at GHL, for what must be compared to the letter. */
  readTaskRecords(id: string): Promise<GhlTask[]>;
  readNoteRecords(id: string): Promise<GhlNote[]>;
  deleteTask(id: string, taskId: string): Promise<void>;
  deleteNote(id: string, noteId: string): Promise<void>;
  readAppointments(id: string): Promise<RelatedItem[]>;
  /** Id of the contact whose conversation this is. Needs `conversations.readonly`. */
  readConversation(id: string): Promise<string>;
  /** Needs `businesses.readonly`. */
  readBusiness(id: string): Promise<CompanyCard>;
  /** People of a business, as far as a few pages go. */
  readBusinessPeople(id: string): Promise<{ people: PersonRecord[]; seen: number; total: number }>;
  /** Cheapest call that proves the right to read conversations. */
  probeConversations(): Promise<void>;
  /** A few people of the location. */
  readSome(count: number): Promise<PersonRecord[]>;
  /** Other tags of the contact stay as they are. */
  addTag(id: string, tag: string): Promise<void>;
  removeTag(id: string, tag: string): Promise<void>;
  /** The same with several in one request. */
  addTags(id: string, tags: readonly string[]): Promise<void>;
  removeTags(id: string, tags: readonly string[]): Promise<void>;
  /** `userId`: its author; null leaves the integration. */
  addNote(id: string, body: string, userId: string | null): Promise<void>;
  /** Who works in the location. Needs `users.readonly`. */
  readUsers(): Promise<GhlUser[]>;
  /** `dueAt`: epoch ms; kept to the second. */
  addTask(
    id: string,
    task: { title: string; dueAt: number; body?: string; assignedTo?: string | undefined },
  ): Promise<void>;
  completeTask(id: string, taskId: string, isDone: boolean): Promise<void>;
  /** One custom field, by its id; all others stay as they are. */
  setContactValue(id: string, fieldId: string, value: string): Promise<void>;
}

/** `location`: what is known of the account apart from people; may be refreshed while the vendor object lives. */
export function createGhl(
  http: HttpPort,
  {
    locationId,
    location,
    wanted,
  }: { locationId: string; location: () => Promise<GhlLocation | null>; wanted: readonly string[] },
): GhlVendor {
  const call = createCall('ghl', operations, http);
  const companies = createGhlCompanies(call, locationId);
  const describe = async (contact: GhlContact): Promise<PersonRecord> =>
    ghlPerson(contact, { accountId: locationId, known: (await location())?.customFields ?? null, wanted });

  const getContact = async (id: string): Promise<GhlContact> => {
    const { contact } = await call('getContact', { path: { contactId: id } });
    const wrong = contact.id !== id || (contact.locationId && contact.locationId !== locationId);
    if (wrong) throw new AppError('invalid_response', { vendor: 'ghl', operation: 'getContact' });
    return contact;
  };
  const search = async (body: {
    query?: string;
    filters?: { field: 'email' | 'phone'; operator: 'eq'; value: string }[];
  }) => {
    const { contacts } = await call('searchContacts', { body: { locationId, pageLimit: 20, ...body } });
    return Promise.all(contacts.map(describe));
  };
  const findDuplicate: GhlVendor['findDuplicate'] = async (by) => {
    const { contact } = await call('findDuplicate', { query: { locationId, ...by } });
    return contact && 'id' in contact ? describe(contact as GhlContact) : null;
  };

  const readTaskRecords = async (id: string): Promise<GhlTask[]> =>
    (await call('listTasks', { path: { contactId: id } })).tasks;
  const readNoteRecords = async (id: string): Promise<GhlNote[]> =>
    (await call('listNotes', { path: { contactId: id } })).notes;

  return {
    findDuplicate,
    async readLocation() {
      const { location: found } = await call('getLocation', { path: { locationId } });
      if (found.id !== locationId)
        throw new AppError('invalid_response', { vendor: 'ghl', operation: 'getLocation' });
      return {
        name: found.name ?? '',
        country: found.country ?? null,
        timeZone: found.timezone ?? null,
        allowsDuplicates: found.settings?.allowDuplicateContact ?? null,
      };
    },
    async readCustomFields() {
      const { customFields } = await call('listCustomFields', {
        path: { locationId },
        query: { model: 'contact' },
      });
      return customFields;
    },
    async probe() {
      await call('searchContacts', { body: { locationId, pageLimit: 1 } });
    },
    async readPerson(id) {
      return describe(await getContact(id));
    },
    async readContact(id) {
      const contact = await getContact(id);
      return { person: await describe(contact), tags: (contact.tags ?? []).map(tagItem) };
    },
    async findByEmail(email) {
      const wanted = normalizeEmail(email);
      // The duplicate rule sees what was just written, the search sees all who share the address: together they miss least.
      const [duplicate, found] = await Promise.all([
        findDuplicate({ email }),
        search({ filters: [{ field: 'email', operator: 'eq', value: wanted }] }),
      ]);
      return [...(duplicate ? [duplicate] : []), ...found].filter(
        ({ contact }, index, all) =>
          contact.emails.includes(wanted) &&
          all.findIndex((other) => other.contact.ref.id === contact.ref.id) === index,
      );
    },
    async findByPhone(phone) {
      const found = await findDuplicate({ number: phone });
      return found ? [found] : [];
    },
    async searchPeople(query) {
      // Longer queries are refused; digits alone match differently written numbers best.
      const text = /^[+\d\s().-]+$/u.test(query) ? digitsOf(query) : query.trim();
      return text === '' ? [] : search({ query: text.slice(0, 75) });
    },
    async updatePerson(id, changes) {
      const known = (await location())?.customFields ?? null;
      await call('updateContact', { path: { contactId: id }, body: ghlPatch(changes, known) });
    },
    readTaskRecords,
    readNoteRecords,
    readTasks: async (id) => taskItems(await readTaskRecords(id)),
    readNotes: async (id) => noteItems(await readNoteRecords(id)),
    async deleteTask(id, taskId) {
      await call('deleteTask', { path: { contactId: id, taskId } });
    },
    async deleteNote(id, noteId) {
      await call('deleteNote', { path: { contactId: id, noteId } });
    },
    async readAppointments(id) {
      const { events } = await call('listAppointments', { path: { contactId: id } });
      const timeZone = (await location())?.timeZone ?? null;
      return events
        .map((event) => appointmentItem(event, timeZone))
        .sort((a, b) => (b.at ?? 0) - (a.at ?? 0));
    },
    async readConversation(id) {
      const found = await call('getConversation', { path: { conversationId: id } });
      const about = { vendor: 'ghl', operation: 'getConversation' } as const;
      if (found.id !== id || found.locationId !== locationId) throw new AppError('invalid_response', about);
      if (!found.contactId) throw new AppError('not_found', { ...about, input: 'contact' });
      return found.contactId;
    },
    ...companies,
    readBusiness: async (id) => businessCard(await companies.readBusinessRecord(id)),
    async readBusinessPeople(id) {
      const read: GhlContact[] = [];
      let total = 0;
      // The page size that the vendor names as its own: no larger one is documented.
      for (let page = 0; page < MAX_BUSINESS_PAGES; page += 1) {
        const { contacts, count } = await call('listBusinessContacts', {
          path: { businessId: id },
          query: { locationId, limit: String(BUSINESS_PAGE), skip: String(page * BUSINESS_PAGE) },
        });
        read.push(...contacts);
        total = Math.max(count ?? 0, read.length);
        if (contacts.length < BUSINESS_PAGE || (typeof count === 'number' && read.length >= count)) break;
      }
      // One row of another company proves that the filter was ignored: then only who names this one is of it. Otherwise rows that name
      // none are taken at the list's word.
      const isIgnored = read.some(({ businessId }) => businessId && businessId !== id);
      const own = read.filter(({ businessId }) => businessId === id || (!businessId && !isIgnored));
      return { people: await Promise.all(own.map(describe)), seen: read.length, total };
    },
    async probeConversations() {
      await call('searchConversations', { query: { locationId, limit: '1' } });
    },
    async readSome(count) {
      const { contacts } = await call('searchContacts', { body: { locationId, pageLimit: count } });
      return Promise.all(contacts.slice(0, count).map(describe));
    },
    async creatable() {
      return ghlCreatable((await location())?.customFields ?? null, wanted);
    },
    async createPerson(values) {
      const known = (await location())?.customFields ?? null;
      const { contact } = await call('createContact', { body: ghlNewContact(values, known, locationId) });
      return contact.id;
    },
    async addTag(id, tag) {
      await call('addTags', { path: { contactId: id }, body: { tags: [tag] } });
    },
    async removeTag(id, tag) {
      await call('removeTags', { path: { contactId: id }, body: { tags: [tag] } });
    },
    async addTags(id, tags) {
      await call('addTags', { path: { contactId: id }, body: { tags: [...tags] } });
    },
    async removeTags(id, tags) {
      await call('removeTags', { path: { contactId: id }, body: { tags: [...tags] } });
    },
    async addNote(id, body, userId) {
      await call('createNote', {
        path: { contactId: id },
        body: userId === null ? { body } : { body, userId },
      });
    },
    async readUsers() {
      const { users } = await call('listUsers', { query: { locationId } });
      return users
        .filter(({ deleted }) => deleted !== true)
        .map((user) => {
          const email = cleanText(user.email);
          return { id: user.id, name: cleanText(user.name) ?? email ?? user.id, email };
        });
    },
    async addTask(id, { title, dueAt, body, assignedTo }) {
      const dueDate = new Date(dueAt).toISOString().replace(/\.\d{3}Z$/u, 'Z');
      const more = { ...(body ? { body } : {}), ...(assignedTo ? { assignedTo } : {}) };
      await call('createTask', {
        path: { contactId: id },
        body: { title, dueDate, completed: false, ...more },
      });
    },
    async completeTask(id, taskId, isDone) {
      await call('completeTask', { path: { contactId: id, taskId }, body: { completed: isDone } });
    },
    async setContactValue(id, fieldId, value) {
      const body = { customFields: [{ id: fieldId, field_value: value }] };
      await call('updateContact', { path: { contactId: id }, body });
    },
  };
}
