import { isSuggestion, type Ref, refKey, type Subject, sameRef, sameSubject } from '../core/contact.ts';
import { AppError } from '../errors.ts';
import { type Pair, scopeOfPair } from './accounts.ts';
import type { Subjects } from './subjects.ts';
import type { SubjectTab, Views } from './views.ts';

/** What something that was shown is bound to. */
export interface ShownFor {
  subject: Subject;
  tabId: number;
  windowId: number;
  version: number;
  source: Ref;
  personName: string;
}

/** It is for what the tab shows at this very moment, or for nothing. */
export async function checkPage(
  subjects: Subjects,
  shown: Omit<ShownFor, 'source' | 'personName'>,
): Promise<void> {
  const tab = await subjects.look(shown.tabId);
  const isSame =
    tab !== null &&
    tab.windowId === shown.windowId &&
    tab.version === shown.version &&
    sameSubject(tab.subject, shown.subject);
  if (!isSame) throw new AppError('subject_changed');
}

/** A page that only suggests somebody: the agent must have named this person, once for what the tab shows. */
export async function checkNamed(
  subjects: Subjects,
  shown: ShownFor,
  confirmedName: string | undefined,
): Promise<void> {
  if (!isSuggestion(shown.subject)) return;
  // Whoever names somebody else sees another person, whatever was confirmed before.
  if (confirmedName !== undefined && confirmedName !== shown.personName) throw new AppError('unconfirmed');
  const tab = await subjects.look(shown.tabId);
  if (tab?.version === shown.version && tab.confirmed === refKey(shown.source)) return;
  if (confirmedName === undefined) throw new AppError('unconfirmed');
  await subjects.confirm(shown.tabId, shown.version, shown.source);
}

/** The tab, if it still shows this person in this version, of the connected accounts, with nothing newer on its way. */
export async function shownPerson(
  { subjects, views }: { subjects: Subjects; views: Views },
  pair: Pair,
  tabId: number | null,
  { version, person }: { version: number; person: Ref },
) {
  const tab = tabId === null ? null : await subjects.look(tabId);
  if (!tab?.subject || tab.version !== version) throw new AppError('subject_changed');
  const { subject } = tab;
  const isForeign = tab.chosen && tab.scope !== scopeOfPair(pair);
  const isElsewhere = subject.locationId !== undefined && subject.locationId !== pair.ghlAccount.id;
  if (isForeign || isElsewhere) throw new AppError('subject_changed');
  const shown: SubjectTab = { ...tab, subject };
  const view = views.peek(shown);
  const value = view.person.status === 'ready' ? view.person.value : null;
  // The same page may show another requester since the agent looked.
  if (!value || view.refreshing || !sameRef(value.ref, person)) throw new AppError('subject_changed');
  return { tab: shown, view, person: value };
}
