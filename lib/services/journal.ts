import { type ActivityEntry, endedLines, isAbout, keepable, sortActivity } from '../core/activity.ts';
import { type FieldName, isCompany, type Ref, sameRef, type VendorName } from '../core/contact.ts';
import type { Mapping } from '../core/mapping.ts';
import { type Operation, plan } from '../core/plan.ts';
import { FOLLOWS } from '../core/task-ticket.ts';
import { type Done, type Item, NOTHING_DONE, type Undo, undoAfter, type Write } from '../core/undo.ts';
import type { ErrorView } from '../errors.ts';
import type { Addition, CreationResult, FieldOutcome, Receipt, ReceiptField } from '../panel-state.ts';
import type {
  Store,
  StoredActivity,
  StoredAddition,
  StoredCreation,
  StoredReceipt,
  StoredTagSync,
} from './areas.ts';
import { targetOfField } from './receipt-book.ts';

/**
 * The one place where the journal is written: an entry for every write that was told to be made. Whoever writes tells it first that
 * the write begins, and how it ended right before the end is stored elsewhere, so that what the end of the worker cuts off is told again.
 */
export interface Journal {
  receipt(scope: string, stored: StoredReceipt): Promise<void>;
  addition(scope: string, row: StoredAddition): Promise<void>;
  creation(scope: string, row: StoredCreation, created: Ref): Promise<void>;

  /** An entry for each of its requests. */
  tagSync(row: StoredTagSync): Promise<void>;
  get(scope: string, id: string): Promise<StoredActivity | undefined>;
  put(row: StoredActivity): Promise<void>;
  /** Of these people, or of everybody; the newest first. */
  list(scope: string, people: readonly Ref[] | null): Promise<StoredActivity[]>;
  mayEmpty: Parameters<typeof undoAfter>[3];
}

export const entryIdOf = (kind: 'receipt' | 'addition' | 'creation' | 'undo' | 'tags', id: string): string =>
  `${kind}:${id}`;

interface Dependencies {
  store: Store;
  /** The shipped rows: keys and transforms, which no setting changes. */
  mapping: Mapping;
  onChange: () => void;
}

export function createJournal({ store, mapping, onChange }: Dependencies): Journal {
  const mayEmpty: Journal['mayEmpty'] = (field) =>
    mapping.some((row) => row.field === field && row.empty === 'clear');

  const put: Journal['put'] = async (row) => {
    await store.put('activity', row.scope, row.entry.id, row);
    onChange();
  };
  const get: Journal['get'] = (scope, id) => store.get('activity', scope, id);

  const tell = async (
    scope: string,
    told: Omit<ActivityEntry<ErrorView>, 'lines' | 'undo' | 'undoes' | 'undoneBy' | 'origin'> & {
      lines?: ActivityEntry['lines'];
    },
    write: Write,
    done: Done,
  ): Promise<void> => {
    // Told again, after somebody has taken it back: it had come to its end.
    if ((await get(scope, told.id))?.entry.undoneBy) return;
    const undo = undoAfter(told.state, write, done, mayEmpty);
    await put({
      scope,
      entry: {
        lines: endedLines(write, told.state, done),
        ...told,
        origin: 'agent',
        undo: shownUndo(undo),
        undoes: null,
        undoneBy: null,
      },
      write,
      undo,
      job: null,
    });
  };

  return {
    mayEmpty,
    get,
    put,
    async list(scope, people) {
      const rows = (await store.all('activity')).filter(
        (row) => row.scope === scope && (people === null || isAbout(row.entry, people)),
      );
      const order = sortActivity(rows.map(({ entry }) => entry)).map(({ id }) => id);
      return rows.sort((a, b) => order.indexOf(a.entry.id) - order.indexOf(b.entry.id));
    },
    async receipt(scope, { receipt, plan: shown, fields: asked, operations }) {
      const { source, target, side, viewed } = shown;
      // A sync has written to two records: each is told, and taken back, by itself.
      for (const operation of operations ?? operationsOf(mapping, shown, asked)) {
        const { vendor } = operation.target;
        const fields = receipt.fields.filter((field) => targetOfField(receipt, field) === vendor);
        const isSent = fields.some(({ outcome }) => outcome === 'verified' || outcome === 'not-stored');
        await tell(
          scope,
          {
            id: entryIdOf('receipt', side === null ? `${receipt.id}:${vendor}` : receipt.id),
            at: receipt.at,
            kind: side === null ? 'sync' : sameRef(viewed, source) ? 'push' : 'pull',
            personName: receipt.personName,
            people: [source, target],
            vendor,
            state: stateOfReceipt(receipt, fields),
            error: errorOf(receipt, vendor),
            lines: fields.map(({ field, before, sent, found, outcome }) => ({
              what: field,
              before,
              after: sent,
              found: found === sent ? null : found,
              outcome,
            })),
          },
          { kind: 'fields', target: operation.target, changes: operation.changes },
          {
            ...NOTHING_DONE,
            hasChanged: isSent,
            fields: fields.map(({ field, found, outcome }) => ({
              field,
              found,
              stored: outcome === 'verified',
            })),
          },
        );
      }
    },
    async addition(scope, { id, at, addition, result, stage, made = [], who, otherId }) {
      // Told by a version that kept no journal.
      if (!who) return;
      await tell(
        scope,
        {
          id: entryIdOf('addition', id),
          at,
          kind: addition.kind,
          personName: who.name,
          people: peopleOf(who.person, who.contact),
          vendor: who.contact.vendor,
          state: result?.state ?? 'running',
          error: result?.error ?? null,
          ...(result?.gone ? { gone: result.gone } : {}),
        },
        writeOf(addition, who.contact, otherId),
        { ...NOTHING_DONE, hasChanged: stage === 'sent', items: made },
      );
    },
    async tagSync({ id, scope, at, who, parts, result }) {
      for (const { part, vendor, tags } of parts) {
        const ended = result?.parts.find((one) => one.part === part);
        const isOver = ended !== undefined && ended.state !== 'queued';
        const contact = who.person.vendor === vendor ? who.person : who.counterpart;
        await tell(
          scope,
          {
            id: entryIdOf('tags', `${id}:${part}`),
            at,
            kind: 'sync-tags',
            personName: who.name,
            people: peopleOf(who.person, who.counterpart),
            vendor,
            state: ended?.state ?? 'running',
            error: ended?.error ?? null,
            ...(ended?.gone ? { gone: ended.gone } : {}),
          },
          { kind: 'tags', contact, ops: tags.map(({ tag, isOn }) => ({ tag, isOn })) },
          { ...NOTHING_DONE, hasChanged: true, ...(isOver ? { tags: ended.tags } : {}) },
        );
      }
    },
    async creation(scope, { id, startedAt, source, vendor, personName, values, result }, created) {
      await tell(
        scope,
        {
          id: entryIdOf('creation', id),
          at: startedAt,
          kind: isCompany(source) ? 'create-company' : 'create',
          personName,
          people: created.id === '' ? [source] : [source, created],
          vendor,
          state: stateOfCreation(result),
          error: result?.error ?? null,
        },
        { kind: 'contact', created, values: values.map(({ field, key, value }) => ({ field, key, value })) },
        {
          ...NOTHING_DONE,
          hasChanged: result?.state === 'created',
          fields: (result?.fields ?? []).map(({ field, found, stored }) => ({ field, found, stored })),
        },
      );
    },
  };
}

/** What pages are told of the way back: not how it goes. */
export const shownUndo = (undo: Undo): ActivityEntry['undo'] =>
  undo.can ? { can: true, stays: undo.stays } : undo;

/** Who a write is told for. */
export const peopleOf = (person: Ref, contact: Ref): Ref[] =>
  sameRef(person, contact) ? [person] : [person, contact];

/** How the write to one record ended: the receipt of a sync says it of both together. */
function stateOfReceipt({ state }: Receipt, fields: readonly ReceiptField[]): ActivityEntry['state'] {
  const isAll = (...outcomes: FieldOutcome[]): boolean =>
    fields.every(({ outcome }) => outcomes.includes(outcome));
  if (state !== 'done' && state !== 'unknown') return state;
  if (isAll('not-written')) return 'failed';
  if (isAll('not-stored')) return 'not-stored';
  return fields.some(({ outcome }) => outcome === 'unknown') ? 'unknown' : 'done';
}

/** Why: of this record alone where each ended in its own way, of both where nothing was sent to either. */
const errorOf = ({ state, error, otherError }: Receipt, vendor: VendorName): ErrorView | null => {
  if (otherError?.vendor === vendor) return otherError;
  const isOwn = !error?.vendor || error.vendor === vendor;
  return isOwn || (state !== 'done' && state !== 'unknown') ? error : null;
};

/** Receipts of versions that did not keep what they wrote. */
const operationsOf = (
  mapping: Mapping,
  { rows, source, target, side }: StoredReceipt['plan'],
  fields: readonly FieldName[],
): Operation[] => (side === null ? [] : plan(rows, fields, { source, target, side, mapping }).operations);

function stateOfCreation(result: CreationResult | null): ActivityEntry['state'] {
  if (!result) return 'running';
  if (result.state === 'created') return 'done';
  // Somebody is there already.
  return result.state === 'found' ? 'refused' : result.state;
}

/** What was not read back yet. */
const itemOf = (id: string, status: string | null = null): Item => ({ id, version: '', status });

/** An addition as a write. A text that looks like a secret is not kept. `otherId`: the contact of the other vendor, where it matters. */
export function writeOf(addition: Addition, contact: Ref, otherId?: string): Write {
  const linked = otherId === undefined ? {} : { linkedTo: otherId };
  switch (addition.kind) {
    case 'add-tag':
    case 'add-atera-tag':
      return { kind: 'tag', contact, tag: addition.tag, isOn: true };
    case 'remove-tag':
    case 'remove-atera-tag':
      return { kind: 'tag', contact, tag: addition.tag, isOn: false };
    case 'note':
      return { kind: 'note', contact, body: keepable(addition.body), userId: addition.userId ?? null };
    case 'task':
      return { kind: 'task', contact, title: addition.title, dueAt: addition.dueAt };
    case 'comment':
      return { kind: 'comment', contact, body: keepable(addition.body) };
    case 'ticket':
      return { kind: 'ticket', contact, title: addition.title };
    case 'copy-task':
      return { kind: 'ticket', contact, title: addition.title, ...linked };
    case 'copy-note':
      return { kind: 'comment', contact, body: keepable(addition.body) };
    case 'copy-comment':
      return { kind: 'note', contact, body: keepable(addition.body), userId: addition.userId ?? null };
    case 'copy-ticket':
      return { kind: 'task', contact, title: addition.title, dueAt: addition.dueAt, hasMore: true };
    case 'remember-in-atera':
    case 'remember-in-ghl': {
      const { field, expected, text } = addition;
      return { kind: 'pointer', contact, field, expected, value: text };
    }
    case 'complete-task':
    case 'reopen-task': {
      const { isDone } = FOLLOWS[addition.kind];
      return { kind: 'task-status', contact, item: itemOf(addition.taskId), title: '', isDone };
    }
    case 'resolve-ticket':
    case 'reopen-ticket':
      return {
        kind: 'ticket-status',
        contact,
        item: itemOf(addition.ticketId, addition.from),
        title: '',
        from: addition.from,
        to: addition.status,
        ...linked,
      };
    case 'set-business':
    case 'set-customer':
      return { kind: 'company', contact, from: addition.from, to: addition.to };
  }
}

/** The addition that this write is; null where it is none. */
export function additionOf(write: Write, vendor: VendorName): Addition | null {
  switch (write.kind) {
    case 'tag':
      if (vendor === 'ghl') return { kind: write.isOn ? 'add-tag' : 'remove-tag', tag: write.tag };
      return { kind: write.isOn ? 'add-atera-tag' : 'remove-atera-tag', tag: write.tag };
    case 'note':
      if (write.body === null) return null;
      return { kind: 'note', body: write.body, ...(write.userId === null ? {} : { userId: write.userId }) };
    case 'task':
      return { kind: 'task', title: write.title, dueAt: write.dueAt };
    default:
      return null;
  }
}
