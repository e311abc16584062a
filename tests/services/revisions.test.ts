import { expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { createWorld } from '../support/world.ts';

it('numbers grow over a restart of the worker, also when the clock was set back', async () => {
  const world = await createWorld();
  await world.connect();
  const { tabId } = await world.openTicket('main');
  const before = await world.send('getPanelState', { tabId });
  world.clock.advance(-3_600_000);
  world.restart();
  const after = await world.send('getPanelState', { tabId });
  expect(after.revision).toBeGreaterThan(before.revision);
  const next = await world.send('getPanelState', { tabId });
  expect(next.revision).toBeGreaterThan(after.revision);
});

it('a state from before a switch of tabs does not come after that of the tab in front', async () => {
  const world = await createWorld();
  await world.connect();
  const one = await world.openTicket('main');
  const two = await world.openTicket('differing');
  await fakeBrowser.tabs.update(one.tabId, { active: true });
  world.states.length = 0;
  // Looked at while the first tab is in front; the tabs are switched before its state is told.
  const get = fakeBrowser.tabs.get as (id: number, done: (tab: object) => void) => unknown;
  let isSwitched = false;
  fakeBrowser.tabs.get = ((id: number, done: (tab: { active: boolean }) => void) =>
    get(id, (tab) => {
      const active = id === (isSwitched ? two.tabId : one.tabId);
      done({ ...(tab as { active: boolean }), active });
      if (id === one.tabId) isSwitched = true;
    })) as never;
  await world.fromPage(one.tabId, { type: 'subjectSeen', data: { subject: null } });
  await world.fromPage(two.tabId, { type: 'subjectSeen', data: { subject: null } });
  fakeBrowser.tabs.get = get as never;
  const told = world.states.filter(({ active }) => active).map(({ tabId }) => tabId);
  expect(new Set(told)).toEqual(new Set([two.tabId]));
});
