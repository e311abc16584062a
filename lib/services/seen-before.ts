import { type Subject, sameRef, subjectKey } from '../core/contact.ts';
import type { Receipt, SubjectView } from '../panel-state.ts';
import { type Pair, scopeOfPair } from './accounts.ts';
import type { Store } from './areas.ts';
import { isClaimed } from './claims.ts';
import type { Links } from './links.ts';
import { NO_PLANS } from './view-parts.ts';

/** What was shown of a page before: painted first, while the vendors are being asked. */
export interface SeenBefore {
  receipt(pair: Pair, subject: Subject): Promise<Receipt | null>;
  /** Null when there is none, or when it is not true any more. Nothing of it may be applied. */
  view(pair: Pair, subject: Subject): Promise<Omit<SubjectView, 'receipt' | 'version'> | null>;
  keep(pair: Pair, view: SubjectView): Promise<void>;
}

export function createSeenBefore({ store, links }: { store: Store; links: Links }): SeenBefore {
  /** What was kept must not bring back somebody who was unlinked or rejected meanwhile. */
  const isStillTrue = async (pair: Pair, { person, match }: SubjectView): Promise<boolean> => {
    if (person.status !== 'ready') return true;
    const { ref } = person.value;
    if (match.status === 'linked') {
      const linked = await links.counterpartOf(pair, ref);
      return linked !== null && sameRef(linked, match.counterpart.ref);
    }
    if (match.status === 'one' && (await isClaimed(links, pair, ref, match.counterpart.ref))) return false;
    const rejected = await links.rejectedOf(pair, ref);
    const shown =
      match.status === 'one'
        ? [match.counterpart.ref]
        : match.status === 'several'
          ? match.candidates.map((candidate) => candidate.ref)
          : [];
    return !shown.some((other) => rejected.some((one) => sameRef(one, other)));
  };

  return {
    async receipt(pair, subject) {
      const scope = scopeOfPair(pair);
      const last = await store.get('lastReceipts', scope, subjectKey(subject));
      const stored = last && (await store.get('receipts', scope, last.planId));
      return stored?.receipt ?? null;
    },
    async view(pair, subject) {
      const seen = await store.get('views', scopeOfPair(pair), subjectKey(subject));
      // Whatever an older version kept in another shape is read again.
      if (!seen?.plans || !(await isStillTrue(pair, seen))) return null;
      const { receipt: _receipt, version: _version, ...known } = seen;
      return { ...known, plans: NO_PLANS };
    },
    keep: (pair, view) =>
      store.put('views', scopeOfPair(pair), subjectKey(view.subject), {
        ...view,
        receipt: null,
        plans: NO_PLANS,
      }),
  };
}

export const forgetSeen = (store: Store, pair: Pair, subject: Subject): Promise<void> =>
  store.delete('views', scopeOfPair(pair), subjectKey(subject));
