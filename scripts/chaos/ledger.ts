import type { Addition } from '../../lib/panel-state.ts';
import type { SandboxState } from '../../lib/sandbox/index.ts';

/** Something that an agent told the background to write. Pressed again under the same id, it is the same. */
export interface Intent {
  id: string;
  kind: 'plan' | 'addition' | 'creation';
  addition: Addition | null;
  browser: string;
  tabId: number;
  /** What was on screen. */
  url: string;
  /** When it was pressed, and when its outcome was stored. */
  from: number;
  until: number | null;
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

type Values = Map<string, Map<string, string>>;

const flat = (record: object): Map<string, string> => {
  const values = new Map<string, string>();
  for (const [name, value] of Object.entries(record)) {
    if (name === 'dateUpdated' || name === 'LastModified') continue;
    if (name === 'tags') for (const tag of value as string[]) values.set(`tag ${tag}`, 'on');
    else if (name === 'customFields')
      for (const field of value as { id: string; value: unknown }[])
        values.set(`custom ${field.id}`, String(field.value));
    else if (value !== null && value !== undefined && typeof value !== 'object')
      values.set(name, String(value));
  }
  return values;
};

/** All that happens at the vendors, in order: by whom, and what was read of it when. */
export function createLedger(state: SandboxState, watched: { atera: number[]; ghl: string[] }) {
  let seq = 0;
  const changes: Change[] = [];
  const commits: Commit[] = [];
  const reads: Read[] = [];
  const pages: { seq: number; browser: string; tabId: number; url: string }[] = [];
  /** When what each plan was made from had been read, by record. */
  const seen = new Map<string, Map<string, number>>();
  let twinAt: number | null = null;
  const intents = new Map<string, Intent>();

  const look = (): Values => {
    const values: Values = new Map();
    for (const contact of state.atera.contacts)
      if (watched.atera.includes(contact.EndUserID)) {
        values.set(`atera ${contact.EndUserID}`, flat(contact));
        const own = new Map<string, string>();
        for (const { itemId, target, name, value } of state.atera.customValues)
          if (target === 'Contact' && itemId === contact.EndUserID)
            for (const tag of value.split(',')) if (tag.trim()) own.set(`${name} ${tag.trim()}`, 'on');
        values.set(`values ${contact.EndUserID}`, own);
      }
    for (const contact of state.ghl.contacts)
      if (watched.ghl.includes(contact.id)) values.set(`ghl ${contact.id}`, flat(contact));
    return values;
  };
  let known = look();

  /** Compares with what was known, and remembers what is new. */
  const note = (by: Intent | null): Change[] => {
    seq += 1;
    const now = look();
    const found: Change[] = [];
    for (const [record, values] of now) {
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
    committed(by: Intent, at: number, method: string, path: string) {
      const made = note(by);
      commits.push({ seq, at, by, method, path, changes: made });
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
    /** When what the plan says of a record was read. */
    seenAt: (planId: string, record: string): number => seen.get(planId)?.get(record) ?? 0,
    /** The last read of a record that was made for this press, before something. */
    reread: (intent: Intent, record: string, before: number): Read | undefined =>
      reads.findLast((read) => read.by === intent && read.record === record && read.seq < before),
    /** What the tab showed at that time. */
    pageAt: (browser: string, tabId: number, at: number): string =>
      pages.findLast((page) => page.browser === browser && page.tabId === tabId && page.seq <= at)?.url ?? '',
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
