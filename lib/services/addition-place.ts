import { type Ref, type Subject, sameRef, type VendorName } from '../core/contact.ts';
import { AppError } from '../errors.ts';
import type { SubjectView } from '../panel-state.ts';
import type { Pair } from './accounts.ts';
import { isClaimed } from './claims.ts';
import { doubtOf } from './identity-proof.ts';
import type { Links } from './links.ts';
import { isNamed, type Shown, shownPerson } from './page-check.ts';
import type { Subjects } from './subjects.ts';
import type { Views } from './views.ts';

/** Whom an addition is for, as the panel showed it. */
export interface AdditionTarget extends Shown {
  tabId: number;
  /** Whose record is written. */
  contact: Ref;
}

/** Where an addition goes, as the page says it at one moment. */
export interface Place extends AdditionTarget {
  windowId: number;
  personName: string;
  subject: Subject;
  /** The viewed contact of the other vendor, where only its address says that both are the same person; else null. */
  unproven: Ref | null;
}

interface Dependencies {
  subjects: Subjects;
  views: Views;
}

/** Whom an addition would be for. Rejects when the page, or who it shows, or their counterpart, is not what the panel showed. */
export async function findPlace(
  dependencies: Dependencies,
  pair: Pair,
  vendor: VendorName,
  { tabId, version, person, contact }: AdditionTarget,
): Promise<Place> {
  const { tab, view, person: shown } = await shownPerson(dependencies, pair, tabId, { version, person });
  if (!isNamed(tab, person)) throw new AppError('unconfirmed');
  const now = person.vendor === vendor ? person : counterpartOf(view.match);
  if (!now || !sameRef(now, contact)) throw new AppError('plan_expired');
  return {
    tabId,
    windowId: tab.windowId,
    personName: shown.name,
    version,
    subject: tab.subject,
    person,
    contact,
    unproven: person.vendor !== vendor && view.match.status === 'one' ? person : null,
  };
}

/** A pair that nobody linked must prove itself again, as before a push. */
export async function provePlace(
  { views, links }: { views: Views; links: Links },
  pair: Pair,
  vendor: VendorName,
  place: Place,
): Promise<void> {
  if (!place.unproven) return;
  const [source, target] = await Promise.all([
    pair[place.unproven.vendor].readPerson(place.unproven.id),
    pair[vendor].readPerson(place.contact.id),
  ]);
  const doubt = await doubtOf(pair, { source, target });
  // Asked last: nobody may have linked one of them to somebody else meanwhile.
  const isTaken = await isClaimed(links, pair, source.contact.ref, target.contact.ref);
  if (!doubt && !isTaken) return;
  await views.showDoubt(place, pair, doubt ?? { source, twins: [], candidates: [target] });
  throw new AppError('uncertain');
}

const counterpartOf = (match: SubjectView['match']): Ref | null =>
  match.status === 'linked' || match.status === 'one' ? match.counterpart.ref : null;
