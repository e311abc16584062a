import { parseTags } from '../core/tag-list.ts';
import { AppError, fromErrorView } from '../errors.ts';
import type { AteraTags, Gap, TagFieldView } from '../panel-state.ts';
import { CUSTOM_PREFIX } from '../vendors/atera/mapping.ts';
import type { PersonRecord } from '../vendors/vendor.ts';
import { type Accounts, type Pair, scopeOfPair } from './accounts.ts';
import type { Store, StoredTagField } from './areas.ts';
import { lookForField, ONE } from './contact-fields.ts';
import { canWait } from './jobs/queue.ts';

/** Which custom field of Atera contacts holds tags, and whether Atera has it. Nobody but an admin can make it, in Atera. */
export interface TagFields {
  /** As it was found last; null when none is chosen. */
  of(pair: Pair): Promise<StoredTagField | null>;
  /** Asks Atera for its fields, and remembers what was found. */
  checkOf(pair: Pair): Promise<StoredTagField | null>;
  viewOf(pair: Pair): Promise<TagFieldView>;
  /** For pages; null while nothing is connected. */
  view(): Promise<TagFieldView | null>;
  check(): Promise<TagFieldView>;
  set(name: string | null): Promise<TagFieldView>;
  /** Tags of an Atera record as read. `gaps`: what of it could not be read. */
  tagsOf(pair: Pair, person: PersonRecord, gaps: readonly Gap[]): Promise<AteraTags>;
}

interface Dependencies {
  store: Store;
  accounts: Pick<Accounts, 'pair'>;
  /** What is on screen was read under another setting. */
  onChange: (pair: Pair) => Promise<void>;
}

export function createTagFields({ store, accounts, onChange }: Dependencies): TagFields {
  const of = async (pair: Pair): Promise<StoredTagField | null> =>
    (await store.get('tagField', scopeOfPair(pair), ONE)) ?? null;
  const connected = async (): Promise<Pair> => {
    const pair = await accounts.pair();
    if (!pair) throw new AppError('not_connected');
    return pair;
  };

  const look = (pair: Pair, name: string): Promise<StoredTagField> => lookForField(store, pair, 'tags', name);
  const save = async (pair: Pair, field: StoredTagField): Promise<StoredTagField> => {
    await store.put('tagField', scopeOfPair(pair), ONE, field);
    return field;
  };
  const checkOf = async (pair: Pair): Promise<StoredTagField | null> => {
    const known = await of(pair);
    return known && save(pair, await look(pair, known.name));
  };
  const viewOf = async (pair: Pair): Promise<TagFieldView> =>
    (await of(pair)) ?? { name: null, state: 'off', error: null };

  return {
    of,
    checkOf,
    viewOf,
    async view() {
      const pair = await accounts.pair();
      return pair && viewOf(pair);
    },
    async check() {
      const pair = await connected();
      await checkOf(pair);
      await onChange(pair);
      return viewOf(pair);
    },
    async set(name) {
      const pair = await connected();
      if (name === null) await store.delete('tagField', scopeOfPair(pair), ONE);
      else await save(pair, await look(pair, name));
      await onChange(pair);
      return viewOf(pair);
    },
    async tagsOf(pair, { fields }, gaps) {
      const field = await of(pair);
      if (!field) return { status: 'off' };
      const gap = gaps.find(({ part }) => part === 'custom-values');
      if (gap) return { status: 'failed', error: gap.error };
      // A field without a value is not listed: whether it is there at all is another question.
      return { status: 'ready', tags: parseTags(fields.values[CUSTOM_PREFIX + field.name] ?? null) };
    },
  };
}

/** Rejects unless the field can be written: with what stood in the way of looking, where that passes by itself. */
export function requireTagField(now: StoredTagField | null, name: string): void {
  if (now?.error && canWait(now.error)) throw fromErrorView(now.error);
  if (now?.state !== 'ready') throw new AppError('tag_field', { vendor: 'atera', input: name });
}
