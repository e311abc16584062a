import { describe, expect, it, vi } from 'vitest';
import {
  type Agreed,
  FOLLOW_KINDS,
  FOLLOWS,
  type FollowKind,
  followsOf,
  SHIPPED_TASK_RULES,
  type TaskRules,
  taskRulesKey,
} from '../../lib/core/task-ticket.ts';
import type { Addition } from '../../lib/panel-state.ts';
import { createSealedStore, scopeOf } from '../../lib/platform/sealed-store.ts';
import { AREAS, type Areas, scopeOfAccount } from '../../lib/services/areas.ts';
import { linkedPerson, shownPerson, TASK, TICKET, ticketOf } from '../support/task-tickets.ts';

const PATIENT = { timeout: 4000, interval: 5 };
const OWN: TaskRules = {
  dueDays: 10,
  done: ['Erledigt', 'Closed'],
  open: ['Open', 'In Arbeit'],
  completedAs: 'Erledigt',
  reopenedAs: 'In Arbeit',
};

/** A task and its ticket that do not agree, and what is offered for it. `rules`: those of the pair, once both are linked. */
async function differing(kind: FollowKind, rules: TaskRules = SHIPPED_TASK_RULES) {
  const all = await linkedPerson();
  const { world, tabId, task, ticket, id } = all;
  const { item, isDone } = FOLLOWS[kind];
  if (rules !== SHIPPED_TASK_RULES) await world.send('setTaskRules', { rules });
  const [done = '', open = ''] = [rules.completedAs, rules.reopenedAs];
  const set = (isTaskDone: boolean, isTicketDone: boolean): void => {
    task.completed = isTaskDone;
    ticket.TicketStatus = isTicketDone ? done : open;
  };
  const look = async () => {
    await world.send('refreshView', { tabId });
    return all.now();
  };
  const agreed = async (): Promise<Agreed | null | undefined> => (await look()).tasks[0]?.copied?.agreed;
  // Both were what the one that follows still is.
  set(!isDone, !isDone);
  await vi.waitFor(async () => expect((await agreed())?.isDone).toBe(!isDone), PATIENT);
  if (item === 'task') ticket.TicketStatus = isDone ? done : open;
  else task.completed = isDone;
  const now = (await look()).tasks[0];
  const [follow, ...others] = followsOf(
    {
      taskId: TASK,
      ticketId: id,
      isTaskDone: task.completed,
      status: ticket.TicketStatus,
      agreed: now?.copied?.agreed ?? null,
    },
    rules,
  );
  if (!follow || others.length > 0) throw new Error('Not one');
  world.sandbox.log.length = 0;
  const isBoth = (): boolean => task.completed === isDone && ticket.TicketStatus === follow.status;
  return { ...all, follow: follow as Addition & { kind: FollowKind }, isBoth, agreed, look };
}
const putOf = (kind: FollowKind) =>
  ({ vendor: FOLLOWS[kind].item === 'task' ? 'ghl' : 'atera', method: 'PUT' }) as const;

describe.each(FOLLOW_KINDS)('%s', (kind) => {
  const { item, isDone } = FOLLOWS[kind];

  it('is what is offered, is written once, and is remembered', async () => {
    const { world, add, follow, isBoth, agreed } = await differing(kind);
    expect(follow.kind).toBe(kind);
    const [first, second] = await Promise.all([add(follow, 'a'), add(follow, 'a')]);
    expect([first.state, second.state]).toEqual(['done', 'done']);
    expect(isBoth()).toBe(true);
    expect(world.writes()).toHaveLength(1);
    expect(world.writes()[0]?.body).toEqual(
      item === 'task' ? { completed: isDone } : { TicketStatus: follow.status },
    );
    world.restart();
    expect(await agreed()).toEqual({ isDone, status: follow.status });
    expect(world.bugs).toEqual([]);
  });

  it('is refused once the other does not say so any more', async () => {
    const { world, add, follow, task, ticket } = await differing(kind);
    if (item === 'task') ticket.TicketStatus = isDone ? 'Open' : 'Resolved';
    else task.completed = !isDone;
    expect(await add(follow, 'a')).toMatchObject({ state: 'failed', error: { code: 'plan_expired' } });
    // Nor while the status is none of the map.
    ticket.TicketStatus = 'Waiting for parts';
    task.completed = isDone;
    expect(await add(follow, 'b')).toMatchObject({
      state: 'failed',
      error: { code: item === 'task' ? 'plan_expired' : 'conflict' },
    });
    expect(world.writes()).toEqual([]);
  });

  it('is refused by other rules, also when they change right before it is sent', async () => {
    const { world, add, follow } = await differing(kind);
    const path = item === 'task' ? '/tasks' : '/tickets/';
    await world.send('setTaskRules', { rules: { ...SHIPPED_TASK_RULES, dueDays: 5 } });
    expect(await add(follow, 'a')).toMatchObject({ state: 'failed', error: { code: 'plan_expired' } });
    await world.send('setTaskRules', { rules: SHIPPED_TASK_RULES });
    const hold = world.faults.add(
      { vendor: FOLLOWS[kind].item === 'task' ? 'ghl' : 'atera', method: 'GET', path },
      { kind: 'hold', when: 'before' },
    );
    const press = add(follow, 'b');
    await hold.arrived;
    await world.send('setTaskRules', { rules: OWN });
    hold.release();
    expect(await press).toMatchObject({ state: 'failed', error: { code: 'plan_expired' } });
    expect(world.writes()).toEqual([]);
  });

  it('cannot be asked for with another status than the rules say', async () => {
    const { world, add, follow } = await differing(kind);
    expect(await add({ ...follow, status: 'Pending' }, 'a')).toMatchObject({
      state: 'failed',
      error: { code: 'plan_expired' },
    });
    expect(world.writes()).toEqual([]);
  });

  it('writes what the tenant’s own rules say', async () => {
    const { world, add, follow, isBoth } = await differing(kind, OWN);
    expect((await add(follow, 'a')).state).toBe('done');
    expect(isBoth()).toBe(true);
    expect(world.writes()).toHaveLength(1);
  });

  it('is not stored after a 502, and found when the answer is lost', async () => {
    const { world, add, follow, isBoth } = await differing(kind);
    world.faults.add(putOf(kind), { kind: 'status', status: 502 }, 1);
    expect(await add(follow, 'a')).toMatchObject({ state: 'not-stored' });
    expect(isBoth()).toBe(false);
    world.faults.add(putOf(kind), { kind: 'cut', when: 'after' }, 1);
    expect(await add(follow, 'b')).toMatchObject({ state: 'done' });
    expect(isBoth()).toBe(true);
    world.faults.add(putOf(kind), { kind: 'status', status: 403 }, 1);
    expect(await add(follow, 'c')).toMatchObject({ state: 'done' });
    expect(world.bugs).toEqual([]);
  });

  it.each(['before', 'after'] as const)(
    'is settled by the next start when the worker ends %s it was stored',
    async (when) => {
      const { world, tabId, add, follow, isBoth } = await differing(kind);
      const hold = world.faults.add(putOf(kind), { kind: 'hold', when });
      void add(follow, 'a');
      await hold.arrived;
      world.restart();
      await vi.waitFor(async () => {
        const { adding } = await world.send('getPanelState', { tabId });
        const state = when === 'after' ? 'done' : 'not-stored';
        expect(adding?.last).toMatchObject({ id: 'a', result: { state } });
      }, PATIENT);
      expect(isBoth()).toBe(when === 'after');
      expect(hold.count()).toBe(1);
    },
  );

  it('that had to wait is written as shown, or not at all', async () => {
    const { world, add, follow, isBoth } = await differing(kind);
    const path = item === 'task' ? '/tasks' : '/tickets/';
    const cut = world.faults.add(
      { vendor: item === 'task' ? 'ghl' : 'atera', method: 'GET', path },
      { kind: 'cut', when: 'before' },
    );
    for (const press of ['a', 'b'])
      expect(await add(follow, press)).toMatchObject({ state: 'queued', error: { code: 'network' } });
    await world.send('setTaskRules', { rules: OWN });
    cut.remove();
    world.ring('online');
    const ends = async () =>
      ((await world.send('getActivity', { people: null, limit: 2 }))?.entries ?? []).map(
        ({ state, error }) => `${state} ${error?.code}`,
      );
    await vi.waitFor(
      async () => expect(await ends()).toEqual(['failed plan_expired', 'failed plan_expired']),
      PATIENT,
    );
    expect(isBoth()).toBe(false);
    expect(world.writes()).toEqual([]);
    const again = world.faults.add(
      { vendor: item === 'task' ? 'ghl' : 'atera', method: 'GET', path },
      { kind: 'cut', when: 'before' },
    );
    await world.send('setTaskRules', { rules: SHIPPED_TASK_RULES });
    expect(await add(follow, 'c')).toMatchObject({ state: 'queued' });
    again.remove();
    world.ring('online');
    await vi.waitFor(() => expect(isBoth()).toBe(true), PATIENT);
    expect(world.writes()).toHaveLength(1);
  });

  it('is taken back, unless somebody has changed it since; then nothing is known of what both agreed on', async () => {
    const { world, add, follow, isBoth, agreed, task, ticket } = await differing(kind);
    await add(follow, 'a');
    const undo = (press: string) => world.send('undoActivity', { id: 'addition:a', press });
    if (item === 'task') task.title = 'Order more toner';
    else ticket.TicketPriority = 'High';
    expect(await undo('u1')).toMatchObject({ state: 'conflict' });
    expect(isBoth()).toBe(true);
    if (item === 'task') task.title = 'Order toner';
    else ticket.TicketPriority = 'Low';
    world.faults.add(putOf(kind), { kind: 'cut', when: 'after' }, 1);
    expect(await undo('u2')).toMatchObject({ state: 'done' });
    expect(isBoth()).toBe(false);
    expect(await agreed()).toBeNull();
    // And that is taken back too.
    const back = (await world.send('getActivity', { people: null, limit: null }))?.entries[0];
    expect(back).toMatchObject({ kind: 'undo', undo: { can: true } });
    expect(await world.send('undoActivity', { id: back?.id ?? '', press: 'u3' })).toMatchObject({
      state: 'done',
    });
    expect(isBoth()).toBe(true);
  });

  it('is for what was linked here alone, whatever a marker says', async () => {
    const { world, add, follow } = await differing(kind);
    ticketOf(world).TicketStatus = follow.from;
    expect(await add({ ...follow, ticketId: TICKET }, 'a')).toMatchObject({
      state: 'failed',
      error: { code: 'plan_expired' },
    });
    expect(world.writes()).toEqual([]);
  });
});

describe('what both agreed on', () => {
  it('is known once one was made of the other', async () => {
    const { now } = await linkedPerson();
    const { tasks, tickets } = await now();
    expect(tasks[0]?.copied?.agreed).toEqual({ isDone: false, status: 'Open' });
    expect(tickets[0]?.copied?.agreed).toEqual({ isDone: false, status: 'Open' });
  });

  it('is not known any more once the ticket is closed by taking its copy back', async () => {
    const { world, tabId, now, ticket } = await linkedPerson();
    expect(await world.send('undoActivity', { id: 'addition:make', press: 'u1' })).toMatchObject({
      state: 'done',
    });
    expect(ticket.TicketStatus).toBe('Closed');
    await world.send('refreshView', { tabId });
    expect((await now()).tasks[0]?.copied?.agreed).toBeNull();
  });

  it('is known with the next reading, where it could not be read at once', async () => {
    const { world, tabId, now, taskCopy, add } = await shownPerson();
    const copy = await taskCopy();
    const hold = world.faults.add({ vendor: 'atera', method: 'POST' }, { kind: 'hold', when: 'after' });
    const press = add(copy, 'make');
    await hold.arrived;
    const failing = world.faults.add(
      { vendor: 'ghl', method: 'GET', path: '/tasks' },
      { kind: 'status', status: 503 },
    );
    hold.release();
    expect((await press).state).toBe('done');
    expect((await now()).tasks[0]?.copied?.agreed).toBeNull();
    failing.remove();
    await world.send('refreshView', { tabId });
    const agreed = { isDone: false, status: 'Open' };
    await vi.waitFor(async () => expect((await now()).tasks[0]?.copied?.agreed).toEqual(agreed), PATIENT);
    expect(world.bugs).toEqual([]);
  });

  it('is not what a reading says that began before a write', async () => {
    const { world, add, id, task, now, look } = await differing('reopen-ticket');
    task.completed = true;
    await look();
    // Both are done. Another tab reads that, and is slow with the rest.
    const hold = world.faults.add(
      { vendor: 'ghl', method: 'GET', path: '/appointments' },
      { kind: 'hold', when: 'before' },
      1,
    );
    const slow = await world.openTab(world.ticketUrl('main'));
    void world.send('getPanelState', { tabId: slow });
    await hold.arrived;
    await world.shown(slow, ({ sections: { tasks, tickets } }) =>
      [tasks, tickets].every(({ status }) => status === 'ready'),
    );
    task.completed = false;
    await look();
    const [follow] = followsOf(
      {
        taskId: TASK,
        ticketId: id,
        isTaskDone: false,
        status: 'Resolved',
        agreed: { isDone: true, status: 'Resolved' },
      },
      SHIPPED_TASK_RULES,
    );
    if (follow?.kind !== 'reopen-ticket') throw new Error('Not offered');
    expect((await add(follow, 'a')).state).toBe('done');
    hold.release();
    await world.shown(slow, world.settled);
    for (let turn = 0; turn < 10; turn += 1) await world.send('getTaskRules', {});
    expect((await now()).tasks[0]?.copied?.agreed).toEqual({ isDone: false, status: 'Open' });
  });

  it('never lets two presses turn both around', async () => {
    const { world, add, follow, task, ticket } = await differing('resolve-ticket');
    const back: Addition = { ...follow, kind: 'reopen-task', status: follow.from };
    const states = (await Promise.all([add(follow, 'a'), add(back, 'b')])).map(({ state }) => state);
    expect(states.sort()).toEqual(['done', 'failed']);
    expect(world.writes()).toHaveLength(1);
    expect(task.completed).toBe(ticket.TicketStatus === 'Resolved');
  });
});

describe('the rules for tasks', () => {
  it('are kept encrypted for the pair, within what can be followed', async () => {
    const { world } = await linkedPerson();
    expect(await world.send('getTaskRules', {})).toEqual({ rules: SHIPPED_TASK_RULES, isDamaged: false });
    await world.send('setTaskRules', { rules: { ...OWN, completedAs: ' Erledigt ' } });
    world.restart();
    expect(await world.send('getTaskRules', {})).toEqual({ rules: OWN, isDamaged: false });
    expect(await world.storedRows('taskRules')).toBe(1);
    await expect(world.send('setTaskRules', { rules: { ...OWN, dueDays: 366 } })).rejects.toMatchObject({
      code: 'invalid_input',
    });
    await expect(world.send('setTaskRules', { rules: { ...OWN, done: [] } })).rejects.toMatchObject({
      code: 'invalid_input',
    });
  });

  it('say when a task without a time is due, and a preview made by others is refused', async () => {
    const { world, add, ticketCopy } = await linkedPerson();
    const old = await ticketCopy();
    await world.send('setTaskRules', { rules: OWN });
    expect(await add(old, 'a')).toMatchObject({ state: 'failed', error: { code: 'plan_expired' } });
    const copy = await ticketCopy();
    if (copy.kind !== 'copy-ticket') throw new Error('Not a ticket');
    expect(copy.rules).toBe(taskRulesKey(OWN));
    expect(Math.abs(copy.dueAt - world.clock.now() - 10 * 86_400_000)).toBeLessThan(60_000);
    expect((await add(copy, 'b')).state).toBe('done');
  });

  it('name the statuses that the newest tickets have', async () => {
    const { world, ticket } = await linkedPerson();
    ticket.TicketStatus = 'In Arbeit';
    const statuses = await world.send('listStatuses', {});
    expect(statuses).toContain('In Arbeit');
    expect(new Set(statuses).size).toBe(statuses.length);
    await world.send('setResources', { rows: [{ resource: 'tickets', enabled: false }] });
    await expect(world.send('listStatuses', {})).rejects.toMatchObject({ code: 'switched_off' });
  });
});

describe('rules that are damaged', () => {
  const damaged = async (kind: FollowKind) => {
    const all = await differing(kind);
    const { world } = all;
    const store = createSealedStore<Areas>(AREAS, { clock: world.clock, databaseName: world.databaseName });
    const accounts = await store.all('accounts');
    const scope = scopeOf(...accounts.map(scopeOfAccount));
    await store.put('taskRules', scope, 'rules', { ...OWN, done: 'all' } as unknown as TaskRules);
    return all;
  };

  it('close: nothing is offered, copied or written by them, until they are kept again', async () => {
    const { world, tabId, add, follow, preview } = await damaged('resolve-ticket');
    expect((await world.send('getPanelState', { tabId })).adding?.taskRules).toBeNull();
    expect(await world.send('getTaskRules', {})).toEqual({ rules: SHIPPED_TASK_RULES, isDamaged: true });
    expect(await add(follow, 'a')).toMatchObject({ state: 'failed', error: { code: 'task_rules' } });
    await expect(preview('ticket', TICKET)).rejects.toMatchObject({ code: 'task_rules' });
    expect(world.writes()).toEqual([]);
    await world.send('setTaskRules', { rules: SHIPPED_TASK_RULES });
    expect((await add(follow, 'b')).state).toBe('done');
    expect(world.bugs).toEqual([]);
  });
});
