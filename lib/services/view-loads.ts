import { isCompany, type Ref, refKey } from '../core/contact.ts';
import { isAppError, toErrorView } from '../errors.ts';
import type { AteraTags, Gap, SubjectView } from '../panel-state.ts';
import type { Clock } from '../platform/clock.ts';
import type { PersonRecord } from '../vendors/vendor.ts';
import { reportProblems } from './account-problems.ts';
import { type Accounts, type Pair, scopeOfPair } from './accounts.ts';
import type { Store } from './areas.ts';
import type { Bases } from './bases.ts';
import type { Compare } from './comparisons.ts';
import type { Links } from './links.ts';
import { loadCompany } from './load-company.ts';
import type { Records } from './load-parts.ts';
import { loadView } from './load-view.ts';
import type { Recents } from './recents.ts';
import type { MappingOf } from './records.ts';
import type { RegistryReader } from './registry.ts';
import { resourcesOf } from './resources.ts';
import { createSeenBefore } from './seen-before.ts';
import type { SubjectTab } from './subjects.ts';
import { mergeView, type ViewPatch } from './view-parts.ts';

/** What a tab shows and what is known of it. In memory only: everything can be read again. */
export interface Entry {
  /** As it was when the newest load began. */
  tab: SubjectTab;
  version: number;
  windowId: number;
  view: SubjectView;
  /** Both records as last read, once they are certain to be one person. */
  records: Records | null;
  /** How many writes were read back: what was read before the last one is out of date. */
  writes: number;
  /** The newest load; an older one that is still under way has no say any more. */
  load: symbol;
  /** When the newest load has read everything. */
  loaded: Promise<void>;
  /** What the newest load has read of who is certain; null before that. */
  items: ReadItems | null;
}

/** Sections of one person as a load has read them. `at`: nothing of it was read earlier. */
export interface ReadItems {
  ghlId: string;
  sections: Partial<SubjectView['sections']>;
  at: number;
}

export interface LoadDependencies {
  store: Store;
  links: Links;
  bases: Bases;
  /** Field rules of the pair at this moment. */
  mappingOf: MappingOf;
  accounts: Accounts;
  clock: Clock;
  recents: Recents;
  onChange: (tabId: number) => void;
  /** For what should never happen: reaches the top handler. */
  onBug: (error: unknown) => void;
  /** Tags of an Atera record, where the pair keeps some there. */
  ateraTagsOf: (pair: Pair, person: PersonRecord, gaps: readonly Gap[]) => Promise<AteraTags>;
  /** Reads the custom fields in which records name each other; null where the pair keeps none. */
  registryReaderOf: (pair: Pair) => Promise<RegistryReader | null>;
  /** All of one person was read. */
  onItems: (pair: Pair, items: ReadItems) => Promise<void>;
}

export interface ViewLoads {
  /** By tab. */
  entries: Map<number, Entry>;
  /** Changes what a tab shows, while this load is its newest one. */
  patch(tabId: number, load: symbol, change: ViewPatch): void;
  /** Shows this view, and starts reading. */
  start(tab: SubjectTab, pair: Pair, view: SubjectView): SubjectView;
}

/** Reads persons for tabs: an older load that is still under way has no say any more. */
export function createViewLoads(dependencies: LoadDependencies, compare: Compare): ViewLoads {
  const {
    store,
    links,
    bases,
    mappingOf,
    accounts,
    clock,
    recents,
    onChange,
    onBug,
    ateraTagsOf,
    registryReaderOf,
    onItems,
  } = dependencies;
  const seenBefore = createSeenBefore(dependencies);
  const entries = new Map<number, Entry>();

  const patch = (tabId: number, load: symbol, change: ViewPatch): void => {
    const entry = entries.get(tabId);
    if (entry?.load !== load) return;
    entry.view = mergeView(entry.view, change);
    onChange(tabId);
  };

  const run = async (tab: SubjectTab, pair: Pair, load: symbol): Promise<void> => {
    // What a write overtook is read once more: the write read only what it needed, and maybe earlier.
    while ((await readOnce(tab, pair, load)) === 'overtaken');
    patch(tab.tabId, load, { refreshing: false });
  };

  /** `overtaken`: a write was read back meanwhile, and what was read here of the two records is not shown. */
  const readOnce = async (tab: SubjectTab, pair: Pair, load: symbol): Promise<'overtaken' | 'done'> => {
    const scope = scopeOfPair(pair);
    let isFresh = false;
    let overtaken = false;
    const saveBase = bases.reading();
    const writesBefore = entries.get(tab.tabId)?.writes ?? 0;
    // Not of the view: what was painted before this load may be days old.
    const sections: Partial<SubjectView['sections']> = {};
    const startedAt = clock.now();
    let ghlId: string | null = null;
    const update = (change: ViewPatch): void => {
      Object.assign(sections, change.sections);
      if (change.person?.status === 'ready' && change.gaps) isFresh = true;
      patch(tab.tabId, load, change);
    };
    const read = isCompany(tab.subject) ? loadCompany : loadView;
    const reading = read({
      pair,
      subject: tab.subject,
      now: () => clock.now(),
      resources: await resourcesOf(store, scope),
      readLink: (ref: Ref) => links.counterpartOf(pair, ref),
      update,
      settle: async (records, certainty) => {
        const entry = entries.get(tab.tabId);
        // Another person is shown by now.
        if (entry?.load !== load) return null;
        const isOld = (): boolean => {
          overtaken ||= entry.writes !== writesBefore;
          return overtaken;
        };
        // These records were read before a write: they must not come back.
        if (isOld()) return null;
        entry.records = records;
        ghlId = records.ghl.contact.ref.id;
        if (certainty === 'linked') await saveBase(pair, records, await mappingOf(pair, tab.subject));
        const compared = await compare(tab, pair, records, certainty);
        return isOld() ? null : compared;
      },
      readDoubt: async (ref) => (await store.get('doubts', scope, refKey(ref))) ?? null,
      readRejected: (ref) => links.rejectedOf(pair, ref),
      registry: await registryReaderOf(pair),
      dropLink: (ref, counterpart) => links.unlink(pair, ref, counterpart),
      ateraTagsOf: (person, gaps) => ateraTagsOf(pair, person, gaps),
    });
    await Promise.all([reading, showSeenBefore(tab, pair, load, () => isFresh)]);
    const newest = entries.get(tab.tabId);
    // What was written in the moment that this began is newer.
    if (newest?.load === load && ghlId !== null && !overtaken && !isCompany(tab.subject))
      newest.items = { ghlId, sections, at: startedAt - 1 };
    return overtaken && entries.get(tab.tabId)?.load === load ? 'overtaken' : 'done';
  };

  /** What follows from a load, beside what is shown: must not spoil it. */
  const finish = async (tab: SubjectTab, pair: Pair, load: symbol): Promise<void> => {
    const entry = entries.get(tab.tabId);
    if (entry?.load !== load) return;
    const { view, items } = entry;
    if (items) await onItems(pair, items);
    await reportProblems(accounts, view);
    if (view.person.status === 'ready') {
      if (view.match.status !== 'failed') await seenBefore.keep(pair, view);
      if (!isCompany(view.subject)) await recents.add(pair, view.person.value);
    }
    await accounts.refreshMeta();
  };

  /** Paints what was read last time, and the last receipt, while the vendors are being asked. */
  const showSeenBefore = async (
    tab: SubjectTab,
    pair: Pair,
    load: symbol,
    isFresh: () => boolean,
  ): Promise<void> => {
    const receipt = await seenBefore.receipt(pair, tab.subject);
    if (receipt) patch(tab.tabId, load, { receipt });
    const isNew = (): boolean => entries.get(tab.tabId)?.view.person.status === 'loading' && !isFresh();
    const known = isNew() ? await seenBefore.view(pair, tab.subject) : null;
    if (known && isNew()) patch(tab.tabId, load, { ...known, refreshing: true });
  };

  const start = (tab: SubjectTab, pair: Pair, view: SubjectView): SubjectView => {
    const load = Symbol('load');
    const { version, windowId } = tab;
    const writes = entries.get(tab.tabId)?.writes ?? 0;
    const entry: Entry = {
      tab,
      version,
      windowId,
      view,
      load,
      records: null,
      writes,
      loaded: Promise.resolve(),
      items: null,
    };
    entries.set(tab.tabId, entry);
    entry.loaded = run(tab, pair, load).catch((error: unknown) => {
      if (!isAppError(error)) onBug(error);
      const problem = toErrorView(error);
      patch(tab.tabId, load, { refreshing: false, person: { status: 'failed', error: problem } });
    });
    entry.loaded
      .then(() => finish(tab, pair, load))
      .catch((error: unknown) => {
        // A vendor that fails now will be asked again with the next person; anything else is a bug.
        if (!isAppError(error)) onBug(error);
      });
    return view;
  };

  return { entries, patch, start };
}
