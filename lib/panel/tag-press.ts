import type { StoreApi } from 'zustand/vanilla';
import type { TagOp } from '../core/tag-sync.ts';
import { toErrorView } from '../errors.ts';
import type { TabTarget } from '../messaging.ts';
import type { SubjectView, TagSyncResult, TagSyncState } from '../panel-state.ts';
import type { PanelApi } from './api.ts';
import { peopleOf } from './selectors.ts';
import type { PanelStore } from './store.ts';

/** The last press of "Sync tags"; `result` is null while it is under way. */
export interface TagPress {
  version: number;
  id: string;
  ops: TagOp[];
  result: TagSyncResult | null;
}

/**
 * What the background says of the last press: one that waited, or whose answer is still to come, learns what came of it. Null where that is
 * no news.
 */
export function adoptTags(press: TagPress | null, last: TagSyncState['last'] | undefined): TagPress | null {
  if (!press || !last?.result || press.id !== last.id) return null;
  const isOpen = press.result === null || isWaiting(press.result);
  return isOpen && !isWaiting(last.result) ? { ...press, result: last.result } : null;
}

const isWaiting = ({ parts }: TagSyncResult): boolean => parts.some(({ state }) => state === 'queued');

/** One at a time. The same wish again, after an answer was lost or while it waits, is the same press: it asks what came of it. */
export function createTagPress(
  api: PanelApi,
  here: () => TabTarget,
  { setState: set, getState: get }: Pick<StoreApi<PanelStore>, 'setState' | 'getState'>,
): PanelStore['syncTags'] {
  let lost: TagPress | null = null;
  return async (view: SubjectView, ops: TagOp[]) => {
    const { tagPress, mirror } = get();
    const state = mirror?.tagSync;
    const person = view.person.status === 'ready' ? view.person.value.ref : null;
    const { atera, ghl } = peopleOf(view);
    const counterpart = person?.vendor === 'atera' ? ghl : atera;
    if (!state || !person || !counterpart || tagPress?.result === null) return;
    const { version } = view;
    const last = lost ?? (tagPress?.result && isWaiting(tagPress.result) ? tagPress : null);
    const isSame = last?.version === version && JSON.stringify(last.ops) === JSON.stringify(ops);
    const press: TagPress = {
      version,
      ops,
      id: isSame && last ? last.id : crypto.randomUUID(),
      result: null,
    };
    set({ tagPress: press, failure: null });
    try {
      const result = await api.send('syncTags', {
        target: here(),
        version,
        person,
        counterpart: counterpart.ref,
        id: press.id,
        rules: state.rules,
        ops,
      });
      lost = null;
      set({ tagPress: { ...press, result } });
      // An outcome that is on screen need not be told again. When this is lost, it is told once more: no harm.
      api.send('acknowledgeAddition', { id: press.id }).catch(() => undefined);
    } catch (error) {
      lost = press;
      set({ tagPress: null, failure: { action: 'add', error: toErrorView(error) } });
    }
  };
}
