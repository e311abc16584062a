import { type ItemBase, type ItemLink, joins, sameBases, withBase } from '../core/copied.ts';
import type { Agreed, Follow } from '../core/task-ticket.ts';
import { type Pair, scopeOfPair } from './accounts.ts';
import type { Store } from './areas.ts';
import { createTurns } from './in-turn.ts';

/** A task and its ticket, and what both say. */
export interface Agreement extends Pick<Follow, 'taskId' | 'ticketId'> {
  agreed: Agreed;
}

/** What was copied, per GHL contact: whoever is copied from or to, one of both is always there. */
export interface ItemLinks {
  of(pair: Pair, ghlContactId: string): Promise<ItemLink[]>;
  /** The same at once; null while they were not asked for in this life of the background. */
  known(pair: Pair, ghlContactId: string): readonly ItemLink[] | null;
  /** Added once, however often it is said. */
  add(pair: Pair, ghlContactId: string, link: ItemLink): Promise<void>;
  /** What it was copied from is no longer copied. */
  drop(pair: Pair, ghlContactId: string, copy: ItemLink['to']): Promise<void>;
  /** Keeps what these said, as it was read no earlier than `at`. What is known of later stays. */
  agree(pair: Pair, ghlContactId: string, found: readonly Agreement[], at: number): Promise<void>;
  /** From now on it is not known what this task, or ticket, last agreed on with the other. */
  forget(pair: Pair, ghlContactId: string, item: ItemLink['to'], at: number): Promise<void>;
}

export function createItemLinks(store: Store): ItemLinks {
  const inTurn = createTurns();
  const cache = new Map<string, ItemLink[]>();
  const keyOf = (pair: Pair, id: string): string => `${scopeOfPair(pair)} ${id}`;
  const of: ItemLinks['of'] = async (pair, id) => {
    const key = keyOf(pair, id);
    const links = cache.get(key) ?? (await store.get('itemLinks', scopeOfPair(pair), id))?.links ?? [];
    // One that was added while this was read is there already.
    const newest = cache.get(key) ?? links;
    cache.set(key, newest);
    return newest;
  };
  const change = (
    pair: Pair,
    id: string,
    next: (links: readonly ItemLink[]) => readonly ItemLink[],
  ): Promise<void> =>
    inTurn(keyOf(pair, id), async () => {
      const links = await of(pair, id);
      const changed = [...next(links)];
      // Times alone matter to what is being read now, which ends with the worker.
      if (changed.length !== links.length || !sameBases(links, changed))
        await store.put('itemLinks', scopeOfPair(pair), id, { links: changed });
      cache.set(keyOf(pair, id), changed);
    });
  const isEnd = ({ from, to }: ItemLink, { kind, id }: ItemLink['to']): boolean =>
    [from, to].some((end) => end.kind === kind && end.id === id);
  return {
    of,
    known: (pair, id) => cache.get(keyOf(pair, id)) ?? null,
    add: (pair, id, link) =>
      change(pair, id, (links) => {
        const isKnown = links.some(
          ({ from, to }) =>
            from.kind === link.from.kind &&
            from.id === link.from.id &&
            to.kind === link.to.kind &&
            to.id === link.to.id,
        );
        return isKnown ? links : [...links, link];
      }),
    drop: (pair, id, copy) =>
      change(pair, id, (links) => links.filter(({ to }) => to.kind !== copy.kind || to.id !== copy.id)),
    agree: (pair, id, found, at) =>
      change(pair, id, (links) =>
        found
          // A ticket without a status says nothing.
          .filter(({ agreed }) => agreed.status)
          .reduce<readonly ItemLink[]>((all, { taskId, ticketId, agreed }) => {
            const base: ItemBase = { agreed, at };
            return withBase(all, (link) => joins(link, taskId, ticketId), base);
          }, links),
      ),
    forget: (pair, id, item, at) =>
      change(pair, id, (links) => withBase(links, (link) => isEnd(link, item), { agreed: null, at })),
  };
}
