// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { AppError } from '../../lib/errors.ts';
import type { MessageType } from '../../lib/messaging.ts';
import type { SubjectView } from '../../lib/panel-state.ts';
import { copyState, MORGAN, NOTE_COPY } from '../support/copy-scenes.ts';
import { renderPanel } from '../support/render.tsx';

const panel = () => within(screen.getByRole('tabpanel'));
const button = (name: string | RegExp) => panel().getByRole<HTMLButtonElement>('button', { name });

async function open(
  tab: RegExp,
  state = copyState(),
  handlers: Partial<Record<MessageType, (data: unknown) => unknown>> = {},
) {
  const view = renderPanel(state, {
    previewCopy: () => NOTE_COPY,
    addToContact: (data) => ({ id: (data as { id: string }).id, state: 'done', error: null }),
    ...handlers,
  });
  await view.user.click(await screen.findByRole('tab', { name: tab }));
  return view;
}

describe('a note', () => {
  test('is previewed to the letter, then written once, to the ticket in view', async () => {
    const { user, sentOf } = await open(/^Notes/u);
    await user.click(button('Copy to Atera: Prefers calls before 10 am'));
    expect(
      (await panel().findByRole<HTMLTextAreaElement>('textbox', { name: 'What will be written' })).value,
    ).toBe(NOTE_COPY.body);
    expect(panel().getByText('The last line marks the copy, so that it is not made twice.').id).toBe(
      panel().getByRole('textbox', { name: 'What will be written' }).getAttribute('aria-describedby'),
    );
    expect(panel().getByText(/An internal comment by Morgan Reyes, for technicians only/u)).toBeDefined();
    expect(sentOf('previewCopy')).toMatchObject([{ version: 7, source: { kind: 'note', id: 'n1' } }]);
    expect(sentOf('addToContact')).toEqual([]);
    await user.click(button('Write this comment to Atera'));
    expect(await panel().findByText('Done. Atera has it now.')).toBeDefined();
    expect(sentOf('addToContact')).toMatchObject([
      {
        contact: { vendor: 'atera' },
        addition: {
          kind: 'copy-note',
          sourceId: 'n1',
          body: NOTE_COPY.body,
          print: NOTE_COPY.print,
          seen: [],
          ticketId: '4821',
          authorId: MORGAN.id,
        },
      },
    ]);
    expect(panel().queryByRole('button', { name: /^Copy to Atera: Prefers/u })).toBeNull();
  });

  test('can go to another ticket of the person', async () => {
    const { user, sentOf } = await open(/^Notes/u);
    await user.click(button('Copy to Atera: Prefers calls before 10 am'));
    await user.selectOptions(await panel().findByRole('combobox', { name: 'Copy it to' }), '4790');
    await user.click(button('Write this comment to Atera'));
    expect(sentOf('addToContact')).toMatchObject([{ addition: { ticketId: '4790' } }]);
  });

  test('with a password in it asks first', async () => {
    const { user, sentOf } = await open(/^Notes/u, copyState(), {
      previewCopy: () => ({ ...NOTE_COPY, secrets: ['password'] }),
    });
    await user.click(button('Copy to Atera: Prefers calls before 10 am'));
    expect(await panel().findByText('This looks like it holds a password.')).toBeDefined();
    expect(button('Write this comment to Atera').disabled).toBe(true);
    await user.click(panel().getByRole('checkbox', { name: 'Copy it all the same' }));
    await user.click(button('Write this comment to Atera'));
    expect(sentOf('addToContact')).toMatchObject([{ addition: { seen: ['password'] } }]);
  });

  test('cannot be written by nobody: the text can be copied instead', async () => {
    const { user, actions } = await open(/^Notes/u, copyState({ you: null }));
    await user.click(button('Copy to Atera: Prefers calls before 10 am'));
    await user.click(await panel().findByRole('button', { name: 'Copy the text' }));
    expect(actions.copyText).toHaveBeenCalledWith(NOTE_COPY.body);
    expect(panel().queryByRole('button', { name: 'Write this comment to Atera' })).toBeNull();
    expect(button('Choose who you are in Atera')).toBeDefined();
  });

  test('can be left without writing anything', async () => {
    const { user, sentOf } = await open(/^Notes/u);
    await user.click(button('Copy to Atera: Prefers calls before 10 am'));
    await user.click(await panel().findByRole('button', { name: 'Do not copy' }));
    expect(button('Copy to Atera: Prefers calls before 10 am')).toBeDefined();
    expect(sentOf('addToContact')).toEqual([]);
  });

  test('that cannot be read says so, and that nothing was written', async () => {
    const { user } = await open(/^Notes/u, copyState(), {
      previewCopy: () => Promise.reject(new AppError('forbidden', { vendor: 'ghl' })),
    });
    await user.click(button('Copy to Atera: Prefers calls before 10 am'));
    expect(await panel().findByText(/Nothing was written/u)).toBeDefined();
  });

  test('that is copied says where, and is not offered again', async () => {
    const copied = {
      way: 'to',
      kind: 'comment',
      id: '4821~2026-11-24T10:00:00Z~abc',
      isEdited: false,
    } as const;
    await open(/^Notes/u, copyState({}, copied));
    expect(panel().getByText('Copied to ticket 4821')).toBeDefined();
    expect(panel().queryByRole('button', { name: /Prefers calls/u })?.textContent ?? '').not.toMatch(/Copy/u);
  });

  test('that was edited since says so, and can be copied once more', async () => {
    const copied = { way: 'to', kind: 'comment', id: '4821~x~abc', isEdited: true } as const;
    await open(/^Notes/u, copyState({}, copied));
    expect(panel().getByText(/Edited since it was copied/u)).toBeDefined();
    expect(button('Copy the new text to Atera: Prefers calls before 10 am')).toBeDefined();
  });

  test('copied twice at one moment is told', async () => {
    const { user } = await open(/^Notes/u, copyState(), {
      addToContact: (data) => ({ id: (data as { id: string }).id, state: 'done', error: null, doubles: 2 }),
    });
    await user.click(button('Copy to Atera: Prefers calls before 10 am'));
    await user.click(await panel().findByRole('button', { name: 'Write this comment to Atera' }));
    expect(await panel().findByText(/^It is there 2 times/u)).toBeDefined();
  });

  test.each<[string, Partial<SubjectView>]>([
    ['only suggested', { suggested: true }],
    ['without a counterpart', { match: { status: 'none' } }],
  ])('of somebody %s is not offered', async (_case, view) => {
    await open(/^Notes/u, copyState({}, null, view));
    expect(screen.queryByRole('button', { name: /^Copy to/u })).toBeNull();
  });
});

describe('a comment', () => {
  test('becomes a note in the name of the agent, where they said who they are', async () => {
    const youInGhl = { id: 'u1', name: 'Sam Ortiz', email: null };
    const { user, sentOf } = await open(/^Comments/u, copyState({ youInGhl }));
    await user.click(button('Copy to GHL: Sam Ortiz'));
    expect(await panel().findByText(/A note by Sam Ortiz\./u)).toBeDefined();
    await user.click(button('Write this note to GHL'));
    await waitFor(() =>
      expect(sentOf('addToContact')).toMatchObject([
        { contact: { vendor: 'ghl' }, addition: { kind: 'copy-comment', userId: 'u1' } },
      ]),
    );
  });

  test('that is a copy says of what', async () => {
    const copied = { way: 'from', kind: 'note', id: 'n1', isEdited: true } as const;
    await open(/^Comments/u, copyState({}, copied));
    expect(panel().getByText('Copied from a note in GHL')).toBeDefined();
    expect(panel().getByText(/This copy has the old text/u)).toBeDefined();
    expect(panel().queryByRole('button', { name: /^Copy to GHL/u })).toBeNull();
  });
});
