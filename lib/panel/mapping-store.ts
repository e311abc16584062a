import { createStore, type StoreApi } from 'zustand/vanilla';
import type { FieldChange, MappedResource } from '../core/mapping-settings.ts';
import type { MappingView } from '../panel-state.ts';
import type { PanelApi } from './api.ts';
import { createSaves, NOT_SAVING, type Saving } from './saves.ts';

export interface MappingStore extends Saving {
  /** Undefined until the first answer; null while nothing is connected. */
  view: MappingView | null | undefined;

  /** Reads the rules, and again when accounts come or go; returns the way to stop. */
  connect(): () => void;
  load(): Promise<void>;
  /** Changes one row. Pressed while another change is stored, it has its turn after that one. */
  change(change: FieldChange): Promise<void>;
  reset(): Promise<void>;
}

/** State of the field rules of people, or of companies, on the settings page. The background owns them: what it answers replaces what is shown. */
export function createMappingStore(
  api: PanelApi,
  resource: MappedResource = 'contacts',
): StoreApi<MappingStore> {
  const of = resource === 'contacts' ? {} : { of: resource };
  return createStore<MappingStore>()((set, get) => {
    const saves = createSaves<MappingView | null>(get, set, (view) => set({ view }));
    const load = (): Promise<void> => saves.load(() => api.send('getMapping', of));

    return {
      view: undefined,
      ...NOT_SAVING,
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
      change: (change) => saves.run('saved', () => api.send('setMapping', { ...of, rows: [change] })),
      reset: () => saves.run('reset', () => api.send('resetMapping', of)),
    };
  });
}
