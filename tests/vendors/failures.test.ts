import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ErrorView } from '../../lib/errors.ts';
import { type Fault, rateLimited, status, unauthorizedEmpty } from '../../lib/sandbox/faults.ts';
import { type Bench, createBench, errorOf, firstOf, scene } from './bench.ts';

const ghlId = firstOf(scene.main.ghlContactIds);
const ateraId = String(scene.main.ateraContactId);

type CallName = 'atera read' | 'ghl read' | 'ghl write';
const CALLS: Record<CallName, { run: (bench: Bench) => Promise<unknown>; facts: Partial<ErrorView> }> = {
  'atera read': {
    run: (bench) => bench.atera().readContact(ateraId),
    facts: { vendor: 'atera', operation: 'getContact', scope: 'Contacts: Read' },
  },
  'ghl read': {
    run: (bench) => bench.ghl().readContact(ghlId),
    facts: { vendor: 'ghl', operation: 'getContact', scope: 'contacts.readonly' },
  },
  'ghl write': {
    run: (bench) => bench.ghl().updatePerson(ghlId, [{ key: 'city', value: 'Oakland' }]),
    facts: { vendor: 'ghl', operation: 'updateContact', scope: 'contacts.write' },
  },
};
const NAMES = Object.keys(CALLS) as CallName[];

const ghlError = (code: number, message: unknown): string => JSON.stringify({ statusCode: code, message });
const PROBLEM = JSON.stringify({ title: 'Bad Request', status: 400, detail: 'Contact not found.' });
const HTML = '<html><body><h1>Bad gateway</h1></body></html>';
const READS = 3;

/** `tries`: how often the request leaves. Reads are tried again, writes never. */
interface Expected {
  error: ErrorView;
  tries: number;
}
type Row = [name: string, fault: Fault, expected: (call: CallName) => Expected];

const always =
  (error: ErrorView, readTries = 1) =>
  (call: CallName): Expected => ({ error, tries: call === 'ghl write' ? 1 : readTries });
/** GHL's words are handed on, Atera's only where a person can do something with them. */
const withWords =
  (error: ErrorView, words: string[]) =>
  (call: CallName): Expected => ({
    error: call === 'atera read' ? error : { ...error, vendorMessages: words },
    tries: 1,
  });

const ROWS: Row[] = [
  ['401 without a body', unauthorizedEmpty, withWords({ code: 'unauthorized', status: 401 }, [])],
  [
    '401 with an unknown token',
    status(401, ghlError(401, 'Invalid JWT')),
    withWords({ code: 'unauthorized', status: 401 }, ['Invalid JWT']),
  ],
  [
    '403',
    status(403, ghlError(403, 'The token does not have access to this location.')),
    withWords({ code: 'forbidden', status: 403 }, ['The token does not have access to this location.']),
  ],
  ['403 as a page', status(403, HTML), withWords({ code: 'forbidden', status: 403 }, [])],
  [
    '400 "not found"',
    status(400, ghlError(400, 'Contact with id x not found')),
    (call) => ({
      error:
        call === 'atera read'
          ? { code: 'rejected', status: 400, vendorMessages: [] }
          : { code: 'not_found', status: 400 },
      tries: 1,
    }),
  ],
  [
    '400 with ProblemDetails',
    status(400, PROBLEM),
    (call) => ({
      error: {
        code: 'rejected',
        status: 400,
        vendorMessages: call === 'atera read' ? ['Bad Request', 'Contact not found.'] : [],
      },
      tries: 1,
    }),
  ],
  ['404', status(404, ghlError(404, 'Cannot GET')), always({ code: 'not_found', status: 404 })],
  ['404 as a page', status(404, HTML), always({ code: 'not_found', status: 404 })],
  [
    '409',
    status(409, ghlError(409, 'Conflict')),
    (call) => ({
      error: { code: 'rejected', status: 409, vendorMessages: call === 'atera read' ? [] : ['Conflict'] },
      tries: 1,
    }),
  ],
  [
    '422 with a list',
    status(422, ghlError(422, ['property a should not exist', 'b must be a string'])),
    (call) => ({
      error: {
        code: 'rejected',
        status: 422,
        vendorMessages: call === 'atera read' ? [] : ['property a should not exist', 'b must be a string'],
      },
      tries: 1,
    }),
  ],
  ['429 without a time', rateLimited(), always({ code: 'rate_limited', status: 429, retryAfterMs: 10_000 })],
  [
    '429 with a long pause',
    rateLimited(30),
    always({ code: 'rate_limited', status: 429, retryAfterMs: 30_000 }),
  ],
  ['500', status(500, '{}'), always({ code: 'vendor_unavailable', status: 500 }, READS)],
  ['502 as a page', status(502, HTML), always({ code: 'vendor_unavailable', status: 502 }, READS)],
  ['503 without a body', status(503), always({ code: 'vendor_unavailable', status: 503 }, READS)],
  [
    '503 with a long pause',
    status(503, '', { 'retry-after': '60' }),
    always({ code: 'vendor_unavailable', status: 503 }),
  ],
  ['504', status(504), always({ code: 'vendor_unavailable', status: 504 }, READS)],
  ['no connection', { kind: 'cut', when: 'before' }, always({ code: 'network' }, READS)],
  [
    'a connection cut after the vendor acted',
    { kind: 'cut', when: 'after' },
    always({ code: 'network' }, READS),
  ],
];

describe.each(NAMES)('%s', (name) => {
  const { run, facts } = CALLS[name];

  it.each(ROWS)('%s', async (_, fault, expected) => {
    const bench = createBench();
    bench.addFault({}, fault);
    const { error, tries } = expected(name);
    expect(await errorOf(run(bench))).toEqual({ ...facts, ...error });
    expect(bench.requests.length).toBe(tries);
  });

  it.each<[string, Fault]>([
    ['an answer that does not come', { kind: 'latency', ms: 30_000 }],
    ['an answer whose body does not come', { kind: 'slowBody', ms: 30_000 }],
  ])('%s in time', async (_, fault) => {
    const bench = createBench({ timeoutMs: 50 });
    bench.addFault({}, fault);
    const startedAt = performance.now();
    expect(await errorOf(run(bench))).toEqual({ ...facts, code: 'timeout' });
    expect(performance.now() - startedAt).toBeLessThan(5000);
    expect(bench.requests.length).toBeLessThanOrEqual(name === 'ghl write' ? 1 : READS);
  });
});

/** An answer to a write is not read beyond its status: the read-back decides. Here reads only. */
describe.each(['atera read', 'ghl read'] as const)('%s', (name) => {
  const { run, facts } = CALLS[name];
  let bench: Bench;
  beforeEach(() => {
    bench = createBench();
  });
  afterEach(() => {
    expect(bench.requests.length).toBe(1);
  });

  it.each<[string, Fault]>([
    ['half of the JSON', { kind: 'malformed' }],
    ['the right shape with wrong types', { kind: 'wrongTypes' }],
    ['a page instead of JSON', status(200, HTML)],
    ['a list instead of an object', status(200, '[]')],
    ['a text instead of an object', status(200, '"Dana"')],
    ['an object without what was asked for', status(200, '{"other":1}')],
    ['a number that is no id', status(200, '{"EndUserID":1e300,"contact":{"id":""}}')],
    ['5 MB of nothing', status(200, `${' '.repeat(5_000_000)}{`)],
  ])('refuses %s', async (_, fault) => {
    bench.addFault({}, fault);
    expect(await errorOf(run(bench))).toEqual({ ...facts, code: 'invalid_response' });
  });

  it.each([
    ['no body', ''],
    ['null', 'null'],
  ])('takes %s for nobody, or for no answer', async (_, body) => {
    bench.addFault({}, status(200, body));
    expect((await errorOf(run(bench))).code).toBe(name === 'atera read' ? 'not_found' : 'invalid_response');
  });

  it('reads a record of 5 MB', async () => {
    const big = 'x'.repeat(5_000_000);
    const contact =
      name === 'atera read'
        ? { EndUserID: scene.main.ateraContactId, Notes: big }
        : { contact: { id: ghlId, notes: big } };
    bench.addFault({}, status(200, JSON.stringify(contact)));
    await expect(run(bench)).resolves.toBeTruthy();
  });
});

describe('ghl write', () => {
  it.each<[string, Fault]>([
    ['half of the JSON', { kind: 'malformed' }],
    ['a page instead of JSON', status(200, HTML)],
  ])('with %s for an answer is unknown, not done', async (_, fault) => {
    const bench = createBench();
    bench.addFault({}, fault);
    expect((await errorOf(CALLS['ghl write'].run(bench))).code).toBe('invalid_response');
    expect(bench.requests.length).toBe(1);
  });

  it('with no body or an odd one for an answer is done: reading back decides', async () => {
    for (const body of ['', '{}', '[]']) {
      const bench = createBench();
      bench.addFault({}, status(200, body));
      await expect(CALLS['ghl write'].run(bench)).resolves.toBeUndefined();
    }
  });

  it('tells of a duplicate, and who it is', async () => {
    const bench = createBench();
    const change = { key: 'email', value: 'oscar.nguyen@brightsmile.example' };
    expect(await errorOf(bench.ghl().updatePerson(ghlId, [change]))).toEqual({
      ...CALLS['ghl write'].facts,
      code: 'duplicate',
      status: 400,
      vendorMessages: ['This location does not allow duplicated contacts.'],
      existingId: firstOf(scene.exact.ghlContactIds),
    });
  });

  it('tells of a duplicate without saying who, when the answer does not', async () => {
    const bench = createBench();
    bench.answer(
      {
        statusCode: 400,
        message: 'This location does not allow duplicated contacts.',
        meta: { contactId: 7 },
      },
      400,
    );
    const error = await errorOf(CALLS['ghl write'].run(bench));
    expect(error.code).toBe('duplicate');
    expect(error).not.toHaveProperty('existingId');
  });
});

describe('a missing right', () => {
  it.each([
    'The token is not authorized for this scope.',
    'This authClass type is not allowed to access this scope.',
    "Token's user type mismatch!",
  ])('in GHL is a 401 that says %j', async (message) => {
    const bench = createBench();
    bench.answer({ statusCode: 401, message }, 401);
    expect(await errorOf(bench.ghl().readLocation())).toEqual({
      code: 'forbidden',
      vendor: 'ghl',
      operation: 'getLocation',
      scope: 'locations.readonly',
      status: 401,
      vendorMessages: [message],
    });
  });

  it('stops the read-only token at what it may not do, and nowhere else', async () => {
    const bench = createBench();
    const client = bench.ghl(bench.sandbox.ghl.readonlyToken);
    await expect(client.readContact(ghlId)).resolves.toBeTruthy();
    for (const attempt of [
      client.readLocation(),
      client.readCustomFields(),
      client.updatePerson(ghlId, [{ key: 'city', value: 'Oakland' }]),
    ]) {
      expect((await errorOf(attempt)).code).toBe('forbidden');
    }
  });

  it('in Atera is a 403 that names the right', async () => {
    const bench = createBench();
    const key = bench.sandbox.state.atera.keys.find(({ rights }) => rights.length === 0)?.key ?? '';
    expect(await errorOf(bench.atera(key).readContact(ateraId))).toEqual({
      ...CALLS['atera read'].facts,
      code: 'forbidden',
      status: 403,
    });
  });
});

describe('words of the vendor', () => {
  it('are cut to what people can read', async () => {
    const bench = createBench();
    bench.answer({ statusCode: 422, message: [...Array(20).fill('x'.repeat(1000)), 7] }, 422);
    const { vendorMessages = [] } = await errorOf(bench.ghl().readContact(ghlId));
    expect(vendorMessages.map(({ length }) => length)).toEqual(Array(8).fill(300));
  });

  it('are found under other names too', async () => {
    const bench = createBench();
    bench.answer({ error: 'Something is wrong' }, 400);
    expect((await errorOf(bench.ghl().readContact(ghlId))).vendorMessages).toEqual(['Something is wrong']);
    const other = createBench();
    other.answer({ Message: 'An error', InnerException: 'The reason', title: '', detail: 4 }, 400);
    expect((await errorOf(other.atera().readContact(ateraId))).vendorMessages).toEqual([
      'An error',
      'The reason',
    ]);
  });
});
