import { browser } from '../platform/browser.ts';
import type { BrowserActions } from './api.ts';

/** The only file of the panel that touches the browser's extension interface. */
export const browserActions: BrowserActions = {
  async openOptions(vendor) {
    if (!vendor) return browser.runtime.openOptionsPage();
    await browser.tabs.create({ url: browser.runtime.getURL(`options.html#connect-${vendor}`) });
  },
  requestAccess: (origins) => browser.permissions.request({ origins }),
  copyText: (text) => navigator.clipboard.writeText(text),
  version: () => browser.runtime.getManifest().version,
};

/** Window that this page is in; the panel's own window in a side panel. */
export async function currentWindowId(): Promise<number> {
  const { id } = await browser.windows.getCurrent();
  if (id === undefined) throw new Error('The browser gives this window no id.');
  return id;
}
