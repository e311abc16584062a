import { describe, expect, it, vi } from 'vitest';
import type { TagOp } from '../../lib/core/tag-sync.ts';
import type { ActivityView, Addition, TagPart, TagSyncState } from '../../lib/panel-state.ts';
import { byItself, PATIENT, shownTags, tagsOf, toAtera, toGhl, valueOfTags } from '../support/tags.ts';
import type { World } from '../support/world.ts';

const post = { vendor: 'ghl', method: 'POST', path: '/tags' } as const;
const put = { vendor: 'atera', method: 'PUT' } as const;
const short = ({ rows }: TagSyncState) => rows.map(({ id, status }) => [id, status]);
const said = ({ parts }: { parts: TagPart[] }) =>
  parts.map(({ part, state, tags }) => [part, state, ...tags.map(({ tag, outcome }) => `${tag} ${outcome}`)]);
const entries = async (world: World): Promise<ActivityView[]> =>
  (await world.send('getActivity', { people: null, limit: null }))?.entries ?? [];
const shot = (world: World) =>
  world.writes().map(({ vendor, method, body }) => [vendor, method, body as unknown]);

describe('tags of both', () => {
  it('stand in one list, and nothing is said to have changed while nothing is known', async () => {
    const { world, tabId } = await shownTags({ ghl: ['client', 'vip', 'new'], atera: 'Client, VIP, Gold' });
    const state = await tagsOf(world, tabId);
    expect(short(state)).toEqual([
      ['client', 'same'],
      ['gold', 'only-atera'],
      ['new', 'only-ghl'],
      ['vip', 'same'],
    ]);
    expect(state).toMatchObject({ hasPast: false, last: null });
    expect(byItself(state)).toEqual([]);
  });

  it('are not offered without a field, without a counterpart, or where tags are switched off', async () => {
    const { world, tabId } = await shownTags();
    await tagsOf(world, tabId);
    await world.send('setResources', { rows: [{ resource: 'tags', enabled: false }] });
    expect((await world.send('getPanelState', { tabId })).tagSync).toBeNull();
    await world.send('setResources', { rows: [{ resource: 'tags', enabled: true, direction: 'to-ghl' }] });
    const { rows } = await tagsOf(world, tabId);
    expect(rows.every(({ op }) => op === null || op.vendor === 'ghl')).toBe(true);
    await world.send('setTagField', { name: null });
    expect((await world.send('getPanelState', { tabId })).tagSync).toBeNull();
    const { tabId: other } = await world.openTicket('none');
    expect((await world.send('getPanelState', { tabId: other })).tagSync).toBeNull();
  });
});

describe('a sync of tags', () => {
  it('puts each where it is missing, one request for each side, and remembers that both agree', async () => {
    const { world, tabId, press, text, inGhl } = await shownTags({
      ghl: ['client', 'dental', 'vip', 'new', 'newer'],
      atera: 'client, dental ,  VIP, Gold',
    });
    const result = await press([toAtera('new'), toAtera('newer'), toGhl('gold')]);
    expect(said(result)).toEqual([
      ['atera', 'done', 'new verified', 'newer verified'],
      ['ghl-on', 'done', 'gold verified'],
    ]);
    expect(text()).toBe('client, dental ,  VIP, Gold, new, newer');
    expect(inGhl()).toEqual(['client', 'dental', 'vip', 'new', 'newer', 'gold']);
    expect(shot(world)).toEqual(
      expect.arrayContaining([
        ['ghl', 'POST', { tags: ['gold'] }],
        ['atera', 'PUT', { Value: 'client, dental ,  VIP, Gold, new, newer' }],
      ]),
    );
    expect(world.writes()).toHaveLength(2);
    const state = await tagsOf(world, tabId, ({ hasPast }) => hasPast);
    expect(state.rows.every(({ status }) => status === 'same')).toBe(true);
    expect(world.bugs).toEqual([]);
  });

  it('carries what was added and removed since to the other side', async () => {
    const { world, press, text, inGhl, refresh } = await shownTags({ ghl: ['a', 'b', 'new'], atera: 'a, b' });
    await press([toAtera('new')]);
    valueOfTags(world).value = 'b, new, Gold';
    world.ghlContact('main').tags = ['a', 'new'];
    world.sandbox.log.length = 0;
    const state = await refresh(({ rows }) => rows.some(({ id }) => id === 'gold'));
    expect(short(state)).toEqual([
      ['a', 'removed-atera'],
      ['b', 'removed-ghl'],
      ['gold', 'added-atera'],
      ['new', 'same'],
    ]);
    const result = await press(byItself(state), 'press-2');
    expect(said(result)).toEqual([
      ['atera', 'done', 'b verified'],
      ['ghl-on', 'done', 'gold verified'],
      ['ghl-off', 'done', 'a verified'],
    ]);
    expect(text()).toBe('new, Gold');
    expect(inGhl()).toEqual(['new', 'gold']);
    expect(world.writes()).toHaveLength(3);
    // A second sync has nothing to write.
    expect(byItself(await refresh())).toEqual([]);
  });

  it('pressed twice writes once, and under the same id nothing else is written', async () => {
    const { world, press } = await shownTags({ ghl: ['client', 'new'], atera: 'client' });
    const [one, two] = await Promise.all([press([toAtera('new')]), press([toAtera('new')])]);
    expect(one).toEqual(two);
    expect(await press([toAtera('new')])).toEqual(one);
    await expect(press([toAtera('client', false)])).rejects.toMatchObject({ code: 'invalid_input' });
    expect(world.writes()).toHaveLength(1);
  });

  it('keeps foreign tags that come between preview and write, on both sides', async () => {
    const { world, press, text, inGhl, refresh } = await shownTags({ ghl: ['new'], atera: 'Gold' });
    valueOfTags(world).value = 'Gold, by a rule';
    world.ghlContact('main').tags.push('by-a-workflow');
    const result = await press([toAtera('new'), toGhl('gold')]);
    expect(result.parts.map(({ state }) => state)).toEqual(['done', 'done']);
    expect(text()).toBe('Gold, by a rule, new');
    expect(inGhl()).toEqual(['new', 'by-a-workflow', 'gold']);
    // They are new to the agent, and offered by themselves.
    const state = await refresh();
    expect(byItself(state)).toEqual([toGhl('by a rule'), toAtera('by-a-workflow')]);
  });

  it('does not do what nothing asks for any more', async () => {
    const { world, press, text, inGhl } = await shownTags({ ghl: ['new', 'newer'], atera: 'Gold' });
    // Taken off where it came from; and put there by somebody meanwhile.
    world.ghlContact('main').tags = ['newer', 'gold'];
    const result = await press([toAtera('new'), toGhl('gold')]);
    expect(said(result)).toEqual([
      ['atera', 'conflict', 'new changed-meanwhile'],
      ['ghl-on', 'done', 'gold verified'],
    ]);
    expect(world.writes()).toEqual([]);
    expect([text(), inGhl()]).toEqual(['Gold', ['newer', 'gold']]);
    expect((await entries(world)).map(({ state, undo }) => [state, undo])).toEqual(
      expect.arrayContaining([
        ['conflict', { can: false, reason: 'not-written' }],
        ['done', { can: false, reason: 'as-before' }],
      ]),
    );
  });

  it('takes nothing off that nobody took off, whatever a page asks for', async () => {
    const { world, press, inGhl } = await shownTags({ ghl: ['client'], atera: '' });
    const result = await press([toGhl('client', false)]);
    expect(said(result)).toEqual([['ghl-off', 'conflict', 'client changed-meanwhile']]);
    expect(inGhl()).toEqual(['client']);
    expect(world.writes()).toEqual([]);
  });

  it('follows the rename map and the prefix', async () => {
    const { press, text, inGhl, world, tabId } = await shownTags({
      ghl: ['it-vip', 'it-new', 'private'],
      atera: 'IT-Gold, own',
      rules: { rename: [{ ghl: 'it-vip', atera: 'Important' }], prefix: 'it-' },
    });
    const { rows } = await tagsOf(world, tabId);
    expect(rows.filter(({ op }) => op).map(({ id }) => id)).toEqual(['it-gold', 'it-new', 'it-vip']);
    await press(rows.flatMap(({ op }) => op ?? []));
    expect(text()).toBe('IT-Gold, own, it-new, Important');
    expect(inGhl()).toEqual(['it-vip', 'it-new', 'private', 'it-gold']);
  });
});

describe('what can go wrong', () => {
  it('one vendor may fail by itself: the other side is written, and it is said', async () => {
    const { world, press, text, inGhl, refresh } = await shownTags({ ghl: ['new'], atera: 'Gold' });
    world.faults.add(post, { kind: 'status', status: 403 });
    const result = await press([toAtera('new'), toGhl('gold')]);
    expect(said(result)).toEqual([
      ['atera', 'done', 'new verified'],
      ['ghl-on', 'failed', 'gold not-written'],
    ]);
    expect(result.parts[1]?.error).toMatchObject({ code: 'forbidden', vendor: 'ghl' });
    expect([text(), inGhl()]).toEqual(['Gold, new', ['new']]);
    world.faults.clear();
    // What was wanted and not done is offered again.
    expect(byItself(await refresh())).toEqual([toGhl('gold')]);
    expect((await entries(world)).map(({ vendor, state }) => [vendor, state])).toEqual(
      expect.arrayContaining([
        ['atera', 'done'],
        ['ghl', 'failed'],
      ]),
    );
  });

  it('a 502 after it was written is found by the read-back', async () => {
    const { world, press } = await shownTags({ ghl: ['new'], atera: 'Gold' });
    world.faults.add(put, { kind: 'cut', when: 'after' });
    world.faults.add(post, { kind: 'cut', when: 'after' });
    expect(said(await press([toAtera('new'), toGhl('gold')]))).toEqual([
      ['atera', 'done', 'new verified'],
      ['ghl-on', 'done', 'gold verified'],
    ]);
    expect(world.writes()).toHaveLength(2);
  });

  it('no answer, and not found: unknown, and never sent again', async () => {
    const { world, press, text } = await shownTags({ ghl: ['new'], atera: 'Gold' });
    world.faults.add(put, { kind: 'status', status: 502 });
    world.faults.add(post, { kind: 'cut', when: 'before' });
    const result = await press([toAtera('new'), toGhl('gold')]);
    expect(said(result)).toEqual([
      ['atera', 'unknown', 'new unknown'],
      ['ghl-on', 'unknown', 'gold unknown'],
    ]);
    expect(result.parts.map(({ error }) => error?.code)).toEqual(['vendor_unavailable', 'network']);
    expect(await press([toAtera('new'), toGhl('gold')])).toEqual(result);
    expect(text()).toBe('Gold');
    const own = (await entries(world)).filter(({ kind }) => kind === 'sync-tags');
    expect(own.map(({ undo }) => undo)).toEqual([
      { can: false, reason: 'unknown' },
      { can: false, reason: 'unknown' },
    ]);
  });

  it('after a request without an answer the next one to the same record is not sent', async () => {
    const { world, press, inGhl, refresh } = await shownTags({ ghl: ['a', 'new'], atera: 'a' });
    await press([toAtera('new')]);
    valueOfTags(world).value = 'new, Gold';
    const state = await refresh(({ rows }) => rows.some(({ id }) => id === 'gold'));
    world.faults.add(post, { kind: 'cut', when: 'before' });
    expect(said(await press(byItself(state), 'press-2'))).toEqual([
      ['ghl-on', 'unknown', 'gold unknown'],
      ['ghl-off', 'failed', 'a not-written'],
    ]);
    expect(inGhl()).toEqual(['a', 'new']);
  });

  it('accepted and not kept is told, and so are foreign tags that are gone', async () => {
    const { world, press } = await shownTags({ ghl: ['new', 'newer'], atera: 'client, Gold' });
    const hold = world.faults.add(put, { kind: 'hold', when: 'after' });
    const pressed = press([toAtera('new'), toAtera('newer')]);
    await hold.arrived;
    valueOfTags(world).value = 'Gold, newer';
    hold.release();
    const { parts } = await pressed;
    expect(said({ parts })).toEqual([['atera', 'not-stored', 'new not-stored', 'newer verified']]);
    expect(parts[0]).toMatchObject({ error: null, gone: ['client'] });
    const [entry] = await entries(world);
    expect(entry).toMatchObject({
      kind: 'sync-tags',
      state: 'not-stored',
      gone: ['client'],
      lines: [{ outcome: 'not-stored' }, { outcome: 'verified' }],
      // What was kept can be taken back.
      undo: { can: true },
    });
  });

  it('a text that was there a moment ago is not replaced by a few tags', async () => {
    const { world, press } = await shownTags({ ghl: ['new'], atera: 'Gold' });
    const hold = world.faults.add(
      { vendor: 'atera', method: 'GET', path: '/customvalues/customfields' },
      { kind: 'hold', when: 'after' },
    );
    const pressed = press([toAtera('new')]);
    await hold.arrived;
    await vi.waitFor(
      () => expect(world.sandbox.log.some(({ path }) => path.includes('/contactfields/'))).toBe(true),
      PATIENT,
    );
    valueOfTags(world).value = '';
    hold.release();
    const { parts } = await pressed;
    expect(parts).toMatchObject([{ state: 'failed', error: { code: 'conflict' } }]);
    expect(world.writes()).toEqual([]);
  });

  it('one that somebody else has put there meanwhile is not sent, and not taken back with the others', async () => {
    const { world, press, text } = await shownTags({ ghl: ['new', 'newer'], atera: 'Gold' });
    const whileChecked = async <T>(work: () => Promise<T>, meanwhile: () => void): Promise<T> => {
      const hold = world.faults.add(
        { vendor: 'atera', method: 'GET', path: '/customvalues/customfields' },
        { kind: 'hold', when: 'after' },
      );
      world.sandbox.log.length = 0;
      const working = work();
      await hold.arrived;
      await vi.waitFor(
        () => expect(world.sandbox.log.some(({ path }) => path.includes('/contactfields/'))).toBe(true),
        PATIENT,
      );
      meanwhile();
      hold.release();
      return working;
    };
    const value = valueOfTags(world);
    const pressed = await whileChecked(
      () => press([toAtera('new'), toAtera('newer')]),
      () => {
        value.value = 'Gold, new';
      },
    );
    expect(pressed.parts).toMatchObject([
      {
        state: 'done',
        tags: [
          { tag: 'new', outcome: 'verified', hasChanged: false },
          { tag: 'newer', outcome: 'verified', hasChanged: true },
        ],
      },
    ]);
    expect(text()).toBe('Gold, new, newer');
    const back = (id: string, id2: string) => world.send('undoActivity', { id, press: id2 });
    // Nor is there anything left to take back where somebody else has done that.
    const undone = await whileChecked(
      () => back('tags:press-1:atera', 'back'),
      () => {
        value.value = 'Gold, new';
      },
    );
    expect(undone).toMatchObject({ state: 'done', undo: { can: false, reason: 'as-before' } });
    expect(world.writes()).toEqual([]);
    expect(text()).toBe('Gold, new');
  });

  it('is refused once the page has moved on, also while it is read', async () => {
    const { world, tabId, press } = await shownTags({ ghl: ['new'], atera: 'Gold' });
    const state = await tagsOf(world, tabId);
    const hold = world.faults.add({ vendor: 'ghl', method: 'GET' }, { kind: 'hold', when: 'after' }, 1);
    const pressed = press([toAtera('new')], 'press-1', state);
    await hold.arrived;
    await world.navigate(tabId, world.ticketUrl('exact'));
    hold.release();
    expect(await pressed).toMatchObject({ parts: [{ state: 'failed', error: { code: 'subject_changed' } }] });
    await expect(press([toAtera('new')], 'press-2', state)).rejects.toMatchObject({
      code: 'subject_changed',
    });
    expect(world.writes()).toEqual([]);
  });

  it('is refused under other rules than were shown, also while it is read', async () => {
    const { world, tabId, press } = await shownTags({ ghl: ['new'], atera: 'Gold' });
    const state = await tagsOf(world, tabId);
    const setDirection = (direction: 'both' | 'to-ghl') =>
      world.send('setTagRules', { rules: { rename: [], prefix: '', direction } });
    await setDirection('to-ghl');
    await expect(press([toAtera('new')], 'press-1', state)).rejects.toMatchObject({ code: 'plan_expired' });
    await setDirection('both');
    const hold = world.faults.add({ vendor: 'ghl', method: 'GET' }, { kind: 'hold', when: 'after' }, 1);
    const pressed = press([toAtera('new')], 'press-1', state);
    await hold.arrived;
    await world.send('setResources', { rows: [{ resource: 'tags', direction: 'to-ghl' }] });
    hold.release();
    expect(await pressed).toMatchObject({ parts: [{ state: 'failed', error: { code: 'plan_expired' } }] });
    expect(world.writes()).toEqual([]);
  });

  it('proves a pair that nobody linked, and remembers nothing of it', async () => {
    const { world, press, tabId, text } = await shownTags({ linked: false, ghl: ['new'], atera: 'Gold' });
    expect(said(await press([toAtera('new')]))).toEqual([['atera', 'done', 'new verified']]);
    expect((await tagsOf(world, tabId)).hasPast).toBe(false);
    const contact = world.ghlContact('main');
    world.sandbox.state.ghl.contacts.push({ ...structuredClone(contact), id: 'twin00000000000000aa' });
    expect(await press([toGhl('gold')], 'press-2')).toMatchObject({
      parts: [{ state: 'failed', error: { code: 'uncertain' } }],
    });
    expect(text()).toBe('Gold, new');
  });
});

describe('the end of the worker', () => {
  it.each(['before', 'after'] as const)(
    '%s the write is stored: it is looked for, and not sent again',
    async (when) => {
      const { world, tabId, press } = await shownTags({ ghl: ['new'], atera: 'Gold' });
      const hold = world.faults.add(put, { kind: 'hold', when });
      void press([toAtera('new')]);
      await hold.arrived;
      world.restart();
      const { last } = await tagsOf(world, tabId, (state) => state.last?.result != null);
      expect(last?.result && said(last.result)).toEqual([
        when === 'after' ? ['atera', 'done', 'new verified'] : ['atera', 'unknown', 'new unknown'],
      ]);
      expect(await press([toAtera('new')])).toEqual(last?.result);
      await world.send('acknowledgeAddition', { id: 'press-1' });
      expect((await tagsOf(world, tabId)).last).toBeNull();
      expect(world.writes().length).toBeLessThanOrEqual(1);
    },
  );

  it('before anything was sent: it is gone on with, and sent once', async () => {
    const { world, tabId, press } = await shownTags({ ghl: ['new'], atera: 'Gold' });
    const state = await tagsOf(world, tabId);
    const hold = world.faults.add({ vendor: 'ghl', method: 'GET' }, { kind: 'hold', when: 'after' }, 1);
    void press([toAtera('new')], 'press-1', state);
    await hold.arrived;
    world.restart();
    const { last } = await tagsOf(world, tabId, ({ last: now }) => now?.result != null);
    expect(last?.result && said(last.result)).toEqual([['atera', 'done', 'new verified']]);
    expect(world.writes()).toHaveLength(1);
  });
});

describe('the end of the background, at each of its calls', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('the %ith: each request is sent once', async (nth) => {
    const { world, press, text, inGhl } = await shownTags({ ghl: ['new'], atera: 'Gold' });
    let calls = 0;
    const ended = new Promise<void>((resolve) => {
      world.setGate(async () => {
        calls += 1;
        if (calls !== nth) return;
        world.restart();
        resolve();
      });
    });
    await Promise.race([ended, press([toAtera('new'), toGhl('gold')])]);
    await vi.waitFor(async () => {
      expect(await world.send('getJobs', {})).toEqual([]);
      const states = (await entries(world)).filter(({ kind }) => kind === 'sync-tags');
      expect(states.map(({ state }) => state)).not.toContain('running');
    }, PATIENT);
    const sent = shot(world).map(([vendor]) => vendor);
    expect(new Set(sent).size).toBe(sent.length);
    // Where one request was cut off, the other one was not sent yet: that is said, and not done behind anybody's back.
    const told = new Map((await entries(world)).map(({ vendor, state }) => [vendor, state]));
    expect([told.get('atera') === 'done', told.get('ghl') === 'done']).toEqual([
      text() === 'Gold, new',
      inGhl().includes('gold'),
    ]);
    expect(world.bugs).toEqual([]);
  });
});

describe('a sync of tags that waits', () => {
  const OFFLINE = { kind: 'cut', when: 'before' } as const;
  const waits = async (...args: Parameters<typeof shownTags>) => {
    const shown = await shownTags(...args);
    const state = await tagsOf(shown.world, shown.tabId);
    const cut = shown.world.faults.add({ vendor: 'ghl', method: 'GET' }, OFFLINE);
    const press = (ops: TagOp[]) => shown.press(ops, 'press-1', state);
    const back = async (): Promise<TagPart[]> => {
      cut.remove();
      shown.world.ring('online');
      await vi.waitFor(async () => expect(await shown.world.send('getJobs', {})).toEqual([]), PATIENT);
      return (await press(pressedOps)).parts;
    };
    let pressedOps: TagOp[] = [];
    const wait = async (ops: TagOp[]): Promise<void> => {
      pressedOps = ops;
      const { parts } = await press(ops);
      expect(parts.map(({ state: one }) => one)).toEqual(parts.map(() => 'queued'));
    };
    return { ...shown, wait, back };
  };

  it('is one job for both systems, and is told in its section until it has come to its end', async () => {
    const { world, tabId, wait, back } = await waits({ ghl: ['new'], atera: 'Gold' });
    await wait([toAtera('new'), toGhl('gold')]);
    expect(await world.send('getJobs', {})).toMatchObject([
      { status: 'queued', steps: [{ words: { kind: 'sync-tags', isBoth: true } }] },
    ]);
    expect((await entries(world)).map(({ state, lines }) => [state, lines[0]?.outcome])).toEqual(
      expect.arrayContaining([['queued', 'waiting']]),
    );
    await world.send('acknowledgeAddition', { id: 'press-1' });
    expect((await tagsOf(world, tabId)).last?.result?.parts).toMatchObject([
      { state: 'queued' },
      { state: 'queued' },
    ]);
    expect(said({ parts: await back() })).toEqual([
      ['atera', 'done', 'new verified'],
      ['ghl-on', 'done', 'gold verified'],
    ]);
    expect(shot(world)).toHaveLength(2);
    expect((await tagsOf(world, tabId)).last?.result?.parts).toMatchObject([
      { state: 'done' },
      { state: 'done' },
    ]);
    expect(world.bugs).toEqual([]);
  });

  it('writes nothing of what nobody asks for any more', async () => {
    const { world, wait, back } = await waits({ ghl: ['new'], atera: 'Gold' });
    await wait([toGhl('gold')]);
    valueOfTags(world).value = '';
    expect(said({ parts: await back() })).toEqual([['ghl-on', 'conflict', 'gold changed-meanwhile']]);
    expect(world.writes()).toEqual([]);
  });

  it('writes nothing under other rules', async () => {
    const { world, wait, back } = await waits({ ghl: ['new'], atera: 'Gold' });
    await wait([toGhl('gold')]);
    await world.send('setTagRules', { rules: { rename: [], prefix: 'it-', direction: 'both' } });
    expect(await back()).toMatchObject([{ state: 'failed', error: { code: 'plan_expired' } }]);
    expect(world.writes()).toEqual([]);
  });

  it('writes nothing once the two were unlinked', async () => {
    const { world, tabId, view, wait, back } = await waits({ ghl: ['new'], atera: 'Gold' });
    await wait([toGhl('gold')]);
    if (view.person.status !== 'ready' || view.match.status !== 'linked') throw new Error('Nobody');
    await world.send('unlink', {
      target: { tabId },
      version: view.version,
      person: view.person.value.ref,
      counterpart: view.match.counterpart.ref,
    });
    expect(await back()).toMatchObject([{ state: 'failed', error: { code: 'uncertain' } }]);
    expect(world.writes()).toEqual([]);
  });

  it('does not take for still held what both had and gave up meanwhile', async () => {
    const { world, wait, back, text, refresh } = await waits({ ghl: ['old', 'new'], atera: 'old' });
    await wait([toAtera('new')]);
    world.ghlContact('main').tags = ['new'];
    valueOfTags(world).value = '';
    await back();
    expect(text()).toBe('new');
    valueOfTags(world).value = 'new, old';
    // Put on anew: it was not taken off in GHL since the last sync.
    expect(short(await refresh())).toEqual([
      ['new', 'same'],
      ['old', 'added-atera'],
    ]);
  });

  it('waits where all it sends is asked to slow down, and not where one system took its part', async () => {
    const { world, press } = await shownTags({ ghl: ['new'], atera: 'Gold' });
    const limit = world.faults.add(post, { kind: 'status', status: 429 });
    expect(said(await press([toGhl('gold')]))).toEqual([['ghl-on', 'queued', 'gold not-written']]);
    expect(said(await press([toAtera('new'), toGhl('gold')], 'press-2'))).toEqual([
      ['atera', 'done', 'new verified'],
      ['ghl-on', 'failed', 'gold not-written'],
    ]);
    limit.remove();
    world.ring();
    await vi.waitFor(() => expect(world.ghlContact('main').tags).toContain('gold'), PATIENT);
    expect(shot(world).filter(([vendor]) => vendor === 'atera')).toHaveLength(1);
  });
});

describe('taken back', () => {
  it('a sync leaves foreign tags as they are, and is not carried to the other side by the next one', async () => {
    const { world, press, text, inGhl, refresh } = await shownTags({ ghl: ['a', 'new'], atera: 'a, Gold' });
    await press([toAtera('new'), toGhl('gold')]);
    valueOfTags(world).value += ', by a rule';
    world.ghlContact('main').tags.push('by-a-workflow');
    world.sandbox.log.length = 0;
    for (const part of ['atera', 'ghl-on'])
      expect(
        await world.send('undoActivity', { id: `tags:press-1:${part}`, press: `undo-${part}` }),
      ).toMatchObject({ kind: 'undo', state: 'done' });
    expect(text()).toBe('a, Gold, by a rule');
    expect(inGhl()).toEqual(['a', 'new', 'by-a-workflow']);
    expect(shot(world)).toEqual([
      ['atera', 'PUT', { Value: 'a, Gold, by a rule' }],
      ['ghl', 'DELETE', { tags: ['gold'] }],
    ]);
    expect(short(await refresh())).toEqual([
      ['a', 'same'],
      ['by a rule', 'added-atera'],
      ['by-a-workflow', 'added-ghl'],
      ['gold', 'only-atera'],
      ['new', 'only-ghl'],
    ]);
    // And once more the other way.
    expect(await world.send('undoActivity', { id: 'undo:undo-atera', press: 'again' })).toMatchObject({
      state: 'done',
    });
    expect(text()).toBe('a, Gold, by a rule, new');
  });

  it('a sync is not carried over by the one after it, which was pressed before it was taken back', async () => {
    const { world, tabId, press, refresh } = await shownTags({ ghl: ['a', 'new', 'newer'], atera: 'a' });
    await press([toAtera('new')]);
    await refresh(({ hasPast }) => hasPast);
    const hold = world.faults.add(put, { kind: 'hold', when: 'after' });
    const undoing = world.send('undoActivity', { id: 'tags:press-1:atera', press: 'back' });
    await hold.arrived;
    const pressed = press([toAtera('newer')], 'press-2');
    // What is asked after it is answered: by then the press has seen the tags as they are shown, and waits for its turn.
    await tagsOf(world, tabId);
    hold.release();
    expect(await undoing).toMatchObject({ state: 'done' });
    expect(said(await pressed)).toEqual([['atera', 'done', 'newer verified']]);
    const state = await refresh();
    expect(short(state)).toEqual([
      ['a', 'same'],
      ['new', 'only-ghl'],
      ['newer', 'same'],
    ]);
    expect(byItself(state)).toEqual([]);
  });

  it.each([
    ['atera', 'remove-atera-tag', 'only-ghl'],
    ['ghl', 'remove-tag', 'only-atera'],
  ] as const)(
    'one tag of %s is not carried to the other side by the next sync either',
    async (vendor, kind, status) => {
      const { world, tabId, press, view, refresh } = await shownTags({ ghl: ['a', 'new'], atera: 'a' });
      await press([toAtera('new')]);
      if (view.person.status !== 'ready' || view.match.status !== 'linked') throw new Error('Nobody');
      const person = view.person.value.ref;
      const contact = vendor === 'atera' ? person : view.match.counterpart.ref;
      const add = (id: string, addition: Addition) =>
        world.send('addToContact', {
          target: { tabId },
          version: view.version,
          person,
          contact,
          id,
          addition,
        });
      await add('off', { kind, tag: 'a' });
      const back = { id: 'addition:off', press: 'back' };
      expect(await world.send('undoActivity', back)).toMatchObject({ state: 'done' });
      expect(short(await refresh())).toEqual([
        ['a', 'same'],
        ['new', 'same'],
      ]);
      // And away again: the way back of the way back.
      expect(await world.send('undoActivity', { id: 'undo:back', press: 'off' })).toMatchObject({
        state: 'done',
      });
      const state = await refresh();
      expect(short(state)).toEqual([
        ['a', status],
        ['new', 'same'],
      ]);
      expect(byItself(state)).toEqual([]);
    },
  );

  it('one tag is not taken off again when somebody else has done that meanwhile', async () => {
    const { world, tabId, view } = await shownTags({ ghl: [], atera: 'Gold' });
    if (view.person.status !== 'ready') throw new Error('Nobody');
    const person = view.person.value.ref;
    const on = { id: 'on', addition: { kind: 'add-atera-tag', tag: 'one' } } as const;
    await world.send('addToContact', {
      target: { tabId },
      version: view.version,
      person,
      contact: person,
      ...on,
    });
    world.sandbox.log.length = 0;
    const hold = world.faults.add(
      { vendor: 'atera', method: 'GET', path: '/customvalues/customfields' },
      { kind: 'hold', when: 'after' },
    );
    const undoing = world.send('undoActivity', { id: 'addition:on', press: 'back' });
    await hold.arrived;
    await vi.waitFor(
      () => expect(world.sandbox.log.some(({ path }) => path.includes('/contactfields/'))).toBe(true),
      PATIENT,
    );
    valueOfTags(world).value = 'Gold';
    hold.release();
    expect(await undoing).toMatchObject({ state: 'done', undo: { can: false, reason: 'as-before' } });
    expect(world.writes()).toEqual([]);
  });

  it('says which foreign tags are gone since: of several, and of one', async () => {
    const { world, press, view, tabId } = await shownTags({ ghl: ['new'], atera: 'client, Gold' });
    await press([toAtera('new')]);
    if (view.person.status !== 'ready') throw new Error('Nobody');
    const { ref } = view.person.value;
    await world.send('addToContact', {
      target: { tabId },
      version: view.version,
      person: ref,
      contact: ref,
      id: 'press-2',
      addition: { kind: 'add-atera-tag', tag: 'one' },
    });
    const undone = async (id: string, left: string) => {
      const hold = world.faults.add(put, { kind: 'hold', when: 'after' }, 1);
      const undoing = world.send('undoActivity', { id, press: `undo ${id}` });
      await hold.arrived;
      valueOfTags(world).value = left;
      hold.release();
      return undoing;
    };
    expect(await undone('tags:press-1:atera', 'Gold, one')).toMatchObject({
      state: 'done',
      gone: ['client'],
    });
    expect(await undone('addition:press-2', 'x')).toMatchObject({ state: 'done', gone: ['Gold'] });
    expect((await entries(world)).filter(({ gone }) => gone).map(({ kind }) => kind)).toEqual([
      'undo',
      'undo',
    ]);
  });

  it('only where it was read back: a cancelled one leaves what both held, of an unclear one nothing is known', async () => {
    const { world, press, inGhl, refresh } = await shownTags({ ghl: ['a'], atera: 'a, Gold, Silver' });
    await press([toGhl('gold'), toGhl('silver')]);
    const undo = (id: string) => world.send('undoActivity', { id: 'tags:press-1:ghl-on', press: id });
    const get = { vendor: 'ghl', method: 'GET' } as const;
    const cut = world.faults.add(get, { kind: 'cut', when: 'before' });
    expect(await undo('u1')).toMatchObject({ state: 'queued' });
    await world.send('cancelJob', { id: 'undo:u1' });
    cut.remove();
    // A colleague takes it off: the next sync carries that over.
    valueOfTags(world).value = 'a, Silver';
    expect(byItself(await refresh(({ rows }) => rows.some(({ status }) => status !== 'same')))).toEqual([
      toGhl('gold', false),
    ]);
    world.faults.add({ vendor: 'ghl', method: 'DELETE' }, { kind: 'status', status: 502, body: '' }, 1);
    const blind = world.faults.add({ ...get, skip: 1 }, { kind: 'cut', when: 'before' });
    expect(await undo('u2')).toMatchObject({ state: 'unknown' });
    blind.remove();
    expect(inGhl()).toEqual(['a', 'gold', 'silver']);
    valueOfTags(world).value = 'a';
    const state = await refresh(({ rows }) =>
      rows.some(({ id, atera }) => id === 'silver' && atera === null),
    );
    expect([short(state), byItself(state)]).toEqual([
      [
        ['a', 'same'],
        ['gold', 'only-ghl'],
        ['silver', 'only-ghl'],
      ],
      [],
    ]);
  });

  it('a single tag is not carried to the other side either, nor while it is under way', async () => {
    const { world, tabId, view, press, refresh } = await shownTags({ ghl: ['a'], atera: 'a' });
    const { person } = view;
    if (person.status !== 'ready') throw new Error('Nobody');
    const contact = { ...person.value.ref };
    const add = (tag: string, id: string) =>
      world.send('addToContact', {
        target: { tabId },
        version: view.version,
        person: contact,
        contact,
        id,
        addition: { kind: 'add-atera-tag', tag },
      });
    await add('Gold', 'press-1');
    await refresh(({ rows }) => rows.length === 2);
    await press([toGhl('gold')], 'press-2');
    const hold = world.faults.add(put, { kind: 'hold', when: 'after' }, 1);
    const undoing = world.send('undoActivity', { id: 'addition:press-1', press: 'u1' });
    await hold.arrived;
    const alone = ({ rows }: TagSyncState) => rows.some(({ id, atera }) => id === 'gold' && atera === null);
    expect(byItself(await refresh(alone))).toEqual([]);
    hold.release();
    expect(await undoing).toMatchObject({ state: 'done' });
    expect(short(await refresh(alone))).toEqual([
      ['a', 'same'],
      ['gold', 'only-ghl'],
    ]);
  });

  it('is already so where somebody did it', async () => {
    const { world, press, inGhl } = await shownTags({ ghl: ['a'], atera: 'a, Gold' });
    await press([toGhl('gold')]);
    world.ghlContact('main').tags = ['a'];
    world.sandbox.log.length = 0;
    expect(await world.send('undoActivity', { id: 'tags:press-1:ghl-on', press: 'u1' })).toMatchObject({
      state: 'done',
    });
    expect(world.writes()).toEqual([]);
    expect(inGhl()).toEqual(['a']);
  });
});

describe('what both held', () => {
  it('goes with the link, and with the field', async () => {
    const { world, tabId, press, view } = await shownTags({ ghl: ['new'], atera: 'Gold' });
    await press([toAtera('new')]);
    await tagsOf(world, tabId, ({ hasPast }) => hasPast);
    expect(await world.storedRows('tagBases')).toBe(1);
    if (view.person.status !== 'ready' || view.match.status !== 'linked') throw new Error('Nobody');
    await world.send('unlink', {
      target: { tabId },
      version: view.version,
      person: view.person.value.ref,
      counterpart: view.match.counterpart.ref,
    });
    expect(await world.storedRows('tagBases')).toBe(0);
  });
});

describe('the rules', () => {
  it('are stored as they can be followed, and nothing else is', async () => {
    const { world } = await shownTags();
    const shipped = { rename: [], prefix: '', direction: 'both' };
    expect(await world.send('getTagRules', {})).toEqual(shipped);
    const rules = {
      rename: [{ ghl: ' it-vip', atera: 'Important ' }],
      prefix: ' it-',
      direction: 'to-atera' as const,
    };
    const stored = { rename: [{ ghl: 'it-vip', atera: 'Important' }], prefix: 'it-', direction: 'to-atera' };
    expect(await world.send('setTagRules', { rules })).toEqual(stored);
    const bad = { ...rules, rename: [...rules.rename, { ghl: 'it-b', atera: 'important' }] };
    await expect(world.send('setTagRules', { rules: bad })).rejects.toMatchObject({
      code: 'invalid_input',
      details: { input: '0:same-atera' },
    });
    await expect(world.send('setTagRules', { rules: { ...rules, prefix: 'a,b' } })).rejects.toMatchObject({
      details: { input: 'prefix:comma' },
    });
    world.restart();
    expect(await world.send('getTagRules', {})).toEqual(stored);
  });
});
