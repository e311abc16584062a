// @vitest-environment jsdom
import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { AppError } from '../../lib/errors.ts';
import { SCENES } from '../support/panel-scenes.ts';
import { renderPanel } from '../support/render.tsx';

const scene = (name: string) => {
  const state = SCENES[name];
  if (!state) throw new Error(name);
  return state;
};

test('an unknown page of Atera is marked once the name behind its number was shown and agreed to', async () => {
  const record = { id: '1048101', name: 'Dana Whitfield' };
  const { user, sentOf } = renderPanel(scene('unmarked'), { previewMark: () => record });
  expect(await screen.findByText(/holds the number 1048101/u)).toBeDefined();
  expect(screen.getByText(/Nothing is written/u)).toBeDefined();
  await user.click(screen.getByRole('button', { name: 'This is a contact' }));
  expect(await screen.findByText('Is this page about Dana Whitfield?')).toBeDefined();
  expect(screen.getByText(/pages with the address \/new\/contact\/… are/u)).toBeDefined();
  expect(sentOf('markPage')).toEqual([]);
  await user.click(screen.getByRole('button', { name: 'No, somebody else' }));
  expect(screen.queryByText('Is this page about Dana Whitfield?')).toBeNull();
  await user.click(screen.getByRole('button', { name: 'This is a contact' }));
  await user.click(await screen.findByRole('button', { name: 'Yes, this page is about them' }));
  const asked = { target: { tabId: 5 }, kind: 'contact', template: '/new/contact/{id}' };
  expect(sentOf('previewMark')).toEqual([asked, asked]);
  expect(sentOf('markPage')).toEqual([{ ...asked, record }]);
});

test('says when Atera has no such record', async () => {
  const { user } = renderPanel(scene('unmarked'), {
    previewMark: () => {
      throw new AppError('not_found', { vendor: 'atera', operation: 'getContact' });
    },
  });
  await user.click(await screen.findByRole('button', { name: 'This is a contact' }));
  expect(await screen.findByRole('alert')).toBeDefined();
});

test('a marked page says so and can be forgotten', async () => {
  const { user, sentOf } = renderPanel(scene('marked'));
  expect(await screen.findByText(/Recognised because pages with the address/u)).toBeDefined();
  await user.click(screen.getByRole('button', { name: 'Forget this address' }));
  expect(sentOf('unmarkPage')).toEqual([{ target: { tabId: 5 }, template: '/new/firm/{id}' }]);
});
