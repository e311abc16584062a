import { createSandbox, type Sandbox, type SandboxOptions, SCENES } from '../../lib/sandbox/index.ts';
import { createSpecCheck, SPECS_NOT_RUN, specsAvailable } from '../support/openapi.ts';

export const NOW = Date.parse('2026-11-24T12:00:00Z');

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** Parsed body; tests look into it by path. */
  json: unknown;
}

interface CallOptions {
  headers?: Record<string, string>;
  token?: string;
  /** For requests that are wrong on purpose. */
  isWrong?: boolean;
}

export interface Bench {
  sandbox: Sandbox;
  scene: (typeof SCENES)['served'];
  /** Moves the clock. */
  advance(ms: number): void;
  atera(method: string, path: string, body?: unknown, options?: CallOptions): Promise<Answer>;
  ghl(method: string, path: string, body?: unknown, options?: CallOptions): Promise<Answer>;
}

const specs = specsAvailable ? createSpecCheck() : null;
if (!specs) console.warn(SPECS_NOT_RUN);

/** Operations that some test of the same file called, as the vendors' files name them. */
export const calledOperations = new Set<string>();

/** A sandbox with a clock to move, whose every answer is checked against the vendors' files where these are at hand. */
export function createBench(options: Partial<SandboxOptions> = {}): Bench {
  let now = NOW;
  const ids = options.ids ?? 'served';
  const sandbox = createSandbox({ now: () => now, ids, ...options });

  const call = async (
    vendor: 'atera' | 'ghl',
    method: string,
    url: string,
    body: unknown,
    headers: Record<string, string>,
    isWrong = false,
  ): Promise<Answer> => {
    const init = body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) };
    const response = await sandbox[vendor].fetch(new Request(url, init));
    const text = await response.text();
    const json: unknown = text ? JSON.parse(text) : undefined;
    const exchange = {
      vendor,
      method,
      url,
      requestHeaders: headers,
      requestBody: body,
      status: response.status,
      responseBody: json,
    };
    const operation = specs?.operationOf(exchange);
    if (operation && response.status < 400) calledOperations.add(`${vendor} ${operation}`);
    const problems =
      specs?.checkExchange(exchange).filter((text) => !(isWrong && text.includes('request: '))) ?? [];
    if (problems.length > 0) throw new Error(problems.join('\n'));
    return { status: response.status, headers: response.headers, text, json };
  };

  return {
    sandbox,
    scene: SCENES[ids],
    advance(ms) {
      now += ms;
    },
    atera(method, path, body, { headers, token = sandbox.atera.apiKey, isWrong } = {}) {
      const own = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      return call('atera', method, `https://app.atera.com/api/v3${path}`, body, headers ?? own, isWrong);
    },
    ghl(method, path, body, { headers, token = sandbox.ghl.token, isWrong } = {}) {
      const version =
        path.startsWith('/conversations') || path.startsWith('/calendars') ? '2021-04-15' : '2021-07-28';
      const own = { authorization: `Bearer ${token}`, version, 'content-type': 'application/json' };
      return call(
        'ghl',
        method,
        `https://services.leadconnectorhq.com${path}`,
        body,
        headers ?? own,
        isWrong,
      );
    },
  };
}

/** Part of a parsed body: `pick(answer.json, 'contact', 'tags', 0)`. */
export const pick = (value: unknown, ...path: (string | number)[]): unknown =>
  path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null
        ? (inner as Record<string | number, unknown>)[key]
        : undefined,
    value,
  );

export const pickList = (value: unknown, ...path: (string | number)[]): unknown[] => {
  const list = pick(value, ...path);
  return Array.isArray(list) ? list : [];
};

/** The only (or first) counterpart of a scene. */
export const firstOf = (ids: string[]): string => ids[0] ?? '';
