import { forbidLocation, type GhlContext, gone, refuse } from './ghl-http.ts';
import { json } from './http.ts';
import type { GhlConversation, GhlUser } from './state.ts';

/** Location, its custom fields, tags, tasks, users, calendars and conversations. */
export function addLocationRoutes({ route, state, newId, now }: GhlContext): void {
  const locationId = (): string => state.ghl.location.id;

  route('GET', '/locations/:locationId', { scope: 'locations.readonly' }, () => {
    const { ghl } = state;
    const { settings, companyId: _, ...business } = ghl.location;
    return json({
      location: { ...ghl.location, firstName: 'Jordan', lastName: 'Blake', business, social: {}, settings },
    });
  });

  route(
    'GET',
    '/locations/:locationId/customFields',
    { scope: 'locations/customFields.readonly', query: ['model'] },
    (call) => {
      const model = call.query('model') ?? 'contact';
      const isWanted = model === 'contact' || model === 'all';
      const customFields = isWanted ? state.ghl.customFields : [];
      return json({
        customFields: customFields.map((field) => ({
          ...field,
          placeholder: '',
          model: 'contact',
          locationId: locationId(),
        })),
      });
    },
  );

  route('GET', '/locations/:locationId/tags', { scope: 'locations/tags.readonly' }, () =>
    json({ tags: state.ghl.tags.map((tag) => ({ ...tag, locationId: locationId() })) }),
  );
  route(
    'POST',
    '/locations/:locationId/tags',
    { scope: 'locations/tags.write', body: { 'name*': 's' } },
    ({ body }) => {
      const name = String(body.name).trim().toLowerCase();
      if (state.ghl.tags.some((tag) => tag.name === name))
        return refuse(400, 'The tag name is already exist.');
      const tag = { id: newId(), name };
      state.ghl.tags.push(tag);
      return json({ tag: { ...tag, locationId: locationId() } });
    },
  );

  const taskSearch = {
    contactId: 'a',
    completed: 'b',
    assignedTo: 'a',
    query: 's',
    limit: 'n',
    skip: 'n',
    businessId: 's',
  } as const;
  route(
    'POST',
    '/locations/:locationId/tasks/search',
    { scope: 'locations/tasks.readonly', body: taskSearch },
    ({ body }) => {
      const { contactId, completed, assignedTo, query, businessId } = body;
      const ofBusiness = (id: string): boolean =>
        state.ghl.contacts.some((contact) => contact.id === id && contact.businessId === businessId);
      const found = state.ghl.tasks
        .filter((task) => !Array.isArray(contactId) || contactId.includes(task.contactId))
        .filter((task) => completed === undefined || task.completed === completed)
        .filter((task) => !Array.isArray(assignedTo) || assignedTo.includes(task.assignedTo))
        .filter((task) => typeof query !== 'string' || task.title.toLowerCase().includes(query.toLowerCase()))
        .filter((task) => businessId === undefined || ofBusiness(task.contactId));
      const skip = Number(body.skip ?? 0);
      return json({
        tasks: found.slice(skip, skip + Number(body.limit ?? 25)).map((task) => ({ ...task, _id: task.id })),
      });
    },
  );

  const viewUser = (user: GhlUser) => ({
    ...user,
    name: `${user.firstName} ${user.lastName}`,
    extension: '',
    roles: { type: 'account', role: 'admin', locationIds: [locationId()] },
    deleted: false,
  });
  route('GET', '/users', { scope: 'users.readonly', query: ['locationId*'] }, () =>
    json({ users: state.ghl.users.map(viewUser) }),
  );
  const userQuery = [
    'companyId*',
    'locationId',
    'query',
    'skip',
    'limit',
    'type',
    'role',
    'ids',
    'sort',
    'sortDirection',
    'enabled2waySync',
  ];
  route('GET', '/users/search', { scope: 'users.readonly', query: userQuery }, ({ query }) => {
    if (query('companyId') !== state.ghl.location.companyId) return forbidLocation();
    const text = query('query')?.toLowerCase() ?? '';
    const found = state.ghl.users
      .map(viewUser)
      .filter((user) => `${user.name} ${user.email}`.toLowerCase().includes(text));
    const skip = Number(query('skip') ?? 0);
    return json({ users: found.slice(skip, skip + Number(query('limit') ?? 25)), count: found.length });
  });
  route('GET', '/users/:userId', { scope: 'users.readonly' }, ({ param }) =>
    json(viewUser(state.ghl.users.find(({ id }) => id === param('userId')) ?? gone('User', param('userId')))),
  );

  route(
    'GET',
    '/calendars',
    { scope: 'calendars.readonly', query: ['locationId*', 'groupId', 'showDrafted'] },
    () =>
      json({
        calendars: state.ghl.calendars.map((calendar) => ({
          ...calendar,
          locationId: locationId(),
          isActive: true,
        })),
      }),
  );

  const viewConversation = (conversation: GhlConversation) => {
    const contact = state.ghl.contacts.find(({ id }) => id === conversation.contactId);
    const fullName = [contact?.firstName, contact?.lastName].filter(Boolean).join(' ');
    const { updated, ...own } = conversation;
    return {
      ...own,
      locationId: locationId(),
      fullName,
      contactName: fullName,
      email: contact?.email ?? '',
      phone: contact?.phone ?? '',
      lastMessageDate: updated,
    };
  };
  const conversationQuery = [
    'locationId*',
    'contactId',
    'assignedTo',
    'query',
    'sort',
    'limit',
    'status',
    'startAfterDate',
    'id',
  ];
  route(
    'GET',
    '/conversations/search',
    { scope: 'conversations.readonly', query: conversationQuery },
    ({ query }) => {
      const contactId = query('contactId');
      const text = query('query')?.toLowerCase() ?? '';
      const found = state.ghl.conversations
        .filter((entry) => !contactId || entry.contactId === contactId)
        .sort((a, b) => b.updated - a.updated)
        .map(viewConversation)
        .filter((view) => `${view.fullName} ${view.email} ${view.phone}`.toLowerCase().includes(text));
      return json({ conversations: found.slice(0, Number(query('limit') ?? 20)), total: found.length });
    },
  );
  route('GET', '/conversations/:conversationId', { scope: 'conversations.readonly' }, ({ param }) => {
    const id = param('conversationId');
    const { contactId, unreadCount } =
      state.ghl.conversations.find((entry) => entry.id === id) ?? gone('Conversation', id);
    return json({
      id,
      contactId,
      locationId: locationId(),
      deleted: false,
      inbox: true,
      type: 1,
      unreadCount,
      starred: false,
      dateUpdated: now(),
    });
  });
}
