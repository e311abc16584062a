import { describe, expect, it } from 'vitest';
import { createBench, firstOf, pick } from './client.ts';

const setup = () => {
  const bench = createBench();
  return {
    ...bench,
    path: `/contacts/${firstOf(bench.scene.main.ghlContactIds)}`,
    locationId: bench.sandbox.ghl.locationId,
  };
};

describe('GHL access', () => {
  it('asks for a version it knows', async () => {
    const { ghl, path, sandbox } = setup();
    const authorization = `Bearer ${sandbox.ghl.token}`;
    const missing = await ghl('GET', path, undefined, { headers: { authorization }, isWrong: true });
    expect([missing.status, pick(missing.json, 'message')]).toEqual([401, 'version header was not found.']);
    const unknown = await ghl('GET', path, undefined, {
      headers: { authorization, version: '1999-01-01' },
      isWrong: true,
    });
    expect(unknown.status).toBe(400);
    expect(pick(unknown.json, 'message')).toBe("Invalid API version segment '1999-01-01' at position 0");
    for (const version of ['2021-07-28', '2023-02-21', 'v3']) {
      expect(
        (await ghl('GET', path, undefined, { headers: { authorization, version }, isWrong: true })).status,
      ).toBe(200);
    }
  });

  it('spells success right in the newest version only', async () => {
    const { ghl, path, sandbox } = setup();
    const headers = { authorization: `Bearer ${sandbox.ghl.token}`, version: 'v3' };
    expect((await ghl('PUT', path, { city: 'Oakland' })).json).not.toHaveProperty('succeeded');
    expect((await ghl('PUT', path, { city: 'Oakland' }, { headers, isWrong: true })).json).toMatchObject({
      succeded: true,
      succeeded: true,
    });
  });

  it('tells an unknown token from a missing scope, both 401', async () => {
    const { ghl, path, sandbox, locationId } = setup();
    const unknown = await ghl('GET', path, undefined, { token: 'pit-unknown' });
    expect([unknown.status, pick(unknown.json, 'message')]).toEqual([401, 'Invalid JWT']);
    const token = sandbox.ghl.readonlyToken;
    for (const suffix of ['', '/tasks', '/notes', '/appointments']) {
      expect((await ghl('GET', path + suffix, undefined, { token })).status).toBe(200);
    }
    for (const [method, route, body] of [
      ['PUT', path, { city: 'X' }],
      ['POST', `${path}/tags`, { tags: ['x'] }],
      ['GET', `/locations/${locationId}`, undefined],
      ['GET', `/locations/${locationId}/customFields`, undefined],
    ] as const) {
      const answer = await ghl(method, route, body, { token });
      expect([answer.status, pick(answer.json, 'message')]).toEqual([
        401,
        'The token is not authorized for this scope.',
      ]);
    }
  });

  it('refuses another location, wherever it is named', async () => {
    const { ghl } = setup();
    const other = 'AAAAAAAAAAAAAAAAAAAA';
    for (const [method, route, body] of [
      ['GET', `/locations/${other}`, undefined],
      ['GET', `/contacts/search/duplicate?locationId=${other}&email=a%40b.example`, undefined],
      ['POST', '/contacts/', { locationId: other, firstName: 'X' }],
    ] as const) {
      const answer = await ghl(method, route, body);
      expect([answer.status, pick(answer.json, 'message')]).toEqual([
        403,
        'The token does not have access to this location.',
      ]);
    }
  });

  it('answers 404 for a route that is not there', async () => {
    const { ghl } = setup();
    const answer = await ghl('GET', '/contacts/x/y/z', undefined, { isWrong: true });
    expect([answer.status, pick(answer.json, 'message')]).toEqual([404, 'Cannot GET /contacts/x/y/z']);
  });

  it('takes collection paths with and without a slash at the end', async () => {
    const { ghl, locationId } = setup();
    expect((await ghl('GET', `/users?locationId=${locationId}`)).status).toBe(200);
    expect((await ghl('GET', `/users/?locationId=${locationId}`)).status).toBe(200);
  });

  it('puts a trace id into every body, and the limits into every header', async () => {
    const { ghl, path } = setup();
    const ids = [];
    for (const answer of [await ghl('GET', path), await ghl('GET', '/contacts/gone')]) {
      ids.push(pick(answer.json, 'traceId'));
      expect(answer.headers.get('x-ratelimit-max')).toBe('100');
      expect(answer.headers.get('x-ratelimit-interval-milliseconds')).toBe('10000');
      expect(answer.headers.get('x-ratelimit-limit-daily')).toBe('200000');
    }
    expect(new Set(ids).size).toBe(2);
  });

  it('stops at 100 calls in 10 seconds, and starts anew after that', async () => {
    const { ghl, path, advance } = setup();
    for (let i = 0; i < 99; i += 1) await ghl('GET', path);
    const last = await ghl('GET', path);
    expect(last.headers.get('x-ratelimit-remaining')).toBe('0');
    expect((await ghl('GET', path)).status).toBe(429);
    advance(10_000);
    const next = await ghl('GET', path);
    expect(next.status).toBe(200);
    expect(next.headers.get('x-ratelimit-daily-remaining')).toBe(String(200_000 - 101));
  });

  it('stops when the day is used up', async () => {
    const { ghl, path, sandbox, advance } = setup();
    sandbox.state.ghl.rateLimit.daily = 1;
    await ghl('GET', path);
    const refused = await ghl('GET', path);
    expect(refused.status).toBe(429);
    expect(refused.headers.get('x-ratelimit-daily-remaining')).toBe('0');
    advance(24 * 3_600_000);
    expect((await ghl('GET', path)).status).toBe(200);
  });
});
