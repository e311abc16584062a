import { AppError, type ErrorView } from '../../lib/errors.ts';
import { createHttp, type HttpPort } from '../../lib/platform/http.ts';
import { createLimiter } from '../../lib/platform/limiter.ts';
import { createFaults } from '../../lib/sandbox/faults.ts';
import { createSandbox, SCENES } from '../../lib/sandbox/index.ts';
import { ATERA_LIMITS, ateraHttp, isJwt } from '../../lib/vendors/atera/config.ts';
import { createAtera } from '../../lib/vendors/atera/index.ts';
import { operations as ateraOperations } from '../../lib/vendors/atera/operations.ts';
import { createCall } from '../../lib/vendors/client.ts';
import { GHL_LIMITS, ghlHttp } from '../../lib/vendors/ghl/config.ts';
import { createGhl, type GhlLocation } from '../../lib/vendors/ghl/index.ts';
import { CUSTOM_PREFIX, JOB_TITLE } from '../../lib/vendors/ghl/mapping.ts';
import { operations as ghlOperations } from '../../lib/vendors/ghl/operations.ts';
import { createJumpingClock } from '../support/clock.ts';
import { createSpecCheck, type Exchange, SPECS_NOT_RUN, specsAvailable } from '../support/openapi.ts';

const specs = specsAvailable ? createSpecCheck() : null;
if (!specs) console.warn(SPECS_NOT_RUN);

export const MOBILE = `${CUSTOM_PREFIX}contact.mobile_phone`;
export const WANTED = [MOBILE, JOB_TITLE];
export const scene = SCENES.served;
export const firstOf = <T>(list: readonly T[]): T => {
  const [first] = list;
  if (first === undefined) throw new Error('Nothing there');
  return first;
};

/** Both clients over the sandbox, with faults on demand. */
export function createBench({ timeoutMs = 2000 }: { timeoutMs?: number } = {}) {
  const clock = createJumpingClock();
  const faults = createFaults();
  const sandbox = createSandbox({ now: clock.now, ids: 'served', before: faults.before });
  const requests: Request[] = [];
  const exchanges: Exchange[] = [];

  const transport =
    (vendor: 'atera' | 'ghl') =>
    async (request: Request): Promise<Response> => {
      requests.push(request.clone());
      const text = await request.clone().text();
      const response = await sandbox[vendor].fetch(request);
      const answer = await response.clone().text();
      // Answers of faults are no answers of the vendor.
      if (faultCount === 0) {
        exchanges.push({
          vendor,
          method: request.method,
          url: request.url,
          requestHeaders: Object.fromEntries(request.headers),
          requestBody: text ? JSON.parse(text) : undefined,
          status: response.status,
          responseBody: answer ? JSON.parse(answer) : undefined,
        });
      }
      return response;
    };
  let faultCount = 0;
  const http = (vendor: 'atera' | 'ghl', token: string): HttpPort =>
    createHttp(vendor === 'atera' ? ateraHttp(token) : ghlHttp(token), {
      transport: transport(vendor),
      limiter: createLimiter(vendor === 'atera' ? ATERA_LIMITS : GHL_LIMITS, clock),
      clock,
      timeoutMs,
      retryDelayMs: 0,
    });

  const location: GhlLocation = {
    name: sandbox.state.ghl.location.name,
    country: 'US',
    timeZone: 'America/Los_Angeles',
    allowsDuplicates: false,
    // Copies: loose shapes on our side, exact ones in the sandbox.
    customFields: sandbox.state.ghl.customFields.map((field) => ({ ...field })),
  };
  const known = { location: location as GhlLocation | null };

  return {
    sandbox,
    clock,
    requests,
    /** What the client knows of the location; null when its token may not read it. */
    known,
    location,
    atera: (token = sandbox.atera.apiKey) =>
      createAtera(http('atera', token), { accountId: 'northwind-it', legacyKey: !isJwt(token) }),
    ghl: (token = sandbox.ghl.token) =>
      createGhl(http('ghl', token), {
        locationId: sandbox.ghl.locationId,
        location: async () => known.location,
        wanted: WANTED,
      }),
    callAtera: createCall('atera', ateraOperations, http('atera', sandbox.atera.apiKey)),
    callGhl: createCall('ghl', ghlOperations, http('ghl', sandbox.ghl.token)),
    addFault(...args: Parameters<typeof faults.add>) {
      faultCount += 1;
      return faults.add(...args);
    },
    /** The vendor answers this, whatever is asked. */
    answer(body: unknown, status = 200) {
      faultCount += 1;
      faults.add(
        {},
        { kind: 'status', status, body: typeof body === 'string' ? body : JSON.stringify(body) },
      );
    },
    exchanges,
    /** Where a request or an answer differs from the vendor's own files; empty where these are not at hand. */
    problems: () => exchanges.flatMap((exchange) => specs?.checkExchange(exchange) ?? []),
    writes: () => sandbox.log.filter(({ method, path }) => method !== 'GET' && path !== '/contacts/search'),
  };
}

export type Bench = ReturnType<typeof createBench>;

/** How an attempt ends when it must fail: the error as people would get it. */
export async function errorOf(attempt: Promise<unknown>): Promise<ErrorView> {
  try {
    await attempt;
  } catch (error) {
    if (error instanceof AppError) return error.toView();
    throw error;
  }
  throw new Error('It went well');
}
