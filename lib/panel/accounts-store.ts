import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ConnectionReport } from '../connection-report.ts';
import type { VendorName } from '../core/contact.ts';
import { type ErrorView, toErrorView } from '../errors.ts';
import type { AccountView, ConnectAnswer, ConnectQuestion } from '../panel-state.ts';
import type { PanelApi } from './api.ts';
import { followJobs, unfinished } from './jobs.ts';

/** A form, or the disconnecting of one account. */
export type AccountTask = VendorName | 'sample' | `disconnect:${string}` | 'load' | 'test';

export interface AccountsStore {
  /** Null until the first answer. */
  accounts: AccountView[] | null;
  busy: AccountTask | null;
  failures: Partial<Record<AccountTask, ErrorView>>;
  /** What was just done, in names; shown and read out. */
  done: { kind: 'connected' | 'disconnected'; names: string[] } | null;
  /** A token that is for another account than the connected one, or perhaps so. Nothing has changed yet. */
  question: ConnectQuestion | null;
  /** Writes that are not over and go with an account; null while that is not known. */
  unwritten: number | null;

  connect(): () => void;
  load(): Promise<void>;
  connectAtera(token: string): Promise<void>;
  connectGhl(token: string, location: string): Promise<void>;
  /** Says what is to be done about the question. */
  answer(answer: ConnectAnswer): Promise<void>;
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
    /** An answer that was overtaken by later news is not shown. */
    let turn = 0;
    const show = (accounts: AccountView[]): void => {
      turn += 1;
      set(({ accounts: before, report }) => ({ accounts, report: withoutGone(report, before, accounts) }));
    };
    const reread = async (): Promise<void> => {
      turn += 1;
      const mine = turn;
      const accounts = await api.send('getAccounts', {});
      if (mine === turn) show(accounts);
    };
    const connected = async (accounts: AccountView[]): Promise<AccountsStore['done']> => {
      await reread();
      return { kind: 'connected', names: accounts.map(({ name }) => name) };
    };
    const connectedOrAsked = async (reply: AccountView | ConnectQuestion): Promise<AccountsStore['done']> => {
      if (reply.kind !== 'question') return connected([reply]);
      set({ question: reply });
      return null;
    };

    return {
      accounts: null,
      busy: null,
      failures: {},
      done: null,
      question: null,
      unwritten: null,
      connect() {
        const stops = [
          api.on('accountsChanged', show),
          followJobs(api, (jobs) => set({ unwritten: unfinished(jobs) })),
        ];
        void get().load();
        return () => {
          for (const stop of stops) stop();
        };
      },
      load: () =>
        run('load', async () => {
          await reread();
          return null;
        }),
      connectAtera: (token) =>
        run('atera', async () => {
          set({ question: null });
          return connectedOrAsked(await api.send('connectAtera', { token }));
        }),
      connectGhl: (token, location) =>
        run('ghl', async () => {
          set({ question: null });
          return connectedOrAsked(await api.send('connectGhl', { token, location }));
        }),
      async answer(answer) {
        const { question } = get();
        if (!question) return;
        await run(question.vendor, async () => {
          set({ question: null });
          const reply = await api.send('answerConnection', { id: question.id, answer });
          return reply && connectedOrAsked(reply);
        });
      },
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
          const before = get().accounts;
          const report = await api.send('testConnection', {});
          set(({ accounts }) => ({ report: withoutGone(report, before, accounts ?? []) }));
          return null;
        }),
    };
  });
}

/** A report names people: those of an account that went, or was connected anew, leave with it. */
function withoutGone(
  report: ConnectionReport | null,
  before: readonly AccountView[] | null,
  now: readonly AccountView[],
): ConnectionReport | null {
  if (!report || !before) return report;
  const isThere = (id: string): boolean => {
    const since = before.find((account) => account.id === id)?.connectedAt;
    return now.some((account) => account.id === id && account.connectedAt === since);
  };
  return { ...report, accounts: report.accounts.filter(({ accountId }) => isThere(accountId)) };
}
