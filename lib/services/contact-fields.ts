import type { VendorName } from '../core/contact.ts';
import { isAppError, toErrorView } from '../errors.ts';
import { CUSTOM_PREFIX } from '../vendors/ghl/mapping.ts';
import { type Pair, scopeOfPair } from './accounts.ts';
import type { Store, StoredTagField } from './areas.ts';

/** What a custom field of contacts is used for here. One field serves one purpose: two would write over each other. */
export type Purpose = 'tags' | 'atera-registry' | 'ghl-registry';

interface PurposeRow {
  vendor: VendorName;
  /** The vendor's word for a field that holds one line of text. */
  type: string;
  /** The name that was chosen for it; null where none is. */
  nameOf: (store: Store, scope: string) => Promise<string | null>;
}

/** Row of the one setting of a pair, in areas that hold one. */
export const ONE = 'contact';

const registryName = (vendor: VendorName) => async (store: Store, scope: string) =>
  (await store.get('registry', scope, ONE))?.[vendor].name ?? null;

const PURPOSES: Record<Purpose, PurposeRow> = {
  tags: {
    vendor: 'atera',
    type: 'Text',
    nameOf: async (store, scope) => (await store.get('tagField', scope, ONE))?.name ?? null,
  },
  'atera-registry': { vendor: 'atera', type: 'Text', nameOf: registryName('atera') },
  'ghl-registry': { vendor: 'ghl', type: 'TEXT', nameOf: registryName('ghl') },
};

interface FoundField {
  name: string;
  type: string;
  id?: string;
  /** What the mapping calls it. */
  key?: string;
}

const READERS: Record<VendorName, (pair: Pair) => Promise<FoundField[]>> = {
  atera: (pair) => pair.atera.readContactFields(),
  ghl: async (pair) =>
    (await pair.ghl.readCustomFields()).map(({ id, name, dataType, fieldKey }) => ({
      id,
      name: name ?? '',
      type: dataType ?? '',
      key: CUSTOM_PREFIX + (fieldKey ?? ''),
    })),
};

export const foldName = (name: string): string => name.trim().toLowerCase();

/**
 * Looks whether the vendor has a custom field of contacts with this name that can serve the purpose. Nobody but an admin makes one: Atera
 * has no call for it, and GHL's needs a right that no other work of ours does. `mapped`: keys that the mapping pairs.
 */
export async function lookForField(
  store: Store,
  pair: Pair,
  purpose: Purpose,
  name: string,
  mapped: readonly string[] = [],
): Promise<StoredTagField> {
  const { vendor, type } = PURPOSES[purpose];
  try {
    const fields = await READERS[vendor](pair);
    const exact = fields.filter((field) => field.name === name);
    const found =
      exact.length > 0 ? exact : fields.filter((field) => foldName(field.name) === foldName(name));
    const [field] = found;
    if (!field) return { name, state: 'missing', error: null };
    const isTaken =
      (await isUsed(store, pair, purpose, field.name)) ||
      (field.key !== undefined && mapped.includes(field.key));
    const state =
      found.length > 1 ? 'twice' : isTaken ? 'taken' : field.type === type ? 'ready' : 'wrong-type';
    return { name: field.name, state, error: null, ...(field.id === undefined ? {} : { id: field.id }) };
  } catch (error) {
    if (!isAppError(error)) throw error;
    return { name, state: 'unread', error: toErrorView(error) };
  }
}

/** Whether it serves another purpose of the same vendor. */
async function isUsed(store: Store, pair: Pair, purpose: Purpose, name: string): Promise<boolean> {
  const scope = scopeOfPair(pair);
  const others = Object.entries(PURPOSES).filter(
    ([other, { vendor }]) => other !== purpose && vendor === PURPOSES[purpose].vendor,
  );
  const names = await Promise.all(others.map(([, row]) => row.nameOf(store, scope)));
  return names.some((other) => other !== null && foldName(other) === foldName(name));
}
