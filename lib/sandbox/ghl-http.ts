import type { Context, Hono } from 'hono';
import { isObject, json, Reply, readJson } from './http.ts';
import { createRandom, makeGhlId } from './ids.ts';
import type { GhlToken, SandboxState } from './state.ts';

/** Type of a key in a request body: s text, s? text or null, b yes/no, n number, a list of texts, l list, o object, * anything. */
type KeyType = 's' | 's?' | 'b' | 'n' | 'a' | 'l' | 'o' | '*';
/** Keys a body may have; a name that ends in `*` is required. */
export type Dto = Record<string, KeyType>;

export interface GhlCall {
  c: Context;
  token: GhlToken;
  version: string;
  /** Checked against the route's DTO. */
  body: Record<string, unknown>;
  param(name: string): string;
  query(name: string): string | undefined;
}

export interface GhlRoute {
  scope: string;
  query?: string[];
  body?: Dto;
}

export interface GhlContext {
  state: SandboxState;
  now: () => number;
  newId: () => string;
  route(
    method: string,
    path: string,
    rules: GhlRoute,
    handle: (call: GhlCall) => Response | Promise<Response>,
  ): void;
}

const TITLES: Record<number, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  422: 'Unprocessable Entity',
  429: 'Too Many Requests',
};

export const failure = (
  status: number,
  message: string | string[],
  extra: Record<string, unknown> = {},
): Response => json({ statusCode: status, message, error: TITLES[status] ?? 'Error', ...extra }, status);

export const refuse = (
  status: number,
  message: string | string[],
  extra?: Record<string, unknown>,
): never => {
  throw new Reply(failure(status, message, extra));
};

/** A record that is gone is a bad request here, not a 404. */
export const gone = (what: string, id: string): never => refuse(400, `${what} with id ${id} not found`);

export const forbidLocation = (): never => refuse(403, 'The token does not have access to this location.');

const VERSIONS = ['2021-04-15', '2021-07-28', '2023-02-21', 'legacy', 'v3'];

export function createGhlContext(
  app: Hono,
  state: SandboxState,
  now: () => number,
  random?: () => number,
): GhlContext {
  const newId = (): string => {
    state.sequence += 1;
    return makeGhlId(state.ids, random ?? createRandom(`new ${state.sequence}`));
  };
  return {
    state,
    now,
    newId,
    route(method, path, rules, handle) {
      app.on(method, path, async (c) => {
        const version = c.req.header('version');
        if (!version) return failure(401, 'version header was not found.');
        if (!VERSIONS.includes(version))
          return failure(400, `Invalid API version segment '${version}' at position 0`);
        const token = findToken(state, c.req.header('authorization'));
        if (token.scopes !== 'all' && !token.scopes.includes(rules.scope)) {
          return failure(401, 'The token is not authorized for this scope.');
        }
        checkQuery(c, rules.query ?? []);
        const body = await readBody(c, rules.body);
        for (const id of [c.req.param('locationId'), c.req.query('locationId'), body.locationId]) {
          if (typeof id === 'string' && id !== token.locationId) return forbidLocation();
        }
        return handle({
          c,
          token,
          version,
          body,
          param: (name) => c.req.param(name) ?? '',
          query: (name) => c.req.query(name),
        });
      });
    },
  };
}

function findToken(state: SandboxState, header: string | undefined): GhlToken {
  const text = /^Bearer (.+)$/i.exec(header ?? '')?.[1];
  return state.ghl.tokens.find(({ token }) => token === text) ?? refuse(401, 'Invalid JWT');
}

/** Names end in `*` when they must be given. */
function checkQuery(c: Context, allowed: string[]): void {
  const names = allowed.map((name) => name.replace('*', ''));
  const given = [...new URL(c.req.url).searchParams.keys()];
  const problems = given
    .filter((name) => !names.includes(name))
    .map((name) => `property ${name} should not exist`);
  for (const name of allowed) {
    if (name.endsWith('*') && !c.req.query(name.slice(0, -1)))
      problems.push(`${name.slice(0, -1)} should not be empty`);
  }
  if (problems.length > 0) refuse(422, problems);
}

const isText = (value: unknown): boolean => typeof value === 'string';
const TYPE_CHECKS: Record<KeyType, [says: string, check: (value: unknown) => boolean]> = {
  s: ['must be a string', isText],
  's?': ['must be a string', (value) => value === null || isText(value)],
  b: ['must be a boolean value', (value) => typeof value === 'boolean'],
  n: ['must be a number', (value) => typeof value === 'number'],
  a: ['must be an array', (value) => Array.isArray(value) && value.every(isText)],
  l: ['must be an array', (value) => Array.isArray(value)],
  o: ['must be an object', isObject],
  '*': ['', () => true],
};

async function readBody(c: Context, dto: Dto | undefined): Promise<Record<string, unknown>> {
  if (c.req.method === 'GET' || !dto) return {};
  const given = await readJson(c.req.raw, () => failure(400, 'Unexpected token in JSON'));
  const body = given ?? {};
  if (!isObject(body)) return refuse(422, ['body must be an object']);
  const names = Object.keys(dto).map((name) => name.replace('*', ''));
  const problems = Object.keys(body)
    .filter((key) => !names.includes(key))
    .map((key) => `property ${key} should not exist`);
  for (const [name, type] of Object.entries(dto)) {
    const key = name.replace('*', '');
    const value = body[key];
    const [says, check] = TYPE_CHECKS[type];
    if (value === undefined || value === '') {
      if (name.endsWith('*')) problems.push(`${key} should not be empty`);
      if (value === undefined) continue;
    }
    if (!check(value)) problems.push(`${key} ${says}`);
  }
  return problems.length > 0 ? refuse(422, problems) : body;
}

/** "Done" of a write. The misspelt key is the vendor's; the newest version sends both. */
export const succeeded = (
  { version }: GhlCall,
  extra: Record<string, unknown> = {},
): Record<string, unknown> => ({
  succeded: true,
  ...(version === 'v3' ? { succeeded: true } : {}),
  ...extra,
});
