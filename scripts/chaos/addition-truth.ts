import type { Commit, Intent, Ledger } from './ledger.ts';
import type { Find } from './plan-truth.ts';
import type { Setting } from './setting.ts';
import { readRows } from './store.ts';
import { isKept } from './undo-truth.ts';
import { heldBy, wasHeld } from './wanted.ts';
import type { Agent } from './world.ts';

type CommitsOf = (intent: Intent) => Commit[];

const intentsOf = (ledger: Ledger, agent: Agent, kind: Intent['kind']): Intent[] =>
  [...ledger.intents.values()].filter((intent) => intent.kind === kind && intent.browser === agent.name);

/** Whether what was said of additions is true. */
export function judgeAdditions({ ledger }: Setting, agent: Agent, commitsOf: CommitsOf, find: Find): void {
  const rows = new Map(readRows(agent.disk, 'additions').map((row) => [row.id, row]));
  for (const intent of intentsOf(ledger, agent, 'addition')) {
    const commits = commitsOf(intent);
    const row = rows.get(intent.id);
    const name = `${intent.addition?.kind} ${intent.id}`;
    if (!row) {
      if (commits.length > 0) find('unexplained', `${name} was written, and nothing says so`);
      continue;
    }
    const state = row.result?.state ?? null;
    const isThere = commits.length > 0;
    if (state === null || state === 'queued')
      find(isThere ? 'unexplained' : 'lost', `${name}: promised for ever`);
    const isHeld = heldBy(ledger, row.addition, row.contactId);
    if (state === 'done' && !(isHeld ? wasHeld(ledger, intent, isHeld) : isThere))
      find('lost', `${name}: done`);
    if (state === 'failed' && isThere) find('unexplained', `${name}: failed, but it was written`);
    // With an error, it says that no clear answer came.
    const isClear = state === 'not-stored' && row.result?.error === null;
    const isStill = isHeld === null || isHeld(ledger.now());
    if (isClear && isThere && isStill && isKept(ledger, intent))
      find('unexplained', `${name}: not stored, but it was`);
  }
}

/** Whether what was said of creations is true, and nobody is there twice. */
export function judgeCreations(
  { ledger, state }: Setting,
  agent: Agent,
  commitsOf: CommitsOf,
  find: Find,
): void {
  const rows = new Map(readRows(agent.disk, 'creations').map((row) => [row.id, row]));
  const made = intentsOf(ledger, agent, 'creation').flatMap((intent) => {
    const commits = commitsOf(intent);
    const row = rows.get(intent.id);
    const said = row?.result?.state ?? null;
    if (commits.length > 0 && (!row || said === null || !['created', 'unknown'].includes(said)))
      find('unexplained', `creation ${intent.id} was written, and is said to be ${said}`);
    if (row && (said === null || said === 'queued') && commits.length === 0)
      find('lost', `creation ${intent.id}: promised for ever`);
    const id = row?.createdId;
    if (said === 'created' && !state.ghl.contacts.some((contact) => contact.id === id))
      find('lost', `creation ${intent.id}: nobody is there`);
    return commits;
  });
  for (let more = 1; more < made.length; more += 1) find('duplicates', 'the same person was created again');
}
