import { browser } from '../platform/browser.ts';
import { GHL_PAGES } from '../vendors/ghl/detect.ts';

/** Content scripts by the pages that they belong to: for tabs that were open before the extension was. */
const SCRIPTS: readonly { file: string; matches: string[] }[] = [
  { file: 'content-scripts/atera.js', matches: ['https://app.atera.com/*'] },
  { file: 'content-scripts/ghl.js', matches: GHL_PAGES },
];

/** Registers everything that may change what a window shows. Call in the first turn of the background. */
export function watchTabs({
  onWake,
  onClose,
  onBug,
}: {
  onWake: (tabId: number) => void;
  onClose: (tabId: number) => void;
  onBug: (error: unknown) => void;
}): void {
  browser.tabs.onActivated.addListener(({ tabId }) => onWake(tabId));
  browser.tabs.onUpdated.addListener((tabId, change) => {
    // Addresses are only told for pages that we have access to; `complete` covers leaving such a page.
    if (change.url !== undefined || change.status === 'complete') onWake(tabId);
  });
  browser.tabs.onRemoved.addListener((tabId) => onClose(tabId));
  browser.runtime.onInstalled.addListener(() => void injectEverywhere().catch(onBug));
}

/** After an installation or update, open tabs have no content script, or an orphaned one: give them a fresh one. */
async function injectEverywhere(): Promise<void> {
  for (const { file, matches } of SCRIPTS) {
    for (const { id } of await browser.tabs.query({ url: matches })) {
      if (id === undefined) continue;
      try {
        await browser.scripting.executeScript({ target: { tabId: id }, files: [file] });
      } catch {
        // Error pages and discarded tabs take no script; the tab is still read by its address.
      }
    }
  }
}
