import { describe, expect, it } from 'vitest';
import type { FieldName } from '../../lib/core/contact.ts';
import type { CreationPreview } from '../../lib/panel-state.ts';
import { SCENES } from '../../lib/sandbox/index.ts';
import { createWorld, type World } from '../support/world.ts';

const ALL: FieldName[] = ['firstName', 'lastName', 'email', 'phone', 'jobTitle', 'company'];

/** A ticket whose requester nobody knows in GHL. */
async function stranger(options?: { timeoutMs: number }) {
  const world = await createWorld(options);
  await world.connect();
  const { tabId, view } = await world.openTicket('none');
  if (view.person.status !== 'ready') throw new Error('No person');
  const person = view.person.value.ref;
  const shown = { target: { tabId }, version: view.version, person };
  const preview = () => world.send('previewCreate', shown);
  const create = (planId: string | null, fields = ALL) =>
    world.send('createCounterpart', { target: { tabId }, planId: planId ?? 'none', fields });
  world.sandbox.log.length = 0;
  return { world, tabId, view, person, shown, preview, create };
}

const made = (world: World) =>
  world.sandbox.state.ghl.contacts.filter(({ email }) => email === 'hank.dufour@kestrel-logistics.example');
const posts = (world: World) =>
  world.sandbox.log.filter(
    ({ method, path }) => method === 'POST' && /^(\/api\/v3)?\/contacts\/?$/u.test(path),
  );
const post = { vendor: 'ghl', method: 'POST', path: /^\/contacts\/?$/u } as const;
const written = ({ rows }: CreationPreview) =>
  Object.fromEntries(rows.map(({ field, write }) => [field, write.can ? write.value : write.reason]));

describe('the preview of a creation in GHL', () => {
  it('says what each field would get, and writes nothing', async () => {
    const { world, preview } = await stranger();
    const shown = await preview();
    expect(shown).toMatchObject({ vendor: 'ghl', personName: 'Hank Dufour', problem: null, companies: null });
    expect(shown.planId).not.toBeNull();
    expect(written(shown)).toMatchObject({
      firstName: 'Hank',
      email: 'hank.dufour@kestrel-logistics.example',
      phone: '+15035550114',
      mobile: 'source-empty',
      company: 'Kestrel Logistics',
    });
    expect(world.writes()).toEqual([]);
  });

  it('is refused for a page that moved on, for another person, and where somebody is known', async () => {
    const { world, shown, person } = await stranger();
    await expect(world.send('previewCreate', { ...shown, version: shown.version + 1 })).rejects.toMatchObject(
      {
        code: 'subject_changed',
      },
    );
    await expect(
      world.send('previewCreate', { ...shown, person: { ...person, id: '1' } }),
    ).rejects.toMatchObject({ code: 'subject_changed' });
    const { tabId, view } = await world.openTicket('main');
    if (view.person.status !== 'ready') throw new Error('No person');
    const known = { target: { tabId }, version: view.version, person: view.person.value.ref };
    await expect(world.send('previewCreate', known)).rejects.toMatchObject({ code: 'plan_expired' });
  });

  it('says so when there is neither an address nor a number', async () => {
    const { world, preview, person } = await stranger();
    const contact = world.sandbox.state.atera.contacts.find(
      ({ EndUserID }) => String(EndUserID) === person.id,
    );
    Object.assign(contact ?? {}, { Email: '', Phone: null });
    expect(await preview()).toMatchObject({ planId: null, problem: 'no-reach' });
  });
});

describe('creating in GHL', () => {
  it('sends one explicit request, reads it back, links the two and shows them', async () => {
    const { world, tabId, preview, create } = await stranger();
    const { planId } = await preview();
    const result = await create(planId);
    expect(result).toMatchObject({ state: 'created', error: null, created: { name: 'Hank Dufour' } });
    expect(result.created?.url).toMatch(/contacts\/detail/u);
    expect(result.fields.map(({ field, stored }) => [field, stored])).toEqual(
      ALL.map((field) => [field, true]),
    );
    expect(made(world)).toMatchObject([
      { companyName: 'Kestrel Logistics', phone: '+15035550114', tags: [] },
    ]);
    expect(posts(world)).toHaveLength(1);
    const view = await world.shown(
      tabId,
      ({ match, refreshing }) => match.status === 'linked' && !refreshing,
    );
    const same = view.rows.filter(({ status }) => status === 'same').map(({ field }) => field);
    expect(same).toEqual(expect.arrayContaining(ALL));
    expect(world.bugs).toEqual([]);
  });

  it('writes the chosen fields alone', async () => {
    const { world, preview, create } = await stranger();
    const { planId } = await preview();
    expect((await create(planId, ['firstName', 'email'])).state).toBe('created');
    expect(posts(world)[0]?.body).toEqual({
      locationId: world.sandbox.ghl.locationId,
      firstName: 'Hank',
      email: 'hank.dufour@kestrel-logistics.example',
    });
  });

  it('says which values were accepted and not stored', async () => {
    const { world, preview, create } = await stranger();
    world.sandbox.state.ghl.ignoredFields.push('companyName');
    const { planId } = await preview();
    const { state, fields } = await create(planId);
    expect(state).toBe('created');
    expect(fields.filter(({ stored }) => !stored)).toEqual([
      { field: 'company', sent: 'Kestrel Logistics', found: null, stored: false },
    ]);
  });

  it('creates once for the same press twice, for two previews at once, and for two tabs', async () => {
    const { world, preview, create } = await stranger();
    const first = await preview();
    const second = await preview();
    const other = await world.openTicket('none');
    const [a, b, c] = await Promise.all([create(first.planId), create(first.planId), create(second.planId)]);
    expect(b).toEqual(a);
    expect(c.created).toEqual(a.created);
    expect(await create(first.planId)).toEqual(a);
    expect(posts(world)).toHaveLength(1);
    expect(other.view.match.status).toBe('none');
    await expect(create(first.planId, ['email'])).rejects.toMatchObject({ code: 'plan_expired' });
  });

  it('creates one for two records with the same address, pressed at once', async () => {
    const { world, preview, create, person } = await stranger();
    const contact = world.sandbox.state.atera.contacts.find(
      ({ EndUserID }) => String(EndUserID) === person.id,
    );
    if (!contact) throw new Error('No contact');
    world.sandbox.state.atera.contacts.push({ ...contact, EndUserID: 777_001 });
    const ticket = world.sandbox.state.atera.tickets.find(
      ({ TicketID }) => TicketID === SCENES.served.exact.ticketId,
    );
    Object.assign(ticket ?? {}, { EndUserID: 777_001, EndUserEmail: contact.Email });
    const twin = await world.openTicket('exact');
    if (twin.view.person.status !== 'ready') throw new Error('No person');
    const target = { tabId: twin.tabId };
    const twinPreview = await world.send('previewCreate', {
      target,
      version: twin.view.version,
      person: twin.view.person.value.ref,
    });
    const own = await preview();
    const results = await Promise.all([
      create(own.planId),
      world.send('createCounterpart', { target, planId: twinPreview.planId ?? '', fields: ALL }),
    ]);
    expect(results.map(({ state }) => state).sort()).toEqual(['created', 'found']);
    expect(made(world)).toHaveLength(1);
  });

  it.each([
    ['the same address', { email: 'HANK.dufour@kestrel-logistics.example' }],
    ['the same number, in GHL’s spelling', { phone: '+15035550114' }],
  ])('writes nothing when somebody with %s has come since, and offers them', async (_case, reach) => {
    const { world, tabId, preview, create } = await stranger();
    const { planId } = await preview();
    const [model] = world.sandbox.state.ghl.contacts;
    if (!model) throw new Error('No contact');
    const { email: _email, phone: _phone, ...rest } = structuredClone(model);
    world.sandbox.state.ghl.contacts.push({ ...rest, id: 'laterLaterLaterLat01', ...reach });
    const result = await create(planId);
    expect(result).toMatchObject({ state: 'found', people: [{ ref: { id: 'laterLaterLaterLat01' } }] });
    expect(posts(world)).toEqual([]);
    const view = await world.shown(tabId, ({ match, refreshing }) => match.status !== 'none' && !refreshing);
    expect(JSON.stringify(view.match)).toContain('laterLaterLaterLat01');
  });

  it('offers whoever GHL names when it refuses a double', async () => {
    const { world, preview, create } = await stranger();
    const { planId } = await preview();
    const there = world.ghlContact('main').id;
    const body = JSON.stringify({
      statusCode: 400,
      message: 'This location does not allow duplicated contacts.',
      meta: { contactId: there, matchingField: 'phone' },
    });
    world.faults.add(post, { kind: 'status', status: 400, body });
    expect(await create(planId)).toMatchObject({ state: 'found', people: [{ ref: { id: there } }] });
    expect(made(world)).toEqual([]);
  });

  it('is stopped by a change of the viewed record since it was shown', async () => {
    const { world, preview, create, person } = await stranger();
    const { planId } = await preview();
    const contact = world.sandbox.state.atera.contacts.find(
      ({ EndUserID }) => String(EndUserID) === person.id,
    );
    Object.assign(contact ?? {}, { JobTitle: 'Owner' });
    expect(await create(planId, ['email'])).toMatchObject({ state: 'conflict', error: { code: 'conflict' } });
    expect(posts(world)).toEqual([]);
  });

  it('is refused when the page shows somebody else, before or while it reads', async () => {
    const { world, tabId, preview, create } = await stranger();
    const [first, second] = [await preview(), await preview()];
    const hold = world.faults.add({ path: '/search/duplicate' }, { kind: 'hold', when: 'before' });
    const creating = create(first.planId);
    await hold.arrived;
    await world.navigate(tabId, world.ticketUrl('exact'));
    hold.release();
    expect(await creating).toMatchObject({ state: 'failed', error: { code: 'subject_changed' } });
    await expect(create(second.planId)).rejects.toMatchObject({ code: 'subject_changed' });
    expect(posts(world)).toEqual([]);
  });

  it('is refused for another tab, unknown plans, and changed field rules', async () => {
    const { world, preview, create } = await stranger();
    const { planId } = await preview();
    const elsewhere = await world.openTicket('exact');
    const command = { target: { tabId: elsewhere.tabId }, planId: planId ?? '', fields: ALL };
    await expect(world.send('createCounterpart', command)).rejects.toMatchObject({ code: 'subject_changed' });
    await expect(create('another')).rejects.toMatchObject({ code: 'plan_expired' });
    await expect(create(planId, ['email', 'mobile'])).rejects.toMatchObject({ code: 'invalid_input' });
    await expect(create(planId, ['firstName'])).rejects.toMatchObject({ code: 'invalid_input' });
    await world.send('setMapping', {
      rows: [{ field: 'jobTitle', enabled: false, direction: 'both', empty: 'skip' }],
    });
    await expect(create(planId)).rejects.toMatchObject({ code: 'plan_expired' });
    expect(posts(world)).toEqual([]);
  });

  it.each([
    ['the connection broke', { kind: 'cut', when: 'after' }],
    ['the answer could not be read', { kind: 'malformed' }],
    ['GHL answered in other types', { kind: 'wrongTypes' }],
  ] as const)('finds its own result when it was stored and %s', async (_case, fault) => {
    const { world, preview, create } = await stranger();
    const { planId } = await preview();
    const met = world.faults.add(post, fault);
    expect(await create(planId)).toMatchObject({ state: 'created', error: null });
    expect(made(world)).toHaveLength(1);
    expect(met.count()).toBe(1);
  });

  it.each([
    ['the connection broke', { kind: 'cut', when: 'before' }, 'network'],
    ['GHL answered 502', { kind: 'status', status: 502 }, 'vendor_unavailable'],
  ] as const)('is unknown and never sent again when %s before it was stored', async (_case, fault, code) => {
    const { world, preview, create } = await stranger();
    const [first, second] = [await preview(), await preview()];
    const met = world.faults.add(post, fault);
    expect(await create(first.planId)).toMatchObject({ state: 'unknown', people: [], error: { code } });
    expect(await create(first.planId)).toMatchObject({ state: 'unknown' });
    expect(await create(second.planId)).toMatchObject({ state: 'unknown', id: first.planId });
    const later = await preview();
    expect(later).toMatchObject({ planId: null, earlier: { state: 'unknown' } });
    expect(met.count()).toBe(1);
    // Long after, and still not there: whoever wants to may create again.
    met.remove();
    world.clock.advance(700_000);
    const fresh = await preview();
    expect(fresh.earlier).toBeNull();
    expect((await create(fresh.planId)).state).toBe('created');
    expect(made(world)).toHaveLength(1);
  });

  it('takes nobody for its result when two could be', async () => {
    const { world, preview, create } = await stranger();
    const { planId } = await preview();
    world.sandbox.state.ghl.location.settings.allowDuplicateContact = true;
    world.sandbox.state.ghl.searchLagMs = 0;
    world.faults.add(post, { kind: 'cut', when: 'after' });
    // Somebody else creates the same person between our request and our look.
    world.setGate(async () => {
      const [own, rival] = made(world);
      if (own && !rival)
        world.sandbox.state.ghl.contacts.push({ ...structuredClone(own), id: 'rivalRivalRivalRiv01' });
    });
    const result = await create(planId);
    expect(result).toMatchObject({ state: 'unknown', created: null });
    expect(result.people).toHaveLength(2);
    expect(await preview()).toMatchObject({ planId: null, earlier: { state: 'unknown' } });
  });

  it.each([
    [403, {}, 'forbidden'],
    [401, { message: 'The token is not authorized for this scope.' }, 'forbidden'],
    [422, { message: ['property x should not exist'] }, 'rejected'],
  ])('writes nothing when GHL answers %i', async (status, body, code) => {
    const { world, preview, create } = await stranger();
    const { planId } = await preview();
    world.faults.add(post, { kind: 'status', status, body: JSON.stringify(body) });
    expect(await create(planId)).toMatchObject({ state: 'failed', error: { code, scope: 'contacts.write' } });
    expect(made(world)).toEqual([]);
  });

  it('waits, with nothing written, when it cannot be searched for', async () => {
    const { world, preview, create } = await stranger();
    const { planId } = await preview();
    world.faults.add({ vendor: 'ghl', path: '/search' }, { kind: 'status', status: 502 });
    expect(await create(planId)).toMatchObject({ state: 'queued', error: { code: 'vendor_unavailable' } });
    expect(posts(world)).toEqual([]);
  });

  it('is linked once it can be read back, and not before', async () => {
    const { world, tabId, preview, create } = await stranger();
    const { planId } = await preview();
    const met = world.faults.add(
      { vendor: 'ghl', method: 'GET', path: /^\/contacts\/[^/]+$/u },
      { kind: 'status', status: 502 },
    );
    expect(await create(planId)).toMatchObject({
      state: 'unknown',
      created: null,
      error: { code: 'vendor_unavailable' },
    });
    expect(await world.storedRows('links')).toBe(0);
    expect(await preview()).toMatchObject({ planId: null, earlier: { state: 'unknown' } });
    met.remove();
    expect(await create(planId)).toMatchObject({ state: 'created', created: { name: 'Hank Dufour' } });
    await world.shown(tabId, ({ match }) => match.status === 'linked');
    expect(posts(world)).toHaveLength(1);
  });
});

describe('a background that is stopped while it creates', () => {
  it.each(['before', 'after'] as const)('creates once when it was stopped %s GHL stored it', async (when) => {
    const { world, tabId, preview, create } = await stranger({ timeoutMs: 4000 });
    const { planId } = await preview();
    const hold = world.faults.add(post, { kind: 'hold', when });
    void create(planId);
    await hold.arrived;
    world.restart();
    hold.release();
    if (when === 'before') await expect.poll(() => made(world).length).toBe(1);
    await world.send('getPanelState', { tabId });
    const result = await create(planId);
    expect(result).toMatchObject({ state: 'created' });
    expect(made(world)).toHaveLength(1);
    expect(world.bugs).toEqual([]);
  });

  it('settles by itself at the next start, without another press', async () => {
    const { world, tabId, preview, create } = await stranger({ timeoutMs: 4000 });
    const { planId } = await preview();
    const hold = world.faults.add(post, { kind: 'hold', when: 'after' });
    void create(planId);
    await hold.arrived;
    hold.release();
    world.restart();
    await expect
      .poll(async () => {
        await world.send('refreshView', { tabId }).catch(() => undefined);
        return (await world.shown(tabId, world.settled)).match.status;
      })
      .toBe('linked');
    expect(posts(world)).toHaveLength(1);
  });
});
