import { createStore, type StoreApi } from 'zustand/vanilla';
import { type ResourceChange, type ResourceSetting, shippedResources } from '../core/resource-settings.ts';
import type { PanelApi } from './api.ts';
import { createSaves, NOT_SAVING, type Saving } from './saves.ts';

export interface ResourcesStore extends Saving {
  /** Undefined until the first answer; null while nothing is connected. */
  rows: ResourceSetting[] | null | undefined;

  /** Reads the settings, and again when they change elsewhere or accounts come or go; returns the way to stop. */
  connect(): () => void;
  load(): Promise<void>;
  /** Changes one row. Pressed while another change is stored, it has its turn after that one. */
  change(change: ResourceChange): Promise<void>;
  reset(): Promise<void>;
}

/** What is shown and written, on the settings page. The background owns it: what it answers replaces what is shown. */
export function createResourcesStore(api: PanelApi): StoreApi<ResourcesStore> {
  return createStore<ResourcesStore>()((set, get) => {
    const saves = createSaves<ResourceSetting[] | null>(get, set, (rows) => set({ rows }));
    const load = (): Promise<void> => saves.load(() => api.send('getResources', {}));

    return {
      rows: undefined,
      ...NOT_SAVING,
      load,
      connect() {
        const stops = [
          api.on('accountsChanged', () => void load()),
          // Another settings page may have changed them. What this one is storing brings its own answer.
          api.on('resourcesChanged', () => {
            if (!get().isBusy) void load();
          }),
        ];
        void load();
        return () => {
          for (const stop of stops) stop();
        };
      },
      change: (change) => saves.run('saved', () => api.send('setResources', { rows: [change] })),
      reset: () => saves.run('reset', () => api.send('setResources', { rows: shippedResources() })),
    };
  });
}
