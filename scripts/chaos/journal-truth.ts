import { VENDOR_NAMES, type VendorName } from '../../lib/core/contact.ts';
import type { Receipt } from '../../lib/panel-state.ts';
import type { StoredActivity, StoredReceipt, StoredTagSync } from '../../lib/services/areas.ts';
import type { Commit, Intent, Ledger } from './ledger.ts';
import type { Find } from './plan-truth.ts';
import { type Disk, readRows } from './store.ts';
import { partOf, TAG_PARTS } from './tag-truth.ts';
import type { Agent } from './world.ts';

const PREFIX = {
  plan: 'receipt',
  addition: 'addition',
  creation: 'creation',
  undo: 'undo',
  tags: 'tags',
  job: 'job',
} as const;

/** By which names the journal may know a press: a sync has one for each record. */
const namesOf = ({ kind, id }: Intent): string[] => {
  const name = `${PREFIX[kind]}:${id}`;
  if (kind === 'tags') return TAG_PARTS.map((part) => `${name}:${part}`);
  return kind === 'plan' ? [name, ...VENDOR_NAMES.map((vendor) => `${name}:${vendor}`)] : [name];
};

/** One write of a press: which entries are of it, and which requests. `state`: how it ended, where a row of its own says so. */
interface Slot {
  isEntry: (row: StoredActivity) => boolean;
  isCommit: (commit: Commit) => boolean;
  state: string | null;
}
const WHOLE: Slot = { isEntry: () => true, isCommit: () => true, state: null };

export const entriesOf = (disk: Disk, intent: Intent): StoredActivity[] =>
  readRows(disk, 'activity').filter(({ entry }) => namesOf(intent).includes(entry.id));

/** The press whose write an entry is of. */
export const intentOf = (ledger: Ledger, entryId: string): Intent | undefined =>
  [...ledger.intents.values()].find((intent) => namesOf(intent).includes(entryId));

const NOTHING_WAS_WRITTEN = ['conflict', 'refused', 'failed'];

/** Every write is told once, and truly; nothing is told that nobody wanted. */
export function judgeJournal(
  ledger: Ledger,
  agent: Agent,
  commitsOf: (intent: Intent) => Commit[],
  find: Find,
): void {
  const wrong = (what: string): void => find('unexplained', `journal: ${what}`);
  const rows = new Map(readRows(agent.disk, 'activity').map((row) => [row.entry.id, row]));
  const own = [...ledger.intents.values()].filter(({ browser }) => browser === agent.name);
  const receipts = new Map(readRows(agent.disk, 'receipts').map((row) => [row.receipt.id, row]));
  const tagSyncs = new Map(readRows(agent.disk, 'tagSyncs').map((row) => [row.id, row]));
  const results = new Map(
    [...readRows(agent.disk, 'additions'), ...readRows(agent.disk, 'creations')].map(({ id, result }) => [
      id,
      result?.state ?? null,
    ]),
  );

  const known = new Set(own.flatMap(namesOf));
  for (const id of rows.keys()) if (!known.has(id)) wrong(`${id} was wanted by nobody`);
  for (const { by, path, isTold } of ledger.commits)
    if (by.browser === agent.name && !isTold) wrong(`${path} was written before it was told (${by.id})`);

  for (const intent of own) {
    const commits = commitsOf(intent);
    const receipt = receipts.get(intent.id);
    const told = namesOf(intent).flatMap((name) => rows.get(name) ?? []);
    const tagSync = tagSyncs.get(intent.id);
    const slots =
      intent.kind === 'plan' ? placesOf(receipt) : intent.kind === 'tags' ? partsOf(tagSync) : [WHOLE];
    for (const { isEntry, isCommit, state: own } of slots) {
      const entries = told.filter(isEntry);
      const written = commits.filter(isCommit);
      if (written.length > 0 && entries.length !== 1)
        wrong(`${intent.id} was written, and told ${entries.length} times`);
      for (const { entry, undo } of entries) {
        if (written.length > 0 && NOTHING_WAS_WRITTEN.includes(entry.state))
          wrong(`${entry.id} is said to have ${entry.state}, but it was written`);
        if (written.length > 0 && !undo.can && undo.reason === 'as-before')
          wrong(`${entry.id} is said to have been so before, but it was written`);
        if (entry.state === 'running') wrong(`${entry.id} runs for ever`);
        if (receipt) compare(wrong, entry, receipt.receipt);
        const state = own ?? results.get(intent.id);
        if (state && entry.state !== state && !(intent.kind === 'creation' && isTold(state, entry.state)))
          wrong(`${entry.id} is ${entry.state}, but its own row says ${state}`);
      }
    }
    if ((receipt || tagSync) && told.length !== slots.length)
      wrong(`${intent.id} has ${told.length} entries for ${slots.length} writes`);
    if (results.has(intent.id) && told.length !== 1) wrong(`${intent.id} has ${told.length} entries`);
  }
}

const isAt = (path: string, vendor: VendorName): boolean => path.startsWith('/api/') === (vendor === 'atera');

/** The records that a plan was applied to. */
const placesOf = (stored: StoredReceipt | undefined): Slot[] =>
  (stored?.operations ?? []).map(({ target: { vendor } }) => ({
    isEntry: ({ entry }) => entry.vendor === vendor,
    isCommit: ({ path }) => isAt(path, vendor),
    state: null,
  }));

/** The requests that a sync of tags was to make. */
const partsOf = (row: StoredTagSync | undefined): Slot[] =>
  (row?.parts ?? []).map(({ part }) => ({
    isEntry: ({ entry }) => entry.id.endsWith(`:${part}`),
    isCommit: (commit) => partOf(commit) === part,
    state: row?.result?.parts.find((ended) => ended.part === part)?.state ?? null,
  }));

const isTold = (state: string, told: string): boolean =>
  told === (state === 'created' ? 'done' : state === 'found' ? 'refused' : state);

/** What the entry says of each field is what the receipt says. */
function compare(wrong: (what: string) => void, entry: StoredActivity['entry'], receipt: Receipt): void {
  const fields = receipt.fields.filter((field) => (field.vendor ?? receipt.target.vendor) === entry.vendor);
  const said = fields.map(({ field, before, sent, outcome }) => [field, before, sent, outcome].join('|'));
  const told = entry.lines.map(({ what, before, after, outcome }) =>
    [what, before, after, outcome].join('|'),
  );
  if (said.join() !== told.join()) wrong(`${entry.id} tells ${told.join()}, but ${said.join()} was said`);
}
