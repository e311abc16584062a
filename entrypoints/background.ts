import { defineBackground } from 'wxt/utils/define-background';
import { logBug } from '../lib/logger.ts';
import { browser } from '../lib/platform/browser.ts';
import { startApp } from '../lib/services/app.ts';

export default defineBackground({
  type: 'module',
  main() {
    startApp({ transport: (request) => fetch(request), onBug: logBug });
    openPanelByAction();
  },
});

/** A click on the toolbar button opens the panel; the two browsers have their own words for it. */
function openPanelByAction(): void {
  if (import.meta.env.FIREFOX) {
    browser.action.onClicked.addListener(() => void browser.sidebarAction.toggle());
  } else {
    chrome.sidePanel.setPanelBehavior({ openPanelOnActionClick: true }).catch(logBug);
  }
}
