import { describe, expect, it, vi } from 'vitest';
import type { FieldName } from '../../lib/core/contact.ts';
import { SHIPPED_TASK_RULES } from '../../lib/core/task-ticket.ts';
import type { BroughtItem, JobView, RelatedItem, SubjectView } from '../../lib/panel-state.ts';
import { createWorld, type World } from '../support/world.ts';

const PATIENT = { timeout: 6000, interval: 5 };
const FIELDS: FieldName[] = ['firstName', 'lastName', 'email', 'phone'];
const EMAIL = 'robin.ellery@tannerbakery.example';
const BUSINESS = 'bizBizBizBizBizBiz01';
const NAME = 'Corner Bakery Supplies';

const robin = (world: World) => {
  const found = world.sandbox.state.ghl.contacts.find(({ email }) => email === EMAIL);
  if (!found) throw new Error('No such contact');
  return found;
};
const people = (world: World) => world.sandbox.state.atera.contacts.filter(({ Email }) => Email === EMAIL);
const customers = (world: World) =>
  world.sandbox.state.atera.customers.filter(({ CustomerName }) => CustomerName === NAME);
const tickets = (world: World) =>
  world.sandbox.state.atera.tickets.filter(({ EndUserID }) => EndUserID === people(world)[0]?.EndUserID);
const tags = (world: World) =>
  world.sandbox.state.atera.customValues.find(
    ({ name, itemId }) => name === 'GHL tags' && itemId === people(world)[0]?.EndUserID,
  )?.value;
const jobsOf = (world: World): Promise<JobView[]> => world.send('getJobs', {});

/** A lead of GHL with a company, two tasks, two notes and tags, of whom Atera knows nothing. */
async function lead() {
  const world = await createWorld();
  const { ghl, atera } = world.sandbox.state;
  const contact = robin(world);
  const at = new Date(world.clock.now()).toISOString();
  ghl.businesses.push({ id: BUSINESS, name: NAME, createdAt: at, updatedAt: at });
  Object.assign(contact, { companyName: NAME, businessId: BUSINESS, tags: ['vip', 'bakery'] });
  const { id: contactId } = contact;
  ghl.tasks = ghl.tasks.filter((task) => task.contactId !== contactId);
  ghl.notes = ghl.notes.filter((note) => note.contactId !== contactId);
  for (const [index, title] of ['Order flour', 'Call back'].entries())
    ghl.tasks.push({
      id: `taskTaskTaskTask000${index}`,
      contactId,
      title,
      body: `About ${title}.`,
      dueDate: '2027-01-04T10:00:00.000Z',
      completed: false,
    });
  ghl.notes.push({
    id: 'noteNoteNoteNote0001',
    contactId,
    body: 'Likes rye.',
    dateAdded: new Date(world.clock.now()).toISOString(),
  });
  await world.connect();
  await world.send('setTagField', { name: 'GHL tags' });
  await world.send('setIdentity', { id: atera.technicians[0]?.id ?? null });
  const place = `https://app.gohighlevel.com/v2/location/${world.sandbox.ghl.locationId}`;
  const tabId = await world.openTab(`${place}/contacts/detail/${contactId}`);
  const view = await world.shown(tabId, world.settled);
  if (view.person.status !== 'ready') throw new Error('No person');
  const shown = { target: { tabId }, version: view.version, person: view.person.value.ref };
  const { planId } = await world.send('previewCreate', shown);
  world.sandbox.log.length = 0;
  const bring = (more: { tags?: string[]; items?: BroughtItem[]; withCompany?: boolean } = {}) =>
    world.send('bringOver', {
      target: { tabId },
      planId: planId ?? 'none',
      fields: FIELDS,
      withCompany: true,
      items: [...itemsOf(view, 'tasks'), ...itemsOf(view, 'notes')],
      tags: ['vip', 'bakery'],
      ...more,
    });
  return { world, tabId, view, planId, bring };
}

function itemsOf(view: SubjectView, name: 'tasks' | 'notes' | 'tickets'): BroughtItem[] {
  const section = view.sections[name];
  const items: RelatedItem[] = section.status === 'ready' ? section.items : [];
  return items.flatMap(({ copy, title, body }): BroughtItem[] =>
    copy && copy.kind !== 'comment'
      ? [{ kind: copy.kind, id: copy.id, print: copy.print, title: title || body }]
      : [],
  );
}
const atRest = async (world: World): Promise<JobView> => {
  let found: JobView | undefined;
  await vi.waitFor(async () => {
    [found] = await jobsOf(world);
    const isWaiting = found?.status === 'queued' && found.attempts > 0;
    expect(isWaiting || ['done', 'stopped', 'needs-look', 'cancelled'].includes(found?.status ?? '')).toBe(
      true,
    );
  }, PATIENT);
  if (!found) throw new Error('No job');
  return found;
};
const states = ({ steps }: JobView) => steps.map(({ words, state }) => `${words.kind} ${state}`);
const ALL = [
  'create-company done',
  'create done',
  'copy-task done',
  'copy-task done',
  'add-atera-tag done',
  'add-atera-tag done',
  'copy-note done',
];

/** Everything is there, once. */
function expectWhole(world: World): void {
  expect(customers(world)).toHaveLength(1);
  expect(people(world)).toMatchObject([{ CustomerID: customers(world)[0]?.CustomerID }]);
  const own = tickets(world);
  expect(own.map(({ TicketTitle }) => TicketTitle).sort()).toEqual(['Call back', 'Order flour']);
  expect(tags(world)?.split(', ').sort()).toEqual(['bakery', 'vip']);
  const comments = own.flatMap((ticket) => ticket.comments.filter(({ Comment }) => Comment.includes('rye')));
  expect(comments).toMatchObject([{ IsInternal: true }]);
}

describe('somebody is brought over', () => {
  it('company, contact, tickets, tags and notes, in that order, each once', async () => {
    const { world, bring, planId } = await lead();
    expect(await bring()).toMatchObject({ id: `over-${planId}`, personName: 'Robin Ellery' });
    // Pressed twice.
    await bring();
    const job = await atRest(world);
    expect(states(job)).toEqual(ALL);
    expect(job.status).toBe('done');
    expectWhole(world);
    const entries = (await world.send('getActivity', { people: null, limit: null }))?.entries ?? [];
    expect(entries.map(({ kind, state }) => `${kind} ${state}`).reverse()).toEqual(ALL);
    expect(await world.send('dismissJob', { id: job.id })).toEqual([]);
    expect(world.bugs).toEqual([]);
  });

  it.each([
    ['company', 'POST', /\/customers$/u, 0],
    ['contact', 'POST', /\/contacts$/u, 0],
    ['first ticket', 'POST', /\/tickets$/u, 0],
    ['second ticket', 'POST', /\/tickets$/u, 1],
    ['first tag', 'PUT', /\/customvalues\//u, 0],
    ['second tag', 'PUT', /\/customvalues\//u, 1],
    ['note', 'POST', /\/comments$/u, 0],
  ] as const)(
    'goes on where it was when the worker ends after the write of the %s',
    async (_what, method, path, skip) => {
      const { world, bring } = await lead();
      const writes = world.faults.add(
        { vendor: 'atera', method, path, skip },
        { kind: 'hold', when: 'after' },
      );
      await bring();
      await writes.arrived;
      writes.remove();
      world.restart();
      await vi.waitFor(async () => expect((await jobsOf(world))[0]?.status).toBe('done'), PATIENT);
      expectWhole(world);
      expect(world.bugs).toEqual([]);
    },
  );

  it('waits without the network, and then goes on from there', async () => {
    const { world, bring } = await lead();
    const cut = world.faults.add(
      { vendor: 'ghl', method: 'GET', path: '/tasks' },
      { kind: 'cut', when: 'before' },
    );
    await bring();
    const waiting = await atRest(world);
    expect(waiting).toMatchObject({ status: 'queued', error: { code: 'network' }, canCancel: true });
    expect(states(waiting).slice(0, 3)).toEqual(['create-company done', 'create done', 'copy-task waiting']);
    cut.remove();
    world.ring('online');
    await vi.waitFor(async () => expect((await jobsOf(world))[0]?.status).toBe('done'), PATIENT);
    expectWhole(world);
  });

  it('stops where the vendor says no, says so, and goes on from there when asked', async () => {
    const { world, bring } = await lead();
    const no = world.faults.add(
      { vendor: 'atera', method: 'POST', path: /\/contacts$/u },
      { kind: 'status', status: 403 },
    );
    await bring();
    const stopped = await atRest(world);
    expect(stopped).toMatchObject({ status: 'stopped', canGoOn: true, canCancel: false });
    expect(stopped.steps[1]).toMatchObject({ state: 'failed', error: { code: 'forbidden' } });
    expect([customers(world).length, people(world).length]).toEqual([1, 0]);
    no.remove();
    await world.send('retryJob', { id: stopped.id });
    expect((await atRest(world)).status).toBe('done');
    expectWhole(world);
  });

  it.each([
    ['company', /\/customers$/u, 0],
    ['contact', /\/contacts$/u, 1],
  ] as const)(
    'waits where the vendor asks to slow down at the creation of the %s',
    async (_what, path, at) => {
      const { world, bring } = await lead();
      const limit = world.faults.add(
        { vendor: 'atera', method: 'POST', path },
        { kind: 'status', status: 429 },
      );
      await bring();
      const waiting = await atRest(world);
      expect(waiting).toMatchObject({ status: 'queued', error: { code: 'rate_limited' }, canCancel: true });
      expect(waiting.steps[at]?.state).toBe('waiting');
      limit.remove();
      world.ring();
      await vi.waitFor(async () => expect((await jobsOf(world))[0]?.status).toBe('done'), PATIENT);
      expectWhole(world);
      expect(limit.count()).toBe(1);
      expect(world.bugs).toEqual([]);
    },
  );

  it.each([
    ['company', 'create-company', /./u],
    ['tag', 'add-atera-tag', /customvalues/iu],
  ] as const)('goes on when asked where the %s was given up after a day', async (_what, kind, path) => {
    const { world, bring } = await lead();
    const cut = world.faults.add({ vendor: 'atera', method: 'GET', path }, { kind: 'cut', when: 'before' });
    await bring();
    await atRest(world);
    world.clock.advance(86_400_000);
    world.ring('online');
    await vi.waitFor(async () => expect((await jobsOf(world))[0]?.status).toBe('stopped'), PATIENT);
    const [stopped] = await jobsOf(world);
    expect(stopped).toMatchObject({ canGoOn: true });
    const failed = stopped?.steps.find(({ state }) => state === 'failed');
    expect(failed).toMatchObject({ words: { kind }, error: { code: 'network' } });
    const entries = (await world.send('getActivity', { people: null, limit: null }))?.entries ?? [];
    expect(entries.filter(({ error }) => error?.code === 'cancelled')).toEqual([]);
    cut.remove();
    await world.send('retryJob', { id: stopped?.id ?? '' });
    expect((await atRest(world)).status).toBe('done');
    expectWhole(world);
    expect(world.bugs).toEqual([]);
  });

  it('is cancelled between two steps: what is there stays, and nothing more is written', async () => {
    const { world, bring } = await lead();
    world.faults.add({ vendor: 'ghl', method: 'GET', path: '/tasks' }, { kind: 'cut', when: 'before' });
    await bring();
    const { id } = await atRest(world);
    const [cancelled] = await world.send('cancelJob', { id });
    expect(cancelled?.status).toBe('cancelled');
    expect(cancelled && states(cancelled).slice(1)).toEqual([
      'create done',
      ...ALL.slice(2).map((step) => step.replace('done', 'skipped')),
    ]);
    world.ring('online');
    expect([people(world).length, tickets(world).length]).toEqual([1, 0]);
  });

  it('is cancelled while a step waits: the journal says so, and not that it still waits', async () => {
    const { world, bring } = await lead();
    const cut = world.faults.add(
      { vendor: 'atera', method: 'GET', path: /customvalues/iu },
      { kind: 'cut', when: 'before' },
    );
    await bring({ items: [], tags: ['vip'] });
    const { id, steps } = await atRest(world);
    expect(steps.map(({ state }) => state)).toEqual(['done', 'done', 'waiting']);
    const tagEntry = async () =>
      (await world.send('getActivity', { people: null, limit: null }))?.entries.find(
        ({ kind }) => kind === 'add-atera-tag',
      );
    expect((await tagEntry())?.state).toBe('queued');
    await world.send('cancelJob', { id });
    expect(await tagEntry()).toMatchObject({ state: 'failed', error: { code: 'cancelled' } });
    cut.remove();
    world.ring('online');
    expect(tags(world)).toBeUndefined();
  });

  it('leaves out what was changed since, and takes the rest along', async () => {
    const { world, bring } = await lead();
    const task = world.sandbox.state.ghl.tasks.find(({ title }) => title === 'Order flour');
    if (task) task.title = 'Order sugar';
    await bring();
    const job = await atRest(world);
    expect(job.status).toBe('done');
    expect(states(job)).toContain('copy-task skipped');
    expect(tickets(world).map(({ TicketTitle }) => TicketTitle)).toEqual(['Call back']);
  });

  it('stops where somebody is there already, and writes nothing more', async () => {
    const { world, bring } = await lead();
    const [some] = world.sandbox.state.atera.contacts;
    if (some) some.Email = EMAIL;
    await bring({ withCompany: true });
    const job = await atRest(world);
    expect(job).toMatchObject({ status: 'stopped', canGoOn: false });
    expect(states(job).slice(1, 3)).toEqual(['create conflict', 'copy-task waiting']);
    expect(tickets(world).filter(({ TicketTitle }) => TicketTitle === 'Order flour')).toEqual([]);
  });

  it.each([false, true])(
    'takes tickets along as tasks; with other rules for tasks since: %s',
    async (isOther) => {
      const world = await createWorld();
      const { ghl } = world.sandbox.state;
      const { id: gone } = world.ghlContact('main');
      ghl.contacts = ghl.contacts.filter(({ id }) => id !== gone);
      await world.connect();
      const { tabId, view } = await world.openTicket('main');
      if (view.person.status !== 'ready') throw new Error('No person');
      const shown = { target: { tabId }, version: view.version, person: view.person.value.ref };
      const { planId } = await world.send('previewCreate', shown);
      const [ticket] = itemsOf(view, 'tickets');
      if (!ticket) throw new Error('No ticket');
      const hold = world.faults.add(
        { vendor: 'ghl', method: 'POST', path: '/contacts/' },
        { kind: 'hold', when: 'after' },
        1,
      );
      const before = ghl.tasks.length;
      await world.send('bringOver', {
        target: { tabId },
        planId: planId ?? 'none',
        fields: FIELDS,
        withCompany: false,
        items: [ticket],
        tags: [],
      });
      await hold.arrived;
      if (isOther) await world.send('setTaskRules', { rules: { ...SHIPPED_TASK_RULES, dueDays: 9 } });
      hold.release();
      const job = await atRest(world);
      expect(states(job)).toEqual(['create done', `copy-ticket ${isOther ? 'skipped' : 'done'}`]);
      expect(ghl.tasks.length - before).toBe(isOther ? 0 : 1);
      const due = Date.parse(ghl.tasks.at(-1)?.dueDate ?? '');
      if (!isOther) expect(Math.abs(due - world.clock.now() - 3 * 86_400_000)).toBeLessThan(60_000);
      expect(world.bugs).toEqual([]);
    },
  );

  it('is refused when the page shows somebody else, or asks for what cannot be', async () => {
    const { world, bring, tabId } = await lead();
    await expect(
      bring({ items: [{ kind: 'ticket', id: '1', print: 'x', title: 'x' }] }),
    ).rejects.toMatchObject({ code: 'invalid_input' });
    await expect(bring({ withCompany: false })).rejects.toMatchObject({ code: 'invalid_input' });
    await world.navigate(tabId, 'https://app.atera.com/new/dashboard');
    await expect(bring()).rejects.toMatchObject({ code: 'subject_changed' });
    expect(await jobsOf(world)).toEqual([]);
    expect(world.writes()).toEqual([]);
  });
});
