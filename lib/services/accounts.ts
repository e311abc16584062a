import type { VendorName } from '../core/contact.ts';
import { toCountryCode } from '../core/country.ts';
import { AppError, type ErrorView, isAppError } from '../errors.ts';
import type { AccountView } from '../panel-state.ts';
import type { Clock } from '../platform/clock.ts';
import { createHttp, type HttpConfig, type HttpPort, type Transport } from '../platform/http.ts';
import { createLimiter, type LimiterOptions } from '../platform/limiter.ts';
import { scopeOf } from '../platform/sealed-store.ts';
import {
  ATERA_LIMITS,
  ateraHttp,
  cleanToken,
  isJwt,
  looksLikeAteraToken,
  tokenExpiry,
} from '../vendors/atera/config.ts';
import { type AteraVendor, createAtera } from '../vendors/atera/index.ts';
import { GHL_LIMITS, ghlHttp, locationIdOf, looksLikeGhlToken } from '../vendors/ghl/config.ts';
import { createGhl, type GhlLocation, type GhlVendor } from '../vendors/ghl/index.ts';
import type { AccountMeta, Store, StoredAccount } from './areas.ts';
import type { OpenAccount } from './connection-test.ts';

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

/** Credentials as the sandbox of the sample accounts hands them out. */
export interface SampleSource {
  atera: { fetch: Transport; apiKey: string };
  ghl: { fetch: Transport; token: string; locationId: string };
}

export interface Accounts {
  list(): Promise<AccountView[]>;
  /** The connected pair; null while one side is missing. */
  pair(): Promise<Pair | null>;
  connectAtera(token: string): Promise<AccountView>;
  connectGhl(token: string, location: string): Promise<AccountView>;
  connectSample(): Promise<AccountView[]>;
  disconnect(accountId: string): Promise<void>;
  /** Remembers, or clears, what is wrong with an account's credential. */
  report(vendor: VendorName, problem: ErrorView | null): Promise<void>;
  /** Reads the metadata of both accounts again when it is older than an hour. */
  refreshMeta(): Promise<void>;
  /** Every account with its client, also while the other side is missing. Atera first. */
  openAll(): Promise<OpenAccount[]>;
}

const META_FRESH_MS = 3_600_000;

interface Dependencies {
  store: Store;
  clock: Clock;
  /** For real accounts. */
  transport: Transport;
  /** The sandbox, made on first use. */
  sample: { source: () => Promise<SampleSource>; reset: () => Promise<void> };
  /** Custom field keys that the mapping reads. */
  wanted: readonly string[];
  /** Accounts came or went: everything shown is out of date. */
  onChange: () => void;
  /** Time-out and retry delay of vendor calls, where the defaults do not fit. */
  http?: { timeoutMs?: number; retryDelayMs?: number };
  /** Only what is said of an account has changed. */
  onProblem: () => void;
}

/** Where everything that belongs to both accounts of a pair is kept. */
export const scopeOfPair = ({
  ateraAccount,
  ghlAccount,
}: Pick<Pair, 'ateraAccount' | 'ghlAccount'>): string => scopeOf(ateraAccount.id, ghlAccount.id);

export function createAccounts({
  store,
  clock,
  transport,
  sample,
  wanted,
  onChange,
  onProblem,
  http,
}: Dependencies): Accounts {
  const limits: Record<VendorName, LimiterOptions> = { atera: ATERA_LIMITS, ghl: GHL_LIMITS };
  /** One limiter per account for the life of the worker; a restart begins with a full bucket, the vendor's own count decides then. */
  const limiters = new Map<string, ReturnType<typeof createLimiter>>();
  let cached: Promise<Pair | null> | null = null;

  const httpFor = (id: string, vendor: VendorName, config: HttpConfig, send: Transport): HttpPort => {
    const key = `${vendor}:${id}`;
    const limiter = limiters.get(key) ?? createLimiter(limits[vendor], clock);
    limiters.set(key, limiter);
    return createHttp(config, { transport: send, limiter, clock, ...http });
  };

  const transportOf = async (kind: StoredAccount['kind'], vendor: VendorName): Promise<Transport> =>
    kind === 'real' ? transport : (await sample.source())[vendor].fetch;

  const openAtera = async (id: string, kind: StoredAccount['kind'], token: string): Promise<AteraVendor> =>
    createAtera(httpFor(id, 'atera', ateraHttp(token), await transportOf(kind, 'atera')), {
      accountId: id,
      legacyKey: !isJwt(token),
    });
  const openGhl = async (id: string, kind: StoredAccount['kind'], token: string): Promise<GhlVendor> =>
    createGhl(httpFor(id, 'ghl', ghlHttp(token), await transportOf(kind, 'ghl')), {
      locationId: id,
      location: async () => (await store.get('meta', id, 'account'))?.location ?? null,
      wanted,
    });

  /** Atera first, as everywhere. */
  const stored = async (): Promise<StoredAccount[]> =>
    (await store.all('accounts')).sort((a, b) => (a.vendor < b.vendor ? -1 : 1));
  const tokenOf = async (id: string): Promise<string> => {
    const credential = await store.get('credentials', id, 'token');
    if (!credential) throw new AppError('not_connected');
    return credential.token;
  };

  const forget = async ({ id, kind }: StoredAccount): Promise<void> => {
    cached = null;
    await store.eraseAccount(id);
    if (kind === 'sample') await sample.reset();
  };

  /** Stores a proven account; everything of another account of the same vendor, or of another kind, goes. */
  const keep = async (account: StoredAccount, token: string, meta: AccountMeta): Promise<AccountView> => {
    for (const other of await stored()) {
      const isReplaced = other.vendor === account.vendor && other.id !== account.id;
      if (isReplaced || other.kind !== account.kind) await forget(other);
    }
    await store.put('credentials', account.id, 'token', { token });
    await store.put('meta', account.id, 'account', meta);
    await store.put('accounts', account.id, 'account', account);
    cached = null;
    onChange();
    return account;
  };

  const readGhlMeta = async (ghl: GhlVendor): Promise<AccountMeta & { name: string }> => {
    const location = await orNull(ghl.readLocation());
    const customFields = await orNull(ghl.readCustomFields());
    const known: GhlLocation = {
      name: location?.name ?? '',
      country: location?.country ?? null,
      timeZone: location?.timeZone ?? null,
      allowsDuplicates: location?.allowsDuplicates ?? null,
      customFields,
    };
    return {
      name: known.name,
      country: known.country,
      timeZone: known.timeZone,
      location: known,
      readAt: clock.now(),
    };
  };

  const connectAtera = async (token: string, kind: StoredAccount['kind']): Promise<AccountView> => {
    // The account's id is only known after the first answer: connect under a name of its own first.
    const probe = await openAtera('connecting', kind, token);
    const account = await orNull(probe.readAccount());
    // The right that `GET /account` needs is not documented: a token without it may still read contacts.
    await probe.probe();
    const id = account?.id ?? (await fingerprint(token));
    return keep(
      {
        id,
        vendor: 'atera',
        kind,
        name: account?.name || 'Atera',
        connectedAt: clock.now(),
        expiresAt: tokenExpiry(token),
        problem: null,
      },
      token,
      {
        // Atera writes the country's name.
        country: account?.country ? toCountryCode(account.country) : null,
        timeZone: account?.timeZone ?? null,
        location: null,
        readAt: clock.now(),
      },
    );
  };

  const connectGhl = async (token: string, id: string, kind: StoredAccount['kind']): Promise<AccountView> => {
    const ghl = await openGhl(id, kind, token);
    await ghl.probe();
    const meta = await readGhlMeta(ghl);
    return keep(
      {
        id,
        vendor: 'ghl',
        kind,
        name: meta.name || id,
        connectedAt: clock.now(),
        expiresAt: null,
        problem: null,
      },
      token,
      meta,
    );
  };

  const openPair = async (): Promise<Pair | null> => {
    const accounts = await stored();
    const ateraAccount = accounts.find(({ vendor }) => vendor === 'atera');
    const ghlAccount = accounts.find(({ vendor }) => vendor === 'ghl');
    // A sample account and a real one never meet, whatever was stored.
    if (!ateraAccount || !ghlAccount || ateraAccount.kind !== ghlAccount.kind) return null;
    const ghlMeta = await store.get('meta', ghlAccount.id, 'account');
    const ateraMeta = await store.get('meta', ateraAccount.id, 'account');
    return {
      ateraAccount,
      ghlAccount,
      atera: await openAtera(ateraAccount.id, ateraAccount.kind, await tokenOf(ateraAccount.id)),
      ghl: await openGhl(ghlAccount.id, ghlAccount.kind, await tokenOf(ghlAccount.id)),
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

  return {
    list: stored,
    pair,
    connectAtera(pasted) {
      const token = cleanToken(pasted);
      if (!looksLikeAteraToken(token))
        throw new AppError('invalid_input', { vendor: 'atera', input: 'token' });
      return connectAtera(token, 'real');
    },
    connectGhl(pasted, location) {
      const token = cleanToken(pasted);
      if (!looksLikeGhlToken(token)) throw new AppError('invalid_input', { vendor: 'ghl', input: 'token' });
      const id = locationIdOf(location);
      if (id === null) throw new AppError('invalid_input', { vendor: 'ghl', input: 'location' });
      return connectGhl(token, id, 'real');
    },
    async connectSample() {
      // Real credentials are never thrown away for a try.
      if ((await stored()).some(({ kind }) => kind === 'real')) {
        throw new AppError('invalid_input', { input: 'sample' });
      }
      const { atera, ghl } = await sample.source();
      return [
        await connectAtera(atera.apiKey, 'sample'),
        await connectGhl(ghl.token, ghl.locationId, 'sample'),
      ];
    },
    async disconnect(accountId) {
      const account = (await stored()).find(({ id }) => id === accountId);
      if (!account) return;
      await forget(account);
      onChange();
    },
    async report(vendor, problem) {
      const account = (await stored()).find((candidate) => candidate.vendor === vendor);
      if (!account || (account.problem?.code === problem?.code && account.problem?.scope === problem?.scope))
        return;
      await store.put('accounts', account.id, 'account', { ...account, problem });
      onProblem();
    },
    async refreshMeta() {
      const both = await pair();
      const meta = both && (await store.get('meta', both.ghlAccount.id, 'account'));
      if (!both || (meta && clock.now() - meta.readAt < META_FRESH_MS)) return;
      await store.put('meta', both.ghlAccount.id, 'account', await readGhlMeta(both.ghl));
      cached = null;
    },
    async openAll() {
      const open = async ({ id, vendor, kind }: StoredAccount): Promise<OpenAccount> => {
        const token = await tokenOf(id);
        return vendor === 'atera'
          ? { vendor, id, client: await openAtera(id, kind, token) }
          : { vendor, id, client: await openGhl(id, kind, token) };
      };
      return Promise.all((await stored()).map(open));
    },
  };
}

/** The answer, or null where the credential lacks the right: the account still works without it. */
async function orNull<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (isAppError(error) && error.code === 'forbidden') return null;
    throw error;
  }
}

/** Names an account that does not tell its id, without keeping anything of the token. */
async function fingerprint(token: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`counterpart:${token}`));
  return `t${Array.from(new Uint8Array(hash).slice(0, 10), (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
