import type { TagOp } from '../../lib/core/tag-sync.ts';
import type { Addition } from '../../lib/panel-state.ts';
import type { SandboxState } from '../../lib/sandbox/index.ts';
import { isItem, lookAt, readNameOf, type Values, type Watched } from './records.ts';

/** Something that an agent told the background to write. Pressed again under the same id, it is the same. */
export interface Intent {
  id: string;
  kind: 'plan' | 'addition' | 'creation' | 'undo' | 'tags' | 'job';
  addition: Addition | null;
  /** Of a sync of tags, and of what takes a part of one back: the tags that were ticked. */
  ops: readonly TagOp[];
  /** What the journal calls the write that is taken back; null for all but undo. */
  entryId: string | null;
  /** Of a sync: the values that go to the other side because somebody is said to have changed them. */
  carried: { record: string; prop: string }[];
  /** Of an undo: what somebody changed since, as it was shown when the agent said what it is to be. */
  chosen: { record: string; prop: string; now: string | null }[];
  browser: string;
  tabId: number;
  /** What was on screen. */
  url: string;
  /** When it was pressed, and when its outcome was stored. */
  from: number;
  until: number | null;
  /** How often the background has taken it up. */
  turns: number;
  /** When it was taken up again: by then the agent may look at somebody else. */
  laterFrom: number | null;
}

/** One value of one record became another. `by`: null for somebody who is not us. */
export interface Change {
  seq: number;
  record: string;
  prop: string;
  before: string | null;
  after: string | null;
  by: Intent | null;
}

/** A write that the vendor has taken. */
export interface Commit {
  seq: number;
  at: number;
  by: Intent;
  method: string;
  path: string;
  changes: Change[];
  /** When it was sent: what is read while it is under way is not what it was compared with. */
  sent: number;
  /** The journal knew of it by then. */
  isTold: boolean;
}

/** The vendor has answered with a record. */
interface Read {
  seq: number;
  at: number;
  record: string;
  browser: string;
  by: Intent | null;
}

export type Ledger = ReturnType<typeof createLedger>;

/** All that happens at the vendors, in order: by whom, and what was read of it when. */
export function createLedger(state: SandboxState, watched: Watched) {
  let seq = 0;
  const changes: Change[] = [];
  const commits: Commit[] = [];
  const reads: Read[] = [];
  const pages: { seq: number; browser: string; tabId: number; url: string }[] = [];
  /** When what each plan was made from had been read, by record. */
  const seen = new Map<string, Map<string, number>>();
  let twinAt: number | null = null;
  const intents = new Map<string, Intent>();

  const look = (): Values => lookAt(state, watched);
  let known = look();

  /** Compares with what was known, and remembers what is new. */
  const note = (by: Intent | null): Change[] => {
    seq += 1;
    const now = look();
    const found: Change[] = [];
    for (const record of new Set([...known.keys(), ...now.keys()])) {
      const values = now.get(record) ?? new Map<string, string>();
      const old = known.get(record) ?? new Map<string, string>();
      for (const prop of new Set([...old.keys(), ...values.keys()])) {
        const before = old.get(prop) ?? null;
        const after = values.get(prop) ?? null;
        if (before !== after) found.push({ seq, record, prop, before, after, by });
      }
    }
    known = now;
    changes.push(...found);
    return found;
  };

  return {
    changes,
    commits,
    intents,
    now: () => seq,
    foreign: () => note(null),
    twin() {
      seq += 1;
      twinAt = seq;
    },
    /** Since when two people in GHL have the address of the first person. */
    twinAt: () => twinAt,
    committed(by: Intent, at: number, method: string, path: string, isTold: boolean, sent: number) {
      const made = note(by);
      commits.push({ seq, at, by, method, path, changes: made, isTold, sent });
    },
    read(record: string, at: number, browser: string, by: Intent | null) {
      seq += 1;
      reads.push({ seq, at, record, browser, by });
    },
    shows(browser: string, tabId: number, url: string) {
      seq += 1;
      pages.push({ seq, browser, tabId, url });
    },
    planned(browser: string, planId: string) {
      if (seen.has(planId)) return;
      const last = new Map<string, number>();
      for (const read of reads) if (read.browser === browser) last.set(read.record, read.seq);
      seen.set(planId, last);
    },
    finished(id: string) {
      seq += 1;
      const intent = intents.get(id);
      if (intent) intent.until ??= seq;
    },
    /** The background takes this press up: at first because it was pressed. */
    takenUp(id: string): Intent | null {
      const intent = intents.get(id);
      if (!intent) return null;
      intent.turns += 1;
      if (intent.turns > 1) intent.laterFrom ??= seq;
      return intent;
    },
    /** When what the plan says of a record was read. */
    seenAt: (planId: string, record: string): number => seen.get(planId)?.get(record) ?? 0,
    /** The last read of a record that was made for this press, before something was sent. */
    reread: (intent: Intent, record: string, sent: number): Read | undefined =>
      reads.findLast((read) => read.by === intent && read.record === readNameOf(record) && read.seq <= sent),
    /** The first read of a record that was made for this press after its write. */
    readBack: (intent: Intent, record: string, written: number): Read | undefined =>
      reads.find((read) => read.by === intent && read.record === readNameOf(record) && read.seq >= written),
    /** What the tab showed at that time. */
    pageAt: (browser: string, tabId: number, at: number): string =>
      pages.findLast((page) => page.browser === browser && page.tabId === tabId && page.seq <= at)?.url ?? '',
    /** Items that agents have added and that are still there, the newest last. */
    items: (): string[] => [
      ...new Set(
        changes.flatMap(({ record, by }) => (by && isItem(record) && known.has(record) ? [record] : [])),
      ),
    ],
    /** What a record has at the end. */
    known: () => known,
    valueAt(record: string, prop: string, at: number): string | null {
      const own = changes.filter((change) => change.record === record && change.prop === prop);
      const last = own.findLast((change) => change.seq <= at);
      if (last) return last.after;
      const [first] = own;
      return first ? first.before : (known.get(record)?.get(prop) ?? null);
    },
  };
}
