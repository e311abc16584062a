import { VENDOR_NAMES, type VendorName } from '../../lib/core/contact.ts';
import type { Receipt } from '../../lib/panel-state.ts';
import type { StoredActivity, StoredReceipt } from '../../lib/services/areas.ts';
import type { Commit, Intent, Ledger } from './ledger.ts';
import type { Find } from './plan-truth.ts';
import { type Disk, readRows } from './store.ts';
import type { Agent } from './world.ts';

const PREFIX = { plan: 'receipt', addition: 'addition', creation: 'creation', undo: 'undo' } as const;

/** By which names the journal may know a press: a sync has one for each record. */
const namesOf = ({ kind, id }: Intent): string[] => {
  const name = `${PREFIX[kind]}:${id}`;
  return kind === 'plan' ? [name, ...VENDOR_NAMES.map((vendor) => `${name}:${vendor}`)] : [name];
};

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
    const wanted = intent.kind === 'plan' ? placesOf(receipt) : [null];
    for (const vendor of wanted) {
      const entries = told.filter(({ entry }) => vendor === null || entry.vendor === vendor);
      const written = commits.filter(({ path }) => vendor === null || isAt(path, vendor));
      if (written.length > 0 && entries.length !== 1)
        wrong(`${intent.id} was written, and told ${entries.length} times`);
      for (const { entry, undo } of entries) {
        if (written.length > 0 && NOTHING_WAS_WRITTEN.includes(entry.state))
          wrong(`${entry.id} is said to have ${entry.state}, but it was written`);
        if (written.length > 0 && !undo.can && undo.reason === 'as-before')
          wrong(`${entry.id} is said to have been so before, but it was written`);
        if (entry.state === 'running') wrong(`${entry.id} runs for ever`);
        if (receipt) compare(wrong, entry, receipt.receipt);
        const state = results.get(intent.id);
        if (state && entry.state !== state && !(intent.kind === 'creation' && isTold(state, entry.state)))
          wrong(`${entry.id} is ${entry.state}, but its own row says ${state}`);
      }
    }
    if (receipt && told.length !== wanted.length)
      wrong(`${intent.id} has ${told.length} entries for ${wanted.length} records`);
    if (results.has(intent.id) && told.length !== 1) wrong(`${intent.id} has ${told.length} entries`);
  }
}

const isAt = (path: string, vendor: VendorName): boolean => path.startsWith('/api/') === (vendor === 'atera');

/** The records that a plan was applied to. */
const placesOf = (stored: StoredReceipt | undefined): VendorName[] =>
  (stored?.operations ?? []).map(({ target }) => target.vendor);

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
