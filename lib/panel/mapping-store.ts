import { createStore, type StoreApi } from 'zustand/vanilla';
import type { FieldChange } from '../core/mapping-settings.ts';
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
  /** Changes one row. Pressed while another change is stored, it has its turn after that one. */
  change(change: FieldChange): Promise<void>;
  reset(): Promise<void>;
}

/** State of the field rules on the settings page. The background owns them: what it answers replaces what is shown. */
export function createMappingStore(api: PanelApi): StoreApi<MappingStore> {
  return createStore<MappingStore>()((set, get) => {
    /** An answer that was overtaken by a later wish is not shown. */
    let turn = 0;
    /** Presses that are not stored yet, in their order. */
    let waiting = 0;
    let last: Promise<void> = Promise.resolve();
    const store = async (
      done: MappingStore['done'],
      work: () => Promise<MappingView | null>,
    ): Promise<void> => {
      const mine = turn;
      try {
        const view = await work();
        const isLast = waiting === 1 && get().failure === null;
        set({ done: isLast ? done : null, ...(mine === turn ? { view } : {}) });
      } catch (error) {
        set({ failure: toErrorView(error) });
      } finally {
        waiting -= 1;
        set({ isBusy: waiting > 0 });
      }
    };
    const run = (done: MappingStore['done'], work: () => Promise<MappingView | null>): Promise<void> => {
      turn += 1;
      // A failure of a press before this one stays until all are through.
      set(waiting === 0 ? { isBusy: true, done: null, failure: null } : { isBusy: true, done: null });
      waiting += 1;
      last = last.then(() => store(done, work));
      return last;
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
      change: (change) => run('saved', () => api.send('setMapping', { rows: [change] })),
      reset: () => run('reset', () => api.send('resetMapping', {})),
    };
  });
}
