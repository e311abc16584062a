// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react';
import axe from 'axe-core';
import { expect, test, vi } from 'vitest';
import { AppError } from '../../lib/errors.ts';
import type { CounterpartHits, PanelState } from '../../lib/panel-state.ts';
import { strangerState } from '../support/creation-fixtures.ts';
import { CANDIDATES, makePerson, subjectState } from '../support/panel-fixtures.ts';
import { renderPanel } from '../support/render.tsx';

const OTHER = makePerson('ghl', { name: 'D. Whitfield', email: 'dw@mail.example', phone: null });
const SOMEBODY = makePerson('atera', {}).ref;
const HITS: CounterpartHits = {
  status: 'ready',
  people: [
    { person: OTHER, evidence: [{ kind: 'other-email' }, { kind: 'same-company' }], linkedTo: SOMEBODY },
  ],
  more: true,
};
// The first look for accessibility problems in a file takes long on a busy machine.
vi.setConfig({ testTimeout: 20_000 });

const violations = async (): Promise<string[]> =>
  (await axe.run(document.body, { rules: { 'color-contrast': { enabled: false } } })).violations.map(
    ({ id }) => id,
  );

async function open(
  hits: CounterpartHits | Error,
  { state = strangerState(), button = 'Find them yourself' }: { state?: PanelState; button?: string } = {},
) {
  const view = renderPanel(state, {
    findCounterpart: async () => {
      if (hits instanceof Error) throw hits;
      return hits;
    },
  });
  const opener = await screen.findByRole('button', { name: button });
  await waitFor(() => expect(opener.hasAttribute('disabled')).toBe(false));
  await view.user.click(opener);
  return view;
}

test('whoever is found stands beside the person on screen, with what agrees, and is linked by one press', async () => {
  const { user, sentOf } = await open(HITS);
  const box = screen.getByRole('searchbox', { name: 'E-mail, phone, name, id or address of a page' });
  expect(document.activeElement).toBe(box);
  await user.keyboard('whitfield{Enter}');
  const person = makePerson('atera').ref;
  expect(sentOf('findCounterpart')).toEqual([
    { target: { tabId: 5 }, version: 7, person, query: 'whitfield' },
  ]);
  const table = await screen.findByRole('table', { name: 'D. Whitfield compared' });
  expect(
    within(table).getByRole('row', { name: /E-mail dana@brightsmile.example dw@mail.example/u }),
  ).toBeDefined();
  expect(within(table).getByRole('row', { name: /Phone \+1 415 555 0137 empty/u })).toBeDefined();
  for (const words of [
    'other e-mail',
    'same company',
    'Linked to somebody else here. That link is replaced.',
  ])
    expect(screen.getByText(words)).toBeDefined();
  await user.click(screen.getByRole('button', { name: 'This is them: D. Whitfield' }));
  expect(sentOf('linkCounterpart')).toEqual([
    { target: { tabId: 5 }, version: 7, person, counterpart: OTHER.ref, replacing: SOMEBODY },
  ]);
});

test.each<[string, CounterpartHits | Error, RegExp]>([
  ['nobody', { status: 'ready', people: [], more: false }, /Nobody found/u],
  ['a search that is not possible', { status: 'not-possible', reason: 'by-id' }, /no id of GHL/u],
  ['a failure', { status: 'failed', error: { code: 'timeout', vendor: 'ghl' } }, /GHL took too long/u],
  ['a message that failed', new AppError('subject_changed'), /shows somebody else now/u],
])('says so: %s', async (_case, hits, words) => {
  const { user } = await open(hits);
  await user.keyboard('whitfield');
  await user.click(screen.getByRole('button', { name: 'Search GHL' }));
  expect(await screen.findByText(words)).toBeDefined();
  expect(await violations()).toEqual([]);
  await user.click(screen.getByRole('button', { name: 'Close the search' }));
  expect(document.activeElement?.textContent).toMatch(/^(Create in GHL|Find them yourself)$/u);
});

test('is offered beside several candidates, and quietly where somebody was matched, but not over a link', async () => {
  const several = subjectState({
    match: { status: 'several', candidates: CANDIDATES },
    rows: [],
    plans: { push: null, pull: null, sync: null },
  });
  const { unmount } = await open(HITS, { state: several });
  expect(screen.getByRole('searchbox')).toBeDefined();
  unmount();
  const one = subjectState({
    match: { status: 'one', evidence: [{ kind: 'same-email' }], counterpart: makePerson('ghl') },
  });
  const matched = await open(HITS, { state: one, button: 'Find somebody else' });
  expect(screen.getByRole('searchbox')).toBeDefined();
  matched.unmount();
  renderPanel(subjectState());
  await screen.findByRole('button', { name: 'Unlink' });
  expect(screen.queryByRole('button', { name: 'Find somebody else' })).toBeNull();
});

test('results have no accessibility problem', async () => {
  const { user } = await open(HITS);
  await user.keyboard('whitfield{Enter}');
  await screen.findByRole('table');
  expect(await violations()).toEqual([]);
});

test('from GHL it says that Atera is searched', async () => {
  await open(HITS, { state: strangerState('ghl') });
  expect(screen.getByRole('region', { name: 'Find them in Atera' })).toBeDefined();
  expect(screen.getByRole('searchbox', { name: 'E-mail, phone, id or address of a page' })).toBeDefined();
});
