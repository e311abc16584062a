import type { BackWrite } from '../../lib/core/undo.ts';
import { intentOf } from './journal-truth.ts';
import type { Change, Commit, Intent, Ledger } from './ledger.ts';
import { type Find, keyAt, plain } from './plan-truth.ts';
import { isItem } from './records.ts';
import { readRows } from './store.ts';
import { companyIs, type Held, pointerIs, tagIs, tagOf, valueIs, wasHeld } from './wanted.ts';
import type { Agent } from './world.ts';

/** An edit of somebody else between our re-read and our write. */
type IsLate = (commit: Commit, record: string, prop: string, expected: string | null) => boolean;

/** What is taken back must still be what was written: whatever else was there was somebody's. */
export function judgeWayBack(
  ledger: Ledger,
  commit: Commit,
  { find, isLate, onLate }: { find: Find; isLate: IsLate; onLate: () => void },
): void {
  const { by, changes } = commit;
  const origin = by.entryId === null ? undefined : intentOf(ledger, by.entryId);
  if (!origin) {
    find('unexplained', `${by.id} takes back what nobody wrote`);
    return;
  }
  const written = ledger.commits.findLast((other) => other.by === origin && other.seq < commit.seq);
  const leftBy = (record: string, prop: string): string | null => {
    const own = ledger.changes.findLast(
      (change) =>
        change.by === origin && change.record === record && change.prop === prop && change.seq < commit.seq,
    );
    return own ? own.after : ledger.valueAt(record, prop, written?.seq ?? origin.from);
  };
  for (const { record, prop, before, after } of withWholeItems(ledger, commit, changes)) {
    // Tags are judged as such: each is on or off, and nobody can have another one in its place.
    if (tagOf({ record, prop }) !== null) continue;
    const shown = by.chosen.find((one) => one.record === record && one.prop === prop);
    const expected = shown ? shown.now : leftBy(record, prop);
    if (before === expected) continue;
    if (isLate(commit, record, prop, expected)) onLate();
    else
      find(
        'overwritten',
        `${record} ${prop}: ${before} became ${after}, and ${expected} was ours (${by.id})`,
      );
  }
}

/** An item is taken back as a whole: also what was not changed by that must be as it was. */
function withWholeItems(
  ledger: Ledger,
  { seq }: Commit,
  changes: readonly Change[],
): Pick<Change, 'record' | 'prop' | 'before' | 'after'>[] {
  const items = new Set(changes.flatMap(({ record }) => (isItem(record) ? [record] : [])));
  const others = [...items].flatMap((record) => {
    const props = new Set(
      ledger.changes.flatMap((change) => (change.record === record ? [change.prop] : [])),
    );
    for (const { prop, record: own } of changes) if (own === record) props.delete(prop);
    return [...props].map((prop) => {
      const value = ledger.valueAt(record, prop, seq - 1);
      return { record, prop, before: value, after: value };
    });
  });
  return [...changes, ...others];
}

/** Whether what is said of what was taken back is true. */
export function judgeUndos(
  ledger: Ledger,
  agent: Agent,
  commitsOf: (intent: Intent) => Commit[],
  find: Find,
): void {
  const rows = new Map(readRows(agent.disk, 'activity').map((row) => [row.entry.id, row]));
  const written = new Map<string, string[]>();
  for (const intent of ledger.intents.values()) {
    if (intent.kind !== 'undo' || intent.browser !== agent.name || intent.entryId === null) continue;
    const commits = commitsOf(intent);
    const row = rows.get(`undo:${intent.id}`);
    const name = `undo ${intent.id} of ${intent.entryId}`;
    if (!row) {
      if (commits.length > 0) find('unexplained', `${name} was written, and nothing says so`);
      continue;
    }
    const { entry } = row;
    const { state } = entry;
    const write = row.write as BackWrite;
    const wasWanted = (): boolean => wasHeld(ledger, intent, wantedBy(ledger, write));
    if (commits.length > 0) written.set(intent.entryId, [...(written.get(intent.entryId) ?? []), state]);
    if (state === 'running' || state === 'queued')
      find(commits.length > 0 ? 'unexplained' : 'lost', `${name} is ${state} for ever`);
    if (state === 'done' && !wasWanted()) find('lost', `${name}: done`);
    if (
      state === 'not-stored' &&
      entry.error === null &&
      commits.length > 0 &&
      wasWanted() &&
      isKept(ledger, intent)
    )
      find('unexplained', `${name}: not stored, but it was`);
    const mark = rows.get(intent.entryId)?.entry.undoneBy ?? null;
    const marker = mark === null ? null : (rows.get(mark)?.entry.state ?? 'gone');
    if (state === 'done' && marker !== 'done')
      find('unexplained', `${name}: done, and its entry says it is ${marker ?? 'not taken back'}`);
    if (marker !== null && marker !== 'done' && marker !== 'unknown')
      find('unexplained', `${intent.entryId} is said to be taken back by ${mark}, which is ${marker}`);
  }
  for (const [entryId, states] of written) {
    const [, ...more] = states.filter((state) => state !== 'not-stored');
    for (let count = 0; count < more.length; count += 1)
      find('duplicates', `${entryId} was taken back again`);
  }
}

/** What was taken back is no edit of anybody: a sync must not carry it to the other side by itself. */
export function judgeCarried(ledger: Ledger, agent: Agent, find: Find): void {
  for (const intent of ledger.intents.values()) {
    const written = ledger.commits.filter(({ by }) => by === intent).flatMap(({ changes }) => changes);
    if (intent.browser !== agent.name || written.length === 0) continue;
    for (const { record, prop } of intent.carried) {
      const tag = tagOf({ record, prop });
      // Of several tags, those that nobody asks for any more are left out.
      if (tag !== null && !written.some((change) => tagOf(change) === tag)) continue;
      const seenAt = ledger.seenAt(intent.id, record);
      const last = ledger.changes.findLast(
        (change) => change.record === record && change.prop === prop && change.seq <= seenAt,
      );
      if (last?.by?.kind === 'undo' && last.by.browser === agent.name)
        find(
          'overwritten',
          `${record} ${prop} was taken back by ${last.by.id}, and carried over by ${intent.id}`,
        );
    }
  }
}

/** Nobody has changed anything since. */
export const isKept = (ledger: Ledger, intent: Intent): boolean => {
  const last = ledger.commits.findLast(({ by }) => by === intent);
  return !ledger.changes.some(({ seq }) => last !== undefined && seq > last.seq);
};

/** What a way back asks for. */
function wantedBy(ledger: Ledger, write: BackWrite): Held {
  switch (write.kind) {
    case 'fields': {
      const { target } = write;
      const record = `${target.vendor} ${target.id}`;
      // Values of own fields are kept under ids; what is sent there is not followed.
      const followed = write.changes.filter(({ field }) => !keyAt(field, target).startsWith('custom'));
      return (at) =>
        followed.every(
          ({ field, value }) => plain(ledger.valueAt(record, keyAt(field, target), at)) === plain(value),
        );
    }
    case 'tag':
      return tagIs(ledger, write.contact.vendor, write.contact.id, write.tag, write.isOn);
    case 'tags': {
      const { contact, ops } = write;
      const held = ops.map(({ tag, isOn }) => tagIs(ledger, contact.vendor, contact.id, tag, isOn));
      return (at) => held.every((isHeld) => isHeld(at));
    }
    case 'delete':
      return valueIs(ledger, `${write.of} ${write.contact.id} ${write.item.id}`, 'id', null);
    case 'task-status':
      return valueIs(ledger, `task ${write.contact.id} ${write.item.id}`, 'completed', String(write.isDone));
    case 'ticket-status':
      return (at) => plain(ledger.valueAt(`ticket ${write.item.id}`, 'TicketStatus', at)) === plain(write.to);
    case 'note':
    case 'task': {
      const text = write.kind === 'note' ? write.body : write.title;
      const prop = write.kind === 'note' ? 'body' : 'title';
      const start = `${write.kind} ${write.contact.id} `;
      return (at) =>
        ledger.changes.some(
          (change) =>
            change.seq === at &&
            change.record.startsWith(start) &&
            change.prop === prop &&
            change.after === text,
        );
    }
    case 'company':
      return companyIs(ledger, write.contact.vendor, write.contact.id, write.to?.id ?? null);
    case 'pointer':
      return pointerIs(ledger, write.contact.vendor, write.contact.id, write.field, write.value);
    case 'archive':
      return (at) =>
        ledger.valueAt(`${write.target.vendor} ${write.target.id}`, 'Archived', at) ===
        String(write.isArchived);
  }
}
