import type { VendorName } from '../../lib/core/contact.ts';
import { tagKey } from '../../lib/core/tag-list.ts';
import { FOLLOWS } from '../../lib/core/task-ticket.ts';
import type { Addition } from '../../lib/panel-state.ts';
import { TAG_FIELD } from './constants.ts';
import type { Intent, Ledger } from './ledger.ts';

/** Whether something was so at that time. */
export type Held = (at: number) => boolean;

/** Under which name the ledger keeps tags, by vendor. */
const TAGS = { atera: { record: 'values', prop: `${TAG_FIELD} ` }, ghl: { record: 'ghl', prop: 'tag ' } };

/** The tag that a change puts on or takes off; null where it is about something else. */
export function tagOf({ record, prop }: { record: string; prop: string }): string | null {
  for (const { record: kind, prop: start } of Object.values(TAGS))
    if (record.startsWith(`${kind} `) && prop.startsWith(start)) return prop.slice(start.length);
  return null;
}

/** All ways of writing a tag that were ever seen at that record. */
function propsOf({ changes, known }: Ledger, record: string, start: string, tag: string): string[] {
  const props = new Set([`${start}${tag}`, ...(known().get(record)?.keys() ?? [])]);
  for (const change of changes) if (change.record === record) props.add(change.prop);
  return [...props].filter(
    (prop) => prop.startsWith(start) && tagKey(prop.slice(start.length)) === tagKey(tag),
  );
}

/** A tag stands there, however it is written, or does not. */
export function tagIs(ledger: Ledger, vendor: VendorName, id: string, tag: string, isOn: boolean): Held {
  const { record: kind, prop: start } = TAGS[vendor];
  const record = `${kind} ${id}`;
  const props = propsOf(ledger, record, start, tag);
  return (at) => props.some((prop) => ledger.valueAt(record, prop, at) === 'on') === isOn;
}

export const valueIs =
  (ledger: Ledger, record: string, prop: string, value: string | null): Held =>
  (at) =>
    ledger.valueAt(record, prop, at) === value;

export const markIn = (text: string | null): string | null => /\[cp:[^\]]+\]/u.exec(text ?? '')?.[0] ?? null;

/** Where a text with this marker stood at that time. */
export const copiesAt = ({ changes, valueAt }: Ledger, mark: string, at: number): string[] => [
  ...new Set(
    changes.flatMap(({ record, prop, after }) =>
      after?.includes(mark) && valueAt(record, prop, at)?.includes(mark) ? [`${record} ${prop}`] : [],
    ),
  ),
];

/** Where somebody belongs; null: nowhere. */
export const companyIs = (ledger: Ledger, vendor: VendorName, id: string, companyId: string | null): Held =>
  valueIs(ledger, `${vendor} ${id}`, vendor === 'ghl' ? 'businessId' : 'CustomerID', companyId);

/** What stands in the field that names the other record; null: nothing. */
export function pointerIs(
  ledger: Ledger,
  vendor: VendorName,
  id: string,
  field: string,
  text: string | null,
): Held {
  if (vendor === 'ghl') return valueIs(ledger, `ghl ${id}`, `custom ${field}`, text);
  const record = `values ${id}`;
  if (text !== null) return valueIs(ledger, record, `${field} ${text}`, 'on');
  const props = ledger.changes.filter((change) => change.record === record).map(({ prop }) => prop);
  const own = [...props, ...(ledger.known().get(record)?.keys() ?? [])].filter((prop) =>
    prop.startsWith(`${field} `),
  );
  return (at) => own.every((prop) => ledger.valueAt(record, prop, at) === null);
}

/** What an addition asks for, where it is something that is so or not; null where it is one more thing. */
export function heldBy(ledger: Ledger, addition: Addition, contactId: string): Held | null {
  switch (addition.kind) {
    case 'add-tag':
    case 'remove-tag':
      return tagIs(ledger, 'ghl', contactId, addition.tag, addition.kind === 'add-tag');
    case 'add-atera-tag':
    case 'remove-atera-tag':
      return tagIs(ledger, 'atera', contactId, addition.tag, addition.kind === 'add-atera-tag');
    case 'copy-note':
    case 'copy-comment':
    case 'copy-task':
    case 'copy-ticket': {
      const mark = markIn(addition.body);
      return (at) => mark !== null && copiesAt(ledger, mark, at).length > 0;
    }
    case 'complete-task':
    case 'reopen-task': {
      const isDone = String(FOLLOWS[addition.kind].isDone);
      return valueIs(ledger, `task ${contactId} ${addition.taskId}`, 'completed', isDone);
    }
    case 'resolve-ticket':
    case 'reopen-ticket':
      return valueIs(ledger, `ticket ${addition.ticketId}`, 'TicketStatus', addition.status);
    case 'set-business':
    case 'set-customer':
      return companyIs(ledger, addition.kind === 'set-business' ? 'ghl' : 'atera', contactId, addition.to.id);
    case 'remember-in-atera':
    case 'remember-in-ghl': {
      const vendor = addition.kind === 'remember-in-ghl' ? 'ghl' : 'atera';
      return pointerIs(ledger, vendor, contactId, addition.field, addition.text);
    }
    default:
      return null;
  }
}

/** At some time between the press and its outcome. */
export function wasHeld(ledger: Ledger, { from, until }: Intent, isHeld: Held): boolean {
  for (let at = from; at <= (until ?? ledger.now()); at += 1) if (isHeld(at)) return true;
  return false;
}

/** The tags that a press may put on or take off, or take back. */
export const ownTags = ({ addition, ops }: Intent): string[] => [
  ...(addition && 'tag' in addition ? [addition.tag] : []),
  ...ops.map(({ tag }) => tag),
];
