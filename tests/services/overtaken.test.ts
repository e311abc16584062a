import { expect, it } from 'vitest';
import { createWorld } from '../support/world.ts';

it('a reading that a write overtook is done again: nothing older stays on screen', async () => {
  const world = await createWorld();
  await world.connect();
  const { tabId, view } = await world.openTicket('main');
  const fields = view.rows.length;
  const { id } = world.ghlContact('main');
  const put = world.faults.add({ vendor: 'ghl', method: 'PUT' }, { kind: 'hold', when: 'after' }, 1);
  const pushed = world.push(view.plans.push, ['lastName']);
  await put.arrived;
  // The agent refreshes while the write is under way, and somebody edits while that is read.
  const contact = `/contacts/${id}`;
  const get = world.faults.add(
    { vendor: 'ghl', method: 'GET', path: new RegExp(`${contact}$`) },
    { kind: 'hold', when: 'before' },
    1,
  );
  await world.send('refreshView', { tabId });
  await get.arrived;
  put.release();
  expect((await pushed).state).toBe('done');
  world.ghlContact('main').firstName = 'Daria';
  get.release();
  const after = await world.shown(tabId, world.settled);
  expect(after.rows).toHaveLength(fields);
  expect(after.rows.find(({ field }) => field === 'firstName')).toMatchObject({
    left: 'Dana',
    right: 'Daria',
  });
  expect(after.rows.find(({ field }) => field === 'lastName')).toMatchObject({ status: 'same' });
  expect(world.bugs).toEqual([]);
});
