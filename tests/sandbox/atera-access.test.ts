import { describe, expect, it } from 'vitest';
import { createBench, pick, pickList } from './client.ts';

const setup = () => {
  const bench = createBench();
  const { keys } = bench.sandbox.state.atera;
  return { ...bench, legacyKey: keys.find(({ key }) => !key.startsWith('eyJ'))?.key ?? '', keys };
};

describe('Atera access', () => {
  it('answers 401 with an empty body and no challenge, whatever is wrong', async () => {
    const { atera, sandbox, legacyKey } = setup();
    for (const headers of [
      {},
      { authorization: 'Bearer eyJunknown' },
      { 'x-api-key': sandbox.atera.apiKey },
      { authorization: `Bearer ${legacyKey}` },
      { authorization: sandbox.atera.apiKey },
    ]) {
      const answer = await atera('GET', '/account', undefined, {
        headers: headers as Record<string, string>,
      });
      expect([answer.status, answer.text]).toEqual([401, '']);
      expect(answer.headers.has('www-authenticate')).toBe(false);
    }
  });

  it('takes a new token as Bearer, an older key as X-API-KEY', async () => {
    const { atera, legacyKey } = setup();
    expect((await atera('GET', '/account')).status).toBe(200);
    expect((await atera('GET', '/account', undefined, { headers: { 'x-api-key': legacyKey } })).status).toBe(
      200,
    );
  });

  it('has a token that tells when it ends', () => {
    const { sandbox } = setup();
    const payload = JSON.parse(atob(sandbox.atera.apiKey.split('.')[1] ?? '')) as { exp: number };
    expect(payload.exp * 1000).toBeGreaterThan(Date.parse('2026-12-31'));
  });

  it('answers 403 where the token lacks the right', async () => {
    const { atera, keys, scene } = setup();
    const [, readOnly, nothing] = keys;
    const contact = `/contacts/${scene.main.ateraContactId}`;
    expect((await atera('GET', contact, undefined, { token: readOnly?.key ?? '' })).status).toBe(200);
    const refused = await atera('PUT', contact, { Phone: '1' }, { token: readOnly?.key ?? '' });
    expect(refused.status).toBe(403);
    expect(refused.headers.get('content-type')).toContain('application/problem+json');
    expect((await atera('DELETE', contact, undefined, { token: readOnly?.key ?? '' })).status).toBe(403);
    expect((await atera('GET', contact, undefined, { token: nothing?.key ?? '' })).status).toBe(403);
    expect((await atera('GET', '/account', undefined, { token: nothing?.key ?? '' })).status).toBe(200);
  });

  it('each kind of token has its own filter names; the others are ignored and return everyone', async () => {
    const { atera, legacyKey, sandbox } = setup();
    const everyone = sandbox.state.atera.contacts.length;
    const total = async (query: string, headers?: Record<string, string>): Promise<unknown> => {
      const options = headers ? { headers, isWrong: true } : { isWrong: true };
      return pick((await atera('GET', `/contacts?${query}`, undefined, options)).json, 'totalItemCount');
    };
    const legacy = { 'x-api-key': legacyKey };
    expect(await total('Email=dana.whitfield')).toBe(1);
    expect(await total('email=dana.whitfield')).toBe(1);
    expect(await total('searchOptions.email=dana.whitfield')).toBe(everyone);
    expect(await total('searchOptions.email=dana.whitfield', legacy)).toBe(1);
    expect(await total('Email=dana.whitfield', legacy)).toBe(everyone);
  });

  it('gives 50 a page at most, more to older keys', async () => {
    const { atera, legacyKey } = setup();
    const size = async (options = {}): Promise<unknown> =>
      pick((await atera('GET', '/contacts?itemsInPage=200', undefined, options)).json, 'itemsInPage');
    expect(await size()).toBe(50);
    expect(await size({ headers: { 'x-api-key': legacyKey } })).toBe(200);
  });

  it('pages with links, and gives no items past the end', async () => {
    const { atera, sandbox } = setup();
    const count = sandbox.state.atera.contacts.length;
    const first = await atera('GET', '/contacts?itemsInPage=15');
    expect(first.json).toMatchObject({
      page: 1,
      totalItemCount: count,
      totalPages: Math.ceil(count / 15),
      prevLink: '',
    });
    const next = new URL(String(pick(first.json, 'nextLink')));
    expect([next.searchParams.get('page'), next.searchParams.get('itemsInPage')]).toEqual(['2', '15']);
    const past = await atera('GET', '/contacts?itemsInPage=15&page=9');
    expect(past.json).toMatchObject({ items: [], page: 9, nextLink: '' });
    const all = new Set<unknown>();
    for (let page = 1; page <= 3; page += 1) {
      const { json } = await atera('GET', `/contacts?itemsInPage=15&page=${page}`);
      for (const item of pickList(json, 'items')) all.add(pick(item, 'EndUserID'));
    }
    expect(all.size).toBe(count);
    expect((await atera('GET', '/contacts?page=zero', undefined, { isWrong: true })).status).toBe(400);
  });

  it('describes problems in the standard form', async () => {
    const { atera } = setup();
    const answer = await atera('GET', '/tickets/1');
    expect(answer.json).toMatchObject({ title: 'Not Found', status: 404, detail: 'Ticket was not found.' });
    expect((await atera('GET', '/nothing/here', undefined, { isWrong: true })).status).toBe(404);
  });
});
