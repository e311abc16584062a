import { tagKey } from '../../lib/core/tag-list.ts';
import { FOLLOWS } from '../../lib/core/task-ticket.ts';
import type { Addition } from '../../lib/panel-state.ts';
import type { Commit, Ledger } from './ledger.ts';
import { companyIs, type Held, pointerIs, tagIs, tagOf, valueIs } from './wanted.ts';

/** What must still be so when something is written because of it: where it stands, and what that record is called. */
interface Reason {
  record: string;
  what: string;
  isHeld: Held;
}

/** Why a write was made, as the agent saw it. Taking back has its own. */
function reasonsOf(
  ledger: Ledger,
  { by, changes }: Commit,
  contacts: Contacts,
  contactId: string | null,
): Reason[] {
  if (by.kind === 'addition' && by.addition)
    return contactId === null ? [] : reasonsFor(ledger, by.addition, contactId);
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

/** Of something that is so or not: what it was, and why it is to be otherwise. */
function reasonsFor(ledger: Ledger, addition: Addition, contactId: string): Reason[] {
  switch (addition.kind) {
    case 'complete-task':
    case 'reopen-task':
    case 'resolve-ticket':
    case 'reopen-ticket': {
      const { item, isDone } = FOLLOWS[addition.kind];
      const ticket = `ticket ${addition.ticketId}`;
      const task = recordOf(ledger, 'task', addition.taskId);
      // The one that is written is as it was shown, and the other one is why it is.
      const isTaskDone = item === 'task' ? !isDone : isDone;
      return [
        {
          record: ticket,
          what: `${addition.kind} (${addition.status})`,
          isHeld: valueIs(ledger, ticket, 'TicketStatus', addition.from),
        },
        {
          record: task,
          what: `${addition.kind} of its ticket`,
          isHeld: valueIs(ledger, task, 'completed', String(isTaskDone)),
        },
      ];
    }
    case 'set-business':
    case 'set-customer': {
      const vendor = addition.kind === 'set-business' ? 'ghl' : 'atera';
      const isHeld = companyIs(ledger, vendor, contactId, addition.from?.id ?? null);
      return [{ record: `${vendor} ${contactId}`, what: `company ${addition.to.id}`, isHeld }];
    }
    case 'remember-in-atera':
    case 'remember-in-ghl': {
      const vendor = addition.kind === 'remember-in-ghl' ? 'ghl' : 'atera';
      const record = `${vendor === 'ghl' ? 'ghl' : 'values'} ${contactId}`;
      const isHeld = pointerIs(ledger, vendor, contactId, addition.field, addition.expected);
      return [{ record, what: addition.text, isHeld }];
    }
    default:
      return [];
  }
}

/** An item by its own id alone. */
const recordOf = ({ known }: Ledger, kind: string, id: string): string =>
  [...known().keys()].find((record) => record.startsWith(`${kind} `) && record.endsWith(` ${id}`)) ?? '';

/** Both records of the person that a write is for; null where nothing says so. */
export type Contacts = { atera: string; ghl: string } | null;

/** Somebody else may have changed what a write is made from, and then it is not wanted any more. */
export function judgeReasons(
  ledger: Ledger,
  commit: Commit,
  { contacts, contactId }: { contacts: Contacts; contactId: string | null },
  isLate: (commit: Commit, record: string, isHeld: Held) => boolean,
  { onLate, find }: { onLate: () => void; find: (what: string) => void },
): void {
  for (const { record, what, isHeld } of reasonsOf(ledger, commit, contacts, contactId)) {
    if (isHeld(commit.seq - 1)) continue;
    if (isLate(commit, record, isHeld)) onLate();
    else find(`${record} asks for ${what} no more (${commit.by.id})`);
  }
}
