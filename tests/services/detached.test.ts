import { expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { createWorld } from '../support/world.ts';

const REMOVED = { isWindowClosing: false, windowId: 0 };

it('a panel that is bound to a tab learns that the tab was closed, and hears the same when it asks', async () => {
  const world = await createWorld();
  await world.connect();
  const { tabId } = await world.openTicket('main');
  await world.openTab('https://example.com/');
  world.states.length = 0;
  // The fake takes the tab out of its list, and then looks for a window by the tab's number.
  await fakeBrowser.tabs.remove(tabId).catch(() => fakeBrowser.tabs.onRemoved.trigger(tabId, REMOVED));
  const state = await world.send('getPanelState', { tabId });
  expect(state).toMatchObject({ tabId, active: false, page: { kind: 'gone' } });
  await vi.waitFor(() =>
    expect(world.states).toContainEqual(expect.objectContaining({ tabId, page: { kind: 'gone' } })),
  );
  expect(world.bugs).toEqual([]);
});

it('a closed tab stays closed, although the browser still answers for it for a moment', async () => {
  const world = await createWorld();
  await world.connect();
  const { tabId } = await world.openTicket('main');
  // The list of the browser still has it when it says that it is closed.
  await fakeBrowser.tabs.onRemoved.trigger(tabId, REMOVED);
  await fakeBrowser.tabs.onUpdated.trigger(tabId, { status: 'complete' }, await fakeBrowser.tabs.get(tabId));
  expect(await world.send('getPanelState', { tabId })).toMatchObject({ tabId, page: { kind: 'gone' } });
  await vi.waitFor(() => expect(world.states.at(-1)).toMatchObject({ tabId, page: { kind: 'gone' } }));
  expect(world.bugs).toEqual([]);
});

it('a tab that never was is told as closed, too: a restored panel is never empty', async () => {
  const world = await createWorld();
  expect(await world.send('getPanelState', { tabId: 987_654 })).toMatchObject({
    tabId: 987_654,
    page: { kind: 'gone' },
  });
});
