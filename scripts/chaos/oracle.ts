import type { StoredReceipt } from '../../lib/services/areas.ts';
import { judgeAdditions, judgeCreations } from './addition-truth.ts';
import type { Change, Commit, Intent } from './ledger.ts';
import { SEARCH } from './network.ts';
import { judgePlan } from './plan-truth.ts';
import { type Setting, scenes, TAG_FIELD } from './setting.ts';
import { readRows } from './store.ts';

export const DAMAGE = ['duplicates', 'lost', 'overwritten', 'unexplained'] as const;
export type Damage = (typeof DAMAGE)[number];

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
  };
  const find = (damage: Damage, what: string): void => void verdict.findings.push({ damage, what });
  const commitsOf = (intent: Intent): Commit[] => ledger.commits.filter(({ by }) => by === intent);

  /** What somebody else wrote between what the agent saw and what we wrote. */
  const judgeChange = (
    commit: Commit,
    change: Change,
    seenAt: number,
    read: { seq: number } | undefined,
  ): void => {
    const { record, prop } = change;
    const readAt = read?.seq ?? seenAt;
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
    const isLate = ledger.valueAt(record, prop, readAt) === seen && readAt > seenAt;
    if (isLate) verdict.unpreventable += 1;
    else find('overwritten', `${record} ${prop}: ${change.before} became ${change.after} (${commit.by.id})`);
  };

  /** Atera's tags are one text: what others have in it must be sent back as it was read. */
  const judgeTags = (commit: Commit): void => {
    const { addition } = commit.by;
    const own = addition && 'tag' in addition ? addition.tag : null;
    for (const { seq, record, prop, before, after } of commit.changes) {
      if (!record.startsWith('values ') || prop === `${TAG_FIELD} ${own}`) continue;
      const read = ledger.reread(commit.by, record, seq);
      const isLate = read !== undefined && ledger.valueAt(record, prop, read.seq) === after;
      if (isLate) verdict.unpreventable += 1;
      else find('overwritten', `${record} ${prop}: ${before} became ${after} (${commit.by.id})`);
    }
  };

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
        const read = ledger.reread(intent, record, commit.seq);
        if (read) verdict.windowsMs.push(commit.at - read.at);
        const pageThen = ledger.pageAt(intent.browser, intent.tabId, read?.seq ?? intent.from);
        const pageNow = ledger.pageAt(intent.browser, intent.tabId, commit.seq);
        if (pageThen !== intent.url && pageNow !== intent.url)
          find('unexplained', `${record} was written while the page showed somebody else (${intent.id})`);
      }
      judgeTags(commit);
      if (intent.kind !== 'plan') continue;
      for (const change of commit.changes)
        judgeChange(
          commit,
          change,
          ledger.seenAt(intent.id, change.record),
          ledger.reread(intent, change.record, commit.seq),
        );
    }
  }

  for (const agent of agents) {
    const receipts = new Map<string, StoredReceipt>();
    for (const row of readRows(agent.disk, 'receipts')) receipts.set(row.receipt.id, row);
    for (const { by, seq, path } of ledger.commits) {
      const twinAt = ledger.twinAt();
      const plan = receipts.get(by.id)?.plan;
      const isHers = [plan?.source.id, plan?.target.id].includes(scenes[0]?.ghlContactIds[0]);
      if (by.browser !== agent.name || twinAt === null || !isHers || plan?.linked !== false) continue;
      // Nobody had linked the pair: the address had to name these two alone when it was looked for.
      if (twinAt < (ledger.reread(by, SEARCH, seq)?.seq ?? by.from))
        find('unexplained', `${path} was written while two people had the address (${by.id})`);
    }
    for (const intent of ledger.intents.values())
      if (intent.browser === agent.name && intent.kind === 'plan')
        judgePlan(ledger, intent, commitsOf(intent), receipts.get(intent.id), find);
    judgeAdditions(setting, agent, commitsOf, find);
    judgeCreations(setting, agent, commitsOf, find);
  }
  return verdict;
}
