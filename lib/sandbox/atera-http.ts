import type { Context, Hono } from 'hono';
import { isObject, json, Reply, readJson } from './http.ts';
import type { SandboxState } from './state.ts';
import { fromLocal } from './time.ts';

export interface AteraContext {
  app: Hono;
  state: SandboxState;
  now: () => number;
}

export const problem = (status: number, title: string, detail: string): Response =>
  new Response(
    JSON.stringify({
      type: `https://tools.ietf.org/html/rfc9110#section-15`,
      title,
      status,
      detail,
      instance: null,
    }),
    { status, headers: { 'content-type': 'application/problem+json; charset=utf-8' } },
  );

export const refuse = (status: number, title: string, detail: string): never => {
  throw new Reply(problem(status, title, detail));
};

export const badRequest = (detail: string): never => refuse(400, 'Bad Request', detail);
export const notFound = (what: string): never => refuse(404, 'Not Found', `${what} was not found.`);

/** Answer of every write: the id of the record as text. */
export const actionResult = (id: number | string, status = 200): Response =>
  json({ ActionID: String(id) }, status);

/** Body of a write; anything but an object is refused. */
export async function readBody(c: Context): Promise<Record<string, unknown>> {
  const body = await readJson(c.req.raw, () => problem(400, 'Bad Request', 'The body is not valid JSON.'));
  return isObject(body) ? body : badRequest('A non-empty request body is required.');
}

export type FieldTypes = Record<string, 'text' | 'number' | 'boolean'>;

/**
 * Values of the listed keys, type-checked. Other keys are ignored, as the vendor's clients see it; null is read as "not given",
 * which is the careful reading, because nobody has published what it does.
 */
export function pickFields(body: Record<string, unknown>, types: FieldTypes): Record<string, unknown> {
  const picked: Record<string, unknown> = {};
  for (const [key, type] of Object.entries(types)) {
    const value = body[key];
    if (value === undefined || value === null) continue;
    if (typeof value !== (type === 'text' ? 'string' : type))
      badRequest(`The JSON value of ${key} could not be converted.`);
    picked[key] = value;
  }
  return picked;
}

/** Query names are case-insensitive. */
export function queryOf(c: Context, name: string): string | undefined {
  const wanted = name.toLowerCase();
  for (const [key, value] of new URL(c.req.url).searchParams) if (key.toLowerCase() === wanted) return value;
  return undefined;
}

export const isBearer = (c: Context): boolean => c.req.raw.headers.has('authorization');

export function idParam(c: Context, name: string): number {
  const text = c.req.param(name) ?? '';
  return /^\d+$/.test(text) ? Number(text) : notFound(name);
}

/** One page in the vendor's envelope. Tokens of the new kind get at most 50 a page, older keys up to `legacyMax`. */
export function pageOf<T>(c: Context, items: T[], legacyMax = 500): Response {
  const number = (name: string, fallback: number): number => {
    const text = queryOf(c, name);
    if (text === undefined || text === '') return fallback;
    const value = Number(text);
    return Number.isInteger(value) && value > 0
      ? value
      : badRequest(`The value '${text}' is not valid for ${name}.`);
  };
  const page = number('page', 1);
  const itemsInPage = Math.min(number('itemsInPage', 20), isBearer(c) ? 50 : legacyMax);
  const totalPages = Math.ceil(items.length / itemsInPage);
  const link = (to: number): string => {
    if (to < 1 || to > totalPages) return '';
    const url = new URL(c.req.url);
    url.searchParams.set('page', String(to));
    url.searchParams.set('itemsInPage', String(itemsInPage));
    return url.href;
  };
  return json({
    items: items.slice((page - 1) * itemsInPage, page * itemsInPage),
    page,
    itemsInPage,
    totalItemCount: items.length,
    totalPages,
    prevLink: link(page - 1),
    nextLink: link(page + 1),
  });
}

interface Dated {
  CreatedOn: string;
  LastModified: string;
}

/** `FromLastModifiedDate` (account time, without offset, inclusive) and `SortBy` of contacts and customers. */
export function filterByDate<T extends Dated>(
  c: Context,
  items: T[],
  idOf: (item: T) => number,
  timeZone: string,
): T[] {
  let found = items;
  const from = queryOf(c, 'FromLastModifiedDate');
  if (from) {
    const ms =
      fromLocal(from, timeZone) ?? badRequest(`The value '${from}' is not valid for FromLastModifiedDate.`);
    found = found.filter((item) => Date.parse(item.LastModified) >= ms);
  }
  const sortBy = queryOf(c, 'SortBy') ?? 'Creation';
  if (sortBy === 'LastModified' || sortBy === '1') {
    return [...found].sort((a, b) => b.LastModified.localeCompare(a.LastModified) || idOf(b) - idOf(a));
  }
  if (sortBy !== 'Creation' && sortBy !== '0') badRequest(`The value '${sortBy}' is not valid for SortBy.`);
  return [...found].sort((a, b) => idOf(b) - idOf(a));
}
