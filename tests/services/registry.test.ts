import { describe, expect, it } from 'vitest';
import type { SceneName } from '../../lib/sandbox/index.ts';
import { idsOf, makeFields, pointers, REGISTRY_FIELDS } from '../support/registry.ts';
import { createWorld, type World } from '../support/world.ts';

async function connected({ isOn = true } = {}) {
  const world = await createWorld();
  await world.connect();
  makeFields(world);
  if (isOn) await world.send('setRegistry', { names: REGISTRY_FIELDS });
  world.sandbox.log.length = 0;
  return { world, fields: pointers(world) };
}
type Fields = ReturnType<typeof pointers>;

/** The two records of a scene name each other. */
function nameBoth(fields: Fields, scene: SceneName): void {
  const { atera, ghl } = idsOf(scene);
  fields.putInAtera(atera, fields.toGhl(ghl));
  fields.putInGhl(ghl, fields.toAtera(atera));
}
const callsTo = (world: World, path: string) =>
  world.sandbox.log.filter((call) => call.method === 'GET' && call.path.endsWith(path));
const kinds = (evidence: readonly { kind: string }[]): string[] => evidence.map(({ kind }) => kind);

describe('the setting', () => {
  it('is off by default, says what it found, and stays after a restart', async () => {
    const { world } = await connected({ isOn: false });
    const off = { name: null, state: 'off', error: null };
    expect(await world.send('getRegistry', {})).toEqual({
      isOn: false,
      fields: { atera: off, ghl: off },
      isNameless: false,
    });
    const on = await world.send('setRegistry', { names: { atera: 'ghl CONTACT ', ghl: 'Atera contact' } });
    expect(on).toEqual({
      isOn: true,
      fields: {
        atera: { name: 'GHL contact', state: 'ready', error: null },
        ghl: { name: 'Atera contact', state: 'ready', error: null },
      },
      isNameless: false,
    });
    world.restart();
    expect(await world.send('getRegistry', {})).toEqual(on);
    expect((await world.send('setRegistry', { names: null })).isOn).toBe(false);
    expect(world.writes()).toEqual([]);
  });

  it('names what is missing, and sees it once an admin has made it', async () => {
    const world = await createWorld();
    await world.connect();
    const set = await world.send('setRegistry', { names: REGISTRY_FIELDS });
    expect([set.fields.atera.state, set.fields.ghl.state]).toEqual(['missing', 'missing']);
    makeFields(world);
    const checked = await world.send('checkRegistry', {});
    expect([checked.fields.atera.state, checked.fields.ghl.state]).toEqual(['ready', 'ready']);
  });

  it('takes no field that holds something else, is there twice, or serves another purpose', async () => {
    const { world } = await connected({ isOn: false });
    await world.send('setTagField', { name: 'GHL tags' });
    const set = (atera: string, ghl: string) => world.send('setRegistry', { names: { atera, ghl } });
    const states = ({ fields }: Awaited<ReturnType<typeof set>>) => [fields.atera.state, fields.ghl.state];
    expect(states(await set('GHL tags', 'Job title'))).toEqual(['taken', 'taken']);
    expect(states(await set('GHL contact', 'Support level'))).toEqual(['ready', 'wrong-type']);
    const twin = world.sandbox.state.ghl.customFields.find(({ name }) => name === 'Atera contact');
    if (twin) world.sandbox.state.ghl.customFields.push({ ...twin, id: 'another' });
    expect(states(await set('GHL contact', 'Atera contact'))).toEqual(['ready', 'twice']);
    // Nor the other way round: tags would write over the pointer.
    expect((await world.send('setTagField', { name: 'ghl contact' })).state).toBe('taken');
  });

  it('says which vendor could not be asked', async () => {
    const { world } = await connected({ isOn: false });
    world.faults.add({ vendor: 'ghl', path: /customFields/u }, { kind: 'status', status: 403 });
    const { fields } = await world.send('setRegistry', { names: REGISTRY_FIELDS });
    expect(fields).toMatchObject({
      atera: { state: 'ready' },
      ghl: { state: 'unread', error: { vendor: 'ghl' } },
    });
  });

  it('refuses a name that Atera could not take in an address', async () => {
    const { world } = await connected({ isOn: false });
    await expect(
      world.send('setRegistry', { names: { atera: 'a/b', ghl: 'Atera contact' } }),
    ).rejects.toMatchObject({ code: 'invalid_input' });
  });
});

describe('reading', () => {
  it('costs nothing while it is off, whatever stands in the fields', async () => {
    const { world, fields } = await connected({ isOn: false });
    fields.putInAtera(idsOf('main').atera, fields.toGhl(idsOf('exact').ghl));
    const { view } = await world.openTicket('main');
    expect(view.match.status).toBe('one');
    expect(view.registry ?? null).toBeNull();
    expect(callsTo(world, `/contacts/${idsOf('exact').ghl}`)).toEqual([]);
    expect(world.sandbox.log).toHaveLength(12);
  });

  it('costs nothing where nobody is named', async () => {
    const { world } = await connected();
    const { view } = await world.openTicket('main');
    expect(world.sandbox.log).toHaveLength(12);
    expect(view.registry).toMatchObject({
      fields: { atera: { name: 'GHL contact' }, ghl: { name: 'Atera contact' } },
      pointers: { atera: { state: 'empty', text: null }, ghl: { state: 'empty', text: null } },
    });
  });

  it('finds whom both sides name, without an address in common, and the pair proves itself before a write', async () => {
    const { world, fields } = await connected();
    const dana = world.ghlContact('main');
    dana.email = 'dana@home.example';
    dana.phone = '+14155550999';
    dana.additionalEmails = [];
    dana.firstName = 'Dana';
    dana.lastName = 'Whitfield';
    expect((await world.openTicket('main')).view.match.status).toBe('several');
    nameBoth(fields, 'main');
    const { view } = await world.openTicket('main');
    if (view.match.status !== 'one') throw new Error(view.match.status);
    expect(kinds(view.match.evidence)).toContain('registry');
    expect(view.registry?.pointers).toMatchObject({ atera: { state: 'agrees' }, ghl: { state: 'agrees' } });
    const receipt = await world.push(view.plans.push, ['phone']);
    expect(receipt.state).toBe('done');
    expect(world.bugs).toEqual([]);
  });

  it('refuses the write where one of them names somebody else by then', async () => {
    const { world, fields } = await connected();
    const dana = world.ghlContact('main');
    Object.assign(dana, { email: 'dana@home.example', phone: '+14155550999', additionalEmails: [] });
    Object.assign(dana, { firstName: 'Dana', lastName: 'Whitfield' });
    nameBoth(fields, 'main');
    const { view } = await world.openTicket('main');
    expect(view.match.status).toBe('one');
    const [value] = world.sandbox.state.atera.customValues.filter(({ name }) => name === 'GHL contact');
    if (value) value.value = fields.toGhl(idsOf('exact').ghl);
    expect((await world.push(view.plans.push, ['phone'])).state).toBe('refused');
    expect(world.writes()).toEqual([]);
  });

  it('only suggests whom one side names', async () => {
    const { world, fields } = await connected();
    const { atera, ghl } = idsOf('noEmailInGhl');
    fields.putInAtera(atera, fields.toGhl(ghl));
    const { view } = await world.openTicket('noEmailInGhl');
    if (view.match.status !== 'several') throw new Error(view.match.status);
    const [candidate] = view.match.candidates;
    expect(candidate?.ref.id).toBe(ghl);
    expect(candidate?.evidence).toContainEqual({ kind: 'registry', isMutual: false });
    expect(view.registry?.pointers.atera?.state).toBe('hint');
    expect(view.registry?.wanted).toBeNull();
  });

  it('suggests a stranger with a warning, and links nobody', async () => {
    const { world, fields } = await connected();
    const stranger = idsOf('exact').ghl;
    fields.putInAtera(idsOf('none').atera, fields.toGhl(stranger));
    // Even where the stranger names them back.
    fields.putInGhl(stranger, fields.toAtera(idsOf('none').atera));
    const { view } = await world.openTicket('none');
    if (view.match.status !== 'several') throw new Error(view.match.status);
    expect(view.match.candidates.map(({ ref }) => ref.id)).toEqual([stranger]);
    expect(kinds(view.match.candidates[0]?.evidence ?? [])).toEqual(
      expect.arrayContaining(['registry', 'stranger']),
    );
    expect(view.registry?.pointers.atera).toEqual({
      state: 'stranger',
      text: fields.toGhl(stranger),
      name: view.match.candidates[0]?.person.name,
    });
    expect(view.plans.push).toBeNull();
    expect(callsTo(world, `/contacts/${stranger}`)).toHaveLength(1);
  });

  it('does not take the counterpart away from somebody whose field names a stranger: one call more, and a warning', async () => {
    const { world, fields } = await connected();
    fields.putInAtera(idsOf('main').atera, fields.toGhl(idsOf('exact').ghl));
    const { view } = await world.openTicket('main');
    expect(view.match).toMatchObject({ status: 'one', counterpart: { ref: { id: idsOf('main').ghl } } });
    expect(view.registry?.pointers.atera?.state).toBe('stranger');
    expect(world.sandbox.log).toHaveLength(13);
  });

  it.each([
    ['a record that is not there', (fields: Fields) => fields.toGhl('nobodyAtAll123456789'), 'gone'],
    ['another location', () => 'ghl:anotherLocation:abc', 'elsewhere'],
    ['markup', () => '<img src=x onerror=alert(1)>', 'unreadable'],
    ['its own system', (fields: Fields) => fields.toAtera(1), 'unreadable'],
  ])('warns of %s, and goes by the address all the same', async (_case, text, state) => {
    const { world, fields } = await connected();
    fields.putInAtera(idsOf('main').atera, text(fields));
    const { view } = await world.openTicket('main');
    expect(view.match.status).toBe('one');
    expect(view.registry?.pointers.atera).toEqual({ state, text: text(fields), name: null });
    expect(world.bugs).toEqual([]);
  });

  it('shows no huge text, and survives what is no text', async () => {
    const { world, fields } = await connected();
    fields.putInAtera(idsOf('main').atera, 'x'.repeat(100_000));
    fields.putInGhl(idsOf('main').ghl, { evil: ['ghl:a:b'] });
    const { view } = await world.openTicket('main');
    expect(view.registry?.pointers).toEqual({
      atera: { state: 'unreadable', text: null, name: null },
      ghl: { state: 'unreadable', text: '{"evil":["ghl:a:b"]}', name: null },
    });
  });

  it('says when whoever is named cannot be read', async () => {
    const { world, fields } = await connected();
    const { ghl } = idsOf('exact');
    fields.putInAtera(idsOf('none').atera, fields.toGhl(ghl));
    world.faults.add(
      { vendor: 'ghl', path: new RegExp(`/contacts/${ghl}$`, 'u') },
      { kind: 'status', status: 500 },
    );
    const { view } = await world.openTicket('none');
    expect(view.match.status).toBe('none');
    expect(view.registry?.pointers.atera?.state).toBe('unread');
  });

  it('reads the other way round as well: from GHL to Atera', async () => {
    const { world, fields } = await connected();
    const { atera, ghl } = idsOf('main');
    const dana = world.ghlContact('main');
    Object.assign(dana, { email: 'dana@home.example', phone: '+14155550999', additionalEmails: [] });
    Object.assign(dana, { firstName: 'Dana', lastName: 'Whitfield' });
    nameBoth(fields, 'main');
    const { locationId } = world.sandbox.ghl;
    const url = `https://app.gohighlevel.com/v2/location/${locationId}/contacts/detail/${ghl}`;
    const view = await world.shown(await world.openTab(url), world.settled);
    expect(view.match).toMatchObject({ status: 'one', counterpart: { ref: { id: String(atera) } } });
    expect(view.registry?.pointers).toMatchObject({ atera: { state: 'agrees' }, ghl: { state: 'agrees' } });
  });

  it('counts as a mere hint once the two were unlinked, until an agent links them again', async () => {
    const { world, fields } = await connected();
    const dana = world.ghlContact('main');
    Object.assign(dana, { email: 'dana@home.example', phone: '+14155550999', additionalEmails: [] });
    Object.assign(dana, { firstName: 'Dana', lastName: 'Whitfield' });
    nameBoth(fields, 'main');
    const { tabId, view } = await world.openTicket('main');
    await world.push(view.plans.push, ['phone']);
    const linked = await world.shown(tabId, ({ match }) => match.status === 'linked');
    if (linked.person.status !== 'ready' || linked.match.status !== 'linked') throw new Error('not linked');
    const person = linked.person.value.ref;
    const counterpart = linked.match.counterpart.ref;
    const shown = { target: { tabId }, version: linked.version, person, counterpart };
    await world.send('unlink', shown);
    const after = await world.shown(tabId, world.settled);
    if (after.match.status !== 'several') throw new Error(after.match.status);
    expect(after.match.candidates[0]?.evidence).toContainEqual({ kind: 'registry', isMutual: false });
    await world.send('confirmMatch', { ...shown, version: after.version });
    await world.shown(tabId, ({ match }) => match.status === 'linked');
  });

  it('tells of a linked pair whose fields name others, without asking who they are', async () => {
    const { world, fields } = await connected();
    const { tabId, view } = await world.openTicket('main');
    await world.push(view.plans.push, ['lastName']);
    await world.shown(tabId, ({ match }) => match.status === 'linked');
    fields.putInAtera(idsOf('main').atera, fields.toGhl(idsOf('exact').ghl));
    world.sandbox.log.length = 0;
    await world.send('refreshView', { tabId });
    const fresh = await world.shown(tabId, ({ registry }) => registry?.pointers.atera?.state !== 'empty');
    expect(fresh.registry?.pointers).toMatchObject({ atera: { state: 'other' }, ghl: { state: 'empty' } });
    expect(callsTo(world, `/contacts/${idsOf('exact').ghl}`)).toEqual([]);
  });
});
