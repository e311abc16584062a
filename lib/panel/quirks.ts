import { isCompany } from '../core/contact.ts';
import { type Quirk, type QuirkName, quirkKey } from '../core/quirk.ts';
import type { PanelState } from '../panel-state.ts';
import { subjectOf } from './selectors.ts';

/** What is known of this field at this vendor; null where nothing is. It holds for whoever is on screen. */
export const quirkOf = (state: PanelState | null, name: QuirkName): Quirk | null =>
  state?.quirks.find((quirk) => quirkKey(quirk) === quirkKey(name)) ?? null;

/** What the fields on screen are fields of. */
export function resourceInView(state: PanelState | null): QuirkName['resource'] {
  const view = subjectOf(state);
  return view && isCompany(view.subject) ? 'companies' : 'contacts';
}
