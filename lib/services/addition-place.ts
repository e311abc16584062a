import { isSuggestion, type Ref, refKey, type Subject, type VendorName } from '../core/contact.ts';
import { AppError } from '../errors.ts';
import type { SubjectView } from '../panel-state.ts';
import { type Pair, scopeOfPair } from './accounts.ts';
import { isClaimed } from './claims.ts';
import { doubtOf } from './identity-proof.ts';
import type { Links } from './links.ts';
import type { Subjects } from './subjects.ts';
import type { SubjectTab, Views } from './views.ts';

/** Where an addition goes, as the page says it at one moment. */
export interface Place {
  tabId: number;
  windowId: number;
  version: number;
  subject: Subject;
  /** The contact of the vendor that is written. */
  contactId: string;
  /** The viewed contact of the other vendor, where only its address says that both are the same person; else null. */
  unproven: Ref | null;
}

interface Dependencies {
  subjects: Subjects;
  views: Views;
}

/** Whom an addition would be for. Rejects when the page, or who it shows, is not what the panel showed. */
export async function findPlace(
  { subjects, views }: Dependencies,
  pair: Pair,
  vendor: VendorName,
  { tabId, version }: { tabId: number | null; version: number },
): Promise<Place> {
  const tab = tabId === null ? null : await subjects.look(tabId);
  if (!tab?.subject || tab.version !== version) throw new AppError('subject_changed');
  const { subject, windowId } = tab;
  const isForeign = tab.chosen && tab.scope !== scopeOfPair(pair);
  const isElsewhere = subject.locationId !== undefined && subject.locationId !== pair.ghlAccount.id;
  if (isForeign || isElsewhere) throw new AppError('subject_changed');
  const shown: SubjectTab = { ...tab, subject };
  const { person, match, refreshing } = views.peek(shown);
  if (refreshing || person.status !== 'ready') throw new AppError('plan_expired');
  const { ref } = person.value;
  // A conversation may show another person than its address says: first the name must be confirmed.
  if (isSuggestion(subject) && tab.confirmed !== refKey(ref)) throw new AppError('unconfirmed');
  const contact = ref.vendor === vendor ? ref : counterpartOf(match);
  if (!contact) throw new AppError('plan_expired');
  return {
    tabId: tab.tabId,
    windowId,
    version,
    subject,
    contactId: contact.id,
    unproven: ref.vendor !== vendor && match.status === 'one' ? ref : null,
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
    pair[vendor].readPerson(place.contactId),
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
