import { describe, expect, it } from 'vitest';
import type { Addition } from '../../lib/panel-state.ts';
import { SCENES } from '../../lib/sandbox/index.ts';
import { pressFor } from '../support/press.ts';
import { createWorld, type World } from '../support/world.ts';

async function shownPerson() {
  const world = await createWorld();
  await world.connect();
  const { tabId, view } = await world.openTicket('main');
  world.sandbox.log.length = 0;
  const add = (addition: Addition, id = 'press-1') =>
    world.send('addToContact', pressFor(tabId, view, addition, id));
  return { world, tabId, view, add };
}

const NOTE: Addition = { kind: 'note', body: 'Called back.\nWants a quote.' };
const TASK: Addition = { kind: 'task', title: 'Send quote', dueAt: Date.UTC(2027, 0, 4, 10, 0, 0, 123) };
const TAG: Addition = { kind: 'add-tag', tag: 'Renewal 2028' };
const notesOf = (world: World) =>
  world.sandbox.state.ghl.notes.filter(({ contactId }) => contactId === world.ghlContact('main').id);
const post = { vendor: 'ghl', method: 'POST', path: /\/(notes|tasks|tags)$/u } as const;

describe('adding to a GHL contact', () => {
  it('adds a tag and takes one off; others stay, and the section shows what was read back', async () => {
    const { world, tabId, add } = await shownPerson();
    const tags = [...world.ghlContact('main').tags];
    world.ghlContact('main').tags.push('by-somebody-else');
    expect(await add(TAG)).toEqual({ id: 'press-1', state: 'done', error: null });
    expect(world.ghlContact('main').tags).toEqual([...tags, 'by-somebody-else', 'renewal 2028']);
    await world.shown(
      tabId,
      ({ sections }) =>
        sections.tags.status === 'ready' && sections.tags.items.some(({ title }) => title === 'renewal 2028'),
    );
    expect((await add({ kind: 'remove-tag', tag: 'RENEWAL 2028' }, 'press-2')).state).toBe('done');
    expect(world.ghlContact('main').tags).toEqual([...tags, 'by-somebody-else']);
    expect(world.writes().map(({ method }) => method)).toEqual(['POST', 'DELETE']);
    expect(world.bugs).toEqual([]);
  });

  it('writes nothing when the address has come to name somebody else too, and offers both', async () => {
    const { world, tabId, add } = await shownPerson();
    const contact = world.ghlContact('main');
    world.sandbox.state.ghl.contacts.push({ ...structuredClone(contact), id: 'rivalRivalRivalRiv01' });
    const result = await add(NOTE);
    expect(result).toMatchObject({ state: 'failed', error: { code: 'uncertain' } });
    expect(world.writes()).toEqual([]);
    const { match } = await world.shown(tabId, world.settled);
    expect(match.status).toBe('several');
  });

  it('does not send a tag that is there already', async () => {
    const { world, add } = await shownPerson();
    world.ghlContact('main').tags.push('renewal 2028');
    expect((await add(TAG)).state).toBe('done');
    expect(world.writes()).toEqual([]);
  });

  it('adds a note and a task', async () => {
    const { world, tabId, add } = await shownPerson();
    expect((await add(NOTE)).state).toBe('done');
    expect((await add(TASK, 'press-2')).state).toBe('done');
    expect(world.writes().map(({ body }) => body)).toEqual([
      { body: 'Called back.\nWants a quote.' },
      { title: 'Send quote', dueDate: '2027-01-04T10:00:00Z', completed: false },
    ]);
    await world.shown(
      tabId,
      ({ sections: { tasks } }) =>
        tasks.status === 'ready' && tasks.items.some(({ title }) => title === 'Send quote'),
    );
  });

  it('writes once when the same command comes twice', async () => {
    const { world, add } = await shownPerson();
    const [first, second] = await Promise.all([add(NOTE), add(NOTE)]);
    expect(second).toEqual(first);
    expect(await add(NOTE)).toEqual(first);
    expect(world.writes()).toHaveLength(1);
    await expect(add(TASK)).rejects.toMatchObject({ code: 'invalid_input' });
  });

  it('writes nothing when the page shows somebody else, before or while it reads', async () => {
    const { world, tabId, add } = await shownPerson();
    const hold = world.faults.add(
      { vendor: 'ghl', method: 'GET', path: '/notes' },
      { kind: 'hold', when: 'before' },
    );
    const adding = add(NOTE);
    await hold.arrived;
    await world.navigate(tabId, world.ticketUrl('exact'));
    hold.release();
    expect(await adding).toMatchObject({ state: 'failed', error: { code: 'subject_changed' } });
    await expect(add(NOTE, 'press-2')).rejects.toMatchObject({ code: 'subject_changed' });
    expect(world.writes()).toEqual([]);
  });

  it('writes nothing when the same page has come to show somebody else while it reads', async () => {
    const { world, tabId, add } = await shownPerson();
    const hold = world.faults.add(
      { vendor: 'ghl', method: 'GET', path: '/notes' },
      { kind: 'hold', when: 'after' },
    );
    const adding = add(NOTE);
    await hold.arrived;
    const { tickets } = world.sandbox.state.atera;
    const ticket = tickets.find(({ TicketID }) => TicketID === SCENES.served.main.ticketId);
    if (!ticket) throw new Error('No ticket');
    Object.assign(ticket, { EndUserID: SCENES.served.exact.ateraContactId });
    await world.send('refreshView', { tabId });
    hold.release();
    expect(await adding).toMatchObject({ state: 'failed', error: { code: 'subject_changed' } });
    expect(world.writes()).toEqual([]);
  });

  it('is refused while it is not certain who this is', async () => {
    const { world } = await shownPerson();
    const { tabId, view } = await world.openTicket('several');
    const command = pressFor(tabId, view, NOTE, 'press-9');
    await expect(world.send('addToContact', command)).rejects.toMatchObject({ code: 'plan_expired' });
    expect(world.writes()).toEqual([]);
  });

  it('is done, once, when the answer is lost after it was stored', async () => {
    const { world, add } = await shownPerson();
    const before = notesOf(world).length;
    const met = world.faults.add(post, { kind: 'cut', when: 'after' });
    expect(await add(NOTE)).toMatchObject({ state: 'done', error: null });
    expect(notesOf(world)).toHaveLength(before + 1);
    expect(met.count()).toBe(1);
  });

  it.each([
    ['the connection broke', { kind: 'cut', when: 'before' }, 'network'],
    ['GHL answered 502', { kind: 'status', status: 502 }, 'vendor_unavailable'],
  ] as const)(
    'is not stored, and not sent again, when %s before it was stored',
    async (_case, fault, code) => {
      const { world, add } = await shownPerson();
      const met = world.faults.add(post, fault);
      expect(await add(NOTE)).toMatchObject({ state: 'not-stored', error: { code } });
      expect(await add(NOTE)).toMatchObject({ state: 'not-stored' });
      expect(met.count()).toBe(1);
    },
  );

  it('is unknown when it cannot be read back either', async () => {
    const { world, add } = await shownPerson();
    const hold = world.faults.add(post, { kind: 'hold', when: 'after' });
    const adding = add(NOTE);
    await hold.arrived;
    world.faults.add({ vendor: 'ghl', method: 'GET' }, { kind: 'cut', when: 'before' });
    hold.release();
    expect(await adding).toMatchObject({ state: 'unknown' });
  });

  it('is failed when GHL says no', async () => {
    const { world, add } = await shownPerson();
    world.faults.add(post, { kind: 'status', status: 403 });
    expect(await add(TAG)).toMatchObject({ state: 'failed', error: { code: 'forbidden', vendor: 'ghl' } });
    expect(world.ghlContact('main').tags).not.toContain('renewal 2028');
  });
});
