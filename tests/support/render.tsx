import './i18n.ts';
import { render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { vi } from 'vitest';
import { OptionsPage } from '../../components/options/OptionsPage.tsx';
import { Panel } from '../../components/panel/Panel.tsx';
import { AppFrame } from '../../components/shared/AppFrame.tsx';
import type { MessageData, MessageType, PanelTarget } from '../../lib/messaging.ts';
import { createAccountsStore } from '../../lib/panel/accounts-store.ts';
import { createActivityStore } from '../../lib/panel/activity-store.ts';
import type { BrowserActions, PanelApi } from '../../lib/panel/api.ts';
import { createMappingStore } from '../../lib/panel/mapping-store.ts';
import { createQuirksStore } from '../../lib/panel/quirks-store.ts';
import { createRegistryStore } from '../../lib/panel/registry-store.ts';
import { createResourcesStore } from '../../lib/panel/resources-store.ts';
import { createPanelStore } from '../../lib/panel/store.ts';
import { createWorkStore } from '../../lib/panel/work-store.ts';
import type { AccountView, PanelState } from '../../lib/panel-state.ts';

// Mantine asks for both; jsdom has neither.
window.matchMedia ??= ((media: string) => ({
  media,
  matches: false,
  addEventListener() {},
  removeEventListener() {},
  addListener() {},
  removeListener() {},
})) as unknown as typeof window.matchMedia;
window.ResizeObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
} as typeof window.ResizeObserver;

// Nothing is drawn here; jsdom would only complain.
HTMLCanvasElement.prototype.getContext = () => null;

type Handler = (data: unknown) => Promise<unknown> | unknown;

/** The background as seen from a page: answers by message type, keeps what was sent, sends events. */
export function createFakeApi(handlers: Partial<Record<MessageType, Handler>> = {}) {
  const sent: { type: MessageType; data: unknown }[] = [];
  const listeners = new Map<MessageType, Set<(data: never) => void>>();
  const api: PanelApi = {
    send: (async (type: MessageType, data: unknown) => {
      sent.push({ type, data });
      return handlers[type]?.(data);
    }) as PanelApi['send'],
    on(type, handler) {
      const set = listeners.get(type) ?? new Set();
      listeners.set(type, set.add(handler as (data: never) => void));
      return () => set.delete(handler as (data: never) => void);
    },
  };
  const emit = <T extends MessageType>(type: T, data: MessageData<T>): void => {
    for (const handler of listeners.get(type) ?? []) handler(data as never);
  };
  const sentOf = (type: MessageType): unknown[] =>
    sent.filter((message) => message.type === type).map(({ data }) => data);
  return { api, sent, sentOf, emit, handlers };
}

export const createFakeActions = () => ({
  openOptions: vi.fn<BrowserActions['openOptions']>(async () => {}),
  requestAccess: vi.fn<BrowserActions['requestAccess']>(async () => true),
  copyText: vi.fn<BrowserActions['copyText']>(async () => {}),
  version: () => '9.8.7',
  openPanelTab: vi.fn<BrowserActions['openPanelTab']>(async () => {}),
  goToTab: vi.fn<BrowserActions['goToTab']>(async () => {}),
  watchTab: vi.fn<BrowserActions['watchTab']>(() => () => {}),
  closePage: vi.fn<BrowserActions['closePage']>(async () => {}),
  saveText: vi.fn<BrowserActions['saveText']>(() => {}),
});

export function renderPanel(
  state: PanelState | Error,
  handlers: Partial<Record<MessageType, Handler>> = {},
  target: PanelTarget = { windowId: 1 },
) {
  const user = userEvent.setup();
  const actions = createFakeActions();
  const getPanelState = async (): Promise<PanelState> => {
    if (state instanceof Error) throw state;
    return state;
  };
  const fake = createFakeApi({
    getPanelState,
    recentPeople: async () => [],
    getWaits: async () => [],
    ...handlers,
  });
  const store = createPanelStore(fake.api, target);
  const view = render(
    <AppFrame browser={actions}>
      <Panel store={store} />
    </AppFrame>,
  );
  return { ...view, ...fake, user, actions, store };
}

export function renderOptions(accounts: AccountView[], handlers: Partial<Record<MessageType, Handler>> = {}) {
  const user = userEvent.setup();
  const actions = createFakeActions();
  const fake = createFakeApi({
    getAccounts: async () => accounts,
    getMapping: async () => null,
    getIdentity: async () => ({ atera: null, ghl: null }),
    getTagField: async () => null,
    getTagRules: async () => null,
    getTaskRules: async () => null,
    getResources: async () => null,
    getActivity: async () => null,
    getRegistry: async () => null,
    getQuirks: async () => null,
    getJobs: async () => [],
    ...handlers,
  });
  const store = createAccountsStore(fake.api);
  const view = render(
    <AppFrame browser={actions}>
      <OptionsPage
        store={store}
        mapping={createMappingStore(fake.api)}
        companyMapping={createMappingStore(fake.api, 'companies')}
        work={createWorkStore(fake.api)}
        resources={createResourcesStore(fake.api)}
        activity={createActivityStore(fake.api)}
        registry={createRegistryStore(fake.api)}
        quirks={createQuirksStore(fake.api)}
      />
    </AppFrame>,
  );
  return { ...view, ...fake, user, actions, store };
}
