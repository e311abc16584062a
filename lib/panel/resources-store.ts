import { createStore, type StoreApi } from 'zustand/vanilla';
import { type ResourceSetting, shippedResources } from '../core/resource-settings.ts';
import { type ErrorView, toErrorView } from '../errors.ts';
import type { PanelApi } from './api.ts';

export interface ResourcesStore {
  /** Undefined until the first answer; null while nothing is connected. */
  rows: ResourceSetting[] | null | undefined;
  isBusy: boolean;
  failure: ErrorView | null;
  /** What was just done; read out. */
  done: 'saved' | 'reset' | null;

  /** Reads the settings, and again when accounts come or go; returns the way to stop. */
  connect(): () => void;
  load(): Promise<void>;
  /** Changes one row, and stores all of them. */
  change(row: Pick<ResourceSetting, 'resource'> & Partial<ResourceSetting>): Promise<void>;
  reset(): Promise<void>;
}

/** What is shown and written, on the settings page. The background owns it: what it answers replaces what is shown. */
export function createResourcesStore(api: PanelApi): StoreApi<ResourcesStore> {
  return createStore<ResourcesStore>()((set, get) => {
    /** An answer that was overtaken by a later wish is not shown. */
    let turn = 0;
    const store = async (done: ResourcesStore['done'], rows: ResourceSetting[]): Promise<void> => {
      if (get().isBusy) return;
      turn += 1;
      set({ isBusy: true, done: null, failure: null });
      try {
        set({ rows: await api.send('setResources', { rows }), done });
      } catch (error) {
        set({ failure: toErrorView(error) });
      } finally {
        set({ isBusy: false });
      }
    };
    const load = async (): Promise<void> => {
      const mine = turn;
      try {
        const rows = await api.send('getResources', {});
        if (mine === turn) set({ rows, failure: null });
      } catch (error) {
        if (mine === turn) set({ failure: toErrorView(error) });
      }
    };

    return {
      rows: undefined,
      isBusy: false,
      failure: null,
      done: null,
      load,
      connect() {
        const stop = api.on('accountsChanged', () => void load());
        void load();
        return stop;
      },
      change: (changed) =>
        store(
          'saved',
          (get().rows ?? []).map((row) => (row.resource === changed.resource ? { ...row, ...changed } : row)),
        ),
      reset: () => store('reset', shippedResources()),
    };
  });
}
