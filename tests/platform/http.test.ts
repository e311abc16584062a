import { afterEach, describe, expect, it, vi } from 'vitest';
import { AppError, type ErrorView } from '../../lib/errors.ts';
import { createHttp, type HttpConfig, type HttpRequest, type Transport } from '../../lib/platform/http.ts';
import { createLimiter } from '../../lib/platform/limiter.ts';
import { createJumpingClock, NOON } from '../support/clock.ts';

const READ: HttpRequest = {
  operation: 'getThing',
  method: 'GET',
  path: 'things/1',
  scope: 'things.read',
  isRead: true,
};
const WRITE: HttpRequest = { ...READ, operation: 'putThing', method: 'PUT', body: { a: 1 }, isRead: false };
const SEARCH: HttpRequest = {
  ...READ,
  operation: 'search',
  method: 'POST',
  path: 'things/search',
  body: { q: 'x' },
};

type Answer = Response | Error | ((request: Request) => Promise<Response>);
const json = (body: unknown, status = 200, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });
const fail = (status: number, headers: Record<string, string> = {}): Response =>
  new Response(null, { status, headers });
const cut = (): Error => new TypeError('Failed to fetch');
/** Until the caller gives up. */
const silence = (request: Request): Promise<Response> =>
  new Promise((_, reject) => {
    request.signal.addEventListener('abort', () => reject(request.signal.reason), { once: true });
  });

/** A port over a transport that gives these answers in turn; the last one again and again. */
function create(answers: Answer[], config: Partial<HttpConfig> = {}, timeoutMs = 2000) {
  const clock = createJumpingClock();
  const limiter = createLimiter({ burst: 10, refillPerSecond: 10, concurrency: 4 }, clock);
  const requests: Request[] = [];
  const bodies: string[] = [];
  const transport: Transport = async (request) => {
    const answer = answers[Math.min(requests.length, answers.length - 1)];
    requests.push(request);
    bodies.push(await request.clone().text());
    if (answer instanceof Error) throw answer;
    if (answer instanceof Response) return answer.clone();
    if (!answer) throw new Error('No answer');
    return answer(request);
  };
  const http = createHttp(
    {
      baseUrl: 'https://api.example/v1',
      authHeaders: () => ({ authorization: 'Bearer secret-token' }),
      translate: ({ status, body }) =>
        new AppError('rejected', { status, vendorMessages: [JSON.stringify(body)] }),
      ...config,
    },
    { transport, limiter, clock, timeoutMs, retryDelayMs: 0 },
  );
  const errorOf = async (request: HttpRequest): Promise<ErrorView> => {
    try {
      await http.send(request);
    } catch (error) {
      if (error instanceof AppError) return error.toView();
      throw error;
    }
    throw new Error('It went well');
  };
  return { http, limiter, clock, requests, bodies, errorOf };
}

afterEach(() => {
  vi.useRealTimers();
});

describe('what leaves', () => {
  it('has no cookies, follows no redirect, is not cached, and names no referrer', async () => {
    const { http, requests } = create([json({})]);
    await http.send(READ);
    await http.send(WRITE);
    for (const { credentials, redirect, cache, referrerPolicy } of requests) {
      expect({ credentials, redirect, cache, referrerPolicy }).toEqual({
        credentials: 'omit',
        redirect: 'error',
        cache: 'no-store',
        referrerPolicy: 'no-referrer',
      });
    }
  });

  it('holds the credential in its header and nowhere else', async () => {
    const { http, requests, bodies } = create([json({})]);
    await http.send({ ...WRITE, query: { a: 'b c&d' }, headers: { version: '1' } });
    const [request] = requests;
    expect(request?.url).toBe('https://api.example/v1/things/1?a=b+c%26d');
    expect(Object.fromEntries(request?.headers ?? [])).toEqual({
      accept: 'application/json',
      authorization: 'Bearer secret-token',
      'content-type': 'application/json',
      version: '1',
    });
    expect(bodies).toEqual(['{"a":1}']);
  });

  it('cannot be given another credential by its own headers', async () => {
    const { http, requests } = create([json({})]);
    await http.send({ ...READ, headers: { authorization: 'Bearer other' } });
    expect(requests[0]?.headers.get('authorization')).toBe('Bearer secret-token');
  });

  it('never shows the credential in an error', async () => {
    const { http } = create([json({ message: 'no' }, 400)]);
    const error: unknown = await http.send(READ).catch((thrown: unknown) => thrown);
    expect(JSON.stringify(error)).not.toContain('secret-token');
    expect(String(error)).not.toContain('secret-token');
  });

  it('goes after what an agent waits for, where it is sent in the background', async () => {
    const clock = createJumpingClock();
    const limiter = createLimiter({ burst: 1, refillPerSecond: 10, concurrency: 1 }, clock);
    const paths: string[] = [];
    const portOf = (priority: 'agent' | 'background') =>
      createHttp(
        {
          baseUrl: 'https://api.example/v1',
          authHeaders: () => ({}),
          translate: () => new AppError('rejected'),
        },
        {
          transport: async ({ url }) => {
            paths.push(new URL(url).pathname);
            return json({});
          },
          limiter,
          clock,
          priority,
        },
      );
    const [behind, agent] = [portOf('background'), portOf('agent')];
    await Promise.all([
      behind.send({ ...READ, path: 'b1' }),
      behind.send({ ...READ, path: 'b2' }),
      agent.send({ ...READ, path: 'a1' }),
    ]);
    expect(paths.indexOf('/v1/a1')).toBeLessThan(paths.indexOf('/v1/b2'));
  });

  it('is not sent at all when its time ran out in the queue', async () => {
    const { http, requests, limiter, errorOf } = create([json({})], {}, 50);
    let letGo: () => void = () => undefined;
    const blockers = Array.from({ length: 4 }, () =>
      limiter.run(
        () =>
          new Promise<void>((resolve) => {
            const before = letGo;
            letGo = () => {
              before();
              resolve();
            };
          }),
      ),
    );
    const { body: _, ...bare } = WRITE;
    const lost = [errorOf(WRITE), errorOf({ ...bare, method: 'DELETE' })];
    for (const error of await Promise.all(lost))
      expect(error).toEqual({ code: 'timeout', operation: 'putThing' });
    letGo();
    await Promise.all(blockers);
    await http.send(READ);
    expect(requests.map(({ method }) => method)).toEqual(['GET']);
  });
});

describe('what comes', () => {
  it.each<[string, Response, unknown]>([
    ['JSON', json({ a: [1] }), { a: [1] }],
    [
      'JSON under another name',
      new Response('{"a":1}', { headers: { 'content-type': 'text/html' } }),
      { a: 1 },
    ],
    ['null', json(null), null],
    ['no body', new Response(null, { status: 204 }), undefined],
    ['an empty body', new Response(''), undefined],
    ['white space', new Response(' \n'), undefined],
  ])('%s', async (_, answer, value) => {
    expect(await create([answer]).http.send(READ)).toEqual(value);
  });

  it.each([
    ['half of the JSON', '{"a":'],
    ['a page', '<html></html>'],
    ['words', 'OK'],
  ])('%s is no answer', async (_, text) => {
    const { errorOf, requests } = create([new Response(text)]);
    expect(await errorOf(READ)).toEqual({ code: 'invalid_response', operation: 'getThing' });
    expect(requests.length).toBe(1);
  });

  it.each<[string, Response, unknown]>([
    ['JSON', json({ message: 'no' }, 400), { message: 'no' }],
    ['JSON as text', new Response('{"message":"no"}', { status: 400 }), { message: 'no' }],
    ['a page', new Response('<html>', { status: 400, headers: { 'content-type': 'text/html' } }), '<html>'],
    [
      'broken JSON',
      new Response('{"a', { status: 400, headers: { 'content-type': 'application/json' } }),
      undefined,
    ],
  ])('a refusal in %s is handed to the vendor’s own translation', async (_, answer, body) => {
    const seen: unknown[] = [];
    const { errorOf } = create([answer], {
      translate: (given, request) => {
        seen.push(given.body, given.status, request.operation);
        return new AppError('rejected');
      },
    });
    expect(await errorOf(READ)).toEqual({ code: 'rejected' });
    expect(seen.slice(1)).toEqual([400, 'getThing']);
    if (body !== undefined) expect(seen[0]).toEqual(body);
  });

  it('shows every answer’s headers to the vendor’s observer', async () => {
    const seen: (string | null)[] = [];
    const { http } = create([json({}, 503, { 'x-left': '5' }), json({}, 200, { 'x-left': '4' })], {
      observe: (headers) => seen.push(headers.get('x-left')),
    });
    await http.send(READ);
    expect(seen).toEqual(['5', '4']);
  });
});

describe('a second try', () => {
  it.each([408, 500, 502, 503, 504])('is made for a read after %i, twice at most', async (code) => {
    const happy = create([fail(code), fail(code), json({ ok: true })]);
    expect(await happy.http.send(READ)).toEqual({ ok: true });
    const sad = create([fail(code)]);
    await sad.errorOf(READ);
    expect([happy.requests.length, sad.requests.length]).toEqual([3, 3]);
  });

  it('is made after a cut connection', async () => {
    const { http, requests } = create([cut(), json({ ok: true })]);
    expect(await http.send(READ)).toEqual({ ok: true });
    expect(requests.length).toBe(2);
  });

  it('sends the same body again for a read that is a POST', async () => {
    const { http, bodies } = create([fail(500), json({})]);
    await http.send(SEARCH);
    expect(bodies).toEqual(['{"q":"x"}', '{"q":"x"}']);
  });

  it.each([400, 401, 403, 404, 409, 422, 501])('is not made after %i', async (code) => {
    const { errorOf, requests } = create([fail(code)]);
    expect((await errorOf(READ)).code).toBe('rejected');
    expect(requests.length).toBe(1);
  });

  it.each<[string, Answer]>([
    ['500', fail(500)],
    ['503 with a short pause', fail(503, { 'retry-after': '0' })],
    ['429 with a short pause', fail(429, { 'retry-after': '0' })],
    ['a cut connection', cut()],
  ])('is never made for a write: %s', async (_, answer) => {
    for (const method of ['PUT', 'POST', 'DELETE']) {
      const { errorOf, requests } = create([answer]);
      await errorOf({ ...WRITE, method });
      expect(requests.length).toBe(1);
    }
  });
});

describe('429', () => {
  it.each([
    ['0', 0],
    ['1', 1000],
    ['2', 2000],
  ])('with a pause of %s s is waited for, not less', async (seconds, ms) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { http, requests } = create(
      [fail(429, { 'retry-after': seconds }), json({ ok: true })],
      {},
      20_000,
    );
    const answer = http.send(READ);
    await vi.advanceTimersByTimeAsync(Math.max(0, ms - 1));
    if (ms > 0) expect(requests.length).toBe(1);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await answer).toEqual({ ok: true });
    expect(requests.length).toBe(2);
  });

  it.each([
    ['3 seconds', '3', 3000],
    ['an hour', '3600', 3_600_000],
    ['a date', new Date(NOON + 90_000).toUTCString(), 90_000],
    ['nothing', null, 10_000],
    ['words', 'later', 10_000],
  ])('with %s is told, and not tried again', async (_, value, retryAfterMs) => {
    const { errorOf, requests } = create([fail(429, value === null ? {} : { 'retry-after': value })]);
    expect(await errorOf(READ)).toEqual({
      code: 'rate_limited',
      operation: 'getThing',
      status: 429,
      retryAfterMs,
    });
    expect(requests.length).toBe(1);
  });

  it('holds back everything else of the account for as long', async () => {
    const { errorOf, limiter } = create([fail(429, { 'retry-after': '30' })]);
    await errorOf(WRITE);
    expect(limiter.waitMs()).toBe(30_000);
    const other = create([fail(429)]);
    await other.errorOf(WRITE);
    expect(other.limiter.waitMs()).toBe(10_000);
  });

  it('takes a date that is past for no pause', async () => {
    const { errorOf } = create([fail(429, { 'retry-after': new Date(NOON - 90_000).toUTCString() })]);
    expect((await errorOf(WRITE)).retryAfterMs).toBe(0);
  });
});

describe('no answer', () => {
  it.each([
    ['a read', READ, 3],
    ['a write', WRITE, 1],
  ])('after a cut connection: %s', async (_, request, tries) => {
    const { errorOf, requests } = create([cut()]);
    expect(await errorOf(request)).toEqual({ code: 'network', operation: request.operation });
    expect(requests.length).toBe(tries);
  });

  it.each([
    ['a read', READ],
    ['a write', WRITE],
  ])('in time: %s', async (_, request) => {
    const { errorOf, requests } = create([silence], {}, 50);
    expect(await errorOf(request)).toEqual({ code: 'timeout', operation: request.operation });
    if (!request.isRead) expect(requests.length).toBe(1);
    expect(requests.every(({ signal }) => signal.aborted)).toBe(true);
  });

  it.each([
    ['a read', READ],
    ['a write', WRITE],
  ])('but headers, and a body that does not come: %s', async (_, request) => {
    const { errorOf } = create([async () => new Response(new ReadableStream())], {}, 50);
    expect(await errorOf(request)).toEqual({ code: 'timeout', operation: request.operation });
  });

  it('because the body broke off', async () => {
    const broken = async (): Promise<Response> =>
      new Response(
        new ReadableStream({
          start(controller) {
            controller.enqueue(new TextEncoder().encode('{"a":'));
            controller.error(new TypeError('terminated'));
          },
        }),
      );
    expect(await create([broken]).errorOf(WRITE)).toEqual({ code: 'network', operation: 'putThing' });
  });

  it('because the request was called off', async () => {
    const { errorOf } = create([new DOMException('Aborted', 'AbortError')]);
    expect(await errorOf(WRITE)).toEqual({ code: 'network', operation: 'putThing' });
  });

  it('because of a fault of our own', async () => {
    const { errorOf } = create([new Error('a bug')]);
    expect((await errorOf(WRITE)).code).toBe('internal');
  });
});

describe('who may send', () => {
  const refuseFrom = (attempt: number, transport: Transport) => {
    const clock = createJumpingClock();
    const asked: string[] = [];
    const http = createHttp(
      {
        baseUrl: 'https://api.example/v1',
        authHeaders: () => ({}),
        translate: ({ status }) => new AppError('rejected', { status }),
      },
      {
        transport,
        limiter: createLimiter({ burst: 10, refillPerSecond: 10, concurrency: 4 }, clock),
        clock,
        retryDelayMs: 0,
        admit: ({ operation }) => {
          asked.push(operation);
          if (asked.length >= attempt) throw new AppError('not_connected');
        },
      },
    );
    return { http, asked };
  };

  it('is asked before anything leaves; a refusal is the answer, and is not tried again', async () => {
    const transport = vi.fn<Transport>(async () => json({}));
    const { http, asked } = refuseFrom(1, transport);
    await expect(http.send(READ)).rejects.toMatchObject({ code: 'not_connected' });
    expect(asked).toEqual(['getThing']);
    expect(transport).not.toHaveBeenCalled();
  });

  it('is asked again before each further attempt', async () => {
    const transport = vi.fn<Transport>(async () => fail(503));
    const { http } = refuseFrom(2, transport);
    await expect(http.send(READ)).rejects.toMatchObject({ code: 'not_connected' });
    expect(transport).toHaveBeenCalledTimes(1);
  });
});
