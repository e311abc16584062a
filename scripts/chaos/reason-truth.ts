import { tagKey } from '../../lib/core/tag-list.ts';
import type { Commit, Ledger } from './ledger.ts';
import { type Held, tagIs, tagOf } from './wanted.ts';

/** What must still be so when something is written because of it: where it stands, and what that record is called. */
interface Reason {
  record: string;
  what: string;
  isHeld: Held;
}

/** Why a write was made, as the agent saw it. Taking back has its own. */
function reasonsOf(ledger: Ledger, { by, changes }: Commit, contacts: Contacts): Reason[] {
  if (by.kind !== 'tags' || !contacts) return [];
  return changes.flatMap((change): Reason[] => {
    const tag = tagOf(change);
    const vendor = change.record.startsWith('ghl ') ? 'ghl' : 'atera';
    const isOp = (op: (typeof by.ops)[number]): boolean =>
      tag !== null && op.vendor === vendor && tagKey(op.tag) === tagKey(tag);
    const op = by.ops.find(isOp);
    if (!op) return [];
    const source = vendor === 'ghl' ? 'atera' : 'ghl';
    const id = contacts[source];
    return [
      {
        record: source === 'ghl' ? `ghl ${id}` : `values ${id}`,
        what: `tag ${op.tag} ${op.isOn ? 'on' : 'off'}`,
        isHeld: tagIs(ledger, source, id, op.tag, op.isOn),
      },
    ];
  });
}

/** Both records of the person that a write is for; null where nothing says so. */
export type Contacts = { atera: string; ghl: string } | null;

/** Somebody else may have changed what a write is made from, and then it is not wanted any more. */
export function judgeReasons(
  ledger: Ledger,
  commit: Commit,
  contacts: Contacts,
  isLate: (commit: Commit, record: string, isHeld: Held) => boolean,
  { onLate, find }: { onLate: () => void; find: (what: string) => void },
): void {
  for (const { record, what, isHeld } of reasonsOf(ledger, commit, contacts)) {
    if (isHeld(commit.seq - 1)) continue;
    if (isLate(commit, record, isHeld)) onLate();
    else find(`${record} asks for ${what} no more (${commit.by.id})`);
  }
}
