import { describe, expect, it } from 'vitest';
import type { AccountReport, ConnectionReport, StepId, StepOutcome } from '../../lib/connection-report.ts';
import type { VendorName } from '../../lib/core/contact.ts';
import { createWorld, type World } from '../support/world.ts';

const of = (report: ConnectionReport, vendor: VendorName): AccountReport => {
  const found = report.accounts.find((account) => account.vendor === vendor);
  if (!found) throw new Error(`No report of ${vendor}`);
  return found;
};
const outcomes = ({ steps }: AccountReport): Partial<Record<StepId, StepOutcome>> =>
  Object.fromEntries(steps.map(({ id, outcome }) => [id, outcome]));
const stepOf = (account: AccountReport, id: StepId) => account.steps.find((step) => step.id === id);

const FINE = {
  atera: {
    reachable: 'ok',
    authenticated: 'ok',
    contacts: 'ok',
    account: 'ok',
    tickets: 'ok',
    customers: 'ok',
    customValues: 'ok',
    write: 'not-run',
  },
  ghl: {
    reachable: 'ok',
    authenticated: 'ok',
    contacts: 'ok',
    account: 'ok',
    customFields: 'ok',
    conversations: 'ok',
    write: 'not-run',
  },
} as const;
const SHUT = { authenticated: 'not-run', contacts: 'not-run', account: 'not-run', write: 'not-run' } as const;

/** Tests the connection, and proves on the way that nothing was written and no credential came out. */
async function probe(world: World): Promise<ConnectionReport> {
  const report = await world.send('testConnection', {});
  expect(world.writes()).toEqual([]);
  const text = JSON.stringify(report);
  for (const { key } of world.sandbox.state.atera.keys) expect(text).not.toContain(key);
  for (const { token } of world.sandbox.state.ghl.tokens) expect(text).not.toContain(token);
  expect(world.bugs).toEqual([]);
  return report;
}

async function connected(): Promise<World> {
  const world = await createWorld();
  await world.connect();
  return world;
}

describe('testing the connection', () => {
  it('finds everything fine, and shows three people of each side by name and address alone', async () => {
    const world = await connected();
    const report = await probe(world);
    for (const vendor of ['atera', 'ghl'] as const) {
      const account = of(report, vendor);
      expect(outcomes(account)).toEqual(FINE[vendor]);
      expect(account.people).toHaveLength(3);
      for (const person of account.people ?? []) expect(Object.keys(person)).toEqual(['id', 'name', 'email']);
    }
    expect(of(report, 'atera').info).toMatchObject({ name: 'Northwind IT', country: 'United States' });
    expect(of(report, 'ghl').info).toMatchObject({ name: 'Northwind CRM' });
    expect(world.sandbox.log).toHaveLength(9);
  });

  it('has nothing to say without accounts, and tests one alone', async () => {
    const world = await createWorld();
    expect((await probe(world)).accounts).toEqual([]);
    await world.send('connectAtera', { token: world.sandbox.atera.apiKey });
    const { accounts } = await probe(world);
    expect(accounts.map(({ vendor }) => vendor)).toEqual(['atera']);
  });

  it('tests sample accounts without a call to a vendor', async () => {
    const world = await createWorld();
    await world.send('connectSample', {});
    const report = await probe(world);
    expect(outcomes(of(report, 'atera'))).toEqual(FINE.atera);
    expect(outcomes(of(report, 'ghl'))).toEqual(FINE.ghl);
    expect(world.sandbox.log).toEqual([]);
  });

  it.each(['atera', 'ghl'] as const)('stops at a token that %s does not accept', async (vendor) => {
    const world = await connected();
    world.faults.add({ vendor }, { kind: 'status', status: 401 });
    const report = await probe(world);
    const account = of(report, vendor);
    expect(outcomes(account)).toMatchObject({ ...SHUT, reachable: 'ok', authenticated: 'failed' });
    expect(stepOf(account, 'authenticated')?.error).toMatchObject({ code: 'unauthorized', vendor });
    expect(account).toMatchObject({ info: null, people: null });
    const other = vendor === 'atera' ? 'ghl' : 'atera';
    expect(outcomes(of(report, other))).toEqual(FINE[other]);
  });

  it.each(['atera', 'ghl'] as const)('stops when %s cannot be reached', async (vendor) => {
    const world = await connected();
    world.faults.add({ vendor }, { kind: 'cut', when: 'before' });
    const account = of(await probe(world), vendor);
    expect(outcomes(account)).toMatchObject({ ...SHUT, reachable: 'failed' });
    expect(stepOf(account, 'reachable')?.error).toMatchObject({ code: 'network', vendor });
  });

  it.each(['atera', 'ghl'] as const)('tells that %s answers with something unreadable', async (vendor) => {
    const world = await connected();
    world.faults.add({ vendor }, { kind: 'malformed' });
    const account = of(await probe(world), vendor);
    expect(outcomes(account)).toMatchObject({
      reachable: 'ok',
      authenticated: 'failed',
      contacts: 'failed',
      account: 'failed',
    });
    expect(stepOf(account, 'contacts')?.error?.code).toBe('invalid_response');
  });

  it.each(['atera', 'ghl'] as const)(
    'says nothing of the token while %s asks to slow down',
    async (vendor) => {
      const world = await connected();
      world.faults.add({ vendor }, { kind: 'status', status: 429 });
      const account = of(await probe(world), vendor);
      expect(outcomes(account)).toMatchObject({
        ...SHUT,
        reachable: 'ok',
        contacts: 'failed',
      });
      expect(stepOf(account, 'contacts')?.error).toMatchObject({ code: 'rate_limited', vendor });
    },
  );

  it('goes on after one unreadable answer', async () => {
    const world = await connected();
    world.faults.add({ vendor: 'atera', path: '/account' }, { kind: 'malformed' });
    expect(outcomes(of(await probe(world), 'atera'))).toEqual({ ...FINE.atera, account: 'failed' });
  });
});

describe('rights', () => {
  it.each([
    ['Contacts.Read', { contacts: 'failed', customers: 'not-run', customValues: 'not-run' }],
    ['Tickets.Read', { tickets: 'failed' }],
    ['Customers.Read', { customers: 'failed' }],
    ['CustomValues.Read', { customValues: 'failed' }],
  ] as const)('Atera without %s', async (missing, expected) => {
    const world = await connected();
    const all = ['Contacts.Read', 'Tickets.Read', 'Customers.Read', 'CustomValues.Read'];
    for (const key of world.sandbox.state.atera.keys) key.rights = all.filter((right) => right !== missing);
    const account = of(await probe(world), 'atera');
    expect(outcomes(account)).toEqual({ ...FINE.atera, ...expected });
    const failed = account.steps.filter(({ outcome }) => outcome === 'failed');
    expect(failed).toMatchObject([
      { scope: missing.replace('.', ': '), error: { code: 'forbidden', vendor: 'atera' } },
    ]);
  });

  it.each([
    ['contacts.readonly', { contacts: 'failed' }],
    ['locations.readonly', { account: 'failed' }],
    ['locations/customFields.readonly', { customFields: 'failed' }],
    ['conversations.readonly', { conversations: 'failed' }],
  ] as const)('GHL without %s', async (missing, expected) => {
    const world = await connected();
    const all = [
      'contacts.readonly',
      'locations.readonly',
      'locations/customFields.readonly',
      'conversations.readonly',
    ];
    for (const token of world.sandbox.state.ghl.tokens)
      token.scopes = all.filter((scope) => scope !== missing);
    const account = of(await probe(world), 'ghl');
    expect(outcomes(account)).toEqual({ ...FINE.ghl, ...expected });
    const failed = account.steps.filter(({ outcome }) => outcome === 'failed');
    expect(failed).toMatchObject([{ scope: missing, error: { code: 'forbidden', scope: missing } }]);
  });

  it('with nobody in the account, what needs a person is not needed', async () => {
    const world = await connected();
    world.sandbox.state.atera.contacts.length = 0;
    const account = of(await probe(world), 'atera');
    expect(outcomes(account)).toEqual({
      ...FINE.atera,
      customers: 'not-needed',
      customValues: 'not-needed',
    });
    expect(account.people).toEqual([]);
  });
});
