// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react';
import axe from 'axe-core';
import { describe, expect, test } from 'vitest';
import { AppError } from '../../lib/errors.ts';
import type { MappingRowView, MappingView } from '../../lib/panel-state.ts';
import { makeAccount } from '../support/panel-fixtures.ts';
import { renderOptions } from '../support/render.tsx';

const lastName: MappingRowView = {
  field: 'lastName',
  enabled: true,
  direction: 'both',
  empty: 'skip',
  directions: ['both', 'to-ghl', 'to-atera', 'never'],
  toAtera: true,
  toGhl: true,
  values: { atera: 'Whitfield', ghl: 'Whitfeld' },
};
const company: MappingRowView = {
  field: 'company',
  enabled: false,
  direction: 'to-ghl',
  empty: 'fill-only',
  directions: ['to-ghl', 'never'],
  toAtera: 'vendor-read-only',
  toGhl: 'ghl-company-link',
  values: { atera: 'Northwind', ghl: null },
};
const view: MappingView = { personName: 'Dana Whitfield', rows: [lastName, company] };
/** Companies have rules of their own, which are not of these tests. */
const ofPeople = (data: unknown): MappingView | null => ((data as { of?: string }).of ? null : view);
const accounts = [makeAccount('atera'), makeAccount('ghl')];
const rowOf = (name: string): HTMLElement => {
  const row = screen.getByRole('rowheader', { name }).closest('tr');
  if (!row) throw new Error(`No row ${name}`);
  return row;
};
const wordsOf = (select: HTMLElement): (string | null)[] =>
  within(select)
    .getAllByRole('option')
    .map(({ textContent }) => textContent);

describe('the field rules', () => {
  test('say that nothing is connected', async () => {
    renderOptions([]);
    expect(await screen.findByText(/^Connect both systems first\. Then the field rules/u)).toBeDefined();
    expect(screen.queryByRole('table')).toBeNull();
  });

  test('show both values, the offered choices, and why a side cannot be written', async () => {
    renderOptions(accounts, { getMapping: ofPeople });
    await screen.findByText('Values of Dana Whitfield');
    const name = within(rowOf('Last name'));
    // Where there is no room for columns, each cell says what its column says.
    const heads = screen.getAllByRole('columnheader').map(({ textContent }) => textContent);
    expect([...rowOf('Last name').querySelectorAll('td')].map(({ dataset }) => dataset.head)).toEqual([
      undefined,
      ...heads.slice(2, 6),
    ]);
    expect(name.getByText('Whitfield')).toBeDefined();
    expect(name.getByText('Whitfeld')).toBeDefined();
    expect(wordsOf(name.getByLabelText('Direction of Last name'))).toEqual([
      'Atera ⇄ GHL',
      'Atera → GHL',
      'Atera ← GHL',
      'Never pushed',
    ]);
    expect(wordsOf(name.getByLabelText('When empty: Last name'))).toEqual(['Skip empty', 'Only fill gaps']);
    const row = within(rowOf('Company'));
    expect(row.getByText('Atera cannot change it')).toBeDefined();
    expect(row.getByText('GHL sets the company by a link to a business')).toBeDefined();
    expect(row.getByText('empty')).toBeDefined();
    expect((row.getByRole('switch', { name: 'Compare Company' }) as HTMLInputElement).checked).toBe(false);
    expect((row.getByLabelText('Direction of Company') as HTMLSelectElement).disabled).toBe(true);
  });

  test('without a person in view the way to see values is told', async () => {
    const rows = view.rows.map((row) => ({ ...row, values: null }));
    renderOptions(accounts, { getMapping: (data) => ofPeople(data) && { personName: null, rows } });
    expect(await screen.findByText(/Open a ticket or a contact with a match/u)).toBeDefined();
    expect(screen.queryByText('Whitfield')).toBeNull();
  });

  test('are stored at every change, that alone, and that is said', async () => {
    const { user, sentOf } = renderOptions(accounts, {
      getMapping: ofPeople,
      setMapping: (data) => {
        const { rows } = data as { rows: Partial<MappingRowView>[] };
        return {
          ...view,
          rows: view.rows.map((row) => ({ ...row, ...rows.find(({ field }) => field === row.field) })),
        };
      },
    });
    await user.click(await screen.findByRole('switch', { name: 'Compare Last name' }));
    expect(sentOf('setMapping')).toEqual([{ rows: [{ field: 'lastName', enabled: false }] }]);
    expect(await screen.findByText('Saved. Open panels follow the new rules.')).toBeDefined();
    await user.click(screen.getByRole('switch', { name: 'Compare Last name' }));
    await user.selectOptions(screen.getByLabelText('Direction of Last name'), 'Atera → GHL');
    await user.selectOptions(screen.getByLabelText('When empty: Last name'), 'Only fill gaps');
    expect(sentOf('setMapping').slice(-2)).toEqual([
      { rows: [{ field: 'lastName', direction: 'to-ghl' }] },
      { rows: [{ field: 'lastName', empty: 'fill-only' }] },
    ]);
  });

  test('pressed while another change is stored have their turn, and "saved" is said after the last', async () => {
    const answers: (() => void)[] = [];
    let stored = view;
    const { user, sentOf } = renderOptions(accounts, {
      getMapping: ofPeople,
      setMapping: (data) => {
        const [change] = (data as { rows: Partial<MappingRowView>[] }).rows;
        return new Promise<MappingView>((resolve) => {
          answers.push(() => {
            stored = {
              ...stored,
              rows: stored.rows.map((row) => (row.field === change?.field ? { ...row, ...change } : row)),
            };
            resolve(stored);
          });
        });
      },
    });
    await user.click(await screen.findByRole('switch', { name: 'Compare Last name' }));
    await user.click(screen.getByRole('switch', { name: 'Compare Company' }));
    expect(sentOf('setMapping')).toHaveLength(1);
    answers[0]?.();
    await waitFor(() => expect(sentOf('setMapping')).toHaveLength(2));
    expect(screen.queryByText(/^Saved\./u)).toBeNull();
    answers[1]?.();
    await screen.findByText(/^Saved\./u);
    expect(sentOf('setMapping')).toEqual([
      { rows: [{ field: 'lastName', enabled: false }] },
      { rows: [{ field: 'company', enabled: true }] },
    ]);
    const isOn = (name: string) => (screen.getByRole('switch', { name }) as HTMLInputElement).checked;
    expect([isOn('Compare Last name'), isOn('Compare Company')]).toEqual([false, true]);
  });

  test('go back to the defaults', async () => {
    const { user, sentOf } = renderOptions(accounts, { getMapping: ofPeople, resetMapping: () => view });
    await user.click(await screen.findByRole('button', { name: 'Reset to defaults' }));
    expect(sentOf('resetMapping')).toEqual([{}]);
    expect(await screen.findByText('Back to the rules that Counterpart comes with.')).toBeDefined();
  });

  test('that could not be stored stay as they were, and the reason is told', async () => {
    const { user } = renderOptions(accounts, {
      getMapping: ofPeople,
      setMapping: () => {
        throw new AppError('storage');
      },
    });
    const toggle = (await screen.findByRole('switch', { name: 'Compare Last name' })) as HTMLInputElement;
    await user.click(toggle);
    expect((await screen.findByRole('alert')).textContent).toContain('could not store');
    expect(toggle.checked).toBe(true);
  });

  test('are read again when accounts come or go', async () => {
    const { emit, handlers } = renderOptions([]);
    await screen.findByText(/^Connect both systems first\. Then/u);
    handlers.getMapping = ofPeople;
    emit('accountsChanged', accounts);
    await waitFor(() => expect(screen.getByRole('table', { name: 'Field rules' })).toBeDefined());
  });

  test('have no accessibility problem and no unfilled words', async () => {
    const { container } = renderOptions(accounts, { getMapping: ofPeople });
    await screen.findByRole('table', { name: 'Field rules' });
    const { violations } = await axe.run(document.body, { rules: { 'color-contrast': { enabled: false } } });
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual(
      [],
    );
    expect(container.textContent).not.toMatch(/\{[a-z]+\}|undefined|\[object|NaN/iu);
  });
});

describe('the field rules of companies', () => {
  const phone: MappingRowView = { ...lastName, field: 'phone', values: { atera: '1', ghl: '2' } };
  const website: MappingRowView = { ...company, field: 'website', toAtera: 'atera-domain-mail', toGhl: true };
  const rules: MappingView = { personName: 'Bright Smile Dental', rows: [phone, website] };
  const both = (data: unknown): MappingView => ofPeople(data) ?? rules;

  test('stand beside those of people, and are changed for themselves', async () => {
    const { user, sentOf } = renderOptions(accounts, {
      getMapping: both,
      setMapping: both,
      resetMapping: both,
    });
    const area = within(await screen.findByRole('region', { name: 'Company fields' }));
    await area.findByRole('table', { name: 'Field rules of companies' });
    expect(area.getByText('Values of Bright Smile Dental')).toBeDefined();
    expect(area.getByText(/domain/u)).toBeDefined();
    await user.click(area.getByRole('switch', { name: 'Compare Phone (companies)' }));
    await user.selectOptions(area.getByLabelText('Direction of Phone (companies)'), 'Atera → GHL');
    expect(sentOf('setMapping')).toEqual([
      { of: 'companies', rows: [{ field: 'phone', enabled: false }] },
      { of: 'companies', rows: [{ field: 'phone', direction: 'to-ghl' }] },
    ]);
    expect(await area.findByText('Saved. Open panels follow the new rules.')).toBeDefined();
    const people = within(screen.getByRole('region', { name: 'Fields' }));
    expect(people.queryByText(/^Saved/u)).toBeNull();
    await user.click(area.getByRole('button', { name: 'Reset to defaults' }));
    expect(sentOf('resetMapping')).toEqual([{ of: 'companies' }]);
  });

  test('say where values come from, and that nothing is connected', async () => {
    const { emit, handlers } = renderOptions([]);
    const area = within(await screen.findByRole('region', { name: 'Company fields' }));
    expect(await area.findByText(/^Once both systems are connected/u)).toBeDefined();
    handlers.getMapping = (data) => ({ ...both(data), personName: null });
    emit('accountsChanged', accounts);
    expect(await area.findByText('Open a company that is linked to see its values here.')).toBeDefined();
  });
});
