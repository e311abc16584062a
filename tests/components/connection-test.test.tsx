// @vitest-environment jsdom
import { screen, within } from '@testing-library/react';
import axe from 'axe-core';
import { describe, expect, test } from 'vitest';
import type { AccountReport, ConnectionReport, ConnectionStep } from '../../lib/connection-report.ts';
import { AppError } from '../../lib/errors.ts';
import { makeAccount, NOW } from '../support/panel-fixtures.ts';
import { renderOptions } from '../support/render.tsx';

const step = (id: ConnectionStep['id'], extra: Partial<ConnectionStep> = {}): ConnectionStep => ({
  id,
  outcome: 'ok',
  ms: 120,
  scope: null,
  optional: false,
  error: null,
  ...extra,
});

const ATERA: AccountReport = {
  accountId: 'atera-1',
  vendor: 'atera',
  steps: [
    step('reachable'),
    step('authenticated'),
    step('contacts', { scope: 'Contacts: Read' }),
    step('customers', { outcome: 'not-needed', ms: null, scope: 'Customers: Read' }),
    step('write', { outcome: 'not-run', ms: null, scope: 'Contacts: Write' }),
  ],
  info: { name: 'Northwind IT', country: 'United States', timeZone: null },
  people: [
    { id: '812', name: 'Dana Whitfield', email: 'dana@brightsmile.example' },
    { id: '813', name: 'Omar Haddad', email: null },
  ],
};
const GHL: AccountReport = {
  accountId: 'ghl-1',
  vendor: 'ghl',
  steps: [
    step('reachable'),
    step('authenticated'),
    step('account', {
      outcome: 'failed',
      scope: 'locations.readonly',
      optional: true,
      error: { code: 'forbidden', vendor: 'ghl', scope: 'locations.readonly' },
    }),
  ],
  info: null,
  people: [{ id: 'c0ffee', name: 'Dana W.', email: 'dana@brightsmile.example' }],
};
const reportOf = (...accounts: AccountReport[]): ConnectionReport => ({ at: NOW, accounts });
const BOTH = [makeAccount('atera'), makeAccount('ghl')];
const section = (): Promise<HTMLElement> => screen.findByRole('region', { name: 'Test connection' });
const start = (): Promise<HTMLElement> => screen.findByRole('button', { name: 'Test connection now' });

const problemsOf = async (element: Element): Promise<string[]> => {
  // jsdom lays nothing out, so colours are looked at in the browsers.
  const { violations } = await axe.run(element, { rules: { 'color-contrast': { enabled: false } } });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
};

describe('test connection', () => {
  test('shows both accounts side by side, each step in words', async () => {
    const { user, sentOf } = renderOptions(BOTH, { testConnection: () => reportOf(ATERA, GHL) });
    await screen.findByText('Northwind IT');
    await user.click(await start());
    expect(sentOf('testConnection')).toEqual([{}]);
    const atera = await screen.findByRole('region', { name: 'Atera' });
    const items = within(within(atera).getByRole('list', { name: 'Steps for Atera' })).getAllByRole(
      'listitem',
    );
    expect(items.map(({ textContent }) => textContent)).toEqual([
      'Atera can be reached · Works · 120 ms',
      'The token is accepted · Works · 120 ms',
      'Read contacts · Works · 120 msRight: Contacts: Read',
      'Read customers · Not neededRight: Customers: ReadThere is nobody in the account to try it on.',
      expect.stringContaining('Change contacts · Not triedRight: Contacts: WriteOnly a push can show it.'),
    ]);
    expect(within(atera).getByText('Dana Whitfield')).toBeDefined();
    expect(within(atera).getByText('No e-mail address')).toBeDefined();
    expect(within(atera).getByText('United States')).toBeDefined();
    expect(within(atera).getByText('Unknown')).toBeDefined();
    const ghl = screen.getByRole('region', { name: 'GHL' });
    expect(within(ghl).getByText('dana@brightsmile.example')).toBeDefined();
  });

  test('a missing right says why, what is missing without it, and what to do', async () => {
    const { user } = renderOptions(BOTH, { testConnection: () => reportOf(ATERA, GHL) });
    await screen.findByText('Northwind IT');
    await user.click(await start());
    const item = (await screen.findByText(/^Read the account's name/u)).closest('li');
    expect(item?.textContent).toContain('Failed');
    expect(item?.textContent).toContain('Right: locations.readonly');
    expect(item?.textContent).toContain('Without it: the account is shown without its name');
    expect(within(await section()).getByRole('status').textContent).toBe('The test is done. 1 step failed.');
    expect(screen.getByRole('button', { name: 'Test again' })).toBeDefined();
  });

  test('says that it is under way, and that all is fine at the end', async () => {
    let answer: (report: ConnectionReport) => void = () => {};
    const { user } = renderOptions(BOTH, {
      testConnection: () =>
        new Promise((resolve) => {
          answer = resolve as typeof answer;
        }),
    });
    await screen.findByText('Northwind IT');
    await user.click(await start());
    const status = within(await section()).getByRole('status');
    expect(status.textContent).toBe('Testing the connection…');
    answer(reportOf(ATERA));
    expect(await screen.findByText('The test is done. Everything that was tried works.')).toBe(status);
  });

  test('an account that is gone is not shown any more', async () => {
    const { user, emit } = renderOptions(BOTH, { testConnection: () => reportOf(ATERA, GHL) });
    await screen.findByText('Northwind IT');
    await user.click(await start());
    await screen.findByRole('region', { name: 'GHL' });
    emit('accountsChanged', [makeAccount('atera')]);
    expect(await screen.findByText('The test is done. Everything that was tried works.')).toBeDefined();
    expect(screen.queryByRole('region', { name: 'GHL' })).toBeNull();
  });

  test('nothing connected: nothing to press', async () => {
    renderOptions([]);
    expect(
      await screen.findByText('Connect an account first; then there is something to test.'),
    ).toBeDefined();
    expect(screen.queryByRole('button', { name: 'Test connection now' })).toBeNull();
  });

  test('a background that fails is told, and can be asked again', async () => {
    const { user, handlers } = renderOptions(BOTH, {
      testConnection: () => {
        throw new AppError('storage');
      },
    });
    await screen.findByText('Northwind IT');
    await user.click(await start());
    const alert = await within(await section()).findByRole('alert');
    handlers.testConnection = () => reportOf({ ...ATERA, people: [] }, { ...GHL, people: null });
    await user.click(within(alert).getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('There is no contact in this account yet.')).toBeDefined();
    expect(screen.getByText('The contacts could not be read.')).toBeDefined();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  test('has no accessibility problem and no unfilled words', async () => {
    const { user, container } = renderOptions(BOTH, { testConnection: () => reportOf(ATERA, GHL) });
    await screen.findByText('Northwind IT');
    await user.click(await start());
    await screen.findByRole('region', { name: 'GHL' });
    expect(await problemsOf(document.body)).toEqual([]);
    expect(container.textContent).not.toMatch(/\{[a-z]+\}|undefined|\[object|NaN/iu);
  });
});
