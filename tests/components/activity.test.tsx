// @vitest-environment jsdom
import { act, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { UNDO_BLOCKS } from '../../lib/core/undo.ts';
import { AppError } from '../../lib/errors.ts';
import { wordKey } from '../../lib/i18n.ts';
import type { ActivityView } from '../../lib/panel-state.ts';
import { ACTIVITY, LOST, makeEntry, REFUSED, UNDONE, WAITING } from '../support/activity-fixtures.ts';
import { getMessage } from '../support/i18n.ts';
import { DAY, makeAccount, makeReceipt, NOW, subjectState } from '../support/panel-fixtures.ts';
import { renderOptions, renderPanel } from '../support/render.tsx';

const PUSH = 'receipt:plan-1';
const done = (of: string): ActivityView =>
  makeEntry('undo:u1', {
    kind: 'undo',
    undoes: of,
    lines: [
      { what: 'phone', before: '+14155550137', after: '+14155550199', found: null, outcome: 'verified' },
    ],
  });

test.each(UNDO_BLOCKS)('the reason %s has a sentence', (reason) => {
  expect(getMessage(`undo_not_${wordKey(reason)}`)).toMatch(/^[A-Z].*\.$/u);
});

describe('the panel', () => {
  const shown = (
    entries: ActivityView[],
    undoActivity: (data: unknown) => unknown = () => null,
    total = entries.length,
  ) => {
    let list = entries;
    const panel = renderPanel(subjectState({ receipt: makeReceipt(['verified']) }), {
      getActivity: async () => ({ entries: list, total }),
      undoActivity: async (data) => undoActivity(data),
    });
    return { ...panel, replace: (next: ActivityView[]) => (list = next) };
  };
  const bar = () => screen.findByRole('region', { name: 'Last push' });
  const card = () => screen.findByRole('region', { name: 'What was done for this person' });

  test('asks for both records of the person, and lists the last five with a way to all', async () => {
    const many = Array.from({ length: 7 }, (_, index) => makeEntry(`addition:${index}`));
    const { sentOf, actions, user } = shown(many, undefined, 31);
    const list = within(await card()).getByRole('list');
    expect(within(list).getAllByText('Push: Phone')).toHaveLength(5);
    expect(sentOf('getActivity')).toEqual([
      {
        people: [expect.objectContaining({ vendor: 'atera' }), expect.objectContaining({ vendor: 'ghl' })],
        limit: 20,
      },
    ]);
    await user.click(within(await card()).getByRole('button', { name: 'All activity' }));
    expect(actions.openOptions).toHaveBeenCalledWith('activity');
  });

  test('the last write can be undone from its bar: cost before, outcome after, and nothing to press any more', async () => {
    const entry = makeEntry(PUSH);
    const { user, sentOf, replace } = shown([entry], () => {
      replace([done(PUSH), { ...entry, undoneBy: 'undo:u1', undo: { can: false, reason: 'undone' } }]);
      return done(PUSH);
    });
    const button = await within(await bar()).findByRole('button', { name: 'Undo: Push: Phone' });
    expect(document.getElementById(button.getAttribute('aria-describedby') ?? '')?.textContent).toBe(
      '1 write to GHL, checked after. Refused if somebody changed it since.',
    );
    await user.click(button);
    expect(sentOf('undoActivity')).toEqual([{ id: PUSH, press: expect.any(String) }]);
    await waitFor(async () => expect((await bar()).textContent).toContain('Undone in GHL.'));
    // The button is gone: the keyboard goes on at what is said instead.
    await waitFor(() => expect(document.activeElement?.textContent).toBe('Undone in GHL.'));
    expect((await bar()).contains(document.activeElement)).toBe(true);
    expect(within(await bar()).queryByRole('button', { name: /^Undo/u })).toBeNull();
  });

  test('a refusal says that somebody changed it, and to what; the way stays open', async () => {
    shown(ACTIVITY);
    const status = await waitFor(async () => {
      const found = within(await bar())
        .getAllByRole('status')
        .find(({ textContent }) => textContent !== '');
      if (!found) throw new Error('Nothing said');
      return found;
    });
    expect(status.textContent).toBe(
      'Somebody changed this since: nothing was written. Phone, now: +14155550222',
    );
    expect(within(await bar()).getByRole('button', { name: 'Undo: Push: Phone' })).toBeDefined();
    expect((await bar()).textContent).toContain('Was empty before and cannot be emptied again: Job title.');
  });

  test('tags of others that an undo found gone are named: in the entry, and beside what was taken back', async () => {
    shown([LOST, UNDONE]);
    const words =
      /^Not in Atera any more since this was written: dental and renewal\. .*Add again what should be there\.$/u;
    const area = within(await card());
    expect(area.getByText(words)).toBeDefined();
    const [, undone] = area.getAllByRole('listitem');
    expect(undone?.textContent).toContain('Undone in Atera. Not in Atera any more since this was written');
  });

  describe('a refusal of fields', () => {
    const form = async () => {
      const group = await within(await bar()).findByRole('group', { name: 'Decide field by field' });
      return { group, area: within(group) };
    };

    test('says of each field what was, was written and is there now, and that the rest goes back', async () => {
      shown(REFUSED);
      const { group } = await form();
      expect(group.textContent).toContain('Before: empty · Written: +14155550137 · Now: +14155550222');
      expect(group.textContent).toContain('Nobody changed this since. It goes back.');
      expect(group.textContent).toContain('This is as it was before already.');
    });

    test('takes back what nobody changed, unless more is chosen', async () => {
      const { user, sentOf } = shown(REFUSED);
      const { area } = await form();
      await user.click(area.getByRole('button', { name: 'Write 1 field' }));
      expect(sentOf('undoActivity')).toEqual([
        { id: PUSH, press: expect.any(String), instead: { refused: 'undo:r1', choices: {} } },
      ]);
    });

    test('puts the old value back, or another one, where the agent says so', async () => {
      const { user, sentOf } = shown(REFUSED);
      const { area } = await form();
      const decide = within(area.getByRole('group', { name: 'What happens to Phone' }));
      await user.click(decide.getByRole('radio', { name: 'Put the old value back' }));
      await user.click(area.getByRole('button', { name: 'Write 2 fields' }));
      await user.click(decide.getByRole('radio', { name: 'Another value' }));
      const input = decide.getByRole('textbox', { name: 'New value of Phone' });
      expect(input).toHaveProperty('value', '+14155550222');
      await user.clear(input);
      expect(area.getByRole('button', { name: 'Write 2 fields' })).toHaveProperty('disabled', true);
      await user.type(input, '+14155550300');
      await user.click(area.getByRole('button', { name: 'Write 2 fields' }));
      await user.click(decide.getByRole('radio', { name: 'Keep what is there now' }));
      await user.click(area.getByRole('button', { name: 'Write 1 field' }));
      const sent = sentOf('undoActivity') as { press: string; instead: { choices: unknown } }[];
      expect(sent.map(({ instead }) => instead.choices)).toEqual([
        { phone: { back: true } },
        { phone: { value: '+14155550300' } },
        {},
      ]);
      expect(new Set(sent.map(({ press }) => press)).size).toBe(3);
    });

    test('asks again where it was refused again: what was chosen was for other values', async () => {
      const [first, entry] = REFUSED as [ActivityView, ActivityView];
      const { user, replace, emit } = shown([first, entry]);
      const { area } = await form();
      await user.click(area.getByRole('radio', { name: 'Put the old value back' }));
      replace([{ ...first, id: 'undo:r9' }, first, entry]);
      act(() => emit('activityChanged', {}));
      await waitFor(async () => expect((await form()).area.getByText('Write 1 field')).toBeDefined());
      const keep = (await form()).area.getByRole('radio', { name: 'Keep what is there now' });
      expect(keep).toHaveProperty('checked', true);
    });

    test('has nothing to write where everything was changed and is kept', async () => {
      const [first, entry] = REFUSED as [ActivityView, ActivityView];
      shown([{ ...first, offer: (first.offer ?? []).slice(0, 1) }, entry]);
      const { area } = await form();
      expect(area.getByRole('button', { name: 'Nothing to write yet' })).toHaveProperty('disabled', true);
    });

    test('that was settled says what was left, and what was given another value', async () => {
      const wrote = (what: 'phone' | 'lastName' | 'city') =>
        ({ what, before: 'old', after: 'new', found: null, outcome: 'verified' }) as const;
      const by = makeEntry('undo:u1', {
        kind: 'undo',
        undoes: PUSH,
        lines: [
          { ...wrote('phone'), before: 'new', after: 'old' },
          { ...wrote('lastName'), before: 'new', after: 'own' },
        ],
      });
      shown([
        by,
        makeEntry(PUSH, {
          lines: [wrote('phone'), wrote('lastName'), wrote('city')],
          undoneBy: 'undo:u1',
          undo: { can: false, reason: 'undone' },
        }),
      ]);
      await within(await bar()).findByText(
        'Undone in GHL. Left as it is: City. Given another value: Last name.',
      );
    });

    test('is gone once the entry is taken back', async () => {
      const [first, entry] = REFUSED as [ActivityView, ActivityView];
      shown([first, { ...entry, undoneBy: 'undo:u1', undo: { can: false, reason: 'undone' } }]);
      await within(await card()).findByText('Push: Phone');
      expect(screen.queryByRole('group', { name: 'Decide field by field' })).toBeNull();
    });
  });

  test('what was cancelled is not called failed, and what waits is not called under way', async () => {
    shown([
      makeEntry('receipt:plan-2', { state: 'queued', undo: { can: false, reason: 'running' } }),
      makeEntry('receipt:plan-3', {
        state: 'failed',
        error: { code: 'cancelled' },
        undo: { can: false, reason: 'not-written' },
      }),
    ]);
    const area = within(await card());
    expect(area.getByText('Waiting')).toBeDefined();
    expect(area.queryByText('It is still being written.')).toBeNull();
    expect(area.getByText('Cancelled').closest('[data-tone]')?.getAttribute('data-tone')).toBe('plain');
    expect(area.queryByText('Failed')).toBeNull();
  });

  test('an undo that waits says so, and that nothing was written', async () => {
    shown(WAITING);
    const area = await bar();
    await within(area).findByText(
      'Not undone yet, and nothing was written. It waits, and is tried again by itself.',
    );
    expect(area.textContent).not.toContain('It is being undone.');
    expect(within(area).queryByRole('button', { name: /^Undo/u })).toBeNull();
  });

  test('a refusal of a note says what can be done by hand, and where', async () => {
    shown(REFUSED);
    const area = within(await card());
    expect(await area.findByText(/edited the note since.*Delete it in GHL/u)).toBeDefined();
    expect(area.getByRole('link', { name: 'Open in GHL' }).getAttribute('href')).toMatch(/^https:/u);
  });

  test('the reason stands where there is no way back', async () => {
    shown(ACTIVITY);
    const area = within(await card());
    expect(area.getByText('An internal comment in Atera cannot be changed or deleted.')).toBeDefined();
    expect(area.getByText(/not kept, it looks like a secret/u)).toBeDefined();
  });

  test('a second press while one is under way sends nothing, a lost answer asks with the same press', async () => {
    let answer: (error: AppError) => void = () => undefined;
    const { store, sentOf } = shown([makeEntry(PUSH)], () => new Promise((_, reject) => (answer = reject)));
    await screen.findAllByRole('button', { name: 'Undo: Push: Phone' });
    await act(async () => {
      void store.getState().undo(PUSH);
      void store.getState().undo(PUSH);
    });
    expect(sentOf('undoActivity')).toHaveLength(1);
    await act(async () => answer(new AppError('internal')));
    expect((await screen.findByRole('alert')).textContent).not.toContain('Nothing was written');
    await act(async () => void store.getState().undo(PUSH));
    const [first, second] = sentOf('undoActivity') as { press: string }[];
    expect(second?.press).toBe(first?.press);
  });

  test('is read again when something was written', async () => {
    const { emit, replace } = shown([]);
    await waitFor(async () => expect((await card()).textContent).toContain('Nothing was written'));
    replace([makeEntry(PUSH)]);
    act(() => emit('activityChanged', {}));
    await within(await card()).findByText('Push: Phone');
  });
});

describe('the settings page', () => {
  const shown = (entries: ActivityView[] | null) =>
    renderOptions([makeAccount('atera'), makeAccount('ghl')], {
      getActivity: async () => entries && { entries, total: entries.length },
      undoActivity: async () => makeEntry('undo:u9'),
    });
  const section = () => screen.findByRole('region', { name: 'Activity' });
  const rows = async () =>
    within(await within(await section()).findByRole('list', { name: 'Entries' })).getAllByRole('listitem');

  test('says how long entries are kept, and when there are none or nothing is connected', async () => {
    const first = shown([]);
    expect((await section()).textContent).toContain('for 30 days');
    await within(await section()).findByText('Nothing was written in the last 30 days.');
    first.unmount();
    shown(null);
    await within(await section()).findByText('Connect both accounts to see what was done.');
  });

  test('filters by system, kind, outcome, day and text', async () => {
    const { user } = shown([
      ...ACTIVITY,
      makeEntry('old', { at: NOW - 9 * DAY, kind: 'pull', personName: 'Sam' }),
    ]);
    expect(await rows()).toHaveLength(6);
    const area = within(await section());
    await user.selectOptions(area.getByLabelText('Written to'), 'Atera');
    expect(await rows()).toHaveLength(1);
    await user.selectOptions(area.getByLabelText('Written to'), 'All');
    await user.selectOptions(area.getByLabelText('Kind'), 'Note');
    expect(await rows()).toHaveLength(1);
    await user.selectOptions(area.getByLabelText('Kind'), 'All');
    await user.selectOptions(area.getByLabelText('Outcome'), 'Failed');
    expect(await rows()).toHaveLength(1);
    await user.selectOptions(area.getByLabelText('Outcome'), 'All');
    await user.type(area.getByLabelText('Person or value'), 'sam');
    expect(await rows()).toHaveLength(1);
    await user.type(area.getByLabelText('From'), new Date(NOW - 3 * DAY).toISOString().slice(0, 10));
    expect(area.getByText('Nothing fits this filter.')).toBeDefined();
    expect(area.getByRole('button', { name: 'Export as CSV' })).toHaveProperty('disabled', true);
  });

  test('exports what is shown, as CSV and JSONL', async () => {
    const { user, actions } = shown(ACTIVITY);
    const area = within(await section());
    await user.type(await area.findByLabelText('Person or value'), 'prefers');
    await user.click(area.getByRole('button', { name: 'Export as CSV' }));
    await user.click(area.getByRole('button', { name: 'Export as JSONL' }));
    const [[csvName, , csv], [jsonName, , json]] = actions.saveText.mock.calls as [
      string,
      string,
      string,
    ][] as [[string, string, string], [string, string, string]];
    expect([csvName, jsonName]).toEqual(['counterpart-activity.csv', 'counterpart-activity.jsonl']);
    expect(csv.trim().split('\r\n')).toHaveLength(2);
    expect(csv).toContain('Prefers calls before 10 am');
    expect(JSON.parse(json)).toMatchObject({ id: 'addition:a1', kind: 'note' });
  });

  test('takes an entry back', async () => {
    const { user, sentOf } = shown(ACTIVITY);
    await user.click(await screen.findByRole('button', { name: 'Undo: Note: Prefers calls before 10 am' }));
    expect(sentOf('undoActivity')).toEqual([{ id: 'addition:a1', press: expect.any(String) }]);
  });

  test('shows nobody of an account that is gone', async () => {
    const { emit, handlers } = shown(ACTIVITY);
    await rows();
    handlers.getActivity = async () => null;
    act(() => emit('accountsChanged', []));
    expect(within(await section()).queryByText('Dana Whitfield')).toBeNull();
    await within(await section()).findByText('Connect both accounts to see what was done.');
  });
});
