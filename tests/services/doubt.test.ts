import { describe, expect, it, vi } from 'vitest';
import { SCENES } from '../../lib/sandbox/index.ts';
import { NO_PLANS } from '../../lib/services/view-parts.ts';
import { createWorld } from '../support/world.ts';

async function connected(options?: { timeoutMs: number }) {
  const world = await createWorld(options);
  await world.connect();
  return world;
}
const PUT = { vendor: 'ghl', method: 'PUT' } as const;

describe('a receipt', () => {
  it('tells the truth when the browser cannot store "accepted": the read-back decides', async () => {
    const world = await connected();
    const { view } = await world.openTicket('main');
    const hold = world.faults.add(PUT, { kind: 'hold', when: 'after' });
    const pushing = world.push(view.plans.push, ['lastName']);
    await hold.arrived;
    vi.spyOn(crypto.subtle, 'encrypt').mockRejectedValueOnce(new Error('The disk is full'));
    hold.release();
    expect(await pushing).toMatchObject({ state: 'done', fields: [{ outcome: 'verified' }] });
    expect(world.bugs).toHaveLength(1);
  });

  it('is not given for other fields than those it is about; what is on screen has a fresh plan', async () => {
    const world = await connected();
    const { tabId, view } = await world.openTicket('main');
    const limit = world.faults.add(PUT, { kind: 'status', status: 403 }, 1);
    expect((await world.push(view.plans.push, ['lastName'])).state).toBe('failed');
    limit.remove();
    await expect(world.push(view.plans.push, ['phone'])).rejects.toMatchObject({ code: 'plan_expired' });
    const renewed = await world.shown(tabId, ({ plans }) => plans.push !== view.plans.push);
    world.clock.advance(60_000);
    expect(await world.push(renewed.plans.push, ['phone'])).toMatchObject({
      state: 'done',
      fields: [{ field: 'phone', outcome: 'verified' }],
    });
  });
});

describe('a view', () => {
  it('is not spoilt by account data that cannot be renewed', async () => {
    const world = await connected();
    world.clock.advance(2 * 3_600_000);
    const fault = world.faults.add({ vendor: 'ghl', path: /^\/locations/u }, { kind: 'status', status: 500 });
    const { tabId } = await world.openTicket('main');
    await vi.waitFor(() => expect(fault.count()).toBeGreaterThan(0));
    expect((await world.shown(tabId, world.settled)).person.status).toBe('ready');
    expect(world.bugs).toEqual([]);
  });

  it('keeps the written value when a slower, older load comes in after the write', async () => {
    const world = await connected({ timeoutMs: 60_000 });
    const first = await world.openTicket('main');
    await world.push(first.view.plans.push, ['lastName']);
    const linked = await world.shown(
      first.tabId,
      ({ match, plans }) => match.status === 'linked' && plans.push !== null,
    );
    const slow = world.faults.add({ vendor: 'atera', path: /customers/u }, { kind: 'hold', when: 'after' });
    await world.send('refreshView', { tabId: first.tabId });
    await slow.arrived;
    await vi.waitFor(() =>
      expect(world.sandbox.log.filter(({ path }) => path.endsWith('/notes'))).toHaveLength(2),
    );
    expect((await world.push(linked.plans.push, ['phone'])).state).toBe('done');
    slow.release();
    const after = await world.shown(first.tabId, world.settled);
    expect(after.rows.find(({ field }) => field === 'phone')?.status).toBe('same');
  });

  it('still doubts after a refresh when the address was found to name two people', async () => {
    const world = await connected();
    const { tabId, view } = await world.openTicket('main');
    const contact = world.sandbox.state.atera.contacts.find(({ Lastname }) => Lastname === 'Whitfield');
    if (!contact) throw new Error('No such contact');
    world.sandbox.state.atera.contacts.push({ ...contact, EndUserID: 777_001, Firstname: 'Dan' });
    expect((await world.push(view.plans.push, ['lastName'])).state).toBe('refused');
    await world.send('refreshView', { tabId });
    const again = await world.shown(tabId, world.settled);
    expect(again).toMatchObject({
      match: { status: 'several' },
      plans: NO_PLANS,
      sections: { notes: { status: 'withheld' } },
    });
  });

  it('looks for the person again when the linked contact is gone', async () => {
    const world = await connected();
    const { tabId, view } = await world.openTicket('main');
    await world.push(view.plans.push, ['lastName']);
    const [id] = SCENES.served.main.ghlContactIds;
    world.sandbox.state.ghl.contacts = world.sandbox.state.ghl.contacts.filter(
      (contact) => contact.id !== id,
    );
    await world.send('refreshView', { tabId });
    const after = await world.shown(
      tabId,
      (shown) => world.settled(shown) && shown.match.status !== 'linked',
    );
    expect(['none', 'several']).toContain(after.match.status);
  });
});

describe('a push', () => {
  it('is refused when the panel speaks for another tab by now', async () => {
    const world = await connected();
    const { view } = await world.openTicket('main');
    const other = await world.openTicket('exact');
    const pushing = world.send('applyPlan', {
      target: { tabId: other.tabId },
      planId: view.plans.push ?? '',
      fields: ['lastName'],
    });
    await expect(pushing).rejects.toMatchObject({ code: 'subject_changed' });
    expect(world.writes()).toEqual([]);
  });

  it('is refused when the page moves on while the records are read again', async () => {
    const world = await connected({ timeoutMs: 60_000 });
    const { tabId, view } = await world.openTicket('main');
    const hold = world.faults.add(
      { vendor: 'ghl', method: 'GET', path: /contacts\/\w{20}$/u },
      { kind: 'hold', when: 'after' },
      1,
    );
    const pushing = world.push(view.plans.push, ['lastName']);
    await hold.arrived;
    await world.navigate(tabId, world.ticketUrl('differing'));
    hold.release();
    expect(await pushing).toMatchObject({ state: 'failed', error: { code: 'subject_changed' } });
    expect(world.writes()).toEqual([]);
  });

  it('is refused when a search that should find the person finds nobody', async () => {
    const world = await connected();
    const { view } = await world.openTicket('main');
    const empty = JSON.stringify({ items: [], totalItemCount: 0, totalPages: 0 });
    world.faults.add({ vendor: 'atera', path: /contacts$/u }, { kind: 'status', status: 200, body: empty });
    expect((await world.push(view.plans.push, ['lastName'])).state).toBe('refused');
    expect(world.writes()).toEqual([]);
  });

  it('never replaces a list in a custom field', async () => {
    const world = await connected();
    const contact = world.ghlContact('main');
    const field = world.sandbox.state.ghl.customFields.find(
      ({ fieldKey }) => fieldKey === 'contact.mobile_phone',
    );
    if (!field) throw new Error('No such field');
    contact.customFields.push({ id: field.id, value: ['+1 303 555 0100', '+1 303 555 0101'] });
    const { view } = await world.openTicket('main');
    expect(view.rows.find((row) => row.field === 'mobile')?.toRight).toEqual({
      can: false,
      reason: 'custom-field-not-text',
    });
  });

  it('links nobody whom the agent was not looking at', async () => {
    const world = await connected();
    const { tabId, view } = await world.openTicket('several');
    if (view.match.status !== 'several' || view.person.status !== 'ready') throw new Error('Not as expected');
    const [candidate] = view.match.candidates;
    const person = { ...view.person.value.ref, id: '1' };
    const confirming = world.send('confirmMatch', {
      target: { tabId },
      version: view.version,
      person,
      counterpart: candidate?.ref ?? person,
    });
    await expect(confirming).rejects.toMatchObject({ code: 'subject_changed' });
  });
});

it('a sample person stays with the sample accounts', async () => {
  const world = await createWorld();
  await world.send('connectSample', {});
  const tabId = await world.openTab('https://shop.example/');
  const subject = { vendor: 'atera', kind: 'ticket', id: String(SCENES.sample.main.ticketId) } as const;
  await world.send('viewSample', { target: { tabId }, subject });
  await world.shown(tabId, world.settled);
  await world.connect();
  expect(await world.send('getPanelState', { tabId })).toMatchObject({
    page: { kind: 'nothing', samples: [] },
  });
  expect(world.sandbox.log).toEqual([]);
});
