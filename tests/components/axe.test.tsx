// @vitest-environment jsdom
import { waitFor } from '@testing-library/react';
import axe from 'axe-core';
import { expect, test } from 'vitest';
import { makeAccount } from '../support/panel-fixtures.ts';
import { SCENES } from '../support/panel-scenes.ts';
import { renderOptions, renderPanel } from '../support/render.tsx';

const problemsOf = async (element: Element): Promise<string[]> => {
  const { violations } = await axe.run(element, {
    // jsdom lays nothing out, so colours and sizes are looked at in the browsers.
    rules: { 'color-contrast': { enabled: false }, region: { enabled: true } },
  });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
};

/** A word that was not filled in, or a key that has no text. `{id}` is part of an address that is shown. */
const UNFILLED = /\{(?!id\})[a-z]+\}|undefined|\[object|NaN/iu;

test.each(Object.keys(SCENES))('%s has no accessibility problem and no unfilled words', async (name) => {
  const state = SCENES[name];
  if (!state) throw new Error(name);
  const { container, store } = renderPanel(state);
  await waitFor(() => expect(store.getState().mirror).not.toBeNull());
  await waitFor(() => expect(container.querySelector('main')?.textContent).not.toBe(''));
  expect(await problemsOf(document.body)).toEqual([]);
  const attributes = [...container.querySelectorAll('*')].flatMap((element) =>
    ['aria-label', 'title'].map((attribute) => element.getAttribute(attribute) ?? ''),
  );
  expect([container.textContent, ...attributes].filter((text) => UNFILLED.test(text ?? ''))).toEqual([]);
});

test('the settings page has no accessibility problem', async () => {
  const { container, findByText } = renderOptions([
    makeAccount('atera', { expiresAt: 1 }),
    makeAccount('ghl', { problem: { code: 'unauthorized', vendor: 'ghl' } }),
  ]);
  await findByText('Northwind IT');
  expect(await problemsOf(document.body)).toEqual([]);
  expect(container.textContent).not.toMatch(UNFILLED);
});
