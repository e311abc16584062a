import { holds, type ItemKind, type ItemRef, type Marker } from './marker.ts';
import type { Agreed } from './task-ticket.ts';

/** One item that can be copied, as it was read. */
export interface CopyItem extends Pick<ItemRef, 'vendor' | 'kind' | 'id'> {
  /** Of its whole text. */
  print: string;
  /** What its text says of an original. */
  claims: Marker[];
  /** Where only our own people, or we, write: an internal comment of a technician, a note. */
  isOurs: boolean;
}

/** A copy that this browser wrote. `print`: of the original when it was copied. */
export interface ItemLink {
  from: Pick<ItemRef, 'kind' | 'id'>;
  to: Pick<ItemRef, 'kind' | 'id'>;
  print: string;
  at: number;
  /** A task and a ticket alone. Absent in rows of earlier versions, and until it is known. */
  base?: ItemBase;
}

/** What a task and its ticket last agreed on. Null: since then it is not known. `at`: what was read earlier says nothing against it. */
export interface ItemBase {
  agreed: Agreed | null;
  at: number;
}

/** What is known of an item: where its copy is, or what it is a copy of. `isEdited`: the original is another one since. */
export interface Copied {
  way: 'to' | 'from';
  kind: ItemKind;
  id: string;
  isEdited: boolean;
  /** Where this browser has linked them: what they last agreed on, as far as that is known. Absent where a marker alone says so. */
  agreed?: Agreed | null;
}

const same = (a: Pick<ItemRef, 'kind' | 'id'>, b: Pick<ItemRef, 'kind' | 'id'>): boolean =>
  a.kind === b.kind && a.id === b.id;

/** The links that were stored come first; a marker counts only where we write, and only while it holds. */
export function copiedOf(
  item: CopyItem,
  items: readonly CopyItem[],
  links: readonly ItemLink[],
): Copied | null {
  // The last copy is the one that an edit is measured against.
  const made = links.filter(({ from }) => same(from, item)).at(-1);
  if (made) return { way: 'to', ...made.to, isEdited: made.print !== item.print, agreed: agreedOf(made) };
  const source = links.find(({ to }) => same(to, item));
  if (source) {
    const original = items.find((one) => same(one, source.from));
    return {
      way: 'from',
      ...source.from,
      isEdited: original !== undefined && original.print !== source.print,
      agreed: agreedOf(source),
    };
  }
  const original = items.find((one) => isCopyOf(item, one));
  if (original) return { way: 'from', kind: original.kind, id: original.id, isEdited: false };
  const copy = items.find((one) => isCopyOf(one, item));
  return copy ? { way: 'to', kind: copy.kind, id: copy.id, isEdited: false } : null;
}

const agreedOf = ({ base }: ItemLink): Agreed | null => base?.agreed ?? null;

/** Whether this link is the one between these two. */
export const joins = ({ from, to }: ItemLink, taskId: string, ticketId: string): boolean =>
  [from, to].some((end) => same(end, { kind: 'task', id: taskId })) &&
  [from, to].some((end) => same(end, { kind: 'ticket', id: ticketId }));

/** The same links, with this base wherever they are meant, unless a later one is known. */
export const withBase = (
  links: readonly ItemLink[],
  isMeant: (link: ItemLink) => boolean,
  base: ItemBase,
): ItemLink[] =>
  links.map((link) =>
    isMeant(link) && (link.base === undefined || link.base.at <= base.at) ? { ...link, base } : link,
  );

/** Whether nothing but the times of what is known differs. */
export const sameBases = (a: readonly ItemLink[], b: readonly ItemLink[]): boolean =>
  a.every((link, index) => {
    const [one, other] = [link.base?.agreed, b[index]?.base?.agreed];
    return one?.isDone === other?.isDone && one?.status === other?.status;
  });

const isCopyOf = (copy: CopyItem, { print: hash, ...original }: CopyItem): boolean =>
  copy.vendor !== original.vendor && copy.claims.some((claim) => holds(claim, copy, { ...original, hash }));
