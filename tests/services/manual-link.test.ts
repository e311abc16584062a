import { describe, expect, it } from 'vitest';
import type { Ref } from '../../lib/core/contact.ts';
import { SCENES, type SceneName } from '../../lib/sandbox/index.ts';
import { createWorld } from '../support/world.ts';

async function opened(scene: SceneName) {
  const world = await createWorld();
  await world.connect();
  const { tabId, view } = await world.openTicket(scene);
  if (view.person.status !== 'ready') throw new Error('No person');
  const shown = { target: { tabId }, version: view.version, person: view.person.value.ref };
  const ghlRef = (id: string): Ref => ({
    vendor: 'ghl',
    accountId: world.sandbox.ghl.locationId,
    kind: 'contact',
    id,
  });
  world.sandbox.log.length = 0;
  return {
    world,
    tabId,
    view,
    shown,
    ghlRef,
    find: (query: string) => world.send('findCounterpart', { ...shown, query }),
    link: (counterpart: Ref) => world.send('linkCounterpart', { ...shown, counterpart }),
  };
}

const dana = SCENES.served.main.ghlContactIds[0] ?? '';
const oscar = SCENES.served.exact.ghlContactIds[0] ?? '';

describe('finding the counterpart by hand', () => {
  it('asks the other vendor alone, and says what agrees and what does not', async () => {
    const { world, find } = await opened('none');
    const found = await find('Whitfeld');
    expect(found).toMatchObject({
      status: 'ready',
      people: [{ person: { ref: { id: dana } }, linkedTo: null }],
    });
    if (found.status !== 'ready') throw new Error(found.status);
    expect(found.people[0]?.evidence.map(({ kind }) => kind)).toEqual([
      'other-email',
      'other-phone',
      'other-name',
    ]);
    expect(world.sandbox.log.filter(({ vendor }) => vendor === 'atera').map(({ path }) => path)).toHaveLength(
      1,
    );
    expect(world.writes()).toEqual([]);
  });

  it('tells what cannot be asked, and what failed', async () => {
    const { world, find } = await opened('none');
    expect(await find('https://example.com/')).toEqual({ status: 'not-possible', reason: 'page' });
    world.faults.add({ vendor: 'ghl' }, { kind: 'status', status: 502 });
    expect(await find('Whitfeld')).toMatchObject({ status: 'failed', error: { vendor: 'ghl' } });
  });
});

describe('linking by hand', () => {
  it('stores the link once both were read again, writes nothing, and shows the two', async () => {
    const { world, tabId, link, ghlRef } = await opened('none');
    await link(ghlRef(dana));
    const view = await world.shown(
      tabId,
      ({ match, refreshing }) => match.status === 'linked' && !refreshing,
    );
    expect(view.match).toMatchObject({ counterpart: { ref: { id: dana } } });
    expect(world.writes()).toEqual([]);
    world.restart();
    expect((await world.shown(tabId, world.settled)).match.status).toBe('linked');
  });

  it('takes back that the two are not the same, and replaces an older link', async () => {
    const { world, tabId, view, shown, ghlRef } = await opened('main');
    await world.send('rejectMatch', { ...shown, counterpart: ghlRef(dana) });
    await world.shown(tabId, ({ match, refreshing }) => match.status === 'none' && !refreshing);
    await world.send('linkCounterpart', { ...shown, counterpart: ghlRef(dana) });
    const linked = await world.shown(
      tabId,
      ({ match, refreshing }) => match.status === 'linked' && !refreshing,
    );
    expect(linked.version).toBe(view.version);
    const other = await world.openTicket('none');
    if (other.view.person.status !== 'ready') throw new Error('No person');
    const stranger = {
      target: { tabId: other.tabId },
      version: other.view.version,
      person: other.view.person.value.ref,
    };
    const found = await world.send('findCounterpart', { ...stranger, query: 'Whitfeld' });
    expect(found).toMatchObject({ people: [{ linkedTo: shown.person }] });
    // Whoever was not shown that link does not replace it.
    await expect(
      world.send('linkCounterpart', { ...stranger, counterpart: ghlRef(dana) }),
    ).rejects.toMatchObject({ code: 'plan_expired' });
    await world.shown(other.tabId, world.settled);
    await world.send('linkCounterpart', {
      ...stranger,
      counterpart: ghlRef(dana),
      replacing: shown.person,
    });
    await world.shown(other.tabId, ({ match, refreshing }) => match.status === 'linked' && !refreshing);
    const before = await world.shown(tabId, world.settled);
    expect(before.match.status).not.toBe('linked');
  });

  it('corrects a match by e-mail, and what was shown of it is written to nobody', async () => {
    const { world, tabId, view, link, ghlRef } = await opened('main');
    expect(view.match.status).toBe('one');
    await link(ghlRef(oscar));
    await world.shown(tabId, ({ match, refreshing }) => match.status === 'linked' && !refreshing);
    expect(await world.push(view.plans.push, ['lastName'])).toMatchObject({ state: 'refused' });
    expect(world.writes()).toEqual([]);
  });

  it.each([
    ['another account', { accountId: 'elsewhere' }, 'invalid_input'],
    ['the same vendor', { vendor: 'atera' }, 'invalid_input'],
    ['no contact', { kind: 'conversation' }, 'invalid_input'],
    ['nobody', { id: 'nobodyNobodyNobody01' }, 'not_found'],
  ] as const)('is refused for a record of %s', async (_case, change, code) => {
    const { world, tabId, link, ghlRef } = await opened('none');
    await expect(link({ ...ghlRef(dana), ...change })).rejects.toMatchObject({ code });
    expect((await world.shown(tabId, world.settled)).match.status).toBe('none');
  });

  it('is refused when the page, its version or the person is another one', async () => {
    const { world, tabId, shown, ghlRef } = await opened('none');
    const counterpart = ghlRef(dana);
    const refused = { code: 'subject_changed' };
    await expect(
      world.send('linkCounterpart', { ...shown, counterpart, version: shown.version + 1 }),
    ).rejects.toMatchObject(refused);
    await expect(
      world.send('linkCounterpart', { ...shown, counterpart, person: { ...shown.person, id: '1' } }),
    ).rejects.toMatchObject(refused);
    const hold = world.faults.add({ vendor: 'ghl', path: dana }, { kind: 'hold', when: 'before' });
    const linking = world.send('linkCounterpart', { ...shown, counterpart });
    await hold.arrived;
    await world.navigate(tabId, world.ticketUrl('exact'));
    hold.release();
    await expect(linking).rejects.toMatchObject(refused);
    expect(await world.storedRows('links')).toBe(0);
  });
});
