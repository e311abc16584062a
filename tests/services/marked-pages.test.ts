import { expect, it } from 'vitest';
import { createWorld } from '../support/world.ts';

type World = Awaited<ReturnType<typeof createWorld>>;

const contactOf = (world: World) => {
  const contact = world.sandbox.state.atera.contacts.find(({ Lastname }) => Lastname === 'Whitfield');
  if (!contact) throw new Error('no contact');
  return contact;
};
const url = (id: number, rest = '') => `https://app.atera.com/new/contact/${id}${rest}`;
const template = '/new/contact/{id}';

it('a page that nobody knows is offered, marked after Atera has that contact, and then recognised by itself', async () => {
  const world = await createWorld();
  await world.connect();
  const { EndUserID } = contactOf(world);
  const tabId = await world.openTab(url(EndUserID));
  expect((await world.send('getPanelState', { tabId })).page).toEqual({
    kind: 'unmarked',
    id: String(EndUserID),
    template,
  });
  await world.send('markPage', { target: { tabId }, kind: 'contact', template });
  const view = await world.shown(tabId, world.settled);
  expect(view).toMatchObject({
    subject: { vendor: 'atera', kind: 'contact' },
    headline: { title: 'Dana Whitfield' },
    match: { status: 'one' },
  });

  const another = await world.openTab(url(EndUserID, '/tickets?x=1'));
  expect((await world.shown(another, world.settled)).person.status).toBe('ready');
  const state = await world.send('getPanelState', { tabId: another });
  expect(state.template).toBe(template);

  await world.send('unmarkPage', { target: { tabId: another }, template });
  expect((await world.send('getPanelState', { tabId: another })).page.kind).toBe('unmarked');
  expect((await world.send('getPanelState', { tabId })).page.kind).toBe('unmarked');
});

it('remembers nothing when Atera has no such record, and says so', async () => {
  const world = await createWorld();
  await world.connect();
  const tabId = await world.openTab(url(999_999_999));
  await expect(
    world.send('markPage', { target: { tabId }, kind: 'contact', template }),
  ).rejects.toMatchObject({ code: 'not_found' });
  expect((await world.send('getPanelState', { tabId })).page.kind).toBe('unmarked');
});

it('marks only the page that is in front when the button is pressed', async () => {
  const world = await createWorld();
  await world.connect();
  const tabId = await world.openTab(url(contactOf(world).EndUserID));
  await world.navigate(tabId, 'https://app.atera.com/new/dashboard');
  await expect(
    world.send('markPage', { target: { tabId }, kind: 'contact', template }),
  ).rejects.toMatchObject({ code: 'subject_changed' });
});

it('a push from a marked page writes to the person shown, once', async () => {
  const world = await createWorld();
  await world.connect();
  const tabId = await world.openTab(url(contactOf(world).EndUserID));
  await world.send('markPage', { target: { tabId }, kind: 'contact', template });
  const view = await world.shown(tabId, (shown) => world.settled(shown) && shown.plans.push !== null);
  const receipt = await world.push(view.plans.push, ['lastName']);
  expect(receipt.state).toBe('done');
  expect(world.writes()).toHaveLength(1);
  expect((await world.shown(tabId, world.settled)).headline?.title).toBe('Dana Whitfield');
});

it('two pages marked at once are both remembered', async () => {
  const world = await createWorld();
  await world.connect();
  const { EndUserID, CustomerID } = contactOf(world);
  const contactTab = await world.openTab(url(EndUserID));
  const customerTab = await world.openTab(`https://app.atera.com/new/firm/${CustomerID}`);
  await Promise.all([
    world.send('markPage', { target: { tabId: contactTab }, kind: 'contact', template }),
    world.send('markPage', { target: { tabId: customerTab }, kind: 'customer', template: '/new/firm/{id}' }),
  ]);
  const kinds = await Promise.all(
    [contactTab, customerTab].map(async (tabId) => (await world.send('getPanelState', { tabId })).page.kind),
  );
  expect(kinds).toEqual(['subject', 'company']);
});
