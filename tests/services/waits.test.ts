import { expect, it, vi } from 'vitest';
import type { AccountWait } from '../../lib/panel-state.ts';
import { rateLimited } from '../../lib/sandbox/faults.ts';
import { createWaits } from '../../lib/services/waits.ts';
import { createJumpingClock, NOON } from '../support/clock.ts';
import { createWorld } from '../support/world.ts';

it('keeps what waits per account, and tells all of it with each change', () => {
  const told: unknown[] = [];
  const waits = createWaits(createJumpingClock(), (list) => told.push(list));
  const asked = { reason: 'asked', waitingUntil: NOON + 4000, queued: 0 } as const;
  const busy = { reason: 'busy', waitingUntil: null, queued: 4 } as const;
  waits.note('atera', 'a', asked);
  waits.note('ghl', 'a', busy);
  const atera = { vendor: 'atera', accountId: 'a', ...asked, toldAt: NOON };
  const ghl = { vendor: 'ghl', accountId: 'a', ...busy, toldAt: NOON };
  expect(told).toEqual([[atera], [atera, ghl]]);
  expect(waits.list()).toEqual([atera, ghl]);
  waits.note('atera', 'a', null);
  waits.note('ghl', 'a', { ...busy, queued: 2 });
  expect(told.slice(2)).toEqual([[ghl], [{ ...ghl, queued: 2 }]]);
  waits.note('ghl', 'a', null);
  expect(waits.list()).toEqual([]);
});

it('a vendor that asks for a pause is told to open panels, and that it goes on', async () => {
  const world = await createWorld();
  await world.connect();
  const { tabId } = await world.openTicket('main');
  const events = () =>
    world.sent
      .map((message) => message as { type: string; data: AccountWait[] })
      .filter(({ type }) => type === 'waitsChanged')
      .map(({ data }) => data);
  expect(events()).toEqual([]);
  expect(await world.send('getWaits', {})).toEqual([]);

  const fault = world.faults.add({ vendor: 'ghl' }, rateLimited(5), 1);
  await world.send('refreshView', { tabId });
  await vi.waitFor(() => expect(fault.count()).toBe(1));
  await world.send('searchPeople', { target: { tabId }, query: 'Dana' });
  await vi.waitFor(() => expect(events().at(-1)).toEqual([]));
  expect(events()[0]).toEqual([
    expect.objectContaining({ vendor: 'ghl', accountId: world.sandbox.ghl.locationId, reason: 'asked' }),
  ]);
});
