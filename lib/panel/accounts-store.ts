import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ConnectionReport } from '../connection-report.ts';
import type { VendorName } from '../core/contact.ts';
import { type ErrorView, toErrorView } from '../errors.ts';
import type { AccountView } from '../panel-state.ts';
import type { PanelApi } from './api.ts';

/** A form, or the disconnecting of one account. */
export type AccountTask = VendorName | 'sample' | `disconnect:${string}` | 'load' | 'test';

export interface AccountsStore {
  /** Null until the first answer. */
  accounts: AccountView[] | null;
  busy: AccountTask | null;
  failures: Partial<Record<AccountTask, ErrorView>>;
  /** What was just done, in names; shown and read out. */
  done: { kind: 'connected' | 'disconnected'; names: string[] } | null;

  connect(): () => void;
  load(): Promise<void>;
  connectAtera(token: string): Promise<void>;
  connectGhl(token: string, location: string): Promise<void>;
  connectSample(): Promise<void>;
  disconnect(account: AccountView): Promise<void>;
  /** A mistake found before anything was sent. */
  reject(task: VendorName, error: ErrorView): void;
  /** The last connection test of this visit; null before the first. */
  report: ConnectionReport | null;
  test(): Promise<void>;
}

/** State of the connections page. Tokens pass through as arguments and are never part of it. */
export function createAccountsStore(api: PanelApi): StoreApi<AccountsStore> {
  return createStore<AccountsStore>()((set, get) => {
    const run = async (task: AccountTask, work: () => Promise<AccountsStore['done']>): Promise<void> => {
      if (get().busy) return;
      set(({ failures }) => ({ busy: task, done: null, failures: { ...failures, [task]: undefined } }));
      try {
        const done = await work();
        set({ done });
      } catch (error) {
        set(({ failures }) => ({ failures: { ...failures, [task]: toErrorView(error) } }));
      } finally {
        set({ busy: null });
      }
    };
    const reread = async (): Promise<void> => set({ accounts: await api.send('getAccounts', {}) });
    const connected = async (accounts: AccountView[]): Promise<AccountsStore['done']> => {
      await reread();
      return { kind: 'connected', names: accounts.map(({ name }) => name) };
    };

    return {
      accounts: null,
      busy: null,
      failures: {},
      done: null,
      connect() {
        const stop = api.on('accountsChanged', (accounts) => set({ accounts }));
        void get().load();
        return stop;
      },
      load: () =>
        run('load', async () => {
          await reread();
          return null;
        }),
      connectAtera: (token) =>
        run('atera', async () => connected([await api.send('connectAtera', { token })])),
      connectGhl: (token, location) =>
        run('ghl', async () => connected([await api.send('connectGhl', { token, location })])),
      connectSample: () => run('sample', async () => connected(await api.send('connectSample', {}))),
      disconnect: ({ id, name }) =>
        run(`disconnect:${id}`, async () => {
          await api.send('disconnect', { accountId: id });
          await reread();
          return { kind: 'disconnected', names: [name] };
        }),
      reject: (task, error) =>
        set(({ failures }) => ({ done: null, failures: { ...failures, [task]: error } })),
      report: null,
      test: () =>
        run('test', async () => {
          set({ report: null });
          set({ report: await api.send('testConnection', {}) });
          return null;
        }),
    };
  });
}
