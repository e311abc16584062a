import { expect, it } from 'vitest';
import { createWorld } from '../support/world.ts';

it('shows who a ticket is about, and pushes exactly the chosen fields', async () => {
  const world = await createWorld();
  await world.connect();
  const { view } = await world.openTicket('main');
  expect(world.bugs).toEqual([]);
  expect(view.person).toMatchObject({ status: 'ready', value: { name: 'Dana Whitfield' } });
  expect(view.match).toMatchObject({ status: 'one', counterpart: { name: 'Dana Whitfeld' } });
  expect(view.rows.filter(({ status }) => status !== 'same').map(({ field }) => field)).toEqual([
    'lastName',
    'phone',
    'mobile',
  ]);
  const before = structuredClone(world.ghlContact('main'));
  const receipt = await world.send('applyPlan', { planId: view.planId ?? '', fields: ['lastName'] });
  expect(receipt).toMatchObject({
    state: 'done',
    fields: [
      { field: 'lastName', before: 'Whitfeld', sent: 'Whitfield', found: 'Whitfield', outcome: 'verified' },
    ],
  });
  expect(world.writes()).toMatchObject([{ method: 'PUT', body: { lastName: 'Whitfield' } }]);
  expect(world.writes()[0]?.body).toEqual({ lastName: 'Whitfield' });
  const { lastName, dateUpdated, ...rest } = world.ghlContact('main');
  expect(lastName).toBe('Whitfield');
  const { lastName: _old, dateUpdated: _then, ...restBefore } = before;
  expect(rest).toEqual(restBefore);
  expect(dateUpdated).toBeTypeOf('string');
});
