import { tagKey } from '../../lib/core/tag-list.ts';
import type { StoredReceipt } from '../../lib/services/areas.ts';
import { judgeAdditions, judgeCreations } from './addition-truth.ts';
import { judgeCopies } from './copy-truth.ts';
import { judgeJobs } from './job-truth.ts';
import { judgeJournal } from './journal-truth.ts';
import type { Change, Commit, Intent } from './ledger.ts';
import { SEARCH } from './network.ts';
import { judgePlan } from './plan-truth.ts';
import { judgeReasons } from './reason-truth.ts';
import { type Setting, scenes } from './setting.ts';
import { readRows } from './store.ts';
import { contactsOf, judgeTagSyncs } from './tag-truth.ts';
import { judgeCarried, judgeUndos, judgeWayBack } from './undo-truth.ts';
import { type Held, ownTags, tagOf } from './wanted.ts';

export const DAMAGE = ['duplicates', 'lost', 'overwritten', 'unexplained'] as const;
export type Damage = (typeof DAMAGE)[number];

/** A longer one is our own doing: what was read so long ago must be read again. */
const LONGEST_WINDOW_MS = 4_000;

/** One thing that must not be, in words for whoever looks for its cause. */
export interface Finding {
  damage: Damage;
  what: string;
}

export interface Verdict {
  findings: Finding[];
  /** Foreign edits that were made after our re-read was answered, and overwritten. */
  unpreventable: number;
  /** From the answer to the re-read to the write, per write. */
  windowsMs: number[];
  /** How many writes the vendors took. */
  commits: number;
  /** How many presses there were. */
  presses: number;
  /** Copies that two browsers made at the same moment. */
  doubles: number;
}

/** Whoever knows all that was wanted and all that happened says what is wrong. */
export function judge(setting: Setting): Verdict {
  const { ledger, agents } = setting;
  const verdict: Verdict = {
    findings: [],
    unpreventable: 0,
    windowsMs: [],
    commits: ledger.commits.length,
    presses: ledger.intents.size,
    doubles: 0,
  };
  const find = (damage: Damage, what: string): void => void verdict.findings.push({ damage, what });
  const commitsOf = (intent: Intent): Commit[] => ledger.commits.filter(({ by }) => by === intent);

  /** How long after our re-read an edit can still be called unpreventable. */
  const isShort = (commit: Commit, read: { at: number }): boolean => commit.at - read.at <= LONGEST_WINDOW_MS;

  /** What somebody else wrote between what the agent saw and what we wrote. */
  const judgeChange = (
    commit: Commit,
    change: Change,
    seenAt: number,
    read: { seq: number; at: number } | undefined,
  ): void => {
    const { record, prop } = change;
    const others = ledger.changes.filter(
      (other) =>
        other.record === record &&
        other.prop === prop &&
        other.by !== commit.by &&
        other.seq > seenAt &&
        other.seq < change.seq,
    );
    if (others.length === 0) return;
    const seen = ledger.valueAt(record, prop, seenAt);
    if (ledger.valueAt(record, prop, change.seq - 1) === seen) return;
    const isLate =
      read !== undefined &&
      read.seq > seenAt &&
      isShort(commit, read) &&
      ledger.valueAt(record, prop, read.seq) === seen;
    if (isLate) onLate();
    else find('overwritten', `${record} ${prop}: ${change.before} became ${change.after} (${commit.by.id})`);
  };

  /** Tags of others stay. Atera's are one text: what others have in it must be sent back as it was read. */
  const judgeTags = (commit: Commit): void => {
    const own = ownTags(commit.by).map(tagKey);
    for (const change of commit.changes) {
      const { record, prop, before, after } = change;
      const tag = tagOf(change);
      if (tag === null || own.includes(tagKey(tag))) continue;
      const read = ledger.reread(commit.by, record, commit.sent);
      const wasLate =
        record.startsWith('values ') &&
        read !== undefined &&
        isShort(commit, read) &&
        ledger.valueAt(record, prop, read.seq) === after;
      if (wasLate) onLate();
      else find('overwritten', `${record} ${prop}: ${before} became ${after} (${commit.by.id})`);
    }
  };

  const onLate = (): void => {
    verdict.unpreventable += 1;
  };
  const isLate = (commit: Commit, record: string, prop: string, expected: string | null): boolean => {
    const read = ledger.reread(commit.by, record, commit.sent);
    return read !== undefined && isShort(commit, read) && ledger.valueAt(record, prop, read.seq) === expected;
  };

  const isReasonLate = (commit: Commit, record: string, isHeld: Held): boolean => {
    const read = ledger.reread(commit.by, record, commit.sent);
    return read !== undefined && isShort(commit, read) && isHeld(read.seq);
  };
  const tagSyncs = new Map(
    agents.flatMap(({ disk }) => readRows(disk, 'tagSyncs').map((row) => [row.id, row] as const)),
  );

  /** Whose record an addition was for. */
  const contactIds = new Map(
    agents.flatMap(({ disk }) =>
      readRows(disk, 'additions').map(({ id, contactId }) => [id, contactId] as const),
    ),
  );

  for (const intent of ledger.intents.values()) {
    const commits = commitsOf(intent);
    const records = new Map<string, number>();
    for (const { method, path } of commits) {
      const key = `${method} ${path}`;
      records.set(key, (records.get(key) ?? 0) + 1);
    }
    for (const [key, count] of records)
      for (let more = 1; more < count; more += 1) find('duplicates', `${key} again for ${intent.id}`);
    for (const commit of commits) {
      const reads = new Set(commit.changes.map(({ record }) => record));
      for (const record of reads) {
        const read = ledger.reread(intent, record, commit.sent);
        // What is added to a record overwrites nothing.
        const isOver = commit.changes.some((change) => change.record === record && change.before !== null);
        if (read && isOver) verdict.windowsMs.push(commit.at - read.at);
        // What is taken back is named by its entry, whatever page is open.
        if (intent.kind === 'undo') continue;
        // What had to wait is for whom it was accepted.
        if (intent.laterFrom !== null && commit.seq > intent.laterFrom) continue;
        const pageThen = ledger.pageAt(intent.browser, intent.tabId, read?.seq ?? intent.from);
        const pageNow = ledger.pageAt(intent.browser, intent.tabId, commit.seq);
        if (pageThen !== intent.url && pageNow !== intent.url)
          find('unexplained', `${record} was written while the page showed somebody else (${intent.id})`);
      }
      judgeTags(commit);
      const tagSync = tagSyncs.get(intent.id);
      const whose = {
        contacts: tagSync ? contactsOf(tagSync) : null,
        contactId: contactIds.get(intent.id) ?? null,
      };
      judgeReasons(ledger, commit, whose, isReasonLate, {
        onLate,
        find: (what) => find('overwritten', what),
      });
      if (intent.kind === 'undo') judgeWayBack(ledger, commit, { find, isLate, onLate });
      if (intent.kind !== 'plan') continue;
      for (const change of commit.changes)
        judgeChange(
          commit,
          change,
          ledger.seenAt(intent.id, change.record),
          ledger.reread(intent, change.record, commit.sent),
        );
    }
  }

  for (const agent of agents) {
    const receipts = new Map<string, StoredReceipt>();
    for (const row of readRows(agent.disk, 'receipts')) receipts.set(row.receipt.id, row);
    for (const { by, sent, path } of ledger.commits) {
      const twinAt = ledger.twinAt();
      const plan = receipts.get(by.id)?.plan;
      const isHers = [plan?.source.id, plan?.target.id].includes(scenes[0]?.ghlContactIds[0]);
      if (by.browser !== agent.name || twinAt === null || !isHers || plan?.linked !== false) continue;
      // Nobody had linked the pair: the address had to name these two alone when it was looked for.
      if (twinAt < (ledger.reread(by, SEARCH, sent)?.seq ?? by.from))
        find('unexplained', `${path} was written while two people had the address (${by.id})`);
    }
    for (const intent of ledger.intents.values())
      if (intent.browser === agent.name && intent.kind === 'plan')
        judgePlan(ledger, intent, commitsOf(intent), receipts.get(intent.id), find);
    judgeAdditions(setting, agent, commitsOf, find);
    judgeCreations(setting, agent, commitsOf, find);
    judgeJobs(ledger, agent, find);
    judgeTagSyncs(ledger, agent, commitsOf, find);
    judgeUndos(ledger, agent, commitsOf, find);
    judgeJournal(ledger, agent, commitsOf, find);
    judgeCarried(ledger, agent, find);
  }
  verdict.doubles = judgeCopies(setting, find);
  return verdict;
}
