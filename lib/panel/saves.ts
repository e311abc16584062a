import { type ErrorView, toErrorView } from '../errors.ts';

/** What a section of the settings page shows beside what is set. */
export interface Saving {
  isBusy: boolean;
  failure: ErrorView | null;
  /** What was just done; read out. */
  done: 'saved' | 'reset' | null;
}

export const NOT_SAVING: Saving = { isBusy: false, failure: null, done: null };

/** Changes of settings, in the order of their presses; the background owns the settings, and what it answers is shown. */
export interface Saves<V> {
  /** Pressed while another change is stored, it has its turn after that one. */
  run(done: Saving['done'], work: () => Promise<V>): Promise<void>;
  /** Reads the settings, unless a later wish overtakes it. */
  load(read: () => Promise<V>): Promise<void>;
}

export function createSaves<V>(
  get: () => Saving,
  set: (state: Partial<Saving>) => void,
  show: (value: V) => void,
): Saves<V> {
  /** An answer that was overtaken by a later wish is not shown. */
  let turn = 0;
  /** Presses that are not stored yet, in their order. */
  let waiting = 0;
  let last: Promise<void> = Promise.resolve();
  const store = async (done: Saving['done'], work: () => Promise<V>): Promise<void> => {
    const mine = turn;
    try {
      const value = await work();
      const isLast = waiting === 1 && get().failure === null;
      if (mine === turn) show(value);
      set({ done: isLast ? done : null });
    } catch (error) {
      set({ failure: toErrorView(error) });
    } finally {
      waiting -= 1;
      set({ isBusy: waiting > 0 });
    }
  };

  return {
    run(done, work) {
      turn += 1;
      // A failure of a press before this one stays until all are through.
      set(waiting === 0 ? { isBusy: true, done: null, failure: null } : { isBusy: true, done: null });
      waiting += 1;
      last = last.then(() => store(done, work));
      return last;
    },
    async load(read) {
      turn += 1;
      const mine = turn;
      try {
        const value = await read();
        if (mine !== turn) return;
        show(value);
        set({ failure: null });
      } catch (error) {
        if (mine === turn) set({ failure: toErrorView(error) });
      }
    },
  };
}
