import { addTag, hasTag, removeTag } from '../../lib/core/tag-list.ts';
import { BUSINESS, CUSTOMER, GHL_REGISTRY_ID, REGISTRY_FIELDS, TAG_FIELD, TAGS, TWIN } from './constants.ts';
import { createRandom, oneOf, type Random } from './random.ts';
import { type Setting, scenes } from './setting.ts';
import { markIn } from './wanted.ts';

/** What people do who use neither us nor each other's browsers. */
export function createOthers({ ledger, state }: Setting) {
  /** One of those that agents have added. */
  const editItem = (random: Random, text: string): boolean => {
    const items = ledger.items();
    if (items.length === 0) return false;
    const [kind, ...ids] = oneOf(random, items).split(' ');
    const id = ids.at(-1);
    const note = kind === 'note' && state.ghl.notes.find((one) => one.id === id);
    const task = kind === 'task' && state.ghl.tasks.find((one) => one.id === id);
    const ticket = kind === 'ticket' && state.atera.tickets.find(({ TicketID }) => String(TicketID) === id);
    if (note) note.body = text;
    if (task && random() < 0.5) task.title = text;
    else if (task) task.completed = !task.completed;
    if (ticket && random() < 0.5) ticket.TicketTitle = text;
    else if (ticket) ticket.TicketStatus = oneOf(random, ['Pending', 'Resolved']);
    return true;
  };

  const tagText = () =>
    state.atera.customValues.find(
      ({ name, itemId }) => name === TAG_FIELD && itemId === scenes[0]?.ateraContactId,
    );

  return {
    /** One tag, in one of both: put on, or taken off. */
    editTags(pick: number): void {
      const random = createRandom(pick);
      const tag = random() < 0.2 ? `edit${pick}` : oneOf(random, TAGS);
      const ghl = state.ghl.contacts.find(({ id }) => id === scenes[0]?.ghlContactIds[0]);
      const text = tagText();
      if (random() < 0.5 && ghl)
        ghl.tags = ghl.tags.includes(tag) ? ghl.tags.filter((one) => one !== tag) : [...ghl.tags, tag];
      else if (text) text.value = (hasTag(text.value, tag) ? removeTag : addTag)(text.value, tag);
      ledger.foreign();
    },
    /** Of a task and the ticket that was made of it, or the other way round, one is done, or opened again. */
    editWork(pick: number): void {
      const random = createRandom(pick);
      const pairs = [...ledger.known()].flatMap(([record, values]) => {
        const text = values.get('body') ?? values.get('comment 0') ?? null;
        const from = /^\[cp:[a-z]+\/(?:task|ticket)\/([^#]+)#/u.exec(markIn(text) ?? '')?.[1];
        return from === undefined ? [] : [[from, record.split(' ').at(-1)]];
      });
      if (pairs.length === 0) return;
      const ids = oneOf(random, pairs);
      const task = state.ghl.tasks.find(({ id }) => ids.includes(id));
      const ticket = state.atera.tickets.find(({ TicketID }) => ids.includes(String(TicketID)));
      const isTask = random() < 0.5;
      if (task && isTask) task.completed = !task.completed;
      if (ticket && !isTask) {
        const isDone = ticket.TicketStatus === 'Resolved' || ticket.TicketStatus === 'Closed';
        ticket.TicketStatus = oneOf(random, isDone ? ['Open', 'Pending'] : ['Resolved', 'Closed', 'Pending']);
      }
      ledger.foreign();
    },
    /** They change their company, in one of both. */
    editCompany(pick: number): void {
      const random = createRandom(pick);
      const ghl = state.ghl.contacts.find(({ id }) => id === scenes[0]?.ghlContactIds[0]);
      const atera = state.atera.contacts.find(({ EndUserID }) => EndUserID === scenes[0]?.ateraContactId);
      if (ghl && random() < 0.5) ghl.businessId = oneOf(random, state.ghl.businesses).id;
      else if (atera) atera.CustomerID = oneOf(random, state.atera.customers).CustomerID;
      ledger.foreign();
    },
    /** What is known of the company, in one of both. */
    editCard(pick: number): void {
      const random = createRandom(pick);
      const text = `Edit${pick}`;
      const number = `+1415555${String(1000 + (pick % 9000))}`;
      const customer = state.atera.customers.find(({ CustomerID }) => CustomerID === CUSTOMER);
      const business = state.ghl.businesses.find(({ name }) => name === BUSINESS);
      if (customer && random() < 0.5) {
        const prop = oneOf(random, ['Phone', 'Address', 'City'] as const);
        customer[prop] = prop === 'Phone' ? number : text;
      } else if (business) {
        const prop = oneOf(random, ['phone', 'address', 'city'] as const);
        business[prop] = prop === 'phone' ? number : text;
      }
      ledger.foreign();
    },
    /** What stands where the two name each other, in one of both. */
    editPointer(pick: number): void {
      const random = createRandom(pick);
      const text = `Somebody ${pick}`;
      const itemId = scenes[0]?.ateraContactId ?? 0;
      const ghl = state.ghl.contacts.find(({ id }) => id === scenes[0]?.ghlContactIds[0]);
      const { atera: name } = REGISTRY_FIELDS;
      const known = state.atera.customValues.find((one) => one.name === name && one.itemId === itemId);
      if (ghl && random() < 0.5)
        ghl.customFields = [
          ...ghl.customFields.filter(({ id }) => id !== GHL_REGISTRY_ID),
          { id: GHL_REGISTRY_ID, value: text },
        ];
      else if (known) known.value = text;
      else
        state.atera.customValues.push({ id: `value-${pick}`, target: 'Contact', itemId, name, value: text });
      ledger.foreign();
    },
    /** Words that somebody may be about to copy, or that were copied. */
    editText(pick: number): void {
      const random = createRandom(pick);
      const [scene] = scenes;
      const notes = state.ghl.notes.filter(({ contactId }) => contactId === scene?.ghlContactIds[0]);
      const note = random() < 0.7 ? notes[0] : oneOf(random, notes);
      if (note) note.body = `Words ${pick}`;
      ledger.foreign();
    },
    /** Somebody else gets the address of the first person, in GHL. */
    twin(): void {
      const ghl = state.ghl.contacts.find(({ id }) => id === scenes[0]?.ghlContactIds[0]);
      if (!ghl || ledger.twinAt() !== null) return;
      state.ghl.contacts.push({ ...structuredClone(ghl), id: TWIN, lastName: 'Other' });
      ledger.twin();
    },
    /** Somebody who is not us changes a record. Every value is new. */
    edit(pick: number): void {
      const random = createRandom(pick);
      const [scene] = scenes;
      const text = `Edit${pick}`;
      const number = `+1415555${String(1000 + (pick % 9000))}`;
      const ghl = state.ghl.contacts.find(({ id }) => id === scene?.ghlContactIds[0]);
      const atera = state.atera.contacts.find(({ EndUserID }) => EndUserID === scene?.ateraContactId);
      const tags = tagText();
      if (random() < 0.3 && editItem(random, text)) return void ledger.foreign();
      const what = random();
      if (ghl && what < 0.45) {
        const prop = oneOf(random, ['firstName', 'firstName', 'firstName', 'lastName', 'phone'] as const);
        ghl[prop] = prop === 'phone' ? number : text;
      } else if (atera && what < 0.8) {
        const prop = oneOf(random, ['Firstname', 'Firstname', 'JobTitle', 'Lastname', 'Phone'] as const);
        atera[prop] = prop === 'Phone' ? number : text;
      } else if (tags && what < 0.9) tags.value = `${tags.value}, ${text.toLowerCase()}`;
      else if (ghl) ghl.tags.push(text.toLowerCase());
      ledger.foreign();
    },
  };
}
