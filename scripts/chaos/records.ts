import type { SandboxState } from '../../lib/sandbox/index.ts';
import { BUSINESS, CUSTOMER } from './constants.ts';

/** Values by property, by record. */
export type Values = Map<string, Map<string, string>>;

/** What changes by itself with every write. */
const CLOCKS = ['dateUpdated', 'LastModified', 'modifiedAt', 'TicketResolvedDate', 'updatedAt'];

const flat = (record: object): Map<string, string> => {
  const values = new Map<string, string>();
  for (const [name, value] of Object.entries(record)) {
    if (CLOCKS.includes(name)) continue;
    if (name === 'tags') for (const tag of value as string[]) values.set(`tag ${tag}`, 'on');
    else if (name === 'customFields')
      for (const field of value as { id: string; value: unknown }[])
        values.set(`custom ${field.id}`, String(field.value));
    else if (name === 'comments')
      for (const [index, { Comment }] of (value as { Comment: string }[]).entries())
        values.set(`comment ${index}`, Comment);
    else if (value !== null && value !== undefined && typeof value !== 'object')
      values.set(name, String(value));
  }
  return values;
};

/** Items stand by themselves: what they hold is compared as a whole. */
export const isItem = (record: string): boolean => /^(?:note|task|ticket) /u.test(record);

/** The name under which the ledger keeps reads of a record: notes and tasks are read as lists. */
export const readNameOf = (record: string): string =>
  /^(?:note|task) /u.test(record) ? record.split(' ').slice(0, 2).join(' ') : record;

/** Whose records are followed; `emails`: of those who may be created in GHL. */
export interface Watched {
  atera: number[];
  ghl: string[];
  emails: string[];
}

/** Everything that is followed, as both vendors hold it at this moment. */
export function lookAt({ atera, ghl }: SandboxState, watched: Watched): Values {
  const values: Values = new Map();
  for (const contact of atera.contacts)
    if (watched.atera.includes(contact.EndUserID)) {
      values.set(`atera ${contact.EndUserID}`, flat(contact));
      const own = new Map<string, string>();
      for (const { itemId, target, name, value } of atera.customValues)
        if (target === 'Contact' && itemId === contact.EndUserID)
          for (const tag of value.split(',')) if (tag.trim()) own.set(`${name} ${tag.trim()}`, 'on');
      values.set(`values ${contact.EndUserID}`, own);
    }
  for (const customer of atera.customers)
    if (customer.CustomerID === CUSTOMER) values.set(`atera ${CUSTOMER}`, flat(customer));
  for (const business of ghl.businesses)
    if (business.name === BUSINESS) values.set(`ghl ${business.id}`, flat(business));
  for (const ticket of atera.tickets)
    if (watched.atera.includes(ticket.EndUserID)) values.set(`ticket ${ticket.TicketID}`, flat(ticket));
  const people = ghl.contacts.filter(
    ({ id, email }) => watched.ghl.includes(id) || watched.emails.includes(email ?? ''),
  );
  const isOf = (contactId: string): boolean => people.some(({ id }) => id === contactId);
  for (const contact of people) values.set(`ghl ${contact.id}`, flat(contact));
  for (const note of ghl.notes)
    if (isOf(note.contactId)) values.set(`note ${note.contactId} ${note.id}`, flat(note));
  for (const task of ghl.tasks)
    if (isOf(task.contactId)) values.set(`task ${task.contactId} ${task.id}`, flat(task));
  return values;
}
