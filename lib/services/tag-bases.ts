import type { Ref } from '../core/contact.ts';
import { tagKey } from '../core/tag-list.ts';
import { applyTagOps, type TagBase } from '../core/tag-sync.ts';
import type { TagChange } from '../core/undo.ts';
import { type Pair, scopeOfPair } from './accounts.ts';
import type { Store } from './areas.ts';
import { type Links, pairKey } from './links.ts';

/** Tags of both records of a link at their last sync: who has put one on or taken one off since is known from it alone. */
export interface TagBases {
  /** Null where there was none, for a pair that is not linked, and once another field holds the tags. */
  of(pair: Pair, people: People, field: string): Promise<TagBase | null>;
  save(pair: Pair, people: People, field: string, sets: TagBase): Promise<void>;
  /** A change of ours to this contact that was read back and is no edit of anybody: a sync must not carry it to whoever they are linked to. */
  note(pair: Pair, contact: Ref, ops: readonly TagChange[]): Promise<void>;
  /** Nothing is known any more of these tags, until they are noted or synced: the next sync asks about them. */
  forget(pair: Pair, contact: Ref, ops: readonly TagChange[]): Promise<void>;
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
  /** Whoever was on screen: a press may have named one of the two alone. */
  const change = async (pair: Pair, contact: Ref, next: (sets: TagBase) => TagBase): Promise<void> => {
    const other = await links.counterpartOf(pair, contact);
    if (!other) return;
    const people =
      contact.vendor === 'atera' ? { atera: contact, ghl: other } : { atera: other, ghl: contact };
    await links.whileLinked(pair, people.atera, people.ghl, async () => {
      const stored = await store.get('tagBases', ...keyOf(pair, people));
      if (stored) await store.put('tagBases', ...keyOf(pair, people), { ...stored, sets: next(stored.sets) });
    });
  };
  /** What is unsure beside these tags of this contact. */
  const others = ({ unsure = [] }: TagBase, { vendor }: Ref, ops: readonly TagChange[]) =>
    unsure.filter((one) => one.vendor !== vendor || !ops.some(({ tag }) => tagKey(tag) === tagKey(one.tag)));

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
    note: (pair, contact, ops) =>
      change(pair, contact, (sets) => ({
        ...sets,
        [contact.vendor]: applyTagOps(sets[contact.vendor], ops),
        unsure: others(sets, contact, ops),
      })),
    forget: (pair, contact, ops) =>
      change(pair, contact, (sets) => ({
        ...sets,
        unsure: [...others(sets, contact, ops), ...ops.map(({ tag }) => ({ vendor: contact.vendor, tag }))],
      })),
  };
}
