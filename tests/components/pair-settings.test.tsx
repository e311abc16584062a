// @vitest-environment jsdom
import { screen, within } from '@testing-library/react';
import axe from 'axe-core';
import { describe, expect, test } from 'vitest';
import { SHIPPED_TASK_RULES, type TaskRules } from '../../lib/core/task-ticket.ts';
import { AppError } from '../../lib/errors.ts';
import type { MessageType } from '../../lib/messaging.ts';
import type { Identity, TagFieldView, Technician } from '../../lib/panel-state.ts';
import { makeAccount } from '../support/panel-fixtures.ts';
import { renderOptions } from '../support/render.tsx';

const accounts = [makeAccount('atera'), makeAccount('ghl')];
const MORGAN: Technician = { id: 5001, name: 'Morgan Reyes', email: 'morgan@northwind.example' };
const NOBODY: Identity = { atera: null, ghl: null };
const OFF: TagFieldView = { name: null, state: 'off', error: null };
const region = (name: string) => within(screen.getByRole('region', { name }));
const open = (handlers: Partial<Record<MessageType, (data: unknown) => unknown>> = {}) =>
  renderOptions(accounts, { getTagField: () => OFF, getIdentity: () => NOBODY, ...handlers });

describe('the settings of you', () => {
  test('say that nothing is connected', async () => {
    renderOptions([]);
    expect(await screen.findByText(/^Connect both systems first\. Then you can say who/u)).toBeDefined();
    expect(screen.getByText(/^Connect both systems first\. Then you can choose a field/u)).toBeDefined();
    expect(screen.getByText(/^Connect both systems first\. Then you can say what/u)).toBeDefined();
  });

  test('remember who the agent is, and forget it', async () => {
    let you = NOBODY;
    const { user, sentOf } = open({
      getIdentity: () => you,
      listTechnicians: () => [MORGAN],
      setIdentity: (data) => {
        you = { ...you, atera: (data as { id: number | null }).id === null ? null : MORGAN };
      },
    });
    await user.click(await screen.findByRole('button', { name: 'Choose who you are in Atera' }));
    await user.selectOptions(
      await region('You').findByRole('combobox', { name: 'Who are you in Atera?' }),
      '5001',
    );
    await user.click(region('You').getByRole('button', { name: 'This is me' }));
    expect(
      await region('You').findByText('You are Morgan Reyes (morgan@northwind.example) in Atera.'),
    ).toBeDefined();
    await user.click(region('You').getByRole('button', { name: 'Forget it in Atera' }));
    expect(await region('You').findByRole('button', { name: 'Choose who you are in Atera' })).toBeDefined();
    expect(sentOf('setIdentity')).toEqual([{ id: 5001 }, { id: null }]);
  });
});

test('in GHL too: suggested by the e-mail of Atera; a missing right is said', async () => {
  let fails = true;
  const { user, sentOf } = open({
    getIdentity: () => ({ ...NOBODY, atera: MORGAN }),
    listGhlUsers: () => {
      if (fails) throw new AppError('forbidden', { vendor: 'ghl', scope: 'users.readonly' });
      return [{ id: 'u1', name: 'Morgan', email: 'Morgan@northwind.example' }];
    },
  });
  await user.click(await screen.findByRole('button', { name: 'Choose who you are in GHL' }));
  expect(await region('You').findByText('Missing right: users.readonly')).toBeDefined();
  fails = false;
  await user.click(screen.getByRole('button', { name: 'Choose who you are in GHL' }));
  const select = await region('You').findByRole<HTMLSelectElement>('combobox', {
    name: 'Who are you in GHL?',
  });
  expect(select.value).toBe('u1');
  await user.click(region('You').getByRole('button', { name: 'This is me' }));
  expect(sentOf('setGhlUser')).toEqual([{ id: 'u1' }]);
});

describe('the field for tags', () => {
  test('is chosen by its name; what is missing is said, and checked again', async () => {
    const named = (state: TagFieldView['state']): TagFieldView => ({
      name: 'Sales tags',
      state,
      error: null,
    });
    const { user, sentOf } = open({
      setTagField: () => named('missing'),
      checkTagField: () => named('ready'),
    });
    const name = await screen.findByRole<HTMLInputElement>('textbox', { name: 'Name of the custom field' });
    expect(name.value).toBe('GHL tags');
    expect(region('Tags').getByText('Tags are not kept in Atera.')).toBeDefined();
    await user.clear(name);
    await user.type(name, ' Sales tags {Enter}');
    expect(sentOf('setTagField')).toEqual([{ name: 'Sales tags' }]);
    expect(
      await region('Tags').findByText('Atera has no custom field “Sales tags” for contacts.'),
    ).toBeDefined();
    expect(region('Tags').getByText(/^An Atera admin must create it once/u)).toBeDefined();
    await user.click(region('Tags').getByRole('button', { name: 'Check again' }));
    expect(await region('Tags').findByText('Atera has the field “Sales tags”.')).toBeDefined();
  });

  test.each(['a/b', '50%', ' '])('cannot be %j', async (wrong) => {
    const { user, sentOf } = open();
    const name = await screen.findByRole('textbox', { name: 'Name of the custom field' });
    await user.clear(name);
    await user.type(name, wrong);
    await user.click(region('Tags').getByRole('button', { name: 'Use this field' }));
    expect(await region('Tags').findByText(/^Enter a name without/u)).toBeDefined();
    expect(sentOf('setTagField')).toEqual([]);
  });

  test('can be given up again', async () => {
    const { user, sentOf } = open({
      getTagField: () => ({ name: 'GHL tags', state: 'ready', error: null }),
      setTagField: () => OFF,
    });
    await user.click(await screen.findByRole('button', { name: 'Do not keep tags in Atera' }));
    expect(await region('Tags').findByText('Tags are not kept in Atera.')).toBeDefined();
    expect(sentOf('setTagField')).toEqual([{ name: null }]);
  });

  test('says when it could not be stored', async () => {
    const { user } = open({
      setTagField: () => {
        throw new AppError('storage');
      },
    });
    await user.click(await screen.findByRole('button', { name: 'Use this field' }));
    expect(
      await region('Tags').findByText('This browser could not store or read its own data.'),
    ).toBeDefined();
  });
});

test('both have no accessibility problem', async () => {
  const { user } = open({
    listTechnicians: () => [MORGAN],
    getTagField: () => ({ name: 'GHL tags', state: 'missing', error: null }),
  });
  await user.click(await screen.findByRole('button', { name: 'Choose who you are in Atera' }));
  await screen.findByRole('combobox', { name: 'Who are you in Atera?' });
  const { violations } = await axe.run(document.body, { rules: { 'color-contrast': { enabled: false } } });
  expect(violations.map(({ id }) => id)).toEqual([]);
}, 20_000);

test('tags: rules at odds are refused in their place, and good ones are kept', async () => {
  const rules = { direction: 'both', prefix: '', rename: [] };
  const { user, sentOf } = open({
    getTagField: () => ({ name: 'GHL tags', state: 'ready', error: null }),
    getTagRules: () => rules,
    setTagRules: (data) => (data as { rules: unknown }).rules,
  });
  const form = within(await screen.findByRole('form', { name: 'How tags belong together' }));
  await user.click(form.getByRole('button', { name: 'Add a tag' }));
  await user.click(form.getByRole('button', { name: 'Keep these rules' }));
  expect(form.getByText('Both names are needed.')).toBeDefined();
  expect(sentOf('setTagRules')).toEqual([]);
  await user.type(form.getByLabelText('Tag 1 in GHL'), 'vip');
  await user.type(form.getByLabelText('Tag 1 in Atera'), 'Gold');
  await user.selectOptions(form.getByLabelText('Which way tags are synced'), 'to-atera');
  await user.click(form.getByRole('button', { name: 'Keep these rules' }));
  expect(sentOf('setTagRules')).toEqual([
    { rules: { direction: 'to-atera', prefix: '', rename: [{ ghl: 'vip', atera: 'Gold' }] } },
  ]);
  expect(await screen.findByText('Kept.')).toBeDefined();
});

describe('the rules for tasks and tickets', () => {
  const openRules = (
    rules: TaskRules = SHIPPED_TASK_RULES,
    handlers: Partial<Record<MessageType, (data: unknown) => unknown>> = {},
  ) =>
    open({
      getTaskRules: () => ({ rules, isDamaged: false }),
      setTaskRules: (data) => ({ ...(data as { rules: TaskRules }), isDamaged: false }),
      ...handlers,
    });
  const form = async () => within(await screen.findByRole('form', { name: 'Rules for tasks and tickets' }));
  const choices = (select: HTMLElement): string[] =>
    within(select)
      .getAllByRole('option')
      .map(({ textContent }) => textContent ?? '');

  test('are kept with statuses of one’s own: found in tickets, or typed', async () => {
    const { user, sentOf } = openRules(SHIPPED_TASK_RULES, {
      listStatuses: () => ['Erledigt', 'Open', 'Resolved'],
    });
    const { getByRole, getByLabelText, findByText } = await form();
    await user.click(getByRole('button', { name: 'Look for your own statuses' }));
    expect(await findByText('1 more status was found.')).toBeDefined();
    const own = getByLabelText<HTMLSelectElement>('“Erledigt” means');
    expect(own.value).toBe('none');
    await user.selectOptions(own, 'Done');
    await user.type(getByLabelText('Another status'), ' In Arbeit {Enter}');
    await user.selectOptions(getByLabelText('“In Arbeit” means'), 'Open');
    await user.selectOptions(getByLabelText('“Pending” means'), 'Nothing');
    const completed = getByLabelText('A ticket whose task is completed is set to');
    expect(choices(completed)).toEqual(['Resolved', 'Closed', 'Erledigt']);
    await user.selectOptions(completed, 'Erledigt');
    await user.selectOptions(getByLabelText('A ticket whose task is opened again is set to'), 'In Arbeit');
    const days = getByLabelText('Days until a new task is due');
    await user.clear(days);
    await user.type(days, '14');
    await user.click(getByRole('button', { name: 'Keep these rules' }));
    expect(sentOf('setTaskRules')).toEqual([
      {
        rules: {
          dueDays: 14,
          done: ['Resolved', 'Closed', 'Erledigt'],
          open: ['Open', 'In Arbeit'],
          completedAs: 'Erledigt',
          reopenedAs: 'In Arbeit',
        },
      },
    ]);
    expect(await region('Tasks and tickets').findByText('Kept.')).toBeDefined();
    // Whoever works by keyboard goes on from where they are.
    expect(document.activeElement).toBe(getByRole('button', { name: 'Keep these rules' }));
  });

  test.each(['0', '366', '', '2.5', 'x'])('are refused with %j days', async (wrong) => {
    const { user, sentOf } = openRules();
    const { getByLabelText, getByRole, getByText } = await form();
    const days = getByLabelText('Days until a new task is due');
    await user.clear(days);
    if (wrong) await user.type(days, wrong);
    await user.click(getByRole('button', { name: 'Keep these rules' }));
    expect(getByText('Enter a whole number from 1 to 365.')).toBeDefined();
    expect(sentOf('setTaskRules')).toEqual([]);
  });

  test('need a status that means done, and one that means open', async () => {
    const { user, sentOf } = openRules();
    const { getByLabelText, getByRole, getByText } = await form();
    await user.selectOptions(getByLabelText('“Resolved” means'), 'Nothing');
    await user.selectOptions(getByLabelText('“Open” means'), 'Done');
    await user.click(getByRole('button', { name: 'Keep these rules' }));
    expect(getByText('Choose a status that means done.')).toBeDefined();
    expect(getByText('Choose a status that means open.')).toBeDefined();
    expect(sentOf('setTaskRules')).toEqual([]);
    expect(choices(getByLabelText('A ticket whose task is completed is set to'))).toEqual([
      'Choose one',
      'Open',
      'Closed',
    ]);
  });

  test('hold each status once, and none without a name', async () => {
    const { user } = openRules();
    const { getByLabelText, getByRole, getByText } = await form();
    await user.click(getByRole('button', { name: 'Add this status' }));
    expect(getByText('A status needs a name.')).toBeDefined();
    await user.type(getByLabelText('Another status'), ' closed ');
    await user.click(getByRole('button', { name: 'Add this status' }));
    expect(getByText('This status is in the list already.')).toBeDefined();
  });

  test('say why the statuses could not be read, and that they could not be stored', async () => {
    const fails = (code: 'forbidden' | 'storage') => () => {
      throw new AppError(code, { vendor: 'atera' });
    };
    const { user } = openRules(SHIPPED_TASK_RULES, {
      listStatuses: fails('forbidden'),
      setTaskRules: fails('storage'),
    });
    const { getByRole } = await form();
    await user.click(getByRole('button', { name: 'Look for your own statuses' }));
    expect(await region('Tasks and tickets').findByRole('alert')).toBeDefined();
    await user.click(getByRole('button', { name: 'Keep these rules' }));
    expect(
      await region('Tasks and tickets').findByText('This browser could not store or read its own data.'),
    ).toBeDefined();
    expect(region('Tags').queryByText('This browser could not store or read its own data.')).toBeNull();
  });

  test('say when what was stored is damaged', async () => {
    open({ getTaskRules: () => ({ rules: SHIPPED_TASK_RULES, isDamaged: true }) });
    expect(await region('Tasks and tickets').findByText(/^What was stored here is damaged/u)).toBeDefined();
  });
});
