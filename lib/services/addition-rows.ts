import { type Subject, subjectKey } from '../core/contact.ts';
import { toErrorView } from '../errors.ts';
import type { AddingState, AdditionResult } from '../panel-state.ts';
import { type Pair, scopeOfPair } from './accounts.ts';
import type { Store, StoredAddition } from './areas.ts';
import type { Journal } from './journal.ts';

/** What is stored of additions: the intent before anything is sent, then the outcome, until a panel has shown it. */
export interface AdditionRows {
  get(pair: Pair, id: string): Promise<StoredAddition | undefined>;
  /** A new intent: the last one for what the page shows. */
  open(pair: Pair, row: StoredAddition): Promise<void>;
  save(pair: Pair, row: StoredAddition): Promise<void>;
  finish(
    pair: Pair,
    row: StoredAddition,
    state: AdditionResult['state'],
    error?: unknown,
    more?: Pick<AdditionResult, 'isPartly' | 'gone' | 'doubles'>,
  ): Promise<AdditionResult>;
  /** The last one for this page that no panel has shown to the end. */
  last(pair: Pair, subject: Subject): Promise<AddingState['last']>;
  /** A panel has shown the outcome. */
  acknowledge(pair: Pair, id: string): Promise<void>;
}

export function createAdditionRows(store: Store, journal: Pick<Journal, 'addition'>): AdditionRows {
  const save = (pair: Pair, row: StoredAddition): Promise<void> =>
    store.put('additions', scopeOfPair(pair), row.id, row);
  const get = (pair: Pair, id: string) => store.get('additions', scopeOfPair(pair), id);

  return {
    get,
    save,
    async open(pair, row) {
      await save(pair, row);
      // One step of several is told with the others.
      if (row.tabId >= 0)
        await store.put('lastAdditions', scopeOfPair(pair), subjectKey(row.subject), { id: row.id });
      await journal.addition(scopeOfPair(pair), row);
    },
    async finish(pair, row, state, error = null, more = {}) {
      const result = { id: row.id, state, error: error === null ? null : toErrorView(error), ...more };
      // Told first: whoever finds the row without an outcome tells it again.
      await journal.addition(scopeOfPair(pair), { ...row, result });
      await save(pair, { ...row, result });
      return result;
    },
    async last(pair, subject) {
      const pointer = await store.get('lastAdditions', scopeOfPair(pair), subjectKey(subject));
      const row = pointer && (await get(pair, pointer.id));
      return row ? { id: row.id, addition: row.addition, result: row.result } : null;
    },
    async acknowledge(pair, id) {
      const row = await get(pair, id);
      // What waits has no outcome yet: that is still to be told.
      if (!row?.result || row.result.state === 'queued') return;
      const key = subjectKey(row.subject);
      const pointer = await store.get('lastAdditions', scopeOfPair(pair), key);
      if (pointer?.id === id) await store.delete('lastAdditions', scopeOfPair(pair), key);
    },
  };
}
