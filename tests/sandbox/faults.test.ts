import { afterEach, describe, expect, it, vi } from 'vitest';
import { createFaults, rateLimited, status, unauthorizedEmpty } from '../../lib/sandbox/faults.ts';
import { createSandbox, SCENES } from '../../lib/sandbox/index.ts';
import { NOW } from './client.ts';

const setup = () => {
  const faults = createFaults();
  const sandbox = createSandbox({ now: () => NOW, ids: 'served', before: faults.before });
  const id = SCENES.served.main.ghlContactIds[0];
  const call = (method = 'GET', body?: unknown, signal: AbortSignal | null = null): Promise<Response> =>
    sandbox.ghl.fetch(
      new Request(`https://any.example/contacts/${id}`, {
        method,
        headers: { authorization: `Bearer ${sandbox.ghl.token}`, version: '2021-07-28' },
        body: body ? JSON.stringify(body) : null,
        signal,
      }),
    );
  const city = (): string | undefined =>
    sandbox.state.ghl.contacts.find((contact) => contact.id === id)?.city;
  return { faults, sandbox, call, city };
};

afterEach(() => {
  vi.useRealTimers();
});

describe('faults', () => {
  it('meet the requests they match, as often as asked', async () => {
    const { faults, call } = setup();
    const handle = faults.add({ vendor: 'ghl', method: 'PUT', path: /^\/contacts\// }, status(503), 2);
    faults.add({ vendor: 'atera' }, status(500));
    expect((await call()).status).toBe(200);
    expect((await call('PUT', { city: 'A' })).status).toBe(503);
    expect((await call('PUT', { city: 'B' })).status).toBe(503);
    expect((await call('PUT', { city: 'C' })).status).toBe(200);
    expect(handle.count()).toBe(2);
  });

  it('answer instead of the vendor, with headers', async () => {
    const { faults, call, city } = setup();
    faults.add({}, rateLimited(7), 1);
    const limited = await call('PUT', { city: 'X' });
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '7']);
    expect(city()).toBe('San Francisco');
    faults.add({}, unauthorizedEmpty, 1);
    const refused = await call();
    expect([refused.status, await refused.text()]).toEqual([401, '']);
  });

  it('cut the connection before or after the write', async () => {
    const { faults, call, city, sandbox } = setup();
    faults.add({}, { kind: 'cut', when: 'before' }, 1);
    await expect(call('PUT', { city: 'A' })).rejects.toThrow(TypeError);
    expect(city()).toBe('San Francisco');
    faults.add({}, { kind: 'cut', when: 'after' }, 1);
    await expect(call('PUT', { city: 'B' })).rejects.toThrow(TypeError);
    expect(city()).toBe('B');
    expect(sandbox.log.map((entry) => entry.status)).toEqual([null, null]);
  });

  it('break JSON, and twist types', async () => {
    const { faults, call } = setup();
    faults.add({}, { kind: 'malformed' }, 1);
    await expect((await call()).json()).rejects.toThrow(SyntaxError);
    faults.add({}, { kind: 'wrongTypes' }, 1);
    expect(await (await call()).json()).toMatchObject({
      contact: { firstName: 7, dnd: 'xfalse', tags: { 0: expect.anything() } },
    });
  });

  it('hold an answer until it is released', async () => {
    const { faults, call, city } = setup();
    const before = faults.add({}, { kind: 'hold', when: 'before' });
    const first = call('PUT', { city: 'A' });
    await before.arrived;
    expect(city()).toBe('San Francisco');
    before.release();
    expect((await first).status).toBe(200);
    expect(city()).toBe('A');

    const after = faults.add({}, { kind: 'hold', when: 'after' });
    const second = call('PUT', { city: 'B' });
    await after.arrived;
    expect(city()).toBe('B');
    after.release();
    expect((await second).status).toBe(200);
    expect((await call()).status).toBe(200);
  });

  it('let a caller give up waiting', async () => {
    const { faults, call } = setup();
    const handle = faults.add({}, { kind: 'hold', when: 'before' });
    const abort = new AbortController();
    const answer = call('GET', undefined, abort.signal);
    await handle.arrived;
    abort.abort();
    await expect(answer).rejects.toThrow(/abort/i);
    handle.release();
    await expect(call('GET', undefined, AbortSignal.abort())).rejects.toThrow(/abort/i);
  });

  it('delay answers and bodies', async () => {
    vi.useFakeTimers();
    const { faults, call } = setup();
    faults.setLatency(400);
    let done = false;
    const answer = call().then((response) => {
      done = true;
      return response;
    });
    await vi.advanceTimersByTimeAsync(399);
    expect(done).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect((await answer).status).toBe(200);
    faults.clear();

    faults.add({}, { kind: 'slowBody', ms: 1000 });
    const slow = await call();
    const text = slow.text();
    await vi.advanceTimersByTimeAsync(1000);
    expect(await text).toContain('Whitfeld');
    faults.clear();

    faults.add({}, { kind: 'latency', ms: 50 });
    const late = call();
    await vi.advanceTimersByTimeAsync(50);
    expect((await late).status).toBe(200);
  });

  it('of the newest kind win, and can be removed', async () => {
    const { faults, call } = setup();
    faults.add({}, status(500));
    const newer = faults.add({}, status(502));
    expect((await call()).status).toBe(502);
    newer.remove();
    expect((await call()).status).toBe(500);
    faults.clear();
    expect((await call()).status).toBe(200);
  });
});
