import type { VendorName } from '../core/contact.ts';
import { AppError, type ErrorView, isAppError } from '../errors.ts';
import type { AccountView, ConnectAnswer, ConnectQuestion } from '../panel-state.ts';
import type { Clock } from '../platform/clock.ts';
import type { Transport } from '../platform/http.ts';
import type { Priority, Wait } from '../platform/limiter.ts';
import { scopeOf } from '../platform/sealed-store.ts';
import type { AteraVendor } from '../vendors/atera/index.ts';
import type { GhlVendor } from '../vendors/ghl/index.ts';
import { type AccountClients, createAccountClients, type SampleSource } from './account-clients.ts';
import { createGates } from './account-gates.ts';
import { comparesAlike, mergeMeta, readAteraFacts, readGhlFacts } from './account-meta.ts';
import { type AccountMeta, type Store, type StoredAccount, scopeOfAccount } from './areas.ts';
import { createConnecting, viewOf } from './connecting.ts';
import type { OpenAccount } from './connection-test.ts';
import { readWitnesses } from './tenant.ts';

/** Both accounts of the pair, ready to be called. */
export interface Pair {
  atera: AteraVendor;
  ghl: GhlVendor;
  ateraAccount: StoredAccount;
  ghlAccount: StoredAccount;
  /** ISO country that local phone numbers belong to, or null. */
  country: string | null;
  /** Whether two contacts of the GHL location may share an e-mail address; null when unknown. */
  allowsDuplicates: boolean | null;
}

export interface Accounts {
  list(): Promise<AccountView[]>;
  /** The connected pair; null while one side is missing. */
  pair(): Promise<Pair | null>;
  /** Asks back, and stores nothing yet, where another account would be replaced. */
  connectAtera(token: string): Promise<AccountView | ConnectQuestion>;
  connectGhl(token: string, location: string): Promise<AccountView | ConnectQuestion>;
  /** What was said to the question; null when the connected account stays. */
  answer(id: string, answer: ConnectAnswer): Promise<AccountView | ConnectQuestion | null>;
  connectSample(): Promise<AccountView[]>;
  /** Lets what has already written finish, refuses everything else, and erases. */
  disconnect(accountId: string): Promise<void>;
  /** Remembers, or clears, what is wrong with an account's credential. */
  report(vendor: VendorName, problem: ErrorView | null): Promise<void>;
  /** Reads the metadata of both accounts again when it is older than an hour. */
  refreshMeta(): Promise<void>;
  /** Every account with its client, also while the other side is missing. Atera first. */
  openAll(): Promise<OpenAccount[]>;
  /** Work that may write: a disconnect waits for it once it has. */
  during<T>(work: () => Promise<T>): Promise<T>;
  /** Deletes what has run out, and whatever belongs to no connected account. */
  tidy(): Promise<void>;
}

const META_FRESH_MS = 3_600_000;

export interface AccountDependencies {
  store: Store;
  clock: Clock;
  /** Named locks of the browser: accounts change one at a time. */
  locks: Pick<LockManager, 'request'>;
  newId: () => string;
  /** For real accounts. */
  transport: Transport;
  /** The sandbox, made on first use, and the scope of its state. */
  sample: { source: () => Promise<SampleSource>; reset: () => Promise<void>; scope: string };
  /** Custom field keys that the mapping reads. */
  wanted: readonly string[];
  /** Accounts came or went: everything shown is out of date. */
  onChange: () => void;
  /** What people are compared with has changed: everything shown must be compared again. */
  onMeta: () => void;
  /** Only what is said of an account has changed. */
  onProblem: () => void;
  /** Requests of an account wait, or do not any more. */
  onWait: (vendor: VendorName, accountId: string, wait: Wait | null) => void;
  /** Time-out and retry delay of vendor calls, where the defaults do not fit. */
  http?: { timeoutMs?: number; retryDelayMs?: number };
}

/** Where everything that belongs to both accounts of a pair is kept. */
export const scopeOfPair = ({
  ateraAccount,
  ghlAccount,
}: Pick<Pair, 'ateraAccount' | 'ghlAccount'>): string =>
  scopeOf(scopeOfAccount(ateraAccount), scopeOfAccount(ghlAccount));

export function createAccounts(dependencies: AccountDependencies): Accounts {
  const { store, clock, locks, sample, onChange, onMeta, onProblem } = dependencies;
  const gates = createGates();
  const clients: AccountClients = createAccountClients({
    ...dependencies,
    source: sample.source,
    gates,
    http: dependencies.http,
  });
  let cached: Promise<Pair | null> | null = null;

  /** Atera first, as everywhere. */
  const stored = async (): Promise<StoredAccount[]> =>
    (await store.all('accounts')).sort((a, b) => (a.vendor < b.vendor ? -1 : 1));
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => locks.request('accounts', work);
  const tokenOf = async (account: StoredAccount): Promise<string> => {
    const credential = await store.get('credentials', scopeOfAccount(account), 'token');
    if (!credential) throw new AppError('not_connected');
    return credential.token;
  };
  const open = async (account: StoredAccount, priority: Priority = 'agent'): Promise<OpenAccount> => {
    const [{ id }, token] = [account, await tokenOf(account)];
    return account.vendor === 'atera'
      ? { vendor: 'atera', id, client: await clients.atera(account, token, priority) }
      : { vendor: 'ghl', id, client: await clients.ghl(account, token, priority) };
  };

  const connecting = createConnecting({
    ...dependencies,
    clients,
    gates,
    stored,
    inTurn,
    onChange: () => {
      cached = null;
      onChange();
    },
  });

  const readMeta = async (opened: OpenAccount, before: AccountMeta | undefined): Promise<AccountMeta> => {
    if (opened.vendor === 'ghl')
      return mergeMeta(before, (await readGhlFacts(opened.client, clock.now())).meta);
    const { meta } = await readAteraFacts(opened.client, clock.now());
    const witnesses = before?.witnesses ?? (await readWitnesses(opened.client));
    return { ...mergeMeta(before, meta), witnesses };
  };

  /** What is known of an account; read now where nothing is, because nobody can be compared without. */
  const metaOf = async (account: StoredAccount): Promise<AccountMeta | null> => {
    const scope = scopeOfAccount(account);
    const known = await store.get('meta', scope, 'account');
    if (known) return known;
    try {
      const meta = await readMeta(await open(account), undefined);
      await store.put('meta', scope, 'account', meta);
      return meta;
    } catch (error) {
      // The vendor cannot be asked now: it is asked again after the next person.
      if (isAppError(error) && error.code !== 'storage') return null;
      throw error;
    }
  };

  const openPair = async (): Promise<Pair | null> => {
    const accounts = await stored();
    const ateraAccount = accounts.find(({ vendor }) => vendor === 'atera');
    const ghlAccount = accounts.find(({ vendor }) => vendor === 'ghl');
    // A sample account and a real one never meet, whatever was stored.
    if (!ateraAccount || !ghlAccount || ateraAccount.kind !== ghlAccount.kind) return null;
    const [ateraMeta, ghlMeta] = await Promise.all([metaOf(ateraAccount), metaOf(ghlAccount)]);
    return {
      ateraAccount,
      ghlAccount,
      atera: await clients.atera(ateraAccount, await tokenOf(ateraAccount)),
      ghl: await clients.ghl(ghlAccount, await tokenOf(ghlAccount)),
      country: ghlMeta?.country ?? ateraMeta?.country ?? null,
      allowsDuplicates: ghlMeta?.location?.allowsDuplicates ?? null,
    };
  };

  const pair = (): Promise<Pair | null> => {
    cached ??= openPair().catch((error: unknown) => {
      cached = null;
      throw error;
    });
    return cached;
  };

  /** True when people are compared otherwise with what was read. */
  const refresh = async (account: StoredAccount): Promise<boolean> => {
    const scope = scopeOfAccount(account);
    const before = await store.get('meta', scope, 'account');
    if (before && clock.now() - before.readAt < META_FRESH_MS) return false;
    // Nobody waits for it: what is known is good enough until then.
    const meta = await readMeta(await open(account, 'background'), before);
    await inTurn(() => store.put('meta', scope, 'account', meta));
    return !comparesAlike(before, meta);
  };

  return {
    list: async () => (await stored()).map(viewOf),
    pair,
    connectAtera: connecting.atera,
    connectGhl: connecting.ghl,
    connectSample: connecting.sample,
    answer: connecting.answer,
    disconnect: connecting.disconnect,
    report: (vendor, problem) =>
      inTurn(async () => {
        const account = (await stored()).find((candidate) => candidate.vendor === vendor);
        if (!account) return;
        if (account.problem?.code === problem?.code && account.problem?.scope === problem?.scope) return;
        await store.put('accounts', scopeOfAccount(account), 'account', { ...account, problem });
        onProblem();
      }),
    async refreshMeta() {
      if (!(await pair())) return;
      const looks = await Promise.allSettled((await stored()).map(refresh));
      if (looks.some((look) => look.status === 'fulfilled' && look.value)) {
        cached = null;
        onMeta();
      }
      for (const look of looks) if (look.status === 'rejected') throw look.reason;
    },
    openAll: async () => Promise.all((await stored()).map((account) => open(account))),
    during: gates.during,
    tidy: () =>
      inTurn(async () => {
        const accounts = await stored();
        const isSample = accounts.some(({ kind }) => kind === 'sample');
        await store.sweep([...accounts.map(scopeOfAccount), ...(isSample ? [sample.scope] : [])]);
      }),
  };
}
