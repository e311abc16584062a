import { createStore, type StoreApi } from 'zustand/vanilla';
import type { VendorName } from '../core/contact.ts';
import { type ErrorView, toErrorView } from '../errors.ts';
import type { RegistrySettings } from '../panel-state.ts';
import type { PanelApi } from './api.ts';

export interface RegistryStore {
  /** Undefined until the first answer; null while nothing is connected. */
  settings: RegistrySettings | null | undefined;
  isBusy: boolean;
  failure: ErrorView | null;
  /** What was just done; read out. */
  done: 'on' | 'off' | null;

  /** Reads the setting, and again when accounts come or go; returns the way to stop. */
  connect(): () => void;
  load(): Promise<void>;
  /** Names of the fields; null switches it off. */
  set(names: Record<VendorName, string> | null): Promise<void>;
  /** Rejects with an `AppError`: whoever asks shows it in its place. */
  check(): Promise<void>;
}

/** Whether linked pairs are remembered in custom fields, on the settings page. The background owns it. */
export function createRegistryStore(api: PanelApi): StoreApi<RegistryStore> {
  return createStore<RegistryStore>()((set, get) => {
    const run = async (work: () => Promise<Partial<RegistryStore>>): Promise<void> => {
      if (get().isBusy) return;
      set({ isBusy: true, failure: null, done: null });
      try {
        set(await work());
      } catch (error) {
        set({ failure: toErrorView(error) });
      } finally {
        set({ isBusy: false });
      }
    };
    const load = (): Promise<void> => run(async () => ({ settings: await api.send('getRegistry', {}) }));

    return {
      settings: undefined,
      isBusy: false,
      failure: null,
      done: null,
      load,
      connect() {
        const stop = api.on('accountsChanged', () => void load());
        void load();
        return stop;
      },
      set: (names) =>
        run(async () => ({
          settings: await api.send('setRegistry', { names }),
          done: names === null ? 'off' : 'on',
        })),
      async check() {
        set({ settings: await api.send('checkRegistry', {}), done: null });
      },
    };
  });
}
