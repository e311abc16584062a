import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Quirk, QuirkName } from '../core/quirk.ts';
import { type ErrorView, toErrorView } from '../errors.ts';
import type { PanelApi } from './api.ts';

export interface QuirksStore {
  /** Undefined until the first answer; null while nothing is connected. */
  quirks: Quirk[] | null | undefined;
  isBusy: boolean;
  failure: ErrorView | null;
  /** What was just forgotten; read out. */
  forgotten: QuirkName | null;

  /** Reads them, and again when something was learnt or accounts come or go; returns the way to stop. */
  connect(): () => void;
  load(): Promise<void>;
  forget(name: QuirkName): Promise<void>;
}

/** What vendors accepted and did not keep, on the settings page. The background owns it. */
export function createQuirksStore(api: PanelApi): StoreApi<QuirksStore> {
  return createStore<QuirksStore>()((set, get) => {
    let latest = 0;
    /** Of several answers under way, only the one that was asked for last is shown. */
    const ask = async (
      question: () => Promise<Quirk[] | null>,
      done: Partial<QuirksStore>,
    ): Promise<void> => {
      latest += 1;
      const mine = latest;
      set({ failure: null });
      try {
        const quirks = await question();
        if (mine === latest) set({ quirks });
        set(done);
      } catch (error) {
        set({ failure: toErrorView(error) });
      }
    };
    const load = (): Promise<void> => ask(() => api.send('getQuirks', {}), {});

    return {
      quirks: undefined,
      isBusy: false,
      failure: null,
      forgotten: null,
      load,
      connect() {
        const stops = [
          api.on('accountsChanged', () => {
            set({ forgotten: null });
            void load();
          }),
          api.on('quirksChanged', () => void load()),
        ];
        void load();
        return () => {
          for (const stop of stops) stop();
        };
      },
      async forget({ vendor, resource, field }) {
        if (get().isBusy) return;
        const name: QuirkName = { vendor, resource, field };
        set({ isBusy: true, forgotten: null });
        await ask(() => api.send('forgetQuirk', name), { forgotten: name });
        set({ isBusy: false });
      },
    };
  });
}
