import type { VendorName } from '../core/contact.ts';
import type { Clock } from '../platform/clock.ts';
import { createHttp, type HttpConfig, type HttpPort, type Transport } from '../platform/http.ts';
import { createLimiter, type LimiterOptions, type Priority, type Wait } from '../platform/limiter.ts';
import { ATERA_LIMITS, ateraHttp, isJwt } from '../vendors/atera/config.ts';
import { type AteraVendor, createAtera } from '../vendors/atera/index.ts';
import { GHL_LIMITS, ghlHttp } from '../vendors/ghl/config.ts';
import { createGhl, type GhlVendor } from '../vendors/ghl/index.ts';
import type { Gates } from './account-gates.ts';
import { type Store, type StoredAccount, scopeOfAccount } from './areas.ts';

/** Credentials as the sandbox of the sample accounts hands them out. */
export interface SampleSource {
  atera: { fetch: Transport; apiKey: string };
  ghl: { fetch: Transport; token: string; locationId: string };
}

/** An account that is connected, or about to be: then nothing of it is stored yet. */
export type Openable = Pick<StoredAccount, 'id' | 'kind'> & Pick<Partial<StoredAccount>, 'generation'>;

/** Makes the clients that vendors are called with; the only place that hands a token to one. */
export interface AccountClients {
  atera(account: Openable, token: string, priority?: Priority): Promise<AteraVendor>;
  ghl(account: Openable, token: string, priority?: Priority): Promise<GhlVendor>;
}

interface Dependencies {
  store: Store;
  clock: Clock;
  /** For real accounts. */
  transport: Transport;
  /** The sandbox, made on first use. */
  source: () => Promise<SampleSource>;
  /** Custom field keys that the mapping reads. */
  wanted: readonly string[];
  gates: Gates;
  /** Told when requests of an account wait, and when they do not any more. */
  onWait: (vendor: VendorName, accountId: string, wait: Wait | null) => void;
  /** Time-out and retry delay of vendor calls, where the defaults do not fit. */
  http: { timeoutMs?: number; retryDelayMs?: number } | undefined;
}

const LIMITS: Record<VendorName, LimiterOptions> = { atera: ATERA_LIMITS, ghl: GHL_LIMITS };

export function createAccountClients({
  store,
  clock,
  transport,
  source,
  wanted,
  gates,
  onWait,
  http,
}: Dependencies): AccountClients {
  /** One limiter per account for the life of the worker; a restart begins with a full bucket, the vendor's own count decides then. */
  const limiters = new Map<string, ReturnType<typeof createLimiter>>();

  const httpFor = async (
    account: Openable,
    vendor: VendorName,
    config: HttpConfig,
    priority: Priority = 'agent',
  ): Promise<HttpPort> => {
    const key = `${vendor}:${account.id}`;
    const limiter =
      limiters.get(key) ??
      createLimiter(LIMITS[vendor], clock, { tell: (wait) => onWait(vendor, account.id, wait) });
    limiters.set(key, limiter);
    const scope = scopeOfAccount(account);
    return createHttp(config, {
      transport: account.kind === 'real' ? transport : (await source())[vendor].fetch,
      limiter,
      clock,
      admit: ({ isRead }) => gates.admit(scope, isRead),
      priority,
      ...http,
    });
  };

  return {
    async atera(account, token, priority) {
      const port = await httpFor(account, 'atera', ateraHttp(token), priority);
      return createAtera(port, { accountId: account.id, legacyKey: !isJwt(token) });
    },
    async ghl(account, token, priority) {
      return createGhl(await httpFor(account, 'ghl', ghlHttp(token), priority), {
        locationId: account.id,
        location: async () => (await store.get('meta', scopeOfAccount(account), 'account'))?.location ?? null,
        wanted,
      });
    },
  };
}
