import type { StoreApi } from 'zustand/vanilla';
import type { TabTarget } from '../messaging.ts';
import type { Addition, AdditionResult, PanelState, SubjectView } from '../panel-state.ts';
import { type Adding, adopt, HOME, idFor, isTyped, resultOfFailure, withoutSent } from './adding.ts';
import type { PanelApi } from './api.ts';
import type { KeptDrafts } from './drafts.ts';
import { peopleOf, subjectOf } from './selectors.ts';
import type { PanelStore } from './store.ts';

export interface Presses {
  /** Answers with what came of it; null where it was not pressed. */
  add(view: SubjectView, addition: Addition): Promise<AdditionResult | null>;
  /** A state arrived: takes over, or brings to its end, the press that the background speaks of, and shows its section. */
  follow(state: PanelState, isNewView: boolean): void;
}

/** Presses of buttons that add something: sent once each, and told until their outcome was on screen. */
export function createPresses(
  api: PanelApi,
  /** The tab on screen. */
  here: () => TabTarget,
  kept: KeptDrafts,
  { setState: set, getState: get }: Pick<StoreApi<PanelStore>, 'setState' | 'getState'>,
  read: () => Promise<void>,
): Presses {
  /** An outcome that is on screen need not be told again. When this is lost, it is told once more: no harm. */
  const acknowledge = (id: string): void => {
    api.send('acknowledgeAddition', { id }).catch(() => undefined);
  };

  return {
    follow(state, isNewView) {
      const { adding } = get();
      const view = subjectOf(state);
      if (!view) return;
      const now = adopt(adding, state.adding?.last ?? null, view.version, isNewView);
      if (now === adding) return;
      const place = now !== null && now.id !== adding?.id ? HOME[now.addition.kind].section : null;
      set({ adding: now, ...(place === null || place === 'company' ? {} : { openSection: place }) });
      if (now?.result) acknowledge(now.id);
      // What waited is written now: the same must not look as if it were still to be sent. What was typed since stays.
      if (now?.id === adding?.id && now?.result?.state === 'done' && isTyped(get().drafts, now.addition)) {
        const { addition } = now;
        kept.sent(kept.keyOf(state), addition);
        set(({ drafts }) => ({ drafts: withoutSent(drafts, addition) }));
      }
    },
    async add(view, addition) {
      const { version } = view;
      const last = get().adding;
      const shown = peopleOf(view);
      const person = view.person.status === 'ready' ? view.person.value.ref : null;
      const contact = shown[HOME[addition.kind].vendor]?.ref;
      if (!person || !contact || (last && !last.result)) return null;
      const id = idFor(last, version, addition, () => crypto.randomUUID());
      const adding: Adding = { version, id, addition, result: null, isLost: false };
      const owner = kept.keyOf(get().mirror);
      set({ adding });
      try {
        const result = await api.send('addToContact', {
          target: here(),
          version,
          person,
          contact,
          id,
          addition,
        });
        set({ adding: { ...adding, result } });
        acknowledge(id);
      } catch (error) {
        const result = resultOfFailure(id, error);
        set({ adding: { ...adding, result, isLost: result.state === 'unknown' } });
        // The background may have stopped in the middle of it: waking it makes it look for its own result.
        if (result.state === 'unknown') await read().catch(() => undefined);
      }
      const result = get().adding?.result ?? null;
      const isShown = subjectOf(get().mirror)?.version === version;
      if (result?.state === 'done') {
        kept.sent(owner, addition);
        if (kept.keyOf(get().mirror) === owner)
          set(({ drafts }) => ({ drafts: withoutSent(drafts, addition) }));
      }
      // Somebody else is on screen by now: it must be told all the same. What waits is told among the jobs.
      if (result?.error && result.state !== 'queued' && !isShown)
        set({ failure: { action: 'add', error: result.error, isUnsure: result.state !== 'failed' } });
      return result;
    },
  };
}
