import type { Interceptor, LoggedRequest } from './http.ts';
import { isObject } from './http.ts';

/** Which requests a fault meets. `path` as text must be contained, as pattern must match. */
export interface FaultMatch {
  vendor?: LoggedRequest['vendor'];
  method?: string;
  path?: string | RegExp;
  /** How many that would match pass first. */
  skip?: number;
}

export type Fault =
  /** Answers late. */
  | { kind: 'latency'; ms: number }
  /** Answers instead of the stand-in, which does not see the request. */
  | { kind: 'status'; status: number; body?: string; headers?: Record<string, string> }
  /** The connection breaks before the stand-in saw the request, or after it did what was asked. */
  | { kind: 'cut'; when: 'before' | 'after' }
  | { kind: 'malformed' }
  | { kind: 'wrongTypes' }
  /** Headers at once, body later. */
  | { kind: 'slowBody'; ms: number }
  /** Waits for `release`: before the stand-in sees the request, or with the finished answer. */
  | { kind: 'hold'; when: 'before' | 'after' };

export interface FaultHandle {
  /** Settles when the first request is held. */
  arrived: Promise<void>;
  /** Lets held requests go, and all later ones pass. */
  release(): void;
  remove(): void;
  /** How many requests it met. */
  count(): number;
}

export interface Faults {
  before: Interceptor;
  /** Applies to the next `times` matching requests (default: all). The newest matching fault wins. */
  add(match: FaultMatch, fault: Fault, times?: number): FaultHandle;
  /** Added to every request, besides other faults. */
  setLatency(ms: number): void;
  clear(): void;
}

export const status = (code: number, body = '', headers: Record<string, string> = {}): Fault => ({
  kind: 'status',
  status: code,
  body,
  headers,
});
export const unauthorizedEmpty: Fault = { kind: 'status', status: 401 };
export const rateLimited = (retryAfterSeconds?: number): Fault =>
  status(
    429,
    JSON.stringify({ statusCode: 429, message: 'Too Many Requests' }),
    retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) },
  );

interface Rule {
  match: FaultMatch;
  fault: Fault;
  toSkip: number;
  left: number;
  met: number;
  gate: Promise<void>;
  onArrival: () => void;
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
/** What `fetch` throws when a connection breaks. */
const broken = (): TypeError => new TypeError('Failed to fetch');

/** Faults on demand, to be given to a sandbox as its `before`. For demo and tests; not part of a release. */
export function createFaults(): Faults {
  let rules: Rule[] = [];
  let latencyMs = 0;

  const before: Interceptor = async (request, run) => {
    const rule = rules.find((entry) => entry.left > 0 && matches(request, entry.match) && --entry.toSkip < 0);
    if (rule) {
      rule.left -= 1;
      rule.met += 1;
    }
    if (latencyMs > 0) await wait(latencyMs);
    return rule ? apply(rule, run) : run();
  };

  return {
    before,
    add(match, fault, times = Number.POSITIVE_INFINITY) {
      let open = (): void => undefined;
      let onArrival = (): void => undefined;
      const gate = new Promise<void>((resolve) => {
        open = resolve;
      });
      const arrived = new Promise<void>((resolve) => {
        onArrival = resolve;
      });
      const rule: Rule = { match, fault, toSkip: match.skip ?? 0, left: times, met: 0, gate, onArrival };
      rules = [rule, ...rules];
      const remove = (): void => {
        rules = rules.filter((entry) => entry !== rule);
      };
      const release = (): void => {
        remove();
        open();
      };
      return { arrived, release, remove, count: () => rule.met };
    },
    setLatency(ms) {
      latencyMs = ms;
    },
    clear() {
      rules = [];
      latencyMs = 0;
    },
  };
}

function matches(request: LoggedRequest, { vendor, method, path }: FaultMatch): boolean {
  if (vendor && vendor !== request.vendor) return false;
  if (method && method !== request.method) return false;
  return (
    path === undefined || (typeof path === 'string' ? request.path.includes(path) : path.test(request.path))
  );
}

async function apply({ fault, gate, onArrival }: Rule, run: () => Promise<Response>): Promise<Response> {
  switch (fault.kind) {
    case 'latency':
      await wait(fault.ms);
      return run();
    case 'status':
      return new Response(fault.body || null, {
        status: fault.status,
        headers: { ...(fault.body ? { 'content-type': 'application/json' } : {}), ...fault.headers },
      });
    case 'cut':
      if (fault.when === 'after') await run();
      throw broken();
    case 'malformed':
      return change(await run(), (text) => text.slice(0, Math.max(1, Math.floor(text.length / 2))));
    case 'wrongTypes':
      return change(await run(), (text) => JSON.stringify(twist(JSON.parse(text || 'null'))));
    case 'slowBody':
      return slow(await run(), fault.ms);
    case 'hold': {
      const done = fault.when === 'after' ? run() : null;
      if (done) await done;
      onArrival();
      await gate;
      return done ?? run();
    }
  }
}

/** The same answer with another body. Lengths are left to be worked out anew. */
async function change(response: Response, edit: (text: string) => string): Promise<Response> {
  const headers = new Headers(response.headers);
  headers.delete('content-length');
  return new Response(edit(await response.text()), { status: response.status, headers });
}

/** Same shape, other types: texts become numbers, numbers texts, lists objects. */
function twist(value: unknown): unknown {
  if (Array.isArray(value)) return { 0: value.map(twist) };
  if (isObject(value)) {
    const entries = Object.entries(value).map(([key, entry]): [string, unknown] => {
      return [
        key,
        isObject(entry) || Array.isArray(entry)
          ? twist(entry)
          : typeof entry === 'string'
            ? 7
            : `x${String(entry)}`,
      ];
    });
    return Object.fromEntries(entries);
  }
  return value;
}

function slow(response: Response, ms: number): Response {
  const source = response.body;
  if (!source) return response;
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      await wait(ms);
      const reader = source.getReader();
      for (let part = await reader.read(); !part.done; part = await reader.read())
        controller.enqueue(part.value);
      controller.close();
    },
  });
  return new Response(body, { status: response.status, headers: response.headers });
}
