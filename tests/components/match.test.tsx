// @vitest-environment jsdom
import { screen, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import { CANDIDATES, makeCandidate, makePerson, NO_PLANS, subjectState } from '../support/panel-fixtures.ts';
import { SCENES } from '../support/panel-scenes.ts';
import { renderPanel } from '../support/render.tsx';

const several = SCENES.several;
if (!several) throw new Error('No such scene.');

test.each([
  ['differences', 'Linked'],
  ['verified', 'Matched by e-mail'],
  ['several', '3 possible'],
  ['none', 'Not found'],
  ['searching', 'Searching…'],
  ['matchFailed', 'Search failed'],
])('in the state %s the badge says "%s"', async (name, words) => {
  const state = SCENES[name];
  if (!state) throw new Error(name);
  renderPanel(state);
  expect(await screen.findByRole('status', { name: `Match in GHL: ${words}` })).toBeDefined();
});

test('the evidence of a match is shown', async () => {
  const match = {
    status: 'one' as const,
    evidence: [
      { kind: 'same-email' as const },
      { kind: 'shared' as const, sign: 'phone' as const, count: 4 },
    ],
    counterpart: makePerson('ghl'),
  };
  renderPanel(subjectState({ match }));
  expect(await screen.findByText('same e-mail')).toBeDefined();
  expect(screen.getByText('phone shared by 4')).toBeDefined();
});

test('among several nobody is chosen beforehand, and nothing can be pushed', async () => {
  renderPanel(several);
  const options = await screen.findAllByRole('radio');
  expect(options).toHaveLength(3);
  expect(options.filter((option) => (option as HTMLInputElement).checked)).toEqual([]);
  expect(screen.getByRole('button', { name: 'Link this one' }).hasAttribute('disabled')).toBe(true);
  expect(screen.getByText('Nothing is written before you choose.')).toBeDefined();
  expect(screen.queryByRole('button', { name: /Push/u })).toBeNull();
  expect(screen.queryByRole('link', { name: 'Open in GHL' })).toBeNull();
});

test('each candidate says why it may be the one, or not', async () => {
  renderPanel(several);
  const option = await screen.findByRole('radio', { name: 'Dana W.' });
  const described = document.getElementById(option.getAttribute('aria-describedby') ?? '');
  expect(described?.textContent).toContain('same phone');
  expect(described?.textContent).toContain('phone shared by 4');
});

test('linking sends the chosen record, the person and the version on screen; the keyboard is enough', async () => {
  const { user, sentOf } = renderPanel(several);
  const first = await screen.findByRole('radio', { name: 'Dana Whitfield' });
  first.focus();
  await user.keyboard(' {ArrowDown}');
  const link = screen.getByRole('button', { name: 'Link this one' });
  await waitFor(() => expect(link.hasAttribute('disabled')).toBe(false));
  link.focus();
  await user.keyboard('{Enter}');
  expect(sentOf('confirmMatch')).toEqual([
    {
      target: { tabId: 5 },
      version: 7,
      person: expect.objectContaining({ vendor: 'atera', kind: 'contact' }),
      counterpart: CANDIDATES[1]?.ref,
    },
  ]);
});

test('two candidates of the same id in different accounts stay apart', async () => {
  const twin = makeCandidate('g1', 'Other Dana', [{ kind: 'same-name' }]);
  twin.ref = { ...twin.ref, accountId: 'ghl-2' };
  const first = CANDIDATES[0];
  const { user, store } = renderPanel(
    subjectState({
      match: { status: 'several', candidates: first ? [first, twin] : [] },
      rows: [],
      plans: NO_PLANS,
    }),
  );
  await user.click(await screen.findByRole('radio', { name: 'Other Dana' }));
  expect(store.getState().selectedCandidate).toEqual(twin.ref);
});

test('without a counterpart it says what was searched', async () => {
  const state = SCENES.none;
  if (!state) throw new Error('No such scene.');
  renderPanel(state);
  expect(await screen.findByText('No counterpart found in GHL')).toBeDefined();
  expect(screen.getByText('e-mail dana@brightsmile.example')).toBeDefined();
  expect(screen.getByText('phone +1 415 555 0137')).toBeDefined();
});

test('a candidate who is linked to somebody else says to whom, and what linking them takes away', async () => {
  const to = { ...makePerson('atera').ref, id: '77' };
  const candidate = makeCandidate('g1', 'Dana Whitfield', [
    { kind: 'same-email' },
    { kind: 'linked-elsewhere', to, name: 'Beth Ito' },
  ]);
  const { user, sentOf } = renderPanel(
    subjectState({ match: { status: 'several', candidates: [candidate] } }),
  );
  const option = await screen.findByRole('radio', { name: /Dana Whitfield/u });
  expect(screen.getByText('linked to Beth Ito')).toBeDefined();
  expect(screen.queryByText(/goes when you link this one/u)).toBeNull();
  await user.click(option);
  expect(screen.getByText('The link to Beth Ito goes when you link this one.')).toBeDefined();
  const link = screen.getByRole('button', { name: 'Link this one' });
  await waitFor(() => expect(link.hasAttribute('disabled')).toBe(false));
  await user.click(link);
  expect(sentOf('confirmMatch')).toEqual([
    expect.objectContaining({ counterpart: candidate.ref, replacing: to }),
  ]);
});
