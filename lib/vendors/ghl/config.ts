import { AppError, type ErrorDetails } from '../../errors.ts';
import type { HttpAnswer, HttpConfig } from '../../platform/http.ts';
import type { LimiterOptions } from '../../platform/limiter.ts';

/** The same host for every agency, white-label or not. */
export const GHL_API = 'https://services.leadconnectorhq.com';

/** 100 requests in 10 s for each location, shared with everything else that uses it. */
export const GHL_LIMITS: LimiterOptions = { burst: 100, refillPerSecond: 10, concurrency: 8 };

export const looksLikeGhlToken = (token: string): boolean =>
  /^(?:pit-[\w-]{8,}|eyJ[\w-]+\.[\w-]+\.[\w-]*)$/u.test(token);

/** A location id as typed, or taken from the address of any page of that location. */
export function locationIdOf(input: string): string | null {
  const text = input.trim();
  const id = /\/(?:v2\/)?location\/([A-Za-z0-9]{18,26})(?:[/?#]|$)/u.exec(text)?.[1] ?? text;
  return /^[A-Za-z0-9]{18,26}$/u.test(id) ? id : null;
}

export const ghlHttp = (token: string): HttpConfig => ({
  baseUrl: GHL_API,
  authHeaders: () => ({ authorization: `Bearer ${token}` }),
  translate,
  observe: (headers, limiter) => {
    const left = headers.get('x-ratelimit-remaining');
    if (left !== null && /^\d+$/u.test(left)) limiter.capTokens(Number(left));
  },
});

/**
 * Status alone misleads: a gone record is 400 with "not found" in its message, a missing scope is 401, and 422 lists every key it
 * dislikes. Messages as measured by several public integrations.
 */
function translate(
  { status, body }: HttpAnswer,
  { operation, scope }: { operation: string; scope: string },
): AppError {
  const messages = messagesOf(body);
  const said = messages.join(' ').toLowerCase();
  const details: ErrorDetails = { vendor: 'ghl', operation, scope, status };
  if (status === 401) {
    const isScope = /not authorized for this scope|not allowed to access this scope|user type mismatch/u.test(
      said,
    );
    return new AppError(isScope ? 'forbidden' : 'unauthorized', { ...details, vendorMessages: messages });
  }
  if (status === 403) return new AppError('forbidden', { ...details, vendorMessages: messages });
  if (status === 404 || (status === 400 && said.includes('not found')))
    return new AppError('not_found', details);
  if (status === 400 && said.includes('duplicated contacts')) {
    const existingId = (body as { meta?: { contactId?: unknown } }).meta?.contactId;
    return new AppError('duplicate', {
      ...details,
      vendorMessages: messages,
      ...(typeof existingId === 'string' ? { existingId } : {}),
    });
  }
  if (status >= 500) return new AppError('vendor_unavailable', details);
  return new AppError('rejected', { ...details, vendorMessages: messages });
}

/** `message` is a sentence or a list of them; some bodies have only `error`; the edge answers in HTML, which says nothing to people. */
function messagesOf(body: unknown): string[] {
  if (typeof body !== 'object' || body === null) return [];
  const { message, error } = body as Record<string, unknown>;
  const list: unknown[] = Array.isArray(message) ? message : [message ?? error];
  return list
    .filter((text): text is string => typeof text === 'string')
    .slice(0, 8)
    .map((text) => text.slice(0, 300));
}
