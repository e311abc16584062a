import { browser } from '../platform/browser.ts';
import type { BrowserActions, TabInfo } from './api.ts';

/** The only file of the panel that touches the browser's extension interface. */
export const browserActions: BrowserActions = {
  async openOptions(place) {
    if (!place) return browser.runtime.openOptionsPage();
    const section = place === 'resources' || place === 'activity' ? place : `connect-${place}`;
    await browser.tabs.create({ url: browser.runtime.getURL(`options.html#${section}`) });
  },
  requestAccess: (origins) => browser.permissions.request({ origins }),
  copyText: (text) => navigator.clipboard.writeText(text),
  version: () => browser.runtime.getManifest().version,
  async openPanelTab(tabId) {
    await browser.tabs.create({ url: browser.runtime.getURL(`sidepanel.html?tab=${tabId}`) });
  },
  async goToTab(tabId) {
    const { windowId } = await browser.tabs.update(tabId, { active: true });
    if (windowId !== undefined) await browser.windows.update(windowId, { focused: true });
  },
  watchTab(tabId, tell) {
    const read = (): void =>
      void browser.tabs.get(tabId).then(
        (tab) => tell(tabInfo(tab)),
        // Closed: the background says so, and the panel shows it.
        () => undefined,
      );
    const listener = (changedId: number, change: { title?: string; url?: string }): void => {
      if (changedId === tabId && (change.title !== undefined || change.url !== undefined)) read();
    };
    browser.tabs.onUpdated.addListener(listener);
    read();
    return () => browser.tabs.onUpdated.removeListener(listener);
  },
  async closePage() {
    const { id } = await browser.tabs.getCurrent();
    if (id !== undefined) await browser.tabs.remove(id);
  },
  saveText(name, type, text) {
    const url = URL.createObjectURL(new Blob([text], { type }));
    const link = document.createElement('a');
    link.href = url;
    link.download = name;
    link.click();
    // The browser has taken it over by then.
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  },
};

/** Both browsers leave out title and address of pages that we have no access to. */
function tabInfo({ title, url }: { title?: string; url?: string }): TabInfo {
  const host = url && URL.canParse(url) ? new URL(url).host : '';
  return { title: title || null, host: host || null };
}

/** Window that this page is in; the panel's own window in a side panel. */
export async function currentWindowId(): Promise<number> {
  const { id } = await browser.windows.getCurrent();
  if (id === undefined) throw new Error('The browser gives this window no id.');
  return id;
}
