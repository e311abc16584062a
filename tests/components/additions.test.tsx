// @vitest-environment jsdom

import { act, screen, waitFor, within } from '@testing-library/react';
import axe from 'axe-core';
import { describe, expect, test } from 'vitest';
import { SHIPPED_TASK_RULES } from '../../lib/core/task-ticket.ts';
import type { ErrorView } from '../../lib/errors.ts';
import type { Addition, AdditionResult } from '../../lib/panel-state.ts';
import { makeEntry } from '../support/activity-fixtures.ts';
import { everySection, ready, subjectState } from '../support/panel-fixtures.ts';
import { renderPanel } from '../support/render.tsx';

const panel = () => within(screen.getByRole('tabpanel'));
const NOTE: Addition = { kind: 'note', body: 'Called back.' };
const WARNING = 'GHL workflows that start on this may send messages to this person.';

async function open(tab: RegExp, result: Partial<AdditionResult> | Error, state = subjectState()) {
  const view = renderPanel(state, {
    addToContact: (data) => {
      if (result instanceof Error) throw result;
      return { id: (data as { id: string }).id, state: 'done', error: null, ...result };
    },
  });
  await view.user.click(await screen.findByRole('tab', { name: tab }));
  return view;
}

describe('adding to GHL', () => {
  test('a tag is added, and one is taken off by its own button', async () => {
    const { user, sentOf } = await open(/^Tags/u, {});
    expect(panel().getByText(WARNING)).toBeDefined();
    await user.type(panel().getByRole('textbox', { name: 'Add a tag' }), ' Gold {Enter}');
    expect(await panel().findByText('Done. GHL has it now.')).toBeDefined();
    expect(panel().getByRole<HTMLInputElement>('textbox', { name: 'Add a tag' }).value).toBe('');
    await user.click(panel().getByRole('button', { name: 'Remove tag vip' }));
    expect(document.activeElement).toBe(panel().getByRole('textbox', { name: 'Add a tag' }));
    expect(sentOf('addToContact')).toMatchObject([
      { version: 7, addition: { kind: 'add-tag', tag: 'Gold' } },
      { version: 7, addition: { kind: 'remove-tag', tag: 'vip' } },
    ]);
    const ids = (sentOf('addToContact') as { id: string }[]).map(({ id }) => id);
    expect(new Set(ids).size).toBe(2);
  });

  test('what was taken back is not said to be there any more', async () => {
    const { user, handlers, emit, sentOf } = await open(/^Tags/u, {});
    await user.type(panel().getByRole('textbox', { name: 'Add a tag' }), 'Gold{Enter}');
    expect(await panel().findByText('Done. GHL has it now.')).toBeDefined();
    const id = `addition:${(sentOf('addToContact')[0] as { id: string }).id}`;
    const by = makeEntry('undo:u1', { kind: 'undo', undoes: id, lines: [] });
    const entries = [
      by,
      makeEntry(id, {
        kind: 'add-tag',
        lines: [],
        undoneBy: by.id,
        undo: { can: false, reason: 'undone' },
      }),
    ];
    handlers.getActivity = async () => ({ entries, total: 2 });
    act(() => emit('activityChanged', {}));
    expect(await panel().findByText('Undone in GHL.')).toBeDefined();
    expect(panel().queryByText('Done. GHL has it now.')).toBeNull();
  });

  test('a tag that is there already is not sent, whatever its capitals', async () => {
    const { user, sentOf } = await open(/^Tags/u, {});
    const input = panel().getByRole('textbox', { name: 'Add a tag' });
    await user.type(input, ' VIP{Enter}');
    expect(panel().getByText('This person has the tag already.')).toBeDefined();
    expect(panel().getByRole<HTMLButtonElement>('button', { name: 'Add tag to GHL' }).disabled).toBe(true);
    expect(sentOf('addToContact')).toEqual([]);
    await user.type(input, '2{Enter}');
    expect(sentOf('addToContact')).toMatchObject([{ addition: { kind: 'add-tag', tag: 'VIP2' } }]);
  });

  test('a task has a title and a due date', async () => {
    const { user, sentOf } = await open(/^Tasks/u, {});
    const button = panel().getByRole<HTMLButtonElement>('button', { name: 'Add task to GHL' });
    await user.type(panel().getByRole('textbox', { name: 'New task' }), 'Send quote');
    expect(button.disabled).toBe(true);
    await user.type(panel().getByLabelText('Due'), '2027-01-04T10:00');
    await user.click(button);
    expect(sentOf('addToContact')).toMatchObject([
      { addition: { kind: 'task', title: 'Send quote', dueAt: Date.parse('2027-01-04T10:00') } },
    ]);
  });

  test.each<[AdditionResult['state'], ErrorView | null, string | RegExp, Partial<AdditionResult>?]>([
    ['failed', { code: 'forbidden', vendor: 'ghl' }, 'Nothing was written.'],
    ['not-stored', { code: 'network', vendor: 'ghl' }, /may still arrive/u],
    ['unknown', { code: 'timeout', vendor: 'ghl' }, /may have been written/u],
    ['not-stored', null, /not found when read back/u],
    ['unknown', null, /only a part of the list could be read/u, { isPartly: true }],
    ['unknown', { code: 'timeout', vendor: 'ghl' }, /Only a part .* Look in GHL/u, { isPartly: true }],
    ['not-stored', null, /Not in GHL any more .*: dental and vip\./u, { gone: ['dental', 'vip'] }],
  ])('%s is told in place, and what was typed stays', async (state, error, words, more = {}) => {
    const { user } = await open(/^Notes/u, { state, error, ...more });
    const note = panel().getByRole<HTMLTextAreaElement>('textbox', { name: 'New note' });
    await user.click(note);
    await user.paste('Called back.');
    await user.click(panel().getByRole('button', { name: 'Add note to GHL' }));
    expect(await panel().findByText(words)).toBeDefined();
    expect(note.value).toBe('Called back.');
    await user.click(screen.getByRole('tab', { name: /^Tasks/u }));
    await user.click(screen.getByRole('tab', { name: /^Notes/u }));
    expect(panel().getByRole<HTMLTextAreaElement>('textbox', { name: 'New note' }).value).toBe(
      'Called back.',
    );
  });

  test('has no accessibility problem', async () => {
    await open(/^Tags/u, {});
    const { violations } = await axe.run(document.body, { rules: { 'color-contrast': { enabled: false } } });
    expect(violations.map(({ id }) => id)).toEqual([]);
  });

  test('after a lost answer the same press is asked for again, under the same id', async () => {
    const { user, sentOf } = await open(/^Notes/u, new Error('gone'));
    await user.type(panel().getByRole('textbox', { name: 'New note' }), 'Called back.');
    await user.click(panel().getByRole('button', { name: 'Add note to GHL' }));
    await panel().findByText(/may have been written/u);
    await user.click(panel().getByRole('button', { name: 'Add note to GHL' }));
    await waitFor(() => expect(sentOf('addToContact')).toHaveLength(2));
    const [first, second] = sentOf('addToContact') as { id: string }[];
    expect(second?.id).toBe(first?.id);
  });

  test.each([
    ['what was typed leaves', '', ''],
    ['what was typed since stays', ' Twice.', 'Called back. Twice.'],
  ])(
    'one that waits is the same press when it is pressed again, and once it is written %s',
    async (_case, since, left) => {
      const error = { code: 'network', vendor: 'ghl' } as const;
      const { user, emit, sentOf } = await open(/^Notes/u, { state: 'queued', error });
      const note = panel().getByRole<HTMLTextAreaElement>('textbox', { name: 'New note' });
      await user.type(note, 'Called back.');
      await user.click(panel().getByRole('button', { name: 'Add note to GHL' }));
      await panel().findByText('Waiting: it was not sent to GHL yet');
      await user.click(panel().getByRole('button', { name: 'Add note to GHL' }));
      await waitFor(() => expect(sentOf('addToContact')).toHaveLength(2));
      const [first, second] = sentOf('addToContact') as { id: string }[];
      expect(second?.id).toBe(first?.id);
      if (since) await user.type(note, since);
      const id = first?.id ?? '';
      const last = { id, addition: NOTE, result: { id, state: 'done' as const, error: null } };
      const state = subjectState();
      const adding = {
        you: null,
        youInGhl: null,
        tagField: { name: null, state: 'off' as const, error: null },
        taskRules: SHIPPED_TASK_RULES,
      };
      act(() => emit('panelStateChanged', { ...state, revision: 99, adding: { ...adding, last } }));
      expect(await panel().findByText('Done. GHL has it now.')).toBeDefined();
      expect(note.value).toBe(left);
    },
  );

  test('is offered only for someone certain', async () => {
    const state = subjectState({ match: { status: 'none' }, sections: everySection(ready([])) });
    await open(/^Notes/u, {}, state);
    expect(panel().queryByRole('textbox')).toBeNull();
  });

  test('is not offered on a conversation, which only suggests somebody', async () => {
    const state = subjectState({
      subject: { vendor: 'ghl', kind: 'conversation', id: 'c0ffee' },
      suggested: true,
      sections: everySection(ready([])),
    });
    await open(/^Notes/u, {}, state);
    expect(panel().queryByRole('textbox')).toBeNull();
  });
});
