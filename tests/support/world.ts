import Dexie from 'dexie';
import { vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { FieldName, Subject } from '../../lib/core/contact.ts';
import type { Decisions } from '../../lib/core/rows.ts';
import { fromErrorView } from '../../lib/errors.ts';
import {
  type MessageData,
  type MessageReply,
  type MessageType,
  SECRET_MESSAGES,
  SECRET_PORT,
} from '../../lib/messaging.ts';
import type { PanelState, Receipt, SubjectView } from '../../lib/panel-state.ts';
import type { Reply } from '../../lib/platform/messenger.ts';
import { createFaults } from '../../lib/sandbox/faults.ts';
import { createSandbox, SCENES, type SceneName } from '../../lib/sandbox/index.ts';
import { startApp } from '../../lib/services/app.ts';
import { createJumpingClock } from './clock.ts';

/** Parts of the browser that the fake leaves out. Installed once: the polyfill keeps what it met first. */
const extras = {
  granted: true,
  manifest: { host_permissions: ['https://app.atera.com/*', 'https://services.leadconnectorhq.com/*'] },
};
const silent = { addListener: () => undefined, removeListener: () => undefined, hasListener: () => false };
Object.assign(fakeBrowser.permissions, {
  contains: (_permissions: unknown, callback: (granted: boolean) => void) => callback(extras.granted),
  onAdded: silent,
  onRemoved: silent,
});
Object.assign(fakeBrowser.scripting, {
  executeScript: (_script: unknown, callback: (results: unknown[]) => void) => callback([]),
});
Object.assign(fakeBrowser.runtime, { getManifest: () => extras.manifest });

/** The fake knows no focused window: all its tabs are in one. Installed once, as the polyfill keeps what it met first. */
const query = fakeBrowser.tabs.query as (info: object, callback: unknown) => unknown;
Object.assign(fakeBrowser.tabs, {
  query: ({ lastFocusedWindow: _all, ...info }: { lastFocusedWindow?: boolean }, callback: unknown) =>
    query(info, callback),
});

/** Listeners for ports, as the browser would call them. */
const connectListeners = new Set<(port: unknown) => void>();
Object.assign(fakeBrowser.runtime, {
  onConnect: {
    addListener: (listener: (port: unknown) => void) => connectListeners.add(listener),
    removeListener: (listener: (port: unknown) => void) => connectListeners.delete(listener),
    hasListener: (listener: (port: unknown) => void) => connectListeners.has(listener),
  },
});

let databases = 0;

/** Named locks of one life of the background: they end with it, as the browser's do. */
function createLocks(): Pick<LockManager, 'request'> {
  const tails = new Map<string, Promise<unknown>>();
  const request = (name: string, work: () => Promise<unknown>): Promise<unknown> => {
    const result = (tails.get(name) ?? Promise.resolve()).then(work, work);
    tails.set(
      name,
      result.catch(() => undefined),
    );
    return result;
  };
  return { request: request as LockManager['request'] };
}

const never = <T>(): Promise<T> => new Promise<T>(() => undefined);

/**
 * The whole background over the sandbox, in this process: what a browser would run, less the browser. `timeoutMs` is real time:
 * what a test holds back must not be given up because the machine is busy.
 */
export async function createWorld({
  timeoutMs = 15_000,
  clock = createJumpingClock(),
}: {
  timeoutMs?: number;
  clock?: ReturnType<typeof createJumpingClock>;
} = {}) {
  const faults = createFaults();
  const sandbox = createSandbox({ now: clock.now, ids: 'served', before: faults.before });
  const states: PanelState[] = [];
  const bugs: unknown[] = [];
  const sent: unknown[] = [];
  let panelOpen = true;
  let ids = 0;
  /** Calls whatever waits for its time. */
  let ring: (why: 'time' | 'online') => void = () => undefined;
  let dueAt: number | null = null;
  let gate: (request: Request) => Promise<void> = async () => undefined;
  /** Grows with every life of the background. */
  let life = 0;
  extras.granted = true;
  databases += 1;
  const databaseName = `world-${databases}`;

  // The polyfill speaks to the fake as to Chrome: by callback and `lastError`.
  vi.spyOn(fakeBrowser.runtime, 'sendMessage').mockImplementation(((
    message: { type: string; data: unknown },
    callback: (answer?: boolean) => void,
  ) => {
    const runtime = fakeBrowser.runtime as { lastError?: { message: string } | undefined };
    if (panelOpen) {
      sent.push(message);
      if (message.type === 'panelStateChanged') states.push(structuredClone(message.data) as PanelState);
      // The side panel answers for the tab in front.
      const { active } = message.data as { active?: boolean };
      callback(active === true ? true : undefined);
      return;
    }
    runtime.lastError = { message: 'Could not establish connection. Receiving end does not exist.' };
    callback();
    runtime.lastError = undefined;
  }) as never);

  const hosts: Record<string, (request: Request) => Promise<Response>> = {
    'app.atera.com': (request) => sandbox.atera.fetch(request),
    'services.leadconnectorhq.com': (request) => sandbox.ghl.fetch(request),
  };
  connectListeners.clear();
  const start = (): void => {
    life += 1;
    const mine = life;
    startApp({
      // What a stopped background asked for still reaches the vendor; the answer reaches nobody.
      transport: async (request) => {
        if (mine !== life) return never<Response>();
        const host = hosts[new URL(request.url).host];
        if (!host) throw new TypeError(`Nothing is at ${request.url}`);
        await gate(request);
        const answer = await host(request).catch((error: unknown) =>
          mine === life ? Promise.reject(error) : never<Response>(),
        );
        return mine === life ? answer : never<Response>();
      },
      locks: createLocks(),
      wake: (_clock, onTime) => {
        ring = (why) => {
          if (mine === life) onTime(why);
        };
        return {
          at: (time) => {
            if (mine === life) dueAt = time;
          },
        };
      },
      clock,
      newId: () => {
        ids += 1;
        return `id-${ids}`;
      },
      databaseName,
      http: { timeoutMs, retryDelayMs: 0 },
      onBug: (error) => bugs.push(error),
    });
  };
  start();

  const extensionPage = { id: fakeBrowser.runtime.id, url: fakeBrowser.runtime.getURL('/sidepanel.html') };
  /** What the background answers, as the sender gets it; undefined when it does not answer. */
  const deliver = async (message: unknown, sender: unknown = extensionPage): Promise<unknown> =>
    new Promise((resolve) => {
      void fakeBrowser.runtime.onMessage
        .trigger(message as never, sender as never, resolve as never)
        .then((answers) => {
          if (!answers.some((answer) => (answer as unknown) === true)) resolve(undefined);
        });
    });
  /** The same by port: what the background posts back, or undefined when it closes the port. */
  const deliverByPort = async (
    message: unknown,
    sender: unknown = extensionPage,
    name = SECRET_PORT,
  ): Promise<unknown> =>
    new Promise((resolve) => {
      const listeners = new Set<(message: unknown) => void>();
      const port = {
        name,
        sender,
        onMessage: { addListener: (listener: (message: unknown) => void) => listeners.add(listener) },
        onDisconnect: { addListener: () => undefined },
        postMessage: resolve,
        disconnect: () => resolve(undefined),
      };
      for (const listener of connectListeners) listener(port);
      if (listeners.size === 0) resolve(undefined);
      for (const listener of listeners) listener(message);
    });
  const send = async <T extends MessageType>(type: T, data: MessageData<T>): Promise<MessageReply<T>> => {
    const isSecret = (SECRET_MESSAGES as readonly string[]).includes(type);
    const reply = (await (isSecret ? deliverByPort : deliver)({ type, data })) as Reply<T> | undefined;
    if (!reply) throw new Error(`No answer to ${type}`);
    if (!reply.ok) throw fromErrorView(reply.error);
    return reply.value;
  };

  const openTab = async (url: string): Promise<number> => {
    const tab = await fakeBrowser.tabs.create({ url, active: true });
    return tab.id as number;
  };
  const navigate = async (tabId: number, url: string): Promise<void> => {
    await fakeBrowser.tabs.update(tabId, { url });
  };
  const ticketUrl = (scene: SceneName): string =>
    `https://app.atera.com/new/ticket/${SCENES.served[scene].ticketId}`;

  /** In which tab each plan was shown. */
  const tabOfPlan = new Map<string, number>();
  /** Presses the button in the panel that shows this plan. */
  const push = (
    planId: string | null,
    fields: FieldName[],
    confirmedName?: string,
    choices?: Decisions,
  ): Promise<Receipt> =>
    send('applyPlan', {
      target: { tabId: tabOfPlan.get(planId ?? '') ?? -1 },
      planId: planId ?? 'none',
      fields,
      ...(choices === undefined ? {} : { choices }),
      ...(confirmedName === undefined ? {} : { confirmedName }),
    });

  /** Waits until the panel of this tab shows what is asked for. */
  const shown = async (tabId: number, until: (view: SubjectView) => boolean): Promise<SubjectView> => {
    let last: PanelState | undefined;
    await vi.waitFor(
      async () => {
        last = await send('getPanelState', { tabId });
        if (last.page.kind !== 'subject' || !until(last.page.view))
          throw new Error(`Still shows ${JSON.stringify(last.page).slice(0, 2000)}`);
      },
      { timeout: 4000, interval: 5 },
    );
    if (last?.page.kind !== 'subject') throw new Error('No subject');
    for (const id of Object.values(last.page.view.plans)) if (id) tabOfPlan.set(id, tabId);
    return last.page.view;
  };
  const settled = (view: SubjectView): boolean =>
    !view.refreshing &&
    ![view.person, view.match, ...Object.values(view.sections)].some(({ status }) => status === 'loading');

  return {
    clock,
    faults,
    sandbox,
    states,
    bugs,
    sent,
    databaseName,
    push,
    deliver,
    deliverByPort,
    send,
    openTab,
    navigate,
    ticketUrl,
    shown,
    settled,
    /** Lets a test hold vendor calls before they are served. */
    setGate(next: typeof gate) {
      gate = next;
    },
    /** How many encrypted rows there are of an area. */
    async storedRows(area: string): Promise<number> {
      const db = await new Dexie(databaseName).open();
      const count = await db.table('rows').where('area').equals(area).count();
      db.close();
      return count;
    },
    /** As if an earlier version, or a full disk, had left none. */
    async dropRows(area: string): Promise<void> {
      const db = await new Dexie(databaseName).open();
      await db.table('rows').where('area').equals(area).delete();
      db.close();
    },
    /** When the next job is due; null when none waits. */
    dueAt: () => dueAt,
    /** It is time for what is due, or the network is back. */
    ring(why: 'time' | 'online' = 'time') {
      if (why === 'time' && dueAt !== null) clock.advance(Math.max(0, dueAt - clock.now()));
      ring(why);
    },
    setPanelOpen(open: boolean) {
      panelOpen = open;
    },
    setAccess(granted: boolean) {
      extras.granted = granted;
    },
    /** The browser stops the background and starts it again: memory is gone, storage is not. */
    restart() {
      fakeBrowser.runtime.onMessage.removeAllListeners();
      connectListeners.clear();
      fakeBrowser.runtime.onInstalled.removeAllListeners();
      fakeBrowser.tabs.onActivated.removeAllListeners();
      fakeBrowser.tabs.onUpdated.removeAllListeners();
      fakeBrowser.tabs.onRemoved.removeAllListeners();
      start();
    },
    async connect(token = sandbox.ghl.token) {
      await send('connectAtera', { token: sandbox.atera.apiKey });
      await send('connectGhl', { token, location: sandbox.ghl.locationId });
      sandbox.log.length = 0;
    },
    /** Opens the ticket of a scene and waits until everything is there. */
    async openTicket(scene: SceneName): Promise<{ tabId: number; view: SubjectView }> {
      const tabId = await openTab(ticketUrl(scene));
      return { tabId, view: await shown(tabId, settled) };
    },
    /** A message as a content script would send it. */
    fromPage: (tabId: number, message: unknown, sender: object = {}) =>
      deliver(message, {
        id: fakeBrowser.runtime.id,
        url: 'https://app.atera.com/new/ticket/1',
        tab: { id: tabId },
        frameId: 0,
        ...sender,
      }),
    subjectOfTicket: (scene: SceneName): Subject => ({
      vendor: 'atera',
      kind: 'ticket',
      id: String(SCENES.served[scene].ticketId),
    }),
    ghlContact(scene: SceneName) {
      const [id] = SCENES.served[scene].ghlContactIds;
      const contact = sandbox.state.ghl.contacts.find((candidate) => candidate.id === id);
      if (!contact) throw new Error(`No GHL contact for ${scene}`);
      return contact;
    },
    writes: () => sandbox.log.filter(({ method, path }) => method !== 'GET' && path !== '/contacts/search'),
  };
}

export type World = Awaited<ReturnType<typeof createWorld>>;
