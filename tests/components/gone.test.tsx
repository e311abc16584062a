// @vitest-environment jsdom
import { screen, waitFor } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { createMappingStore } from '../../lib/panel/mapping-store.ts';
import type { MappingView, PanelState, PersonHit } from '../../lib/panel-state.ts';
import { makeAccount, makePerson, NOW, subjectState } from '../support/panel-fixtures.ts';
import { SCENES } from '../support/panel-scenes.ts';
import { createFakeApi, renderOptions, renderPanel } from '../support/render.tsx';

const scene = (name: string): PanelState => {
  const state = SCENES[name];
  if (!state) throw new Error(`No scene ${name}`);
  return state;
};
const hit = (name: string): PersonHit => {
  const person = makePerson('ghl', { name });
  const { id, accountId: locationId } = person.ref;
  return { subject: { vendor: 'ghl', kind: 'contact', id, locationId }, title: null, person };
};
const found = (name: string) => ({
  atera: { status: 'ready', hits: [], more: false },
  ghl: { status: 'ready', hits: [hit(name)], more: false },
});
const notConnected = (state: PanelState): PanelState => ({
  ...state,
  revision: state.revision + 1,
  accounts: [makeAccount('atera')],
  page: { kind: 'not-connected', missing: ['ghl'] },
});
const isShown = (name: string): boolean => screen.queryAllByText(name).length > 0;

describe('when accounts change, nobody of the old ones stays on screen', () => {
  test.each(['nothing', 'unmarked'])('people found and seen before: %s', async (page) => {
    const state: PanelState =
      page === 'nothing'
        ? scene('nothing')
        : { ...scene('nothing'), page: { kind: 'unmarked', id: '5', template: '/new/x/{id}' } };
    let people = [hit('Seen Before')];
    const { emit, user } = renderPanel(state, {
      recentPeople: async () => people,
      searchPeople: async () => found('Found Person'),
    });
    await screen.findByText('Seen Before');
    await user.type(screen.getByRole('searchbox'), 'x{Enter}');
    await screen.findByText('Found Person');
    people = [];
    emit('panelStateChanged', {
      ...state,
      revision: state.revision + 1,
      accounts: [makeAccount('atera'), makeAccount('ghl', { id: 'new-location' })],
    });
    await waitFor(() => expect([isShown('Seen Before'), isShown('Found Person')]).toEqual([false, false]));
    expect(screen.getByRole<HTMLInputElement>('searchbox').value).toBe('');
  });

  test('nor when the same account was erased and connected again', async () => {
    const state = scene('nothing');
    let people = [hit('Seen Before')];
    const { emit } = renderPanel(state, { recentPeople: async () => people });
    await screen.findByText('Seen Before');
    people = [];
    emit('panelStateChanged', {
      ...state,
      revision: state.revision + 1,
      accounts: state.accounts.map((account) => ({ ...account, connectedAt: NOW })),
    });
    await waitFor(() => expect(isShown('Seen Before')).toBe(false));
  });

  test('people stay while only a problem of an account is told', async () => {
    const state = scene('nothing');
    const { emit, sentOf } = renderPanel(state, { recentPeople: async () => [hit('Seen Before')] });
    await screen.findByText('Seen Before');
    const accounts = state.accounts.map((account) => ({
      ...account,
      problem: { code: 'unauthorized' as const },
    }));
    emit('accountsChanged', accounts);
    emit('panelStateChanged', { ...state, revision: state.revision + 1, accounts });
    expect(isShown('Seen Before')).toBe(true);
    expect(sentOf('getPanelState')).toHaveLength(1);
  });

  test('in a panel of its own, which is told of accounts alone', async () => {
    const state = subjectState();
    const { emit, handlers } = renderPanel(state, {}, { tabId: state.tabId ?? -1 });
    await screen.findAllByText('Dana Whitfield');
    let answer: (next: PanelState) => void = () => undefined;
    handlers.getPanelState = () =>
      new Promise((resolve) => {
        answer = resolve;
      });
    emit('accountsChanged', [makeAccount('atera')]);
    // At once, not only when the answer comes.
    await waitFor(() => expect(isShown('Dana Whitfield')).toBe(false));
    answer(notConnected(state));
    await screen.findByText('Connect both systems first');
  });
});

describe('field rules', () => {
  const view: MappingView = { personName: 'Dana Whitfield', rows: [] };

  test('read before a change of accounts are not shown after it', async () => {
    const answers: ((view: MappingView | null) => void)[] = [];
    const { api } = createFakeApi({ getMapping: () => new Promise((resolve) => answers.push(resolve)) });
    const store = createMappingStore(api);
    const [first, second] = [store.getState().load(), store.getState().load()];
    await waitFor(() => expect(answers).toHaveLength(2));
    answers[1]?.(null);
    await second;
    answers[0]?.(view);
    await first;
    expect(store.getState().view).toBeNull();
  });

  test('name nobody while the background is asked again', async () => {
    const { api, emit, handlers } = createFakeApi({ getMapping: async () => view });
    const store = createMappingStore(api);
    store.getState().connect();
    await waitFor(() => expect(store.getState().view?.personName).toBe('Dana Whitfield'));
    handlers.getMapping = () => new Promise(() => undefined);
    emit('accountsChanged', []);
    expect(store.getState().view?.personName).toBeNull();
  });
});

test('an older list of accounts that arrives late does not bring one back', async () => {
  const { store, emit, handlers } = renderOptions([]);
  await screen.findByText('No account is connected yet.');
  let answer: (accounts: unknown) => void = () => undefined;
  handlers.getAccounts = () =>
    new Promise((resolve) => {
      answer = resolve;
    });
  const loading = store.getState().load();
  emit('accountsChanged', []);
  answer([makeAccount('ghl')]);
  await loading;
  expect(store.getState().accounts).toEqual([]);
});
