import { describe, expect, it } from 'vitest';
import { createBench, firstOf, pick, pickList } from './client.ts';

const setup = () => {
  const bench = createBench();
  const { locationId } = bench.sandbox.ghl;
  const search = (body: Record<string, unknown>, isWrong = false) =>
    bench.ghl('POST', '/contacts/search', { locationId, pageLimit: 20, ...body }, { isWrong });
  const namesOf = async (body: Record<string, unknown>): Promise<unknown[]> =>
    pickList((await search(body)).json, 'contacts').map((contact) => pick(contact, 'name'));
  return { ...bench, locationId, search, namesOf, id: firstOf(bench.scene.main.ghlContactIds) };
};

describe('GHL search', () => {
  it('shows a write only after the index has caught up; GET and the duplicate lookup at once', async () => {
    const { ghl, search, advance, id, locationId } = setup();
    const eq = { filters: [{ field: 'email', operator: 'eq', value: 'dana.whitfield@brightsmile.example' }] };
    await ghl('PUT', `/contacts/${id}`, { lastName: 'Whitfield' });
    const lastName = async (): Promise<unknown> => pick((await search(eq)).json, 'contacts', 0, 'lastName');
    expect(await lastName()).toBe('Whitfeld');
    expect(pick((await ghl('GET', `/contacts/${id}`)).json, 'contact', 'lastName')).toBe('Whitfield');
    advance(5000);
    await ghl('PUT', `/contacts/${id}`, { firstName: 'Dana M.' });
    expect(await lastName()).toBe('Whitfeld');
    advance(12_000);
    expect(await lastName()).toBe('Whitfield');

    const created = await ghl('POST', '/contacts/', { locationId, email: 'new@nightjar.example' });
    const fresh = { filters: [{ field: 'id', operator: 'eq', value: pick(created.json, 'contact', 'id') }] };
    expect(pick((await search(fresh)).json, 'total')).toBe(0);
    const duplicate = await ghl(
      'GET',
      `/contacts/search/duplicate?locationId=${locationId}&email=new@nightjar.example`,
    );
    expect(pick(duplicate.json, 'contact', 'email')).toBe('new@nightjar.example');
    advance(12_000);
    expect(pick((await search(fresh)).json, 'total')).toBe(1);

    await ghl('DELETE', `/contacts/${id}`);
    expect(pick((await search(eq)).json, 'total')).toBe(1);
    advance(12_000);
    expect(pick((await search(eq)).json, 'total')).toBe(0);
  });

  it('looks up duplicates by e-mail and by number in any format', async () => {
    const { ghl, locationId, id } = setup();
    const lookUp = async (query: string): Promise<unknown> =>
      pick(
        (await ghl('GET', `/contacts/search/duplicate?locationId=${locationId}&${query}`)).json,
        'contact',
      );
    expect(pick(await lookUp('email=DANA.whitfield%40brightsmile.example'), 'id')).toBe(id);
    expect(pick(await lookUp('number=%2B14155550199'), 'id')).toBe(id);
    expect(pick(await lookUp('number=(415)%20555-0199'), 'id')).toBe(id);
    expect(await lookUp('email=nobody%40nightjar.example')).toBeNull();
    expect((await ghl('GET', `/contacts/search/duplicate?locationId=${locationId}`)).status).toBe(422);
  });

  it('finds text as typed: a number in another format is not found', async () => {
    const { namesOf } = setup();
    expect(await namesOf({ query: '+14155550199' })).toEqual(['Dana Whitfeld']);
    expect(await namesOf({ query: '415 555 0199' })).toEqual([]);
    expect(await namesOf({ query: '田中' })).toHaveLength(1);
  });

  it('filters, groups and sorts', async () => {
    const { namesOf, sandbox } = setup();
    const job = sandbox.state.ghl.customFields[0]?.id;
    const is = (field: string, value: unknown) => ({ field, operator: 'eq', value });
    expect(await namesOf({ filters: [is('tags', ['vip', 'dental'])] })).toEqual(['Dana Whitfeld']);
    expect(await namesOf({ filters: [is(`customFields.${job}`, 'Nurse')] })).toEqual(['Wendy Cho']);
    expect(await namesOf({ filters: [is('dndSettings.SMS.status', 'active')] })).toEqual(['Dana Whitfeld']);
    const or = { group: 'OR', filters: [is('lastNameLowerCase', 'cho'), is('lastNameLowerCase', 'achebe')] };
    const sort = [{ field: 'lastNameLowerCase', direction: 'asc' }];
    expect(await namesOf({ filters: [or], sort })).toEqual(['Samuel Achebe', 'Wendy Cho']);
    expect(await namesOf({ filters: [{ field: 'email', operator: 'not_exists' }] })).toEqual(['Wendy Cho']);
    const since = {
      field: 'dateUpdated',
      operator: 'range',
      value: { gt: '2026-10-01T00:00:00Z', lte: Date.parse('2027-01-01') },
    };
    expect((await namesOf({ filters: [since] })).length).toBeGreaterThan(0);
  });

  it('pages by number and by cursor', async () => {
    const { search } = setup();
    const all = pickList((await search({ pageLimit: 100 })).json, 'contacts').map((contact) =>
      pick(contact, 'id'),
    );
    const second = pickList((await search({ pageLimit: 5, page: 2 })).json, 'contacts');
    expect(second.map((contact) => pick(contact, 'id'))).toEqual(all.slice(5, 10));
    const next = await search({ pageLimit: 5, searchAfter: pick(second[4], 'searchAfter') });
    expect(pickList(next.json, 'contacts').map((contact) => pick(contact, 'id'))).toEqual(all.slice(10, 15));
  });

  it('still has the deprecated list, with a cursor; the newest version has not', async () => {
    const { ghl, locationId, sandbox } = setup();
    const list = (query: string) => ghl('GET', `/contacts/?locationId=${locationId}${query}`);
    const first = await list('&limit=2');
    expect(pick(first.json, 'meta', 'total')).toBe(sandbox.state.ghl.contacts.length);
    const next = await list(`&limit=2&startAfterId=${pick(first.json, 'meta', 'startAfterId')}&startAfter=1`);
    const ids = [first, next].flatMap(({ json }) =>
      pickList(json, 'contacts').map((contact) => pick(contact, 'id')),
    );
    expect(new Set(ids).size).toBe(4);
    expect(pick((await list('&query=whitfeld')).json, 'contacts', 0, 'contactName')).toBe('dana whitfeld');
    const headers = { authorization: `Bearer ${sandbox.ghl.token}`, version: 'v3' };
    const newest = await ghl('GET', `/contacts/?locationId=${locationId}`, undefined, {
      headers,
      isWrong: true,
    });
    expect(newest.status).toBe(404);
  });

  it.each([
    ['no pageLimit', { pageLimit: undefined }, 422],
    ['an unknown key', { limit: 5 }, 422],
    ['too long a query', { query: 'x'.repeat(76) }, 422],
    ['an unknown field', { filters: [{ field: 'first_name', operator: 'eq', value: 'x' }] }, 400],
    ['an unknown operator', { filters: [{ field: 'email', operator: 'neq', value: 'x' }] }, 400],
  ])('refuses %s', async (_name, body, status) => {
    const { search } = setup();
    expect((await search(body, true)).status).toBe(status);
  });
});
