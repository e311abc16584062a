import type { CompanyName } from './company.ts';
import { type FieldName, type FieldValue, isCompany, type Ref } from './contact.ts';
import type { FieldChange } from './plan.ts';

/** What was told to be written, as data. Every way back is one of these too, so that it can be taken back in turn. */
export type Write =
  /** `beside`: fields that are read with them and stay as they are. */
  | { kind: 'fields'; target: Ref; changes: FieldChange[]; beside?: FieldChange[] }
  | { kind: 'tag'; contact: Ref; tag: string; isOn: boolean }
  | NewItem
  | { kind: 'comment'; contact: Ref; body: string | null }
  /** `linkedTo`: the contact of GHL whose task it stands for. */
  | { kind: 'ticket'; contact: Ref; title: string; linkedTo?: string }
  | { kind: 'contact'; created: Ref; values: KeyValue[] }
  /** `version`: what it looked like when it was written: only that is deleted. `again`: null where its text was not kept. */
  | {
      kind: 'delete';
      of: NewItem['kind'];
      contact: Ref;
      item: Item;
      again: NewItem | null;
      text: string | null;
    }
  | { kind: 'task-status'; contact: Ref; item: Item; title: string; isDone: boolean }
  | {
      kind: 'ticket-status';
      contact: Ref;
      item: Item;
      title: string;
      from: string;
      to: string;
      linkedTo?: string;
    }
  | { kind: 'archive'; target: Ref; isArchived: boolean; values: KeyValue[] }
  /** The company that a contact belongs to; null: to none. */
  | { kind: 'company'; contact: Ref; from: CompanyName | null; to: CompanyName | null }
  /** The custom field (by its key) in which a record names its counterpart. */
  | { kind: 'pointer'; contact: Ref; field: string; expected: FieldValue; value: string }
  /** Several tags of one record, in one request. */
  | { kind: 'tags'; contact: Ref; ops: TagChange[] };

export interface TagChange {
  tag: string;
  isOn: boolean;
}

/** What became of one of several tags. `hasChanged`: false where nothing was sent for it. */
export interface TagDone extends TagChange {
  outcome: 'verified' | 'not-stored' | 'not-written' | 'changed-meanwhile' | 'unknown';
  hasChanged: boolean;
}

/** `body`: null where it was not kept, because it looks like a secret. */
export type NewItem =
  | { kind: 'note'; contact: Ref; body: string | null; userId: string | null }
  /** `hasMore`: it has a text or somebody who is to do it, which are not kept. */
  | { kind: 'task'; contact: Ref; title: string; dueAt: number; hasMore?: boolean };

/** What a way back can be. */
export type BackWrite = Exclude<Write, { kind: 'comment' | 'ticket' | 'contact' }>;

export interface KeyValue {
  field: FieldName;
  /** Key in the vendor's `mapping.ts`. */
  key: string;
  value: FieldValue;
}

/** One record that a write made, as it was read back. */
export interface Item {
  id: string;
  /** Changes with everything that somebody could change of it. */
  version: string;
  /** Tickets alone. */
  status: string | null;
  /** It was not as it was sent by the time it was read back: somebody has worked on it. */
  isChanged?: true;
}

/** What a write came to, as it was read back. */
export interface Done {
  fields: { field: FieldName; found: FieldValue; stored: boolean }[];
  /** What could be ours: more than one where several look alike. */
  items: Item[];
  /** False when it was as wanted already, so that nothing was sent. */
  hasChanged: boolean;
  /** What is there instead, where somebody changed it since; null for fields, which say it for each. */
  present: string | null;
  /** All that was read, where somebody changed some of it since. */
  now?: { field: FieldName; found: FieldValue }[];
  /** Each of several tags. */
  tags?: TagDone[];
  /** What others had there right before it was written, and is there no more. */
  gone?: string[];
}

export const NOTHING_DONE: Done = { fields: [], items: [], hasChanged: false, present: null };

/** Why a write cannot be taken back. Each has a sentence in the locale files (`undo.no.<reason>`). */
export const UNDO_BLOCKS = [
  'running',
  'not-written',
  'unknown',
  'as-before',
  'cannot-empty',
  'which-one',
  'comment',
  'created-in-ghl',
  'not-kept',
  'no-status',
  'undoing',
  'undone',
  'created-company',
  'changed-since',
] as const;
export type UndoBlock = (typeof UNDO_BLOCKS)[number];

export type Undo =
  /** `stays`: fields that were empty before, and cannot be emptied again. */
  { can: true; write: BackWrite; stays: FieldName[] } | { can: false; reason: UndoBlock };

const no = (reason: UndoBlock): Undo => ({ can: false, reason });
const yes = (write: BackWrite, stays: FieldName[] = []): Undo => ({ can: true, write, stays });

/** Atera's stock word. Tenants may have others for it, and keep this one. */
export const CLOSED_STATUS = 'Closed';

/** The way back from a write that was read back. It expects what was found then, so that nobody's later change is lost. */
export function undoOf(write: Write, done: Done, mayEmpty: (field: FieldName) => boolean): Undo {
  switch (write.kind) {
    case 'fields':
      return undoFields(write, done, mayEmpty);
    case 'tag':
      return done.hasChanged ? yes({ ...write, isOn: !write.isOn }) : no('as-before');
    case 'tags':
      return undoTags(write, done);
    case 'comment':
      return no('comment');
    case 'note':
    case 'task':
      return undoNew(done, (item) =>
        yes({
          kind: 'delete',
          of: write.kind,
          contact: write.contact,
          item,
          again: isKept(write) ? write : null,
          text: write.kind === 'note' ? write.body : write.title,
        }),
      );
    case 'ticket':
      return undoNew(done, (item) =>
        yes({
          kind: 'ticket-status',
          contact: write.contact,
          item,
          title: write.title,
          from: item.status ?? '',
          to: CLOSED_STATUS,
          ...(write.linkedTo === undefined ? {} : { linkedTo: write.linkedTo }),
        }),
      );
    case 'contact':
      // No vendor archives a company, and nothing is deleted that others may use by now.
      if (isCompany(write.created)) return no('created-company');
      if (write.created.vendor === 'ghl') return no('created-in-ghl');
      // Created, and never read: nobody could tell whether it is still what was created.
      if (done.fields.length === 0) return no('unknown');
      return yes({
        kind: 'archive',
        target: write.created,
        isArchived: true,
        values: write.values.map((own) => ({
          ...own,
          value: (done.fields.find(({ field }) => field === own.field) ?? { found: own.value }).found,
        })),
      });
    case 'delete':
      if (!done.hasChanged) return no('as-before');
      return write.again ? yes(write.again) : no('not-kept');
    case 'ticket-status':
      if (!done.hasChanged) return no('as-before');
      if (write.from === '') return no('no-status');
      return undoNew(done, (item) => yes({ ...write, item, from: write.to, to: write.from }));
    case 'task-status':
      if (!done.hasChanged) return no('as-before');
      return undoNew(done, (item) => yes({ ...write, item, isDone: !write.isDone }));
    case 'archive':
      return done.hasChanged ? yes({ ...write, isArchived: !write.isArchived }) : no('as-before');
    case 'company':
      if (!done.hasChanged) return no('as-before');
      // GHL documents how a contact is taken out of its company, Atera does not.
      if (write.from === null && write.contact.vendor === 'atera') return no('cannot-empty');
      return yes({ ...write, from: write.to, to: write.from });
    case 'pointer':
      if (!done.hasChanged) return no('as-before');
      // What no vendor is known to empty stays; what stood there before comes back.
      return write.expected === null
        ? no('cannot-empty')
        : yes({ ...write, expected: write.value, value: write.expected });
  }
}

const isKept = (write: NewItem): boolean =>
  write.kind === 'note' ? write.body !== null : write.hasMore !== true;

function undoFields(
  { target, changes }: Write & { kind: 'fields' },
  { fields, hasChanged }: Done,
  mayEmpty: (field: FieldName) => boolean,
): Undo {
  if (!hasChanged) return no('as-before');
  const back = changes.flatMap((change): FieldChange[] => {
    const read = fields.find(({ field }) => field === change.field);
    return read?.stored ? [{ ...change, expected: read.found, value: change.expected }] : [];
  });
  if (back.length === 0) return no('not-written');
  const isPossible = ({ field, value }: FieldChange): boolean => value !== null || mayEmpty(field);
  const possible = back.filter(isPossible);
  if (possible.length === 0) return no('cannot-empty');
  const stays = back.filter((change) => !isPossible(change)).map(({ field }) => field);
  return yes({ kind: 'fields', target, changes: possible }, stays);
}

/** Only what was put on or taken off by this: what was there before stays, and so does what others did. */
function undoTags({ contact }: Write & { kind: 'tags' }, { tags = [] }: Done): Undo {
  const sent = tags.filter(({ hasChanged }) => hasChanged);
  if (sent.length === 0) return no('as-before');
  const written = sent.filter(({ outcome }) => outcome === 'verified');
  if (written.length === 0) return no('not-written');
  return yes({ kind: 'tags', contact, ops: written.map(({ tag, isOn }) => ({ tag, isOn: !isOn })) });
}

function undoNew({ items }: Done, back: (item: Item) => Undo): Undo {
  const [only] = items;
  if (!only) return no('not-written');
  if (items.length > 1) return no('which-one');
  // What was read back would count as what was written, and go with somebody's work.
  return only.isChanged ? no('changed-since') : back(only);
}

/** The same, for a write that ended like this. */
export function undoAfter(
  state: 'queued' | 'running' | 'done' | 'not-stored' | 'conflict' | 'refused' | 'failed' | 'unknown',
  write: Write,
  done: Done,
  mayEmpty: (field: FieldName) => boolean,
): Undo {
  if (state === 'running' || state === 'queued') return no('running');
  // Of several tags, each has its own end.
  if (state === 'done' || (state === 'not-stored' && write.kind === 'tags'))
    return undoOf(write, done, mayEmpty);
  if (state !== 'unknown') return no('not-written');
  // What was found is there, whatever became of the rest.
  const isTold = write.kind === 'fields' || write.kind === 'tags';
  const undo = isTold ? undoOf(write, done, mayEmpty) : no('unknown');
  return undo.can ? undo : no('unknown');
}
