import { type Ref, type Subject, sameRef } from '../core/contact.ts';
import { AppError } from '../errors.ts';
import type { SubjectView } from '../panel-state.ts';
import type { Pair } from './accounts.ts';
import type { AdditionKind } from './addition-kinds.ts';
import type { StoredAddition } from './areas.ts';
import { isClaimed } from './claims.ts';
import { doubtOf, type Proves } from './identity-proof.ts';
import type { Links } from './links.ts';
import { isNamed, type Shown, shownPerson } from './page-check.ts';
import { otherVendorOf } from './planned-write.ts';
import type { Subjects } from './subjects.ts';
import type { Views } from './views.ts';

/** Whom an addition is for, as the panel showed it. */
export interface AdditionTarget extends Shown {
  tabId: number;
  /** Whose record is written. */
  contact: Ref;
  /** The same person at the other vendor, as it was before; absent or null at first, and where it does not matter. */
  other?: Ref | null;
}

/** Where an addition goes, as the page says it at one moment. */
export interface Place extends AdditionTarget {
  windowId: number;
  personName: string;
  subject: Subject;
  /** The counterpart, where only its address says that both are the same person, and it matters; else null. */
  unproven: Ref | null;
}

/** What was stored of it when it was accepted. */
type Accepted = Pick<StoredAddition, 'who' | 'otherId' | 'isOnTrust' | 'tabId' | 'version' | 'subject'>;

interface Dependencies {
  subjects: Subjects;
  views: Views;
}

/** Whom an addition would be for. Rejects when the page, or who it shows, or their counterpart, is not what the panel showed. */
export async function findPlace(
  dependencies: Dependencies,
  pair: Pair,
  { vendor, needsBoth }: Pick<AdditionKind<never>, 'vendor' | 'needsBoth'>,
  { tabId, version, person, contact, other = null }: AdditionTarget,
): Promise<Place> {
  const { tab, view, person: shown } = await shownPerson(dependencies, pair, tabId, { version, person });
  if (!isNamed(tab, person)) throw new AppError('unconfirmed');
  const counterpart = counterpartOf(view.match);
  const [now, beside] = person.vendor === vendor ? [person, counterpart] : [counterpart, person];
  if (!now || !sameRef(now, contact)) throw new AppError('plan_expired');
  if (needsBoth && (!beside || (other && !sameRef(other, beside)))) throw new AppError('plan_expired');
  const isOnTrust = view.match.status === 'one' && (needsBoth || person.vendor !== vendor);
  return {
    tabId,
    windowId: tab.windowId,
    personName: shown.name,
    version,
    subject: tab.subject,
    person,
    contact,
    other: needsBoth ? beside : null,
    unproven: isOnTrust ? counterpart : null,
  };
}

/** Whom it was accepted for. The page may show somebody else by now, but nobody may have parted the two, or linked them otherwise. */
export async function acceptedPlace(
  links: Links,
  pair: Pair,
  { vendor, needsBoth }: Pick<AdditionKind<never>, 'vendor' | 'needsBoth'>,
  { who, otherId, isOnTrust, tabId, version, subject }: Accepted,
): Promise<Place> {
  // Accepted by a version that did not say for whom.
  if (!who) throw new AppError('plan_expired');
  const { person, contact } = who;
  const account = vendor === 'atera' ? pair.ghlAccount : pair.ateraAccount;
  const other: Ref | null =
    otherId === undefined
      ? null
      : { vendor: otherVendorOf(vendor), accountId: account.id, kind: 'contact', id: otherId };
  const counterpart = person.vendor !== vendor ? contact : needsBoth ? other : null;
  const now = counterpart && (await links.counterpartOf(pair, person));
  const isParted = now ? !sameRef(now, counterpart as Ref) : counterpart !== null && !isOnTrust;
  const rejected = counterpart ? await links.rejectedOf(pair, person) : [];
  if (isParted || rejected.some((ref) => counterpart !== null && sameRef(ref, counterpart)))
    throw new AppError('uncertain');
  return {
    tabId,
    windowId: -1,
    personName: who.name,
    version,
    subject,
    person,
    contact,
    other,
    unproven: now ? null : counterpart,
  };
}

/** A pair that nobody linked must prove itself again, as before a push. */
export async function provePlace(
  { views, links, proves }: { views: Views; links: Links; proves: Proves },
  pair: Pair,
  place: Place,
): Promise<void> {
  if (!place.unproven) return;
  const [source, target] = await Promise.all([
    pair[place.person.vendor].readPerson(place.person.id),
    pair[place.unproven.vendor].readPerson(place.unproven.id),
  ]);
  const doubt = await doubtOf(pair, { source, target }, proves);
  // Asked last: nobody may have linked one of them to somebody else meanwhile.
  const isTaken = await isClaimed(links, pair, source.contact.ref, target.contact.ref);
  if (!doubt && !isTaken) return;
  await views.showDoubt(place, pair, doubt ?? { source, twins: [], candidates: [target] });
  throw new AppError('uncertain');
}

const counterpartOf = (match: SubjectView['match']): Ref | null =>
  match.status === 'linked' || match.status === 'one' ? match.counterpart.ref : null;
