import { describe, expect, it, vi } from 'vitest';
import type { VendorName } from '../../lib/core/contact.ts';
import type { ActivityView, Remembering, SubjectView } from '../../lib/panel-state.ts';
import { pressFor } from '../support/press.ts';
import { GHL_FIELD_ID, idsOf, makeFields, pointers, REGISTRY_FIELDS } from '../support/registry.ts';
import { createWorld, type World } from '../support/world.ts';

const { atera, ghl } = idsOf('main');
const PATIENT = { timeout: 4000, interval: 5 };
const OWN_KEYS: Record<VendorName, string> = { atera: REGISTRY_FIELDS.atera, ghl: GHL_FIELD_ID };

async function linked({ isLinked = true } = {}) {
  const world = await createWorld();
  await world.connect();
  makeFields(world);
  await world.send('setRegistry', { names: REGISTRY_FIELDS });
  const { tabId, view: first } = await world.openTicket('main');
  let view = first;
  if (isLinked) {
    await world.push(first.plans.push, ['lastName']);
    view = await world.shown(tabId, ({ match, plans }) => match.status === 'linked' && plans.push !== null);
  }
  world.sandbox.log.length = 0;
  return {
    world,
    tabId,
    view,
    fields: pointers(world),
    remember: (addition: Remembering, id = 'press-1') =>
      world.send('addToContact', pressFor(tabId, view, addition, id)),
  };
}
/** As the panel makes it of what it shows. */
function remembering(view: SubjectView, vendor: VendorName): Remembering {
  const { registry } = view;
  if (!registry?.wanted) throw new Error('Nothing is offered');
  return {
    kind: vendor === 'atera' ? 'remember-in-atera' : 'remember-in-ghl',
    field: registry.fields[vendor].key ?? '',
    text: registry.wanted[vendor],
    expected: registry.pointers[vendor]?.text ?? null,
  };
}
const entry = async (world: World, id = 'addition:press-1'): Promise<ActivityView> => {
  const found = (await world.send('getActivity', { people: null, limit: null }))?.entries.find(
    (one) => one.id === id,
  );
  if (!found) throw new Error(`No entry ${id}`);
  return found;
};

describe('remembering a linked pair', () => {
  it('writes each id into the other record, once, and shows what was read back', async () => {
    const { world, tabId, view, fields, remember } = await linked();
    expect(view.registry).toMatchObject({
      wanted: { atera: fields.toGhl(ghl), ghl: fields.toAtera(atera) },
      fields: { atera: { key: OWN_KEYS.atera, state: 'ready' }, ghl: { key: OWN_KEYS.ghl, state: 'ready' } },
    });
    expect(await remember(remembering(view, 'atera'))).toEqual({ id: 'press-1', state: 'done', error: null });
    expect((await remember(remembering(view, 'ghl'), 'press-2')).state).toBe('done');
    expect(fields.inAtera(atera)).toBe(fields.toGhl(ghl));
    expect(fields.inGhl(ghl)).toBe(fields.toAtera(atera));
    expect(world.writes().map(({ body }) => body)).toEqual([
      { Value: fields.toGhl(ghl) },
      { customFields: [{ id: GHL_FIELD_ID, field_value: fields.toAtera(atera) }] },
    ]);
    const after = await world.shown(tabId, ({ registry }) => registry?.pointers.ghl?.state === 'agrees');
    expect(after.registry?.pointers.atera?.state).toBe('agrees');
    expect(world.bugs).toEqual([]);
  });

  it('leaves every other custom field of both records as it was', async () => {
    const { world, view, remember } = await linked();
    const contact = world.ghlContact('main');
    const before = structuredClone(contact.customFields);
    const values = () =>
      world.sandbox.state.atera.customValues.filter(({ name }) => name !== REGISTRY_FIELDS.atera);
    const known = structuredClone(values());
    await remember(remembering(view, 'atera'));
    await remember(remembering(view, 'ghl'), 'press-2');
    expect(contact.customFields.filter(({ id }) => id !== GHL_FIELD_ID)).toEqual(before);
    expect(values()).toEqual(known);
  });

  it('writes once for the same press, sent twice at once and again', async () => {
    const { world, view, remember } = await linked();
    const wanted = remembering(view, 'ghl');
    const results = await Promise.all([remember(wanted), remember(wanted)]);
    expect([...results, await remember(wanted)].map(({ state }) => state)).toEqual(['done', 'done', 'done']);
    expect(world.writes()).toHaveLength(1);
    // Another press finds it there.
    expect((await remember(wanted, 'press-2')).state).toBe('done');
    expect(world.writes()).toHaveLength(1);
  });

  it.each(['atera', 'ghl'] as const)('in %s writes over no id that came there meanwhile', async (vendor) => {
    const { world, view, fields, remember } = await linked();
    if (vendor === 'atera') fields.putInAtera(atera, fields.toGhl('somebodyElse'));
    else fields.putInGhl(ghl, fields.toAtera(777));
    expect(await remember(remembering(view, vendor))).toMatchObject({
      state: 'failed',
      error: { code: 'conflict', vendor },
    });
    expect(world.writes()).toEqual([]);
  });

  it('replaces another id only where the agent saw it, and brings it back', async () => {
    const { world, tabId, fields } = await linked();
    fields.putInGhl(ghl, fields.toAtera(777));
    await world.send('refreshView', { tabId });
    const view = await world.shown(tabId, ({ registry }) => registry?.pointers.ghl?.state === 'other');
    const press = pressFor(tabId, view, remembering(view, 'ghl'), 'press-1');
    expect((await world.send('addToContact', press)).state).toBe('done');
    expect(fields.inGhl(ghl)).toBe(fields.toAtera(atera));
    expect(await entry(world)).toMatchObject({
      kind: 'remember-in-ghl',
      vendor: 'ghl',
      state: 'done',
      lines: [{ what: 'pointer', before: fields.toAtera(777), after: fields.toAtera(atera) }],
      undo: { can: true },
    });
    const undone = await world.send('undoActivity', { id: 'addition:press-1', press: 'undo-1' });
    expect(undone).toMatchObject({ state: 'done', kind: 'undo' });
    expect(fields.inGhl(ghl)).toBe(fields.toAtera(777));
  });

  it('says that an empty field cannot be emptied again, and undoes nothing that somebody changed', async () => {
    const { world, tabId, view, fields, remember } = await linked();
    await remember(remembering(view, 'atera'));
    expect((await entry(world)).undo).toEqual({ can: false, reason: 'cannot-empty' });
    fields.putInGhl(ghl, fields.toAtera(777));
    await world.send('refreshView', { tabId });
    const other = await world.shown(tabId, ({ registry }) => registry?.pointers.ghl?.state === 'other');
    await world.send('addToContact', pressFor(tabId, other, remembering(other, 'ghl'), 'press-2'));
    const value = world.ghlContact('main').customFields.find(({ id }) => id === GHL_FIELD_ID);
    if (value) value.value = fields.toAtera(888);
    const undone = await world.send('undoActivity', { id: 'addition:press-2', press: 'undo-1' });
    expect(undone).toMatchObject({ state: 'conflict', lines: [{ found: fields.toAtera(888) }] });
    expect(fields.inGhl(ghl)).toBe(fields.toAtera(888));
  });

  it('is refused where nobody linked the two', async () => {
    const matched = await linked({ isLinked: false });
    expect(await matched.remember(remembering(matched.view, 'ghl'))).toMatchObject({
      state: 'failed',
      error: { code: 'plan_expired' },
    });
    expect(matched.world.writes()).toEqual([]);
  });

  it('is refused where they were unlinked since', async () => {
    const { world, tabId, view, remember } = await linked();
    if (view.person.status !== 'ready' || view.match.status !== 'linked') throw new Error('not linked');
    await world.send('unlink', {
      target: { tabId },
      version: view.version,
      person: view.person.value.ref,
      counterpart: view.match.counterpart.ref,
    });
    await world.shown(tabId, world.settled);
    expect((await remember(remembering(view, 'ghl'), 'press-2')).state).toBe('failed');
    expect(world.writes()).toEqual([]);
  });

  it('is refused for another field, another text, a missing field, and once it is switched off', async () => {
    const { world, view, remember } = await linked();
    const wanted = remembering(view, 'atera');
    const failed = async (addition: Remembering, id: string) => (await remember(addition, id)).error?.code;
    expect(await failed({ ...wanted, field: 'GHL tags' }, 'a')).toBe('plan_expired');
    expect(await failed({ ...wanted, text: 'ghl:loc:other' }, 'b')).toBe('plan_expired');
    const { customFields } = world.sandbox.state.atera;
    const made = customFields.splice(
      customFields.findIndex(({ Name }) => Name === 'GHL contact'),
      1,
    );
    expect(await failed(wanted, 'c')).toBe('registry_field');
    customFields.push(...made);
    await world.send('setRegistry', { names: null });
    expect(await failed(wanted, 'd')).toBe('plan_expired');
    expect(world.writes()).toEqual([]);
  });

  it('is refused where contacts are not written for the pair', async () => {
    const { world, view, remember } = await linked();
    await world.send('setResources', { rows: [{ resource: 'contacts', direction: 'to-ghl' }] });
    await expect(remember(remembering(view, 'atera'))).rejects.toMatchObject({ code: 'switched_off' });
    expect((await remember(remembering(view, 'ghl'), 'press-2')).state).toBe('done');
  });

  it('is refused when the page shows somebody else by the time of the write', async () => {
    const { world, tabId, view, remember } = await linked();
    const read = world.faults.add(
      { vendor: 'ghl', method: 'GET', path: new RegExp(`/contacts/${ghl}$`, 'u') },
      { kind: 'hold', when: 'after' },
      1,
    );
    const writing = remember(remembering(view, 'ghl'));
    await read.arrived;
    await world.navigate(tabId, world.ticketUrl('exact'));
    read.release();
    expect(await writing).toMatchObject({ state: 'failed', error: { code: 'subject_changed' } });
    expect(world.writes()).toEqual([]);
  });

  it.each([
    ['the vendor refuses', { kind: 'status', status: 403 }, 'failed', false],
    ['the answer is lost after it was stored', { kind: 'cut', when: 'after' }, 'done', true],
    ['the request is lost before it was stored', { kind: 'cut', when: 'before' }, 'not-stored', false],
    ['a gateway fails', { kind: 'status', status: 502 }, 'not-stored', false],
  ] as const)('when %s: the read-back decides', async (_case, fault, state, isThere) => {
    const { world, view, fields, remember } = await linked();
    world.faults.add({ vendor: 'ghl', method: 'PUT' }, fault, 1);
    expect((await remember(remembering(view, 'ghl'))).state).toBe(state);
    expect(fields.inGhl(ghl) !== undefined).toBe(isThere);
  });

  it.each([
    ['before', 'not-stored'],
    ['after', 'done'],
  ] as const)(
    'cut off %s the vendor stored it: looked for at the next start, never sent again',
    async (when, state) => {
      const { world, view, remember } = await linked();
      const hold = world.faults.add({ vendor: 'ghl', method: 'PUT' }, { kind: 'hold', when });
      void remember(remembering(view, 'ghl'));
      await hold.arrived;
      world.restart();
      hold.remove();
      await vi.waitFor(async () => expect((await entry(world)).state).toBe(state), PATIENT);
      expect(world.writes().length).toBeLessThanOrEqual(1);
    },
  );
});
