import type { VendorName } from '../core/contact.ts';

/** What reached a stand-in; `status` is null until it answered. Never holds the credential. */
export interface LoggedRequest {
  vendor: VendorName;
  method: string;
  path: string;
  query: Record<string, string>;
  headers: Record<string, string>;
  body: unknown;
  status: number | null;
  at: number;
}

/**
 * Stands between the client and a stand-in. May answer itself, call `run` (once) and change its answer, wait, or throw as a
 * broken connection does.
 */
export type Interceptor = (
  request: LoggedRequest & { signal: AbortSignal },
  run: () => Promise<Response>,
) => Promise<Response>;

export const json = (body: unknown, status = 200, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  });

/** An answer that ends the handling of a request early. */
export class Reply extends Error {
  readonly response: Response;
  constructor(response: Response) {
    super('reply');
    this.response = response;
  }
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Parsed body, unchecked; undefined when there is none. Ends with the given reply when it is no JSON. */
export async function readJson(request: Request, onBroken: () => Response): Promise<unknown> {
  const text = await request.text();
  if (!text) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new Reply(onBroken());
  }
}
