import { expect, it } from 'vitest';
import { createWaits } from '../../lib/services/waits.ts';
import { createJumpingClock, NOON } from '../support/clock.ts';

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
