import type { Ref } from '../core/contact.ts';
import { applyTagOps, type TagSets } from '../core/tag-sync.ts';
import type { TagChange } from '../core/undo.ts';
import { type Pair, scopeOfPair } from './accounts.ts';
import type { Store } from './areas.ts';
import { type Links, pairKey } from './links.ts';

/** Tags of both records of a link at their last sync: who has put one on or taken one off since is known from it alone. */
export interface TagBases {
  /** Null where there was none, for a pair that is not linked, and once another field holds the tags. */
  of(pair: Pair, people: People, field: string): Promise<TagSets | null>;
  save(pair: Pair, people: People, field: string, sets: TagSets): Promise<void>;
  /** A change of ours to this contact that is no edit of anybody: a sync must not carry it to whoever they are linked to. */
  note(pair: Pair, contact: Ref, ops: readonly TagChange[]): Promise<void>;
}

interface People {
  atera: Ref;
  ghl: Ref;
}

export function createTagBases({ store, links }: { store: Store; links: Links }): TagBases {
  const keyOf = (pair: Pair, { atera, ghl }: People): [scope: string, key: string] => [
    scopeOfPair(pair),
    pairKey(atera, ghl),
  ];
  return {
    of: async (pair, people, field) =>
      (await links.whileLinked(pair, people.atera, people.ghl, async () => {
        const stored = await store.get('tagBases', ...keyOf(pair, people));
        return stored?.field === field ? stored.sets : null;
      })) ?? null,
    async save(pair, people, field, sets) {
      await links.whileLinked(pair, people.atera, people.ghl, () =>
        store.put('tagBases', ...keyOf(pair, people), { sets, field }),
      );
    },
    async note(pair, contact, ops) {
      const other = await links.counterpartOf(pair, contact);
      if (!other) return;
      const people =
        contact.vendor === 'atera' ? { atera: contact, ghl: other } : { atera: other, ghl: contact };
      await links.whileLinked(pair, people.atera, people.ghl, async () => {
        const stored = await store.get('tagBases', ...keyOf(pair, people));
        if (!stored) return;
        const sets = { ...stored.sets, [contact.vendor]: applyTagOps(stored.sets[contact.vendor], ops) };
        await store.put('tagBases', ...keyOf(pair, people), { ...stored, sets });
      });
    },
  };
}
