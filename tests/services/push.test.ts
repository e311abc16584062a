import { describe, expect, it, vi } from 'vitest';
import type { FieldName } from '../../lib/core/contact.ts';
import { NO_PLANS } from '../../lib/services/view-parts.ts';
import { createWorld, type World } from '../support/world.ts';

async function connected(options?: { timeoutMs: number }) {
  const world = await createWorld(options);
  await world.connect();
  return world;
}

const push = (world: World, planId: string | null, fields: FieldName[]) => world.push(planId, fields);

describe('push', () => {
  it('writes exactly the chosen fields, in one request, and checks them afterwards', async () => {
    const world = await connected();
    const { tabId, view } = await world.openTicket('main');
    expect(view.person).toMatchObject({ status: 'ready', value: { name: 'Dana Whitfield' } });
    expect(view.match).toMatchObject({ status: 'one', counterpart: { name: 'Dana Whitfeld' } });
    const differing = view.rows.filter(({ status }) => status !== 'same').map(({ field }) => field);
    expect(differing).toEqual(['lastName', 'phone', 'mobile']);
    const before = structuredClone(world.ghlContact('main'));

    const receipt = await push(world, view.plans.push, ['lastName']);

    expect(receipt).toMatchObject({ state: 'done', error: null });
    expect(receipt.fields).toEqual([
      { field: 'lastName', before: 'Whitfeld', sent: 'Whitfield', found: 'Whitfield', outcome: 'verified' },
    ]);
    expect(world.writes().map(({ method, body }) => ({ method, body }))).toEqual([
      { method: 'PUT', body: { lastName: 'Whitfield' } },
    ]);
    expect({ ...world.ghlContact('main'), dateUpdated: '' }).toEqual({
      ...before,
      lastName: 'Whitfield',
      dateUpdated: '',
    });
    const after = await world.shown(tabId, ({ rows }) =>
      rows.some(({ field, status }) => field === 'lastName' && status === 'same'),
    );
    expect(after.rows.filter(({ status }) => status !== 'same').map(({ field }) => field)).toEqual([
      'phone',
      'mobile',
    ]);
    expect(after.match.status).toBe('linked');
    expect(after.receipt?.id).toBe(receipt.id);
    expect(world.bugs).toEqual([]);
  });

  it('shows each step of the receipt: sent, accepted, verified', async () => {
    const world = await connected();
    const { view } = await world.openTicket('main');
    const shown = () =>
      world.states.flatMap(({ page }) =>
        page.kind === 'subject' ? (page.view.receipt?.fields.map(({ outcome }) => outcome) ?? []) : [],
      );
    // Each step is held for as long as it takes until it was shown.
    const write = world.faults.add({ vendor: 'ghl', method: 'PUT' }, { kind: 'hold', when: 'after' }, 1);
    const pushing = push(world, view.plans.push, ['phone']);
    await write.arrived;
    await vi.waitFor(() => expect(shown()).toContain('sent'));
    const read = world.faults.add({ vendor: 'ghl', method: 'GET' }, { kind: 'hold', when: 'after' }, 1);
    write.release();
    await read.arrived;
    await vi.waitFor(() => expect(shown()).toContain('accepted'));
    read.release();
    await pushing;
    await vi.waitFor(() => expect(shown()).toContain('verified'));
  });

  it('writes once when the same plan is applied twice, one after the other or at the same time', async () => {
    const world = await connected();
    const { view } = await world.openTicket('main');
    const [first, second] = await Promise.all([
      push(world, view.plans.push, ['lastName']),
      push(world, view.plans.push, ['lastName']),
    ]);
    const third = await push(world, view.plans.push, ['lastName']);
    expect(second).toEqual(first);
    expect(third).toEqual(first);
    expect(world.writes()).toHaveLength(1);
  });

  it('writes once when two plans for the same person are applied at the same time', async () => {
    const world = await connected();
    const first = await world.openTicket('main');
    const second = await world.openTicket('main');
    const receipts = await Promise.all([
      push(world, first.view.plans.push, ['lastName']),
      push(world, second.view.plans.push, ['lastName']),
    ]);
    expect(receipts.map(({ state }) => state).sort()).toEqual(['conflict', 'done']);
    expect(world.writes()).toHaveLength(1);
  });

  it('does not overwrite what somebody changed in GHL since it was shown, and shows it', async () => {
    const world = await connected();
    const { tabId, view } = await world.openTicket('main');
    world.ghlContact('main').lastName = 'Whitfield-Ortega';
    const receipt = await push(world, view.plans.push, ['lastName', 'phone']);
    expect(receipt).toMatchObject({
      state: 'conflict',
      fields: [
        { field: 'lastName', before: 'Whitfeld', found: 'Whitfield-Ortega', outcome: 'changed-meanwhile' },
        { field: 'phone', outcome: 'not-written' },
      ],
    });
    expect(world.writes()).toEqual([]);
    expect(world.ghlContact('main').lastName).toBe('Whitfield-Ortega');
    const after = await world.shown(tabId, ({ receipt: shown }) => shown?.state === 'conflict');
    expect(after.rows.find(({ field }) => field === 'lastName')?.right).toBe('Whitfield-Ortega');
    expect(after.plans.push).not.toBe(view.plans.push);
    expect(after.rows.map(({ field }) => field)).toEqual(view.rows.map(({ field }) => field));
  });

  it('does not write a value that has changed in Atera since it was shown', async () => {
    const world = await connected();
    const { view } = await world.openTicket('main');
    const contact = world.sandbox.state.atera.contacts.find(({ Lastname }) => Lastname === 'Whitfield');
    if (!contact) throw new Error('No such contact');
    contact.Lastname = 'Whitfield-Stone';
    const receipt = await push(world, view.plans.push, ['lastName']);
    expect(receipt.state).toBe('conflict');
    expect(world.writes()).toEqual([]);
  });

  it.each([
    [
      'the page shows another ticket',
      (world: World, tabId: number) => world.navigate(tabId, world.ticketUrl('exact')),
    ],
    [
      'the page shows nobody',
      (world: World, tabId: number) => world.navigate(tabId, 'https://app.atera.com/new/tickets'),
    ],
    [
      'the page was left and is back',
      async (world: World, tabId: number) => {
        await world.navigate(tabId, world.ticketUrl('exact'));
        await world.send('getPanelState', { tabId });
        await world.navigate(tabId, world.ticketUrl('main'));
      },
    ],
  ])('is refused when %s', async (_case, change) => {
    const world = await connected();
    const { tabId, view } = await world.openTicket('main');
    await change(world, tabId);
    await expect(push(world, view.plans.push, ['lastName'])).rejects.toMatchObject({
      code: 'subject_changed',
    });
    expect(world.writes()).toEqual([]);
  });

  it('is refused for fields that the shown plan does not allow, and for plans that are not known', async () => {
    const world = await connected();
    const { view } = await world.openTicket('main');
    await expect(push(world, view.plans.push, ['lastName', 'company'])).rejects.toMatchObject({
      code: 'invalid_input',
    });
    await expect(push(world, view.plans.push, ['firstName'])).rejects.toMatchObject({
      code: 'invalid_input',
    });
    await expect(push(world, 'another', ['lastName'])).rejects.toMatchObject({ code: 'plan_expired' });
    expect(world.writes()).toEqual([]);
  });

  it('is refused when the address turns out to name two people in Atera', async () => {
    const world = await connected();
    const { tabId, view } = await world.openTicket('main');
    const [contact] = world.sandbox.state.atera.contacts.filter(({ Lastname }) => Lastname === 'Whitfield');
    if (!contact) throw new Error('No such contact');
    world.sandbox.state.atera.contacts.push({
      ...contact,
      EndUserID: 777_001,
      Firstname: 'Dan',
      Email: contact.Email.toUpperCase(),
    });
    const receipt = await push(world, view.plans.push, ['lastName']);
    expect(receipt).toMatchObject({ state: 'refused', fields: [{ outcome: 'not-written' }] });
    expect(world.writes()).toEqual([]);
    const after = await world.shown(tabId, ({ receipt: shown }) => shown?.state === 'refused');
    expect(after).toMatchObject({ plans: NO_PLANS, rows: [], sections: { notes: { status: 'withheld' } } });
    expect(after.match).toMatchObject({
      status: 'several',
      candidates: [{ evidence: expect.arrayContaining([{ kind: 'shared', sign: 'email', count: 2 }]) }],
    });
  });

  it('is refused when the address turns out to name two people in GHL', async () => {
    const world = await connected();
    const { view } = await world.openTicket('main');
    const contact = world.ghlContact('main');
    world.sandbox.state.ghl.contacts.push({
      ...structuredClone(contact),
      id: 'TwinTwinTwinTwinTwin',
      lastName: 'Other',
    });
    const receipt = await push(world, view.plans.push, ['lastName']);
    expect(receipt.state).toBe('refused');
    expect(world.writes()).toEqual([]);
  });

  it('says "accepted but not stored" when the vendor ignores a value, and does not link on that', async () => {
    const world = await connected();
    world.sandbox.state.ghl.ignoredFields = ['lastName'];
    const { tabId, view } = await world.openTicket('main');
    const receipt = await push(world, view.plans.push, ['lastName', 'phone']);
    expect(receipt).toMatchObject({
      state: 'done',
      fields: [
        { field: 'lastName', found: 'Whitfeld', outcome: 'not-stored' },
        { field: 'phone', outcome: 'verified' },
      ],
    });
    expect((await world.shown(tabId, ({ receipt: shown }) => shown?.state === 'done')).match.status).toBe(
      'one',
    );
  });

  it('is not offered for a role mailbox or several candidates', async () => {
    const world = await connected();
    for (const scene of ['roleMailbox', 'several', 'switchboard', 'none'] as const) {
      const { view } = await world.openTicket(scene);
      expect([scene, view.plans.push, view.rows]).toEqual([scene, null, []]);
    }
  });
});

describe('a write whose answer is lost', () => {
  const put = { vendor: 'ghl', method: 'PUT' } as const;

  it('counts as done when the read-back finds it', async () => {
    const world = await connected();
    const { view } = await world.openTicket('main');
    world.faults.add(put, { kind: 'cut', when: 'after' });
    const receipt = await push(world, view.plans.push, ['lastName']);
    expect(receipt).toMatchObject({ state: 'done', error: null, fields: [{ outcome: 'verified' }] });
    expect(world.sandbox.log.filter(({ method }) => method === 'PUT')).toHaveLength(1);
  });

  it.each([
    ['the connection broke', { kind: 'cut', when: 'before' }, 'network'],
    ['the vendor answered 502', { kind: 'status', status: 502 }, 'vendor_unavailable'],
    ['no answer came in time', { kind: 'hold', when: 'before' }, 'timeout'],
  ] as const)(
    'is called unknown, not failed, when %s and nothing is found; and is not sent again',
    async (_case, fault, code) => {
      const world = await connected({ timeoutMs: 1000 });
      const { view } = await world.openTicket('main');
      const met = world.faults.add(put, fault);
      const receipt = await push(world, view.plans.push, ['lastName']);
      expect(receipt).toMatchObject({
        state: 'unknown',
        error: { code },
        fields: [{ found: 'Whitfeld', outcome: 'unknown' }],
      });
      expect(met.count()).toBe(1);
      met.remove();
    },
  );

  it('stays unknown when the read-back fails too', async () => {
    const world = await connected();
    const { view } = await world.openTicket('main');
    const hold = world.faults.add(put, { kind: 'hold', when: 'after' });
    const pushing = push(world, view.plans.push, ['lastName']);
    await hold.arrived;
    world.faults.add({ vendor: 'ghl', method: 'GET' }, { kind: 'cut', when: 'before' });
    hold.release();
    expect(await pushing).toMatchObject({ state: 'unknown', fields: [{ outcome: 'unknown' }] });
    expect(world.ghlContact('main').lastName).toBe('Whitfield');
  });

  it.each([
    [
      'says no',
      422,
      'rejected',
      '{"statusCode":422,"message":["property x should not exist"],"error":"Unprocessable Entity"}',
    ],
    [
      'lacks the right',
      401,
      'forbidden',
      '{"statusCode":401,"message":"The token is not authorized for this scope."}',
    ],
    [
      'finds a duplicate',
      400,
      'duplicate',
      '{"statusCode":400,"message":"This location does not allow duplicated contacts.","meta":{"contactId":"x","matchingField":"phone"}}',
    ],
  ])('is failed, with nothing written, when GHL %s', async (_case, status, code, body) => {
    const world = await connected();
    const { view } = await world.openTicket('main');
    const met = world.faults.add(put, {
      kind: 'status',
      status,
      body,
      headers: { 'content-type': 'application/json' },
    });
    const receipt = await push(world, view.plans.push, ['lastName']);
    expect(receipt).toMatchObject({
      state: 'failed',
      error: { code, vendor: 'ghl' },
      fields: [{ outcome: 'not-written' }],
    });
    expect(met.count()).toBe(1);
  });
});

describe('a background that is stopped', () => {
  it('between look and click: the shown plan still works', async () => {
    const world = await connected();
    const { view } = await world.openTicket('main');
    world.restart();
    const receipt = await push(world, view.plans.push, ['lastName']);
    expect(receipt.state).toBe('done');
    expect(world.writes()).toHaveLength(1);
  });

  it('after the write: applying again gives the same receipt and writes nothing', async () => {
    const world = await connected();
    const { view } = await world.openTicket('main');
    const receipt = await push(world, view.plans.push, ['lastName']);
    world.restart();
    expect(await push(world, view.plans.push, ['lastName'])).toEqual(receipt);
    expect(world.writes()).toHaveLength(1);
  });

  it.each([
    ['before', 'unknown', 'unknown', 'Whitfeld'],
    ['after', 'done', 'verified', 'Whitfield'],
  ] as const)(
    'while the write is under way (vendor %s storing it): looks for its own result at the next start',
    async (when, state, outcome, stored) => {
      const world = await connected({ timeoutMs: 60_000 });
      const { tabId, view } = await world.openTicket('main');
      const hold = world.faults.add({ vendor: 'ghl', method: 'PUT' }, { kind: 'hold', when });
      void push(world, view.plans.push, ['lastName']);
      await hold.arrived;
      world.restart();
      const after = await world.shown(
        tabId,
        ({ receipt }) => receipt !== null && receipt.state !== 'running',
      );
      expect(after.receipt).toMatchObject({ state, fields: [{ outcome, found: stored }] });
      expect(world.sandbox.log.filter(({ method }) => method === 'PUT')).toHaveLength(1);
      expect(world.ghlContact('main').lastName).toBe(stored);
      hold.release();
    },
  );
});
