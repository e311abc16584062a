import { describe, expect, it } from 'vitest';
import { createBench, NOW, pick, pickList } from './client.ts';

const setup = () => {
  const bench = createBench();
  const id = bench.scene.main.ateraContactId;
  const emailsOf = async (query: string): Promise<unknown[]> =>
    pickList((await bench.atera('GET', `/contacts?${query}`)).json, 'items').map((item) =>
      pick(item, 'Email'),
    );
  return { ...bench, id, path: `/contacts/${id}`, emailsOf };
};

describe('Atera contacts', () => {
  it('are found by a part of the address or number: "contains", not "equals"', async () => {
    const { emailsOf, atera } = setup();
    expect(await emailsOf('Email=tanner')).toHaveLength(5);
    expect(await emailsOf('Email=DANA.WHITFIELD%40brightsmile.example')).toEqual([
      'dana.whitfield@brightsmile.example',
    ]);
    await atera('POST', '/contacts', { Email: 'not.dana.whitfield@brightsmile.example', CustomerID: 311 });
    expect(await emailsOf('Email=dana.whitfield%40brightsmile.example')).toHaveLength(2);
    expect(await emailsOf('Phone=5550137')).toEqual(['dana.whitfield@brightsmile.example']);
    expect(await emailsOf('Phone=(415)%20555-0172')).toEqual(['dana.whitfield@brightsmile.example']);
    expect((await emailsOf('Phone=2065550100')).length).toBeGreaterThan(3);
  });

  it("are filtered by date in the account's time zone, inclusive, without offset", async () => {
    const { atera, path, emailsOf } = setup();
    await atera('PUT', path, { JobTitle: 'Director' });
    // 12:00 UTC is 04:00 in the account's time zone.
    expect(await emailsOf('FromLastModifiedDate=2026-11-24T04:00:00')).toEqual([
      'dana.whitfield@brightsmile.example',
    ]);
    expect(await emailsOf('FromLastModifiedDate=2026-11-24T04:00:01')).toEqual([]);
    expect(await emailsOf('FromLastModifiedDate=2026-11-24')).toHaveLength(1);
    expect((await atera('GET', '/contacts?FromLastModifiedDate=2026-11-24T04:00:00Z')).status).toBe(400);
  });

  it('come newest first, or by last change', async () => {
    const { atera, path, emailsOf } = setup();
    const ids = pickList((await atera('GET', '/contacts?itemsInPage=50')).json, 'items').map((item) =>
      Number(pick(item, 'EndUserID')),
    );
    expect(ids).toEqual([...ids].sort((a, b) => b - a));
    await atera('PUT', path, { JobTitle: 'Director' });
    expect((await emailsOf('SortBy=LastModified'))[0]).toBe('dana.whitfield@brightsmile.example');
    expect((await atera('GET', '/contacts?SortBy=Name', undefined, { isWrong: true })).status).toBe(400);
  });

  it('change by the given keys only; the address never changes', async () => {
    const { atera, path, advance } = setup();
    advance(60_000);
    const before = (await atera('GET', path)).json;
    const answer = await atera(
      'PUT',
      path,
      { Phone: '+1 415 555 0199', Email: 'x@y.example', Nonsense: 1, Lastname: null },
      { isWrong: true },
    );
    expect(answer.json).toEqual({ ActionID: String(pick(before, 'EndUserID')) });
    const after = (await atera('GET', path)).json;
    expect(after).toEqual({
      ...(before as object),
      Phone: '+1 415 555 0199',
      LastModified: new Date(NOW + 60_000).toISOString().replace('.000', ''),
    });
  });

  it('move to another customer, which must exist', async () => {
    const { atera, path } = setup();
    await atera('PUT', path, { CustomerID: 314 });
    expect((await atera('GET', path)).json).toMatchObject({
      CustomerID: 314,
      CustomerName: 'Harbor & Pine Architects',
    });
    expect((await atera('PUT', path, { CustomerID: 1 })).status).toBe(400);
    expect((await atera('PUT', path, { Phone: 5 }, { isWrong: true })).status).toBe(400);
  });

  it('accept but do not store an ignored field', async () => {
    const { atera, path, sandbox } = setup();
    sandbox.state.atera.ignoredFields = ['JobTitle'];
    expect((await atera('PUT', path, { JobTitle: 'X', Phone: '1' })).status).toBe(200);
    expect((await atera('GET', path)).json).toMatchObject({ JobTitle: 'Office manager', Phone: '1' });
  });

  it('need an address and an existing customer to be created', async () => {
    const { atera } = setup();
    const create = async (body: Record<string, unknown>): Promise<number> =>
      (await atera('POST', '/contacts', body, { isWrong: true })).status;
    expect(await create({ CustomerID: 311 })).toBe(400);
    expect(await create({ Email: 'a@nightjar.example' })).toBe(400);
    expect(await create({ Email: 'a@nightjar.example', CustomerName: 'Unheard Of' })).toBe(400);
    expect(await create({ Email: 'a@nightjar.example', CustomerName: 'Kestrel Logistics' })).toBe(201);
    expect(await create({ Email: 'A@nightjar.example', CustomerID: 311 })).toBe(400);
  });

  it('answer a write with the id as text, and are gone after a delete', async () => {
    const { atera } = setup();
    const created = await atera('POST', '/contacts', { Email: 'a@nightjar.example', CustomerID: 311 });
    const id = pick(created.json, 'ActionID');
    expect(id).toEqual(expect.stringMatching(/^\d+$/));
    expect((await atera('GET', `/contacts/${id}`)).json).toMatchObject({
      EndUserID: Number(id),
      Firstname: null,
      Archived: false,
    });
    expect((await atera('DELETE', `/contacts/${id}`)).text).toBe('');
    expect((await atera('GET', `/contacts/${id}`)).status).toBe(404);
    expect((await atera('DELETE', `/contacts/${id}`)).status).toBe(404);
  });
});

describe('Atera custom values', () => {
  it('exist only where an administrator made the field', async () => {
    const { atera, id } = setup();
    const path = `/customvalues/contactfield/${id}`;
    expect((await atera('PUT', `${path}/Favourite%20colour`, { Value: 'red' })).status).toBe(400);
    expect((await atera('GET', `${path}/Favourite%20colour`)).status).toBe(400);
    expect((await atera('PUT', `${path}/GHL%20tags`, { Value: 'a, b' })).status).toBe(200);
    expect((await atera('GET', `${path}/GHL%20tags`)).json).toMatchObject([
      { FieldName: 'GHL tags', ValueAsString: 'a, b' },
    ]);
    expect((await atera('PUT', '/customvalues/contactfield/1/GHL%20tags', { Value: 'a' })).status).toBe(404);
  });

  it('are always sent as text, and typed when read', async () => {
    const { atera, id } = setup();
    const path = `/customvalues/contactfield/${id}/Recall%20date`;
    expect((await atera('PUT', path, { Value: 7 }, { isWrong: true })).status).toBe(400);
    await atera('PUT', path, { Value: '2027-02-03' });
    expect(pick((await atera('GET', path)).json, 0, 'ValueAsDateTime')).toBe('2027-02-03T00:00:00Z');
    const level = '/customvalues/customerfield/311/Support%20level';
    expect((await atera('PUT', level, { Value: 'Gold' })).status).toBe(400);
    expect((await atera('PUT', level, { Value: 'Plus' })).status).toBe(200);
  });
});
