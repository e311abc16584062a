// @vitest-environment jsdom
import { screen, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { PanelState } from '../../lib/panel-state.ts';
import { CANDIDATES, makePerson, NO_PLANS, subjectState } from '../support/panel-fixtures.ts';
import { SCENES } from '../support/panel-scenes.ts';
import { renderPanel } from '../support/render.tsx';

const scene = (name: string): PanelState => {
  const state = SCENES[name];
  if (!state) throw new Error(name);
  return state;
};
const about = {
  target: { tabId: 5 },
  version: 7,
  person: makePerson('atera').ref,
  counterpart: makePerson('ghl').ref,
};
const enabled = async (name: string): Promise<HTMLElement> => {
  const button = await screen.findByRole('button', { name });
  await waitFor(() => expect(button.hasAttribute('disabled')).toBe(false));
  return button;
};

test('a linked person can be unlinked, and is told to nobody else', async () => {
  const { user, sentOf } = renderPanel(scene('differences'));
  await user.click(await enabled('Unlink'));
  expect(sentOf('unlink')).toEqual([about]);
  expect(screen.getByText('Remembered here only. Nothing is written to Atera or GHL.')).toBeDefined();
});

test.each(['differences', 'verified'])(
  'in the state %s the counterpart can be called wrong',
  async (name) => {
    const { user, sentOf } = renderPanel(scene(name));
    const button = await enabled('Not the same person');
    button.focus();
    await user.keyboard('{Enter}');
    expect(sentOf('rejectMatch')).toEqual([about]);
  },
);

test('who is not linked cannot be unlinked', async () => {
  renderPanel(scene('verified'));
  expect(await screen.findByRole('button', { name: 'Not the same person' })).toBeDefined();
  expect(screen.queryByRole('button', { name: 'Unlink' })).toBeNull();
});

test('nothing can be said of a person while the view is read again', async () => {
  renderPanel(subjectState({ refreshing: true }));
  for (const name of ['Unlink', 'Not the same person'])
    expect((await screen.findByRole('button', { name })).hasAttribute('disabled')).toBe(true);
});

test('of several, the chosen one can be called wrong; without a choice nobody can', async () => {
  const { user, sentOf } = renderPanel(scene('several'));
  const button = await screen.findByRole('button', { name: 'Not this one' });
  expect(button.hasAttribute('disabled')).toBe(true);
  await user.click(screen.getByRole('radio', { name: 'Dana W.' }));
  await user.click(await enabled('Not this one'));
  expect(sentOf('rejectMatch')).toEqual([{ ...about, counterpart: CANDIDATES[1]?.ref }]);
  expect(sentOf('confirmMatch')).toEqual([]);
});

test('whoever was marked is counted, and can be shown again', async () => {
  const { user, sentOf } = renderPanel(scene('rejected'));
  expect(await screen.findByText('1 person was marked as not the same.')).toBeDefined();
  await user.click(await enabled('Show again'));
  const { counterpart: _counterpart, ...command } = about;
  expect(sentOf('forgetRejections')).toEqual([command]);
});

test('the others are still offered beside those who were marked', async () => {
  renderPanel(
    subjectState({
      match: { status: 'several', candidates: CANDIDATES, rejected: 2 },
      rows: [],
      plans: NO_PLANS,
    }),
  );
  expect(await screen.findAllByRole('radio')).toHaveLength(3);
  expect(screen.getByText('2 people were marked as not the same.')).toBeDefined();
});

test('where nobody was marked, nothing is said of it', async () => {
  renderPanel(scene('none'));
  expect(await screen.findByText('No counterpart found in GHL')).toBeDefined();
  expect(screen.queryByRole('button', { name: 'Show again' })).toBeNull();
});

test('nobody but the one who was said to be somebody else: the way back stands before creating anybody', async () => {
  renderPanel(subjectState({ match: { status: 'none', rejected: 1 }, rows: [] }));
  expect(await screen.findByRole('heading', { name: 'Nobody else found in GHL' })).toBeDefined();
  expect(screen.queryByText(/^No counterpart found/u)).toBeNull();
  const buttons = screen.getAllByRole('button').map(({ textContent }) => textContent);
  expect(buttons.indexOf('Show again')).toBeLessThan(buttons.indexOf('Create in GHL'));
  expect(buttons).toContain('Show again');
});
