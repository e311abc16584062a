import { expect, it, vi } from 'vitest';
import type { SceneName } from '../../lib/sandbox/index.ts';
import { NO_PLANS } from '../../lib/services/view-parts.ts';
import { createWorld, type World } from '../support/world.ts';

/** Holds every vendor call until the test lets the whole step go: shows what runs side by side, and what waits for what. */
function holdSteps(world: World) {
  let waiting: { name: string; go: () => void }[] = [];
  world.setGate(async (request) => {
    const { pathname, host } = new URL(request.url);
    const vendor = host === 'app.atera.com' ? 'atera' : 'ghl';
    const query = new URL(request.url).searchParams;
    const by = query.has('email') ? ' by e-mail' : query.has('number') ? ' by phone' : '';
    const name = `${vendor} ${request.method} ${pathname.replace(/^\/api\/v3/u, '').replace(/\/(?:\d+|\w{20})(?=\/|$)/gu, '/:id')}${by}`;
    await new Promise<void>((go) => waiting.push({ name, go }));
  });
  return {
    /** Waits until exactly these calls are under way, then lets them go. */
    async step(names: string[]): Promise<void> {
      await vi.waitFor(() => expect(waiting.map(({ name }) => name).sort()).toEqual([...names].sort()), {
        timeout: 3000,
        interval: 5,
      });
      const held = waiting;
      waiting = [];
      for (const { go } of held) go();
    },
    waiting: () => waiting.length,
  };
}

async function open(scene: SceneName) {
  const world = await createWorld({ timeoutMs: 60_000 });
  await world.connect();
  const steps = holdSteps(world);
  const tabId = await world.openTab(world.ticketUrl(scene));
  void world.send('getPanelState', { tabId });
  return { world, steps, tabId };
}

const STEP_1 = ['atera GET /tickets/:id', 'atera GET /tickets/:id/comments'];
const STEP_2 = [
  'atera GET /contacts/:id',
  'atera GET /customvalues/contactfields/:id',
  'atera GET /customers/:id',
  'atera GET /tickets',
  'ghl GET /contacts/search/duplicate by e-mail',
  'ghl GET /contacts/search/duplicate by phone',
];
const STEP_3 = [
  'ghl GET /contacts/:id',
  'ghl GET /contacts/:id/tasks',
  'ghl GET /contacts/:id/notes',
  'ghl GET /contacts/:id/appointments',
];

it('reads a ticket cold in three steps and twelve calls, company and phone included', async () => {
  const { world, steps, tabId } = await open('main');
  await steps.step(STEP_1);
  await steps.step(STEP_2);
  await steps.step(STEP_3);
  const view = await world.shown(tabId, world.settled);
  expect(view.match.status).toBe('one');
  expect(steps.waiting()).toBe(0);
  expect(world.sandbox.log).toHaveLength(12);
});

it('needs ten calls without phone and company', async () => {
  const { world, steps, tabId } = await open('main');
  const { state } = world.sandbox;
  for (const ticket of state.atera.tickets) ticket.EndUserPhone = null;
  for (const contact of state.atera.contacts) {
    contact.Phone = null;
    contact.MobilePhone = null;
  }
  const withoutCompany = STEP_2.filter((name) => !name.includes('customers') && !name.includes('by phone'));
  // The company is metadata of many people; a ticket whose customer is gone is read without it.
  await steps.step(STEP_1);
  await steps.step([...withoutCompany, 'atera GET /customers/:id']);
  await steps.step(STEP_3);
  await world.shown(tabId, world.settled);
  expect(world.sandbox.log.filter(({ path }) => !path.includes('/customers/'))).toHaveLength(10);
});

it('asks the pair at once when it is linked: two steps', async () => {
  const world = await createWorld({ timeoutMs: 60_000 });
  await world.connect();
  const { view } = await world.openTicket('main');
  await world.push(view.plans.push, ['lastName']);
  const steps = holdSteps(world);
  const tabId = await world.openTab(world.ticketUrl('main'));
  void world.send('getPanelState', { tabId });
  await steps.step(STEP_1);
  await steps.step([...STEP_2.filter((name) => !name.includes('duplicate')), ...STEP_3]);
  expect((await world.shown(tabId, world.settled)).match.status).toBe('linked');
});

it('shows the requester after the first step and keeps every part that has arrived', async () => {
  const { world, steps, tabId } = await open('main');
  await steps.step(STEP_1);
  const early = await world.shown(tabId, ({ headline }) => headline !== null);
  expect(early.headline).toEqual({ number: '4821', title: 'Printer offline again' });
  expect(early.person).toMatchObject({ status: 'ready', value: { name: 'Dana Whitfield' } });
  expect(early.match.status).toBe('loading');
  await steps.step(STEP_2);
  const half = await world.shown(tabId, ({ sections }) => sections.tickets.status === 'ready');
  expect(half.sections.tasks.status).toBe('loading');
  await steps.step(STEP_3);
  await world.shown(tabId, world.settled);
});

it('spends no call while no panel is open', async () => {
  const world = await createWorld();
  await world.connect();
  world.setPanelOpen(false);
  const tabId = await world.openTab(world.ticketUrl('main'));
  await world.fromPage(tabId, { type: 'subjectSeen', data: { subject: world.subjectOfTicket('main') } });
  expect(world.sandbox.log).toEqual([]);
});

it('paints what was seen before at once, without a plan, while it is read again', async () => {
  const world = await createWorld({ timeoutMs: 60_000 });
  await world.connect();
  await world.openTicket('main');
  await vi.waitFor(async () => expect(await world.storedRows('views')).toBe(1));
  world.restart();
  const steps = holdSteps(world);
  const tabId = await world.openTab(world.ticketUrl('main'));
  const warm = await world.shown(tabId, ({ person }) => person.status === 'ready');
  expect(warm).toMatchObject({ refreshing: true, plans: NO_PLANS, match: { status: 'one' } });
  expect(warm.sections.notes.status).toBe('ready');
  await steps.step(STEP_1);
  await steps.step(STEP_2);
  await steps.step(STEP_3);
  const fresh = await world.shown(tabId, world.settled);
  expect(fresh.plans.push).not.toBeNull();
});

it('reads a GHL contact cold with twelve calls at most, every way of writing the number included', async () => {
  const world = await createWorld({ timeoutMs: 60_000 });
  await world.connect();
  const { locationId } = world.sandbox.ghl;
  const { id } = world.ghlContact('main');
  const tabId = await world.openTab(
    `https://app.gohighlevel.com/v2/location/${locationId}/contacts/detail/${id}`,
  );
  const view = await world.shown(tabId, world.settled);
  expect(view.match.status).toBe('one');
  expect(world.sandbox.log.length).toBeLessThanOrEqual(12);
});
