import { describe, expect, it, vi } from 'vitest';
import type { Addition } from '../../lib/panel-state.ts';
import { SCENES } from '../../lib/sandbox/index.ts';
import { pressFor } from '../support/press.ts';
import { createWorld, type World } from '../support/world.ts';

const FIELD = 'GHL tags';
const scene = SCENES.served.main;

function technician(world: World, index = 0) {
  const found = world.sandbox.state.atera.technicians[index];
  if (!found) throw new Error('No such technician');
  return found;
}
const ticketOf = (world: World, id = scene.ticketId) => {
  const found = world.sandbox.state.atera.tickets.find(({ TicketID }) => TicketID === id);
  if (!found) throw new Error('No such ticket');
  return found;
};
const ticketsOf = (world: World) =>
  world.sandbox.state.atera.tickets.filter(({ EndUserID }) => EndUserID === scene.ateraContactId);
const textOf = (world: World): string | undefined => valueOfTags(world)?.value;
const valueOfTags = (world: World) =>
  world.sandbox.state.atera.customValues.find(
    ({ name, itemId }) => name === FIELD && itemId === scene.ateraContactId,
  );

interface Setup {
  identity?: boolean;
  field?: boolean;
  timeoutMs?: number;
}

async function shownPerson({ identity = true, field = true, ...options }: Setup = {}) {
  const world = await createWorld(options);
  await world.connect();
  if (identity) await world.send('setIdentity', { id: technician(world).id });
  if (field) await world.send('setTagField', { name: FIELD });
  const { tabId, view } = await world.openTicket('main');
  world.sandbox.log.length = 0;
  const add = (addition: Addition, id = 'press-1') =>
    world.send('addToContact', pressFor(tabId, view, addition, id));
  const comment: Addition = {
    kind: 'comment',
    ticketId: String(scene.ticketId),
    body: 'Called back.\nPrinter is <b>fine</b> & online.',
    authorId: technician(world).id,
  };
  return { world, tabId, view, add, comment };
}

const TICKET: Addition = { kind: 'ticket', title: 'Order toner', body: 'Black, two of them.' };
const TAG: Addition = { kind: 'add-atera-tag', tag: 'Renewal 2028' };
/** The machine may be busy with other things. */
const PATIENT = { timeout: 4000, interval: 5 };
const post = { vendor: 'atera', method: 'POST' } as const;
const put = { vendor: 'atera', method: 'PUT' } as const;

describe('a comment', () => {
  it('is internal, in the name of who the agent is, and shown as it was read back', async () => {
    const { world, tabId, add, comment } = await shownPerson();
    expect(await add(comment)).toEqual({ id: 'press-1', state: 'done', error: null });
    expect(ticketOf(world).comments.at(-1)).toMatchObject({
      Comment: 'Called back.\nPrinter is <b>fine</b> & online.',
      TechnicianContactID: technician(world).id,
      IsInternal: true,
    });
    expect(world.writes()).toHaveLength(1);
    await world.shown(
      tabId,
      ({ sections: { comments } }) =>
        comments.status === 'ready' && comments.items.some(({ body }) => body.startsWith('Called back.')),
    );
    expect(world.bugs).toEqual([]);
  });

  it('can be for another ticket of the same person, and for nobody else’s', async () => {
    const { world, add, comment } = await shownPerson();
    const other = ticketsOf(world).find(({ TicketID }) => TicketID !== scene.ticketId);
    if (!other || comment.kind !== 'comment') throw new Error('No other ticket');
    expect((await add({ ...comment, ticketId: String(other.TicketID) })).state).toBe('done');
    expect(other.comments.at(-1)?.IsInternal).toBe(true);
    const foreign = { ...comment, ticketId: String(SCENES.served.exact.ticketId) };
    expect(await add(foreign, 'press-2')).toMatchObject({
      state: 'failed',
      error: { code: 'subject_changed' },
    });
    expect(world.writes()).toHaveLength(1);
  });

  it('is refused without an identity, and under another one than the preview named', async () => {
    const { world, add, comment } = await shownPerson({ identity: false });
    expect(await add(comment)).toMatchObject({ state: 'failed', error: { code: 'no_identity' } });
    await world.send('setIdentity', { id: technician(world, 1).id });
    expect(await add(comment, 'press-2')).toMatchObject({ state: 'failed', error: { code: 'plan_expired' } });
    expect(world.writes()).toEqual([]);
  });

  it('counts as ours only when it is one more than before', async () => {
    const { world, add, comment } = await shownPerson();
    await add(comment);
    // The same words again, by the same technician in the same second, and the answer is lost before it was stored.
    world.faults.add(post, { kind: 'cut', when: 'before' });
    expect(await add(comment, 'press-2')).toMatchObject({ state: 'not-stored', error: { code: 'network' } });
  });

  it('is found however long the conversation is', async () => {
    const { world, add, comment } = await shownPerson();
    const [first] = ticketOf(world).comments;
    if (!first) throw new Error('No comment');
    for (let index = 0; index < 120; index += 1)
      ticketOf(world).comments.push({ ...first, Comment: `No. ${index}` });
    expect((await add(comment)).state).toBe('done');
  });
});

describe('a ticket', () => {
  it('is opened for this person, and is in the list', async () => {
    const { world, tabId, add } = await shownPerson();
    const before = ticketsOf(world).length;
    expect(await add(TICKET)).toEqual({ id: 'press-1', state: 'done', error: null });
    expect(ticketsOf(world)).toHaveLength(before + 1);
    expect(world.writes().map(({ body }) => body)).toEqual([
      { TicketTitle: 'Order toner', Description: 'Black, two of them.', EndUserID: scene.ateraContactId },
    ]);
    await world.shown(
      tabId,
      ({ sections: { tickets } }) =>
        tickets.status === 'ready' && tickets.items.some(({ title }) => title === 'Order toner'),
    );
  });

  it('needs nobody’s identity, and no counterpart', async () => {
    const world = await createWorld();
    await world.connect();
    const { tabId, view } = await world.openTicket('none');
    const result = await world.send('addToContact', pressFor(tabId, view, TICKET, 'press-1'));
    expect(result.state).toBe('done');
  });

  it('is found by its id when the list of the company does not hold it', async () => {
    const { world, add } = await shownPerson();
    world.faults.add(
      { vendor: 'atera', method: 'GET', path: /\/tickets(\?|$)/u },
      {
        kind: 'status',
        status: 200,
        body: JSON.stringify({ items: [], totalItemCount: 0, totalPages: 1 }),
      },
    );
    expect(await add(TICKET)).toMatchObject({ state: 'done' });
  });

  it('is unknown, not missing, when only a part of the tickets could be read', async () => {
    const { world, add } = await shownPerson();
    const { tickets } = world.sandbox.state.atera;
    for (let index = 0; index < 60; index += 1)
      tickets.unshift({
        ...structuredClone(ticketOf(world)),
        TicketID: 900_000 + index,
        TicketTitle: `No. ${index}`,
      });
    world.faults.add(post, { kind: 'cut', when: 'after' });
    expect(await add(TICKET)).toMatchObject({ state: 'unknown', isPartly: true, error: { code: 'network' } });
    expect(tickets.filter(({ TicketTitle }) => TicketTitle === 'Order toner')).toHaveLength(1);
  });

  it('with the title of an older one is not taken for it', async () => {
    const { world, add } = await shownPerson();
    ticketOf(world).TicketTitle = 'Order toner';
    world.faults.add(post, { kind: 'cut', when: 'before' });
    expect(await add(TICKET)).toMatchObject({ state: 'not-stored' });
  });

  it('is not known to be ours when two like it turn up after a lost answer', async () => {
    const { world, add } = await shownPerson({ timeoutMs: 1000 });
    const hold = world.faults.add(post, { kind: 'hold', when: 'after' });
    const adding = add(TICKET);
    await hold.arrived;
    const ours = ticketsOf(world).find(({ TicketTitle }) => TicketTitle === 'Order toner');
    if (!ours) throw new Error('Not stored');
    world.sandbox.state.atera.tickets.push({ ...structuredClone(ours), TicketID: ours.TicketID + 1 });
    // No answer comes: the vendor's time is up.
    expect(await adding).toMatchObject({ state: 'unknown', error: { code: 'timeout' } });
  });
});

describe('a tag in the custom field', () => {
  it('is added and taken off; foreign tags stay, however they are written', async () => {
    const { world, tabId, add } = await shownPerson();
    const value = valueOfTags(world);
    if (!value) throw new Error('No value');
    value.value = 'client,dental ,  VIP';
    expect((await add(TAG)).state).toBe('done');
    expect(textOf(world)).toBe('client,dental ,  VIP, Renewal 2028');
    await world.shown(
      tabId,
      ({ ateraTags }) => ateraTags.status === 'ready' && ateraTags.tags.includes('Renewal 2028'),
    );
    expect((await add({ kind: 'remove-atera-tag', tag: 'vip' }, 'press-2')).state).toBe('done');
    expect(textOf(world)).toBe('client,dental , Renewal 2028');
    expect(world.writes()).toHaveLength(2);
  });

  it('keeps what somebody else adds while ours is on its way', async () => {
    const { world, add } = await shownPerson();
    // The first read of the text is over by the time the ids are proven: the change is made to what is there right before the write.
    const hold = world.faults.add(
      { vendor: 'atera', method: 'GET', path: '/customvalues/customfields' },
      { kind: 'hold', when: 'after' },
    );
    const adding = add(TAG);
    await hold.arrived;
    await vi.waitFor(
      () => expect(world.sandbox.log.some(({ path }) => path.includes('/contactfields/'))).toBe(true),
      PATIENT,
    );
    const value = valueOfTags(world);
    if (value) value.value += ', foreign';
    hold.release();
    expect((await adding).state).toBe('done');
    expect(textOf(world)).toBe('client, dental, vip, foreign, Renewal 2028');
  });

  it('is not sent, and not ours to take back, when somebody else has put it there meanwhile', async () => {
    const { world, add } = await shownPerson();
    const hold = world.faults.add(
      { vendor: 'atera', method: 'GET', path: '/customvalues/customfields' },
      { kind: 'hold', when: 'after' },
    );
    const adding = add(TAG);
    await hold.arrived;
    await vi.waitFor(
      () => expect(world.sandbox.log.some(({ path }) => path.includes('/contactfields/'))).toBe(true),
      PATIENT,
    );
    const value = valueOfTags(world);
    if (value) value.value += ', Renewal 2028';
    hold.release();
    expect((await adding).state).toBe('done');
    expect(world.writes()).toEqual([]);
    const page = await world.send('getActivity', { people: null, limit: null });
    expect(page?.entries).toMatchObject([{ state: 'done', undo: { can: false, reason: 'as-before' } }]);
  });

  const fieldsOf = { vendor: 'atera', method: 'GET', path: '/contactfields/' } as const;
  const answering = (body: object[]) =>
    ({ kind: 'status', status: 200, body: JSON.stringify(body) }) as const;

  it.each([[999], ['999']])('is not made from the text of somebody else (%j)', async (ItemId) => {
    const { world, add } = await shownPerson();
    world.faults.add(fieldsOf, answering([{ ItemId, FieldName: FIELD, ValueAsString: 'secret of another' }]));
    expect(await add(TAG)).toMatchObject({ state: 'failed', error: { code: 'invalid_response' } });
    expect(world.writes()).toEqual([]);
  });

  it.each([
    ['empty', [], 'conflict'],
    ['of somebody else', [{ ItemId: 999, FieldName: FIELD, ValueAsString: 'secret' }], 'invalid_response'],
  ])('is not sent when the last answer before it is %s', async (_case, body, code) => {
    const { world, add } = await shownPerson();
    const hold = world.faults.add(
      { vendor: 'atera', method: 'GET', path: '/customvalues/customfields' },
      { kind: 'hold', when: 'after' },
    );
    const adding = add(TAG);
    await hold.arrived;
    await vi.waitFor(
      () => expect(world.sandbox.log.some(({ path }) => path.includes('/contactfields/'))).toBe(true),
      PATIENT,
    );
    world.faults.add(fieldsOf, answering(body), 1);
    hold.release();
    expect(await adding).toMatchObject({ state: 'failed', error: { code } });
    expect(world.writes()).toEqual([]);
    expect(textOf(world)).toBe('client, dental, vip');
  });

  it('is not written under the new name of a field that was renamed since it was shown', async () => {
    const { world, add } = await shownPerson();
    const { customFields, customValues } = world.sandbox.state.atera;
    for (const field of customFields) if (field.Name === FIELD) field.Name = 'GHL Tags';
    for (const value of customValues) if (value.name === FIELD) value.name = 'GHL Tags';
    expect(await add(TAG)).toMatchObject({ state: 'failed', error: { code: 'plan_expired' } });
    expect(world.writes()).toEqual([]);
  });

  it('is not written into a field that holds no text any more, or that cannot be checked', async () => {
    const { world, add } = await shownPerson();
    for (const field of world.sandbox.state.atera.customFields)
      if (field.Name === FIELD) field.DataType = 'Date';
    expect(await add(TAG)).toMatchObject({ state: 'failed', error: { code: 'tag_field' } });
    world.faults.add(
      { vendor: 'atera', path: '/customvalues/customfields' },
      { kind: 'status', status: 403 },
    );
    expect(await add(TAG, 'press-2')).toMatchObject({ state: 'failed', error: { code: 'tag_field' } });
    expect(world.writes()).toEqual([]);
  });

  it('says which tags of others are gone when it is read back', async () => {
    const { world, add } = await shownPerson();
    const hold = world.faults.add(put, { kind: 'hold', when: 'after' });
    const adding = add(TAG);
    await hold.arrived;
    const value = valueOfTags(world);
    if (value) value.value = 'client, Renewal 2028';
    hold.release();
    expect(await adding).toMatchObject({ state: 'done', gone: ['dental', 'vip'] });
  });

  it('that is as wanted already is not sent', async () => {
    const { world, add } = await shownPerson();
    expect((await add({ kind: 'add-atera-tag', tag: 'VIP' })).state).toBe('done');
    expect((await add({ kind: 'remove-atera-tag', tag: 'gone' }, 'press-2')).state).toBe('done');
    expect(world.writes()).toEqual([]);
  });

  it('waits where the field could not be looked at for want of a network, and is sent once', async () => {
    const { world, add } = await shownPerson();
    // The text is read, the field is not.
    const fields = { vendor: 'atera', method: 'GET', path: '/customvalues/', skip: 1 } as const;
    const cut = world.faults.add(fields, { kind: 'cut', when: 'before' });
    expect(await add(TAG)).toMatchObject({ state: 'queued' });
    expect(world.writes()).toEqual([]);
    cut.remove();
    await world.send('retryJob', { id: 'press-1' });
    expect(await add(TAG)).toMatchObject({ state: 'done' });
    expect(world.writes()).toHaveLength(1);
  });

  it('is refused when no field is chosen, when Atera lost it, and when it would be two', async () => {
    const { world, add } = await shownPerson({ field: false });
    expect(await add(TAG)).toMatchObject({ state: 'failed', error: { code: 'tag_field' } });
    await world.send('setTagField', { name: FIELD });
    const { atera } = world.sandbox.state;
    atera.customFields = atera.customFields.filter(({ Name }) => Name !== FIELD);
    const { tabId, view } = await world.openTicket('main');
    const send = (addition: Addition, id: string) =>
      world.send('addToContact', pressFor(tabId, view, addition, id));
    expect(await send(TAG, 'press-2')).toMatchObject({ state: 'failed', error: { code: 'tag_field' } });
    expect((await world.send('getTagField', {}))?.state).toBe('missing');
    expect(await send({ kind: 'add-atera-tag', tag: 'a, b' }, 'press-3')).toMatchObject({
      state: 'failed',
      error: { code: 'invalid_input' },
    });
    expect(world.writes()).toEqual([]);
  });
});

describe('everything added to Atera', () => {
  const kinds = ['comment', 'ticket', 'tag'] as const;
  const pick = (name: (typeof kinds)[number], comment: Addition): Addition =>
    name === 'comment' ? comment : name === 'ticket' ? TICKET : TAG;
  const writeOf = (name: (typeof kinds)[number]) => (name === 'tag' ? put : post);

  it.each(kinds)('%s is written once when the same command comes twice', async (name) => {
    const { world, add, comment } = await shownPerson();
    const addition = pick(name, comment);
    const [first, second] = await Promise.all([add(addition), add(addition)]);
    expect(first.state).toBe('done');
    expect(second).toEqual(first);
    expect(await add(addition)).toEqual(first);
    expect(world.writes()).toHaveLength(1);
  });

  it.each(kinds)('%s is done when the answer is lost after it was stored', async (name) => {
    const { world, add, comment } = await shownPerson();
    const met = world.faults.add(writeOf(name), { kind: 'cut', when: 'after' });
    expect(await add(pick(name, comment))).toMatchObject({ state: 'done', error: null });
    expect(met.count()).toBe(1);
  });

  it.each(kinds)('%s is not stored, and not sent again, after a 502', async (name) => {
    const { world, add, comment } = await shownPerson();
    const met = world.faults.add(writeOf(name), { kind: 'status', status: 502 });
    const addition = pick(name, comment);
    expect(await add(addition)).toMatchObject({ state: 'not-stored', error: { code: 'vendor_unavailable' } });
    expect(await add(addition)).toMatchObject({ state: 'not-stored' });
    expect(met.count()).toBe(1);
  });

  it.each(kinds)('%s is failed when the right is missing', async (name) => {
    const { world, add, comment } = await shownPerson();
    world.faults.add(writeOf(name), { kind: 'status', status: 403 });
    expect(await add(pick(name, comment))).toMatchObject({
      state: 'failed',
      error: { code: 'forbidden', vendor: 'atera' },
    });
  });

  it.each(kinds)('%s is refused when the page moves on while it is read', async (name) => {
    const { world, tabId, add, comment } = await shownPerson();
    const path = { comment: '/comments', ticket: '/contacts/', tag: '/contactfields/' }[name];
    const hold = world.faults.add({ vendor: 'atera', method: 'GET', path }, { kind: 'hold', when: 'before' });
    const adding = add(pick(name, comment));
    await hold.arrived;
    await world.navigate(tabId, world.ticketUrl('exact'));
    hold.release();
    expect(await adding).toMatchObject({ state: 'failed', error: { code: 'subject_changed' } });
    expect(world.writes()).toEqual([]);
  });

  it.each(
    kinds.flatMap((name) => [
      [name, 'after it was stored', 'after', 'done'] as const,
      [name, 'before it reached Atera', 'before', 'not-stored'] as const,
    ]),
  )('%s is settled by the next start when the worker ends %s', async (name, _case, when, state) => {
    const { world, tabId, add, comment } = await shownPerson();
    const hold = world.faults.add(writeOf(name), { kind: 'hold', when });
    void add(pick(name, comment));
    await hold.arrived;
    // What is held never goes on: the connection ends with the worker.
    world.restart();
    await vi.waitFor(async () => {
      const { adding } = await world.send('getPanelState', { tabId });
      expect(adding?.last).toMatchObject({ id: 'press-1', result: { state } });
    }, PATIENT);
    expect(await add(pick(name, comment))).toMatchObject({ state });
    expect(hold.count()).toBe(1);
    expect(world.bugs).toEqual([]);
  });

  it('is gone on with by the next start when the worker ends before it was sent', async () => {
    const { world, tabId, add } = await shownPerson();
    const hold = world.faults.add(
      { vendor: 'atera', method: 'GET', path: '/contacts/' },
      { kind: 'hold', when: 'before' },
    );
    void add(TICKET);
    await hold.arrived;
    expect(world.writes()).toEqual([]);
    hold.remove();
    world.restart();
    await vi.waitFor(async () => {
      const { adding } = await world.send('getPanelState', { tabId });
      expect(adding?.last).toMatchObject({ addition: TICKET, result: { state: 'done' } });
    }, PATIENT);
    hold.release();
    expect(world.writes()).toHaveLength(1);
  });

  it('is told until a panel has shown the outcome, and only where it was pressed', async () => {
    const { world, tabId, add } = await shownPerson();
    await add(TICKET);
    const lastOf = async (tab: number) => (await world.send('getPanelState', { tabId: tab })).adding?.last;
    expect(await lastOf(tabId)).toMatchObject({ addition: TICKET, result: { state: 'done' } });
    const other = await world.openTicket('exact');
    expect(await lastOf(other.tabId)).toBeNull();
    await world.send('acknowledgeAddition', { id: 'press-1' });
    expect(await lastOf(tabId)).toBeNull();
  });
});

describe('from a GHL page', () => {
  const contactUrl = (world: World): string =>
    `https://app.gohighlevel.com/v2/location/${world.sandbox.ghl.locationId}/contacts/detail/${world.ghlContact('main').id}`;

  async function shownContact() {
    const world = await createWorld();
    await world.connect();
    await world.send('setIdentity', { id: technician(world).id });
    await world.send('setTagField', { name: FIELD });
    const tabId = await world.openTab(contactUrl(world));
    const view = await world.shown(tabId, world.settled);
    const add = (addition: Addition) =>
      world.send('addToContact', pressFor(tabId, view, addition, 'press-1'));
    world.sandbox.log.length = 0;
    return { world, tabId, view, add };
  }

  it('a tag goes to the counterpart, once the two have proven to be one person', async () => {
    const { world, view, add } = await shownContact();
    expect(view.ateraTags).toEqual({ status: 'ready', tags: ['client', 'dental', 'vip'] });
    expect((await add(TAG)).state).toBe('done');
    expect(textOf(world)).toContain('Renewal 2028');
  });

  it('nothing is written when the address has come to name somebody else too', async () => {
    const { world, add } = await shownContact();
    const contact = world.ghlContact('main');
    world.sandbox.state.ghl.contacts.push({ ...structuredClone(contact), id: 'rivalRivalRivalRiv01' });
    expect(await add(TICKET)).toMatchObject({ state: 'failed', error: { code: 'uncertain' } });
    expect(world.writes()).toEqual([]);
  });

  it('a conversation that nobody confirmed is refused', async () => {
    const world = await createWorld();
    await world.connect();
    const conversation = world.sandbox.state.ghl.conversations.find(
      ({ contactId }) => contactId === world.ghlContact('main').id,
    );
    const tabId = await world.openTab(
      `https://app.gohighlevel.com/v2/location/${world.sandbox.ghl.locationId}/conversations/conversations/${conversation?.id}`,
    );
    const view = await world.shown(tabId, world.settled);
    for (const addition of [TICKET, { kind: 'note', body: 'x' } as const])
      await expect(
        world.send('addToContact', pressFor(tabId, view, addition, 'press-1')),
      ).rejects.toMatchObject({ code: 'unconfirmed' });
    expect(world.writes()).toEqual([]);
  });
});
