// @vitest-environment jsdom
import { act, screen, waitFor } from '@testing-library/react';
import axe from 'axe-core';
import { expect, test } from 'vitest';
import type { SubjectView } from '../../lib/panel-state.ts';
import { makePerson, makeReceipt, makeState } from '../support/panel-fixtures.ts';
import { SCENES } from '../support/panel-scenes.ts';
import { renderPanel } from '../support/render.tsx';

const suggested = (change: Partial<SubjectView> = {}, revision = 1) => {
  const page = SCENES.suggested?.page;
  if (page?.kind !== 'subject') throw new Error('No such scene.');
  return makeState({ kind: 'subject', view: { ...page.view, ...change } }, { revision });
};
const button = () => screen.findByRole('button', { name: 'Push 1 change to Atera' });
const box = (name = 'Dana Whitfield') => screen.findByRole('checkbox', { name: `This is about ${name}` });
const isOff = (element: HTMLElement): boolean => element.hasAttribute('disabled');

test('the button waits for the name, and says why', async () => {
  const { user, sentOf, store } = renderPanel(suggested(), { applyPlan: () => makeReceipt(['verified']) });
  const push = await button();
  await waitFor(() => expect(store.getState().paintedKey).not.toBe(''));
  expect(isOff(push)).toBe(true);
  const tick = await box();
  expect(document.getElementById(tick.getAttribute('aria-describedby') ?? '')?.textContent).toMatch(
    /address of a conversation may show another person/u,
  );
  await user.click(tick);
  await waitFor(() => expect(isOff(push)).toBe(false));
  await user.click(push);
  expect(sentOf('applyPlan')).toEqual([
    { target: { tabId: 5 }, planId: 'plan-1', fields: ['phone'], confirmedName: 'Dana Whitfield' },
  ]);
});

test('the keyboard is enough, and a tick can be taken back', async () => {
  const { user } = renderPanel(suggested());
  const tick = await box();
  tick.focus();
  await user.keyboard(' ');
  await waitFor(async () => expect(isOff(await button())).toBe(false));
  await user.keyboard(' ');
  expect(isOff(await button())).toBe(true);
});

test.each([
  ['another name', { person: { status: 'ready', value: makePerson('ghl', { name: 'Amir Haddad' }) } }],
  [
    'the next page',
    { version: 8, person: { status: 'ready', value: makePerson('ghl', { name: 'Amir Haddad' }) } },
  ],
] as const)('a tick does not hold for %s', async (_case, change) => {
  const { user, emit } = renderPanel(suggested());
  await user.click(await box());
  act(() => emit('panelStateChanged', suggested(change, 2)));
  expect(((await box('Amir Haddad')) as HTMLInputElement).checked).toBe(false);
  expect(isOff(await button())).toBe(true);
});

test('nothing is asked once it is confirmed', async () => {
  const { sentOf, user } = renderPanel(suggested({ suggested: false }), {
    applyPlan: () => makeReceipt(['verified']),
  });
  const push = await button();
  await waitFor(() => expect(isOff(push)).toBe(false));
  expect(screen.queryByRole('checkbox', { name: /^This is about/u })).toBeNull();
  await user.click(push);
  expect(sentOf('applyPlan')).toEqual([{ target: { tabId: 5 }, planId: 'plan-1', fields: ['phone'] }]);
});

test('a hostile name is text, and the store presses nothing by itself', async () => {
  const name = '<img src=x onerror=alert(1)>';
  const { container, store, sentOf } = renderPanel(
    suggested({ person: { status: 'ready', value: makePerson('ghl', { name }) } }),
  );
  await box(name);
  expect(container.querySelector('img[onerror]')).toBeNull();
  await waitFor(() => expect(store.getState().paintedKey).not.toBe(''));
  await store.getState().apply('plan-1');
  expect(sentOf('applyPlan')).toEqual([]);
});

test('ticked or not, there is no accessibility problem', async () => {
  const { user } = renderPanel(suggested());
  const tick = await box();
  for (const press of [async () => undefined, () => user.click(tick)]) {
    await press();
    const { violations } = await axe.run(document.body, { rules: { 'color-contrast': { enabled: false } } });
    expect(violations.map(({ id }) => id)).toEqual([]);
  }
});
