import { describe, expect, it, vi } from 'vitest';
import type { FieldName } from '../../lib/core/contact.ts';
import type { UndoInstead } from '../../lib/core/undo-offer.ts';
import type { ActivityView, Addition, SubjectView } from '../../lib/panel-state.ts';
import { SCENES } from '../../lib/sandbox/index.ts';
import { pressFor } from '../support/press.ts';
import { createWorld, type World } from '../support/world.ts';

/** What is offered where an undo was refused, and what becomes of it. */

const PATIENT = { timeout: 4000, interval: 5 };
const undo = (world: World, id: string, press: string, instead?: UndoInstead): Promise<ActivityView> =>
  world.send('undoActivity', { id, press, ...(instead ? { instead } : {}) });
const entryOf = async (world: World, id: string) =>
  (await world.send('getActivity', { people: null, limit: null }))?.entries.find((entry) => entry.id === id);
const rowOf = ({ rows }: SubjectView, name: FieldName) => rows.find(({ field }) => field === name);

/** Last name and phone were pushed to GHL; then somebody gave them another last name, and the undo was refused. */
async function refused() {
  const world = await createWorld();
  await world.connect();
  const { tabId, view } = await world.openTicket('main');
  const before = { ...world.ghlContact('main') };
  await world.push(view.plans.push, ['lastName', 'phone']);
  await world.shown(tabId, ({ match, receipt }) => match.status === 'linked' && receipt?.state === 'done');
  const written = { ...world.ghlContact('main') };
  world.ghlContact('main').lastName = 'Ortega';
  const id = `receipt:${view.plans.push}`;
  const entry = await undo(world, id, 'u1');
  world.sandbox.log.length = 0;
  const instead = (choices: UndoInstead['choices'] = {}): UndoInstead => ({ refused: entry.id, choices });
  return { world, tabId, id, entry, before, written, instead };
}

describe('an undo of fields that was refused', () => {
  it('says for each field what was there, what was written, and what is there now', async () => {
    const { entry, before, written } = await refused();
    expect(entry).toMatchObject({ state: 'conflict', url: expect.stringMatching(/^https:\/\//u) });
    expect(entry.offer).toEqual([
      {
        field: 'lastName',
        state: 'changed',
        before: before.lastName,
        written: written.lastName,
        now: 'Ortega',
      },
      {
        field: 'phone',
        state: 'as-written',
        before: before.phone,
        written: written.phone,
        now: written.phone,
      },
    ]);
  });

  it('takes back what nobody changed, in an entry of its own, and leaves the edit', async () => {
    const { world, id, before, instead } = await refused();
    const entry = await undo(world, id, 'u2', instead());
    expect(entry).toMatchObject({
      id: 'undo:u2',
      kind: 'undo',
      state: 'done',
      undoes: id,
      lines: [{ what: 'phone', outcome: 'verified' }],
      undo: { can: true },
    });
    expect(world.writes().map(({ body }) => body)).toEqual([{ phone: before.phone }]);
    expect(world.ghlContact('main')).toMatchObject({ lastName: 'Ortega', phone: before.phone });
    expect(await entryOf(world, id)).toMatchObject({ undoneBy: 'undo:u2', undo: { reason: 'undone' } });
    expect(world.bugs).toEqual([]);
  });

  it('writes what was chosen over the edit that was shown, and can be taken back again', async () => {
    const { world, id, before, written, instead } = await refused();
    const entry = await undo(world, id, 'u2', instead({ lastName: { back: true } }));
    expect(entry).toMatchObject({
      state: 'done',
      lines: [{ what: 'lastName', before: 'Ortega', after: before.lastName }, { what: 'phone' }],
    });
    expect(world.ghlContact('main')).toMatchObject({ lastName: before.lastName, phone: before.phone });
    expect(world.writes()).toHaveLength(1);
    expect(await undo(world, 'undo:u2', 'u3')).toMatchObject({ state: 'done' });
    expect(world.ghlContact('main')).toMatchObject({ lastName: 'Ortega', phone: written.phone });
  });

  it('writes another value in the form that is stored, and refuses one that cannot be', async () => {
    const { world, id, instead } = await refused();
    const empty = undo(world, id, 'u2', instead({ lastName: { value: '\u200B' } }));
    await expect(empty).rejects.toMatchObject({ code: 'invalid_input' });
    expect(world.writes()).toEqual([]);
    const typed = undo(world, id, 'u3', instead({ lastName: { value: 'Whitfield  Ortega' } }));
    expect(await typed).toMatchObject({ state: 'done' });
    expect(world.ghlContact('main').lastName).toBe('Whitfield Ortega');
  });

  it('is refused again where somebody changed it once more, with what is there by then', async () => {
    const { world, id, instead } = await refused();
    world.ghlContact('main').lastName = 'Ortega-Lee';
    const again = await undo(world, id, 'u2', instead({ lastName: { back: true } }));
    expect(again).toMatchObject({
      state: 'conflict',
      offer: [
        { field: 'lastName', state: 'changed', written: 'Whitfield', now: 'Ortega-Lee' },
        { field: 'phone', state: 'as-written' },
      ],
    });
    expect(world.writes()).toEqual([]);
    const settled = await undo(world, id, 'u3', { refused: again.id, choices: { lastName: { back: true } } });
    expect(settled.state).toBe('done');
  });

  it('reads what is kept too, so that a second refusal shows all of it', async () => {
    const { world, id, instead } = await refused();
    Object.assign(world.ghlContact('main'), { lastName: 'Ortega-Lee', phone: '+14155550222' });
    expect(await undo(world, id, 'u2', instead())).toMatchObject({
      state: 'conflict',
      offer: [
        { field: 'lastName', state: 'changed', now: 'Ortega-Lee' },
        { field: 'phone', state: 'changed', now: '+14155550222' },
      ],
    });
    expect(world.writes()).toEqual([]);
  });

  it('is written once for two presses, and once where the worker ends after it was sent', async () => {
    const { world, id, before, instead } = await refused();
    const hold = world.faults.add({ vendor: 'ghl', method: 'PUT' }, { kind: 'hold', when: 'after' });
    const chosen = instead({ lastName: { back: true } });
    void undo(world, id, 'u2', chosen).catch(() => undefined);
    await hold.arrived;
    world.restart();
    await vi.waitFor(
      async () => expect(await entryOf(world, 'undo:u2')).toMatchObject({ state: 'done' }),
      PATIENT,
    );
    expect(await undo(world, id, 'u2', chosen)).toMatchObject({ state: 'done' });
    expect(await undo(world, id, 'u3', chosen)).toMatchObject({ id: 'undo:u2' });
    expect(hold.count()).toBe(1);
    expect(world.ghlContact('main').lastName).toBe(before.lastName);
  });

  it('is asked about by the next sync: the way back is nobody’s edit', async () => {
    const { world, tabId, id, instead } = await refused();
    await undo(world, id, 'u2', instead({ lastName: { back: true } }));
    await world.send('refreshView', { tabId });
    const view = await world.shown(tabId, world.settled);
    for (const name of ['lastName', 'phone'] as const)
      expect([rowOf(view, name)?.status, rowOf(view, name)?.base]).toEqual(['differs', undefined]);
  });

  it.each<[string, (instead: UndoInstead) => UndoInstead, string]>([
    ['an entry that offered nothing', () => ({ refused: 'undo:other', choices: {} }), 'plan_expired'],
    [
      'a field that nobody changed',
      ({ refused: of }) => ({ refused: of, choices: { phone: { back: true } } }),
      'invalid_input',
    ],
  ])('is not taken for %s', async (_case, change, code) => {
    const { world, id, instead } = await refused();
    await expect(undo(world, id, 'u2', change(instead()))).rejects.toMatchObject({ code });
    expect(world.writes()).toEqual([]);
    expect(await entryOf(world, id)).toMatchObject({ undo: { can: true }, undoneBy: null });
  });
});

describe('an undo of something else that was refused', () => {
  it('offers no fields, and says where the item is', async () => {
    const world = await createWorld();
    await world.connect();
    const { tabId, view } = await world.openTicket('main');
    const note: Addition = { kind: 'note', body: 'Called back.' };
    await world.send('addToContact', pressFor(tabId, view, note, 'press-1'));
    Object.assign(world.sandbox.state.ghl.notes.at(-1) ?? {}, { body: 'Called back. Wants two.' });
    const entry = await undo(world, 'addition:press-1', 'u1');
    expect(entry.state).toBe('conflict');
    expect(entry.offer).toBeUndefined();
    expect(entry.url).toContain(SCENES.served.main.ghlContactIds[0]);
  });
});
