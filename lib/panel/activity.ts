import type { StoreApi } from 'zustand/vanilla';
import { type Ref, refKey } from '../core/contact.ts';
import type { UndoInstead } from '../core/undo-offer.ts';
import { toErrorView } from '../errors.ts';
import type { ActivityView, SubjectView } from '../panel-state.ts';
import type { PanelApi } from './api.ts';
import { peopleOf } from './selectors.ts';
import type { PanelStore } from './store.ts';
import { createUndoPress } from './undo-press.ts';

/** How many entries a panel asks for: more than it lists, so that what was just done is among them. */
const LIMIT = 20;

export interface Activity {
  /** Another person is on screen, or the same one. */
  follow(view: SubjectView | null): void;
  load(): Promise<void>;
  undo(entryId: string, instead?: UndoInstead): Promise<void>;
}

/** What was written for the person on screen, and the way back. */
export function createActivity(
  api: PanelApi,
  { setState: set, getState: get }: Pick<StoreApi<PanelStore>, 'setState' | 'getState'>,
): Activity {
  let people: Ref[] = [];
  /** An answer about somebody who is gone is not shown. */
  let turn = 0;
  const press = createUndoPress(api);

  const load = async (): Promise<void> => {
    turn += 1;
    const mine = turn;
    if (people.length === 0) return set({ activity: null });
    try {
      const activity = (await api.send('getActivity', { people, limit: LIMIT })) ?? null;
      if (mine === turn) set({ activity });
    } catch (error) {
      if (mine === turn) set({ failure: { action: 'load', error: toErrorView(error) } });
    }
  };

  return {
    load,
    follow(view) {
      const shown = view ? Object.values(peopleOf(view)).flatMap((person) => person?.ref ?? []) : [];
      if (keyOf(shown) === keyOf(people)) return;
      const isOther = !shown.some((ref) => people.some((known) => refKey(known) === refKey(ref)));
      people = shown;
      if (isOther) set({ activity: null });
      void load();
    },
    async undo(entryId, instead) {
      if (get().undoing !== null) return;
      set({ undoing: entryId, failure: null });
      try {
        await press(entryId, instead);
      } catch (error) {
        set({ failure: { action: 'undo', error: toErrorView(error) } });
      }
      // What came of it is there before the button is back.
      await load();
      set({ undoing: null });
    },
  };
}

const keyOf = (refs: readonly Ref[]): string => refs.map(refKey).join(' ');

/** The last one that takes, or tried to take, this entry back. */
export const undoneIn = (entries: readonly ActivityView[], id: string): ActivityView | null =>
  entries.find(({ undoes }) => undoes === id) ?? null;
