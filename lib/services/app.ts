import { isCompany } from '../core/contact.ts';
import type { Mapping } from '../core/mapping.ts';
import { isShown, type ResourceSetting } from '../core/resource-settings.ts';
import { AppError } from '../errors.ts';
import { browser } from '../platform/browser.ts';
import { type Clock, systemClock } from '../platform/clock.ts';
import type { Transport } from '../platform/http.ts';
import { createSealedStore } from '../platform/sealed-store.ts';
import { createWake } from '../platform/wake.ts';
import { DEFAULT_MAPPING } from '../vendors/default-mapping.ts';
import { CUSTOM_PREFIX } from '../vendors/ghl/mapping.ts';
import { createAccounts, type Pair, scopeOfPair } from './accounts.ts';
import { createAdditionRows } from './addition-rows.ts';
import { type Additions, createAdditions } from './additions.ts';
import { AREAS, type Areas, type Store } from './areas.ts';
import { createBases } from './bases.ts';
import { type BringOver, createBringOver } from './bring-over.ts';
import { broadcast } from './broadcast.ts';
import { type CompanyJoins, createCompanyJoins } from './company-joins.ts';
import { createCompanyLinks } from './company-links.ts';
import { companyOutsiders } from './company-outsiders.ts';
import { companySides } from './company-sides.ts';
import { createCompanyViews } from './company-views.ts';
import { testConnection } from './connection-test.ts';
import { createAgreements, createCopyPreviews, createToldCopies } from './copies.ts';
import { type Creation, createCreation } from './creation.ts';
import { createIdentities } from './identities.ts';
import { createInView } from './in-view.ts';
import { createItemLinks } from './item-links.ts';
import { createJobs } from './jobs/queue.ts';
import { createJournal } from './journal.ts';
import { createLinks } from './links.ts';
import { createManualLink } from './manual-link.ts';
import { createMappings } from './mappings.ts';
import { createPageMarks } from './page-marks.ts';
import { createPanels } from './panels.ts';
import { createQuirks } from './quirks.ts';
import { createRecents } from './recents.ts';
import { createMappingOf } from './records.ts';
import { createRegistry } from './registry.ts';
import { checkWritable, createResources } from './resources.ts';
import { type Handlers, listen } from './router.ts';
import { createSample } from './sample.ts';
import { searchPeople } from './search.ts';
import { counterpartsWithin, creationWithin, foundWithin, hitsWithin } from './shown.ts';
import { createSubjects, isSubjectTab } from './subjects.ts';
import { createSync, type Sync } from './sync.ts';
import { watchTabs } from './tabs.ts';
import { createTagBases } from './tag-bases.ts';
import { createTagFields } from './tag-field.ts';
import { createTagSettings } from './tag-settings.ts';
import { createTagSync, type TagSync } from './tag-sync.ts';
import { createTagSyncRows } from './tag-sync-rows.ts';
import { createTaskSettings } from './task-settings.ts';
import { createUndos, type Undos } from './undo.ts';
import { createViews } from './views.ts';
import { createWaits } from './waits.ts';

export interface AppOptions {
  /** For real accounts. */
  transport: Transport;
  clock?: Clock;
  newId?: () => string;
  mapping?: Mapping;
  databaseName?: string;
  http?: { timeoutMs?: number; retryDelayMs?: number };
  locks?: Pick<LockManager, 'request'>;
  /** Calls back when a job is due. */
  wake?: typeof createWake;
  onBug: (error: unknown) => void;
  /** Where everything is kept, instead of the sealed store of this browser. */
  store?: Store;
}

/** Builds the services and registers every listener, in the first turn. */
export function startApp(options: AppOptions): void {
  const {
    transport,
    onBug,
    clock = systemClock,
    newId = () => crypto.randomUUID(),
    mapping = DEFAULT_MAPPING,
  } = options;
  const tell = (work: Promise<unknown>): void => void work.catch(onBug);

  const store =
    options.store ??
    createSealedStore<Areas>(AREAS, {
      clock,
      ...(options.databaseName ? { databaseName: options.databaseName } : {}),
    });
  const locks = options.locks ?? navigator.locks;
  const sample = createSample(store, clock);
  const subjects = createSubjects();
  const links = createLinks(store);
  const bases = createBases({ store, links });
  const recents = createRecents(store, clock);
  const wanted = mapping.map(({ ghl }) => ghl).filter((key) => key.startsWith(CUSTOM_PREFIX));
  const waits = createWaits(clock, (list) => tell(broadcast('waitsChanged', list)));
  const accounts = createAccounts({
    store,
    clock,
    transport,
    locks,
    newId,
    sample,
    wanted,
    ...(options.http ? { http: options.http } : {}),
    onChange: () => {
      tell(accounts.list().then((list) => broadcast('accountsChanged', list)));
      // What was told of its people goes with an account, also where it is on screen.
      tell(jobs.list().then((list) => broadcast('jobsChanged', list)));
      tell(broadcast('activityChanged', {}));
      tell(panels.reset());
    },
    onMeta: () => tell(panels.reset()),
    onProblem: () => tell(accounts.list().then((list) => broadcast('accountsChanged', list))),
    onWait: waits.note,
  });
  const quirks = createQuirks({
    store,
    accounts,
    clock,
    onChange: () => {
      tell(broadcast('quirksChanged', {}));
      for (const tabId of [...views.tabs(), ...companies.tabs()]) tell(panels.publish(tabId));
    },
  });
  const mappingOf = createMappingOf(() => mappings);
  const views = createViews({
    store,
    links,
    bases,
    accounts,
    clock,
    newId,
    mappingOf,
    recents,
    onBug,
    onChange: (tabId) => tell(panels.publish(tabId)),
    ateraTagsOf: (pair, person, gaps) => tagFields.tagsOf(pair, person, gaps),
    registryReaderOf: (pair) => registry.readerOf(pair),
    onItems: (pair, items) => noteAgreements(pair, items),
  });
  const resources = createResources({
    store,
    accounts,
    // A plan that was made for other directions is replaced; what is shown only now must be read.
    onChange: async (pair, isReread) => {
      tell(broadcast('resourcesChanged', {}));
      if (isReread) return panels.reset();
      await inView.renew(pair);
      await Promise.all([...views.tabs(), ...companies.tabs()].map(panels.publish));
    },
  });
  const companies = createCompanyViews({
    resources,
    onChange: (tabId) => tell(panels.publish(tabId)),
    report: accounts.report,
    onBug,
  });
  const mappings = createMappings({
    store,
    accounts,
    defaults: mapping,
    recordsInView: (of) => inView.records(of),
    onChange: (pair) => inView.renew(pair),
  });
  const inView = createInView({ subjects, views });
  const journal = createJournal({
    store,
    mapping,
    onChange: () => tell(broadcast('activityChanged', {})),
  });
  const additionRows = createAdditionRows(store, journal);
  const itemLinks = createItemLinks(store);
  const taskSettings = createTaskSettings({
    store,
    accounts,
    onChange: () => {
      for (const tabId of views.tabs()) tell(panels.publish(tabId));
    },
  });
  const tagFields = createTagFields({ store, accounts, onChange: (pair) => inView.reread(pair) });
  const registry = createRegistry({
    store,
    accounts,
    links,
    mapped: wanted,
    onChange: (pair) => inView.reread(pair),
  });
  const identities = createIdentities({
    store,
    accounts,
    onChange: () => {
      for (const tabId of views.tabs()) tell(panels.publish(tabId));
    },
  });
  const youOf = async (pair: Pair) => {
    const { atera, ghl } = await identities.of(pair);
    return { you: atera, youInGhl: ghl };
  };
  const noteAgreements = createAgreements(itemLinks, taskSettings);
  const panels = createPanels({
    accounts,
    subjects,
    views,
    companies,
    clock,
    marks: createPageMarks(),
    links,
    resources,
    quirks,
    broadcast: (state) => broadcast('panelStateChanged', state),
    samples: sample.subjects,
    copies: createToldCopies(itemLinks),
    addingOf: async (pair, subject) => ({
      ...(await youOf(pair)),
      tagField: await tagFields.viewOf(pair),
      taskRules: await taskSettings.of(pair),
      last: subject && (await additionRows.last(pair, subject)),
    }),
    tagSyncOf: (pair, tab) => tagSync.stateOf(pair, tab),
  });
  const jobs = createJobs({
    store,
    accounts,
    kinds: () => ({
      plan: sync.kind,
      addition: additions.kind,
      undo: undos.kind,
      tags: tagSync.kind,
      create: creation.kind,
      ...bringOver.kinds,
      ...joins.kinds,
    }),
    clock,
    locks,
    owner: crypto.randomUUID(),
    random: Math.random,
    wake: (options.wake ?? createWake)(clock, (why) => tell(jobs.work(why))),
    onChange: (list) => tell(broadcast('jobsChanged', list)),
    onBug,
  });
  const sync: Sync = createSync({
    store,
    journal,
    quirks,
    jobs,
    accounts,
    subjects,
    links,
    bases,
    mapping,
    mappingOf,
    clock,
    locks,
    onReceipt: (receipt, { tabId, version }) => views.showReceipt(tabId, version, receipt),
    onDoubt: views.showDoubt,
    onSettled: views.renewPlans,
    proves: registry.proves,
    onBug,
    async onRecords(plan, pair, records) {
      await views.showRecords(plan, pair, records);
      const tab = isCompany(plan.subject) ? await subjects.look(plan.tabId) : null;
      // What the page shows of the company beside it is read again.
      if (tab && isSubjectTab(tab) && tab.version === plan.version) companies.refresh(tab, pair);
    },
  });

  const additions: Additions = createAdditions({
    rows: additionRows,
    jobs,
    accounts,
    subjects,
    views,
    links,
    identities,
    tagFields,
    itemLinks,
    taskSettings,
    checkWritable: (pair, resource, vendor) => checkWritable(store, scopeOfPair(pair), resource, vendor),
    clock,
    locks,
    onOutcome: (tabId) => tell(panels.publish(tabId)),
    onReread: (pair) => inView.reread(pair),
    registry,
    quirks,
    onBug,
  });
  const tagSyncRows = createTagSyncRows(store, journal);
  const tagBases = createTagBases({ store, links });
  const tagSettings = createTagSettings({
    store,
    accounts,
    onChange: () => {
      for (const tabId of views.tabs()) tell(panels.publish(tabId));
    },
  });
  const tagSync: TagSync = createTagSync({
    rows: tagSyncRows,
    jobs,
    accounts,
    subjects,
    views,
    links,
    bases: tagBases,
    settings: tagSettings,
    quirks,
    tagFields,
    proves: registry.proves,
    clock,
    locks,
    onOutcome: (tabId) => tell(panels.publish(tabId)),
    onBug,
  });
  const creation: Creation = createCreation({
    store,
    jobs,
    journal,
    quirks,
    accounts,
    subjects,
    views,
    links,
    mappingOf,
    clock,
    newId,
    locks,
    onBug,
  });
  const bringOver: BringOver = createBringOver({
    accounts,
    subjects,
    views,
    creation,
    additions,
    identities,
    taskSettings,
    jobs,
    clock,
  });
  const joins: CompanyJoins = createCompanyJoins({
    accounts,
    subjects,
    views,
    links,
    additions,
    jobs,
    checkWritable: (pair, resource, vendor) => checkWritable(store, scopeOfPair(pair), resource, vendor),
    onReread: (pair) => tell(inView.reread(pair)),
  });
  const undos: Undos = createUndos({
    journal,
    bases,
    tagBases,
    accounts,
    mappingOf,
    identities,
    tagFields,
    itemLinks,
    taskSettings,
    registry,
    quirks,
    checkWritable: (pair, resource, vendor) => checkWritable(store, scopeOfPair(pair), resource, vendor),
    clock,
    locks,
    jobs,
    onWritten: (pair) => inView.reread(pair),
    onBug,
  });
  const previewCopy = createCopyPreviews({
    accounts,
    subjects,
    views,
    identities,
    taskSettings,
    clock,
  });
  const manualLink = createManualLink({ accounts, subjects, views, links, wake: panels.wake });
  const connectedPair = async (): Promise<Pair> => {
    const pair = await accounts.pair();
    if (!pair) throw new AppError('not_connected');
    return pair;
  };
  const companyLinks = createCompanyLinks({ accounts, subjects, views, links, wake: panels.wake });
  /** The connected pair, where it shows companies at all. */
  const companyPair = async (): Promise<Pair> => {
    const pair = await connectedPair();
    if (!isShown(await resources.of(pair), 'companies'))
      throw new AppError('switched_off', { vendor: 'atera' });
    return pair;
  };
  /** As they are when the answer is given; nothing is shown once no pair is connected. */
  const settingsNow = async (): Promise<ResourceSetting[]> => (await resources.view()) ?? [];

  const handlers: Handlers = {
    subjectSeen: (_event, sender) => panels.wake(sender.tab?.id ?? -1),
    getPanelState: (target) => panels.state(target),
    refreshView: (target) => panels.refresh(target),
    applyPlan: ({ target, ...command }) =>
      accounts.during(() => sync.apply({ ...command, tabId: target.tabId })),
    confirmMatch: ({ target, version, person, counterpart, replacing }) =>
      panels.confirm(target, version, person, counterpart, replacing),
    markPage: ({ target, kind, template, record }) => panels.mark(target, kind, template, record),
    unmarkPage: ({ target, template }) => panels.unmark(target, template),
    viewSample: ({ target, subject }) => panels.viewSample(target, subject),
    getAccounts: () => accounts.list(),
    connectAtera: ({ token }) => accounts.connectAtera(token),
    connectGhl: ({ token, location }) => accounts.connectGhl(token, location),
    connectSample: () => accounts.connectSample(),
    disconnect: ({ accountId }) => accounts.disconnect(accountId),
    unlink: ({ target, version, person, counterpart }) => panels.unlink(target, version, person, counterpart),
    rejectMatch: ({ target, version, person, counterpart }) =>
      panels.reject(target, version, person, counterpart),
    forgetRejections: ({ target, version, person }) => panels.forgetRejections(target, version, person),
    getMapping: ({ of = 'contacts' }) => mappings.view(of),
    setMapping: ({ of = 'contacts', rows }) => mappings.set(of, rows),
    resetMapping: ({ of = 'contacts' }) => mappings.reset(of),
    testConnection: async () => testConnection(await accounts.openAll(), clock),
    addToContact: ({ target, ...command }) => accounts.during(() => additions.add(target.tabId, command)),
    searchPeople: async ({ query }) =>
      foundWithin(await searchPeople(await connectedPair(), query), await settingsNow()),
    recentPeople: async () => {
      const pair = await accounts.pair();
      return pair ? hitsWithin(await recents.list(pair), await settingsNow()) : [];
    },
    chooseSubject: ({ target, subject, accountId, version }) =>
      panels.choose(target, subject, accountId, version),
    leaveSubject: ({ target }) => panels.leave(target),
    acknowledgeAddition: async ({ id }) => {
      const pair = await connectedPair();
      await additionRows.acknowledge(pair, id);
      await tagSyncRows.acknowledge(pair, id);
    },
    listTechnicians: () => identities.technicians(),
    setIdentity: ({ id }) => identities.setTechnician(id),
    getTagField: () => tagFields.view(),
    checkTagField: () => tagFields.check(),
    setTagField: ({ name }) => tagFields.set(name),
    getIdentity: () => identities.current(),
    listGhlUsers: () => identities.users(),
    setGhlUser: ({ id }) => identities.setUser(id),
    previewCreate: async ({ target, ...shown }) => {
      const preview = await creation.preview(target.tabId, shown);
      const { earlier } = preview;
      return { ...preview, earlier: earlier && creationWithin(earlier, await settingsNow()) };
    },
    createCounterpart: async ({ target, ...command }) =>
      creationWithin(
        await accounts.during(() => creation.create(target.tabId, command)),
        await settingsNow(),
      ),
    findCounterpart: async ({ target, ...query }) =>
      counterpartsWithin(await manualLink.find(target.tabId, query), await settingsNow()),
    linkCounterpart: ({ target, ...choice }) => manualLink.link(target.tabId, choice),
    getResources: () => resources.view(),
    setResources: ({ rows }) => resources.set(rows),
    answerConnection: ({ id, answer }) => accounts.answer(id, answer),
    getActivity: async ({ people, limit }) => {
      const pair = await accounts.pair();
      if (!pair) return null;
      const rows = await journal.list(scopeOfPair(pair), people);
      const entries = (limit === null ? rows : rows.slice(0, limit)).map(({ entry }) => entry);
      return { entries, total: rows.length };
    },
    undoActivity: ({ id, press, instead }) => accounts.during(() => undos.undo(id, press, instead)),
    previewMark: ({ target, kind, template }) => panels.previewMark(target, kind, template),
    confirmPerson: ({ target, name, ...shown }) => panels.confirmPerson(target, shown, name),
    getWaits: () => waits.list(),
    previewCopy: ({ target, source, ...shown }) => previewCopy(target.tabId, shown, source),
    getJobs: () => jobs.list(),
    cancelJob: ({ id }) => accounts.during(() => jobs.cancel(id)),
    retryJob: ({ id }) => accounts.during(() => jobs.retry(id)),
    dismissJob: ({ id }) => accounts.during(() => jobs.dismiss(id)),
    bringOver: ({ target, ...command }) => accounts.during(() => bringOver.start(target.tabId, command)),
    getCompanySides: async ({ target, ...shown }) => {
      const pair = await companyPair();
      return companySides({ subjects, views, links }, pair, target.tabId, shown);
    },
    getCompanyOffer: async ({ target, version, company }) => {
      await companyPair();
      return companyLinks.offer(target.tabId, { version, person: company });
    },
    linkCompany: async ({ target, version, company, counterpart }) => {
      await companyPair();
      await companyLinks.link(target.tabId, { version, person: company, counterpart });
    },
    getOutsiders: async ({ target, version, company }) => {
      await companyPair();
      const shown = { version, person: company };
      return companyOutsiders({ accounts, subjects, views, links, resources }, target.tabId, shown);
    },
    joinCompany: ({ target, company, ...command }) =>
      accounts.during(() => joins.start(target.tabId, { ...command, person: company })),
    getRegistry: () => registry.view(),
    checkRegistry: () => registry.check(),
    setRegistry: ({ names }) => registry.set(names),
    getTagRules: () => tagSettings.view(),
    setTagRules: ({ rules }) => tagSettings.set(rules),
    getQuirks: () => quirks.view(),
    forgetQuirk: (name) => quirks.forget(name),
    getTaskRules: () => taskSettings.view(),
    setTaskRules: ({ rules }) => taskSettings.set(rules),
    listStatuses: () => taskSettings.statuses(),
    syncTags: ({ target, ...command }) => accounts.during(() => tagSync.sync(target.tabId, command)),
  };
  listen(handlers, onBug);
  watchTabs({
    onWake: (tabId) => tell(panels.wake(tabId)),
    onClose: (tabId) => {
      views.close(tabId);
      companies.close(tabId);
      tell(subjects.forget(tabId));
      tell(panels.close(tabId));
    },
    onBug,
  });
  browser.permissions.onAdded.addListener(() => tell(panels.reset()));
  browser.permissions.onRemoved.addListener(() => tell(panels.reset()));

  tell(accounts.tidy());
  tell(jobs.work('start'));
  tell(creation.settleInterrupted());
  tell(undos.settleInterrupted());
}
