import { findContact } from './ghl-contact-write.ts';
import { type GhlCall, type GhlContext, gone, refuse, succeeded } from './ghl-http.ts';
import { json } from './http.ts';
import type { GhlNote, GhlTask } from './state.ts';
import { isoMillis, toLocal } from './time.ts';

const READ = { scope: 'contacts.readonly' };
const WRITE = { scope: 'contacts.write' };
const UPDATE_TASK = { title: 's', body: 's', dueDate: 's', completed: 'b', assignedTo: 's' } as const;
const CREATE_TASK = {
  'title*': 's',
  body: 's',
  'dueDate*': 's',
  'completed*': 'b',
  assignedTo: 's',
} as const;
const UPDATE_NOTE = { userId: 's', body: 's', title: 's', color: 's', pinned: 'b' } as const;
const CREATE_NOTE = { userId: 's', 'body*': 's', title: 's', color: 's', pinned: 'b' } as const;

/** Tasks, notes and appointments of a contact. */
export function addRelatedRoutes({ route, state, now, newId }: GhlContext): void {
  addTasks();
  addNotes();

  route('GET', '/contacts/:contactId/appointments', READ, ({ param }) => {
    const { id } = findContact(state, param('contactId'));
    const { timezone, id: locationId } = state.ghl.location;
    const events = state.ghl.appointments
      .filter(({ contactId }) => contactId === id)
      .map(({ start, end, added, ...own }) => ({
        ...own,
        status: own.appointmentStatus,
        locationId,
        // Location time, without offset.
        startTime: toLocal(start, timezone),
        endTime: toLocal(end, timezone),
        dateAdded: toLocal(added, timezone),
        dateUpdated: toLocal(added, timezone),
        users: [own.assignedUserId],
        assignedResources: [],
      }));
    return json({ events });
  });

  function addTasks(): void {
    const find = ({ param }: GhlCall): GhlTask =>
      state.ghl.tasks.find(
        ({ id, contactId }) => id === param('taskId') && contactId === param('contactId'),
      ) ?? gone('Task', param('taskId'));
    const check = ({ dueDate, assignedTo }: Record<string, unknown>): void => {
      // The returned form, with milliseconds, is not taken back.
      if (typeof dueDate === 'string' && !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$/.test(dueDate)) {
        refuse(422, ['dueDate must be a valid ISO 8601 date string']);
      }
      if (assignedTo !== undefined && !state.ghl.users.some(({ id }) => id === assignedTo)) {
        refuse(400, 'assignedTo user not found in this location');
      }
    };
    const write = (task: GhlTask, body: Record<string, unknown>): GhlTask => {
      check(body);
      Object.assign(task, body);
      task.dueDate = isoMillis(Date.parse(task.dueDate));
      return task;
    };

    route('GET', '/contacts/:contactId/tasks', READ, ({ param }) => {
      const { id } = findContact(state, param('contactId'));
      return json({ tasks: state.ghl.tasks.filter(({ contactId }) => contactId === id) });
    });
    route('POST', '/contacts/:contactId/tasks', { ...WRITE, body: CREATE_TASK }, ({ param, body }) => {
      const { id: contactId } = findContact(state, param('contactId'));
      check(body);
      const task = write(
        { id: newId(), contactId, title: '', body: '', dueDate: '', completed: false },
        body,
      );
      state.ghl.tasks.push(task);
      return json({ task }, 201);
    });
    route('GET', '/contacts/:contactId/tasks/:taskId', READ, (call) => json({ task: find(call) }));
    route('PUT', '/contacts/:contactId/tasks/:taskId', { ...WRITE, body: UPDATE_TASK }, (call) =>
      json({ task: write(find(call), call.body) }),
    );
    route(
      'PUT',
      '/contacts/:contactId/tasks/:taskId/completed',
      { ...WRITE, body: { 'completed*': 'b' } },
      (call) => json({ task: write(find(call), call.body) }),
    );
    route('DELETE', '/contacts/:contactId/tasks/:taskId', WRITE, (call) => {
      const task = find(call);
      state.ghl.tasks = state.ghl.tasks.filter((entry) => entry !== task);
      return json(succeeded(call));
    });
  }

  function addNotes(): void {
    const find = ({ param }: GhlCall): GhlNote =>
      state.ghl.notes.find(({ id, contactId }) => id === param('id') && contactId === param('contactId')) ??
      gone('Note', param('id'));
    const check = ({ userId }: Record<string, unknown>): void => {
      if (userId !== undefined && !state.ghl.users.some(({ id }) => id === userId))
        refuse(400, 'User not found');
    };

    route('GET', '/contacts/:contactId/notes', READ, ({ param }) => {
      const { id } = findContact(state, param('contactId'));
      const notes = state.ghl.notes.filter(({ contactId }) => contactId === id);
      return json({ notes: notes.sort((a, b) => b.dateAdded.localeCompare(a.dateAdded)) });
    });
    route('POST', '/contacts/:contactId/notes', { ...WRITE, body: CREATE_NOTE }, ({ param, body }) => {
      const { id: contactId } = findContact(state, param('contactId'));
      check(body);
      const note: GhlNote = { id: newId(), contactId, body: '', dateAdded: isoMillis(now()), ...body };
      state.ghl.notes.push(note);
      return json({ note }, 201);
    });
    route('GET', '/contacts/:contactId/notes/:id', READ, (call) => json({ note: find(call) }));
    route('PUT', '/contacts/:contactId/notes/:id', { ...WRITE, body: UPDATE_NOTE }, (call) => {
      check(call.body);
      return json({ note: Object.assign(find(call), call.body) });
    });
    route('DELETE', '/contacts/:contactId/notes/:id', WRITE, (call) => {
      const note = find(call);
      state.ghl.notes = state.ghl.notes.filter((entry) => entry !== note);
      return json(succeeded(call));
    });
  }
}
