// @vitest-environment jsdom
import { screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { SCENES } from '../support/panel-scenes.ts';
import { renderPanel } from '../support/render.tsx';

const show = (name: string) => {
  const state = SCENES[name];
  if (!state) throw new Error(name);
  return renderPanel(state);
};

test('a company shows what Atera holds, who wrote tickets, and which', async () => {
  show('customer');
  expect(await screen.findByRole('heading', { level: 1, name: 'Bright Smile Dental' })).toBeDefined();
  expect(screen.getByText('brightsmile.example')).toBeDefined();
  const people = screen.getByRole('region', { name: 'People with tickets' });
  expect(within(people).getByText('Dana Whitfield')).toBeDefined();
  expect(within(people).getByText('2 tickets')).toBeDefined();
  expect(within(people).getByText('1 ticket')).toBeDefined();
  expect(people.textContent).toMatch(/Found in the newest \d+ of \d+ tickets/u);
  expect(
    within(screen.getByRole('region', { name: 'Tickets' })).getAllByRole('listitem').length,
  ).toBeGreaterThan(0);
  expect(screen.queryByRole('button', { name: /Push/u })).toBeNull();
});

test('says that it is being read', async () => {
  show('customerLoading');
  expect((await screen.findAllByRole('status', { name: 'Reading the company…' })).length).toBe(3);
});

test('says what is not there', async () => {
  show('customerEmpty');
  expect(await screen.findByText(/holds no phone, domain or address/u)).toBeDefined();
  expect(screen.getByText('Nobody wrote one of the newest tickets.')).toBeDefined();
  expect(screen.getByText('This company has no tickets.')).toBeDefined();
});

test('names the right that is missing, tells each failure once, and tries again', async () => {
  const { user, sentOf } = show('customerFailed');
  expect((await screen.findAllByRole('alert')).length).toBe(2);
  expect(screen.getByText(/Customers: Read/u)).toBeDefined();
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(sentOf('refreshView')).toHaveLength(1);
});
