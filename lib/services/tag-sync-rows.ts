import { type Subject, subjectKey } from '../core/contact.ts';
import type { TagSyncResult, TagSyncState } from '../panel-state.ts';
import { type Pair, scopeOfPair } from './accounts.ts';
import type { Store, StoredTagSync } from './areas.ts';
import type { Journal } from './journal.ts';
import { isWaiting } from './tag-parts.ts';

/** What is stored of syncs of tags: the intent before anything is sent, then the outcome, until a panel has shown it. */
export interface TagSyncRows {
  get(pair: Pair, id: string): Promise<StoredTagSync | undefined>;
  /** A new intent: the last one for what the page shows. */
  open(pair: Pair, row: StoredTagSync): Promise<void>;
  save(pair: Pair, row: StoredTagSync): Promise<void>;
  finish(pair: Pair, row: StoredTagSync, result: TagSyncResult): Promise<TagSyncResult>;
  /** The last one for this page that no panel has shown to the end. */
  last(pair: Pair, subject: Subject): Promise<TagSyncState['last']>;
  /** A panel has shown the outcome. */
  acknowledge(pair: Pair, id: string): Promise<void>;
}

export function createTagSyncRows(store: Store, journal: Pick<Journal, 'tagSync'>): TagSyncRows {
  const save: TagSyncRows['save'] = (pair, row) => store.put('tagSyncs', scopeOfPair(pair), row.id, row);
  const get: TagSyncRows['get'] = (pair, id) => store.get('tagSyncs', scopeOfPair(pair), id);
  return {
    get,
    save,
    async open(pair, row) {
      await save(pair, row);
      await store.put('lastTagSyncs', scopeOfPair(pair), subjectKey(row.subject), { id: row.id });
      await journal.tagSync(row);
    },
    async finish(pair, row, result) {
      // Told first: whoever finds the row without an outcome tells it again.
      await journal.tagSync({ ...row, result });
      await save(pair, { ...row, result });
      return result;
    },
    async last(pair, subject) {
      const pointer = await store.get('lastTagSyncs', scopeOfPair(pair), subjectKey(subject));
      const row = pointer && (await get(pair, pointer.id));
      return row ? { id: row.id, ops: row.ops, result: row.result } : null;
    },
    async acknowledge(pair, id) {
      const row = await get(pair, id);
      // What waits has no outcome yet: that is still to be told.
      if (!row?.result || isWaiting(row.result)) return;
      const key = subjectKey(row.subject);
      const pointer = await store.get('lastTagSyncs', scopeOfPair(pair), key);
      if (pointer?.id === id) await store.delete('lastTagSyncs', scopeOfPair(pair), key);
    },
  };
}
