import { isSuggestion, type Ref, refKey, type Subject, sameRef, subjectKey } from '../core/contact.ts';
import { diff } from '../core/diff.ts';
import type { Mapping } from '../core/mapping.ts';
import { mappingFingerprint } from '../core/mapping-settings.ts';
import { isAppError, toErrorView } from '../errors.ts';
import type { Receipt, SubjectView } from '../panel-state.ts';
import type { Clock } from '../platform/clock.ts';
import type { PersonRecord } from '../vendors/vendor.ts';
import { type Accounts, type Pair, scopeOfPair } from './accounts.ts';
import type { Store } from './areas.ts';
import { claimsOf, isClaimed } from './claims.ts';
import type { Doubt } from './identity-proof.ts';
import type { Links } from './links.ts';
import { decide, loadView, matchView, type Records } from './load-view.ts';
import type { Recents } from './recents.ts';
import type { TabView } from './subjects.ts';
import { GHL_SECTIONS, mergeView, type ViewPatch, withheld } from './view-parts.ts';

/** What a tab shows and what is known of it. In memory only: everything can be read again. */
interface Entry {
  version: number;
  windowId: number;
  view: SubjectView;
  /** Both records as last read, once they are certain to be one person. */
  records: Records | null;
  /** How many writes were read back: what was read before the last one is out of date. */
  writes: number;
  /** The newest load; an older one that is still under way has no say any more. */
  load: symbol;
}

/** A tab whose page shows somebody. */
export type SubjectTab = TabView & { subject: Subject };
/** What a view or a plan is bound to. */
export type Place = Pick<SubjectTab, 'tabId' | 'windowId' | 'version' | 'subject'>;

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
  /** A new plan for what is on screen: the old one is used up. */
  renewPlan(place: Place, pair: Pair): Promise<void>;
  /** Shows both records as they were read after a write. */
  showRecords(tab: Place, pair: Pair, records: Records): Promise<void>;
  /** What is known now; starts nothing. */
  peek(tab: SubjectTab): SubjectView;
  /** Both records of who the tab shows, once they are certain to be one person. */
  records(tab: Pick<TabView, 'tabId' | 'version'>): Records | null;
  /** Tabs that something is known of. */
  tabs(): number[];
  /** Shows sections as they were read after a write. */
  showSections(tabId: number, version: number, sections: Partial<SubjectView['sections']>): void;
  /** Forgets what a tab showed: closed tabs, or all of them when accounts change. */
  close(tabId?: number): void;
}

export interface ViewDependencies {
  store: Store;
  links: Links;
  accounts: Accounts;
  clock: Clock;
  newId: () => string;
  /** Field rules of the pair at this moment. */
  mappingOf: (pair: Pair) => Promise<Mapping>;
  recents: Recents;
  onChange: (tabId: number) => void;
  /** For what should never happen: reaches the top handler. */
  onBug: (error: unknown) => void;
}

export function createViews(dependencies: ViewDependencies): Views {
  const { store, links, accounts, clock, newId, mappingOf, recents, onChange, onBug } = dependencies;
  const entries = new Map<number, Entry>();

  const patch = (tabId: number, load: symbol, change: ViewPatch): void => {
    const entry = entries.get(tabId);
    if (entry?.load !== load) return;
    entry.view = mergeView(entry.view, change);
    onChange(tabId);
  };

  const remember = (tabId: number, load: symbol, records: Records): void => {
    const entry = entries.get(tabId);
    if (entry?.load === load) entry.records = records;
  };

  /** Rows and the plan behind them. The plan is stored before it can be seen. */
  const compare = async (
    tab: Place,
    pair: Pair,
    { atera, ghl }: Records,
    certainty: 'linked' | 'one',
  ): Promise<Pick<SubjectView, 'rows' | 'planId'>> => {
    const mapping = await mappingOf(pair);
    const rows = diff(atera.fields, ghl.fields, mapping, { country: pair.country });
    const id = newId();
    const isAtera = tab.subject.vendor === 'atera';
    await store.put('plans', scopeOfPair(pair), id, {
      id,
      subject: tab.subject,
      tabId: tab.tabId,
      windowId: tab.windowId,
      version: tab.version,
      source: (isAtera ? atera : ghl).contact.ref,
      target: (isAtera ? ghl : atera).contact.ref,
      side: isAtera ? 'right' : 'left',
      linked: certainty === 'linked',
      personName: (isAtera ? atera : ghl).contact.name,
      rows,
      mapping: mappingFingerprint(mapping),
    });
    // Rules that changed meanwhile would make this plan a dead one.
    const isStill = mappingFingerprint(await mappingOf(pair)) === mappingFingerprint(mapping);
    return isStill ? { rows, planId: id } : compare(tab, pair, { atera, ghl }, certainty);
  };

  const run = async (tab: SubjectTab, pair: Pair, load: symbol): Promise<void> => {
    const scope = scopeOfPair(pair);
    let isFresh = false;
    const writesBefore = entries.get(tab.tabId)?.writes ?? 0;
    const update = (change: ViewPatch): void => {
      if (change.person?.status === 'ready' && change.gaps) isFresh = true;
      patch(tab.tabId, load, change);
    };
    const reading = loadView({
      pair,
      subject: tab.subject,
      now: () => clock.now(),
      readLink: (ref: Ref) => links.counterpartOf(pair, ref),
      update,
      settle: async (records, certainty) => {
        const entry = entries.get(tab.tabId);
        // Another person is shown by now, or these records were read before a write: they must not come back.
        if (entry?.load !== load || entry.writes !== writesBefore) return {};
        remember(tab.tabId, load, records);
        return compare(tab, pair, records, certainty);
      },
      readDoubt: async (ref) => (await store.get('doubts', scope, refKey(ref))) ?? null,
      readRejected: (ref) => links.rejectedOf(pair, ref),
      dropLink: (ref) => links.unlink(pair, ref),
    });
    await Promise.all([reading, showSeenBefore(tab, pair, load, () => isFresh)]);
    patch(tab.tabId, load, { refreshing: false });
  };

  /** What follows from a load, beside what is shown: must not spoil it. */
  const finish = async (tab: SubjectTab, pair: Pair, load: symbol): Promise<void> => {
    const scope = scopeOfPair(pair);
    const key = subjectKey(tab.subject);
    const view = entries.get(tab.tabId);
    if (view?.load !== load) return;
    await reportProblems(view.view);
    if (view.view.person.status === 'ready' && view.view.match.status !== 'failed') {
      await store.put('views', scope, key, { ...view.view, receipt: null, planId: null });
    }
    if (view.view.person.status === 'ready') await recents.add(pair, view.view.person.value);
    await accounts.refreshMeta();
  };

  /** Paints what was read last time, and the last receipt, while the vendors are being asked. */
  const showSeenBefore = async (
    tab: SubjectTab,
    pair: Pair,
    load: symbol,
    isFresh: () => boolean,
  ): Promise<void> => {
    const scope = scopeOfPair(pair);
    const key = subjectKey(tab.subject);
    const last = await store.get('lastReceipts', scope, key);
    const receipt = last && (await store.get('receipts', scope, last.planId));
    if (receipt) patch(tab.tabId, load, { receipt: receipt.receipt });
    const seen = await store.get('views', scope, key);
    const isNew = entries.get(tab.tabId)?.view.person.status === 'loading';
    if (seen && isNew && !isFresh() && (await isStillTrue(pair, seen))) {
      const { receipt: _receipt, version: _version, ...known } = seen;
      patch(tab.tabId, load, { ...known, planId: null, refreshing: true });
    }
  };

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

  const start = (tab: SubjectTab, pair: Pair, view: SubjectView): SubjectView => {
    const load = Symbol('load');
    const { version, windowId } = tab;
    const writes = entries.get(tab.tabId)?.writes ?? 0;
    entries.set(tab.tabId, { version, windowId, view, load, records: null, writes });
    run(tab, pair, load)
      .catch((error: unknown) => {
        if (!isAppError(error)) onBug(error);
        const problem = toErrorView(error);
        patch(tab.tabId, load, { refreshing: false, person: { status: 'failed', error: problem } });
      })
      .then(() => finish(tab, pair, load))
      .catch((error: unknown) => {
        // A vendor that fails now will be asked again with the next person; anything else is a bug.
        if (!isAppError(error)) onBug(error);
      });
    return view;
  };

  /** A credential that stopped working is the account's problem, not only this person's. */
  const reportProblems = async (view: SubjectView): Promise<void> => {
    const failures = [view.person, view.match, ...Object.values(view.sections)].flatMap((part) =>
      part.status === 'failed' && part.error.vendor ? [{ vendor: part.error.vendor, error: part.error }] : [],
    );
    for (const vendor of ['atera', 'ghl'] as const) {
      const problem = failures.find(
        (failure) => failure.vendor === vendor && failure.error.code === 'unauthorized',
      );
      if (problem) await accounts.report(vendor, problem.error);
      else if (view.asOf[vendor] !== null) await accounts.report(vendor, null);
    }
  };

  return {
    open(tab, pair) {
      const entry = entries.get(tab.tabId);
      // Whoever asks for an older page than the one shown was overtaken on the way.
      if (entry && entry.version > tab.version) return entry.view;
      const isKnown = entry?.version === tab.version && entry.windowId === tab.windowId;
      return isKnown ? entry.view : start(tab, pair, skeleton(tab));
    },
    refresh(tab, pair) {
      const entry = entries.get(tab.tabId);
      const known = entry?.version === tab.version ? entry.view : skeleton(tab);
      // What failed is tried again under a skeleton, what is known stays in place.
      const fresh = skeleton(tab);
      const retried: SubjectView = {
        ...known,
        person: known.person.status === 'failed' ? fresh.person : known.person,
        match: known.match.status === 'failed' ? fresh.match : known.match,
        sections: Object.fromEntries(
          Object.entries(known.sections).map(([name, section]) => [
            name,
            section.status === 'failed' ? { status: 'loading' } : section,
          ]),
        ) as SubjectView['sections'],
        refreshing: true,
      };
      const view = start(tab, pair, retried);
      onChange(tab.tabId);
      return view;
    },
    async reconsider(tab, pair, people) {
      await store.delete('views', scopeOfPair(pair), subjectKey(tab.subject));
      const known = entries.get(tab.tabId);
      const fresh = skeleton(tab);
      const { person, headline, sections, receipt, gaps, asOf } =
        known?.version === tab.version ? known.view : fresh;
      const own = tab.subject.vendor;
      const kept: Partial<SubjectView['sections']> =
        own === 'atera'
          ? { tickets: sections.tickets, comments: sections.comments }
          : { ...sections, tickets: fresh.sections.tickets };
      start(tab, pair, {
        ...fresh,
        person,
        headline,
        receipt,
        gaps,
        sections: { ...fresh.sections, ...kept },
        asOf: { ...fresh.asOf, [own]: asOf[own] },
        refreshing: true,
      });
      onChange(tab.tabId);
      const others = [...entries].filter(([tabId, { view }]) => tabId !== tab.tabId && shows(view, people));
      for (const [tabId] of others) entries.delete(tabId);
      return others.map(([tabId]) => tabId);
    },
    showReceipt(tabId, version, receipt) {
      const entry = entries.get(tabId);
      if (entry?.version === version) patch(tabId, entry.load, { receipt });
    },
    async renewPlan(place, pair) {
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
      patch(tabId, entry.load, {
        refreshing: false,
        match: matchView(
          decide(pair, source.contact, candidates, {
            twins: twins.map(({ contact }) => contact),
            rejected,
            claims,
          }),
          candidates,
          rejected,
        ),
        rows: [],
        planId: null,
        sections: withheld(source.contact.ref.vendor === 'atera' ? GHL_SECTIONS : ['tickets']),
      });
    },
    async showRecords(tab, pair, read) {
      const entry = entries.get(tab.tabId);
      if (entry?.version !== tab.version) return;
      entry.writes += 1;
      // A write reads only what it needs: the rest stays as it was.
      const records: Records = {
        atera: { ...read.atera, fields: overlay(entry.records?.atera, read.atera) },
        ghl: { ...read.ghl, fields: overlay(entry.records?.ghl, read.ghl) },
      };
      remember(tab.tabId, entry.load, records);
      const linked = (await links.counterpartOf(pair, records.atera.contact.ref)) !== null;
      const compared = await compare(tab, pair, records, linked ? 'linked' : 'one');
      const isAtera = tab.subject.vendor === 'atera';
      patch(tab.tabId, entry.load, {
        ...compared,
        person: { status: 'ready', value: (isAtera ? records.atera : records.ghl).view },
        match: {
          status: linked ? 'linked' : 'one',
          evidence: [{ kind: linked ? 'linked' : 'same-email' }],
          counterpart: (isAtera ? records.ghl : records.atera).view,
        },
        asOf: { atera: clock.now(), ghl: clock.now() },
      });
    },
    peek(tab) {
      const entry = entries.get(tab.tabId);
      return entry?.version === tab.version ? entry.view : skeleton(tab);
    },
    records({ tabId, version }) {
      const entry = entries.get(tabId);
      return entry?.version === version ? entry.records : null;
    },
    tabs: () => [...entries.keys()],
    showSections(tabId, version, sections) {
      const entry = entries.get(tabId);
      if (entry?.version === version) patch(tabId, entry.load, { sections });
    },
    close(tabId) {
      if (tabId === undefined) entries.clear();
      else entries.delete(tabId);
    },
  };
}

/** Whether one of these people is on screen, as the person or as the counterpart. */
function shows({ person, match }: SubjectView, people: readonly Ref[]): boolean {
  const counterpart = match.status === 'linked' || match.status === 'one' ? match.counterpart.ref : null;
  const shown = person.status === 'ready' ? person.value.ref : null;
  return [shown, counterpart].some((ref) => ref !== null && people.some((one) => sameRef(one, ref)));
}

const overlay = (known: PersonRecord | undefined, { fields }: PersonRecord): PersonRecord['fields'] => ({
  values: { ...known?.fields.values, ...fields.values },
  writable: { ...known?.fields.writable, ...fields.writable },
});

function skeleton({ subject, version }: SubjectTab): SubjectView {
  const loading = { status: 'loading' } as const;
  return {
    subject,
    version,
    headline: null,
    person: loading,
    match: loading,
    rows: [],
    planId: null,
    pushTarget: subject.vendor === 'atera' ? 'ghl' : 'atera',
    sections: {
      tasks: loading,
      notes: loading,
      tickets: loading,
      comments: subject.kind === 'ticket' ? loading : { status: 'ready', items: [], window: null },
      appointments: loading,
      tags: loading,
    },
    receipt: null,
    gaps: [],
    asOf: { atera: null, ghl: null },
    refreshing: false,
    suggested: isSuggestion(subject),
  };
}
