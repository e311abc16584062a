import { describe, expect, it } from 'vitest';
import type { FieldName } from '../../lib/core/contact.ts';
import type { Decisions } from '../../lib/core/rows.ts';
import type { SubjectView } from '../../lib/panel-state.ts';
import { createWorld, type World } from '../support/world.ts';

/** Both records of one person, settled in one pass: who changed what since they last agreed is known from the base. */

const PUT = { method: 'PUT' } as const;

const ateraOf = (world: World) => {
  const { email } = world.ghlContact('main');
  const found = world.sandbox.state.atera.contacts.find(
    (contact) => contact.Email.toLowerCase() === email?.toLowerCase(),
  );
  if (!found) throw new Error('No such contact');
  return found;
};
const rowOf = ({ rows }: SubjectView, name: FieldName) => rows.find(({ field }) => field === name);
const refresh = async (world: World, tabId: number): Promise<SubjectView> => {
  await world.send('refreshView', { tabId });
  return world.shown(tabId, world.settled);
};

/** A linked pair that agreed in everything but what cannot be written. */
async function agreed(options?: { timeoutMs: number }) {
  const world = await createWorld(options);
  await world.connect();
  const { tabId, view } = await world.openTicket('main');
  await world.push(view.plans.push, ['lastName', 'phone', 'mobile']);
  const linked = await world.shown(
    tabId,
    ({ match, receipt }) => match.status === 'linked' && receipt?.state === 'done',
  );
  world.sandbox.log.length = 0;
  return { world, tabId, view: linked };
}

/** The phone was changed in Atera, the last name in GHL. */
async function changedBothWays(options?: { timeoutMs: number }) {
  const { world, tabId } = await agreed(options);
  ateraOf(world).Phone = '+1 415 555 0111';
  world.ghlContact('main').lastName = 'Whitfield-Ortega';
  const view = await refresh(world, tabId);
  world.sandbox.log.length = 0;
  return { world, tabId, view };
}

/** The last name was changed in both. */
async function conflicting() {
  const { world, tabId } = await agreed();
  ateraOf(world).Lastname = 'Stone';
  world.ghlContact('main').lastName = 'Ortega';
  const view = await refresh(world, tabId);
  world.sandbox.log.length = 0;
  return { world, tabId, view };
}

const sync = (world: World, { plans }: SubjectView, fields: FieldName[], choices?: Decisions) =>
  world.push(plans.sync, fields, undefined, choices);

describe('what is known of a difference', () => {
  it('is nothing before the two agreed: no sync is offered', async () => {
    const world = await createWorld();
    await world.connect();
    const { view } = await world.openTicket('main');
    expect(rowOf(view, 'lastName')).toMatchObject({ status: 'differs' });
    expect(view.rows.every(({ base }) => base === undefined)).toBe(true);
    expect(view.plans.sync).toBeNull();
    expect(await world.storedRows('bases')).toBe(0);
  });

  it('is nothing for fields that never agreed, also when the two are linked', async () => {
    const world = await createWorld();
    await world.connect();
    const { tabId, view } = await world.openTicket('main');
    await world.push(view.plans.push, ['lastName']);
    await world.shown(tabId, ({ match }) => match.status === 'linked');
    const after = await refresh(world, tabId);
    expect(rowOf(after, 'phone')).toMatchObject({ status: 'differs' });
    expect(rowOf(after, 'phone')?.base).toBeUndefined();
    expect(after.plans.sync).toBeNull();
  });

  it('is who changed it, and what was there before', async () => {
    const { view } = await changedBothWays();
    expect(rowOf(view, 'phone')).toMatchObject({ status: 'changed-left', left: '+1 415 555 0111' });
    expect(rowOf(view, 'lastName')).toMatchObject({
      status: 'changed-right',
      right: 'Whitfield-Ortega',
      base: { left: 'Whitfield', right: 'Whitfield' },
    });
    expect(view.plans.sync).not.toBeNull();
  });

  it('is learned by looking at a linked pair, and outlives the worker', async () => {
    const { world, tabId } = await agreed();
    ateraOf(world).JobTitle = 'Lead';
    const changed = await refresh(world, tabId);
    expect(rowOf(changed, 'jobTitle')?.status).toBe('changed-left');
    // Somebody writes the same in GHL: both agree again, which is seen and nothing else.
    ateraOf(world).Firstname = 'Daria';
    world.ghlContact('main').firstName = 'Daria';
    await refresh(world, tabId);
    world.restart();
    world.ghlContact('main').firstName = 'Dora';
    expect(rowOf(await refresh(world, tabId), 'firstName')).toMatchObject({
      status: 'changed-right',
      base: { left: 'Daria', right: 'Daria' },
    });
  });

  it('goes with the link: unlinked and linked again, nothing is guessed', async () => {
    const { world, tabId, view } = await changedBothWays();
    if (view.person.status !== 'ready' || view.match.status !== 'linked') throw new Error('not linked');
    const counterpart = view.match.counterpart.ref;
    const person = view.person.value.ref;
    await world.send('unlink', { target: { tabId }, version: view.version, person, counterpart });
    expect(await world.storedRows('bases')).toBe(0);
    await world.shown(tabId, (shown) => world.settled(shown) && shown.match.status !== 'linked');
    expect(await world.storedRows('bases')).toBe(0);
    await world.send('linkCounterpart', { target: { tabId }, version: view.version, person, counterpart });
    const again = await world.shown(
      tabId,
      (shown) => world.settled(shown) && shown.match.status === 'linked',
    );
    expect(rowOf(again, 'phone')).toMatchObject({ status: 'differs' });
    expect(again.plans.sync).toBeNull();
  });

  it('goes with the rejection', async () => {
    const { world, tabId, view } = await agreed();
    if (view.person.status !== 'ready' || view.match.status !== 'linked') throw new Error('not linked');
    expect(await world.storedRows('bases')).toBe(1);
    await world.send('rejectMatch', {
      target: { tabId },
      version: view.version,
      person: view.person.value.ref,
      counterpart: view.match.counterpart.ref,
    });
    expect(await world.storedRows('bases')).toBe(0);
  });

  it('goes with the account', async () => {
    const { world } = await agreed();
    expect(await world.storedRows('bases')).toBe(1);
    await world.send('disconnect', { accountId: world.sandbox.ghl.locationId });
    expect(await world.storedRows('bases')).toBe(0);
  });
});

describe('a sync', () => {
  it('settles the edits of both sides in one press: one write each, read back, and both agree', async () => {
    const { world, tabId, view } = await changedBothWays();
    const receipt = await sync(world, view, ['lastName', 'phone']);
    expect(receipt).toMatchObject({ id: view.plans.sync, state: 'done', isSync: true, error: null });
    expect(receipt.fields).toEqual([
      {
        field: 'lastName',
        vendor: 'atera',
        before: 'Whitfield',
        sent: 'Whitfield-Ortega',
        found: 'Whitfield-Ortega',
        outcome: 'verified',
      },
      expect.objectContaining({ field: 'phone', vendor: 'ghl', sent: '+14155550111', outcome: 'verified' }),
    ]);
    expect(
      world
        .writes()
        .map(({ vendor, body }) => ({ vendor, body }))
        .sort((a, b) => (a.vendor < b.vendor ? -1 : 1)),
    ).toEqual([
      { vendor: 'atera', body: { Lastname: 'Whitfield-Ortega' } },
      { vendor: 'ghl', body: { phone: '+14155550111' } },
    ]);
    const after = await world.shown(
      tabId,
      ({ receipt: last }) => last?.state === 'done' && last.isSync === true,
    );
    expect([rowOf(after, 'lastName')?.status, rowOf(after, 'phone')?.status]).toEqual(['same', 'same']);
    expect(after.plans.sync).toBeNull();
    expect(world.bugs).toEqual([]);

    // A second one has nothing to do, and what is changed next is known again.
    const second = await refresh(world, tabId);
    expect(second.plans.sync).toBeNull();
    world.ghlContact('main').lastName = 'Later';
    expect(rowOf(await refresh(world, tabId), 'lastName')).toMatchObject({
      status: 'changed-right',
      base: { left: 'Whitfield-Ortega', right: 'Whitfield-Ortega' },
    });
    expect(world.writes()).toHaveLength(2);
  });

  it('writes once when it is pressed twice, and answers nobody who wants something else', async () => {
    const { world, view } = await changedBothWays();
    const [first, second] = await Promise.all([
      sync(world, view, ['lastName', 'phone']),
      sync(world, view, ['lastName', 'phone']),
    ]);
    expect(second).toEqual(first);
    expect(world.writes()).toHaveLength(2);
    const value = { lastName: { value: 'Other' } };
    await expect(sync(world, view, ['lastName', 'phone'], value)).rejects.toMatchObject({
      code: 'plan_expired',
    });
    expect(world.writes()).toHaveLength(2);
  });

  it('decides no conflict by itself, and takes the decision', async () => {
    const { world, view } = await conflicting();
    expect(rowOf(view, 'lastName')).toMatchObject({ status: 'conflict', base: { left: 'Whitfield' } });
    await expect(sync(world, view, ['lastName'])).rejects.toMatchObject({ code: 'invalid_input' });
    expect(world.writes()).toEqual([]);
    const receipt = await sync(world, view, ['lastName'], { lastName: { keep: 'right' } });
    expect(receipt).toMatchObject({ state: 'done', fields: [{ vendor: 'atera', sent: 'Ortega' }] });
    expect(ateraOf(world).Lastname).toBe('Ortega');
    expect(world.writes()).toHaveLength(1);
  });

  it('writes a value of the agent to both, once each, as the field stores it', async () => {
    const { world, tabId, view } = await conflicting();
    const receipt = await sync(world, view, ['lastName'], { lastName: { value: '  Stone   Ortega ' } });
    expect(receipt.fields.map(({ vendor, sent, outcome }) => [vendor, sent, outcome])).toEqual([
      ['atera', 'Stone Ortega', 'verified'],
      ['ghl', 'Stone Ortega', 'verified'],
    ]);
    expect([ateraOf(world).Lastname, world.ghlContact('main').lastName]).toEqual([
      'Stone Ortega',
      'Stone Ortega',
    ]);
    expect(world.writes()).toHaveLength(2);
    const after = await refresh(world, tabId);
    expect(rowOf(after, 'lastName')).toMatchObject({ status: 'same' });
  });

  it.each<[string, FieldName[], unknown]>([
    ['a value that is too long', ['lastName'], { lastName: { value: 'x'.repeat(1_001) } }],
    ['an empty value', ['lastName'], { lastName: { value: '  ' } }],
    ['a value that the field cannot hold', ['lastName', 'phone'], { phone: { value: 'none' } }],
    ['a decision for another field', ['lastName'], { lastName: { keep: 'left' }, phone: { keep: 'left' } }],
    ['an unknown side', ['lastName'], { lastName: { keep: 'both' } }],
    ['a field that nobody knows', ['lastName'], { owner: { keep: 'left' } }],
  ])('refuses %s, and writes nothing', async (_case, fields, choices) => {
    const { world, view } = await conflicting();
    await expect(sync(world, view, fields, choices as Decisions)).rejects.toMatchObject({
      code: 'invalid_input',
    });
    expect(world.writes()).toEqual([]);
  });

  it('takes no decisions for a plan that goes one way', async () => {
    const { world, view } = await conflicting();
    const choices = { lastName: { value: 'Other' } };
    await expect(world.push(view.plans.push, ['lastName'], undefined, choices)).rejects.toMatchObject({
      code: 'invalid_input',
    });
    expect(world.writes()).toEqual([]);
  });

  it.each(['atera', 'ghl'] as const)(
    'writes on neither side when somebody edits in %s between look and press',
    async (vendor) => {
      const { world, tabId, view } = await changedBothWays();
      if (vendor === 'atera') ateraOf(world).Lastname = 'Meanwhile';
      else world.ghlContact('main').lastName = 'Meanwhile';
      const receipt = await sync(world, view, ['lastName', 'phone']);
      expect(receipt.state).toBe('conflict');
      expect(receipt.fields.map(({ field, outcome }) => [field, outcome])).toEqual([
        ['lastName', 'changed-meanwhile'],
        ['phone', 'not-written'],
      ]);
      expect(world.writes()).toEqual([]);
      const after = await world.shown(tabId, ({ receipt: last }) => last?.state === 'conflict');
      expect(after.plans.sync).not.toBe(view.plans.sync);
    },
  );

  it('says what was written where one vendor refused, and does not call that agreed', async () => {
    const { world, tabId, view } = await changedBothWays();
    world.faults.add({ ...PUT, vendor: 'ghl' }, { kind: 'status', status: 403, body: '{}' });
    const receipt = await sync(world, view, ['lastName', 'phone']);
    expect(receipt).toMatchObject({ state: 'done', error: { vendor: 'ghl' } });
    expect(receipt.fields.map(({ vendor, outcome }) => [vendor, outcome])).toEqual([
      ['atera', 'verified'],
      ['ghl', 'not-written'],
    ]);
    world.faults.clear();
    const after = await refresh(world, tabId);
    expect(rowOf(after, 'lastName')?.status).toBe('same');
    expect(rowOf(after, 'phone')?.status).toBe('changed-left');
  });

  it('says why of both where both vendors refused, in the receipt and in the journal', async () => {
    const { world, view } = await changedBothWays();
    world.faults.add({ ...PUT, vendor: 'ghl' }, { kind: 'status', status: 403, body: '{}' });
    world.faults.add({ ...PUT, vendor: 'atera' }, { kind: 'status', status: 400, body: '{}' });
    const receipt = await sync(world, view, ['lastName', 'phone']);
    expect(receipt).toMatchObject({
      state: 'failed',
      error: { code: 'rejected', vendor: 'atera' },
      otherError: { code: 'forbidden', vendor: 'ghl' },
    });
    const { entries = [] } = (await world.send('getActivity', { people: null, limit: 2 })) ?? {};
    expect(entries.map(({ vendor, error }) => [vendor, error?.code]).sort()).toEqual([
      ['atera', 'rejected'],
      ['ghl', 'forbidden'],
    ]);
  });

  it.each([
    ['before', 'unknown'],
    ['after', 'done'],
  ] as const)('whose answer of one side is lost %s it was stored is %s', async (when, state) => {
    const { world, view } = await changedBothWays();
    const lost = world.faults.add({ ...PUT, vendor: 'atera' }, { kind: 'cut', when });
    const receipt = await sync(world, view, ['lastName', 'phone']);
    expect(receipt.state).toBe(state);
    expect(receipt.fields.find(({ vendor }) => vendor === 'ghl')?.outcome).toBe('verified');
    expect(lost.count()).toBe(1);
  });

  it('goes no way that the rules close: fields and contacts', async () => {
    const { world, tabId } = await changedBothWays();
    await world.send('setMapping', { rows: [{ field: 'phone', direction: 'to-atera' }] });
    const view = await world.shown(tabId, (shown) => rowOf(shown, 'phone')?.toRight.can === false);
    await expect(sync(world, view, ['phone'])).rejects.toMatchObject({ code: 'invalid_input' });
    await world.send('setResources', {
      rows: [{ resource: 'contacts', enabled: true, direction: 'to-ghl' }],
    });
    const closed = await world.shown(tabId, (shown) => rowOf(shown, 'lastName')?.toLeft.can === false);
    expect(rowOf(closed, 'lastName')?.toLeft).toEqual({ can: false, reason: 'resource-direction' });
    for (const choices of [undefined, { lastName: { value: 'Own' } }]) {
      await expect(sync(world, closed, ['lastName'], choices)).rejects.toMatchObject({
        code: 'invalid_input',
      });
    }
    // What was shown under the rules of before is refused.
    await expect(sync(world, view, ['lastName'])).rejects.toMatchObject({ code: 'plan_expired' });
    expect(world.writes()).toEqual([]);
  });

  it('is refused once the two are not linked any more', async () => {
    const { world, tabId, view } = await changedBothWays();
    if (view.person.status !== 'ready' || view.match.status !== 'linked') throw new Error('not linked');
    await world.send('unlink', {
      target: { tabId },
      version: view.version,
      person: view.person.value.ref,
      counterpart: view.match.counterpart.ref,
    });
    expect((await sync(world, view, ['lastName'])).state).toBe('refused');
    expect(world.writes()).toEqual([]);
  });
});

describe('a background that is stopped during a sync', () => {
  const outcomes = (view: SubjectView) =>
    view.receipt?.fields.map(({ vendor, outcome }) => [vendor, outcome]) ?? [];
  const over = ({ receipt }: SubjectView): boolean =>
    receipt !== null && receipt.isSync === true && receipt.state !== 'running';
  const puts = (world: World) => world.sandbox.log.filter(({ method }) => method === 'PUT').length;

  it('before it wrote: the next start goes on with it, once', async () => {
    const { world, tabId, view } = await changedBothWays({ timeoutMs: 60_000 });
    const hold = world.faults.add({ vendor: 'ghl', method: 'GET' }, { kind: 'hold', when: 'before' });
    void sync(world, view, ['lastName', 'phone']);
    await hold.arrived;
    world.restart();
    hold.release();
    const after = await world.shown(tabId, over);
    expect(after.receipt?.state).toBe('done');
    expect(puts(world)).toBe(2);
  });

  it.each([
    // Which side's answer is held, whether it was stored, and what is found.
    ['atera', 'before', 'unknown', 'unknown'],
    ['atera', 'after', 'verified', 'done'],
    ['ghl', 'before', 'unknown', 'unknown'],
    ['ghl', 'after', 'verified', 'done'],
  ] as const)('with the write to %s under way (%s it was stored)', async (vendor, when, outcome, state) => {
    const { world, tabId, view } = await changedBothWays({ timeoutMs: 60_000 });
    const other = vendor === 'atera' ? 'ghl' : 'atera';
    const hold = world.faults.add({ ...PUT, vendor }, { kind: 'hold', when });
    void sync(world, view, ['lastName', 'phone']);
    await hold.arrived;
    await world.shown(tabId, (shown) =>
      outcomes(shown).some(([name, now]) => name === other && now === 'accepted'),
    );
    world.restart();
    const after = await world.shown(tabId, over);
    expect(after.receipt?.state).toBe(state);
    expect(new Map(outcomes(after) as [string, string][])).toEqual(
      new Map([
        [vendor, outcome],
        [other, 'verified'],
      ]),
    );
    expect(puts(world)).toBe(2);
    hold.remove();
  });

  it('after it wrote: pressing again gives the same receipt and writes nothing', async () => {
    const { world, view } = await changedBothWays();
    const receipt = await sync(world, view, ['lastName', 'phone']);
    world.restart();
    expect(await sync(world, view, ['phone', 'lastName'])).toEqual(receipt);
    expect(puts(world)).toBe(2);
  });
});
