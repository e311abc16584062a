import type { Ref } from '../core/contact.ts';
import { diff } from '../core/diff.ts';
import type { Mapping } from '../core/mapping.ts';
import { mappingFingerprint } from '../core/mapping-settings.ts';
import type { SubjectView } from '../panel-state.ts';
import { type Pair, scopeOfPair } from './accounts.ts';
import type { Store, StoredPlan } from './areas.ts';
import type { Records } from './load-parts.ts';

/** What a view or a plan is bound to. */
export type Place = Pick<StoredPlan, 'tabId' | 'windowId' | 'version' | 'subject'>;

/** Rows and the two plans behind them. Both are stored before they can be seen. */
export type Compare = (
  tab: Place,
  pair: Pair,
  records: Records,
  certainty: 'linked' | 'one',
) => Promise<Pick<SubjectView, 'rows' | 'plans'>>;

export interface CompareDependencies {
  store: Store;
  newId: () => string;
  /** Field rules of the pair at this moment. */
  mappingOf: (pair: Pair) => Promise<Mapping>;
}

export function createCompare({ store, newId, mappingOf }: CompareDependencies): Compare {
  const compare: Compare = async (tab, pair, { atera, ghl }, certainty) => {
    const mapping = await mappingOf(pair);
    const rows = diff(atera.fields, ghl.fields, mapping, { country: pair.country });
    const isAtera = tab.subject.vendor === 'atera';
    const [viewed, counterpart] = isAtera ? [atera.contact, ghl.contact] : [ghl.contact, atera.contact];
    const storePlan = async (source: Ref, target: Ref): Promise<string> => {
      const id = newId();
      await store.put('plans', scopeOfPair(pair), id, {
        id,
        subject: tab.subject,
        tabId: tab.tabId,
        windowId: tab.windowId,
        version: tab.version,
        viewed: viewed.ref,
        source,
        target,
        side: target.vendor === 'atera' ? 'left' : 'right',
        linked: certainty === 'linked',
        personName: viewed.name,
        rows,
        mapping: mappingFingerprint(mapping),
      });
      return id;
    };
    const [push, pull] = await Promise.all([
      storePlan(viewed.ref, counterpart.ref),
      storePlan(counterpart.ref, viewed.ref),
    ]);
    // Rules that changed meanwhile would make these plans dead ones.
    const isStill = mappingFingerprint(await mappingOf(pair)) === mappingFingerprint(mapping);
    return isStill ? { rows, plans: { push, pull } } : compare(tab, pair, { atera, ghl }, certainty);
  };
  return compare;
}
