import { describe, expect, it } from 'vitest';
import { FRESH_MS, readFresh } from '../../lib/services/fresh-pair.ts';
import { createWorld, type World } from '../support/world.ts';

async function opened() {
  const world = await createWorld({ timeoutMs: 60_000 });
  await world.connect();
  const { tabId, view } = await world.openTicket('main');
  return { world, tabId, view, from: world.sandbox.log.length };
}

/** Searches of the proof, the second read of a record, and so on: what the vendors were asked for since. */
const readsOf = (world: World, from: number): { atera: number; ghl: number } => {
  const { id } = world.ghlContact('main');
  const reads = world.sandbox.log.slice(from).filter(({ method }) => method === 'GET');
  return {
    atera: reads.filter(({ path }) => /\/contacts\/\d+$/u.test(path)).length,
    ghl: reads.filter(({ path }) => path.endsWith(`/contacts/${id}`)).length,
  };
};
const PROOF = { vendor: 'ghl', method: 'POST', path: '/contacts/search' } as const;

describe('a write to a pair that nobody linked, when the proof took long', () => {
  it('does not overwrite what somebody wrote meanwhile', async () => {
    const { world, view } = await opened();
    const proof = world.faults.add(PROOF, { kind: 'hold', when: 'after' }, 1);
    const pushing = world.push(view.plans.push, ['lastName', 'phone']);
    await proof.arrived;
    world.ghlContact('main').lastName = 'Whitfield-Ortega';
    world.clock.advance(FRESH_MS + 1);
    proof.release();
    expect(await pushing).toMatchObject({
      state: 'conflict',
      fields: [
        { field: 'lastName', found: 'Whitfield-Ortega', outcome: 'changed-meanwhile' },
        { field: 'phone', outcome: 'not-written' },
      ],
    });
    expect(world.writes()).toEqual([]);
  });

  it('reads both once more, and writes', async () => {
    const { world, view, from } = await opened();
    const proof = world.faults.add(PROOF, { kind: 'hold', when: 'after' }, 1);
    const pushing = world.push(view.plans.push, ['lastName']);
    await proof.arrived;
    const before = readsOf(world, from);
    world.clock.advance(FRESH_MS + 1);
    const put = world.faults.add({ vendor: 'ghl', method: 'PUT' }, { kind: 'hold', when: 'before' }, 1);
    proof.release();
    await put.arrived;
    const after = readsOf(world, from);
    expect([after.atera - before.atera, after.ghl - before.ghl]).toEqual([1, 1]);
    put.release();
    expect((await pushing).state).toBe('done');
    expect(world.writes()).toHaveLength(1);
  });

  it('proves the new address where somebody changed it', async () => {
    const { world, view } = await opened();
    const proof = world.faults.add(PROOF, { kind: 'hold', when: 'after' }, 1);
    const pushing = world.push(view.plans.push, ['lastName']);
    await proof.arrived;
    world.ghlContact('main').email = 'somebody.else@example.com';
    world.clock.advance(FRESH_MS + 1);
    proof.release();
    expect((await pushing).state).toBe('refused');
    expect(world.writes()).toEqual([]);
  });
});

it('reads once where the proof is quick', async () => {
  const { world, view, from } = await opened();
  const put = world.faults.add({ vendor: 'ghl', method: 'PUT' }, { kind: 'hold', when: 'before' }, 1);
  const pushing = world.push(view.plans.push, ['lastName']);
  await put.arrived;
  expect(readsOf(world, from)).toEqual({ atera: 1, ghl: 1 });
  put.release();
  expect((await pushing).state).toBe('done');
});

/** Two vendors that take as long as is said, one read after the other. */
function slowPair(tookMs: Record<'atera' | 'ghl', number[]>) {
  let now = 0;
  const asked: string[] = [];
  const vendor = (name: 'atera' | 'ghl') => ({
    readPerson: async (id: string) => {
      asked.push(name);
      const ms = tookMs[name].shift() ?? 0;
      // What is answered at once is there before what takes long.
      if (ms > 0) await new Promise((resolve) => setImmediate(resolve));
      now += ms;
      return { contact: { ref: { vendor: name, accountId: 'x', kind: 'contact', id }, emails: [] }, at: now };
    },
  });
  const ref = (name: 'atera' | 'ghl') => ({ vendor: name, accountId: 'x', kind: 'contact', id: '1' });
  const plan = { source: ref('atera'), target: ref('ghl'), viewed: ref('atera'), linked: true };
  const pair = { atera: vendor('atera'), ghl: vendor('ghl') };
  return {
    asked,
    read: () => readFresh(pair as never, plan as never, [], { now: () => now, proves: async () => false }),
  };
}

describe('a linked pair', () => {
  it('is read again where one record came late: only the one that has grown old', async () => {
    const { asked, read } = slowPair({ atera: [0], ghl: [FRESH_MS + 1] });
    expect((await read()).before).toMatchObject({ atera: { at: FRESH_MS + 1 }, ghl: { at: FRESH_MS + 1 } });
    expect(asked).toEqual(['atera', 'ghl', 'atera']);
  });

  it('is read once where both came in time', async () => {
    const { asked, read } = slowPair({ atera: [0], ghl: [FRESH_MS] });
    await read();
    expect(asked).toEqual(['atera', 'ghl']);
  });

  it('is not written where no two reads come in time', async () => {
    const late = FRESH_MS + 1;
    const { asked, read } = slowPair({ atera: [0, late, late], ghl: [late, late, late] });
    await expect(read()).rejects.toMatchObject({ code: 'timeout', details: { vendor: 'atera' } });
    expect(asked).toEqual(['atera', 'ghl', 'atera', 'ghl']);
  });
});
