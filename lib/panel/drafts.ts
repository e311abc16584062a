import { refKey } from '../core/contact.ts';
import type { Addition, PanelState } from '../panel-state.ts';
import { type Drafts, NO_DRAFTS, withoutSent } from './adding.ts';
import { subjectOf } from './selectors.ts';

/** Whose drafts are kept: those longest untouched go first. */
const LIMIT = 50;

/** What is typed and not sent yet, per tab and person: there again when the agent comes back, and never shown for anybody else. */
export interface KeptDrafts {
  of(state: PanelState | null): Drafts;
  keep(state: PanelState | null, drafts: Drafts): void;
  /** Takes out what was written, whoever is on screen by then. `key`: `keyOf` the state that it was pressed in. */
  sent(key: string | null, addition: Addition): void;
  keyOf(state: PanelState | null): string | null;
}

/** In the memory of one panel alone. */
export function createKeptDrafts(): KeptDrafts {
  const all = new Map<string, Drafts>();
  const keyOf = (state: PanelState | null): string | null => {
    const person = subjectOf(state)?.person;
    return person?.status === 'ready' ? `${state?.tabId}:${refKey(person.value.ref)}` : null;
  };
  const put = (key: string, drafts: Drafts): void => {
    all.delete(key);
    if (Object.values(drafts).some((text) => text !== '')) all.set(key, drafts);
    const [oldest] = all.keys();
    if (all.size > LIMIT && oldest !== undefined) all.delete(oldest);
  };
  return {
    keyOf,
    of: (state) => all.get(keyOf(state) ?? '') ?? NO_DRAFTS,
    keep(state, drafts) {
      const key = keyOf(state);
      if (key !== null) put(key, drafts);
    },
    sent(key, addition) {
      const drafts = key === null ? undefined : all.get(key);
      if (key !== null && drafts) put(key, withoutSent(drafts, addition));
    },
  };
}
