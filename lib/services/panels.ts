import { isCompany, type Ref, refKey, type Subject, sameRef } from '../core/contact.ts';
import { isShown, type ResourceSetting } from '../core/resource-settings.ts';
import { cleanText } from '../core/text.ts';
import { AppError } from '../errors.ts';
import type { PanelTarget, TabTarget } from '../messaging.ts';
import type {
  AddingState,
  BackTo,
  MarkedRecord,
  MatchView,
  PageView,
  PanelState,
  SampleSubject,
  SubjectView,
  TagSyncState,
} from '../panel-state.ts';
import { browser } from '../platform/browser.ts';
import type { Clock } from '../platform/clock.ts';
import { ATERA_ORIGIN } from '../vendors/atera/detect.ts';
import { type Accounts, type Pair, scopeOfPair } from './accounts.ts';
import type { CompanyViews } from './company-views.ts';
import type { ToldCopies } from './copies.ts';
import type { Links } from './links.ts';
import { createPace } from './pace.ts';
import { type Shown, shownPerson } from './page-check.ts';
import type { PageMarks } from './page-marks.ts';
import type { Quirks } from './quirks.ts';
import type { Resources } from './resources.ts';
import { createRevisions } from './revisions.ts';
import { companyWithin, withinResources } from './shown.ts';
import { isSubjectTab, SHOWN, type Subjects, type SubjectTab, type TabView } from './subjects.ts';
import type { Views } from './views.ts';

type MarkKind = 'contact' | 'customer';

export interface Panels {
  /** What a panel of this window (or tab) shows now; starts reading when that is new. */
  state(target: PanelTarget): Promise<PanelState>;
  refresh(target: PanelTarget): Promise<void>;
  /** `replacing`: to whom the agent was shown that the counterpart is linked. */
  confirm(target: TabTarget, version: number, person: Ref, counterpart: Ref, replacing?: Ref): Promise<void>;
  /** Forgets the link to the counterpart on screen. Writes nothing to a vendor. */
  unlink(target: TabTarget, version: number, person: Ref, counterpart: Ref): Promise<void>;
  /** Remembers that the counterpart, or candidate, on screen is somebody else. Writes nothing to a vendor. */
  reject(target: TabTarget, version: number, person: Ref, counterpart: Ref): Promise<void>;
  /** Offers again whoever was rejected for the person on screen. */
  forgetRejections(target: TabTarget, version: number, person: Ref): Promise<void>;
  viewSample(target: TabTarget, subject: Subject): Promise<void>;
  /** The record of Atera that has the number of this page. */
  previewMark(target: TabTarget, kind: MarkKind, template: string): Promise<MarkedRecord>;
  /** Remembers what pages with this address are about, once the agent has seen whose record it is. */
  mark(target: TabTarget, kind: MarkKind, template: string, record: MarkedRecord): Promise<void>;
  /** The agent says that the page is about this person. */
  confirmPerson(target: TabTarget, shown: Shown, name: string): Promise<void>;
  unmark(target: TabTarget, template: string): Promise<void>;
  /**
   * Shows somebody of the connected account in a tab whose page shows nobody. With a `version`: a person of the company shown in it, or
   * the company of the person shown. Anything else is refused.
   */
  choose(target: TabTarget, subject: Subject, accountId: string, version?: number): Promise<void>;
  /** Leaves whoever was chosen: one step back. */
  leave(target: TabTarget): Promise<void>;
  /** A tab may show something else now: tells open panels, and reads on only when there is one. */
  wake(tabId: number): Promise<void>;
  /** Something that is shown has changed: tells open panels. */
  publish(tabId: number): Promise<void>;
  /** A tab was closed: tells a panel that is bound to it. */
  close(tabId: number): Promise<void>;
  /** Accounts came or went: everything shown is out of date. */
  reset(): Promise<void>;
}

interface Dependencies {
  accounts: Accounts;
  subjects: Subjects;
  views: Views;
  companies: CompanyViews;
  marks: PageMarks;
  links: Links;
  resources: Pick<Resources, 'of' | 'turn'>;
  quirks: Pick<Quirks, 'of' | 'turn'>;
  clock: Clock;
  /** Sends to all open extension pages; true when a panel shows it. */
  broadcast: (state: PanelState) => Promise<boolean>;
  samples: () => Promise<SampleSubject[]>;
  /** What a panel must know before anything is added for this subject. */
  addingOf: (pair: Pair, subject: Subject | null) => Promise<AddingState>;
  copies: ToldCopies;
  /** What is told of the tags of a view of this tab: what has to be read for that is read first. */
  tagSyncOf: (pair: Pair, tab: SubjectTab) => Promise<(view: SubjectView) => TagSyncState | null>;
}

export function createPanels({
  accounts,
  subjects,
  views,
  companies,
  marks,
  links,
  resources,
  quirks,
  clock,
  broadcast,
  samples,
  addingOf,
  copies,
  tagSyncOf,
}: Dependencies): Panels {
  const revisions = createRevisions();
  const pace = createPace(clock);

  const tabOf = async (target: PanelTarget): Promise<TabView | null> => {
    const tabId = 'tabId' in target ? target.tabId : await subjects.activeTab(target.windowId);
    return tabId === null ? null : look(tabId);
  };

  /** What was chosen from a page does not outlive the accounts it is of. */
  const look = async (tabId: number): Promise<TabView | null> => {
    const tab = await subjects.look(tabId);
    const pair = tab?.under ? await accounts.pair() : null;
    if (!tab || !pair || !isForeign(tab, pair)) return tab;
    await subjects.leaveAll(tabId);
    return subjects.look(tabId);
  };

  /** Where leaving leads to, for what was reached from something else. */
  const backOf = ({ tabId, trail }: TabView): { back?: BackTo } => {
    const step = trail?.at(-1);
    return step ? { back: { kind: step.kind, name: companies.nameOf(tabId, step) } } : {};
  };

  /** Null when the tab shows something else by now, or has come to or gone from the front: that has a state of its own. */
  const describe = async (
    tab: TabView | null,
    windowId: number,
    mode: 'read' | 'peek',
  ): Promise<PanelState | null> => {
    const number = await revisions();
    const list = await accounts.list();
    const pair = await accounts.pair();
    const adding = pair && (await addingOf(pair, tab?.subject ?? null));
    const turn = resources.turn();
    const settings = pair ? await resources.of(pair) : [];
    const learnt = quirks.turn();
    const known = pair ? await quirks.of(pair) : [];
    const isPerson = tab && isSubjectTab(tab) && !isCompany(tab.subject);
    const tagSync = pair && isPerson ? await tagSyncOf(pair, tab) : null;
    const bare = await pageOf(tab, mode);
    const told = pair && bare.kind === 'subject' ? copies.tell(pair, bare.view) : null;
    if (pair && bare.kind === 'subject' && !told) {
      await copies.load(pair, bare.view);
      return describe(tab, windowId, mode);
    }
    const page = within(bare.kind === 'subject' && told ? { ...bare, view: told } : bare, settings);
    // One look comes after the other, and is numbered at once: a later state never holds an older view, or an older tab in front.
    if (tab && !isAsSeen(tab, await subjects.look(tab.tabId))) return null;
    if (turn !== resources.turn() || learnt !== quirks.turn()) return describe(tab, windowId, mode);
    return {
      revision: number(),
      windowId: tab?.windowId ?? windowId,
      tabId: tab?.tabId ?? null,
      active: tab?.active ?? false,
      accounts: list,
      // The page itself is not on screen while somebody chosen is.
      template: tab?.chosen ? null : (tab?.template ?? null),
      page,
      adding,
      resources: settings,
      tagSync: page.kind === 'subject' && tagSync ? tagSync(page.view) : null,
      quirks: known,
    };
  };

  /** `read` starts reading a person that was not seen in this tab before; `peek` only shows what is known. */
  const pageOf = async (tab: TabView | null, mode: 'read' | 'peek'): Promise<PageView> => {
    const pair = await accounts.pair();
    if (!pair) {
      const connected = (await accounts.list()).map(({ vendor }) => vendor);
      return {
        kind: 'not-connected',
        missing: (['atera', 'ghl'] as const).filter((name) => !connected.includes(name)),
      };
    }
    const nothing = async (): Promise<PageView> => ({
      kind: 'nothing',
      samples: pair.ateraAccount.kind === 'sample' ? await samples() : [],
    });
    if (!tab) return nothing();
    // A chosen person is only for the accounts that were connected then.
    if (isForeign(tab, pair)) return nothing();
    const { locationId } = tab.subject ?? {};
    if (locationId !== undefined && locationId !== pair.ghlAccount.id) {
      return { kind: 'wrong-location', pageLocationId: locationId, accountLocationId: pair.ghlAccount.id };
    }
    if (!isSubjectTab(tab)) {
      if (tab.subject) return { kind: 'unreachable', subject: tab.subject };
      if (tab.unmarked) return { kind: 'unmarked', ...tab.unmarked };
      const origins = tab.readable ? [] : await missingOrigins();
      return origins.length > 0 ? { kind: 'no-access', origins } : nothing();
    }
    const chosen = tab.chosen ? { chosen: true as const, ...backOf(tab) } : {};
    if (isCompany(tab.subject)) {
      const view = mode === 'read' ? companies.open(tab, pair) : companies.peek(tab);
      return { kind: 'company', view, compared: await comparedOf(tab, pair, mode), ...chosen };
    }
    const view = asConfirmed(mode === 'read' ? views.open(tab, pair) : views.peek(tab), tab);
    return { kind: 'subject', view, ...chosen };
  };

  /** A company beside the one it is linked to. Where it is linked to none, nothing is read for it before the agent asks. */
  const comparedOf = async (
    tab: SubjectTab,
    pair: Pair,
    mode: 'read' | 'peek',
  ): Promise<SubjectView | null> => {
    const { vendor, id, kind } = tab.subject;
    if (isDevice(tab.subject) || !isShown(await resources.of(pair), 'companies')) return null;
    const isAsked = views.knows(tab);
    const { id: accountId } = vendor === 'atera' ? pair.ateraAccount : pair.ghlAccount;
    const link = await links.counterpartOf(pair, { vendor, accountId, kind, id });
    if (!isAsked && (link === null || mode === 'peek')) return null;
    const view = mode === 'read' ? views.open(tab, pair) : views.peek(tab);
    // Nobody is looked for: without a link, that it is being read is no news.
    return link === null && view.match.status === 'loading' ? null : view;
  };

  /** What a panel shows whose own tab is closed. */
  const gone = async (tabId: number): Promise<PanelState> => {
    const nobody = await describe(null, -1, 'peek');
    // Without a tab, there is none that could move on.
    if (!nobody) throw new AppError('internal');
    return { ...nobody, tabId, page: { kind: 'gone' } };
  };

  const publish = async (tabId: number): Promise<void> => {
    const tab = await look(tabId);
    if (!tab) return;
    const state = await describe(tab, tab.windowId, 'peek');
    // A panel of its own shows this tab also where it is not in front any more.
    if (!state) return publish(tabId);
    await broadcast(state);
  };

  const wake = async (tabId: number): Promise<void> => {
    const tab = await look(tabId);
    if (!tab) return;
    const state = await describe(tab, tab.windowId, 'peek');
    if (!state) return wake(tabId);
    const isSeen = await broadcast(state);
    const rested = pace(tab);
    // Nobody looks: no call is spent. A panel that opens later asks by itself.
    if (isSeen) await rested;
    const now = isSeen ? await look(tabId) : null;
    // A tab that has moved on meanwhile has a wake-up of its own.
    if (now?.version === tab.version) await pageOf(now, 'read');
  };

  const subjectTab = async (target: PanelTarget): Promise<{ tab: SubjectTab; pair: Pair }> => {
    const [tab, pair] = [await tabOf(target), await accounts.pair()];
    if (!pair) throw new AppError('not_connected');
    if (!tab || !isSubjectTab(tab) || isForeign(tab, pair)) throw new AppError('subject_changed');
    return { tab, pair };
  };

  const personShown = async ({ tabId }: TabTarget, shown: Shown) => {
    const pair = await accounts.pair();
    if (!pair) throw new AppError('not_connected');
    return { pair, ...(await shownPerson({ subjects, views }, pair, tabId, shown)) };
  };
  /** The record of Atera that has the number of an unknown page; nothing is remembered where there is none. */
  const recordAt = async ({ tabId }: TabTarget, kind: MarkKind, template: string) => {
    const [tab, pair] = [await look(tabId), await accounts.pair()];
    if (!pair) throw new AppError('not_connected');
    if (!tab) throw new AppError('tab_closed');
    if (tab.unmarked?.template !== template) throw new AppError('subject_changed');
    const { id } = tab.unmarked;
    const name =
      kind === 'contact'
        ? (await pair.atera.readPerson(id, [])).view.name
        : (cleanText((await pair.atera.readCustomer(id)).CustomerName) ?? id);
    return { tab, pair, record: { id, name } };
  };
  /** What pages of Atera are about has changed, in every window. */
  const wakeAtera = async (): Promise<void> => {
    const tabs = await browser.tabs.query({});
    const isAtera = (url = ''): boolean => url.startsWith(`${ATERA_ORIGIN}/`);
    await Promise.all(tabs.flatMap(({ id, url }) => (id !== undefined && isAtera(url) ? [wake(id)] : [])));
  };
  /** Here, and in every other tab that shows one of them. */
  const lookAgain = async (tab: SubjectTab, pair: Pair, people: Ref[]): Promise<void> => {
    await Promise.all((await views.reconsider(tab, pair, people)).map(wake));
  };
  /** Atera first. */
  const inOrder = (a: Ref, b: Ref): [Ref, Ref] => (a.vendor === 'atera' ? [a, b] : [b, a]);

  return {
    publish,
    async state(target) {
      for (;;) {
        const tab = await tabOf(target);
        if (!tab && 'tabId' in target) return gone(target.tabId);
        const state = await describe(tab, 'windowId' in target ? target.windowId : -1, 'read');
        if (state) return state;
      }
    },
    async close(tabId) {
      await broadcast(await gone(tabId));
    },
    async refresh(target) {
      const { tab, pair } = await subjectTab(target);
      if (isCompany(tab.subject)) companies.refresh(tab, pair);
      if (!isCompany(tab.subject) || views.knows(tab)) views.refresh(tab, pair);
    },
    async confirm(target, version, person, counterpart, replacing) {
      const { tab, pair, view } = await personShown(target, { version, person });
      // Only somebody who was offered can be chosen.
      const offered = view.match.status === 'several' ? view.match.candidates : [];
      const chosen = offered.find(({ ref }) => sameRef(ref, counterpart));
      if (!chosen) throw new AppError('subject_changed');
      // Only a link that the agent saw is replaced; one made meanwhile is shown first.
      const claim = chosen.evidence.find((sign) => sign.kind === 'linked-elsewhere');
      const isSeen = claim
        ? replacing !== undefined && sameRef(claim.to, replacing)
        : replacing === undefined;
      const isLinked =
        isSeen &&
        (await links.link(pair, ...inOrder(person, chosen.ref), { replacing: replacing ? [replacing] : [] }));
      // Another page may show one of them with somebody else.
      await lookAgain(tab, pair, [person, chosen.ref, ...(isLinked && replacing ? [replacing] : [])]);
      if (!isLinked) throw new AppError('plan_expired');
    },
    async unlink(target, version, person, counterpart) {
      const { tab, pair, view } = await personShown(target, { version, person });
      const { match } = view;
      if (match.status !== 'linked' || !sameRef(match.counterpart.ref, counterpart))
        throw new AppError('subject_changed');
      await links.unlink(pair, person, counterpart);
      await lookAgain(tab, pair, [person, counterpart]);
    },
    async reject(target, version, person, counterpart) {
      const { tab, pair, view } = await personShown(target, { version, person });
      if (!refsOf(view.match).some((ref) => sameRef(ref, counterpart))) throw new AppError('subject_changed');
      await links.reject(pair, ...inOrder(person, counterpart));
      await lookAgain(tab, pair, [person, counterpart]);
    },
    async forgetRejections(target, version, person) {
      const { tab, pair } = await personShown(target, { version, person });
      await links.forgetRejections(pair, person);
      await lookAgain(tab, pair, [person]);
    },
    async viewSample(target, subject) {
      const pair = await accounts.pair();
      const tab = await tabOf(target);
      if (pair?.ateraAccount.kind !== 'sample') throw new AppError('not_connected');
      if (!tab) throw new AppError('tab_closed');
      await subjects.choose(tab.tabId, subject, scopeOfPair(pair), { version: tab.version, keepsWay: false });
      await wake(tab.tabId);
    },
    async choose(target, subject, accountId, version) {
      const pair = await accounts.pair();
      const tab = await tabOf(target);
      if (!pair) throw new AppError('not_connected');
      if (!tab) throw new AppError('tab_closed');
      const account = subject.vendor === 'atera' ? pair.ateraAccount : pair.ghlAccount;
      const location = subject.vendor === 'ghl' ? account.id : undefined;
      // Another account was connected since the search.
      if (account.id !== accountId || subject.locationId !== location) throw new AppError('subject_changed');
      if (!SHOWN.has(subject.kind)) throw new AppError('invalid_input', { input: 'subject' });
      const keepsWay = version !== undefined;
      if (keepsWay ? !leadsTo(tab, pair, subject) : isSubjectTab(tab) && (!tab.chosen || tab.trail?.length))
        throw new AppError('subject_changed');
      await subjects.choose(tab.tabId, subject, scopeOfPair(pair), {
        version: version ?? tab.version,
        keepsWay,
      });
      await wake(tab.tabId);
    },
    async leave(target) {
      const tab = await tabOf(target);
      if (!tab) return;
      await subjects.leave(tab.tabId);
      await wake(tab.tabId);
    },
    previewMark: async (target, kind, template) => (await recordAt(target, kind, template)).record,
    async mark(target, kind, template, shown) {
      const { tab, pair, record } = await recordAt(target, kind, template);
      if (record.id !== shown.id || record.name !== shown.name) throw new AppError('unconfirmed');
      await marks.add({ template, kind });
      if (kind === 'contact') {
        // Whose name was just said need not be asked again.
        const now = await subjects.look(tab.tabId);
        const { id: accountId } = pair.ateraAccount;
        if (now?.subject?.kind === kind && now.subject.id === record.id)
          await subjects.confirm(now.tabId, now.version, { vendor: 'atera', accountId, kind, id: record.id });
      }
      await wakeAtera();
    },
    async unmark(_target, template) {
      await marks.remove(template);
      await wakeAtera();
    },
    async confirmPerson(target, shown, name) {
      const { tab, person } = await personShown(target, shown);
      if (person.name !== name) throw new AppError('unconfirmed');
      await subjects.confirm(tab.tabId, tab.version, person.ref);
      await publish(tab.tabId);
    },
    wake,
    async reset() {
      const shown = [...views.tabs(), ...companies.tabs()];
      views.close();
      companies.close();
      const inFront = (await browser.tabs.query({ active: true })).flatMap(({ id }) => id ?? []);
      await Promise.all([...new Set([...inFront, ...shown])].map(wake));
    },
  };
}

/** Everyone of the other vendor who is on screen. */
const refsOf = (match: MatchView): Ref[] => {
  if (match.status === 'several') return match.candidates.map(({ ref }) => ref);
  return match.status === 'linked' || match.status === 'one' ? [match.counterpart.ref] : [];
};

/** What is switched off is not told, whatever was read before. */
const within = (page: PageView, settings: readonly ResourceSetting[]): PageView => {
  if (page.kind === 'subject') return { ...page, view: withinResources(page.view, settings) };
  if (page.kind !== 'company') return page;
  // A company is what it is about: where companies are switched off, nothing of it is compared.
  const compared = isShown(settings, 'companies') ? (page.compared ?? null) : null;
  return { ...page, view: companyWithin(page.view, settings), compared };
};

const isAsSeen = (seen: TabView, now: TabView | null): boolean =>
  now !== null &&
  now.version === seen.version &&
  now.active === seen.active &&
  now.windowId === seen.windowId &&
  now.confirmed === seen.confirmed;

/** Once the agent has said that the page is about this person, it is not only suggested any more. */
const asConfirmed = (view: SubjectView, { confirmed }: TabView): SubjectView =>
  view.suggested && view.person.status === 'ready' && confirmed === refKey(view.person.value.ref)
    ? { ...view, suggested: false }
    : view;

const isDevice = ({ kind }: Subject): boolean => kind === 'agent' || kind === 'snmp';

/** From a company to its people, and from a person to their company: in what is shown, and nowhere else. */
const leadsTo = (tab: TabView, pair: Pair, next: Subject): boolean => {
  if (!isSubjectTab(tab) || isForeign(tab, pair)) return false;
  const { subject } = tab;
  if (subject.locationId !== undefined && subject.locationId !== pair.ghlAccount.id) return false;
  if (!isCompany(subject)) return next.kind === 'customer' || next.kind === 'business';
  // A device leads to its customer; one that leads nowhere offers a search, in both vendors.
  if (isDevice(subject)) return !isCompany(next) || next.kind === 'customer';
  return next.kind === 'contact' && next.vendor === subject.vendor;
};

const isForeign = (tab: TabView, pair: Pair): boolean => tab.chosen && tab.scope !== scopeOfPair(pair);

/** Sites of ours whose access the person, or the browser, has switched off. */
async function missingOrigins(): Promise<string[]> {
  const { host_permissions: hosts = [] } = browser.runtime.getManifest() as { host_permissions?: string[] };
  const granted = await Promise.all(
    hosts.map((origin) => browser.permissions.contains({ origins: [origin] })),
  );
  return hosts.filter((_, index) => !granted[index]);
}
