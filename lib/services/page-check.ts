import { type Ref, refKey, type Subject, sameRef, sameSubject } from '../core/contact.ts';
import { AppError } from '../errors.ts';
import { type Pair, scopeOfPair } from './accounts.ts';
import { isSubjectTab, type Subjects, type SubjectTab } from './subjects.ts';
import type { Views } from './views.ts';

/** What something that was shown is bound to. */
export interface ShownFor {
  subject: Subject;
  tabId: number;
  windowId: number;
  version: number;
  /** The person on screen. */
  viewed: Ref;
  personName: string;
}

/** Who was on screen when a button was pressed. */
export interface Shown {
  version: number;
  person: Ref;
}

/** It is for what the tab shows at this very moment, or for nothing. */
export async function checkPage(
  subjects: Subjects,
  shown: Omit<ShownFor, 'viewed' | 'personName'>,
): Promise<void> {
  const tab = await subjects.look(shown.tabId);
  const isSame =
    tab !== null &&
    tab.windowId === shown.windowId &&
    tab.version === shown.version &&
    sameSubject(tab.subject, shown.subject);
  if (!isSame) throw new AppError('subject_changed');
}

/** Where a page only suggests who is on it, the agent must have said that it is about this person, for what the tab shows now. */
export const isNamed = ({ suggested, confirmed }: SubjectTab, person: Ref): boolean =>
  !suggested || confirmed === refKey(person);

/** A page that only suggests somebody: the agent must have named this person, once for what the tab shows. */
export async function checkNamed(
  subjects: Subjects,
  { tabId, version, viewed, personName }: ShownFor,
  confirmedName: string | undefined,
): Promise<void> {
  const tab = await subjects.look(tabId);
  if (!tab || !isSubjectTab(tab) || tab.version !== version) throw new AppError('subject_changed');
  if (!tab.suggested) return;
  // Whoever names somebody else sees another person, whatever was confirmed before.
  if (confirmedName !== undefined && confirmedName !== personName) throw new AppError('unconfirmed');
  if (isNamed(tab, viewed)) return;
  if (confirmedName === undefined) throw new AppError('unconfirmed');
  await subjects.confirm(tabId, version, viewed);
}

/** The tab, if it still shows this version, of the connected accounts. */
async function shownTab(subjects: Subjects, pair: Pair, tabId: number, version: number): Promise<SubjectTab> {
  const tab = await subjects.look(tabId);
  if (!tab || !isSubjectTab(tab) || tab.version !== version) throw new AppError('subject_changed');
  const { locationId } = tab.subject;
  const isForeign = tab.chosen && tab.scope !== scopeOfPair(pair);
  const isElsewhere = locationId !== undefined && locationId !== pair.ghlAccount.id;
  if (isForeign || isElsewhere) throw new AppError('subject_changed');
  return tab;
}

/**
 * The tab, and what it shows, if that still is this person in this version. What a stopped worker has forgotten, or what is being read
 * again, is waited for first: the same page may show another requester since the agent looked.
 */
export async function shownPerson(
  { subjects, views }: { subjects: Subjects; views: Views },
  pair: Pair,
  tabId: number,
  { version, person }: Shown,
) {
  const view = await views.settled(await shownTab(subjects, pair, tabId, version), pair);
  // Reading takes time.
  const tab = await shownTab(subjects, pair, tabId, version);
  if (view.person.status === 'failed') throw new AppError('plan_expired');
  const value = view.person.status === 'ready' ? view.person.value : null;
  if (!value || !sameRef(value.ref, person)) throw new AppError('subject_changed');
  return { tab, view, person: value };
}
