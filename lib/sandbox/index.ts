import type { VendorName } from '../core/contact.ts';
import { createAtera } from './atera.ts';
import { createGhl } from './ghl.ts';
import type { Interceptor, LoggedRequest } from './http.ts';
import { createState } from './seed.ts';
import type { IdMode, SandboxState } from './state.ts';

export type { Interceptor, LoggedRequest } from './http.ts';
export { SCENES, type Scene, type SceneName } from './scenes.ts';
export { createState } from './seed.ts';
export type { IdMode, SandboxState } from './state.ts';

export interface SandboxOptions {
  now: () => number;
  /** 'served': ids as the vendors give them; 'sample': ids that cannot exist at the vendors. */
  ids: IdMode;
  /** Continues from here instead of the seed. Taken over, not copied. */
  state?: SandboxState;
  /** Used for faults; absent in release builds. */
  before?: Interceptor;
  /** Source of new GHL ids. Without it they follow from the state, so that a run can be repeated. */
  random?: () => number;
}

export interface Sandbox {
  atera: { fetch(request: Request): Promise<Response>; apiKey: string };
  ghl: {
    fetch(request: Request): Promise<Response>;
    token: string;
    readonlyToken: string;
    locationId: string;
  };
  state: SandboxState;
  log: LoggedRequest[];
  /** Back to the seed as of now; the log is emptied. */
  reset(): void;
}

const LOG_LIMIT = 2000;
const HIDDEN_HEADERS = new Set(['authorization', 'x-api-key', 'cookie']);

export function createSandbox({ now, ids, state: given, before, random }: SandboxOptions): Sandbox {
  const state = given ?? createState(now(), ids);
  const log: LoggedRequest[] = [];
  const apps = { atera: createAtera(state, now), ghl: createGhl(state, now, random) };

  const serve = async (vendor: VendorName, request: Request): Promise<Response> => {
    const text = await request.clone().text();
    const url = new URL(request.url);
    const entry: LoggedRequest = {
      vendor,
      method: request.method,
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      headers: Object.fromEntries(
        [...request.headers].map(([name, value]) => [name, HIDDEN_HEADERS.has(name) ? 'hidden' : value]),
      ),
      body: parse(text),
      status: null,
      at: now(),
    };
    log.push(entry);
    if (log.length > LOG_LIMIT) log.splice(0, log.length - LOG_LIMIT);
    const run = async (): Promise<Response> => apps[vendor].fetch(request);
    const answer = before ? before({ ...entry, signal: request.signal }, run) : run();
    const response = await abortable(answer, request.signal);
    entry.status = response.status;
    return response;
  };

  return {
    atera: { fetch: (request) => serve('atera', request), apiKey: state.atera.keys[0]?.key ?? '' },
    ghl: {
      fetch: (request) => serve('ghl', request),
      token: state.ghl.tokens[0]?.token ?? '',
      readonlyToken: state.ghl.tokens[1]?.token ?? '',
      locationId: state.ghl.location.id,
    },
    state,
    log,
    reset() {
      const fresh = createState(now(), state.ids);
      // Tokens stay: whoever is connected stays connected.
      fresh.atera.keys = state.atera.keys;
      Object.assign(state, fresh);
      log.length = 0;
    },
  };
}

function parse(text: string): unknown {
  if (!text) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Gives up waiting as `fetch` does when the caller aborts; the work itself goes on, as it would at the vendor. */
function abortable(answer: Promise<Response>, signal: AbortSignal): Promise<Response> {
  if (signal.aborted) {
    answer.catch(() => undefined);
    return Promise.reject(signal.reason);
  }
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
