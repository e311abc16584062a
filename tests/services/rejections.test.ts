import { describe, expect, it } from 'vitest';
import type { Ref } from '../../lib/core/contact.ts';
import type { SubjectView } from '../../lib/panel-state.ts';
import { SCENES } from '../../lib/sandbox/index.ts';
import { NO_PLANS } from '../../lib/services/view-parts.ts';
import { createWorld, type World } from '../support/world.ts';

async function connected(options?: { timeoutMs: number }) {
  const world = await createWorld(options);
  await world.connect();
  return world;
}

/** What the panel would send about the first person who is offered, or the counterpart. */
function about(tabId: number, { person, match, version }: SubjectView) {
  if (person.status !== 'ready') throw new Error('Nobody is shown');
  const offered = match.status === 'several' ? match.candidates[0]?.ref : null;
  const counterpart = match.status === 'linked' || match.status === 'one' ? match.counterpart.ref : offered;
  if (!counterpart) throw new Error(`Nobody is offered: ${match.status}`);
  return { target: { tabId }, version, person: person.value.ref, counterpart };
}

/** Everybody of the other vendor who is on screen. */
function onScreen({ match }: SubjectView): Ref[] {
  if (match.status === 'several') return match.candidates.map(({ ref }) => ref);
  return match.status === 'linked' || match.status === 'one' ? [match.counterpart.ref] : [];
}

async function linkedMain(world: World) {
  const { tabId, view } = await world.openTicket('main');
  await world.push(view.plans.push, ['lastName']);
  const isLinked = (shown: SubjectView) => shown.match.status === 'linked' && shown.plans.push !== null;
  const linked = await world.shown(tabId, isLinked);
  world.sandbox.log.length = 0;
  return { tabId, linked };
}

describe('unlinking', () => {
  it('forgets the link, and stays so after a restart', async () => {
    const world = await connected();
    const { tabId, linked } = await linkedMain(world);
    expect(await world.send('unlink', about(tabId, linked))).toBeUndefined();
    expect((await world.shown(tabId, world.settled)).match.status).toBe('one');
    expect(await world.storedRows('links')).toBe(0);
    world.restart();
    expect((await world.shown(tabId, world.settled)).match.status).toBe('one');
    expect(world.writes()).toEqual([]);
    expect(world.bugs).toEqual([]);
  });

  it('of a counterpart that is gone leaves the link to whom the agent chose meanwhile', async () => {
    const world = await connected({ timeoutMs: 4000 });
    const { tabId, linked } = await linkedMain(world);
    const { person, counterpart: gone } = about(tabId, linked);
    const { ghl } = world.sandbox.state;
    const contact = world.ghlContact('main');
    const heir = { ...structuredClone(contact), id: 'heirHeirHeirHeirHeir', email: 'heir@else.example' };
    ghl.contacts = [...ghl.contacts.filter(({ id }) => id !== gone.id), heir];
    const heirTab = await world.openTab(
      `https://app.gohighlevel.com/v2/location/${world.sandbox.ghl.locationId}/contacts/detail/${heir.id}`,
    );
    const shownHeir = await world.shown(heirTab, world.settled);
    if (shownHeir.person.status !== 'ready') throw new Error('Nobody is shown');
    const hold = world.faults.add(
      { vendor: 'ghl', method: 'GET', path: new RegExp(`/contacts/${gone.id}$`, 'u') },
      { kind: 'hold', when: 'after' },
    );
    await world.send('refreshView', { tabId });
    await hold.arrived;
    await world.send('linkCounterpart', {
      target: { tabId: heirTab },
      version: shownHeir.version,
      person: shownHeir.person.value.ref,
      counterpart: person,
      replacing: gone,
    });
    hold.release();
    // The load that met the 404 is over when the page has read everything again.
    await world.shown(tabId, world.settled);
    await world.send('refreshView', { tabId });
    const { match } = await world.shown(tabId, world.settled);
    expect(match).toMatchObject({ status: 'linked', counterpart: { ref: { id: heir.id } } });
    expect(await world.storedRows('links')).toBe(2);
    expect(world.bugs).toEqual([]);
  });

  it('leaves the plan of the linked pair without effect', async () => {
    const world = await connected();
    const { tabId, linked } = await linkedMain(world);
    await world.send('unlink', about(tabId, linked));
    expect((await world.push(linked.plans.push, ['phone'])).state).toBe('refused');
    expect(world.writes()).toEqual([]);
  });

  it('of two who were said to be different people while the push proves them: nothing is written', async () => {
    const world = await connected({ timeoutMs: 4000 });
    const { tabId, view } = await world.openTicket('main');
    const hold = world.faults.add(
      { vendor: 'ghl', method: 'POST', path: '/contacts/search' },
      { kind: 'hold', when: 'after' },
    );
    const pushing = world.push(view.plans.push, ['lastName']);
    await hold.arrived;
    await world.send('rejectMatch', about(tabId, view));
    hold.release();
    expect((await pushing).state).toBe('refused');
    expect(world.writes()).toEqual([]);
  });

  it('is only for the linked person on screen, in the version on screen', async () => {
    const world = await connected();
    const { tabId, linked } = await linkedMain(world);
    const command = about(tabId, linked);
    const wrong = [
      { ...command, version: command.version - 1 },
      { ...command, person: { ...command.person, id: '1' } },
      { ...command, counterpart: { ...command.counterpart, id: 'other' } },
      { ...command, counterpart: { ...command.counterpart, accountId: 'other' } },
    ];
    for (const one of wrong) {
      await expect(world.send('unlink', one)).rejects.toMatchObject({ code: 'subject_changed' });
      await expect(world.send('rejectMatch', one)).rejects.toMatchObject({ code: 'subject_changed' });
    }
    expect(await world.storedRows('links')).toBe(2);
    expect(await world.storedRows('rejections')).toBe(0);
  });
});

describe('"not the same person"', () => {
  it('drops the link, is remembered over a restart, and shows nothing of them from then on', async () => {
    const world = await connected();
    const { tabId, linked } = await linkedMain(world);
    const command = about(tabId, linked);
    await world.send('rejectMatch', command);
    const hidden = await world.send('getPanelState', { tabId });
    // The receipt stays: what was written was written.
    expect(hidden.page).toMatchObject({ view: { match: { status: 'loading' }, rows: [], plans: NO_PLANS } });
    const after = await world.shown(tabId, world.settled);
    expect(onScreen(after)).not.toContainEqual(command.counterpart);
    expect(after).toMatchObject({ plans: NO_PLANS, rows: [], match: { rejected: 1 } });
    expect(after.sections.notes).toEqual({ status: 'withheld' });
    expect(await world.storedRows('links')).toBe(0);
    world.restart();
    const restarted = await world.shown(tabId, world.settled);
    expect(restarted.match).toEqual(after.match);
    expect(world.writes()).toEqual([]);
    expect(world.bugs).toEqual([]);
  });

  it('holds from the other side as well, and a kept view does not bring them back', async () => {
    const world = await connected();
    const { ateraId, ghlUrl } = mainOf(world);
    const page = await world.openTab(ghlUrl);
    const seen = await world.shown(page, world.settled);
    expect(onScreen(seen)).toEqual([expect.objectContaining({ vendor: 'atera', id: ateraId })]);
    const { tabId, view } = await world.openTicket('main');
    await world.send('rejectMatch', about(tabId, view));
    world.restart();
    const first = await world.send('getPanelState', { tabId: page });
    expect(JSON.stringify(first)).not.toContain(`"id":"${ateraId}"`);
    const other = await world.shown(page, world.settled);
    expect(onScreen(other)).toEqual([]);
    expect(other.match).toMatchObject({ rejected: 1 });
  });

  it('said on the GHL page counts on the ticket, also where it is open already', async () => {
    const world = await connected();
    const ticket = await world.openTicket('main');
    const page = await world.openTab(mainOf(world).ghlUrl);
    const command = about(page, await world.shown(page, world.settled));
    await world.send('rejectMatch', command);
    const after = await world.shown(
      ticket.tabId,
      (view) => world.settled(view) && view.match.status !== 'one',
    );
    expect(onScreen(after)).not.toContainEqual(command.person);
    expect((await world.push(ticket.view.plans.push, ['lastName'])).state).toBe('refused');
    expect(world.writes()).toEqual([]);
  });

  it('said while a push reads the records again: nothing is written', async () => {
    const world = await connected({ timeoutMs: 60_000 });
    const { tabId, view } = await world.openTicket('main');
    const hold = world.faults.add(
      { vendor: 'ghl', method: 'GET', path: /contacts\/\w{20}$/u },
      { kind: 'hold', when: 'after' },
      1,
    );
    const pushing = world.push(view.plans.push, ['lastName']);
    await hold.arrived;
    await world.send('rejectMatch', about(tabId, view));
    hold.release();
    expect((await pushing).state).toBe('refused');
    expect(world.writes()).toEqual([]);
  });

  it('said while the write is under way: the two are not linked by it', async () => {
    const world = await connected({ timeoutMs: 60_000 });
    const { tabId, view } = await world.openTicket('main');
    const hold = world.faults.add({ vendor: 'ghl', method: 'PUT' }, { kind: 'hold', when: 'after' });
    const pushing = world.push(view.plans.push, ['lastName']);
    await hold.arrived;
    const command = about(tabId, view);
    await world.send('rejectMatch', command);
    hold.release();
    expect((await pushing).fields).toMatchObject([{ outcome: 'verified' }]);
    expect(await world.storedRows('links')).toBe(0);
    expect(onScreen(await world.shown(tabId, world.settled))).not.toContainEqual(command.counterpart);
  });

  it('is taken back by "show again"', async () => {
    const world = await connected();
    const { tabId, view } = await world.openTicket('main');
    await world.send('rejectMatch', about(tabId, view));
    const { version, person } = await world.shown(tabId, world.settled);
    if (person.status !== 'ready') throw new Error('Nobody is shown');
    await world.send('forgetRejections', { target: { tabId }, version, person: person.value.ref });
    expect((await world.shown(tabId, world.settled)).match.status).toBe('one');
    expect(await world.storedRows('rejections')).toBe(0);
  });

  it('takes one candidate away and leaves the others to choose from', async () => {
    const world = await connected();
    const { tabId, view } = await world.openTicket('several');
    const command = about(tabId, view);
    await world.send('rejectMatch', command);
    const after = await world.shown(tabId, world.settled);
    expect(onScreen(after)).toEqual(onScreen(view).filter(({ id }) => id !== command.counterpart.id));
    expect(after.match.status).toBe('several');
  });

  it('goes with the account', async () => {
    const world = await connected();
    const { tabId, view } = await world.openTicket('main');
    await world.send('rejectMatch', about(tabId, view));
    await world.shown(tabId, world.settled);
    expect(await world.storedRows('rejections')).toBe(1);
    await world.send('disconnect', { accountId: world.sandbox.ghl.locationId });
    expect(await world.storedRows('rejections')).toBe(0);
  });
});

function mainOf(world: World) {
  const [ghlId] = SCENES.served.main.ghlContactIds;
  const ticket = world.sandbox.state.atera.tickets.find(
    ({ TicketID }) => TicketID === SCENES.served.main.ticketId,
  );
  if (!ghlId || !ticket) throw new Error('No such scene');
  return {
    ateraId: String(ticket.EndUserID),
    ghlUrl: `https://app.gohighlevel.com/v2/location/${world.sandbox.ghl.locationId}/contacts/detail/${ghlId}`,
  };
}
