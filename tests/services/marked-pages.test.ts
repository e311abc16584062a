import { expect, it } from 'vitest';
import { SCENES } from '../../lib/sandbox/index.ts';
import { pressFor } from '../support/press.ts';
import { createWorld } from '../support/world.ts';

type World = Awaited<ReturnType<typeof createWorld>>;

const contactOf = (world: World) => {
  const contact = world.sandbox.state.atera.contacts.find(({ Lastname }) => Lastname === 'Whitfield');
  if (!contact) throw new Error('no contact');
  return contact;
};
const url = (id: number, rest = '') => `https://app.atera.com/new/contact/${id}${rest}`;
const template = '/new/contact/{id}';

/** Asks whose number it is, and says that the page is about them, as the panel does. */
async function mark(world: World, tabId: number, kind: 'contact' | 'customer', template: string) {
  const target = { tabId };
  const record = await world.send('previewMark', { target, kind, template });
  await world.send('markPage', { target, kind, template, record });
  return record;
}

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
  await mark(world, tabId, 'contact', template);
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
  await expect(mark(world, tabId, 'contact', template)).rejects.toMatchObject({ code: 'not_found' });
  expect((await world.send('getPanelState', { tabId })).page.kind).toBe('unmarked');
});

it('marks only the page that is in front when the button is pressed', async () => {
  const world = await createWorld();
  await world.connect();
  const tabId = await world.openTab(url(contactOf(world).EndUserID));
  await world.navigate(tabId, 'https://app.atera.com/new/dashboard');
  await expect(mark(world, tabId, 'contact', template)).rejects.toMatchObject({ code: 'subject_changed' });
});

it('a push from a marked page writes to the person shown, once', async () => {
  const world = await createWorld();
  await world.connect();
  const tabId = await world.openTab(url(contactOf(world).EndUserID));
  await mark(world, tabId, 'contact', template);
  const view = await world.shown(tabId, (shown) => world.settled(shown) && shown.plans.push !== null);
  // Whose page it is was said when it was marked.
  expect(view.suggested).toBe(false);
  const receipt = await world.push(view.plans.push, ['lastName']);
  const [ghlId] = SCENES.served.main.ghlContactIds;
  expect(receipt).toMatchObject({
    state: 'done',
    source: { vendor: 'atera', id: String(contactOf(world).EndUserID) },
    target: { vendor: 'ghl', id: ghlId },
  });
  expect(world.writes()).toMatchObject([
    { method: 'PUT', path: `/contacts/${ghlId}`, body: { lastName: 'Whitfield' } },
  ]);
  expect((await world.shown(tabId, world.settled)).headline?.title).toBe('Dana Whitfield');
});

it('names the record first, and remembers nothing when it is called otherwise by then', async () => {
  const world = await createWorld();
  await world.connect();
  const contact = contactOf(world);
  const tabId = await world.openTab(url(contact.EndUserID));
  const target = { tabId };
  const record = await world.send('previewMark', { target, kind: 'contact', template });
  expect(record).toEqual({ id: String(contact.EndUserID), name: 'Dana Whitfield' });
  expect((await world.send('getPanelState', target)).page.kind).toBe('unmarked');
  contact.Lastname = 'Somebody Else';
  await expect(world.send('markPage', { target, kind: 'contact', template, record })).rejects.toMatchObject({
    code: 'unconfirmed',
  });
  expect((await world.send('getPanelState', target)).page.kind).toBe('unmarked');
});

it('every other page with a marked address only suggests somebody: nothing is written before they are named', async () => {
  const world = await createWorld();
  await world.connect();
  const marked = world.sandbox.state.atera.contacts.find(({ Lastname }) => Lastname !== 'Whitfield');
  const first = await world.openTab(url(marked?.EndUserID ?? 0));
  await mark(world, first, 'contact', template);
  const tabId = await world.openTab(url(contactOf(world).EndUserID));
  const view = await world.shown(tabId, (shown) => world.settled(shown) && shown.plans.push !== null);
  expect(view.suggested).toBe(true);
  const note = { kind: 'note', body: 'x' } as const;
  await expect(world.push(view.plans.push, ['lastName'])).rejects.toMatchObject({ code: 'unconfirmed' });
  await expect(world.send('addToContact', pressFor(tabId, view, note, 'one'))).rejects.toMatchObject({
    code: 'unconfirmed',
  });
  expect(world.writes()).toEqual([]);
  const { version, person } = view;
  if (person.status !== 'ready') throw new Error(person.status);
  const said = { target: { tabId }, version, person: person.value.ref };
  await expect(world.send('confirmPerson', { ...said, name: 'Amir Haddad' })).rejects.toMatchObject({
    code: 'unconfirmed',
  });
  await world.send('confirmPerson', { ...said, name: 'Dana Whitfield' });
  expect((await world.shown(tabId, world.settled)).suggested).toBe(false);
  expect((await world.send('addToContact', pressFor(tabId, view, note, 'two'))).state).toBe('done');
});

it('what is forgotten in one tab is forgotten in all, and told', async () => {
  const world = await createWorld();
  await world.connect();
  const one = await world.openTab(url(contactOf(world).EndUserID));
  await mark(world, one, 'contact', template);
  await world.shown(one, world.settled);
  const two = await world.openTab(url(contactOf(world).EndUserID));
  world.states.length = 0;
  await world.send('unmarkPage', { target: { tabId: two }, template });
  const told = world.states.filter(({ page }) => page.kind === 'unmarked').map(({ tabId }) => tabId);
  expect(told.sort()).toEqual([one, two].sort());
});

it('two pages marked at once are both remembered', async () => {
  const world = await createWorld();
  await world.connect();
  const { EndUserID, CustomerID } = contactOf(world);
  const contactTab = await world.openTab(url(EndUserID));
  const customerTab = await world.openTab(`https://app.atera.com/new/firm/${CustomerID}`);
  await Promise.all([
    mark(world, contactTab, 'contact', template),
    mark(world, customerTab, 'customer', '/new/firm/{id}'),
  ]);
  const kinds = await Promise.all(
    [contactTab, customerTab].map(async (tabId) => (await world.send('getPanelState', { tabId })).page.kind),
  );
  expect(kinds).toEqual(['subject', 'company']);
});
