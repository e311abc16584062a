// @vitest-environment jsdom
import { act, screen, within } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import type { AccountWait } from '../../lib/panel-state.ts';
import { subjectState, makeWait as wait } from '../support/panel-fixtures.ts';
import { renderPanel } from '../support/render.tsx';

// Finding by role reads the whole panel each time.
vi.setConfig({ testTimeout: 20_000 });
afterEach(() => {
  vi.useRealTimers();
});

const notice = () => screen.getByRole('status', { name: 'What is waited for' });
const settle = () => act(async () => {});

test.each<[string, Partial<AccountWait>, string]>([
  ['the pace', {}, 'Waiting for GHL: 3 requests before this one'],
  ['one before', { queued: 1 }, 'Waiting for GHL: 1 request before this one'],
  ['next', { queued: 0 }, 'Waiting for GHL: this request is next'],
  [
    'answers that have not come',
    { vendor: 'atera', reason: 'busy', waitingUntil: null, queued: 4 },
    'Waiting for Atera: 4 requests before this one',
  ],
  [
    'a pause that the vendor asks for',
    { vendor: 'atera', reason: 'asked', waitingUntil: Date.now() + 3_600_000 },
    'Atera asks to slow down: going on in',
  ],
])('the panel says what it waits for: %s', async (_, change, words) => {
  const { emit } = renderPanel(subjectState());
  await settle();
  expect(notice().textContent).toBe('');
  act(() => emit('waitsChanged', [wait(change)]));
  expect(notice().textContent).toContain(words);
  act(() => emit('waitsChanged', []));
  expect(notice().textContent).toBe('');
});

test('the seconds count down, and are not read out each time', async () => {
  vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'] });
  const { emit } = renderPanel(subjectState());
  await settle();
  act(() =>
    emit('waitsChanged', [wait({ vendor: 'atera', reason: 'asked', waitingUntil: Date.now() + 4000 })]),
  );
  expect(notice().textContent).toBe('Atera asks to slow down: going on in 4 s');
  act(() => void vi.advanceTimersByTime(1500));
  expect(notice().textContent).toBe('Atera asks to slow down: going on in 3 s');
  expect(within(notice()).getByText('going on in 3 s').getAttribute('aria-live')).toBe('off');
  act(() => void vi.advanceTimersByTime(2400));
  expect(notice().textContent).toBe('Atera asks to slow down: going on in 1 s');
});

test('a wait whose end nobody tells of is not shown for ever', async () => {
  vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'] });
  const { emit } = renderPanel(subjectState());
  await settle();
  const asked = wait({ vendor: 'atera', reason: 'asked', waitingUntil: Date.now() + 4000 });
  act(() => emit('waitsChanged', [asked, wait({ reason: 'busy', waitingUntil: null })]));
  act(() => void vi.advanceTimersByTime(8000));
  expect(notice().textContent).toBe('Waiting for GHL: 3 requests before this one');
  act(() => void vi.advanceTimersByTime(30_000));
  expect(notice().textContent).toBe('');
});

test('a panel that opens meanwhile asks, and what it hears before the answer is newer', async () => {
  const opened = renderPanel(subjectState(), { getWaits: () => [wait()] });
  await settle();
  expect(notice().textContent).toBe('Waiting for GHL: 3 requests before this one');
  opened.unmount();

  let answer: (waits: AccountWait[]) => void = () => undefined;
  const late = new Promise<AccountWait[]>((resolve) => {
    answer = resolve;
  });
  const { emit } = renderPanel(subjectState(), { getWaits: () => late });
  await settle();
  act(() => emit('waitsChanged', []));
  answer([wait()]);
  await settle();
  expect(notice().textContent).toBe('');
});
