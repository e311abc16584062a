import type { TagPart } from '../../lib/panel-state.ts';
import type { StoredTagSync } from '../../lib/services/areas.ts';
import type { Commit, Intent, Ledger } from './ledger.ts';
import type { Find } from './plan-truth.ts';
import { readRows } from './store.ts';
import { isKept } from './undo-truth.ts';
import { tagIs, wasHeld } from './wanted.ts';
import type { Agent } from './world.ts';

/** The requests of a press, each with an end and an entry of its own. */
export const TAG_PARTS = ['atera', 'ghl-on', 'ghl-off'] as const;

/** Which of them a request was. */
export const partOf = ({ path, method }: Pick<Commit, 'path' | 'method'>): TagPart['part'] => {
  if (path.startsWith('/api/')) return 'atera';
  return method === 'DELETE' ? 'ghl-off' : 'ghl-on';
};

export const contactsOf = ({ who: { person, counterpart } }: StoredTagSync) =>
  person.vendor === 'atera'
    ? { atera: person.id, ghl: counterpart.id }
    : { atera: counterpart.id, ghl: person.id };

/** Whether what was said of syncs of tags is true. */
export function judgeTagSyncs(
  ledger: Ledger,
  agent: Agent,
  commitsOf: (intent: Intent) => Commit[],
  find: Find,
): void {
  const rows = new Map(readRows(agent.disk, 'tagSyncs').map((row) => [row.id, row]));
  for (const intent of ledger.intents.values()) {
    if (intent.kind !== 'tags' || intent.browser !== agent.name) continue;
    const commits = commitsOf(intent);
    const row = rows.get(intent.id);
    if (!row) {
      if (commits.length > 0) find('unexplained', `${intent.id} was written, and nothing says so`);
      continue;
    }
    if (!row.result) {
      find(commits.length > 0 ? 'unexplained' : 'lost', `${intent.id}: promised for ever`);
      continue;
    }
    for (const part of row.result.parts) {
      const own = commits.filter((commit) => partOf(commit) === part.part);
      judgePart(ledger, intent, row, part, own, find);
    }
  }
}

function judgePart(
  ledger: Ledger,
  intent: Intent,
  row: StoredTagSync,
  { part, vendor, tags, state, error }: TagPart,
  commits: readonly Commit[],
  find: Find,
): void {
  const isThere = commits.length > 0;
  const name = `${part} of ${intent.id}: ${state}`;
  const said: string = state;
  if (said === 'queued') find(isThere ? 'unexplained' : 'lost', `${name}, for ever`);
  if (isThere && (state === 'failed' || state === 'conflict'))
    find('unexplained', `${name}, but it was written`);
  for (const { tag, isOn, outcome, hasChanged } of tags) {
    const isHeld = tagIs(ledger, vendor, contactsOf(row)[vendor], tag, isOn);
    if (outcome === 'verified' && !wasHeld(ledger, intent, isHeld)) find('lost', `${name}, ${tag} ${isOn}`);
    const isClear = outcome === 'not-stored' && error === null;
    if (isClear && isThere && isHeld(ledger.now()) && isKept(ledger, intent))
      find('unexplained', `${name}, ${tag} not stored, but it was`);
    if (!hasChanged && commits.some(({ changes }) => changes.some(({ prop }) => prop.endsWith(` ${tag}`))))
      find('unexplained', `${name}, ${tag} not sent, but it was`);
  }
}
