// @vitest-environment jsdom
import { describe, expect, test, vi } from 'vitest';
import type { DiffRow } from '../../lib/core/rows.ts';
import { AppError } from '../../lib/errors.ts';
import { targetFromSearch } from '../../lib/panel/api.ts';
import { ASK_AGAIN_MS, isUnfinished } from '../../lib/panel/pulse.ts';
import { receiptKey, subjectOf, viewKey } from '../../lib/panel/selectors.ts';
import { createPanelStore } from '../../lib/panel/store.ts';
import type { PanelState, Receipt } from '../../lib/panel-state.ts';
import { makeReceipt, makeRow, subjectState } from '../support/panel-fixtures.ts';
import { createFakeApi } from '../support/render.tsx';

const loaded = async (state: PanelState, handlers: Parameters<typeof createFakeApi>[0] = {}) => {
  const fake = createFakeApi({ getPanelState: () => state, ...handlers });
  const store = createPanelStore(fake.api, { windowId: 1 });
  store.getState().connect();
  await Promise.resolve();
  await new Promise((resolve) => setTimeout(resolve));
  const paint = (): void => store.getState().markPainted(viewKey(subjectOf(store.getState().mirror)));
  paint();
  return { ...fake, store, paint };
};

describe('the panel mirrors the background', () => {
  test('a lower revision that arrives late is ignored', async () => {
    const { store, emit } = await loaded(subjectState({}, { revision: 5 }));
    emit('panelStateChanged', subjectState({ version: 8 }, { revision: 4 }));
    expect(subjectOf(store.getState().mirror)?.version).toBe(7);
    emit('panelStateChanged', subjectState({ version: 8 }, { revision: 6 }));
    expect(subjectOf(store.getState().mirror)?.version).toBe(8);
  });

  test('a section that is opened before it is known who it is stays open; the next page begins anew', async () => {
    const reading = subjectState({ person: { status: 'loading' } });
    const { store, emit } = await loaded(reading);
    store.getState().showSection('tags');
    emit('panelStateChanged', subjectState({}, { revision: 2 }));
    expect(store.getState().openSection).toBe('tags');
    emit('panelStateChanged', subjectState({ version: 8 }, { revision: 3 }));
    expect(store.getState().openSection).toBeNull();
  });

  test('a background that was stopped in the middle of reading is asked again; one that is done is left alone', async () => {
    const { store, emit, sentOf } = await loaded(subjectState({ refreshing: true }, { revision: 5 }));
    vi.useFakeTimers();
    try {
      // The pulse of the first state runs by the real clock: this one begins anew.
      emit('panelStateChanged', subjectState({ refreshing: true }, { revision: 6 }));
      const asked = sentOf('getPanelState').length;
      await vi.advanceTimersByTimeAsync(ASK_AGAIN_MS - 1);
      expect(sentOf('getPanelState')).toHaveLength(asked);
      await vi.advanceTimersByTimeAsync(1);
      expect(sentOf('getPanelState')).toHaveLength(asked + 1);
      emit('panelStateChanged', subjectState({}, { revision: 7 }));
      await vi.advanceTimersByTimeAsync(10 * ASK_AGAIN_MS);
      expect(sentOf('getPanelState')).toHaveLength(asked + 1);
      expect(subjectOf(store.getState().mirror)?.refreshing).toBe(false);
    } finally {
      vi.useRealTimers();
    }
  });

  test.each([
    ['a person', subjectState({ person: { status: 'loading' } })],
    ['a match', subjectState({ match: { status: 'loading' } })],
    ['a write', subjectState({ receipt: makeReceipt([], { state: 'running' }) })],
  ])('%s is waited for', (_what, state) => {
    expect(isUnfinished(state)).toBe(true);
    expect(isUnfinished(subjectState())).toBe(false);
  });

  test('a press does not get lost while the first answer is still on its way', async () => {
    const fake = createFakeApi({
      getPanelState: () => new Promise<PanelState>(() => undefined),
      refreshView: () => new Promise<void>(() => undefined),
    });
    const store = createPanelStore(fake.api, { windowId: 1 });
    store.getState().connect();
    fake.emit('panelStateChanged', subjectState());
    expect(store.getState().busy).toBe('load');
    void store.getState().refresh();
    expect(fake.sentOf('refreshView')).toHaveLength(1);
    expect(store.getState().busy).toBe('refresh');
  });

  test('an answer that comes after a press does not end the press', async () => {
    let answer = (_state: PanelState): void => undefined;
    const fake = createFakeApi({
      getPanelState: () =>
        new Promise<PanelState>((resolve) => {
          answer = resolve;
        }),
      refreshView: () => new Promise<void>(() => undefined),
    });
    const store = createPanelStore(fake.api, { windowId: 1 });
    store.getState().connect();
    void store.getState().refresh();
    answer(subjectState());
    await new Promise((resolve) => setTimeout(resolve));
    expect(store.getState().mirror).not.toBeNull();
    expect(store.getState().busy).toBe('refresh');
  });

  test.each(['unlink', 'reject', 'link'] as const)(
    '%s that was refused because the page moved on is told on the next page',
    async (decision) => {
      const refused = (): never => {
        throw new AppError('subject_changed');
      };
      const { store, emit } = await loaded(subjectState(), {
        unlink: refused,
        rejectMatch: refused,
        confirmMatch: refused,
      });
      const [person, other] = [
        { vendor: 'atera', accountId: 'a', kind: 'contact', id: '1' },
        { vendor: 'ghl', accountId: 'g', kind: 'contact', id: '2' },
      ] as const;
      await store.getState()[decision](7, person, other);
      emit('panelStateChanged', subjectState({ version: 8 }, { revision: 2 }));
      expect(store.getState().failure?.error.code).toBe('subject_changed');
    },
  );

  test('states of another window, or of a tab behind, are ignored', async () => {
    const { store, emit } = await loaded(subjectState());
    emit('panelStateChanged', subjectState({ version: 8 }, { revision: 2, windowId: 2 }));
    emit('panelStateChanged', subjectState({ version: 9 }, { revision: 3, active: false, tabId: 6 }));
    expect(subjectOf(store.getState().mirror)?.version).toBe(7);
  });

  test('a panel for one tab takes only that tab', async () => {
    const fake = createFakeApi({ getPanelState: () => subjectState({}, { tabId: 9, active: false }) });
    const store = createPanelStore(fake.api, { tabId: 9 });
    store.getState().connect();
    await new Promise((resolve) => setTimeout(resolve));
    fake.emit('panelStateChanged', subjectState({ version: 8 }, { revision: 2, tabId: 5 }));
    expect(subjectOf(store.getState().mirror)?.version).toBe(7);
    expect(fake.sentOf('getPanelState')).toEqual([{ tabId: 9 }]);
  });

  test('nothing is heard any more after the panel was closed', async () => {
    const fake = createFakeApi({ getPanelState: () => subjectState() });
    const store = createPanelStore(fake.api, { windowId: 1 });
    const stop = store.getState().connect();
    await new Promise((resolve) => setTimeout(resolve));
    stop();
    fake.emit('panelStateChanged', subjectState({ version: 8 }, { revision: 2 }));
    expect(subjectOf(store.getState().mirror)?.version).toBe(7);
  });

  test('the address says which tab the panel speaks for', () => {
    expect(targetFromSearch('?tab=12', 3)).toEqual({ tabId: 12 });
    expect(targetFromSearch('', 3)).toEqual({ windowId: 3 });
    expect(targetFromSearch('?tab=1e9;x', 3)).toEqual({ windowId: 3 });
  });
});

describe('choices', () => {
  test('all fields that can be pushed are chosen, except those that would be emptied', async () => {
    const rows = [makeRow('phone', '1', '2'), makeRow('city', null, 'Oslo', { can: true, value: null })];
    const { store } = await loaded(subjectState({ rows }));
    expect(store.getState().choices.push).toEqual(['phone']);
  });

  test('another version voids them', async () => {
    const { store, emit } = await loaded(subjectState());
    store.getState().toggleField('push', 'phone');
    expect(store.getState().choices.push).toEqual(['jobTitle']);
    emit('panelStateChanged', subjectState({ version: 8 }, { revision: 2 }));
    expect(store.getState().choices.push).toEqual(['phone', 'jobTitle']);
  });

  test('the same person read again keeps them for what is as it was, and asks anew for what is not', async () => {
    const plans = (n: number) => ({ push: `plan-${n}`, pull: `pull-${n}`, sync: null });
    const city = (right: string) => makeRow('city', 'Bergen', right);
    const at = (rows: DiffRow[], n: number) => subjectState({ rows, plans: plans(n) }, { revision: n });
    const phone = makeRow('phone', '1', '2');
    const { store, emit } = await loaded(at([phone, city('Oslo')], 1));
    store.getState().toggleField('push', 'phone');
    store.getState().toggleField('push', 'city');
    expect(store.getState().choices.push).toEqual([]);
    emit('panelStateChanged', at([phone, city('Moss')], 2));
    expect(store.getState().choices.push).toEqual(['city']);
    emit('panelStateChanged', at([phone, city('Moss'), makeRow('jobTitle', 'a', 'b')], 3));
    expect(store.getState().choices.push).toEqual(['city', 'jobTitle']);
  });

  test('news that leave the values alone keep them', async () => {
    const { store, emit } = await loaded(subjectState());
    store.getState().toggleField('push', 'phone');
    emit('panelStateChanged', subjectState({ refreshing: true }, { revision: 2 }));
    expect(store.getState().choices.push).toEqual(['jobTitle']);
  });

  test('a chosen candidate is forgotten with the person', async () => {
    const { store, emit } = await loaded(subjectState());
    store.getState().chooseCandidate({ vendor: 'ghl', accountId: 'ghl-1', kind: 'contact', id: 'x' });
    emit('panelStateChanged', subjectState({ version: 8 }, { revision: 2 }));
    expect(store.getState().selectedCandidate).toBeNull();
  });
});

describe('push', () => {
  const receipt = makeReceipt(['verified']);

  test('sends exactly the chosen fields that may be written', async () => {
    const { store, sentOf } = await loaded(subjectState(), { applyPlan: () => receipt });
    store.getState().toggleField('push', 'phone');
    store.getState().toggleField('push', 'company');
    await store.getState().apply('plan-1');
    expect(sentOf('applyPlan')).toMatchObject([{ planId: 'plan-1', fields: ['jobTitle'] }]);
  });

  test('two presses send once', async () => {
    let answer: (receipt: Receipt) => void = () => {};
    const { store, sentOf } = await loaded(subjectState(), {
      applyPlan: () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    });
    const first = store.getState().apply('plan-1');
    const second = store.getState().apply('plan-1');
    answer(receipt);
    await Promise.all([first, second]);
    expect(sentOf('applyPlan')).toHaveLength(1);
  });

  test('a press meant for values that are no longer shown is refused', async () => {
    const { store, sentOf, emit } = await loaded(subjectState());
    emit(
      'panelStateChanged',
      subjectState({ plans: { push: 'plan-2', pull: 'pull-2', sync: null } }, { revision: 2 }),
    );
    await store.getState().apply('plan-1');
    expect(sentOf('applyPlan')).toEqual([]);
  });

  test('a press before the new values were painted is refused, and works after', async () => {
    const { store, sentOf, emit, paint } = await loaded(subjectState(), { applyPlan: () => receipt });
    emit(
      'panelStateChanged',
      subjectState({ version: 8, plans: { push: 'plan-2', pull: 'pull-2', sync: null } }, { revision: 2 }),
    );
    await store.getState().apply('plan-2');
    expect(sentOf('applyPlan')).toEqual([]);
    paint();
    await store.getState().apply('plan-2');
    expect(sentOf('applyPlan')).toHaveLength(1);
  });

  test('with nothing chosen nothing is sent', async () => {
    const { store, sentOf } = await loaded(subjectState());
    store.getState().toggleField('push', 'phone');
    store.getState().toggleField('push', 'jobTitle');
    await store.getState().apply('plan-1');
    expect(sentOf('applyPlan')).toEqual([]);
  });

  test('the state is read again when its event got lost', async () => {
    const states = [subjectState(), subjectState({ receipt }, { revision: 2 })];
    const { store } = await loaded(subjectState(), {
      getPanelState: () => states.shift(),
      applyPlan: () => receipt,
    });
    await store.getState().apply('plan-1');
    expect(subjectOf(store.getState().mirror)?.receipt).toEqual(receipt);
  });

  test('a refusal is told even when the next person is on screen already', async () => {
    const { store, emit } = await loaded(subjectState(), {
      applyPlan: () => {
        throw new AppError('subject_changed');
      },
    });
    await store.getState().apply('plan-1');
    emit('panelStateChanged', subjectState({ version: 8 }, { revision: 2 }));
    expect(store.getState().failure?.error.code).toBe('subject_changed');
  });
});

test('a failed message keeps the last state and can be tried again', async () => {
  let isDown = true;
  const { store } = await loaded(subjectState(), {
    refreshView: () => {
      if (isDown) throw new AppError('internal');
    },
  });
  await store.getState().refresh();
  expect(store.getState().failure?.error.code).toBe('internal');
  expect(subjectOf(store.getState().mirror)?.version).toBe(7);
  isDown = false;
  await store.getState().refresh();
  expect(store.getState().failure).toBeNull();
});

test('a closed receipt comes back when its state changes', async () => {
  const running = makeReceipt(['sent'], { state: 'running' });
  const { store, emit } = await loaded(subjectState({ receipt: running }));
  const isClosed = (): boolean => {
    const { mirror, closedReceipt } = store.getState();
    const receipt = subjectOf(mirror)?.receipt;
    return receipt ? receiptKey(receipt) === closedReceipt : true;
  };
  expect(isClosed()).toBe(false);
  store.getState().closeReceipt();
  expect(isClosed()).toBe(true);
  emit('panelStateChanged', subjectState({ receipt: running }, { revision: 100 }));
  expect(isClosed()).toBe(true);
  const done = makeReceipt(['verified'], { state: 'done' });
  emit('panelStateChanged', subjectState({ receipt: done }, { revision: 101 }));
  expect(isClosed()).toBe(false);
});
