import type { Ref } from '../core/contact.ts';
import { diff, knowsChanges } from '../core/diff.ts';
import { mappingFingerprint } from '../core/mapping-settings.ts';
import type { SubjectView } from '../panel-state.ts';
import { type Pair, scopeOfPair } from './accounts.ts';
import type { Store, StoredPlan } from './areas.ts';
import type { Bases } from './bases.ts';
import type { Records } from './load-parts.ts';
import type { MappingOf } from './records.ts';

/** What a view or a plan is bound to. */
export type Place = Pick<StoredPlan, 'tabId' | 'windowId' | 'version' | 'subject'>;

/** Rows and the plans behind them. All are stored before they can be seen. */
export type Compare = (
  tab: Place,
  pair: Pair,
  records: Records,
  certainty: 'linked' | 'one',
) => Promise<Pick<SubjectView, 'rows' | 'plans'>>;

export interface CompareDependencies {
  store: Store;
  bases: Bases;
  newId: () => string;
  /** Field rules of the pair at this moment. */
  mappingOf: MappingOf;
}

export function createCompare({ store, bases, newId, mappingOf }: CompareDependencies): Compare {
  const compare: Compare = async (tab, pair, { atera, ghl }, certainty) => {
    const mapping = await mappingOf(pair, tab.subject);
    // Two people who are not linked have no common past.
    const base = certainty === 'linked' ? await bases.of(pair, { atera, ghl }, mapping) : {};
    const rows = diff(atera.fields, ghl.fields, mapping, { country: pair.country }, base);
    const isAtera = tab.subject.vendor === 'atera';
    const [viewed, counterpart] = isAtera ? [atera.contact, ghl.contact] : [ghl.contact, atera.contact];
    const storePlan = async (source: Ref, target: Ref, side: StoredPlan['side']): Promise<string> => {
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
        side,
        linked: certainty === 'linked',
        personName: viewed.name,
        rows,
        mapping: mappingFingerprint(mapping),
      });
      return id;
    };
    const [push, pull, sync] = await Promise.all([
      storePlan(viewed.ref, counterpart.ref, isAtera ? 'right' : 'left'),
      storePlan(counterpart.ref, viewed.ref, isAtera ? 'left' : 'right'),
      knowsChanges(rows) ? storePlan(viewed.ref, counterpart.ref, null) : null,
    ]);
    // Rules that changed meanwhile would make these plans dead ones.
    const isStill = mappingFingerprint(await mappingOf(pair, tab.subject)) === mappingFingerprint(mapping);
    return isStill ? { rows, plans: { push, pull, sync } } : compare(tab, pair, { atera, ghl }, certainty);
  };
  return compare;
}
