import { type Ref, refKey, type VendorName } from '../core/contact.ts';
import type { AteraTags, PointerView, Receipt, SubjectView } from '../panel-state.ts';
import { type Pair, scopeOfPair } from './accounts.ts';
import { claimsOf } from './claims.ts';
import { type CompareDependencies, createCompare, type Place } from './comparisons.ts';
import type { Doubt } from './identity-proof.ts';
import type { Records } from './load-parts.ts';
import { decide, matchView } from './matching.ts';
import { forgetSeen } from './seen-before.ts';
import type { SubjectTab, TabView } from './subjects.ts';
import { createViewLoads, type LoadDependencies } from './view-loads.ts';
import { doubted, merged, retried, shows, skeleton, withoutCounterpart, written } from './view-states.ts';

export type { SubjectTab } from './subjects.ts';

export interface Views {
  /** What is known now; starts reading when this subject is new to the tab. */
  open(tab: SubjectTab, pair: Pair): SubjectView;
  /** Reads everything again, with what is known still on screen. */
  refresh(tab: SubjectTab, pair: Pair): SubjectView;
  /**
   * What was said of these people has changed: shows nothing more of the counterpart shown so far, and looks again. Forgets what
   * other tabs show of them, and names those tabs.
   */
  reconsider(tab: SubjectTab, pair: Pair, people: readonly Ref[]): Promise<number[]>;
  /** Shows the progress of a write. */
  showReceipt(tabId: number, version: number, receipt: Receipt): void;
  /** Shows that it is not certain any more who the counterpart is. */
  showDoubt(place: Place, pair: Pair, doubt: Doubt): Promise<void>;
  /** New plans for what is on screen: an old one is used up. */
  renewPlans(place: Place, pair: Pair): Promise<void>;
  /** Shows both records as they were read after a write. */
  showRecords(tab: Place, pair: Pair, records: Records): Promise<void>;
  /** What is known once nothing is being read any more; starts reading when nothing is known. */
  settled(tab: SubjectTab, pair: Pair): Promise<SubjectView>;
  /** What is known now; starts nothing. */
  peek(tab: SubjectTab): SubjectView;
  /** Whether something was asked for what the tab shows. */
  knows(tab: Pick<TabView, 'tabId' | 'version'>): boolean;
  /** Both records of who the tab shows, once they are certain to be one person. */
  records(tab: Pick<TabView, 'tabId' | 'version'>): Records | null;
  /** Tabs that something is known of. */
  tabs(): number[];
  /** Shows sections as they were read after a write. */
  showSections(tabId: number, version: number, sections: Partial<SubjectView['sections']>): void;
  /** Shows the tags of the Atera contact as they were read after a write. */
  showAteraTags(tabId: number, version: number, ateraTags: AteraTags): void;
  /** Shows what was read in the field of one record that names the other. */
  showPointer(tabId: number, version: number, vendor: VendorName, pointer: PointerView): void;
  /** Forgets what a tab showed: closed tabs, or all of them when accounts change. */
  close(tabId?: number): void;
}

export function createViews(dependencies: LoadDependencies & CompareDependencies): Views {
  const { store, links, clock, onChange } = dependencies;
  const compare = createCompare(dependencies);
  const { entries, patch, start } = createViewLoads(dependencies, compare);

  const open: Views['open'] = (tab, pair) => {
    const entry = entries.get(tab.tabId);
    // Whoever asks for an older page than the one shown was overtaken on the way.
    if (entry && entry.version > tab.version) return entry.view;
    const isKnown = entry?.version === tab.version && entry.windowId === tab.windowId;
    return isKnown ? entry.view : start(tab, pair, skeleton(tab));
  };

  const refresh = (tab: SubjectTab, pair: Pair): SubjectView => {
    const entry = entries.get(tab.tabId);
    const known = entry?.version === tab.version ? entry.view : skeleton(tab);
    const view = start(tab, pair, retried(known, skeleton(tab)));
    onChange(tab.tabId);
    return view;
  };

  return {
    open,
    async settled(tab, pair) {
      open(tab, pair);
      for (;;) {
        const entry = entries.get(tab.tabId);
        if (entry?.version !== tab.version) return skeleton(tab);
        const { view, load } = entry;
        const isOpen = [view.person, view.match].some(({ status }) => status === 'loading');
        if (!view.refreshing && !isOpen) return view;
        await entry.loaded;
        // Unless it was started anew meanwhile, that was all there is to come.
        if (entries.get(tab.tabId)?.load === load) return entry.view;
      }
    },
    refresh,
    async reconsider(tab, pair, people) {
      await forgetSeen(store, pair, tab.subject);
      const entry = entries.get(tab.tabId);
      const fresh = skeleton(tab);
      start(tab, pair, withoutCounterpart(entry?.version === tab.version ? entry.view : fresh, fresh));
      onChange(tab.tabId);
      const others = [...entries].filter(([tabId, { view }]) => tabId !== tab.tabId && shows(view, people));
      for (const [tabId] of others) entries.delete(tabId);
      return others.map(([tabId]) => tabId);
    },
    showReceipt(tabId, version, receipt) {
      const entry = entries.get(tabId);
      if (entry?.version === version) patch(tabId, entry.load, { receipt });
    },
    async renewPlans(place, pair) {
      const entry = entries.get(place.tabId);
      if (entry?.version !== place.version || !entry.records) return;
      const linked = (await links.counterpartOf(pair, entry.records.atera.contact.ref)) !== null;
      patch(place.tabId, entry.load, await compare(place, pair, entry.records, linked ? 'linked' : 'one'));
    },
    async showDoubt({ tabId, version }, pair, { source, twins, candidates }) {
      await store.put('doubts', scopeOfPair(pair), refKey(source.contact.ref), {
        twins: twins.map(({ contact }) => contact),
        rivals: candidates,
      });
      const rejected = await links.rejectedOf(pair, source.contact.ref);
      const linkOf = (ref: Ref) => links.counterpartOf(pair, ref);
      const claims = await claimsOf(pair, linkOf, source.contact.ref, candidates);
      const entry = entries.get(tabId);
      if (entry?.version !== version) return;
      entry.records = null;
      // What is still on its way belongs to a person who is not certain any more.
      entry.load = Symbol('doubt');
      const match = matchView(
        decide(pair, source.contact, candidates, {
          twins: twins.map(({ contact }) => contact),
          rejected,
          claims,
        }),
        candidates,
        rejected,
      );
      patch(tabId, entry.load, doubted(source.contact.ref.vendor, match));
    },
    async showRecords(tab, pair, read) {
      const entry = entries.get(tab.tabId);
      if (entry?.version !== tab.version) return;
      entry.writes += 1;
      // Nothing whole is known beside it: what a write read is not all that there is to compare.
      if (!entry.records) {
        if (!entry.view.refreshing) refresh(entry.tab, pair);
        return;
      }
      // A doubt that comes in meanwhile has the last word.
      const { load } = entry;
      const records = merged(entry.records, read);
      entry.records = records;
      const linked = (await links.counterpartOf(pair, records.atera.contact.ref)) !== null;
      const compared = await compare(tab, pair, records, linked ? 'linked' : 'one');
      patch(tab.tabId, load, {
        ...compared,
        ...written(tab.subject, records, linked, clock.now()),
      });
    },
    peek(tab) {
      const entry = entries.get(tab.tabId);
      return entry?.version === tab.version ? entry.view : skeleton(tab);
    },
    knows: ({ tabId, version }) => entries.get(tabId)?.version === version,
    records({ tabId, version }) {
      const entry = entries.get(tabId);
      return entry?.version === version ? entry.records : null;
    },
    tabs: () => [...entries.keys()],
    showSections(tabId, version, sections) {
      const entry = entries.get(tabId);
      if (entry?.version === version) patch(tabId, entry.load, { sections });
    },
    showAteraTags(tabId, version, ateraTags) {
      const entry = entries.get(tabId);
      if (entry?.version === version) patch(tabId, entry.load, { ateraTags });
    },
    showPointer(tabId, version, vendor, pointer) {
      const entry = entries.get(tabId);
      const registry = entry?.view.registry;
      if (entry?.version !== version || !registry) return;
      const pointers = { ...registry.pointers, [vendor]: pointer };
      patch(tabId, entry.load, { registry: { ...registry, pointers } });
    },
    close(tabId) {
      if (tabId === undefined) entries.clear();
      else entries.delete(tabId);
    },
  };
}
