// @vitest-environment jsdom
import { act, screen, waitFor, within } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { AppError } from '../../lib/errors.ts';
import type { TagSyncResult } from '../../lib/panel-state.ts';
import { makeEntry } from '../support/activity-fixtures.ts';
import { renderPanel } from '../support/render.tsx';
import { makeTagSync, TAGS_WAIT, tagState } from '../support/tag-fixtures.ts';

// Finding by role reads the whole panel each time.
vi.setConfig({ testTimeout: 20_000 });

const DONE: TagSyncResult = {
  id: 'x',
  parts: [
    {
      part: 'atera',
      vendor: 'atera',
      state: 'done',
      tags: [{ tag: 'vip', isOn: true, outcome: 'verified', hasChanged: true }],
      error: null,
      gone: ['dental'],
    },
    {
      part: 'ghl-on',
      vendor: 'ghl',
      state: 'failed',
      tags: [{ tag: 'client', isOn: true, outcome: 'not-written', hasChanged: false }],
      error: { code: 'forbidden', vendor: 'ghl' },
    },
  ],
};

async function openTags(state = tagState(), syncTags: () => Promise<TagSyncResult> = async () => DONE) {
  const view = renderPanel(state, { syncTags, acknowledgeAddition: async () => undefined });
  await view.user.click(await screen.findByRole('tab', { name: /Tags/u }));
  return view;
}
const button = () => screen.findByRole<HTMLButtonElement>('button', { name: /^Sync (\d+ )?tags?$/u });

test('what is known to be new is ticked, all else is asked, and what stays says why', async () => {
  await openTags();
  const vip = await screen.findByRole('checkbox', { name: 'vip' });
  expect((vip as HTMLInputElement).checked).toBe(true);
  expect(screen.getByText('Added in GHL since the last sync. Will be added in Atera as vip.')).toBeDefined();
  const client = screen.getByRole<HTMLInputElement>('checkbox', { name: 'client' });
  expect(client.checked).toBe(false);
  const comma = screen.getByRole<HTMLInputElement>('checkbox', { name: 'a, b' });
  expect(comma.disabled).toBe(true);
  expect(screen.getByText(/a tag in Atera cannot hold a comma/u)).toBeDefined();
  expect((await button()).textContent).toBe('Sync 1 tag');
});

test('one press sends what is ticked, and each part says what came of it', async () => {
  const { user, sentOf } = await openTags();
  await user.click(await screen.findByRole('checkbox', { name: 'client' }));
  expect(screen.getByText(/^2 writes, each checked after\..*workflows/u)).toBeDefined();
  await user.click(await button());
  expect(sentOf('syncTags')).toMatchObject([
    {
      rules: 'rules-1',
      ops: [
        { vendor: 'atera', tag: 'vip', isOn: true },
        { vendor: 'ghl', tag: 'client', isOn: true },
      ],
    },
  ]);
  expect(await screen.findByText('Atera has it now: vip')).toBeDefined();
  expect(await screen.findByText('Not written to GHL: client')).toBeDefined();
  expect(screen.getByText(/Not in Atera any more since this was written: dental/u)).toBeDefined();
  await waitFor(() => expect(sentOf('acknowledgeAddition')).toHaveLength(1));
});

test('a press whose answer was lost is the same press when it is pressed again', async () => {
  let isLost = true;
  const { user, sentOf } = await openTags(tagState(), async () => {
    if (!isLost) return DONE;
    isLost = false;
    throw new AppError('internal');
  });
  await user.click(await button());
  await screen.findAllByRole('alert');
  await user.click(await button());
  const [first, second] = sentOf('syncTags') as { id: string }[];
  expect(second?.id).toBe(first?.id);
});

test('the outcome of a press of another life of the panel is told', async () => {
  await openTags(tagState(makeTagSync({ last: { id: 'x', ops: [], result: DONE } })));
  expect(await screen.findByText('Atera has it now: vip')).toBeDefined();
});

test('where all agree, one line says so', async () => {
  await openTags(
    tagState(
      makeTagSync({
        rows: [{ id: 'vip', atera: 'vip', ghl: 'vip', status: 'same', op: null, block: null }],
      }),
    ),
  );
  expect(await screen.findByText('Tags agree in both systems.')).toBeDefined();
  expect(screen.queryByRole('button', { name: /^Sync/u })).toBeNull();
});

test('nothing is offered while it is not certain who the counterpart is, or where no field is chosen', async () => {
  await openTags(tagState(null));
  const panel = await screen.findByRole('main');
  expect(within(panel).queryByText(/Tags that are not in both/u)).toBeNull();
});

test('one that waits says so where it was pressed, and what came of it once it was written', async () => {
  const { user, emit, sentOf } = await openTags(tagState(), async () => TAGS_WAIT);
  await user.click(await button());
  expect(await screen.findByText('Waiting: not written to Atera yet: vip')).toBeDefined();
  expect(screen.getByText('Waiting: not written to GHL yet: client')).toBeDefined();
  expect(screen.queryByRole('button', { name: /Undo/u })).toBeNull();
  await user.click(await button());
  const [pressed, again] = sentOf('syncTags') as { id: string }[];
  expect(again?.id).toBe(pressed?.id);
  const last = { id: pressed?.id ?? '', ops: [], result: { ...DONE, id: pressed?.id ?? '' } };
  const next = tagState(makeTagSync({ last }));
  act(() => emit('panelStateChanged', { ...next, revision: 99 }));
  expect(await screen.findByText('Atera has it now: vip')).toBeDefined();
  expect(screen.queryByText(/^Waiting/u)).toBeNull();
  // Told once more: the background keeps what waits until its end was on screen.
  await waitFor(() => expect(sentOf('acknowledgeAddition')).toHaveLength(3));
});

test('what was taken back is not said to be there any more', async () => {
  const { user, handlers, emit } = await openTags();
  await user.click(await button());
  expect(await screen.findByText('Atera has it now: vip')).toBeDefined();
  const by = makeEntry('undo:u1', { kind: 'undo', vendor: 'atera', undoes: 'tags:x:atera', lines: [] });
  const entries = [
    by,
    makeEntry('tags:x:atera', {
      kind: 'sync-tags',
      vendor: 'atera',
      lines: [],
      undoneBy: by.id,
      undo: { can: false, reason: 'undone' },
    }),
  ];
  handlers.getActivity = async () => ({ entries, total: 2 });
  act(() => emit('activityChanged', {}));
  await waitFor(() => expect(screen.queryByText('Atera has it now: vip')).toBeNull());
  expect(screen.getAllByText('Undone in Atera.').length).toBeGreaterThan(0);
});

test.each([
  ['the pair has no base', { hasPast: false }, 'linked', /^It is not known how these tags were/u],
  ['one tag has none', { hasPast: true }, 'linked', /^Of some tags it is not known/u],
  ['the two are not linked', { hasPast: false }, 'one', /^These two are not linked/u],
] as const)('why it is not known who changed what is said: %s', async (_, change, status, words) => {
  const state = tagState(makeTagSync(change));
  if (state.page.kind === 'subject' && state.page.view.match.status === 'linked')
    state.page.view.match = { ...state.page.view.match, status };
  await openTags(state);
  expect(await screen.findByText(words)).toBeDefined();
});

test('nothing of that is said where it is known of every tag', async () => {
  await openTags(tagState(makeTagSync({ rows: makeTagSync().rows.slice(0, 1) })));
  await button();
  expect(screen.queryByText(/not known/u)).toBeNull();
});
