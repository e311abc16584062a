// @vitest-environment jsdom

import { screen, waitFor, within } from '@testing-library/react';
import axe from 'axe-core';
import { describe, expect, test } from 'vitest';
import { SHIPPED_TASK_RULES } from '../../lib/core/task-ticket.ts';
import { AppError } from '../../lib/errors.ts';
import type { MessageType } from '../../lib/messaging.ts';
import type { AddingState, PanelState, SubjectView, Technician } from '../../lib/panel-state.ts';
import { everySection, makePerson, ready, subjectState } from '../support/panel-fixtures.ts';
import { renderPanel } from '../support/render.tsx';

const MORGAN: Technician = { id: 5001, name: 'Morgan Reyes', email: 'morgan@northwind.example' };
const SANNE: Technician = { id: 5002, name: 'Sanne de Vries', email: 'sanne@northwind.example' };
const FIELD: AddingState['tagField'] = { name: 'GHL tags', state: 'ready', error: null };
const panel = () => within(screen.getByRole('tabpanel'));
const button = (name: string) => panel().getByRole<HTMLButtonElement>('button', { name });

const stateOf = (adding: Partial<AddingState> = {}, view: Partial<SubjectView> = {}): PanelState =>
  subjectState(
    { ateraTags: { status: 'ready', tags: ['client', 'vip'] }, ...view },
    {
      adding: {
        you: MORGAN,
        youInGhl: null,
        tagField: FIELD,
        taskRules: SHIPPED_TASK_RULES,
        last: null,
        ...adding,
      },
    },
  );
const onGhlPage: Partial<SubjectView> = {
  subject: { vendor: 'ghl', kind: 'contact', id: 'c0ffee' },
  person: { status: 'ready', value: makePerson('ghl') },
  match: { status: 'one', evidence: [{ kind: 'same-email' }], counterpart: makePerson('atera') },
};

async function open(
  tab: RegExp,
  state = stateOf(),
  handlers: Partial<Record<MessageType, (data: unknown) => unknown>> = {},
) {
  const view = renderPanel(state, {
    addToContact: (data) => ({ id: (data as { id: string }).id, state: 'done', error: null }),
    ...handlers,
  });
  await view.user.click(await screen.findByRole('tab', { name: tab }));
  return view;
}

describe('an internal comment', () => {
  test('is written on the ticket in view, in the name that the preview gives', async () => {
    const { user, sentOf } = await open(/^Comments/u);
    expect(
      panel().getByText(/Written as Morgan Reyes, for technicians only\. It cannot be changed/u),
    ).toBeDefined();
    expect(button('Add internal comment to Atera').disabled).toBe(true);
    await user.click(panel().getByRole('textbox', { name: 'New internal comment' }));
    await user.paste(' Called back. ');
    await user.click(button('Add internal comment to Atera'));
    expect(await panel().findByText('Done. Atera has it now.')).toBeDefined();
    expect(sentOf('addToContact')).toMatchObject([
      {
        version: 7,
        addition: { kind: 'comment', ticketId: '4821', body: 'Called back.', authorId: MORGAN.id },
      },
    ]);
    expect(panel().getByRole<HTMLTextAreaElement>('textbox', { name: 'New internal comment' }).value).toBe(
      '',
    );
    expect(sentOf('acknowledgeAddition')).toHaveLength(1);
  });

  test('can be for another ticket of the person', async () => {
    const { user, sentOf } = await open(/^Comments/u);
    const tickets = panel().getByRole('combobox', { name: 'Ticket' });
    expect(
      within(tickets)
        .getAllByRole('option')
        .map(({ textContent }) => textContent),
    ).toEqual(['This ticket: Printer offline again', 'New laptop for reception (Closed)']);
    await user.selectOptions(tickets, '4790');
    await user.type(panel().getByRole('textbox', { name: 'New internal comment' }), 'Ordered.');
    await user.click(button('Add internal comment to Atera'));
    expect(sentOf('addToContact')).toMatchObject([{ addition: { ticketId: '4790' } }]);
  });

  test('without an identity cannot be sent, says why, and can be copied', async () => {
    const { user, actions } = await open(/^Comments/u, stateOf({ you: null }));
    await user.type(panel().getByRole('textbox', { name: 'New internal comment' }), 'Called back.');
    expect(panel().queryByRole('button', { name: 'Add internal comment to Atera' })).toBeNull();
    expect(panel().getByText(/^Who you are in Atera is not known yet/u)).toBeDefined();
    await user.click(button('Copy the text'));
    expect(actions.copyText).toHaveBeenCalledWith('Called back.');
  });

  test('asks who the agent is, picks them by e-mail, and remembers', async () => {
    let you: Technician | null = null;
    const state = (): PanelState => stateOf({ you });
    const { user, sentOf } = await open(/^Comments/u, state(), {
      getPanelState: () => ({ ...state(), revision: 2 }),
      listTechnicians: () => [MORGAN, SANNE],
      setIdentity: () => {
        you = SANNE;
      },
    });
    await user.click(button('Choose who you are in Atera'));
    const select = await panel().findByRole<HTMLSelectElement>('combobox', {
      name: 'Who are you in Atera?',
    });
    expect(select.value).toBe('');
    expect(button('This is me').disabled).toBe(true);
    await user.type(
      panel().getByRole('textbox', { name: 'Your e-mail in Atera' }),
      'Sanne@northwind.example',
    );
    expect(select.value).toBe(String(SANNE.id));
    await user.click(button('This is me'));
    expect(await panel().findByText(/Written as Sanne de Vries/u)).toBeDefined();
    expect(sentOf('setIdentity')).toEqual([{ id: SANNE.id }]);
  });

  test('suggests the technician with the e-mail that the agent has in GHL', async () => {
    const youInGhl = { id: 'u1', name: 'Sanne', email: 'SANNE@northwind.example' };
    const { user } = await open(/^Comments/u, stateOf({ you: null, youInGhl }), {
      listTechnicians: () => [MORGAN, SANNE],
    });
    await user.click(button('Choose who you are in Atera'));
    const select = await panel().findByRole<HTMLSelectElement>('combobox', {
      name: 'Who are you in Atera?',
    });
    expect(select.value).toBe(String(SANNE.id));
  });

  test('says so when no technician is found, or when they cannot be read', async () => {
    let fails = true;
    const { user } = await open(/^Comments/u, stateOf({ you: null }), {
      listTechnicians: () => {
        if (fails) throw new AppError('forbidden', { vendor: 'atera', scope: 'Tickets: Read' });
        return [];
      },
    });
    await user.click(button('Choose who you are in Atera'));
    expect(await panel().findByText('The token may not do this in Atera.')).toBeDefined();
    fails = false;
    await user.click(button('Choose who you are in Atera'));
    expect(await panel().findByText(/^No technician has one of the newest tickets/u)).toBeDefined();
  });

  test('on a contact without tickets there is nothing to comment on', async () => {
    await open(/^Comments/u, stateOf({}, { ...onGhlPage, sections: everySection(ready([])) }));
    expect(panel().getByText('There is no ticket of this person to comment on.')).toBeDefined();
  });
});

test('a note in GHL is in the name of the agent, once they said who they are there', async () => {
  const youInGhl = { id: 'u1', name: 'Sanne de Vries', email: null };
  const { user, sentOf } = await open(/^Notes/u, stateOf({ youInGhl }));
  expect(panel().getByText(/^Written as Sanne de Vries\./u)).toBeDefined();
  await user.type(panel().getByRole('textbox', { name: 'New note' }), 'Called back.');
  await user.click(button('Add note to GHL'));
  expect(sentOf('addToContact')).toMatchObject([
    { addition: { kind: 'note', body: 'Called back.', userId: 'u1' } },
  ]);
});

describe('a new ticket', () => {
  test('names whom it is for, and that they may hear of it', async () => {
    const { user, sentOf } = await open(/^Tickets/u, stateOf({ you: null }));
    expect(
      panel().getByText(/The ticket is in the name of Dana Whitfield\. Atera may send them an e-mail/u),
    ).toBeDefined();
    await user.type(panel().getByRole('textbox', { name: 'New ticket' }), 'Order toner');
    expect(button('Open ticket in Atera').disabled).toBe(true);
    await user.type(panel().getByRole('textbox', { name: 'Description' }), 'Black.');
    await user.click(button('Open ticket in Atera'));
    expect(await panel().findByText('Done. Atera has it now.')).toBeDefined();
    expect(sentOf('addToContact')).toMatchObject([
      { addition: { kind: 'ticket', title: 'Order toner', body: 'Black.' } },
    ]);
  });

  test('is told as unsure when Atera gave no clear answer, and what was typed stays', async () => {
    const { user } = await open(/^Tickets/u, stateOf(), {
      addToContact: (data) => ({
        id: (data as { id: string }).id,
        state: 'unknown',
        error: { code: 'timeout', vendor: 'atera' },
      }),
    });
    const title = panel().getByRole<HTMLInputElement>('textbox', { name: 'New ticket' });
    await user.type(title, 'Order toner');
    await user.type(panel().getByRole('textbox', { name: 'Description' }), 'Black.');
    await user.click(button('Open ticket in Atera'));
    expect(await panel().findByText('Atera gave no clear answer')).toBeDefined();
    expect(panel().getByText(/Refresh to see what Atera has/u)).toBeDefined();
    expect(title.value).toBe('Order toner');
  });

  test('is not offered where somebody is only suggested, or not certain', async () => {
    await open(/^Tickets/u, stateOf({}, { ...onGhlPage, suggested: true }));
    expect(panel().queryByRole('textbox', { name: 'New ticket' })).toBeNull();
  });
});

describe('tags in Atera', () => {
  test('are added and taken off apart from those of GHL', async () => {
    const { user, sentOf } = await open(/^Tags/u);
    expect(within(panel().getByRole('list', { name: 'Tags: Atera' })).getByText('client')).toBeDefined();
    expect(screen.getByRole('tab', { name: /^Tags, 5 tags/u })).toBeDefined();
    expect(panel().getByText(/Changes the custom field “GHL tags” of this contact/u)).toBeDefined();
    await user.type(panel().getByRole('textbox', { name: 'Add a tag in Atera' }), 'Gold{Enter}');
    expect(await panel().findByText('Done. Atera has it now.')).toBeDefined();
    await user.click(button('Remove tag vip from Atera'));
    expect(document.activeElement).toBe(panel().getByRole('textbox', { name: 'Add a tag in Atera' }));
    expect(sentOf('addToContact')).toMatchObject([
      { addition: { kind: 'add-atera-tag', tag: 'Gold' } },
      { addition: { kind: 'remove-atera-tag', tag: 'vip' } },
    ]);
  });

  test('with a comma are refused where they are typed', async () => {
    const { user, sentOf } = await open(/^Tags/u);
    await user.type(panel().getByRole('textbox', { name: 'Add a tag in Atera' }), 'a, b{Enter}');
    expect(panel().getByText('A tag in Atera cannot hold a comma: it separates tags there.')).toBeDefined();
    expect(sentOf('addToContact')).toEqual([]);
  });

  test('are shown also while nothing is known of GHL', async () => {
    const sections = everySection({ status: 'withheld' });
    await open(/^Tags/u, stateOf({}, { match: { status: 'none' }, sections }));
    expect(panel().getByText('Shown when it is certain who this is in GHL.')).toBeDefined();
    expect(button('Add tag to Atera')).toBeDefined();
    expect(panel().queryByRole('button', { name: 'Add tag to GHL' })).toBeNull();
  });

  test('are withheld while it is not certain who this is in Atera', async () => {
    await open(/^Tags/u, stateOf({}, { ...onGhlPage, match: { status: 'none' } }));
    expect(panel().getByText('Shown when it is certain who this is in Atera.')).toBeDefined();
    expect(panel().queryByText('client')).toBeNull();
  });

  test('lead to the settings while no field is chosen', async () => {
    const { user, actions } = await open(
      /^Tags/u,
      stateOf({ tagField: { name: null, state: 'off', error: null } }, { ateraTags: { status: 'off' } }),
    );
    await user.click(button('Set up in settings'));
    expect(actions.openOptions).toHaveBeenCalledOnce();
  });

  test.each([
    ['missing', 'Atera has no custom field “GHL tags” for contacts.'],
    ['wrong-type', 'The custom field “GHL tags” in Atera does not hold text.'],
  ] as const)('say what an admin must do when the field is %s, and check again', async (state, words) => {
    const { user, sentOf } = await open(
      /^Tags/u,
      stateOf({ tagField: { ...FIELD, state } }, { ateraTags: { status: 'ready', tags: [] } }),
    );
    expect(panel().getByRole('alert').textContent).toBe(words);
    expect(panel().getByText(/with the name “GHL tags” and the type Text/u)).toBeDefined();
    expect(panel().queryByRole('textbox', { name: 'Add a tag in Atera' })).toBeNull();
    await user.click(button('Check again'));
    expect(sentOf('checkTagField')).toEqual([{}]);
  });

  test('say why they, or the fields, could not be read', async () => {
    const error = { code: 'forbidden', vendor: 'atera', scope: 'CustomValues: Read' } as const;
    await open(
      /^Tags/u,
      stateOf({ tagField: { ...FIELD, state: 'unread', error } }, { ateraTags: { status: 'failed', error } }),
    );
    expect(panel().getByText('The custom fields of Atera could not be read')).toBeDefined();
    expect(panel().getAllByText('Missing right: CustomValues: Read')).toHaveLength(2);
  });

  test('are announced while they are read', async () => {
    await open(/^Tags/u, stateOf({}, { ateraTags: { status: 'loading' } }));
    expect(panel().getByText('Reading the tags in Atera…')).toBeDefined();
  });
});

describe('a panel that was opened anew', () => {
  const last: AddingState['last'] = {
    id: 'lost-1',
    addition: { kind: 'ticket', title: 'Order toner', body: 'Black.' },
    result: { id: 'lost-1', state: 'not-stored', error: { code: 'network', vendor: 'atera' } },
  };

  test('tells the outcome of the press that was lost, in its section, once', async () => {
    const { sentOf } = renderPanel(stateOf({ last }));
    expect(await screen.findByText('Atera gave no clear answer')).toBeDefined();
    expect(screen.getByRole('tab', { selected: true }).textContent).toContain('Tickets');
    expect(sentOf('acknowledgeAddition')).toEqual([{ id: 'lost-1' }]);
  });

  test('waits for one that is still under way, and tells it then', async () => {
    const { emit, sentOf } = renderPanel(stateOf({ last: { ...last, result: null } }));
    expect(await screen.findByText('Sending to Atera…')).toBeDefined();
    expect(sentOf('acknowledgeAddition')).toEqual([]);
    emit('panelStateChanged', {
      ...stateOf({ last: { ...last, result: { id: 'lost-1', state: 'done', error: null } } }),
      revision: 2,
    });
    expect(await screen.findByText('Done. Atera has it now.')).toBeDefined();
    await waitFor(() => expect(sentOf('acknowledgeAddition')).toEqual([{ id: 'lost-1' }]));
  });
});

test('a press that was taken over does not hold up the next person', async () => {
  const last: AddingState['last'] = {
    id: 'lost-1',
    addition: { kind: 'ticket', title: 'Order toner', body: 'Black.' },
    result: null,
  };
  const { emit, store } = renderPanel(stateOf({ last }));
  await screen.findByText('Sending to Atera…');
  emit('panelStateChanged', { ...stateOf({}, { version: 8 }), revision: 2 });
  await waitFor(() => expect(store.getState().adding).toBeNull());
});

test.each([
  ['comments', /^Comments/u, stateOf({ you: null })],
  ['tickets', /^Tickets/u, stateOf()],
  ['tags', /^Tags/u, stateOf()],
  [
    'a missing field',
    /^Tags/u,
    stateOf({ tagField: { ...FIELD, state: 'missing' } }, { ateraTags: { status: 'ready', tags: [] } }),
  ],
] as const)(
  '%s have no accessibility problem',
  async (_name, tab, state) => {
    const { user } = await open(tab, state, { listTechnicians: () => [MORGAN] });
    const choose = panel().queryByRole('button', { name: 'Choose who you are in Atera' });
    if (choose) await user.click(choose);
    const { violations } = await axe.run(document.body, { rules: { 'color-contrast': { enabled: false } } });
    expect(violations.map(({ id }) => id)).toEqual([]);
  },
  20_000,
);
