import { HOME } from '../../lib/panel/adding.ts';
import { peopleOf } from '../../lib/panel/selectors.ts';
import type { Addition, SubjectView } from '../../lib/panel-state.ts';

/** What the panel of a tab sends with an addition: who was on screen, and whose record is written. */
export function pressFor(tabId: number, view: SubjectView, addition: Addition, id: string) {
  const { match, person, version } = view;
  if (person.status !== 'ready') throw new Error(`Nobody is shown: ${person.status}`);
  const candidate = match.status === 'several' ? match.candidates[0]?.ref : undefined;
  const contact = peopleOf(view)[HOME[addition.kind].vendor]?.ref ?? candidate;
  if (!contact) throw new Error(`Nobody to write to: ${match.status}`);
  return { target: { tabId }, version, person: person.value.ref, contact, id, addition };
}
