import Dexie from 'dexie';
import { describe, expect, it } from 'vitest';
import { createWorld } from '../support/world.ts';

describe('connecting', () => {
  it('accepts a token as people paste it, and a page address as location', async () => {
    const world = await createWorld();
    const { atera, ghl } = world.sandbox;
    const first = await world.send('connectAtera', { token: `  Bearer ${atera.apiKey}\n` });
    expect(first).toMatchObject({ vendor: 'atera', kind: 'real', name: 'Northwind IT', problem: null });
    const location = `https://crm.agency.example/v2/location/${ghl.locationId}/contacts/smart_list/All?x=1`;
    const second = await world.send('connectGhl', { token: ` ${ghl.token} `, location });
    expect(second).toMatchObject({ id: ghl.locationId, vendor: 'ghl', name: 'Northwind CRM' });
    expect(await world.send('getAccounts', {})).toHaveLength(2);
  });

  it('works with the right to read contacts alone; the name is then the id', async () => {
    const world = await createWorld();
    const { readonlyToken, locationId } = world.sandbox.ghl;
    const account = await world.send('connectGhl', { token: readonlyToken, location: locationId });
    expect(account).toMatchObject({ name: locationId });
    await world.send('connectAtera', { token: world.sandbox.atera.apiKey });
    const { view } = await world.openTicket('main');
    expect(view.match.status).toBe('one');
    expect(view.rows.find(({ field }) => field === 'mobile')?.toRight).toEqual({
      can: false,
      reason: 'custom-fields-unreadable',
    });
    const receipt = await world.push(view.plans.push, ['lastName']);
    expect(receipt).toMatchObject({ state: 'failed', error: { code: 'forbidden', scope: 'contacts.write' } });
  });

  it.each([
    [
      'an Atera token that is none',
      'connectAtera',
      { token: 'hello' },
      { code: 'invalid_input', input: 'token' },
    ],
    [
      'a GHL token that is none',
      'connectGhl',
      { token: 'hello', location: 'EM0Ite4PXvAmZXJtKb0x' },
      { code: 'invalid_input', input: 'token' },
    ],
    [
      'a location that is none',
      'connectGhl',
      { token: 'pit-12345678-aaaa', location: 'https://app.gohighlevel.com/' },
      { code: 'invalid_input', input: 'location' },
    ],
    [
      'an Atera token that is wrong',
      'connectAtera',
      { token: 'eyJhbGciOiJIUzI1NiJ9.eyJleHAiOjF9.c2ln' },
      { code: 'unauthorized', vendor: 'atera', status: 401 },
    ],
    [
      'a legacy Atera key that is off',
      'connectAtera',
      { token: '0123456789abcdefffffffffffffffff' },
      { code: 'unauthorized', vendor: 'atera' },
    ],
    [
      'a GHL token that is wrong',
      'connectGhl',
      { token: 'pit-12345678-aaaa', location: 'EM0Ite4PXvAmZXJtKb0x' },
      { code: 'unauthorized', vendor: 'ghl' },
    ],
  ] as const)('refuses %s, and stores nothing', async (_case, type, data, error) => {
    const world = await createWorld();
    const { code, ...details } = error;
    await expect(world.send(type, data as never)).rejects.toMatchObject({ code, details });
    expect(await world.send('getAccounts', {})).toEqual([]);
    expect(await world.storedRows('credentials')).toBe(0);
  });

  it('refuses a token that is good for another location', async () => {
    const world = await createWorld();
    const connecting = world.send('connectGhl', {
      token: world.sandbox.ghl.token,
      location: 'AnotherLocation00001',
    });
    await expect(connecting).rejects.toMatchObject({ code: 'forbidden', details: { vendor: 'ghl' } });
  });

  it('replaces the token of the same account, and keeps what is linked', async () => {
    const world = await createWorld();
    await world.connect();
    const { view } = await world.openTicket('main');
    await world.push(view.plans.push, ['lastName']);
    await world.send('connectGhl', {
      token: world.sandbox.ghl.readonlyToken,
      location: world.sandbox.ghl.locationId,
    });
    expect(await world.send('getAccounts', {})).toHaveLength(2);
    expect((await world.openTicket('main')).view.match.status).toBe('linked');
  });

  it('forgets everything of an account that is disconnected', async () => {
    const world = await createWorld();
    await world.connect();
    const { view } = await world.openTicket('main');
    await world.push(view.plans.push, ['lastName']);
    await world.send('disconnect', { accountId: world.sandbox.ghl.locationId });
    for (const area of ['plans', 'receipts', 'links', 'views', 'lastReceipts'])
      expect([area, await world.storedRows(area)]).toEqual([area, 0]);
    expect(await world.storedRows('credentials')).toBe(1);
    expect(await world.send('getPanelState', { tabId: 1 })).toMatchObject({
      page: { kind: 'not-connected', missing: ['ghl'] },
    });
  });
});

describe('sample accounts', () => {
  it('work without any vendor, keep what is changed over a restart, and use ids that no vendor gives', async () => {
    const world = await createWorld();
    const accounts = await world.send('connectSample', {});
    expect(accounts.map(({ kind }) => kind)).toEqual(['sample', 'sample']);
    const tabId = await world.openTab('https://shop.example/');
    const state = await world.send('getPanelState', { tabId });
    if (state.page.kind !== 'nothing') throw new Error(state.page.kind);
    const [first] = state.page.samples;
    if (!first) throw new Error('No samples');
    expect(first.personName).toBe('Dana Whitfield');
    expect(Number(first.subject.id)).toBeGreaterThanOrEqual(900_000_000_000_000);
    await world.send('viewSample', { target: { tabId }, subject: first.subject });
    const view = await world.shown(tabId, world.settled);
    expect(view.match.status).toBe('one');
    const receipt = await world.push(view.plans.push, ['lastName']);
    expect(receipt.state).toBe('done');
    world.restart();
    const again = await world.openTab('https://shop.example/');
    await world.send('viewSample', { target: { tabId: again }, subject: first.subject });
    const after = await world.shown(again, (shown) => world.settled(shown) && !shown.refreshing);
    expect(after.rows.find(({ field }) => field === 'lastName')?.status).toBe('same');
    expect(world.sandbox.log).toEqual([]);
    expect(world.bugs).toEqual([]);
  });

  it('never throw real credentials away', async () => {
    const world = await createWorld();
    await world.connect();
    await expect(world.send('connectSample', {})).rejects.toMatchObject({
      code: 'invalid_input',
      details: { input: 'sample' },
    });
    expect((await world.send('getAccounts', {})).map(({ kind }) => kind)).toEqual(['real', 'real']);
  });

  it('go when a real account comes: the two never pair', async () => {
    const world = await createWorld();
    await world.send('connectSample', {});
    await world.send('connectAtera', { token: world.sandbox.atera.apiKey });
    expect((await world.send('getAccounts', {})).map(({ kind, vendor }) => [vendor, kind])).toEqual([
      ['atera', 'real'],
    ]);
    expect(await world.storedRows('sample')).toBe(0);
  });
});

describe('what is stored', () => {
  it('tells neither tokens nor people to anyone who reads the database', async () => {
    const world = await createWorld();
    await world.connect();
    const { view } = await world.openTicket('main');
    await world.push(view.plans.push, ['lastName']);
    const db = await new Dexie(world.databaseName).open();
    const rows = await db.table('rows').toArray();
    const keys: { key: CryptoKey }[] = await db.table('keys').toArray();
    db.close();
    expect(rows.length).toBeGreaterThan(8);
    const text = rows
      .map((row) => JSON.stringify({ ...row, data: Buffer.from(row.data).toString('latin1') }))
      .join('\n');
    for (const secret of [
      world.sandbox.atera.apiKey,
      world.sandbox.ghl.token,
      'Whitf',
      'brightsmile',
      '5550137',
      world.sandbox.ghl.locationId,
    ]) {
      expect(text).not.toContain(secret);
    }
    expect(keys.map(({ key }) => key.extractable)).toEqual([false, false]);
  });

  it('never puts a token into a message, a state or a log line', async () => {
    const lines: unknown[] = [];
    const world = await createWorld();
    for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const) {
      console[method] = (...line: unknown[]) => lines.push(line);
    }
    await world.connect();
    const replies: unknown[] = [await world.send('getAccounts', {})];
    const { view } = await world.openTicket('main');
    world.faults.add({ vendor: 'ghl', method: 'PUT' }, { kind: 'status', status: 401 });
    replies.push(view, await world.push(view.plans.push, ['lastName']));
    const everything = JSON.stringify([lines, replies, world.sent, world.states, world.bugs]);
    expect(everything.length).toBeGreaterThan(10_000);
    expect(everything).not.toContain(world.sandbox.atera.apiKey);
    expect(everything).not.toContain(world.sandbox.ghl.token);
  });
});
