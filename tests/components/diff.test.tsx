// @vitest-environment jsdom
import { act, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { BLOCK_REASONS } from '../../lib/core/mapping.ts';
import { makeBlockedRow, makeReceipt, makeRow, NO_PLANS, subjectState } from '../support/panel-fixtures.ts';
import { SCENES } from '../support/panel-scenes.ts';
import { renderPanel } from '../support/render.tsx';

const rowOf = async (field: string): Promise<HTMLElement> => {
  const label = await screen.findByText(field, { selector: 'li > label' });
  const row = label.closest('li');
  if (!row) throw new Error(field);
  return row;
};

const isEnabled = (element: HTMLElement): void => expect(element.hasAttribute('disabled')).toBe(false);

describe('rows', () => {
  test('show both values, and strike through the one that will be replaced', async () => {
    const { user } = renderPanel(subjectState());
    const row = await rowOf('Phone');
    expect(row.querySelector('del')?.textContent).toBe('+1 415 555 0199');
    expect(within(row).getByText('+1 415 555 0137').closest('del')).toBeNull();
    await user.click(within(row).getByRole('checkbox', { name: 'Push Phone to GHL' }));
    expect(row.querySelector('del')).toBeNull();
  });

  test('say in words what a choice would do, and how it is written', async () => {
    renderPanel(subjectState());
    const row = await rowOf('Phone');
    const box = within(row).getByRole('checkbox');
    expect(document.getElementById(box.getAttribute('aria-describedby') ?? '')?.textContent).toBe(
      'Replaces +1 415 555 0199 with +14155550137',
    );
    expect(within(row).getByText('written as +14155550137')).toBeDefined();
    expect(within(await rowOf('Job title')).getByText('only in Atera')).toBeDefined();
  });

  test('Atera is always left and GHL right, whoever is written to', async () => {
    const state = SCENES.fromGhl;
    if (!state) throw new Error('No such scene.');
    renderPanel(state);
    const row = await rowOf('Phone');
    expect(row.textContent).toMatch(/Atera\+1 415 555 0137.*GHL\+1 415 555 0199/u);
    expect(row.querySelector('del')?.textContent).toBe('+1 415 555 0137');
    expect(screen.getByRole('button', { name: 'Push 1 change to Atera' })).toBeDefined();
    expect(screen.getByText('1 write to Atera, checked after.')).toBeDefined();
  });

  test.each(BLOCK_REASONS)(
    'what cannot be written because of %s says so and has no checkbox',
    async (reason) => {
      renderPanel(subjectState({ rows: [makeBlockedRow('city', reason)] }));
      const row = await rowOf('City');
      expect(within(row).queryByRole('checkbox')).toBeNull();
      const sentence = row.querySelector('p')?.textContent ?? '';
      expect(sentence.length).toBeGreaterThan(8);
      expect(sentence).not.toContain('{');
      expect(screen.queryByRole('button', { name: /^Push/u })).toBeNull();
      expect(screen.getByText('Nothing here can be pushed to GHL.')).toBeDefined();
    },
  );

  test('a value that cannot be pushed can be copied', async () => {
    const { user, actions } = renderPanel(subjectState());
    await user.click(await screen.findByRole('button', { name: 'Copy Company from Atera' }));
    expect(actions.copyText).toHaveBeenCalledWith('Bright Smile Dental');
  });

  test('emptying a field is not chosen by itself and is loud', async () => {
    renderPanel(subjectState({ rows: [makeRow('city', null, 'Oslo', { can: true, value: null })] }));
    const box = await screen.findByRole('checkbox', { name: 'Push City to GHL' });
    expect((box as HTMLInputElement).checked).toBe(false);
    expect(screen.getAllByText('Empties the field in GHL').length).toBeGreaterThan(0);
  });

  test('markup in a value is text', async () => {
    const hostile = '<img src=x onerror=alert(1)>';
    const { container } = renderPanel(subjectState({ rows: [makeRow('city', hostile, null)] }));
    expect(await screen.findByText(hostile)).toBeDefined();
    expect(container.querySelector('img[onerror]')).toBeNull();
  });

  test('equal fields are folded and open on request', async () => {
    const { user } = renderPanel(subjectState());
    const fold = await screen.findByRole('button', { name: '3 fields equal' });
    expect(fold.getAttribute('aria-expanded')).toBe('false');
    const list = document.getElementById(fold.getAttribute('aria-controls') ?? '');
    expect(list?.hidden).toBe(true);
    await user.click(fold);
    expect(list?.hidden).toBe(false);
    expect(within(list as HTMLElement).getByText('Whitfield')).toBeDefined();
  });

  test('with nothing different there is nothing to press', async () => {
    renderPanel(subjectState({ rows: [makeRow('city', 'Oslo', 'Oslo')] }));
    expect(await screen.findByText('Nothing differs')).toBeDefined();
    expect(screen.queryByRole('button', { name: /Push/u })).toBeNull();
  });

  test('what could not be read is named', async () => {
    const state = SCENES.gaps;
    if (!state) throw new Error('No such scene.');
    renderPanel(state);
    expect(
      await screen.findByText(/customer in Atera could not be read, so the address is left out/u),
    ).toBeDefined();
  });
});

describe('the push button', () => {
  test('says what it will do and follows the choices', async () => {
    const { user } = renderPanel(subjectState());
    const push = await screen.findByRole('button', { name: 'Push 2 changes to GHL' });
    expect(document.getElementById(push.getAttribute('aria-describedby') ?? '')?.textContent).toBe(
      '1 write to GHL, checked after. A change may start GHL workflows.',
    );
    await user.click(screen.getByRole('checkbox', { name: 'Push Phone to GHL' }));
    expect(push.textContent).toBe('Push 1 change to GHL');
    await user.click(screen.getByRole('checkbox', { name: 'Push Job title to GHL' }));
    expect(push.textContent).toBe('Nothing chosen');
    expect(push.hasAttribute('disabled')).toBe(true);
  });

  test('sends the chosen fields; the keyboard is enough', async () => {
    const { user, sentOf } = renderPanel(subjectState(), { applyPlan: () => makeReceipt(['verified']) });
    const box = await screen.findByRole('checkbox', { name: 'Push Phone to GHL' });
    box.focus();
    await user.keyboard(' ');
    const push = screen.getByRole('button', { name: 'Push 1 change to GHL' });
    await waitFor(() => isEnabled(push));
    push.focus();
    await user.keyboard('{Enter}');
    expect(sentOf('applyPlan')).toMatchObject([{ planId: 'plan-1', fields: ['jobTitle'] }]);
  });

  test('is off until the new person was painted', async () => {
    const { emit } = renderPanel(subjectState());
    const push = await screen.findByRole('button', { name: 'Push 2 changes to GHL' });
    await waitFor(() => isEnabled(push));
    act(() =>
      emit(
        'panelStateChanged',
        subjectState({ version: 8, plans: { push: 'plan-2', pull: 'pull-2', sync: null } }, { revision: 2 }),
      ),
    );
    expect(push.hasAttribute('disabled')).toBe(true);
    await waitFor(() => isEnabled(push));
  });

  test('is off while nothing may be applied, and while a push is under way', async () => {
    const { emit } = renderPanel(subjectState({ plans: NO_PLANS }));
    const push = await screen.findByRole('button', { name: 'Push 2 changes to GHL' });
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(push.hasAttribute('disabled')).toBe(true);
    act(() =>
      emit(
        'panelStateChanged',
        subjectState({ receipt: makeReceipt(['sent'], { state: 'running' }) }, { revision: 2 }),
      ),
    );
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(push.textContent).toBe('Pushing to GHL…');
    expect(push.hasAttribute('disabled')).toBe(true);
  });
});
