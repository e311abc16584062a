import { Hono } from 'hono/tiny';
import { addBusinessRoutes } from './ghl-businesses.ts';
import { addContactRoutes } from './ghl-contacts.ts';
import { createGhlContext, failure } from './ghl-http.ts';
import { addLocationRoutes } from './ghl-location.ts';
import { addRelatedRoutes } from './ghl-related.ts';
import { addSearchRoutes } from './ghl-search.ts';
import { isObject, json, Reply } from './http.ts';
import { createRandom, makeUuid } from './ids.ts';
import type { SandboxState } from './state.ts';

/** Stand-in for the GHL (LeadConnector) API. Routes by path alone, so any host will do. */
export function createGhl(state: SandboxState, now: () => number, random?: () => number): Hono {
  const app = new Hono({ strict: false });
  const context = createGhlContext(app, state, now, random);
  let served = 0;

  app.use('*', async (c, next) => {
    const limits = countCall(state, now());
    if (limits) c.res = limits;
    else await next();
    served += 1;
    c.res = await decorate(c.res, state, makeUuid(createRandom(`trace ${now()} ${served}`)));
  });

  // Fixed paths before those with a parameter in the same place.
  addSearchRoutes(context);
  addContactRoutes(context);
  addRelatedRoutes(context);
  addBusinessRoutes(context);
  addLocationRoutes(context);

  app.notFound((c) => failure(404, `Cannot ${c.req.method} ${c.req.path}`));
  app.onError((error) => {
    if (error instanceof Reply) return error.response;
    throw error;
  });
  return app;
}

/** Counts the call; the refusal when it is one too many. */
function countCall({ ghl: { rate, rateLimit } }: SandboxState, at: number): Response | null {
  const day = Math.floor(at / 86_400_000);
  if (rate.day !== day) Object.assign(rate, { day, usedToday: 0 });
  if (at - rate.windowStart >= rateLimit.intervalMs || at < rate.windowStart)
    Object.assign(rate, { windowStart: at, used: 0 });
  if (rate.used >= rateLimit.max || rate.usedToday >= rateLimit.daily)
    return failure(429, 'Too Many Requests');
  rate.used += 1;
  rate.usedToday += 1;
  return null;
}

/** Every answer carries the state of the limits, and its trace id in the body. */
async function decorate(
  response: Response,
  { ghl: { rate, rateLimit } }: SandboxState,
  traceId: string,
): Promise<Response> {
  const body: unknown = await response.json();
  const headers = {
    'x-ratelimit-limit-daily': String(rateLimit.daily),
    'x-ratelimit-daily-remaining': String(rateLimit.daily - rate.usedToday),
    'x-ratelimit-interval-milliseconds': String(rateLimit.intervalMs),
    'x-ratelimit-max': String(rateLimit.max),
    'x-ratelimit-remaining': String(rateLimit.max - rate.used),
  };
  return json(isObject(body) ? { ...body, traceId } : body, response.status, headers);
}
