import { describe, expect, it, vi } from 'vitest';
import { SCENES } from '../../lib/sandbox/index.ts';
import { NO_PLANS } from '../../lib/services/view-parts.ts';
import { createWorld } from '../support/world.ts';

const GHL = (locationId: string, contactId: string): string =>
  `https://app.gohighlevel.com/v2/location/${locationId}/contacts/detail/${contactId}`;

describe('the panel', () => {
  it('follows the tab in front, and each tab keeps its own person', async () => {
    const world = await createWorld();
    await world.connect();
    const first = await world.openTicket('main');
    const second = await world.openTicket('differing');
    const windowState = await world.send('getPanelState', { windowId: 0 });
    expect(windowState).toMatchObject({ tabId: second.tabId, active: true });
    const behind = await world.send('getPanelState', { tabId: first.tabId });
    expect(behind).toMatchObject({
      active: false,
      page: { kind: 'subject', view: { headline: { number: '4821' } } },
    });
  });

  it('switches when the page moves on without loading, and tells open panels', async () => {
    const world = await createWorld();
    await world.connect();
    const { tabId, view } = await world.openTicket('main');
    await world.navigate(tabId, world.ticketUrl('differing'));
    const next = await world.shown(tabId, world.settled);
    expect(next.version).toBe(view.version + 1);
    expect(next.subject).toEqual(world.subjectOfTicket('differing'));
    const told = world.states.filter(
      ({ page }) => page.kind === 'subject' && page.view.version === next.version,
    );
    expect(told[0]?.page).toMatchObject({
      view: { person: { status: 'loading' }, rows: [], plans: NO_PLANS },
    });
  });

  it('spends no call on tabs that nobody looks at', async () => {
    const world = await createWorld();
    await world.connect();
    const behind = await world.openTab('https://app.atera.com/new/tickets');
    await world.openTab('https://app.atera.com/new/tickets');
    await world.navigate(behind, world.ticketUrl('main'));
    await vi.waitFor(() =>
      expect(world.states.some(({ tabId, page }) => tabId === behind && page.kind === 'subject')).toBe(true),
    );
    expect(world.sandbox.log).toEqual([]);
  });

  it('forgets what came late for a page that was left', async () => {
    const world = await createWorld({ timeoutMs: 60_000 });
    await world.connect();
    const tabId = await world.openTab(world.ticketUrl('main'));
    const hold = world.faults.add(
      { vendor: 'atera', path: /tickets\/4821$/u },
      { kind: 'hold', when: 'after' },
      1,
    );
    void world.send('getPanelState', { tabId });
    await hold.arrived;
    await world.navigate(tabId, world.ticketUrl('differing'));
    const shown = await world.shown(tabId, world.settled);
    hold.release();
    await world.openTicket('exact');
    expect(await world.shown(tabId, world.settled)).toEqual(shown);
  });

  it('says what is missing: accounts, access, or somebody on the page', async () => {
    const world = await createWorld();
    const tabId = await world.openTab('https://app.atera.com/new/tickets');
    expect(await world.send('getPanelState', { tabId })).toMatchObject({
      page: { kind: 'not-connected', missing: ['atera', 'ghl'] },
    });
    await world.connect();
    expect(await world.send('getPanelState', { tabId })).toMatchObject({
      page: { kind: 'nothing', samples: [] },
    });
    const dark = await world.openTab(undefined as unknown as string);
    expect(await world.send('getPanelState', { tabId: dark })).toMatchObject({ page: { kind: 'nothing' } });
    world.setAccess(false);
    expect(await world.send('getPanelState', { tabId: dark })).toMatchObject({
      page: {
        kind: 'no-access',
        origins: ['https://app.atera.com/*', 'https://services.leadconnectorhq.com/*'],
      },
    });
  });

  it('reads nothing for a page of another location', async () => {
    const world = await createWorld();
    await world.connect();
    const tabId = await world.openTab(GHL('AnotherLocation00001', SCENES.served.main.ghlContactIds[0] ?? ''));
    expect(await world.send('getPanelState', { tabId })).toMatchObject({
      page: {
        kind: 'wrong-location',
        pageLocationId: 'AnotherLocation00001',
        accountLocationId: world.sandbox.ghl.locationId,
      },
    });
    expect(world.sandbox.log).toEqual([]);
  });

  it('recognises the same person from the GHL page, and writes to Atera from there', async () => {
    const world = await createWorld();
    await world.connect();
    const tabId = await world.openTab(
      GHL(world.sandbox.ghl.locationId, SCENES.served.main.ghlContactIds[0] ?? ''),
    );
    const view = await world.shown(tabId, world.settled);
    expect(view).toMatchObject({
      pushTarget: 'atera',
      match: { status: 'one', counterpart: { name: 'Dana Whitfield' } },
    });
    const receipt = await world.push(view.plans.push, ['lastName']);
    expect(receipt).toMatchObject({
      state: 'done',
      target: { vendor: 'atera' },
      fields: [{ sent: 'Whitfeld', outcome: 'verified' }],
    });
    expect(world.writes().map(({ method, body }) => [method, body])).toEqual([
      ['PUT', { Lastname: 'Whitfeld' }],
    ]);
  });

  it('keeps back everything of people who are only suspected', async () => {
    const world = await createWorld();
    await world.connect();
    const { view } = await world.openTicket('several');
    expect(view.match.status).toBe('several');
    for (const name of ['tasks', 'notes', 'appointments', 'tags'] as const)
      expect(view.sections[name]).toEqual({ status: 'withheld' });
    expect(view.sections.tickets.status).toBe('ready');
    expect(world.sandbox.log.some(({ path }) => path.endsWith('/notes'))).toBe(false);
  });

  it('links whom the agent chooses, of those who were offered and nobody else', async () => {
    const world = await createWorld();
    await world.connect();
    const { tabId, view } = await world.openTicket('several');
    if (view.match.status !== 'several') throw new Error(view.match.status);
    const [chosen] = view.match.candidates;
    if (!chosen) throw new Error('Nobody is offered');
    const target = { tabId };
    if (view.person.status !== 'ready') throw new Error('Nobody is shown');
    const person = view.person.value.ref;
    const stranger = { ...chosen.ref, id: SCENES.served.main.ghlContactIds[0] ?? '' };
    await expect(
      world.send('confirmMatch', { target, version: view.version, person, counterpart: stranger }),
    ).rejects.toMatchObject({ code: 'subject_changed' });
    await expect(
      world.send('confirmMatch', { target, version: view.version - 1, person, counterpart: chosen.ref }),
    ).rejects.toMatchObject({ code: 'subject_changed' });
    await world.send('confirmMatch', { target, version: view.version, person, counterpart: chosen.ref });
    const linked = await world.shown(
      tabId,
      (shown) => world.settled(shown) && shown.match.status === 'linked',
    );
    expect(linked.match).toMatchObject({ status: 'linked', counterpart: { ref: chosen.ref } });
    expect(world.writes()).toEqual([]);
    world.restart();
    expect(
      (await world.shown(tabId, (shown) => world.settled(shown) && shown.plans.push !== null)).match.status,
    ).toBe('linked');
  });

  it('keeps vendor text as text, and says how much of a long one is left out', async () => {
    const world = await createWorld();
    await world.connect();
    const [contactId] = SCENES.served.main.ghlContactIds;
    const note = world.sandbox.state.ghl.notes.find((candidate) => candidate.contactId === contactId);
    if (!note) throw new Error('No note');
    note.body = `<p>First</p>${'x'.repeat(5_000_000)}`;
    const { view } = await world.openTicket('main');
    if (view.sections.notes.status !== 'ready') throw new Error('Notes are not ready');
    const long = view.sections.notes.items.find(({ omitted }) => omitted > 0);
    expect(long?.body.startsWith('First\nxxx')).toBe(true);
    expect(long?.body.length).toBeLessThanOrEqual(4_000);
    expect(long?.omitted).toBeGreaterThan(4_900_000);
    expect(JSON.stringify(world.states.at(-1)).length).toBeLessThan(200_000);
  });
});
