import { createStore, type StoreApi } from 'zustand/vanilla';
import type { FieldSetting } from '../core/mapping-settings.ts';
import { type ErrorView, toErrorView } from '../errors.ts';
import type { MappingView } from '../panel-state.ts';
import type { PanelApi } from './api.ts';

export interface MappingStore {
  /** Undefined until the first answer; null while nothing is connected. */
  view: MappingView | null | undefined;
  isBusy: boolean;
  failure: ErrorView | null;
  /** What was just done; read out. */
  done: 'saved' | 'reset' | null;

  /** Reads the rules, and again when accounts come or go; returns the way to stop. */
  connect(): () => void;
  load(): Promise<void>;
  /** Changes one row, and stores all of them. */
  change(row: Pick<FieldSetting, 'field'> & Partial<FieldSetting>): Promise<void>;
  reset(): Promise<void>;
}

/** State of the field rules on the settings page. The background owns them: what it answers replaces what is shown. */
export function createMappingStore(api: PanelApi): StoreApi<MappingStore> {
  return createStore<MappingStore>()((set, get) => {
    /** An answer that was overtaken by a later wish is not shown. */
    let turn = 0;
    const run = async (
      done: MappingStore['done'],
      work: () => Promise<MappingView | null>,
    ): Promise<void> => {
      if (get().isBusy) return;
      turn += 1;
      const mine = turn;
      set({ isBusy: true, done: null, failure: null });
      try {
        const view = await work();
        set({ done, ...(mine === turn ? { view } : {}) });
      } catch (error) {
        set({ failure: toErrorView(error) });
      } finally {
        set({ isBusy: false });
      }
    };
    const load = async (): Promise<void> => {
      turn += 1;
      const mine = turn;
      try {
        const view = await api.send('getMapping', {});
        if (mine === turn) set({ view, failure: null });
      } catch (error) {
        if (mine === turn) set({ failure: toErrorView(error) });
      }
    };

    return {
      view: undefined,
      isBusy: false,
      failure: null,
      done: null,
      load,
      connect() {
        // Values on screen may be those of an account that is gone: they leave before the answer comes.
        const stop = api.on('accountsChanged', () => {
          const { view } = get();
          if (view)
            set({ view: { personName: null, rows: view.rows.map((row) => ({ ...row, values: null })) } });
          void load();
        });
        void load();
        return stop;
      },
      change: (changed) =>
        run('saved', () => {
          const rows = (get().view?.rows ?? []).map(({ field, enabled, direction, empty }) => ({
            field,
            enabled,
            direction,
            empty,
            ...(field === changed.field ? changed : {}),
          }));
          return api.send('setMapping', { rows });
        }),
      reset: () => run('reset', () => api.send('resetMapping', {})),
    };
  });
}
