import { describe, expect, it } from 'vitest';
import type { Subject } from '../../lib/core/contact.ts';
import type { Fault } from '../../lib/sandbox/faults.ts';
import type { SceneName } from '../../lib/sandbox/index.ts';
import { NO_PLANS } from '../../lib/services/view-parts.ts';
import { createWorld, type World } from '../support/world.ts';

const CONVERSATION = { vendor: 'ghl', path: /^\/conversations\/\w+$/u } as const;

const json = (status: number, body: unknown): Fault => ({
  kind: 'status',
  status,
  body: JSON.stringify(body),
  headers: { 'content-type': 'application/json' },
});

function conversationOf(world: World, scene: SceneName) {
  const { id: contactId } = world.ghlContact(scene);
  const found = world.sandbox.state.ghl.conversations.find((entry) => entry.contactId === contactId);
  if (!found) throw new Error(`No conversation in ${scene}`);
  return found;
}

const page = (world: World, id: string, locationId = world.sandbox.ghl.locationId): string =>
  `https://app.gohighlevel.com/v2/location/${locationId}/conversations/conversations/${id}`;

async function connected() {
  const world = await createWorld();
  await world.connect();
  return world;
}

async function opened(world: World) {
  const tabId = await world.openTab(page(world, conversationOf(world, 'main').id));
  return { tabId, view: await world.shown(tabId, world.settled) };
}

const atera = (world: World) => {
  const found = world.sandbox.state.atera.contacts.find(({ Lastname }) => Lastname === 'Whitfield');
  if (!found) throw new Error('No such contact');
  return found;
};

describe('a conversation page', () => {
  it('leads to its contact, and on to the same person in Atera; but only suggests', async () => {
    const world = await connected();
    const { view } = await opened(world);
    expect(view).toMatchObject({
      subject: { kind: 'conversation' },
      suggested: true,
      pushTarget: 'atera',
      headline: { title: 'Dana Whitfeld' },
      person: { status: 'ready', value: { ref: { kind: 'contact', id: world.ghlContact('main').id } } },
      match: { status: 'one', counterpart: { name: 'Dana Whitfield' } },
    });
    expect(view.plans.push).not.toBeNull();
    expect(world.writes()).toEqual([]);
    expect(world.bugs).toEqual([]);
  });

  it('is asked for with the version of conversations, and before anything else', async () => {
    const world = await connected();
    const seen: [string, string | null][] = [];
    world.setGate(async (request) => {
      const { host, pathname } = new URL(request.url);
      if (host === 'services.leadconnectorhq.com') seen.push([pathname, request.headers.get('version')]);
    });
    await opened(world);
    const { id } = conversationOf(world, 'main');
    expect(seen[0]).toEqual([`/conversations/${id}`, '2021-04-15']);
    expect(seen.slice(1).map(([, version]) => version)).not.toContain('2021-04-15');
  });

  it('suggests nobody on the pages of contacts and tickets', async () => {
    const world = await connected();
    expect((await world.openTicket('main')).view.suggested).toBe(false);
    const { id } = world.ghlContact('main');
    const tabId = await world.openTab(
      `https://app.gohighlevel.com/v2/location/${world.sandbox.ghl.locationId}/contacts/detail/${id}`,
    );
    expect((await world.shown(tabId, world.settled)).suggested).toBe(false);
  });

  it('of another location is not read', async () => {
    const world = await connected();
    const tabId = await world.openTab(page(world, conversationOf(world, 'main').id, 'AnotherLocation00001'));
    expect(await world.send('getPanelState', { tabId })).toMatchObject({ page: { kind: 'wrong-location' } });
    expect(world.sandbox.log).toEqual([]);
  });

  it.each([
    ['is gone', json(400, { statusCode: 400, message: 'Conversation with id x not found' }), 'not_found'],
    [
      'needs a right that the token lacks',
      json(401, { statusCode: 401, message: 'The token is not authorized for this scope.' }),
      'forbidden',
    ],
    ['is refused', json(403, { statusCode: 403, message: 'Forbidden' }), 'forbidden'],
    ['cannot be read', { kind: 'malformed' }, 'invalid_response'],
  ] as const)('that %s says so in its place, and nobody is read', async (_case, fault, code) => {
    const world = await connected();
    world.faults.add(CONVERSATION, fault);
    const { view } = await opened(world);
    expect(view).toMatchObject({
      person: { status: 'failed', error: { code, vendor: 'ghl', scope: 'conversations.readonly' } },
      rows: [],
      plans: NO_PLANS,
    });
    expect(world.sandbox.log.filter(({ path }) => path.includes('/contacts'))).toEqual([]);
  });

  it('that the vendor does not know is gone', async () => {
    const world = await connected();
    const tabId = await world.openTab(page(world, 'GoneGoneGoneGoneGone'));
    expect(await world.shown(tabId, world.settled)).toMatchObject({
      person: { status: 'failed', error: { code: 'not_found' } },
    });
  });

  it.each([
    ['about another location', { locationId: 'AnotherLocation00001' }, 'invalid_response'],
    ['about another conversation', { id: 'AnotherAnother000001' }, 'invalid_response'],
    ['without a location', { locationId: null }, 'invalid_response'],
    ['without a contact', { contactId: '' }, 'not_found'],
  ])('is not believed when the answer is %s', async (_case, change, code) => {
    const world = await connected();
    const { id, contactId } = conversationOf(world, 'main');
    const { locationId } = world.sandbox.ghl;
    world.faults.add(CONVERSATION, json(200, { id, contactId, locationId, ...change }));
    const { view } = await opened(world);
    expect(view).toMatchObject({ person: { status: 'failed', error: { code } }, plans: NO_PLANS });
    expect(world.sandbox.log.filter(({ path }) => path.includes('/contacts'))).toEqual([]);
  });
});

describe('a push from a conversation page', () => {
  it.each([
    ['without a name', undefined],
    ['with the name of somebody else', 'Dana Whitfield'],
    ['with an empty name', ''],
  ])('is refused %s, and nothing is written', async (_case, name) => {
    const world = await connected();
    const { tabId, view } = await opened(world);
    await expect(world.push(view.plans.push, ['lastName'], name)).rejects.toMatchObject({
      code: 'unconfirmed',
    });
    expect(world.writes()).toEqual([]);
    expect(atera(world).Lastname).toBe('Whitfield');
    // The refusal uses nothing up: the same plan works once the name is given.
    expect((await world.shown(tabId, world.settled)).suggested).toBe(true);
    expect((await world.push(view.plans.push, ['lastName'], 'Dana Whitfeld')).state).toBe('done');
  });

  it('writes once the person is named, and does not ask again for this page, not even after a restart', async () => {
    const world = await connected();
    const { tabId, view } = await opened(world);
    const { EndUserID } = atera(world);
    const receipt = await world.push(view.plans.push, ['lastName'], 'Dana Whitfeld');
    expect(receipt).toMatchObject({ state: 'done', fields: [{ field: 'lastName', outcome: 'verified' }] });
    const contact = () => world.sandbox.state.atera.contacts.find((entry) => entry.EndUserID === EndUserID);
    expect(contact()?.Lastname).toBe('Whitfeld');
    expect(await world.shown(tabId, world.settled)).toMatchObject({ suggested: false });
    const again = await world.shown(
      tabId,
      ({ plans }) => plans.push !== null && plans.push !== view.plans.push,
    );
    await expect(world.push(again.plans.push, ['phone'], 'Amir Haddad')).rejects.toMatchObject({
      code: 'unconfirmed',
    });
    world.restart();
    const next = await world.shown(tabId, world.settled);
    expect(next.suggested).toBe(false);
    expect((await world.push(next.plans.push, ['phone'])).state).toBe('done');
    expect(world.bugs).toEqual([]);
  });

  it('asks again when the page has moved on and come back', async () => {
    const world = await connected();
    const { tabId, view } = await opened(world);
    await world.push(view.plans.push, ['lastName'], 'Dana Whitfeld');
    await world.navigate(tabId, world.ticketUrl('differing'));
    await world.shown(tabId, world.settled);
    await world.navigate(tabId, page(world, conversationOf(world, 'main').id));
    const again = await world.shown(tabId, world.settled);
    expect(again.suggested).toBe(true);
    await expect(world.push(again.plans.push, ['phone'])).rejects.toMatchObject({ code: 'unconfirmed' });
  });

  it('asks again when the conversation leads to another person now', async () => {
    const world = await connected();
    const { tabId, view } = await opened(world);
    await world.push(view.plans.push, ['lastName'], 'Dana Whitfeld');
    conversationOf(world, 'main').contactId = world.ghlContact('exact').id;
    await world.send('refreshView', { tabId });
    const other = await world.shown(
      tabId,
      (shown) =>
        world.settled(shown) &&
        shown.person.status === 'ready' &&
        shown.person.value.ref.id === world.ghlContact('exact').id,
    );
    expect(other.suggested).toBe(true);
  });
});

it('reads nothing for the page of an opportunity', async () => {
  const world = await connected();
  const subject: Subject = {
    vendor: 'ghl',
    kind: 'opportunity',
    id: 'OpportunityAbcdefghi',
    locationId: world.sandbox.ghl.locationId,
  };
  const tabId = await world.openTab(
    `https://app.gohighlevel.com/v2/location/${subject.locationId}/opportunities/list/${subject.id}`,
  );
  await world.fromPage(tabId, { type: 'subjectSeen', data: { subject } });
  expect(await world.send('getPanelState', { tabId })).toMatchObject({ page: { kind: 'unreachable' } });
  expect(world.sandbox.log).toEqual([]);
});
