import type { VendorName } from '../core/contact.ts';
import type { MessageData, MessageReply, MessageType, PanelTarget } from '../messaging.ts';

/** The way to the background. `send` rejects with an `AppError`; `on` returns the way to stop listening; a handler that returns true says: shown here. */
export interface PanelApi {
  send<T extends MessageType>(type: T, data: MessageData<T>): Promise<MessageReply<T>>;
  on<T extends MessageType>(type: T, handler: (data: MessageData<T>) => unknown): () => void;
}

/** A tab as the browser names it; null where it tells nothing of it (a page that we have no access to). */
export interface TabInfo {
  title: string | null;
  host: string | null;
}

/** What only a browser can do for a page. Injected, so that views stay plain. */
export interface BrowserActions {
  /** At the form of a vendor, or at a section. */
  openOptions(place?: VendorName | 'resources' | 'activity'): Promise<void>;
  /** Must be called straight from a click. Resolves to false when the person said no. */
  requestAccess(origins: string[]): Promise<boolean>;
  copyText(text: string): Promise<void>;
  version(): string;
  /** Opens a panel as a tab of its own, bound to this tab. */
  openPanelTab(tabId: number): Promise<void>;
  /** Brings the tab, and its window, to the front. Rejects when it is closed. */
  goToTab(tabId: number): Promise<void>;
  /** Tells how the browser names the tab, now and whenever that changes; returns the way to stop. */
  watchTab(tabId: number, tell: (tab: TabInfo) => void): () => void;
  /** Closes the tab that this page is in. */
  closePage(): Promise<void>;
  /** Hands a text to the person as a file. */
  saveText(name: string, type: string, text: string): void;
}

/** `?tab=<id>` chooses that tab; anything else means the window the panel is in. */
export function targetFromSearch(search: string, windowId: number): PanelTarget {
  const tab = new URLSearchParams(search).get('tab');
  return tab !== null && /^\d{1,15}$/u.test(tab) ? { tabId: Number(tab) } : { windowId };
}

/** Whether a state is for this panel: its own tab, or the tab in front of its window. */
export const isFor = (
  target: PanelTarget,
  state: { windowId: number; tabId: number | null; active: boolean },
): boolean =>
  'tabId' in target
    ? state.tabId === target.tabId
    : state.windowId === target.windowId && (state.active || state.tabId === null);
