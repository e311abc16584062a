import { describe, expect, it } from 'vitest';
import { pressFor } from '../support/press.ts';
import { createWorld } from '../support/world.ts';

async function connected() {
  const world = await createWorld();
  await world.connect();
  return world;
}

describe('who the agent is', () => {
  it('is one of the technicians whom tickets name, kept encrypted over a restart', async () => {
    const world = await connected();
    const [first] = world.sandbox.state.atera.technicians;
    if (!first) throw new Error('No technician');
    const list = await world.send('listTechnicians', {});
    expect(list.map(({ id }) => id).sort()).toEqual(
      world.sandbox.state.atera.technicians.map(({ id }) => id).sort(),
    );
    expect((await world.send('getIdentity', {})).atera).toBeNull();
    await world.send('setIdentity', { id: first.id });
    world.restart();
    expect((await world.send('getIdentity', {})).atera).toEqual({
      id: first.id,
      name: `${first.firstName} ${first.lastName}`,
      email: first.email,
    });
    expect(await world.storedRows('identities')).toBe(1);
    await world.send('setIdentity', { id: null });
    expect((await world.send('getIdentity', {})).atera).toBeNull();
    expect(world.writes()).toEqual([]);
  });

  it('is kept for both systems when both are said at once', async () => {
    const world = await connected();
    const [technician] = await world.send('listTechnicians', {});
    const [user] = await world.send('listGhlUsers', {});
    if (!technician || !user) throw new Error('Nobody to choose');
    await Promise.all([
      world.send('setIdentity', { id: technician.id }),
      world.send('setGhlUser', { id: user.id }),
    ]);
    expect(await world.send('getIdentity', {})).toEqual({ atera: technician, ghl: user });
  });

  it('cannot be somebody whom Atera does not name', async () => {
    const world = await connected();
    await expect(world.send('setIdentity', { id: 1 })).rejects.toMatchObject({ code: 'invalid_input' });
    expect((await world.send('getIdentity', {})).atera).toBeNull();
  });

  it('is said for GHL apart; notes are in that name, and refused in any other', async () => {
    const world = await connected();
    const [user] = await world.send('listGhlUsers', {});
    if (!user) throw new Error('No user');
    const { tabId, view } = await world.openTicket('main');
    const add = (id: string, userId: string) =>
      world.send('addToContact', pressFor(tabId, view, { kind: 'note', body: 'Called back.', userId }, id));
    expect(await add('press-1', user.id)).toMatchObject({ state: 'failed', error: { code: 'plan_expired' } });
    await world.send('setGhlUser', { id: user.id });
    expect((await add('press-2', user.id)).state).toBe('done');
    expect(world.writes().map(({ body }) => body)).toEqual([{ body: 'Called back.', userId: user.id }]);
    await expect(world.send('setGhlUser', { id: 'nobody' })).rejects.toMatchObject({ code: 'invalid_input' });
    await world.send('setGhlUser', { id: null });
    expect((await world.send('getIdentity', {})).ghl).toBeNull();
  });

  it('goes with the account', async () => {
    const world = await connected();
    const [first] = await world.send('listTechnicians', {});
    await world.send('setIdentity', { id: first?.id ?? 0 });
    const [atera] = await world.send('getAccounts', {});
    await world.send('disconnect', { accountId: atera?.id ?? '' });
    expect(await world.storedRows('identities')).toBe(0);
    expect((await world.send('getIdentity', {})).atera).toBeNull();
    await expect(world.send('listTechnicians', {})).rejects.toMatchObject({ code: 'not_connected' });
  });
});

describe('the field that holds tags', () => {
  it('is off until it is chosen; then the tags of the person in view are read', async () => {
    const world = await connected();
    expect(await world.send('getTagField', {})).toEqual({ name: null, state: 'off', error: null });
    const { tabId, view } = await world.openTicket('main');
    expect(view.ateraTags).toEqual({ status: 'off' });
    expect(await world.send('setTagField', { name: ' ghl TAGS ' })).toEqual({
      name: 'GHL tags',
      state: 'ready',
      error: null,
    });
    await world.shown(
      tabId,
      ({ ateraTags }) => ateraTags.status === 'ready' && ateraTags.tags.join() === 'client,dental,vip',
    );
    expect(await world.send('setTagField', { name: null })).toMatchObject({ state: 'off' });
    await world.shown(tabId, ({ ateraTags }) => ateraTags.status === 'off');
    expect(world.writes()).toEqual([]);
  });

  it('that is missing, or of another type, is said so; and found when it is looked for again', async () => {
    const world = await connected();
    expect(await world.send('setTagField', { name: 'Sales tags' })).toMatchObject({ state: 'missing' });
    world.sandbox.state.atera.customFields.push({
      Name: 'Sales tags',
      DataType: 'Text',
      Target: 'Contact',
      PossibleValues: [],
    });
    expect(await world.send('checkTagField', {})).toMatchObject({ name: 'Sales tags', state: 'ready' });
    expect(await world.send('setTagField', { name: 'Recall date' })).toMatchObject({ state: 'wrong-type' });
    // A field of tickets is none of contacts.
    expect(await world.send('setTagField', { name: 'Office location' })).toMatchObject({ state: 'missing' });
  });

  it('is unread when the right is missing, with the reason', async () => {
    const world = await connected();
    world.faults.add(
      { vendor: 'atera', path: '/customvalues/customfields' },
      { kind: 'status', status: 403 },
    );
    expect(await world.send('setTagField', { name: 'GHL tags' })).toMatchObject({
      name: 'GHL tags',
      state: 'unread',
      error: { code: 'forbidden', scope: 'CustomValues: Read' },
    });
  });

  it('shows why the tags of a person could not be read', async () => {
    const world = await connected();
    await world.send('setTagField', { name: 'GHL tags' });
    world.faults.add({ vendor: 'atera', path: '/contactfields/' }, { kind: 'status', status: 403 });
    const { view } = await world.openTicket('main');
    expect(view.ateraTags).toMatchObject({ status: 'failed', error: { code: 'forbidden' } });
  });

  it.each(['', ' ', 'a/b', 'a?b', 'a#b', '50%', 'R&D', 'x'.repeat(101)])(
    'cannot be named %j: it is a part of an address',
    async (name) => {
      const world = await connected();
      await expect(world.send('setTagField', { name })).rejects.toMatchObject({ code: 'invalid_input' });
    },
  );
});
