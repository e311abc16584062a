import { viewContact, viewListed } from './ghl-contact-view.ts';
import {
  applyWrite,
  CREATE_DTO,
  createContact,
  delayIndex,
  findContact,
  findDuplicate,
  normalizeTags,
  refuseDuplicate,
  registerTags,
  UPDATE_DTO,
  UPSERT_DTO,
} from './ghl-contact-write.ts';
import { type GhlCall, type GhlContext, gone, refuse, succeeded } from './ghl-http.ts';
import { json } from './http.ts';
import { isoMillis } from './time.ts';

const READ = 'contacts.readonly';
const WRITE = 'contacts.write';

export function addContactRoutes(context: GhlContext): void {
  const { route, state, now } = context;
  const touch = (id: string): void => {
    delayIndex(context, id);
    findContact(state, id).dateUpdated = isoMillis(now());
  };
  const strings = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

  route('POST', '/contacts/upsert', { scope: WRITE, body: UPSERT_DTO }, ({ body }) => {
    const { createNewIfDuplicateAllowed: fresh, email, phone } = body;
    const wanted = {
      email: typeof email === 'string' ? email : undefined,
      phone: typeof phone === 'string' ? phone : undefined,
    };
    const { allowDuplicateContact } = state.ghl.location.settings;
    const found = fresh === true && allowDuplicateContact ? null : findDuplicate(state, wanted);
    if (!found) {
      const contact = createContact(context, body);
      return json({ new: true, contact: viewContact(state, contact) });
    }
    // The other identifying field is dropped when it belongs to somebody else.
    const other = found.matchingField === 'email' ? 'phone' : 'email';
    const taken = findDuplicate(state, { [other]: wanted[other] }, found.contact.id) !== null;
    const { [other]: value, ...rest } = body;
    delayIndex(context, found.contact.id);
    applyWrite(context, found.contact, taken || value === undefined ? rest : body);
    return json({ new: false, contact: viewContact(state, found.contact) });
  });

  route(
    'GET',
    '/contacts/business/:businessId',
    { scope: READ, query: ['locationId*', 'limit', 'skip', 'query'] },
    (call) => {
      const text = call.query('query')?.toLowerCase() ?? '';
      const found = state.ghl.contacts
        .filter((contact) => contact.businessId === call.param('businessId'))
        .filter((contact) =>
          JSON.stringify([contact.firstName, contact.lastName, contact.email]).toLowerCase().includes(text),
        );
      const skip = Number(call.query('skip') ?? 0);
      const page = found.slice(skip, skip + Number(call.query('limit') ?? 25));
      return json({ contacts: page.map((contact) => viewListed(state, contact)), count: found.length });
    },
  );

  route(
    'POST',
    '/contacts/bulk/business',
    { scope: WRITE, body: { 'locationId*': 's', 'ids*': 'a', businessId: 's?' } },
    ({ body }) => {
      const { businessId } = body;
      if (businessId === undefined) return refuse(422, ['businessId must be a string']);
      if (typeof businessId === 'string' && !state.ghl.businesses.some(({ id }) => id === businessId)) {
        return gone('Business', businessId);
      }
      const ids = strings(body.ids).filter((id) => state.ghl.contacts.some((contact) => contact.id === id));
      for (const id of ids) {
        touch(id);
        const contact = findContact(state, id);
        if (typeof businessId === 'string') contact.businessId = businessId;
        else delete contact.businessId;
      }
      return json({ success: true, ids });
    },
  );

  const bulkTags = { 'contacts*': 'a', 'tags*': 'a', 'locationId*': 's', removeAllTags: 'b' } as const;
  route('POST', '/contacts/bulk/tags/update/:type', { scope: WRITE, body: bulkTags }, ({ body, param }) => {
    const isAdding = param('type') === 'add';
    if (!isAdding && param('type') !== 'remove')
      return refuse(422, ['type must be one of the following values: add, remove']);
    if (isAdding && body.removeAllTags === true)
      return refuse(422, ['removeAllTags can only be used with remove']);
    const tags = normalizeTags(body.tags);
    const responses = strings(body.contacts).map((contactId) => {
      const contact = state.ghl.contacts.find(({ id }) => id === contactId);
      if (!contact) return { contactId, message: 'contact is deleted', type: 'error' };
      const oldTags = contact.tags;
      touch(contactId);
      if (isAdding) {
        contact.tags = [...new Set([...oldTags, ...tags])];
        registerTags(context, tags);
      } else contact.tags = body.removeAllTags === true ? [] : oldTags.filter((tag) => !tags.includes(tag));
      const tagsAdded = contact.tags.filter((tag) => !oldTags.includes(tag));
      const tagsRemoved = oldTags.filter((tag) => !contact.tags.includes(tag));
      return { contactId, message: 'Tags updated', type: 'success', oldTags, tagsAdded, tagsRemoved };
    });
    const errorCount = responses.filter(({ type }) => type === 'error').length;
    return json({ succeded: true, errorCount, responses }, 201);
  });

  route('POST', '/contacts', { scope: WRITE, body: CREATE_DTO }, ({ body }) => {
    refuseDuplicate(state, body);
    const contact = createContact(context, body);
    return json({ contact: { ...viewContact(state, contact), deleted: false } }, 201);
  });

  route('GET', '/contacts/:contactId', { scope: READ }, ({ param }) =>
    json({ contact: viewContact(state, findContact(state, param('contactId'))) }),
  );

  route('PUT', '/contacts/:contactId', { scope: WRITE, body: UPDATE_DTO }, (call) => {
    const contact = findContact(state, call.param('contactId'));
    refuseDuplicate(state, call.body, contact);
    delayIndex(context, contact.id);
    applyWrite(context, contact, call.body);
    return json(succeeded(call, { contact: viewContact(state, contact) }));
  });

  route('DELETE', '/contacts/:contactId', { scope: WRITE }, (call) => {
    const contact = findContact(state, call.param('contactId'));
    delayIndex(context, contact.id);
    // Its tasks stay behind, as they do at the vendor.
    state.ghl.contacts = state.ghl.contacts.filter((entry) => entry !== contact);
    return json(succeeded(call));
  });

  const tags = (
    call: GhlCall,
    change: (old: string[], given: string[]) => string[],
    status: number,
  ): Response => {
    const contact = findContact(state, call.param('contactId'));
    const given = normalizeTags(call.body.tags);
    touch(contact.id);
    contact.tags = change(contact.tags, given);
    registerTags(context, contact.tags);
    return json({ tags: contact.tags }, status);
  };
  const tagBody = { scope: WRITE, body: { 'tags*': 'a' } } as const;
  route('POST', '/contacts/:contactId/tags', tagBody, (call) =>
    tags(call, (old, given) => [...new Set([...old, ...given])], 201),
  );
  route('DELETE', '/contacts/:contactId/tags', tagBody, (call) =>
    tags(call, (old, given) => old.filter((tag) => !given.includes(tag)), 200),
  );

  const followerBody = { scope: WRITE, body: { 'followers*': 'a' } } as const;
  route('POST', '/contacts/:contactId/followers', followerBody, ({ param, body }) => {
    const contact = findContact(state, param('contactId'));
    const followersAdded = strings(body.followers).filter((id) => !contact.followers.includes(id));
    touch(contact.id);
    contact.followers.push(...followersAdded);
    return json({ followers: contact.followers, followersAdded }, 201);
  });
  route('DELETE', '/contacts/:contactId/followers', followerBody, ({ param, body }) => {
    const contact = findContact(state, param('contactId'));
    const followersRemoved = strings(body.followers).filter((id) => contact.followers.includes(id));
    touch(contact.id);
    contact.followers = contact.followers.filter((id) => !followersRemoved.includes(id));
    return json({ followers: contact.followers, followersRemoved });
  });
}
