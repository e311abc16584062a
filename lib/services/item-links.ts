import type { ItemLink } from '../core/copied.ts';
import { type Pair, scopeOfPair } from './accounts.ts';
import type { Store } from './areas.ts';
import { createTurns } from './in-turn.ts';

/** What was copied, per GHL contact: whoever is copied from or to, one of both is always there. */
export interface ItemLinks {
  of(pair: Pair, ghlContactId: string): Promise<ItemLink[]>;
  /** The same at once; null while they were not asked for in this life of the background. */
  known(pair: Pair, ghlContactId: string): readonly ItemLink[] | null;
  /** Added once, however often it is said. */
  add(pair: Pair, ghlContactId: string, link: ItemLink): Promise<void>;
  /** What it was copied from is no longer copied. */
  drop(pair: Pair, ghlContactId: string, copy: ItemLink['to']): Promise<void>;
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
  return {
    of,
    known: (pair, id) => cache.get(keyOf(pair, id)) ?? null,
    add: (pair, id, link) =>
      inTurn(keyOf(pair, id), async () => {
        const links = await of(pair, id);
        const isKnown = links.some(
          ({ from, to }) =>
            from.kind === link.from.kind &&
            from.id === link.from.id &&
            to.kind === link.to.kind &&
            to.id === link.to.id,
        );
        if (isKnown) return;
        const next = [...links, link];
        await store.put('itemLinks', scopeOfPair(pair), id, { links: next });
        cache.set(keyOf(pair, id), next);
      }),
    drop: (pair, id, copy) =>
      inTurn(keyOf(pair, id), async () => {
        const links = await of(pair, id);
        const next = links.filter(({ to }) => to.kind !== copy.kind || to.id !== copy.id);
        if (next.length === links.length) return;
        await store.put('itemLinks', scopeOfPair(pair), id, { links: next });
        cache.set(keyOf(pair, id), next);
      }),
  };
}
