// @vitest-environment jsdom
import { act, screen, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import { AppError } from '../../lib/errors.ts';
import { subjectOf } from '../../lib/panel/selectors.ts';
import { createPanelStore } from '../../lib/panel/store.ts';
import type { AdditionResult } from '../../lib/panel-state.ts';
import { makePerson, makeState, subjectState } from '../support/panel-fixtures.ts';
import { createFakeApi, renderPanel } from '../support/render.tsx';

const away = (revision: number) => makeState({ kind: 'nothing', samples: [] }, { tabId: 99, revision });
const other = (revision: number) =>
  subjectState(
    { person: { status: 'ready', value: makePerson('atera', { name: 'Amir Haddad' }) } },
    { tabId: 99, revision },
  );

async function opened(handlers: Parameters<typeof createFakeApi>[0] = {}) {
  const fake = createFakeApi({ getPanelState: () => subjectState({}, { revision: 1 }), ...handlers });
  const store = createPanelStore(fake.api, { windowId: 1 });
  store.getState().connect();
  await waitFor(() => expect(store.getState().mirror).not.toBeNull());
  return { ...fake, store, note: () => store.getState().drafts.note };
}

test('what is typed for somebody is there again after a look at another tab, and never shown for anybody else', async () => {
  const { store, emit, note } = await opened();
  store.getState().type({ note: 'Half an hour of typing' });
  emit('panelStateChanged', away(2));
  expect(note()).toBe('');
  emit('panelStateChanged', subjectState({}, { revision: 3 }));
  expect(note()).toBe('Half an hour of typing');
  emit('panelStateChanged', other(4));
  expect(note()).toBe('');
  store.getState().type({ note: 'For Amir' });
  emit('panelStateChanged', subjectState({}, { revision: 5 }));
  expect(note()).toBe('Half an hour of typing');
  emit('panelStateChanged', other(6));
  expect(note()).toBe('For Amir');
});

test('what was written while another tab was looked at does not come back to be written twice', async () => {
  let answer: (result: AdditionResult) => void = () => undefined;
  const { store, emit, note } = await opened({
    addToContact: () =>
      new Promise((resolve) => {
        answer = resolve;
      }),
  });
  store.getState().type({ note: 'Called back.' });
  const view = subjectOf(store.getState().mirror);
  if (!view) throw new Error('Nobody');
  const adding = store.getState().add(view, { kind: 'note', body: 'Called back.' });
  emit('panelStateChanged', away(2));
  answer({ id: store.getState().adding?.id ?? '', state: 'done', error: null });
  await adding;
  emit('panelStateChanged', subjectState({}, { revision: 3 }));
  expect(note()).toBe('');
});

test('what failed on one page is not told on the next that shows nobody', async () => {
  const { store, emit } = await opened({
    getPanelState: () => makeState({ kind: 'nothing', samples: [] }, { revision: 1 }),
    leaveSubject: () => {
      throw new AppError('not_found', { vendor: 'atera' });
    },
  });
  await store.getState().leave();
  expect(store.getState().failure).not.toBeNull();
  emit('panelStateChanged', makeState({ kind: 'nothing', samples: [] }, { revision: 2 }));
  expect(store.getState().failure).not.toBeNull();
  emit('panelStateChanged', away(3));
  expect(store.getState().failure).toBeNull();
});

test('a push that was refused for its name says that nothing was written', async () => {
  const { user, store } = renderPanel(subjectState(), {
    applyPlan: () => {
      throw new AppError('unconfirmed');
    },
  });
  const push = await screen.findByRole('button', { name: /^Push/u });
  await waitFor(() => expect(store.getState().paintedKey).not.toBe(''));
  await waitFor(() => expect(push.hasAttribute('disabled')).toBe(false));
  await user.click(push);
  expect((await screen.findByRole('alert')).textContent).toContain('Nothing was written.');
});

test('the button waits, and shows it, while something else is under way', async () => {
  let finish: () => void = () => undefined;
  const { store } = renderPanel(subjectState(), {
    refreshView: () =>
      new Promise<void>((resolve) => {
        finish = resolve;
      }),
  });
  const push = await screen.findByRole('button', { name: /^Push/u });
  await waitFor(() => expect(push.hasAttribute('disabled')).toBe(false));
  let refreshing = Promise.resolve();
  act(() => {
    refreshing = store.getState().refresh();
  });
  expect(push.hasAttribute('disabled')).toBe(true);
  finish();
  await act(() => refreshing);
  expect(push.hasAttribute('disabled')).toBe(false);
});

test('whoever was chosen is told not to be on the page', async () => {
  const state = subjectState();
  if (state.page.kind !== 'subject') throw new Error('No subject');
  renderPanel({ ...state, page: { ...state.page, chosen: true } });
  expect(
    await screen.findByText('You chose Dana Whitfield. The page itself does not show them.'),
  ).toBeDefined();
});
