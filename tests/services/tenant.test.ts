import { describe, expect, it } from 'vitest';
import { shippedSettings } from '../../lib/core/mapping-settings.ts';
import type { ConnectQuestion } from '../../lib/panel-state.ts';
import { DEFAULT_MAPPING } from '../../lib/vendors/default-mapping.ts';
import { createWorld, type World } from '../support/world.ts';

/** Areas in which something was said, done or set for the pair. */
const KEPT = ['rejections', 'links', 'receipts', 'mappings'];

async function connectedWithWork(): Promise<World> {
  const world = await createWorld();
  await world.connect();
  const main = await world.openTicket('main');
  await world.push(main.view.plans.push, ['lastName']);
  const { tabId, view } = await world.openTicket('differing');
  if (view.match.status !== 'one' || view.person.status !== 'ready') throw new Error(view.match.status);
  const { ref: person } = view.person.value;
  const { ref: counterpart } = view.match.counterpart;
  await world.send('rejectMatch', { target: { tabId }, version: view.version, person, counterpart });
  const rows = shippedSettings(DEFAULT_MAPPING).map((row) => ({
    ...row,
    enabled: row.enabled && row.field !== 'phone',
  }));
  await world.send('setMapping', { rows });
  return world;
}

const kept = async (world: World) => Promise.all(KEPT.map((area) => world.storedRows(area)));
const keyOf = (world: World, index: number): string => {
  const key = world.sandbox.state.atera.keys[index]?.key;
  if (key === undefined) throw new Error('No key');
  return key;
};
const hideAccount = (world: World) =>
  world.faults.add({ vendor: 'atera', path: /\/account$/u }, { kind: 'status', status: 403 });
/** The token of the same API is another company's from now on. */
function becomeAnotherTenant(world: World): void {
  const { atera } = world.sandbox.state;
  atera.account.AccountID = 'another-tenant';
  atera.account.CompanyName = 'Other Company';
  for (const contact of atera.contacts) {
    contact.Email = `other-${contact.EndUserID}@other.example`;
    contact.Lastname = `Other ${contact.EndUserID}`;
  }
}
const asked = (reply: unknown): ConnectQuestion => {
  const question = reply as ConnectQuestion;
  if (question.kind !== 'question') throw new Error(`Not asked: ${JSON.stringify(reply)}`);
  return question;
};

describe('a renewed token of the same tenant keeps what was said, done and set', () => {
  it.each([
    ['when both tokens may read which tenant it is', () => undefined, () => undefined],
    ['when neither may', hideAccount, () => undefined],
    ['when only the old one may', () => undefined, hideAccount],
    ['when only the new one may', hideAccount, (world: World) => world.faults.clear()],
  ] as const)('%s', async (_case, before, after) => {
    const world = await createWorld();
    before(world);
    await world.connect();
    const { tabId, view } = await world.openTicket('main');
    if (view.match.status !== 'one' || view.person.status !== 'ready') throw new Error(view.match.status);
    await world.send('rejectMatch', {
      target: { tabId },
      version: view.version,
      person: view.person.value.ref,
      counterpart: view.match.counterpart.ref,
    });
    const [account] = await world.send('getAccounts', {});
    after(world);
    expect(await world.send('connectAtera', { token: keyOf(world, 1) })).toMatchObject({ id: account?.id });
    expect(await world.storedRows('rejections')).toBe(1);
    expect((await world.openTicket('main')).view.match.status).not.toBe('one');
    expect(await world.storedRows('credentials')).toBe(2);
  });

  it('and so does the same token, pasted again', async () => {
    const world = await connectedWithWork();
    const before = await kept(world);
    hideAccount(world);
    expect(await world.send('connectAtera', { token: keyOf(world, 0) })).toMatchObject({ kind: 'real' });
    expect(await kept(world)).toEqual(before);
    expect(before.every((count) => count > 0)).toBe(true);
  });

  it('keeps the name and the country that the new token may not read', async () => {
    const world = await createWorld();
    await world.send('connectAtera', { token: keyOf(world, 0) });
    hideAccount(world);
    expect(await world.send('connectAtera', { token: keyOf(world, 1) })).toMatchObject({
      name: 'Northwind IT',
    });
  });
});

describe('a token of another tenant', () => {
  it('is asked about by name, and erases nothing until it is answered', async () => {
    const world = await connectedWithWork();
    const before = await kept(world);
    becomeAnotherTenant(world);
    const question = asked(await world.send('connectAtera', { token: keyOf(world, 1) }));
    expect(question).toMatchObject({
      vendor: 'atera',
      present: 'Northwind IT',
      next: 'Other Company',
      canBeSame: false,
    });
    expect(JSON.stringify(question)).not.toContain(keyOf(world, 1));
    expect(await kept(world)).toEqual(before);
    expect((await world.send('getAccounts', {})).map(({ name }) => name)).toEqual([
      'Northwind IT',
      'Northwind CRM',
    ]);
    // Not to be talked into being the same.
    expect(asked(await world.send('answerConnection', { id: question.id, answer: 'same' })).next).toBe(
      'Other Company',
    );
    expect(await kept(world)).toEqual(before);
  });

  it('stays out when the answer is to keep what is there', async () => {
    const world = await connectedWithWork();
    const before = await kept(world);
    becomeAnotherTenant(world);
    const { id } = asked(await world.send('connectAtera', { token: keyOf(world, 1) }));
    expect(await world.send('answerConnection', { id, answer: 'keep' })).toBeNull();
    expect(await kept(world)).toEqual(before);
    await expect(world.send('answerConnection', { id, answer: 'replace' })).rejects.toMatchObject({
      code: 'invalid_input',
    });
    expect(await world.send('getAccounts', {})).toHaveLength(2);
  });

  it('replaces it when that is the answer, and everything of the old one is gone', async () => {
    const world = await connectedWithWork();
    becomeAnotherTenant(world);
    const { id } = asked(await world.send('connectAtera', { token: keyOf(world, 1) }));
    expect(await world.send('answerConnection', { id, answer: 'replace' })).toMatchObject({
      name: 'Other Company',
    });
    expect(await kept(world)).toEqual(KEPT.map(() => 0));
    expect(await world.storedRows('credentials')).toBe(2);
    expect(await world.storedRows('accounts')).toBe(2);
  });

  it('is asked about when Atera does not tell, and the people are others', async () => {
    const world = await connectedWithWork();
    becomeAnotherTenant(world);
    hideAccount(world);
    expect(asked(await world.send('connectAtera', { token: keyOf(world, 1) }))).toMatchObject({
      next: null,
      canBeSame: false,
    });
  });

  it('is asked about openly when nothing tells: the person knows', async () => {
    const world = await connectedWithWork();
    const before = await kept(world);
    hideAccount(world);
    // Everyone who was seen then was deleted since.
    const { contacts } = world.sandbox.state.atera;
    const seen = contacts.splice(0);
    const question = asked(await world.send('connectAtera', { token: keyOf(world, 1) }));
    expect(question).toMatchObject({ present: 'Northwind IT', next: null, canBeSame: true });
    contacts.push(...seen);
    expect(await world.send('answerConnection', { id: question.id, answer: 'same' })).toMatchObject({
      name: 'Northwind IT',
    });
    expect(await kept(world)).toEqual(before);
  });

  it('is dropped with the worker: the answer then asks for it once more', async () => {
    const world = await connectedWithWork();
    const before = await kept(world);
    becomeAnotherTenant(world);
    const { id } = asked(await world.send('connectAtera', { token: keyOf(world, 1) }));
    world.restart();
    await expect(world.send('answerConnection', { id, answer: 'replace' })).rejects.toMatchObject({
      code: 'invalid_input',
      details: { input: 'token:again' },
    });
    expect(await kept(world)).toEqual(before);
  });
});

it('a token of another GHL location is asked about too', async () => {
  const world = await connectedWithWork();
  const before = await kept(world);
  const { ghl } = world.sandbox.state;
  const location = 'AnotherLocation00001';
  ghl.location.id = location;
  for (const token of ghl.tokens) token.locationId = location;
  const question = asked(await world.send('connectGhl', { token: world.sandbox.ghl.token, location }));
  expect(question).toMatchObject({ vendor: 'ghl', present: 'Northwind CRM', canBeSame: false });
  expect(await kept(world)).toEqual(before);
  await world.send('answerConnection', { id: question.id, answer: 'replace' });
  expect((await world.send('getAccounts', {})).map(({ id }) => id)).toContain(location);
  expect(await kept(world)).toEqual(KEPT.map(() => 0));
});
