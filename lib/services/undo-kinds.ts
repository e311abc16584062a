import { type FieldName, isCompany, type Ref, type VendorName } from '../core/contact.ts';
import { changedTarget, type Operation, verify } from '../core/plan.ts';
import type { ResourceName } from '../core/resource-settings.ts';
import { parseTags } from '../core/tag-list.ts';
import { holdsTag } from '../core/tag-sync.ts';
import {
  type BackWrite,
  type Done,
  type Item,
  type KeyValue,
  NOTHING_DONE,
  type TagChange,
} from '../core/undo.ts';
import { AppError, isAppError } from '../errors.ts';
import { customerUrl, ticketUrl } from '../vendors/atera/related.ts';
import { contactUrl } from '../vendors/ghl/mapping.ts';
import { noteItem, taskItem } from '../vendors/ghl/related.ts';
import type { PersonRecord } from '../vendors/vendor.ts';
import type { Pair } from './accounts.ts';
import {
  type AdditionContext,
  freshItems,
  kindOf,
  type Prepared as PreparedAddition,
} from './addition-kinds.ts';
import { MEMBERSHIP } from './addition-kinds-company.ts';
import { readPointerText, sendPointer } from './addition-kinds-registry.ts';
import { noteVersion, taskVersion, ticketVersion } from './item-versions.ts';
import type { Found, OperationKind, Prepared } from './jobs/run-job.ts';
import { additionOf } from './journal.ts';
import { vendorOf } from './planned-write.ts';
import { requireTagField } from './tag-field.ts';
import { foundTags, goneTags, prepareTags, readTags, sendTags } from './tag-sides.ts';

export interface UndoContext {
  pair: Pair;
  /** What an addition to this contact is made with. */
  additionFor: (contact: Ref) => Promise<AdditionContext>;
}

type Of<K extends BackWrite['kind']> = BackWrite & { kind: K };
type Kind<K extends BackWrite['kind']> = Omit<OperationKind<Of<K>, UndoContext>, 'idempotent'>;

const ready = (done: Partial<Done> = {}): Prepared => ({
  kind: 'ready',
  before: { ...NOTHING_DONE, ...done },
});
const already = (done: Partial<Done> = {}): Prepared => ({
  kind: 'already',
  before: null,
  result: { ...NOTHING_DONE, ...done },
});
const conflict = (done: Partial<Done>): Prepared => ({
  kind: 'conflict',
  found: { ...NOTHING_DONE, ...done },
});
const there = (done: Partial<Done> = {}): Found => ({
  kind: 'there',
  result: { ...NOTHING_DONE, hasChanged: true, ...done },
});
const absent = (done: Partial<Done> = {}): Found => ({
  kind: 'absent',
  result: { ...NOTHING_DONE, ...done },
});

const asOperation = ({ target, changes }: Of<'fields'>): Operation => ({
  kind: 'update-contact',
  target,
  changes,
});
const readTarget = (
  { target, changes, beside = [] }: Of<'fields'>,
  { pair }: UndoContext,
): Promise<PersonRecord> =>
  vendorOf(pair, target).readPerson(
    target.id,
    [...changes, ...beside].map(({ key }) => key),
  );

/** Earlier values of a contact: only where each is still the one that was written. */
const fields: Kind<'fields'> = {
  async prepare(write, context) {
    const { fields: now } = await readTarget(write, context);
    const results = verify(asOperation(write), now, { country: context.pair.country });
    const changed = changedTarget(asOperation(write), now);
    if (changed.length === 0) return ready();
    if (results.every(({ stored }) => stored)) return already({ fields: results });
    const isChanged = (field: FieldName): boolean => changed.includes(field);
    return conflict({
      fields: results.filter(({ field }) => isChanged(field)),
      now: [...write.changes, ...(write.beside ?? [])].map(({ field, key }) => ({
        field,
        found: now.values[key] ?? null,
      })),
    });
  },
  send: ({ target, changes }, { pair }) => vendorOf(pair, target).updatePerson(target.id, changes),
  async find(write, context) {
    const { fields: now } = await readTarget(write, context);
    const results = verify(asOperation(write), now, { country: context.pair.country });
    return results.every(({ stored }) => stored) ? there({ fields: results }) : absent({ fields: results });
  },
};

/** What was there before something was added. */
interface AddedBefore {
  items: Item[];
  prepared: PreparedAddition | null;
}

/** Tags, and notes and tasks that are written again: the same as when an agent adds them. */
function added<K extends 'tag' | 'note' | 'task'>(): Kind<K> {
  const addition = (write: Of<K>) => {
    const found = additionOf(write, write.contact.vendor);
    if (!found) throw new AppError('internal');
    return found;
  };
  return {
    async prepare(write, { additionFor }) {
      const wanted = addition(write);
      const kind = kindOf(wanted);
      const context = await additionFor(write.contact);
      const [seen] = await Promise.all([
        kind.read(context, wanted),
        kind.check?.(context, wanted) ?? Promise.resolve(),
      ]);
      if (kind.isState && seen.found.length > 0) return already();
      // Where a whole text travels, it is made from what is there now; what is read here and fails is known not to be sent.
      const prepared = (await kind.prepare?.(context, wanted, seen)) ?? null;
      if (prepared?.isThere) return already();
      const before: AddedBefore = { items: seen.items ?? [], prepared };
      return { kind: 'ready', before };
    },
    async send(write, { additionFor }, before) {
      const wanted = addition(write);
      const { prepared } = before as AddedBefore;
      return kindOf(wanted).send(await additionFor(write.contact), wanted, prepared);
    },
    async find(write, { additionFor }, { before }) {
      const wanted = addition(write);
      const kind = kindOf(wanted);
      const seen = await kind.read(await additionFor(write.contact), wanted);
      if (kind.isState) {
        const { keeps = [] } = (before as AddedBefore | null)?.prepared ?? {};
        const gone = goneTags(keeps, { tags: parseTags(seen.text ?? null) });
        return seen.found.length > 0 ? there(gone) : absent(gone);
      }
      const known = ((before as AddedBefore | null)?.items ?? []).map(({ id }) => id);
      const items = freshItems(known, seen);
      if (items.length === 0) return absent();
      return items.length === 1 ? there({ items }) : { kind: 'several', result: { ...NOTHING_DONE, items } };
    },
  };
}

/** Several tags of one record: those that are not as they were by now. What others have there stays. */
const tags: Kind<'tags'> = {
  async prepare({ contact, ops }, { additionFor }) {
    const context = await additionFor(contact);
    const [now] = await Promise.all([
      readTags(contact.vendor, context),
      contact.vendor === 'atera' ? checkTagField(context) : Promise.resolve(),
    ]);
    const open = ops.filter(({ tag, isOn }) => holdsTag(now.tags, tag) !== isOn);
    if (open.length === 0) return already();
    const prepared = await prepareTags(contact.vendor, context, open, now);
    const before: TagsBefore = { open: prepared?.open ?? open, prepared };
    return before.open.length === 0 ? already() : { kind: 'ready', before };
  },
  async send({ contact }, { additionFor }, before) {
    const { open, prepared } = before as TagsBefore;
    await sendTags(contact.vendor, await additionFor(contact), open, prepared);
  },
  async find({ contact, ops }, { additionFor }, { before }) {
    const now = await readTags(contact.vendor, await additionFor(contact));
    const { open = [], prepared = null } = (before ?? {}) as Partial<TagsBefore>;
    const isSent = (op: TagChange): boolean => open.some(({ tag }) => tag === op.tag);
    const found = foundTags(ops, now, true).map((op) => ({ ...op, hasChanged: isSent(op) }));
    const result = { tags: found, ...goneTags(prepared?.keeps ?? [], now) };
    return found.every(({ outcome }) => outcome === 'verified') ? there(result) : absent(result);
  },
};

/** What was to be sent, and the text it is sent in. */
interface TagsBefore {
  open: TagChange[];
  prepared: PreparedAddition | null;
}

async function checkTagField({ tagField, checkTagField: check }: AdditionContext): Promise<void> {
  if (!tagField) throw new AppError('tag_field', { vendor: 'atera' });
  const now = await check();
  requireTagField(now, tagField.name);
  if (now?.name !== tagField.name) throw new AppError('tag_field', { vendor: 'atera', input: tagField.name });
}

/** A note or task that was added here: only while it is still what was added. */
const remove: Kind<'delete'> = {
  async prepare(write, { pair }) {
    const now = await readItem(write, pair);
    if (!now) return already();
    return now.item.version === write.item.version ? ready() : conflict({ present: now.text });
  },
  send: ({ contact, item, of }, { pair }) =>
    of === 'task' ? pair.ghl.deleteTask(contact.id, item.id) : pair.ghl.deleteNote(contact.id, item.id),
  find: async (write, { pair }) => ((await readItem(write, pair)) ? absent() : there()),
};

async function readItem(
  { contact, item: { id }, of }: Of<'delete'>,
  { ghl }: Pair,
): Promise<{ item: Item; text: string } | null> {
  if (of === 'task') {
    const task = (await ghl.readTaskRecords(contact.id)).find((record) => record.id === id);
    return task ? { item: await taskVersion(task), text: taskItem(task).title } : null;
  }
  const note = (await ghl.readNoteRecords(contact.id)).find((record) => record.id === id);
  return note ? { item: await noteVersion(note), text: noteItem(note).body } : null;
}

const ticketStatus: Kind<'ticket-status'> = {
  async prepare({ contact, item, to }, { pair }) {
    const ticket = await pair.atera.readTicket(item.id);
    if (isSame(ticket.TicketStatus, to)) return already();
    const isOurs = (await ticketVersion(ticket)).version === item.version;
    if (isOurs && String(ticket.EndUserID) === contact.id) return ready();
    return conflict({ present: [ticket.TicketTitle, ticket.TicketStatus].filter(Boolean).join(', ') });
  },
  send: ({ item, to }, { pair }) => pair.atera.setTicketStatus(item.id, to),
  async find({ item, to }, { pair }) {
    const ticket = await pair.atera.readTicket(item.id);
    return isSame(ticket.TicketStatus, to) ? there({ items: [await ticketVersion(ticket)] }) : absent();
  },
};

const isSame = (a: string | null | undefined, b: string): boolean =>
  (a ?? '').trim().toLowerCase() === b.trim().toLowerCase();

/** A task that was completed here: only while it is still as that left it. */
const taskStatus: Kind<'task-status'> = {
  async prepare(write, { pair }) {
    const task = await readTask(write, pair);
    if (!task) return conflict({ present: '—' });
    if ((task.completed === true) === write.isDone) return already();
    return (await taskVersion(task)).version === write.item.version
      ? ready()
      : conflict({ present: taskItem(task).title });
  },
  send: ({ contact, item, isDone }, { pair }) => pair.ghl.completeTask(contact.id, item.id, isDone),
  async find(write, { pair }) {
    const task = await readTask(write, pair);
    const isThere = task !== undefined && (task.completed === true) === write.isDone;
    return isThere ? there({ items: [await taskVersion(task)] }) : absent();
  },
};

const readTask = async ({ contact, item }: Of<'task-status'>, { ghl }: Pair) =>
  (await ghl.readTaskRecords(contact.id)).find(({ id }) => id === item.id);

/** A contact that was created here: only while it still holds what it was created with. */
const archive: Kind<'archive'> = {
  async prepare({ target, isArchived, values }, { pair }) {
    const person = await readValues(pair, target, values);
    if (person.contact.archived === isArchived) return already();
    const now = ({ key }: KeyValue): string | null => person.fields.values[key] ?? null;
    const changed = values.filter((own) => now(own) !== own.value);
    return changed.length === 0
      ? ready()
      : conflict({ present: changed.map((own) => now(own) ?? '—').join(', ') });
  },
  send: ({ target, isArchived }, { pair }) => pair.atera.setArchived(target.id, isArchived),
  async find({ target, isArchived, values }, { pair }) {
    const { contact } = await readValues(pair, target, values);
    return contact.archived === isArchived ? there() : absent();
  },
};

/** Back to the company of before: only while they are where they were put. */
const company: Kind<'company'> = {
  async prepare({ contact, from, to }, { pair }) {
    const members = MEMBERSHIP[contact.vendor];
    const now = await members.of(pair, contact.id);
    if (now === (to?.id ?? null)) return already();
    if (now !== (from?.id ?? null))
      return conflict({ present: now === null ? '—' : await members.nameOf(pair, now) });
    // One that is gone, or that the token may not read, is not gone back to.
    if (to) await members.nameOf(pair, to.id);
    return ready();
  },
  send: ({ contact, to }, { pair }) => MEMBERSHIP[contact.vendor].set(pair, contact.id, to?.id ?? null),
  async find({ contact, to }, { pair }) {
    const now = await MEMBERSHIP[contact.vendor].of(pair, contact.id);
    return now === (to?.id ?? null) ? there() : absent();
  },
};

const readValues = (pair: Pair, target: Ref, values: readonly KeyValue[]): Promise<PersonRecord> =>
  vendorOf(pair, target).readPerson(
    target.id,
    values.map(({ key }) => key),
  );

/** What stood in the field before: only while it still holds what was written here. */
const pointer: Kind<'pointer'> = {
  async prepare({ contact, field, expected, value }, { pair }) {
    const now = await readPointerText(pair, contact.vendor, contact.id, field);
    if (now === value) return already();
    return now === expected ? ready() : conflict({ present: now ?? '—' });
  },
  send: ({ contact, field, value }, { pair }) => sendPointer(pair, contact.vendor, contact.id, field, value),
  async find({ contact, field, value }, { pair }) {
    const now = await readPointerText(pair, contact.vendor, contact.id, field);
    return now === value ? there() : absent();
  },
};

const KINDS: { [K in BackWrite['kind']]: Kind<K> } = {
  fields,
  tag: added<'tag'>(),
  note: added<'note'>(),
  task: added<'task'>(),
  delete: remove,
  'ticket-status': ticketStatus,
  'task-status': taskStatus,
  archive,
  company,
  pointer,
  tags,
};

/** Whatever is taken back is sent once: a press that came to nothing may be pressed again. */
export const undoKind = (write: BackWrite): OperationKind<BackWrite, UndoContext> => ({
  ...(KINDS[write.kind] as Kind<BackWrite['kind']>),
  idempotent: false,
});

/** Whose record is written, and what the pair's settings call what is written there. */
export function placeOf(write: BackWrite): { contact: Ref; vendor: VendorName; resource: ResourceName } {
  const contact = 'contact' in write ? write.contact : write.target;
  const { vendor } = contact;
  switch (write.kind) {
    case 'fields':
    case 'archive':
    case 'pointer':
      return { contact, vendor, resource: isCompany(contact) ? 'companies' : 'contacts' };
    case 'tag':
    case 'tags':
      return { contact, vendor, resource: 'tags' };
    case 'note':
      return { contact, vendor, resource: 'notes' };
    case 'task':
    case 'task-status':
      return { contact, vendor, resource: 'tasks' };
    case 'delete':
      return { contact, vendor, resource: write.of === 'task' ? 'tasks' : 'notes' };
    case 'ticket-status':
      return { contact, vendor, resource: 'tickets' };
    case 'company':
      return { contact, vendor, resource: 'companies' };
  }
}

/** Where the vendor shows what is written; null where no address is known. */
export function urlOf(write: BackWrite): string | null {
  if (write.kind === 'ticket-status') return ticketUrl(write.item.id);
  const { contact, vendor } = placeOf(write);
  if (isCompany(contact)) return vendor === 'atera' ? customerUrl(contact.id) : null;
  return vendor === 'ghl' ? contactUrl(contact.accountId, contact.id) : null;
}

/** What a vendor did is an outcome; anything else is a bug and goes on to the top. */
export function expectedError(error: unknown): AppError {
  if (!isAppError(error)) throw error;
  return error;
}
