import { expect, it } from 'vitest';
import type { PersonView } from '../../lib/panel-state.ts';
import { createSealedStore } from '../../lib/platform/sealed-store.ts';
import type { Pair } from '../../lib/services/accounts.ts';
import { AREAS, type Areas } from '../../lib/services/areas.ts';
import { createRecents, RECENT_LIMIT } from '../../lib/services/recents.ts';
import { createJumpingClock } from '../support/clock.ts';

const person = (id: number): PersonView => ({
  ref: { vendor: 'atera', accountId: 'tenant', kind: 'contact', id: String(id) },
  name: `Person ${id}`,
  email: null,
  phone: null,
  jobTitle: null,
  company: null,
  archived: false,
  url: null,
  optOuts: [],
  customer: { name: 'Bright Smile Dental', phone: null, domain: null, address: null, url: null },
});

it('keeps the last twenty, and each for seven days from when they were seen', async () => {
  const clock = createJumpingClock();
  const recents = createRecents(createSealedStore<Areas>(AREAS, { clock, databaseName: 'recents' }), clock);
  const pair = { ateraAccount: { id: 'tenant' }, ghlAccount: { id: 'location' } } as Pair;
  const ids = async () => (await recents.list(pair)).map(({ subject }) => Number(subject.id));

  await Promise.all(Array.from({ length: 25 }, (_, index) => recents.add(pair, person(index))));
  expect(await ids()).toEqual(Array.from({ length: RECENT_LIMIT }, (_, index) => 24 - index));
  clock.advance(6 * 86_400_000);
  await recents.add(pair, person(10));
  expect((await ids()).slice(0, 2)).toEqual([10, 24]);
  clock.advance(2 * 86_400_000);
  expect(await ids()).toEqual([10]);
  // The company of somebody is no part of a list.
  expect(await recents.list(pair)).toMatchObject([{ person: { name: 'Person 10' } }]);
  expect((await recents.list(pair))[0]?.person).not.toHaveProperty('customer');
});
