import ky, { type HTTPError, isHTTPError, isNetworkError, isTimeoutError } from 'ky';
import { AppError, type ErrorDetails, isAppError } from '../errors.ts';
import type { Clock } from './clock.ts';
import type { Limiter, Priority } from './limiter.ts';

/** Anything that answers a `Request`: the browser's `fetch`, or the sandbox of a sample account. */
export type Transport = (request: Request) => Promise<Response>;

export interface HttpRequest {
  /** Row name in the vendor's table, for error messages. */
  operation: string;
  method: string;
  /** Relative, ids already validated and encoded. */
  path: string;
  query?: Record<string, string>;
  body?: unknown;
  headers?: Record<string, string>;
  /** Right that the call needs, in the vendor's words. */
  scope: string;
  /** True for what changes nothing at the vendor: only these are tried again here. */
  isRead: boolean;
}

export interface HttpAnswer {
  status: number;
  /** Parsed JSON, else text; undefined when empty or unreadable. */
  body: unknown;
  headers: Headers;
}

/** What differs between vendors below the operations. */
export interface HttpConfig {
  baseUrl: string;
  /** The only place that sees the credential on its way out. */
  authHeaders: () => Record<string, string>;
  /** Turns an answer outside 2xx into the one error taxonomy. */
  translate: (answer: HttpAnswer, request: HttpRequest) => AppError;
  /** Reads the vendor's quota headers, where it sends some. */
  observe?: (headers: Headers, limiter: Limiter) => void;
}

export interface HttpPort {
  /** Parsed JSON of the answer; undefined for an empty body. Throws `AppError` only. */
  send(request: HttpRequest): Promise<unknown>;
}

/** How long one attempt may take, answer body included (separately). */
export const TIMEOUT_MS = 20_000;
/** A vendor that asks for a longer pause gets it, but the agent is told instead of kept waiting. */
const PATIENCE_MS = 2_000;
const DEFAULT_PAUSE_MS = 10_000;
const RETRY_STATUS = [408, 429, 500, 502, 503, 504];

export function createHttp(
  config: HttpConfig,
  {
    transport,
    limiter,
    clock,
    admit,
    priority = 'agent',
    timeoutMs = TIMEOUT_MS,
    retryDelayMs = 300,
  }: {
    transport: Transport;
    limiter: Limiter;
    clock: Clock;
    /** Asked right before every attempt, after its turn has come; what it throws is the answer. */
    admit?: (request: HttpRequest) => void;
    /** Who waits for the answers. */
    priority?: Priority;
    timeoutMs?: number;
    retryDelayMs?: number;
  },
): HttpPort {
  const limited =
    (asked: HttpRequest) =>
    async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
      // Said here, because a request made from another one may forget it.
      const request = new Request(input, { ...init, referrerPolicy: 'no-referrer' });
      const send = async (): Promise<Response> => {
        request.signal.throwIfAborted();
        admit?.(asked);
        const response = await transport(request);
        config.observe?.(response.headers, limiter);
        if (response.status === 429) limiter.backOff(pauseOf(response.headers, clock) ?? DEFAULT_PAUSE_MS);
        return response;
      };
      // Where its time runs out while it waits for its turn, it is never sent: a write that was reported as lost must not happen later.
      return limiter.run(send, { priority, signal: request.signal });
    };

  const client = ky.create({
    prefix: config.baseUrl,
    credentials: 'omit',
    redirect: 'error',
    cache: 'no-store',
    timeout: timeoutMs,
  });

  return {
    async send(request) {
      try {
        const text = await client(request.path, {
          fetch: limited(request),
          method: request.method,
          headers: { accept: 'application/json', ...request.headers, ...config.authHeaders() },
          ...(request.query ? { searchParams: request.query } : {}),
          ...(request.body === undefined ? {} : { json: request.body }),
          retry: {
            limit: request.isRead ? 2 : 0,
            methods: ['get', 'post'],
            statusCodes: RETRY_STATUS,
            afterStatusCodes: [429, 503],
            delay: (attempt) => retryDelayMs * 2 ** (attempt - 1),
            jitter: true,
            shouldRetry: ({ error }) => (isHTTPError(error) ? isShortWait(error, clock) : !isAppError(error)),
          },
        }).text();
        return text.trim() === '' ? undefined : JSON.parse(text);
      } catch (cause) {
        throw translateFailure(cause, request, config, clock);
      }
    },
  };
}

const isShortWait = (error: HTTPError, clock: Clock): boolean => {
  if (!RETRY_STATUS.includes(error.response.status)) return false;
  const pause = pauseOf(error.response.headers, clock);
  return pause === null ? error.response.status !== 429 : pause <= PATIENCE_MS;
};

/** `Retry-After` in milliseconds: seconds or a date. Null when absent or unreadable. */
function pauseOf(headers: Headers, clock: Clock): number | null {
  const value = headers.get('retry-after');
  if (value === null) return null;
  const ms = /^\d+$/u.test(value.trim()) ? Number(value) * 1000 : Date.parse(value) - clock.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : null;
}

function translateFailure(cause: unknown, request: HttpRequest, config: HttpConfig, clock: Clock): AppError {
  // Refused before it was sent.
  if (isAppError(cause)) return cause;
  const details: ErrorDetails = { operation: request.operation };
  if (isHTTPError(cause)) {
    const { status, headers } = cause.response;
    if (status === 429) {
      const retryAfterMs = pauseOf(headers, clock) ?? DEFAULT_PAUSE_MS;
      return new AppError('rate_limited', { ...details, status, retryAfterMs }, { cause });
    }
    return config.translate({ status, headers, body: asJson(cause.data) }, request);
  }
  if (isTimeoutError(cause)) return new AppError('timeout', details, { cause });
  if (isNetworkError(cause) || cause instanceof TypeError) return new AppError('network', details, { cause });
  if (cause instanceof SyntaxError) return new AppError('invalid_response', details, { cause });
  if (cause instanceof DOMException && cause.name === 'AbortError')
    return new AppError('network', details, { cause });
  return new AppError('internal', details, { cause });
}

/** Error bodies may be JSON under another content type (an edge server, a proxy). */
function asJson(data: unknown): unknown {
  if (typeof data !== 'string') return data;
  try {
    return JSON.parse(data);
  } catch {
    return data;
  }
}
