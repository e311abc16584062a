import { describe, expect, it, vi } from 'vitest';
import type { SubjectView } from '../../lib/panel-state.ts';
import { status } from '../../lib/sandbox/faults.ts';
import { SCENES } from '../../lib/sandbox/index.ts';
import { pressFor } from '../support/press.ts';
import { createWorld, type World } from '../support/world.ts';

/** The Atera contact behind the ticket of a scene. */
function requesterOf({ sandbox }: World, scene: 'main' | 'none') {
  const ticket = sandbox.state.atera.tickets.find(
    ({ TicketID }) => TicketID === SCENES.served[scene].ticketId,
  );
  const contact = sandbox.state.atera.contacts.find(({ EndUserID }) => EndUserID === ticket?.EndUserID);
  if (!ticket || !contact) throw new Error(`No requester of ${scene}`);
  return { ticket, contact };
}

/** Beth, of another ticket, has the telephone number of Dana's GHL contact. */
async function withBeth() {
  const world = await createWorld();
  await world.connect();
  const { ticket, contact } = requesterOf(world, 'none');
  const { phone } = world.ghlContact('main');
  if (!phone) throw new Error('No phone');
  contact.Phone = phone;
  ticket.EndUserPhone = phone;
  return { world, name: `${contact.Firstname} ${contact.Lastname}`, id: String(contact.EndUserID) };
}

const personOf = ({ person }: SubjectView) => {
  if (person.status !== 'ready') throw new Error('Nobody is shown');
  return person.value.ref;
};
const offeredIn = ({ match }: SubjectView) => (match.status === 'several' ? match.candidates : []);

/** The agent says that Beth is the GHL contact which has Dana's address. */
async function linkBeth(world: World) {
  const { tabId, view } = await world.openTicket('none');
  const chosen = offeredIn(view).find(({ ref }) => ref.id === world.ghlContact('main').id);
  if (!chosen) throw new Error('Not offered');
  const command = {
    target: { tabId },
    version: view.version,
    person: personOf(view),
    counterpart: chosen.ref,
  };
  await world.send('confirmMatch', command);
  await world.shown(tabId, (shown) => world.settled(shown) && shown.match.status === 'linked');
  return { tabId };
}

describe('somebody who is linked to another record', () => {
  it('is offered with that link named, and never shown as the counterpart by an address alone', async () => {
    const { world, name, id } = await withBeth();
    await linkBeth(world);
    const { view } = await world.openTicket('main');
    expect(view).toMatchObject({ match: { status: 'several' }, plans: { push: null, pull: null }, rows: [] });
    const [first] = offeredIn(view);
    expect(first?.ref.id).toBe(world.ghlContact('main').id);
    expect(first?.evidence).toContainEqual(
      expect.objectContaining({
        kind: 'linked-elsewhere',
        name,
        to: expect.objectContaining({ vendor: 'atera', id }),
      }),
    );
    expect(world.bugs).toEqual([]);
  });

  it('is offered also when the other end of the link cannot be read', async () => {
    const { world, id } = await withBeth();
    await linkBeth(world);
    world.faults.add({ vendor: 'atera', path: new RegExp(`/contacts/${id}$`, 'u') }, status(403));
    const { view } = await world.openTicket('main');
    expect(offeredIn(view)[0]?.evidence).toContainEqual(
      expect.objectContaining({ kind: 'linked-elsewhere', name: null }),
    );
  });

  it('keeps that link unless the agent who links was shown it', async () => {
    const { world } = await withBeth();
    const beth = await linkBeth(world);
    const { tabId, view } = await world.openTicket('main');
    const [first] = offeredIn(view);
    const claim = first?.evidence.find((sign) => sign.kind === 'linked-elsewhere');
    if (!first || !claim) throw new Error('Not offered');
    const command = {
      target: { tabId },
      version: view.version,
      person: personOf(view),
      counterpart: first.ref,
    };
    await expect(world.send('confirmMatch', command)).rejects.toMatchObject({ code: 'plan_expired' });
    await world.shown(tabId, world.settled);
    const stranger = { ...claim.to, id: '1' };
    await expect(world.send('confirmMatch', { ...command, replacing: stranger })).rejects.toMatchObject({
      code: 'plan_expired',
    });
    expect((await world.shown(beth.tabId, world.settled)).match.status).toBe('linked');
    await world.shown(tabId, world.settled);
    await world.send('confirmMatch', { ...command, replacing: claim.to });
    expect((await world.shown(tabId, world.settled)).match.status).toBe('linked');
    expect((await world.shown(beth.tabId, world.settled)).match.status).toBe('several');
    expect(world.writes()).toEqual([]);
    expect(world.bugs).toEqual([]);
  });

  it('is not written for an older plan, and the pages that showed them look again', async () => {
    const { world } = await withBeth();
    const dana = await world.openTicket('main');
    expect(dana.view.match.status).toBe('one');
    await linkBeth(world);
    expect((await world.push(dana.view.plans.push, ['lastName'])).state).toBe('refused');
    expect(world.writes()).toEqual([]);
    expect((await world.shown(dana.tabId, world.settled)).match.status).toBe('several');
  });

  it('is not written when the link is made while the push reads both records', async () => {
    const { world } = await withBeth();
    const dana = await world.openTicket('main');
    const beth = await world.openTicket('none');
    const chosen = offeredIn(beth.view).find(({ ref }) => ref.id === world.ghlContact('main').id);
    if (!chosen) throw new Error('Not offered');
    const hold = world.faults.add(
      { vendor: 'ghl', method: 'GET', path: /^\/contacts\/\w{20}$/u },
      { kind: 'hold', when: 'after' },
      1,
    );
    const pushing = world.push(dana.view.plans.push, ['lastName']);
    await hold.arrived;
    await world.send('confirmMatch', {
      target: { tabId: beth.tabId },
      version: beth.view.version,
      person: personOf(beth.view),
      counterpart: chosen.ref,
    });
    hold.release();
    expect((await pushing).state).toBe('refused');
    expect(world.writes()).toEqual([]);
    expect((await world.shown(beth.tabId, world.settled)).match.status).toBe('linked');
  });

  it('is not painted as the counterpart from what was kept', async () => {
    const { world } = await withBeth();
    const dana = await world.openTicket('main');
    await world.navigate(dana.tabId, 'https://app.atera.com/new/dashboard');
    await world.send('getPanelState', { tabId: dana.tabId });
    await linkBeth(world);
    world.states.length = 0;
    await world.navigate(dana.tabId, world.ticketUrl('main'));
    await world.shown(dana.tabId, world.settled);
    const painted = () =>
      world.states.flatMap(({ tabId, page }) =>
        tabId === dana.tabId && page.kind === 'subject' ? [page.view.match.status] : [],
      );
    // What is shown last is told last.
    await vi.waitFor(() => expect(painted()).toContain('several'));
    expect(painted()).not.toContain('one');
  });

  it('gets no note for the one whose address they have', async () => {
    const { world } = await withBeth();
    const dana = await world.openTicket('main');
    const beth = await world.openTicket('none');
    const chosen = offeredIn(beth.view).find(({ ref }) => ref.id === world.ghlContact('main').id);
    if (!chosen) throw new Error('Not offered');
    const hold = world.faults.add(
      { vendor: 'ghl', method: 'GET', path: /\/notes$/u },
      { kind: 'hold', when: 'after' },
      1,
    );
    const adding = world
      .send('addToContact', pressFor(dana.tabId, dana.view, { kind: 'note', body: 'for Dana' }, 'press-1'))
      .catch((error: { code: string }) => error);
    await hold.arrived;
    await world.send('confirmMatch', {
      target: { tabId: beth.tabId },
      version: beth.view.version,
      person: personOf(beth.view),
      counterpart: chosen.ref,
    });
    hold.release();
    expect(await adding).toMatchObject({ state: 'failed', error: { code: 'uncertain' } });
    expect(world.writes()).toEqual([]);
  });
});
