import type { PanelState } from '../../lib/panel-state.ts';
import type { Ledger } from './ledger.ts';
import type { Scheduler } from './scheduler.ts';

type Listener = (...args: never[]) => unknown;
export interface Event {
  addListener(listener: Listener): void;
  removeListener(listener: Listener): void;
}
interface OwnEvent extends Event {
  listeners: Set<Listener>;
}

export function newEvent(): OwnEvent {
  const listeners = new Set<Listener>();
  return {
    listeners,
    addListener: (listener) => void listeners.add(listener),
    removeListener: (listener) => void listeners.delete(listener),
  };
}

const newEvents = () => ({
  onMessage: newEvent(),
  onConnect: newEvent(),
  onActivated: newEvent(),
  onUpdated: newEvent(),
  onRemoved: newEvent(),
});

/** What a browser is asked takes about this long. */
const API_MS = 2;

/** What of a browser the background meets: tabs, messages, unencrypted items. All but the listeners outlives the background. */
export class Browser {
  readonly name: string;
  readonly #scheduler: Scheduler;
  readonly #ledger: Ledger;
  readonly #items = new Map<string, string>();
  readonly #tabs = new Map<number, string>();
  /** What the panel of each tab shows. */
  readonly panels = new Map<number, PanelState>();
  events = newEvents();

  constructor(name: string, scheduler: Scheduler, ledger: Ledger) {
    this.name = name;
    this.#scheduler = scheduler;
    this.#ledger = ledger;
  }

  /** Listeners end with the background. */
  forgetListeners(): void {
    this.events = newEvents();
  }

  show(tabId: number, url: string): void {
    this.#tabs.set(tabId, url);
    this.#ledger.shows(this.name, tabId, url);
    for (const listener of this.events.onUpdated.listeners)
      (listener as (...args: unknown[]) => unknown)(tabId, { url }, this.#tab(tabId));
  }

  address(tabId: number): string {
    return this.#tabs.get(tabId) ?? '';
  }

  #tab(id: number) {
    return { id, url: this.address(id), windowId: 1, active: true };
  }

  getTab(id: number): Promise<unknown> {
    return this.#scheduler.op(API_MS, () => {
      if (!this.#tabs.has(id)) throw new Error(`No tab with id: ${id}.`);
      return this.#tab(id);
    });
  }

  queryTabs(info: Record<string, unknown>): Promise<unknown[]> {
    const all = () => [...this.#tabs.keys()].map((id) => this.#tab(id));
    return this.#scheduler.op(API_MS, () => (info.active === false ? [] : all()));
  }

  toPages(message: unknown): Promise<boolean | undefined> {
    const { type, data } = structuredClone(message) as { type: string; data: PanelState };
    return this.#scheduler.op(API_MS, () => {
      if (type !== 'panelStateChanged') return undefined;
      if (data.tabId !== null) this.panels.set(data.tabId, data);
      return true;
    });
  }

  readItem(key: string): Promise<unknown> {
    return this.#scheduler.op(API_MS, () => {
      const text = this.#items.get(key);
      return text === undefined ? undefined : JSON.parse(text);
    });
  }

  async writeItem(key: string, value: unknown): Promise<void> {
    const text = JSON.stringify(value);
    await this.#scheduler.op(API_MS, () => this.#items.set(key, text));
    await this.#scheduler.op(API_MS, () => undefined);
  }
}
