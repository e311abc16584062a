// @vitest-environment jsdom
import { act, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { AppError } from '../../lib/errors.ts';
import type { Receipt, SubjectView } from '../../lib/panel-state.ts';
import {
  makePerson,
  makeReceipt,
  makeRow,
  makeState,
  PULL_ROWS,
  subjectState,
} from '../support/panel-fixtures.ts';
import { SCENES } from '../support/panel-scenes.ts';
import { renderPanel } from '../support/render.tsx';

const pulled = (receipt: Receipt): Receipt => ({
  ...receipt,
  id: 'pull-1',
  source: makePerson('ghl').ref,
  target: makePerson('atera').ref,
});
const rows = (extra: Partial<SubjectView> = {}, revision = 1) =>
  subjectState({ rows: PULL_ROWS, ...extra }, { revision });
const way = (name: RegExp) => screen.findByRole<HTMLInputElement>('radio', { name });
const rowOf = async (field: string): Promise<HTMLElement> => {
  const label = await screen.findByText(field, { selector: 'li > label' });
  const row = label.closest('li');
  if (!row) throw new Error(field);
  return row;
};
const struck = async (field: string) => (await rowOf(field)).querySelector('del')?.textContent ?? null;
const isOff = (element: HTMLElement): boolean => element.hasAttribute('disabled');

describe('the direction', () => {
  test('is a choice of two that says how many go each way; push is chosen first', async () => {
    renderPanel(rows());
    const group = await screen.findByRole('group', { name: 'Which way the values go' });
    const radios = within(group).getAllByRole<HTMLInputElement>('radio');
    expect(radios.map(({ checked }) => checked)).toEqual([true, false]);
    expect(await way(/^Push to GHL 2 possible$/u)).toBe(radios[0]);
    expect(await way(/^Pull into Atera 2 possible$/u)).toBe(radios[1]);
  });

  test('is named after the page: from GHL, a push goes to Atera', async () => {
    renderPanel(SCENES.fromGhl ?? rows());
    expect((await way(/^Push to Atera/u)).checked).toBe(true);
    expect(await way(/^Pull into GHL/u)).toBeDefined();
  });

  test('turns the whole comparison round: what is struck through, the button, its cost and the arrows', async () => {
    const { user } = renderPanel(rows());
    expect(await struck('Phone')).toBe('+1 415 555 0199');
    await user.click(await way(/^Pull into Atera/u));
    expect(await struck('Phone')).toBe('+1 415 555 0137');
    const row = await rowOf('Phone');
    // The columns stay where they are.
    expect(row.textContent).toMatch(/Atera\+1 415 555 0137.*GHL\+1 415 555 0199/u);
    expect(within(row).getByText('written as +14155550199')).toBeDefined();
    const box = within(row).getByRole('checkbox', { name: 'Pull Phone into Atera' });
    expect(document.getElementById(box.getAttribute('aria-describedby') ?? '')?.textContent).toBe(
      'Replaces +1 415 555 0137 with +14155550199',
    );
    const button = screen.getByRole('button', { name: 'Pull 2 changes into Atera' });
    expect(document.getElementById(button.getAttribute('aria-describedby') ?? '')?.textContent).toBe(
      '1 write to Atera, checked after.',
    );
    expect(screen.queryByRole('button', { name: /^Push/u })).toBeNull();
  });

  test('a pull into GHL says that workflows may start', async () => {
    const page = SCENES.fromGhl?.page;
    if (page?.kind !== 'subject') throw new Error('No such scene.');
    const { user } = renderPanel(makeState({ kind: 'subject', view: { ...page.view, rows: PULL_ROWS } }));
    await user.click(await way(/^Pull into GHL/u));
    const button = screen.getByRole('button', { name: 'Pull 2 changes into GHL' });
    expect(document.getElementById(button.getAttribute('aria-describedby') ?? '')?.textContent).toBe(
      '1 write to GHL, checked after. A change may start GHL workflows.',
    );
  });

  test('what cannot go that way says why, and can be copied', async () => {
    const { user, actions } = renderPanel(rows());
    expect((await rowOf('Job title')).textContent).toContain('Empty in Atera, so there is nothing to write');
    await user.click(await way(/^Pull into Atera/u));
    expect(within(await rowOf('Job title')).getByRole('checkbox')).toBeDefined();
    const company = await rowOf('Company');
    expect(company.textContent).toContain('Atera cannot change it');
    expect(within(company).queryByRole('checkbox')).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Copy E-mail from GHL' }));
    expect(actions.copyText).toHaveBeenCalledWith('dana@b.example');
  });

  test('with nothing to push it shows where something is possible, and nothing to pull says so too', async () => {
    const { user, emit } = renderPanel(SCENES.onlyPull ?? rows());
    // It begins where something can be done.
    expect((await way(/^Pull into Atera 1 possible$/u)).checked).toBe(true);
    await user.click(await way(/^Push to GHL nothing possible$/u));
    expect(screen.getByText('Nothing here can be pushed to GHL.')).toBeDefined();
    await user.click(await way(/^Pull into Atera 1 possible$/u));
    expect(screen.getByRole('button', { name: 'Pull 1 change into Atera' })).toBeDefined();
    act(() => emit('panelStateChanged', rows({ rows: [makeRow('city', 'Oslo', 'Bergen')] }, 2)));
    expect(await way(/^Pull into Atera nothing possible$/u)).toBeDefined();
    expect(screen.getByText('Nothing here can be pulled into Atera.')).toBeDefined();
  });

  test('is changed by the keyboard, and the focus stays on it', async () => {
    const { user } = renderPanel(rows());
    const push = await way(/^Push/u);
    push.focus();
    await user.keyboard('{ArrowRight}');
    const pull = await way(/^Pull/u);
    expect(pull.checked).toBe(true);
    expect(document.activeElement).toBe(pull);
    await user.keyboard('{ArrowLeft}');
    expect((await way(/^Push/u)).checked).toBe(true);
  });

  test('is not there when nothing differs', async () => {
    renderPanel(rows({ rows: [makeRow('city', 'Oslo', 'Oslo')] }));
    expect(await screen.findByText('Nothing differs')).toBeDefined();
    expect(screen.queryByRole('radio')).toBeNull();
  });

  test('stays with the person through news, and is push again with the next one', async () => {
    const { user, emit } = renderPanel(rows());
    await user.click(await way(/^Pull/u));
    act(() => emit('panelStateChanged', rows({ plans: { push: 'plan-2', pull: 'pull-2', sync: null } }, 2)));
    expect((await way(/^Pull/u)).checked).toBe(true);
    act(() => emit('panelStateChanged', rows({ version: 8 }, 3)));
    expect((await way(/^Push/u)).checked).toBe(true);
  });
});

describe('a pull', () => {
  test('sends the fields chosen for it; the choices of the push are its own', async () => {
    const { user, sentOf, store } = renderPanel(rows(), {
      applyPlan: () => pulled(makeReceipt(['verified'])),
    });
    await user.click(await screen.findByRole('checkbox', { name: 'Push Phone to GHL' }));
    await user.click(await way(/^Pull/u));
    await user.click(screen.getByRole('checkbox', { name: 'Pull Job title into Atera' }));
    expect(store.getState().choices).toEqual({ push: ['email'], pull: ['phone'], sync: {} });
    await user.click(await way(/^Push/u));
    const box = screen.getByRole<HTMLInputElement>('checkbox', { name: 'Push Phone to GHL' });
    expect(box.checked).toBe(false);
    await user.click(await way(/^Pull/u));
    const button = screen.getByRole('button', { name: 'Pull 1 change into Atera' });
    await waitFor(() => expect(isOff(button)).toBe(false));
    await user.click(button);
    expect(sentOf('applyPlan')).toEqual([{ target: { tabId: 5 }, planId: 'pull-1', fields: ['phone'] }]);
  });

  test('presses send what their button was painted with, whichever way is looked at by then', async () => {
    const { sentOf, store } = renderPanel(rows(), { applyPlan: () => makeReceipt(['verified']) });
    await waitFor(() => expect(store.getState().paintedKey).not.toBe(''));
    store.getState().chooseDirection('pull');
    await store.getState().apply('plan-1');
    expect(sentOf('applyPlan')).toMatchObject([{ planId: 'plan-1', fields: ['phone', 'email'] }]);
  });

  test('on a page that only suggests somebody needs the name of the person on screen', async () => {
    const page = SCENES.suggested?.page;
    if (page?.kind !== 'subject') throw new Error('No such scene.');
    const state = makeState({ kind: 'subject', view: { ...page.view, rows: PULL_ROWS } });
    const { user, sentOf } = renderPanel(state, { applyPlan: () => makeReceipt(['verified']) });
    await user.click(await way(/^Pull into GHL/u));
    const button = screen.getByRole('button', { name: 'Pull 2 changes into GHL' });
    expect(isOff(button)).toBe(true);
    await user.click(screen.getByRole('checkbox', { name: 'This is about Dana Whitfield' }));
    await waitFor(() => expect(isOff(button)).toBe(false));
    await user.click(button);
    expect(sentOf('applyPlan')).toMatchObject([{ planId: 'pull-1', confirmedName: 'Dana Whitfield' }]);
  });

  test('that is under way is called so, even when a push is looked at', async () => {
    renderPanel(rows({ receipt: pulled(makeReceipt(['sent'], { state: 'running' })) }));
    const button = await screen.findByRole('button', { name: 'Pulling into Atera…' });
    expect(isOff(button)).toBe(true);
    expect((await way(/^Push/u)).checked).toBe(true);
  });

  test('whose answer got lost may have written; one that was refused has not', async () => {
    const errors = [new AppError('internal'), new AppError('unconfirmed')];
    const { store } = renderPanel(rows(), {
      applyPlan: () => {
        throw errors.shift();
      },
    });
    await waitFor(() => expect(store.getState().paintedKey).not.toBe(''));
    await act(() => store.getState().apply('pull-1'));
    expect(screen.queryByText('Nothing was written.')).toBeNull();
    await act(() => store.getState().apply('pull-1'));
    expect(screen.getByText('Nothing was written.')).toBeDefined();
  });
});

describe('the receipt of a pull', () => {
  test.each<[string, Receipt]>([
    ['Pulling 1 change into Atera…', makeReceipt(['sent'], { state: 'running' })],
    ['1 change verified in Atera', makeReceipt(['verified'])],
    ['Changed meanwhile: nothing was written', makeReceipt(['changed-meanwhile'], { state: 'conflict' })],
    ['Atera said no: nothing was written', makeReceipt(['not-written'], { state: 'failed' })],
  ])('says "%s"', async (words, receipt) => {
    renderPanel(rows({ receipt: pulled(receipt) }));
    const region = await screen.findByRole('region', { name: 'Last pull' });
    expect(within(region).getAllByText(words).length).toBeGreaterThan(0);
    expect(screen.getByTestId('receipt-said').textContent).toBe(words);
    expect(region.textContent).not.toMatch(/push/iu);
  });

  test('names the side that was changed meanwhile', async () => {
    const receipt = pulled(makeReceipt(['changed-meanwhile'], { state: 'conflict' }));
    receipt.fields = receipt.fields.map((field) => ({ ...field, found: field.before }));
    renderPanel(rows({ receipt }));
    const region = await screen.findByRole('region', { name: 'Last pull' });
    expect(region.textContent).toContain('The record in GHL was changed.');
    expect(region.textContent).toContain('Look at the new values above, then pull again.');
  });
});
