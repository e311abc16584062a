import { describe, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { MessageData, MessageType } from '../../lib/messaging.ts';
import type { Addition, SubjectView } from '../../lib/panel-state.ts';
import { pressFor } from '../support/press.ts';
import { createWorld, type World } from '../support/world.ts';

const NOTE: Addition = { kind: 'note', body: 'For the person on screen.' };

async function connected(): Promise<World> {
  const world = await createWorld();
  await world.connect();
  return world;
}
const personOf = ({ person }: SubjectView) => {
  if (person.status !== 'ready') throw new Error(person.status);
  return person.value.ref;
};
const counterpartOf = ({ match }: SubjectView) => {
  if (match.status === 'several' && match.candidates[0]) return match.candidates[0].ref;
  if (match.status !== 'linked' && match.status !== 'one') throw new Error(match.status);
  return match.counterpart.ref;
};

describe('an addition', () => {
  it('pressed for one tab never reaches the person of another one with the same version', async () => {
    const world = await connected();
    const one = await world.openTicket('main');
    const two = await world.openTicket('differing');
    expect(two.view.version).toBe(one.view.version);
    const { windowId } = await fakeBrowser.tabs.get(two.tabId);
    const press = pressFor(one.tabId, one.view, NOTE, 'press-1');
    const atWindow = { ...press, target: { windowId } } as unknown as typeof press;
    await expect(world.send('addToContact', atWindow)).rejects.toMatchObject({ code: 'invalid_input' });
    const other = { ...press, target: { tabId: two.tabId } };
    await expect(world.send('addToContact', other)).rejects.toMatchObject({ code: 'subject_changed' });
    expect(world.writes()).toEqual([]);
  });

  it('is refused when the counterpart is not the one that was shown', async () => {
    const world = await connected();
    const { tabId, view } = await world.openTicket('main');
    const press = pressFor(tabId, view, NOTE, 'press-1');
    const stranger = { ...press.contact, id: world.ghlContact('differing').id };
    await expect(world.send('addToContact', { ...press, contact: stranger })).rejects.toMatchObject({
      code: 'plan_expired',
    });
    expect(world.writes()).toEqual([]);
  });

  it('is refused right before it is sent when the ticket has another requester by then', async () => {
    const world = await connected();
    const { tabId, view } = await world.openTicket('main');
    const read = { vendor: 'ghl', method: 'GET', path: '/notes' } as const;
    const hold = world.faults.add(read, { kind: 'hold', when: 'before' }, 1);
    const adding = world.send('addToContact', pressFor(tabId, view, NOTE, 'press-1'));
    await hold.arrived;
    const ticketOf = (scene: 'main' | 'differing') => {
      const { id } = world.subjectOfTicket(scene);
      const ticket = world.sandbox.state.atera.tickets.find(({ TicketID }) => String(TicketID) === id);
      if (!ticket) throw new Error(scene);
      return ticket;
    };
    ticketOf('main').EndUserID = ticketOf('differing').EndUserID;
    await world.send('refreshView', { tabId });
    hold.release();
    expect(await adding).toMatchObject({ state: 'failed', error: { code: 'subject_changed' } });
    expect(world.writes()).toEqual([]);
  });
});

describe('after the worker was stopped', () => {
  type Command = [MessageType, 'main' | 'several' | 'none', (tabId: number, view: SubjectView) => object];
  const about = (tabId: number, view: SubjectView) => ({
    target: { tabId },
    version: view.version,
    person: personOf(view),
  });
  const both = (tabId: number, view: SubjectView) => ({
    ...about(tabId, view),
    counterpart: counterpartOf(view),
  });
  const COMMANDS: Command[] = [
    ['confirmMatch', 'several', both],
    ['rejectMatch', 'main', both],
    ['rejectMatch', 'several', both],
    ['forgetRejections', 'none', about],
    ['linkCounterpart', 'several', both],
    ['findCounterpart', 'none', (tabId, view) => ({ ...about(tabId, view), query: 'whitfield' })],
    ['previewCreate', 'none', about],
    [
      'applyPlan',
      'main',
      (tabId, view) => ({ target: { tabId }, planId: view.plans.push, fields: ['lastName'] }),
    ],
    ['addToContact', 'main', (tabId, view) => pressFor(tabId, view, NOTE, 'press-1')],
    ['refreshView', 'main', (tabId) => ({ tabId })],
  ];

  it.each(COMMANDS)('%s still works (%s)', async (type, scene, data) => {
    const world = await connected();
    const { tabId, view } = await world.openTicket(scene);
    world.restart();
    await world.send(type, data(tabId, view) as MessageData<typeof type>);
    expect(world.bugs).toEqual([]);
    expect(world.writes()).toHaveLength(type === 'applyPlan' || type === 'addToContact' ? 1 : 0);
  });

  it('unlink still works', async () => {
    const world = await connected();
    const { tabId, view } = await world.openTicket('several');
    await world.send('confirmMatch', both(tabId, view));
    const linked = await world.shown(tabId, (now) => world.settled(now) && now.match.status === 'linked');
    world.restart();
    await world.send('unlink', both(tabId, linked));
    const after = await world.shown(tabId, world.settled);
    expect(after.match.status).toBe('several');
  });

  it('an addition is judged by what the page shows now, not by what the worker has forgotten', async () => {
    const world = await connected();
    const { tabId, view } = await world.openTicket('main');
    world.restart();
    await world.navigate(tabId, world.ticketUrl('differing'));
    await expect(world.send('addToContact', pressFor(tabId, view, NOTE, 'press-1'))).rejects.toMatchObject({
      code: 'subject_changed',
    });
    expect(world.writes()).toEqual([]);
  });
});
