/** Stands for `webextension-polyfill`: each call goes to the browser whose background is running. */
import { type Browser, type Event, newEvent } from './browser.ts';
import { scope } from './scheduler.ts';

const here = (): Browser => {
  const running = scope.getStore();
  if (!running) throw new Error('No background is running.');
  return running.life.browser;
};
const event = (pick: (browser: Browser) => Event): Event => ({
  addListener: (listener) => pick(here()).addListener(listener),
  removeListener: (listener) => pick(here()).removeListener(listener),
});
const silent = newEvent();

export default {
  tabs: {
    get: (id: number) => here().getTab(id),
    query: (info: Record<string, unknown>) => here().queryTabs(info),
    onActivated: event(({ events }) => events.onActivated),
    onUpdated: event(({ events }) => events.onUpdated),
    onRemoved: event(({ events }) => events.onRemoved),
  },
  runtime: {
    id: 'counterpart',
    getURL: (path: string) => `chrome-extension://counterpart${path.startsWith('/') ? path : `/${path}`}`,
    getManifest: () => ({ host_permissions: [] }),
    sendMessage: (message: unknown) => here().toPages(message),
    onMessage: event(({ events }) => events.onMessage),
    onConnect: event(({ events }) => events.onConnect),
    onInstalled: silent,
  },
  permissions: { contains: async () => true, onAdded: silent, onRemoved: silent },
  scripting: { executeScript: async () => [] },
};
