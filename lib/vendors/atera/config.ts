import { AppError, type ErrorDetails } from '../../errors.ts';
import type { HttpAnswer, HttpConfig } from '../../platform/http.ts';
import type { LimiterOptions } from '../../platform/limiter.ts';

export const ATERA_API = 'https://app.atera.com/api/v3';

/** Atera publishes no limit; sources name 100 to 4,000 a minute. Stay gentle, and halve on 429. */
export const ATERA_LIMITS: LimiterOptions = { burst: 8, refillPerSecond: 5, concurrency: 4 };

/** How a credential is sent. New tokens are JWTs; a JWT in `X-API-KEY` gets 401. Legacy keys are 32 hex digits. */
export const isJwt = (token: string): boolean => token.startsWith('eyJ');

/** What people paste: white space around it, or the whole header value. */
export const cleanToken = (pasted: string): string => pasted.trim().replace(/^bearer\s+/iu, '');

export const looksLikeAteraToken = (token: string): boolean =>
  /^eyJ[\w-]+\.[\w-]+\.[\w-]*$/u.test(token) || /^[0-9a-f]{32}$/iu.test(token);

/** Epoch ms at which a JWT runs out, or null when it does not say (legacy keys never do). */
export function tokenExpiry(token: string): number | null {
  if (!isJwt(token)) return null;
  try {
    const payload = token.split('.')[1]?.replace(/-/gu, '+').replace(/_/gu, '/') ?? '';
    const { exp } = JSON.parse(atob(payload)) as { exp?: unknown };
    return typeof exp === 'number' && Number.isFinite(exp) ? exp * 1000 : null;
  } catch {
    // An opaque token: the vendor decides whether it is good, we only cannot tell until when.
    return null;
  }
}

export const ateraHttp = (token: string): HttpConfig => ({
  baseUrl: ATERA_API,
  authHeaders: (): Record<string, string> =>
    isJwt(token) ? { authorization: `Bearer ${token}` } : { 'x-api-key': token },
  translate,
});

/**
 * 401 comes with an empty body; 403 means that the token lacks the domain's right (or the address is not on its allow-list); 400
 * and 404 carry ProblemDetails, or HTML from the web server for a path it dislikes.
 */
function translate(
  { status, body }: HttpAnswer,
  { operation, scope }: { operation: string; scope: string },
): AppError {
  const details: ErrorDetails = { vendor: 'atera', operation, scope, status };
  if (status === 401) return new AppError('unauthorized', details);
  if (status === 403) return new AppError('forbidden', details);
  if (status === 404) return new AppError('not_found', details);
  if (status >= 500) return new AppError('vendor_unavailable', details);
  return new AppError('rejected', { ...details, vendorMessages: messagesOf(body) });
}

function messagesOf(body: unknown): string[] {
  if (typeof body !== 'object' || body === null) return [];
  const { title, detail, Message, InnerException } = body as Record<string, unknown>;
  return [title, detail, Message, InnerException]
    .filter((text): text is string => typeof text === 'string' && text !== '')
    .map((text) => text.slice(0, 300));
}
