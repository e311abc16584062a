import { describe, expect, it, vi } from 'vitest';
import { type FieldName, subjectKey } from '../../lib/core/contact.ts';
import type { SubjectView } from '../../lib/panel-state.ts';
import { createSealedStore, type SealedStore } from '../../lib/platform/sealed-store.ts';
import { scopeOfPair } from '../../lib/services/accounts.ts';
import type { Areas } from '../../lib/services/areas.ts';
import { AREAS } from '../../lib/services/areas.ts';
import { NO_PLANS } from '../../lib/services/view-parts.ts';
import { createWorld, type World } from '../support/world.ts';

async function connected(options?: { timeoutMs: number }) {
  const world = await createWorld(options);
  await world.connect();
  return world;
}

/** The Atera contact of the main scene, by a name that no test writes. */
const ateraContact = (world: World) => {
  const { email } = world.ghlContact('main');
  const found = world.sandbox.state.atera.contacts.find(
    (contact) => contact.Email.toLowerCase() === email?.toLowerCase(),
  );
  if (!found) throw new Error('No such contact');
  return found;
};
const ghlPage = (world: World, page: string): string =>
  `https://app.gohighlevel.com/v2/location/${world.sandbox.ghl.locationId}/${page}`;
const openGhlContact = async (world: World) => {
  const tabId = await world.openTab(ghlPage(world, `contacts/detail/${world.ghlContact('main').id}`));
  return { tabId, view: await world.shown(tabId, world.settled) };
};
const openConversation = async (world: World) => {
  const { id: contactId } = world.ghlContact('main');
  const found = world.sandbox.state.ghl.conversations.find((entry) => entry.contactId === contactId);
  const tabId = await world.openTab(ghlPage(world, `conversations/conversations/${found?.id ?? 'none'}`));
  return { tabId, view: await world.shown(tabId, world.settled) };
};
const pull = (world: World, { plans }: SubjectView, fields: FieldName[], confirmedName?: string) =>
  world.push(plans.pull, fields, confirmedName);
const ATERA_PUT = { vendor: 'atera', method: 'PUT' } as const;

describe('a pull', () => {
  it('writes the chosen fields to the viewed Atera contact, in one request, reads them back and shows them', async () => {
    const world = await connected();
    const { tabId, view } = await world.openTicket('main');
    const before = structuredClone(ateraContact(world));
    const untouched = structuredClone(world.ghlContact('main'));

    const receipt = await pull(world, view, ['lastName']);

    expect(receipt).toMatchObject({
      id: view.plans.pull,
      state: 'done',
      error: null,
      personName: 'Dana Whitfield',
      source: { vendor: 'ghl', id: untouched.id },
      target: { vendor: 'atera', id: String(before.EndUserID) },
      fields: [
        { field: 'lastName', before: 'Whitfield', sent: 'Whitfeld', found: 'Whitfeld', outcome: 'verified' },
      ],
    });
    expect(world.writes().map(({ vendor, method, body }) => ({ vendor, method, body }))).toEqual([
      { vendor: 'atera', method: 'PUT', body: { Lastname: 'Whitfeld' } },
    ]);
    expect(ateraContact(world)).toMatchObject({
      ...before,
      Lastname: 'Whitfeld',
      LastModified: expect.anything(),
    });
    expect(world.ghlContact('main')).toEqual(untouched);
    const after = await world.shown(tabId, ({ receipt: shown }) => shown?.state === 'done');
    expect(after.person).toMatchObject({ status: 'ready', value: { name: 'Dana Whitfeld' } });
    expect(after.rows.find(({ field }) => field === 'lastName')).toMatchObject({
      left: 'Whitfeld',
      right: 'Whitfeld',
      status: 'same',
    });
    expect(after.match.status).toBe('linked');
    // Either plan used up renews both.
    expect([view.plans.push, view.plans.pull]).not.toContain(after.plans.push);
    expect([view.plans.push, view.plans.pull]).not.toContain(after.plans.pull);
    expect(world.bugs).toEqual([]);
  });

  it('on the page of a GHL contact writes to that contact, which is called by its new name', async () => {
    const world = await connected();
    const { tabId, view } = await openGhlContact(world);
    expect(view).toMatchObject({ pushTarget: 'atera', headline: { title: 'Dana Whitfeld' } });
    const receipt = await pull(world, view, ['lastName']);
    expect(receipt).toMatchObject({
      state: 'done',
      personName: 'Dana Whitfeld',
      source: { vendor: 'atera' },
      target: { vendor: 'ghl' },
    });
    expect(world.writes().map(({ vendor, body }) => ({ vendor, body }))).toEqual([
      { vendor: 'ghl', body: { lastName: 'Whitfield' } },
    ]);
    const after = await world.shown(tabId, ({ receipt: shown }) => shown?.state === 'done');
    expect(after).toMatchObject({
      headline: { title: 'Dana Whitfield' },
      person: { value: { name: 'Dana Whitfield' } },
      match: { status: 'linked', counterpart: { ref: { vendor: 'atera' } } },
    });
  });

  it('and a push of the same view each write to their own side', async () => {
    const world = await connected();
    const { tabId, view } = await world.openTicket('main');
    await pull(world, view, ['lastName']);
    const after = await world.shown(
      tabId,
      ({ match, plans }) => match.status === 'linked' && plans.push !== null,
    );
    expect((await world.push(after.plans.push, ['phone'])).state).toBe('done');
    expect(world.writes().map(({ vendor }) => vendor)).toEqual(['atera', 'ghl']);
  });

  it('does not write a value that a push of the same view has replaced', async () => {
    const world = await connected();
    const { view } = await world.openTicket('main');
    const receipts = await Promise.all([
      world.push(view.plans.push, ['lastName']),
      pull(world, view, ['lastName']),
    ]);
    expect(receipts.map(({ state }) => state).sort()).toEqual(['conflict', 'done']);
    expect(world.writes()).toHaveLength(1);
  });

  it('writes once when it is pressed twice, at the same time or later', async () => {
    const world = await connected();
    const { view } = await world.openTicket('main');
    const [first, second] = await Promise.all([
      pull(world, view, ['lastName']),
      pull(world, view, ['lastName']),
    ]);
    world.restart();
    expect([second, await pull(world, view, ['lastName'])]).toEqual([first, first]);
    expect(world.writes()).toHaveLength(1);
  });

  it('does not overwrite what somebody changed in the viewed record since it was shown, and shows it', async () => {
    const world = await connected();
    const { tabId, view } = await world.openTicket('main');
    ateraContact(world).Lastname = 'Whitfield-Stone';
    const receipt = await pull(world, view, ['lastName', 'phone']);
    expect(receipt).toMatchObject({
      state: 'conflict',
      fields: [
        { field: 'lastName', before: 'Whitfield', found: 'Whitfield-Stone', outcome: 'changed-meanwhile' },
        { field: 'phone', outcome: 'not-written' },
      ],
    });
    expect(world.writes()).toEqual([]);
    const after = await world.shown(tabId, ({ receipt: shown }) => shown?.state === 'conflict');
    expect(after.rows.find(({ field }) => field === 'lastName')?.left).toBe('Whitfield-Stone');
    expect(after.person).toMatchObject({ value: { name: 'Dana Whitfield-Stone' } });
    expect(after.plans.pull).not.toBe(view.plans.pull);
  });

  it('does not write a value that has changed in the counterpart since it was shown', async () => {
    const world = await connected();
    const { view } = await world.openTicket('main');
    world.ghlContact('main').lastName = 'Other';
    expect(await pull(world, view, ['lastName'])).toMatchObject({
      state: 'conflict',
      fields: [{ found: 'Whitfield' }],
    });
    expect(world.writes()).toEqual([]);
  });

  it('is refused for what Atera cannot change', async () => {
    const world = await connected();
    const { view } = await world.openTicket('differing');
    const blocked = view.rows.filter(({ toLeft }) => !toLeft.can && toLeft.reason !== 'no-change');
    expect(blocked.length).toBeGreaterThan(0);
    for (const { field } of blocked)
      await expect(pull(world, view, [field])).rejects.toMatchObject({ code: 'invalid_input' });
    expect(world.writes()).toEqual([]);
  });

  it('is refused when the page shows somebody else', async () => {
    const world = await connected();
    const { tabId, view } = await world.openTicket('main');
    await world.navigate(tabId, world.ticketUrl('exact'));
    await expect(pull(world, view, ['lastName'])).rejects.toMatchObject({ code: 'subject_changed' });
    expect(world.writes()).toEqual([]);
  });

  it.each([
    [403, 'failed', 'forbidden'],
    [502, 'unknown', 'vendor_unavailable'],
  ] as const)('that Atera answers with %i is %s, and is not sent again', async (status, state, code) => {
    const world = await connected();
    const { tabId, view } = await world.openTicket('main');
    const met = world.faults.add(ATERA_PUT, { kind: 'status', status });
    expect(await pull(world, view, ['lastName'])).toMatchObject({ state, error: { code, vendor: 'atera' } });
    expect(met.count()).toBe(1);
    expect(ateraContact(world).Lastname).toBe('Whitfield');
    // Nothing is lost: what is on screen can be pulled again.
    const next = await world.shown(
      tabId,
      ({ plans }) => plans.pull !== null && plans.pull !== view.plans.pull,
    );
    met.remove();
    expect((await pull(world, next, ['lastName'])).state).toBe('done');
  });

  it.each([
    ['before', 'unknown', 'unknown', 'Whitfield'],
    ['after', 'done', 'verified', 'Whitfeld'],
  ] as const)(
    'cut off by the end of the background (Atera %s storing it) is settled at the next start',
    async (when, state, outcome, stored) => {
      const world = await connected({ timeoutMs: 60_000 });
      const { tabId, view } = await world.openTicket('main');
      const hold = world.faults.add(ATERA_PUT, { kind: 'hold', when });
      void pull(world, view, ['lastName']);
      await hold.arrived;
      world.restart();
      const after = await world.shown(
        tabId,
        ({ receipt }) => receipt !== null && receipt.state !== 'running',
      );
      expect(after.receipt).toMatchObject({
        target: { vendor: 'atera' },
        state,
        fields: [{ outcome, found: stored }],
      });
      expect(world.sandbox.log.filter(({ method }) => method === 'PUT')).toHaveLength(1);
      hold.release();
    },
  );
});

describe('a pull into a pair that nobody linked', () => {
  it('is proven first, by a search on each side', async () => {
    const world = await connected();
    const { view } = await world.openTicket('main');
    expect(view.match.status).toBe('one');
    world.sandbox.log.length = 0;
    await pull(world, view, ['lastName']);
    const order = world.sandbox.log.map(({ vendor, method, path }) => `${vendor} ${method} ${path}`);
    const write = order.findIndex((call) => call.includes(' PUT '));
    const searches = order.slice(0, write).filter((call) => /contacts$|contacts\/search$/u.test(call));
    expect(searches.map((call) => call.split(' ')[0]).sort()).toEqual(['atera', 'ghl']);
  });

  it.each(['atera', 'ghl'] as const)(
    'is refused when the address names two people in %s; who is on screen stays the person',
    async (vendor) => {
      const world = await connected();
      const { tabId, view } = await world.openTicket('main');
      if (vendor === 'atera') {
        world.sandbox.state.atera.contacts.push({
          ...structuredClone(ateraContact(world)),
          EndUserID: 777_001,
          Firstname: 'Dan',
        });
      } else {
        world.sandbox.state.ghl.contacts.push({
          ...structuredClone(world.ghlContact('main')),
          id: 'TwinTwinTwinTwinTwin',
        });
      }
      const receipt = await pull(world, view, ['lastName']);
      expect(receipt).toMatchObject({ state: 'refused', fields: [{ outcome: 'not-written' }] });
      expect(world.writes()).toEqual([]);
      const after = await world.shown(tabId, ({ receipt: shown }) => shown?.state === 'refused');
      expect(after).toMatchObject({
        person: { value: { name: 'Dana Whitfield', ref: { vendor: 'atera' } } },
        plans: NO_PLANS,
        rows: [],
        sections: { notes: { status: 'withheld' } },
      });
      const { match } = after;
      if (match.status !== 'several') throw new Error(match.status);
      expect(match.candidates.map(({ ref }) => ref.vendor)).toEqual(
        vendor === 'atera' ? ['ghl'] : ['ghl', 'ghl'],
      );
      // A later look at the same page still knows of the doubt.
      await world.send('refreshView', { tabId });
      expect((await world.shown(tabId, world.settled)).match.status).toBe('several');
    },
  );

  it('is refused after the two were said to be different people', async () => {
    const world = await connected();
    const first = await world.openTicket('main');
    const second = await world.openTicket('main');
    const { person, match, version } = second.view;
    if (person.status !== 'ready' || match.status !== 'one') throw new Error('Not as expected');
    await world.send('rejectMatch', {
      target: { tabId: second.tabId },
      version,
      person: person.value.ref,
      counterpart: match.counterpart.ref,
    });
    expect((await pull(world, first.view, ['lastName'])).state).toBe('refused');
    expect(world.writes()).toEqual([]);
  });
});

describe('a pull on a page that only suggests a person', () => {
  it.each([
    ['without a name', undefined],
    ['with the name of the counterpart', 'Dana Whitfield'],
  ])('is refused %s', async (_case, name) => {
    const world = await connected();
    const { view } = await openConversation(world);
    expect(view).toMatchObject({ suggested: true, person: { value: { name: 'Dana Whitfeld' } } });
    await expect(pull(world, view, ['lastName'], name)).rejects.toMatchObject({ code: 'unconfirmed' });
    expect(world.writes()).toEqual([]);
  });

  it('needs the name of the person on screen, once for both directions', async () => {
    const world = await connected();
    const { tabId, view } = await openConversation(world);
    expect((await pull(world, view, ['lastName'], 'Dana Whitfeld')).state).toBe('done');
    expect(world.ghlContact('main').lastName).toBe('Whitfield');
    const after = await world.shown(
      tabId,
      ({ plans, suggested }) => plans.push !== null && plans.pull !== view.plans.pull && !suggested,
    );
    expect((await world.push(after.plans.push, ['phone'])).state).toBe('done');
  });
});

describe('what an older version has stored', () => {
  const pairScope = async (store: SealedStore<Areas>): Promise<string> => {
    const accounts = await store.all('accounts');
    const ateraAccount = accounts.find(({ vendor }) => vendor === 'atera');
    const ghlAccount = accounts.find(({ vendor }) => vendor === 'ghl');
    if (!ateraAccount || !ghlAccount) throw new Error('No accounts');
    return scopeOfPair({ ateraAccount, ghlAccount });
  };
  const storeOf = (world: World) =>
    createSealedStore<Areas>(AREAS, { clock: world.clock, databaseName: world.databaseName });

  it('a plan without the viewed person is none', async () => {
    const world = await connected();
    const { tabId, view } = await world.openTicket('main');
    const store = storeOf(world);
    const plan = (await store.all('plans')).find(({ id }) => id === view.plans.push);
    if (!plan) throw new Error('No plan');
    const { viewed: _viewed, ...old } = plan;
    const scope = await pairScope(store);
    await store.put('plans', scope, plan.id, old as typeof plan);
    await expect(world.push(view.plans.push, ['lastName'])).rejects.toMatchObject({ code: 'plan_expired' });
    await world.send('refreshView', { tabId });
    const fresh = await world.shown(
      tabId,
      (shown) => world.settled(shown) && shown.plans.push !== null && shown.plans.push !== view.plans.push,
    );
    expect((await world.push(fresh.plans.push, ['lastName'])).state).toBe('done');
  });

  it('a view with one plan is not painted, and the person is read all the same', async () => {
    const world = await connected();
    const { tabId } = await world.openTicket('main');
    // Kept after it was shown.
    await vi.waitFor(async () => expect(await world.storedRows('views')).toBe(1));
    const store = storeOf(world);
    const [kept] = await store.all('views');
    if (kept?.person.status !== 'ready' || kept.match.status !== 'one') throw new Error('No view');
    const { plans: _plans, ...old } = kept;
    const scope = await pairScope(store);
    await store.put('views', scope, subjectKey(kept.subject), {
      ...old,
      headline: { number: '0', title: 'Of an older version' },
      planId: null,
    } as unknown as SubjectView);
    world.restart();
    world.states.length = 0;
    const view = await world.shown(tabId, (shown) => world.settled(shown) && shown.plans.push !== null);
    expect(view.headline?.title).not.toBe('Of an older version');
    expect(JSON.stringify(world.states)).not.toContain('Of an older version');
    expect(world.bugs).toEqual([]);
  });
});
