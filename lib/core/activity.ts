import type { FieldName, FieldValue, Ref, VendorName } from './contact.ts';
import { sameRef } from './contact.ts';
import type { ExportRow } from './export-text.ts';
import { secretsIn } from './secret-scan.ts';
import type { Done, TagChange, UndoBlock, Write } from './undo.ts';
import type { OfferedField } from './undo-offer.ts';

/** The journal of everything that was told to be written, whatever came of it. */

export const ACTIVITY_KINDS = [
  'push',
  'pull',
  'sync',
  'add-tag',
  'remove-tag',
  'note',
  'task',
  'add-atera-tag',
  'remove-atera-tag',
  'comment',
  'ticket',
  'create',
  'undo',
  'copy-note',
  'copy-comment',
  'copy-task',
  'copy-ticket',
  'complete-task',
  'reopen-task',
  'resolve-ticket',
  'reopen-ticket',
  'set-business',
  'set-customer',
  'create-company',
  'remember-in-atera',
  'remember-in-ghl',
  'sync-tags',
] as const;
export type ActivityKind = (typeof ACTIVITY_KINDS)[number];

/**
 * `conflict`: somebody changed the target since, nothing was written. `refused`: who is who is not certain, nothing was written.
 * `failed`: nothing was written. `queued`: nothing was written yet, it is tried again. `not-stored`: not found when it was read back. `unknown`: whether it was written cannot be told.
 */
export const ACTIVITY_STATES = [
  'queued',
  'running',
  'done',
  'not-stored',
  'conflict',
  'refused',
  'failed',
  'unknown',
] as const;
export type ActivityState = (typeof ACTIVITY_STATES)[number];

export type LineOutcome =
  | 'waiting'
  | 'sent'
  | 'accepted'
  | 'verified'
  | 'not-stored'
  | 'changed-meanwhile'
  | 'not-written'
  | 'unknown';

export type LineName =
  | FieldName
  | 'tag'
  | 'note'
  | 'task'
  | 'comment'
  | 'ticket'
  | 'contact'
  | 'status'
  | 'archived'
  | 'completed'
  | 'pointer';

/** One thing that was written. */
export interface ActivityLine {
  what: LineName;
  before: FieldValue;
  after: FieldValue;
  /** What the last read found, where that is known and something else than `after`. */
  found: FieldValue;
  outcome: LineOutcome;
  /** The text looks like a password, key or card number, and was not kept. */
  isHidden?: true;
}

export interface ActivityEntry<E = unknown> {
  id: string;
  /** Epoch ms when it was told. */
  at: number;
  kind: ActivityKind;
  origin: 'agent';
  personName: string;
  /** Every record of the person that it is about. */
  people: Ref[];
  /** Who was written to. */
  vendor: VendorName;
  lines: ActivityLine[];
  state: ActivityState;
  error: E | null;
  undo: { can: true; stays: FieldName[] } | { can: false; reason: UndoBlock };
  /** The entry that this one takes back. */
  undoes: string | null;
  /** The entry that took, or takes, this one back. */
  undoneBy: string | null;
  /** What others had there right before it was written, and is there no more. */
  gone?: string[];
  /** What a way back that was refused can do instead, field by field. */
  offer?: OfferedField[];
  /** Where the vendor shows what somebody changed; absent where no address is known. */
  url?: string;
}

export interface ActivityFilter {
  vendor: VendorName | null;
  kind: ActivityKind | null;
  state: ActivityState | null;
  /** Epoch ms, both included. */
  from: number | null;
  to: number | null;
  /** Part of a person's name, id, or of a value. */
  text: string;
}

export const NO_FILTER: ActivityFilter = {
  vendor: null,
  kind: null,
  state: null,
  from: null,
  to: null,
  text: '',
};

/** The newest first. */
export const sortActivity = <T extends Pick<ActivityEntry, 'at' | 'id'>>(entries: readonly T[]): T[] =>
  [...entries].sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1));

export const isAbout = ({ people }: Pick<ActivityEntry, 'people'>, refs: readonly Ref[]): boolean =>
  people.some((person) => refs.some((ref) => sameRef(ref, person)));

export function filterActivity<T extends ActivityEntry>(entries: readonly T[], filter: ActivityFilter): T[] {
  const wanted = fold(filter.text.trim());
  return entries.filter(
    (entry) =>
      (filter.vendor === null || entry.vendor === filter.vendor) &&
      (filter.kind === null || entry.kind === filter.kind) &&
      (filter.state === null || entry.state === filter.state) &&
      (filter.from === null || entry.at >= filter.from) &&
      (filter.to === null || entry.at <= filter.to) &&
      (wanted === '' || textsOf(entry).some((text) => fold(text).includes(wanted))),
  );
}

const textsOf = ({ personName, people, lines }: ActivityEntry): string[] => [
  personName,
  ...people.map(({ id }) => id),
  ...lines.flatMap(({ before, after, found }) => [before, after, found].filter((value) => value !== null)),
];

/** "Müller" is found by "muller". */
const fold = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** What a write would change, before it is known what comes of it. */
export function linesOf(write: Write): Pick<ActivityLine, 'what' | 'before' | 'after' | 'isHidden'>[] {
  switch (write.kind) {
    case 'fields':
      return write.changes.map(({ field, expected, value }) => ({
        what: field,
        before: expected,
        after: value,
      }));
    case 'tag':
      return [tagLine(write)];
    case 'tags':
      return write.ops.map(tagLine);
    case 'note':
    case 'comment':
      return [added(write.kind, write.body)];
    case 'task':
    case 'ticket':
      return [added(write.kind, write.title)];
    case 'contact':
      return write.values.map(({ field, value }) => ({ what: field, before: null, after: value }));
    case 'delete':
      return [gone(write.of, write.text)];
    case 'ticket-status':
      return [{ what: 'status', before: write.from, after: write.to }];
    case 'task-status':
      return [{ what: 'completed', before: yesNo(!write.isDone), after: yesNo(write.isDone) }];
    case 'pointer':
      return [{ what: 'pointer', before: write.expected, after: write.value }];
    case 'archive':
      return [{ what: 'archived', before: yesNo(!write.isArchived), after: yesNo(write.isArchived) }];
    case 'company':
      return [{ what: 'company', before: write.from?.name ?? null, after: write.to?.name ?? null }];
  }
}

const tagLine = ({ tag, isOn }: TagChange) => (isOn ? added('tag', tag) : gone('tag', tag));
const yesNo = (is: boolean): string => (is ? 'yes' : 'no');
const hide = (text: string | null): { text: string | null; isHidden?: true } =>
  text === null ? { text, isHidden: true } : { text };
const added = (what: LineName, value: string | null) => {
  const { text, ...hidden } = hide(value);
  return { what, before: null, after: text, ...hidden };
};
const gone = (what: LineName, value: string | null) => {
  const { text, ...hidden } = hide(value);
  return { what, before: text, after: null, ...hidden };
};

/** A text as it may be kept: null when it looks like it holds a secret. */
export const keepable = (text: string): string | null => (secretsIn(text).length > 0 ? null : text);

/** The lines of a write that has come to its end. */
export function endedLines(
  write: Write,
  state: ActivityState,
  { fields, present, tags }: Done,
): ActivityLine[] {
  // Each tag has its own line, and its own end.
  if (write.kind === 'tags')
    return linesOf(write).map((line, index) => ({
      ...line,
      found: null,
      outcome: tags?.[index]?.outcome ?? outcomeOf(state, undefined, false),
    }));
  return linesOf(write).map((line) => {
    const read = fields.find(({ field }) => field === line.what);
    return {
      ...line,
      found: read ? (read.found === line.after ? null : read.found) : present,
      outcome: outcomeOf(state, read?.stored, read ? read.found !== line.before : present !== null),
    };
  });
}

function outcomeOf(state: ActivityState, isStored: boolean | undefined, isOther: boolean): LineOutcome {
  switch (state) {
    case 'queued':
    case 'running':
      return 'waiting';
    case 'done':
      return isStored === false ? 'not-stored' : 'verified';
    case 'not-stored':
      return isStored ? 'verified' : 'not-stored';
    case 'conflict':
      return isOther ? 'changed-meanwhile' : 'not-written';
    case 'unknown':
      return isStored ? 'verified' : 'unknown';
    case 'refused':
    case 'failed':
      return 'not-written';
  }
}

export const EXPORT_COLUMNS = [
  'time',
  'id',
  'kind',
  'origin',
  'person',
  'records',
  'target',
  'what',
  'before',
  'after',
  'found',
  'outcome',
  'state',
  'error',
  'undoes',
  'undone_by',
] as const;

/** One row per line of an entry, for spreadsheets. */
export const exportRows = (entries: readonly ActivityEntry<{ code: string }>[]): ExportRow[] =>
  entries.flatMap((entry) =>
    entry.lines.map((line) => ({
      time: new Date(entry.at).toISOString(),
      id: entry.id,
      kind: entry.kind,
      origin: entry.origin,
      person: entry.personName,
      records: entry.people.map(({ vendor, id }) => `${vendor} ${id}`).join('; '),
      target: entry.vendor,
      what: line.what,
      before: line.before,
      after: line.after,
      found: line.found,
      outcome: line.outcome,
      state: entry.state,
      error: entry.error?.code ?? null,
      undoes: entry.undoes,
      undone_by: entry.undoneBy,
    })),
  );
