import type { Mapping } from '../core/mapping.ts';
import { AppError } from '../errors.ts';
import { browser } from '../platform/browser.ts';
import { type Clock, systemClock } from '../platform/clock.ts';
import type { Transport } from '../platform/http.ts';
import { createSealedStore } from '../platform/sealed-store.ts';
import { DEFAULT_MAPPING } from '../vendors/default-mapping.ts';
import { CUSTOM_PREFIX } from '../vendors/ghl/mapping.ts';
import { createAccounts, type Pair } from './accounts.ts';
import { createAdditions } from './additions.ts';
import { AREAS, type Areas } from './areas.ts';
import { broadcast } from './broadcast.ts';
import { testConnection } from './connection-test.ts';
import { createCustomerViews } from './customer-views.ts';
import { createInView } from './in-view.ts';
import { createLinks } from './links.ts';
import { createMappings } from './mappings.ts';
import { createPanels } from './panels.ts';
import { createRecents } from './recents.ts';
import { type Handlers, listen } from './router.ts';
import { createSample } from './sample.ts';
import { searchPeople } from './search.ts';
import { createSubjects } from './subjects.ts';
import { createSync } from './sync.ts';
import { watchTabs } from './tabs.ts';
import { createViews } from './views.ts';

export interface AppOptions {
  /** For real accounts. */
  transport: Transport;
  clock?: Clock;
  newId?: () => string;
  mapping?: Mapping;
  databaseName?: string;
  http?: { timeoutMs?: number; retryDelayMs?: number };
  locks?: Pick<LockManager, 'request'>;
  onBug: (error: unknown) => void;
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

  const store = createSealedStore<Areas>(AREAS, {
    clock,
    ...(options.databaseName ? { databaseName: options.databaseName } : {}),
  });
  const locks = options.locks ?? navigator.locks;
  const sample = createSample(store, clock);
  const subjects = createSubjects();
  const links = createLinks(store);
  const recents = createRecents(store, clock);
  const wanted = mapping.map(({ ghl }) => ghl).filter((key) => key.startsWith(CUSTOM_PREFIX));
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
      tell(panels.reset());
    },
    onMeta: () => tell(panels.reset()),
    onProblem: () => tell(accounts.list().then((list) => broadcast('accountsChanged', list))),
  });
  const views = createViews({
    store,
    links,
    accounts,
    clock,
    newId,
    mappingOf: (pair) => mappings.of(pair),
    recents,
    onBug,
    onChange: (tabId) => tell(panels.publish(tabId)),
  });
  const customers = createCustomerViews({ onChange: (tabId) => tell(panels.publish(tabId)), onBug });
  const mappings = createMappings({
    store,
    accounts,
    defaults: mapping,
    recordsInView: () => inView.records(),
    onChange: (pair) => inView.renew(pair),
  });
  const inView = createInView({ subjects, views });
  const panels = createPanels({
    accounts,
    subjects,
    views,
    customers,
    links,
    clock,
    broadcast: (state) => broadcast('panelStateChanged', state),
    samples: sample.subjects,
  });
  const sync = createSync({
    store,
    accounts,
    subjects,
    links,
    mapping,
    mappingOf: mappings.of,
    clock,
    locks,
    onReceipt: (receipt, { tabId, version }) => views.showReceipt(tabId, version, receipt),
    onDoubt: views.showDoubt,
    onSettled: views.renewPlan,
    onBug,
    onRecords: async (plan, pair, records) => views.showRecords(plan, pair, records),
  });

  const additions = createAdditions({
    store,
    accounts,
    subjects,
    views,
    locks,
    onBug,
  });
  const connectedPair = async (): Promise<Pair> => {
    const pair = await accounts.pair();
    if (!pair) throw new AppError('not_connected');
    return pair;
  };

  const handlers: Handlers = {
    subjectSeen: (_event, sender) => panels.wake(sender.tab?.id ?? -1),
    getPanelState: (target) => panels.state(target),
    refreshView: (target) => panels.refresh(target),
    applyPlan: async ({ target, planId, fields, confirmedName }) =>
      accounts.during(async () => sync.apply(planId, fields, await panels.tabIdOf(target), confirmedName)),
    confirmMatch: ({ target, version, person, counterpart }) =>
      panels.confirm(target, version, person, counterpart),
    markPage: ({ target, kind, template }) => panels.mark(target, kind, template),
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
    getMapping: () => mappings.view(),
    setMapping: ({ rows }) => mappings.set(rows),
    resetMapping: () => mappings.reset(),
    testConnection: async () => testConnection(await accounts.openAll(), clock),
    addToContact: ({ target, ...command }) =>
      accounts.during(async () => additions.add(await panels.tabIdOf(target), command)),
    searchPeople: async ({ query }) => searchPeople(await connectedPair(), query),
    recentPeople: async () => {
      const pair = await accounts.pair();
      return pair ? recents.list(pair) : [];
    },
    chooseSubject: ({ target, subject, accountId }) => panels.choose(target, subject, accountId),
    leaveSubject: ({ target }) => panels.leave(target),
    answerConnection: ({ id, answer }) => accounts.answer(id, answer),
  };
  listen(handlers, onBug);
  watchTabs({
    onWake: (tabId) => tell(panels.wake(tabId)),
    onClose: (tabId) => {
      views.close(tabId);
      customers.close(tabId);
      tell(subjects.forget(tabId));
    },
    onBug,
  });
  browser.permissions.onAdded.addListener(() => tell(panels.reset()));
  browser.permissions.onRemoved.addListener(() => tell(panels.reset()));

  tell(accounts.tidy());
  tell(sync.settleInterrupted());
}
