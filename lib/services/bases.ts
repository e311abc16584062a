import { type Base, type BaseValue, baseAfter, pairingOf } from '../core/base.ts';
import type { FieldName } from '../core/contact.ts';
import type { Mapping } from '../core/mapping.ts';
import { type Pair, scopeOfPair } from './accounts.ts';
import type { Store, StoredBase } from './areas.ts';
import { type Links, pairKey } from './links.ts';
import type { Records } from './load-parts.ts';

/** What the two records of a link held when they were last verified to agree: who has changed a value since is known from it alone. */
export interface Bases {
  /** Nothing for a pair that is not linked, and for fields that are paired otherwise by now. */
  of(pair: Pair, people: People, mapping: Mapping): Promise<Base>;
  /**
   * Call before reading both records; what it returns saves what was read. What was read before another agreement was saved is out of
   * date, and changes nothing.
   */
  reading(): (pair: Pair, records: Records, mapping: Mapping) => Promise<void>;
  /** Nothing is known any more of what these fields held: the next sync asks about them. */
  forget(pair: Pair, people: People, fields: readonly FieldName[]): Promise<void>;
}

/** Whoever the two records are about: parts of them are enough. */
type People = { [V in keyof Records]: { contact: Pick<Records[V]['contact'], 'ref'> } };

export function createBases({ store, links }: { store: Store; links: Links }): Bases {
  let saves = 0;
  const lastSave = new Map<string, number>();

  const keyOf = (pair: Pair, { atera, ghl }: People): [scope: string, key: string] => [
    scopeOfPair(pair),
    pairKey(atera.contact.ref, ghl.contact.ref),
  ];

  return {
    of: async (pair, people, mapping) =>
      (await links.whileLinked(pair, people.atera.contact.ref, people.ghl.contact.ref, async () =>
        validIn((await store.get('bases', ...keyOf(pair, people)))?.fields ?? {}, mapping),
      )) ?? {},
    async forget(pair, people, fields) {
      const { atera, ghl } = people;
      await links.whileLinked(pair, atera.contact.ref, ghl.contact.ref, async () => {
        const [scope, key] = keyOf(pair, people);
        const stored = (await store.get('bases', scope, key))?.fields ?? {};
        const left = Object.fromEntries(
          Object.entries(stored).filter(([field]) => !fields.includes(field as FieldName)),
        );
        // What is being read at this moment was read before.
        saves += 1;
        lastSave.set(`${scope}:${key}`, saves);
        await store.put('bases', scope, key, { fields: left });
      });
    },
    reading() {
      const since = saves;
      return async (pair, records, mapping) => {
        const { atera, ghl } = records;
        await links.whileLinked(pair, atera.contact.ref, ghl.contact.ref, async () => {
          const [scope, key] = keyOf(pair, records);
          const name = `${scope}:${key}`;
          if ((lastSave.get(name) ?? 0) > since) return;
          const stored = (await store.get('bases', scope, key))?.fields ?? {};
          const before = validIn(stored, mapping);
          const after = baseAfter(before, atera.fields, ghl.fields, mapping, { country: pair.country });
          const fields: StoredBase = { ...stored };
          for (const row of mapping) {
            const value = after[row.field];
            if (value) fields[row.field] = { ...value, pairing: pairingOf(row) };
          }
          saves += 1;
          lastSave.set(name, saves);
          if (!isSame(stored, fields)) await store.put('bases', scope, key, { fields });
        });
      };
    },
  };
}

/** Only what was compared the way it is compared now. */
function validIn(stored: StoredBase, mapping: Mapping): Base {
  const valid: Partial<Record<FieldName, BaseValue>> = {};
  for (const row of mapping) {
    const known = stored[row.field];
    if (known?.pairing === pairingOf(row)) valid[row.field] = { left: known.left, right: known.right };
  }
  return valid;
}

const isSame = (a: StoredBase, b: StoredBase): boolean => {
  const names = Object.keys({ ...a, ...b }) as FieldName[];
  return names.every((name) => {
    const [x, y] = [a[name], b[name]];
    return x?.left === y?.left && x?.right === y?.right && x?.pairing === y?.pairing;
  });
};
