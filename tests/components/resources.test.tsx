// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react';
import axe from 'axe-core';
import { describe, expect, test } from 'vitest';
import {
  mergeResources,
  RESOURCE_REASONS,
  type ResourceChange,
  shippedResources,
} from '../../lib/core/resource-settings.ts';
import { AppError } from '../../lib/errors.ts';
import { wordKey } from '../../lib/i18n.ts';
import { getMessage } from '../support/i18n.ts';
import { makeAccount } from '../support/panel-fixtures.ts';
import { SCENES } from '../support/panel-scenes.ts';
import { renderOptions, renderPanel } from '../support/render.tsx';

const accounts = [makeAccount('atera'), makeAccount('ghl')];
const scene = (name: string) => {
  const state = SCENES[name];
  if (!state) throw new Error(name);
  return state;
};
const rowOf = (name: string) => {
  const row = screen.getByRole('rowheader', { name }).closest('tr');
  if (!row) throw new Error(`No row ${name}`);
  return within(row as HTMLElement);
};
const options = (handlers: Parameters<typeof renderOptions>[1] = {}) =>
  renderOptions(accounts, {
    getResources: () => shippedResources(),
    setResources: (data) => mergeResources(shippedResources(), (data as { rows: ResourceChange[] }).rows),
    ...handlers,
  });

describe('the settings of what is shown and written', () => {
  test.each(RESOURCE_REASONS)('the reason %s has a sentence', (reason) => {
    expect(getMessage(`resource_${wordKey(reason)}`)).not.toBe('');
  });

  test('say that nothing is connected', async () => {
    renderOptions([]);
    expect(await screen.findByText(/you choose here what is shown/u)).toBeDefined();
  });

  test('offer what is possible, with the reason beside what is not', async () => {
    options();
    await screen.findByRole('table', { name: 'What is shown and written' });
    const choices = rowOf('Tasks').getAllByRole('option');
    expect(choices.map(({ textContent }) => textContent)).toEqual(['Only to GHL', 'Read only']);
    expect(rowOf('Tasks').getByText(/Atera has no tasks/u)).toBeDefined();
    expect(rowOf('Contacts').queryByRole('switch')).toBeNull();
    expect(rowOf('Contacts').getByText(/Always shown/u)).toBeDefined();
    expect(rowOf('Appointments').getByText('Read only')).toBeDefined();
    expect(rowOf('Appointments').queryByRole('combobox')).toBeNull();
  });

  test('are stored at every change, that alone; that is said, and the field rules are read again', async () => {
    const { user, sentOf } = options();
    await user.click(await screen.findByRole('switch', { name: 'Show Notes' }));
    expect(sentOf('setResources')).toEqual([{ rows: [{ resource: 'notes', enabled: false }] }]);
    expect(await screen.findByText('Saved. Open panels follow.')).toBeDefined();
    // Of people, and of companies.
    await waitFor(() => expect(sentOf('getMapping').slice(2)).toEqual([{}, { of: 'companies' }]));
    const direction = screen.getByLabelText('Where Notes may be written') as HTMLSelectElement;
    expect(direction.disabled).toBe(true);
    await user.click(screen.getByRole('switch', { name: 'Show Notes' }));
    await user.selectOptions(screen.getByLabelText('Where Tags may be written'), 'Only to Atera');
    expect(sentOf('setResources').at(-1)).toEqual({
      rows: [{ resource: 'tags', direction: 'to-atera' }],
    });
    await user.click(screen.getByRole('button', { name: 'Reset to defaults' }));
    expect(sentOf('setResources').at(-1)).toEqual({ rows: shippedResources() });
  });

  test('pressed while another change is stored have their turn', async () => {
    const answers: (() => void)[] = [];
    let stored = shippedResources();
    const { user, sentOf } = options({
      setResources: (data) =>
        new Promise((resolve) => {
          answers.push(() => {
            stored = mergeResources(stored, (data as { rows: ResourceChange[] }).rows);
            resolve(stored);
          });
        }),
    });
    await user.click(await screen.findByRole('switch', { name: 'Show Notes' }));
    await user.click(screen.getByRole('switch', { name: 'Show Tasks' }));
    expect(sentOf('setResources')).toHaveLength(1);
    answers[0]?.();
    await waitFor(() => expect(sentOf('setResources')).toHaveLength(2));
    answers[1]?.();
    await screen.findByText('Saved. Open panels follow.');
    const isOn = (name: string) => (screen.getByRole('switch', { name }) as HTMLInputElement).checked;
    expect([isOn('Show Notes'), isOn('Show Tasks'), isOn('Show Tags')]).toEqual([false, false, true]);
  });

  test('follow what another page has changed', async () => {
    const { emit, handlers } = options();
    await screen.findByRole('switch', { name: 'Show Notes' });
    handlers.getResources = () => mergeResources(shippedResources(), [{ resource: 'notes', enabled: false }]);
    emit('resourcesChanged', {});
    await waitFor(() =>
      expect((screen.getByRole('switch', { name: 'Show Notes' }) as HTMLInputElement).checked).toBe(false),
    );
  });

  test('that could not be stored stay as they were, and the reason is told', async () => {
    const { user } = options({
      setResources: () => {
        throw new AppError('storage');
      },
    });
    const toggle = (await screen.findByRole('switch', { name: 'Show Notes' })) as HTMLInputElement;
    await user.click(toggle);
    expect((await screen.findByRole('alert')).textContent).toContain('could not store');
    expect(toggle.checked).toBe(true);
  });

  test('have no accessibility problem and no unfilled words', async () => {
    const { container } = options();
    await screen.findByRole('table', { name: 'What is shown and written' });
    const { violations } = await axe.run(document.body, { rules: { 'color-contrast': { enabled: false } } });
    expect(violations.map(({ id }) => id)).toEqual([]);
    expect(container.textContent).not.toMatch(/\{[a-z]+\}|undefined|\[object|NaN/iu);
  });
});

describe('the panel', () => {
  test('has no tab for what is off, names it, and leads to the settings', async () => {
    const { user, actions } = renderPanel(scene('switchedOff'));
    await screen.findByRole('tab', { name: /^Tasks/u });
    expect(screen.queryByRole('tab', { name: /^Notes/u })).toBeNull();
    expect(screen.getByText('Switched off: Notes and Appointments.')).toBeDefined();
    await user.click(screen.getByRole('button', { name: 'Change in the settings' }));
    expect(actions.openOptions).toHaveBeenCalledWith('resources');
    screen.getByRole('tab', { name: /^Tasks/u }).focus();
    await user.keyboard('{ArrowRight}{ArrowRight}');
    expect(document.activeElement).toBe(screen.getByRole('tab', { name: /^Comments/u }));
    await user.keyboard('{End}{ArrowRight}');
    expect(document.activeElement).toBe(screen.getByRole('tab', { name: /^Tasks/u }));
  });

  test('is never empty: all switched off says so', async () => {
    renderPanel(scene('allSwitchedOff'));
    expect(await screen.findByText(/^Switched off: Tasks, Tickets, Notes/u)).toBeDefined();
    expect(screen.queryByRole('tab')).toBeNull();
  });

  test('a section that is open when it is switched off gives way to the first one', async () => {
    const { user, emit } = renderPanel(scene('differences'));
    await user.click(await screen.findByRole('tab', { name: /^Notes/u }));
    emit('panelStateChanged', { ...scene('switchedOff'), revision: 2 });
    const open = await screen.findByRole('tab', { selected: true });
    await waitFor(() => expect(open.isConnected || screen.getByRole('tab', { selected: true })).toBeTruthy());
    expect(screen.getByRole('tab', { selected: true }).textContent).toContain('Tasks');
  });

  test('where nothing may be added, that stands in place of the form', async () => {
    const { user } = renderPanel(scene('readOnly'));
    expect(await screen.findByText('By your settings, nothing is added here in GHL.')).toBeDefined();
    expect(screen.queryByRole('button', { name: 'Add task to GHL' })).toBeNull();
    await user.click(screen.getByRole('tab', { name: /^Tags/u }));
    expect(screen.queryByRole('button', { name: /^Remove tag/u })).toBeNull();
    await user.click(screen.getByRole('tab', { name: /^Dates/u }));
    expect(screen.queryByText(/nothing is added here/u)).toBeNull();
  });

  test('a customer page without companies and tickets says so', async () => {
    renderPanel(scene('companyOff'));
    expect(await screen.findByText('Switched off: Companies.')).toBeDefined();
    expect(screen.getByText('Switched off: Tickets.')).toBeDefined();
  });
});
