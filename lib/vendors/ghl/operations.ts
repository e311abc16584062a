import type { Operations } from '../operations.ts';
import {
  AppointmentList,
  ContactEnvelope,
  ContactList,
  ContactPatch,
  ContactSearch,
  Conversation,
  ConversationList,
  CustomFieldList,
  DuplicateEnvelope,
  LocationEnvelope,
  NewContact,
  NewNote,
  NewTask,
  NoteList,
  TagList,
  TagNames,
  TaskList,
} from './schemas.ts';

/** `v3` renames keys that we read; the date version is published as supported. */
const version = '2021-07-28';
const read = { scope: 'contacts.readonly', risk: 'read', idempotent: true, version } as const;
const write = { scope: 'contacts.write', risk: 'write', version } as const;

/** What we call of HighLevel's API 2.0. `scope` is the right that an admin ticks at the private integration. */
export const operations = {
  getContact: { ...read, method: 'GET', path: 'contacts/{contactId}', response: ContactEnvelope },
  createContact: {
    ...write,
    method: 'POST',
    path: 'contacts/',
    body: NewContact,
    response: ContactEnvelope,
    idempotent: false,
  },
  updateContact: {
    ...write,
    method: 'PUT',
    path: 'contacts/{contactId}',
    body: ContactPatch,
    response: null,
    idempotent: true,
  },
  // A read, though a POST. Its index lags behind writes by up to a minute: never used to verify one.
  searchContacts: {
    ...read,
    method: 'POST',
    path: 'contacts/search',
    body: ContactSearch,
    response: ContactList,
  },
  findDuplicate: {
    ...read,
    method: 'GET',
    path: 'contacts/search/duplicate',
    query: ['locationId', 'email', 'number'],
    response: DuplicateEnvelope,
  },
  listTasks: { ...read, method: 'GET', path: 'contacts/{contactId}/tasks', response: TaskList },
  listNotes: { ...read, method: 'GET', path: 'contacts/{contactId}/notes', response: NoteList },
  listAppointments: {
    ...read,
    method: 'GET',
    path: 'contacts/{contactId}/appointments',
    response: AppointmentList,
  },
  addTags: {
    ...write,
    method: 'POST',
    path: 'contacts/{contactId}/tags',
    body: TagNames,
    response: TagList,
    idempotent: true,
  },
  removeTags: {
    ...write,
    method: 'DELETE',
    path: 'contacts/{contactId}/tags',
    body: TagNames,
    response: TagList,
    idempotent: true,
  },
  getLocation: {
    ...read,
    method: 'GET',
    path: 'locations/{locationId}',
    response: LocationEnvelope,
    scope: 'locations.readonly',
  },
  listCustomFields: {
    ...read,
    method: 'GET',
    path: 'locations/{locationId}/customFields',
    query: ['model'],
    response: CustomFieldList,
    scope: 'locations/customFields.readonly',
  },
  // Conversations have a version of their own.
  getConversation: {
    ...read,
    method: 'GET',
    path: 'conversations/{conversationId}',
    response: Conversation,
    scope: 'conversations.readonly',
    version: '2021-04-15',
  },
  searchConversations: {
    ...read,
    method: 'GET',
    path: 'conversations/search',
    query: ['locationId', 'limit'],
    response: ConversationList,
    scope: 'conversations.readonly',
    version: '2021-04-15',
  },
  createNote: {
    ...write,
    method: 'POST',
    path: 'contacts/{contactId}/notes',
    body: NewNote,
    response: null,
    idempotent: false,
  },
  createTask: {
    ...write,
    method: 'POST',
    path: 'contacts/{contactId}/tasks',
    body: NewTask,
    response: null,
    idempotent: false,
  },
} as const satisfies Operations;
