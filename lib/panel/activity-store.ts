import { createStore, type StoreApi } from 'zustand/vanilla';
import type { UndoInstead } from '../core/undo-offer.ts';
import { type ErrorView, toErrorView } from '../errors.ts';
import type { ActivityView } from '../panel-state.ts';
import type { PanelApi } from './api.ts';
import { createUndoPress } from './undo-press.ts';

export interface ActivityStore {
  /** Undefined until the first answer; null while nothing is connected. */
  entries: ActivityView[] | null | undefined;
  undoing: string | null;
  failure: ErrorView | null;

  /** Reads it, and again whenever something changes; returns the way to stop. */
  connect(): () => void;
  load(): Promise<void>;
  undo(entryId: string, instead?: UndoInstead): Promise<void>;
}

/** The whole journal, on the settings page. */
export function createActivityStore(api: PanelApi): StoreApi<ActivityStore> {
  return createStore<ActivityStore>()((set, get) => {
    let turn = 0;
    const press = createUndoPress(api);
    const load = async (): Promise<void> => {
      turn += 1;
      const mine = turn;
      try {
        const page = await api.send('getActivity', { people: null, limit: null });
        if (mine === turn) set({ entries: page?.entries ?? null });
      } catch (error) {
        if (mine === turn) set({ failure: toErrorView(error) });
      }
    };
    return {
      entries: undefined,
      undoing: null,
      failure: null,
      load,
      connect() {
        const stops = [
          api.on('activityChanged', () => void load()),
          // Entries on screen may be those of an account that is gone: they leave before the answer comes.
          api.on('accountsChanged', () => {
            set({ entries: undefined });
            void load();
          }),
        ];
        void load();
        return () => {
          for (const stop of stops) stop();
        };
      },
      async undo(entryId, instead) {
        if (get().undoing !== null) return;
        set({ undoing: entryId, failure: null });
        try {
          await press(entryId, instead);
        } catch (error) {
          set({ failure: toErrorView(error) });
        }
        // What came of it is there before the button is back.
        await load();
        set({ undoing: null });
      },
    };
  });
}
