// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { AppError } from '../../lib/errors.ts';
import type { RegistrySettings, TagFieldView } from '../../lib/panel-state.ts';
import { makeAccount } from '../support/panel-fixtures.ts';
import { renderOptions } from '../support/render.tsx';

const field = (name: string | null, state: TagFieldView['state'] = 'ready'): TagFieldView => ({
  name,
  state,
  error: null,
});
const OFF: RegistrySettings = {
  isOn: false,
  fields: { atera: field(null, 'off'), ghl: field(null, 'off') },
  isNameless: false,
};
const on = (
  atera: TagFieldView['state'] = 'ready',
  ghl: TagFieldView['state'] = 'ready',
): RegistrySettings => ({
  isOn: true,
  fields: { atera: field('GHL contact', atera), ghl: field('Atera contact', ghl) },
  isNameless: false,
});
const open = (first: RegistrySettings | null, handlers: Parameters<typeof renderOptions>[1] = {}) =>
  renderOptions([makeAccount('atera'), makeAccount('ghl')], { getRegistry: () => first, ...handlers });
const region = () => within(screen.getByRole('region', { name: 'Remembered pairs' }));
const toggle = () => region().findByRole('switch', { name: 'Remember linked pairs in custom fields' });

test('is off at first, says what is kept, and is switched on with the names that are shown', async () => {
  const { user, sentOf } = open(OFF, { setRegistry: () => on() });
  const button = await toggle();
  expect((button as HTMLInputElement).checked).toBe(false);
  expect(region().getByText(/neither read nor written/u)).toBeDefined();
  await user.click(button);
  expect(sentOf('setRegistry')).toEqual([{ names: { atera: 'GHL contact', ghl: 'Atera contact' } }]);
  expect(await region().findByText('GHL has the field “Atera contact”.')).toBeDefined();
  expect(((await toggle()) as HTMLInputElement).checked).toBe(true);
});

test('is switched off by one press', async () => {
  const { user, sentOf } = open(on(), { setRegistry: () => OFF });
  await user.click(await toggle());
  expect(sentOf('setRegistry')).toEqual([{ names: null }]);
  expect(await region().findByText(/neither read nor written/u)).toBeDefined();
});

test('takes other names, and none that Atera could not take', async () => {
  const { user, sentOf } = open(on(), { setRegistry: () => on() });
  const atera = await region().findByRole('textbox', { name: 'Custom field of contacts in Atera' });
  await user.clear(atera);
  await user.type(atera, 'a/b');
  await user.click(region().getByRole('button', { name: 'Use these fields' }));
  expect(region().getByText(/Enter a name without/u)).toBeDefined();
  expect(sentOf('setRegistry')).toEqual([]);
  await user.clear(atera);
  await user.type(atera, ' CRM id ');
  await user.click(region().getByRole('button', { name: 'Use these fields' }));
  expect(sentOf('setRegistry')).toEqual([{ names: { atera: 'CRM id', ghl: 'Atera contact' } }]);
});

test('says what an admin must create, where, with which name and type; and looks again', async () => {
  const { user, sentOf } = open(on('missing', 'wrong-type'), { checkRegistry: () => on() });
  expect(await region().findByText('Atera has no custom field “GHL contact” for contacts.')).toBeDefined();
  expect(
    region().getByText(/the name “GHL contact” and the type Text\. No token can do that/u),
  ).toBeDefined();
  expect(region().getByText('The custom field “Atera contact” in GHL does not hold text.')).toBeDefined();
  expect(region().getByText(/the name “Atera contact” and the type Single Line/u)).toBeDefined();
  const [check] = region().getAllByRole('button', { name: 'Check again' });
  if (check) await user.click(check);
  expect(sentOf('checkRegistry')).toHaveLength(1);
  expect(await region().findByText('Atera has the field “GHL contact”.')).toBeDefined();
});

test.each([
  ['taken', 'The custom field “GHL contact” in Atera is used for something else here already.'],
  ['twice', 'Atera has more than one custom field “GHL contact” for contacts.'],
] as const)('a field that is %s is for whoever chose it', async (state, words) => {
  open(on(state));
  expect(await region().findByText(words)).toBeDefined();
  expect(region().getByText('Choose another field, or rename one.')).toBeDefined();
});

test('says why it cannot be used where Atera does not tell whose account it is', async () => {
  open({ ...OFF, isNameless: true });
  expect((await toggle()).matches(':disabled')).toBe(true);
  expect(region().getByRole('alert').textContent).toContain('Atera does not tell this token');
});

test('waits for accounts, and tells what failed', async () => {
  open(null);
  expect(await region().findByText(/Connect both systems first/u)).toBeDefined();
});

test('keeps what is set where storing it failed', async () => {
  const { user } = open(OFF, {
    setRegistry: () => {
      throw new AppError('storage');
    },
  });
  await user.click(await toggle());
  await waitFor(() => expect(region().getAllByRole('alert').length).toBeGreaterThan(0));
  expect(((await toggle()) as HTMLInputElement).checked).toBe(false);
});
