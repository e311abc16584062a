// @vitest-environment jsdom
import { act, screen, waitFor, within } from '@testing-library/react';
import axe from 'axe-core';
import { describe, expect, test } from 'vitest';
import { AppError } from '../../lib/errors.ts';
import type { AccountView, ConnectQuestion } from '../../lib/panel-state.ts';
import { makeJob, STOPPED } from '../support/job-fixtures.ts';
import { DAY, makeAccount, NOW } from '../support/panel-fixtures.ts';
import { renderOptions } from '../support/render.tsx';

const TOKEN = 'pit-0f0f0f0f-not-a-real-token';
const form = (name: RegExp): HTMLElement => screen.getByRole('form', { name });

describe('connecting', () => {
  test('the token field is never remembered and is empty at once after submit', async () => {
    let answer: (account: AccountView) => void = () => {};
    const { user, sentOf, container, store } = renderOptions([], {
      connectAtera: () =>
        new Promise((resolve) => {
          answer = resolve as typeof answer;
        }),
    });
    await screen.findByText('No account is connected yet.');
    const input = screen.getByLabelText('Atera token') as HTMLInputElement;
    expect(input.type).toBe('password');
    expect(input.autocomplete).toBe('off');
    await user.type(input, ` ${TOKEN} `);
    await user.click(screen.getByRole('button', { name: 'Connect Atera' }));
    expect(sentOf('connectAtera')).toEqual([{ token: TOKEN }]);
    expect(input.value).toBe('');
    expect(container.innerHTML).not.toContain(TOKEN);
    expect(JSON.stringify(store.getState())).not.toContain(TOKEN);
    expect(screen.getByText('Checking with Atera…')).toBeDefined();
    answer(makeAccount('atera'));
    expect(await screen.findByText('Northwind IT is connected.')).toBeDefined();
  });

  test('with a real account, its form is folded away and sample data says why it is off', async () => {
    renderOptions([makeAccount('atera')]);
    const summary = await screen.findByText('Connect Atera with another token');
    expect(summary.closest('details')?.open).toBe(false);
    expect(screen.getByText(/sample people and real ones never meet/)).toBeDefined();
    expect(screen.queryByRole('button', { name: 'Try with sample data' })).toBeNull();
    expect(screen.getByRole('button', { name: 'Connect GHL' })).toBeDefined();
  });

  test('GHL takes a token and a location', async () => {
    const { user, sentOf } = renderOptions([], { connectGhl: () => makeAccount('ghl') });
    await screen.findByText('No account is connected yet.');
    await user.type(screen.getByLabelText('GHL token'), TOKEN);
    await user.type(screen.getByLabelText('Location'), 'Kq3nPa61w0BzLmTR55xd{Enter}');
    expect(sentOf('connectGhl')).toEqual([{ token: TOKEN, location: 'Kq3nPa61w0BzLmTR55xd' }]);
  });

  test('missing entries are named at their field and nothing is sent', async () => {
    const { user, sentOf } = renderOptions([]);
    await screen.findByText('No account is connected yet.');
    await user.type(screen.getByLabelText('GHL token'), TOKEN);
    await user.click(screen.getByRole('button', { name: 'Connect GHL' }));
    const location = screen.getByLabelText('Location');
    expect(location.getAttribute('aria-invalid')).toBe('true');
    expect(screen.getByText('Enter the location id or a page address.')).toBeDefined();
    expect(document.activeElement).toBe(location);
    expect(sentOf('connectGhl')).toEqual([]);
  });

  test.each([
    ['token', 'This does not look like a token of GHL.'],
    ['location', 'No location id was found in this.'],
  ])('a refused %s is named at its field', async (input, words) => {
    const { user } = renderOptions([], {
      connectGhl: () => {
        throw new AppError('invalid_input', { vendor: 'ghl', input });
      },
    });
    await screen.findByText('No account is connected yet.');
    await user.type(screen.getByLabelText('GHL token'), TOKEN);
    await user.type(screen.getByLabelText('Location'), 'x');
    await user.click(screen.getByRole('button', { name: 'Connect GHL' }));
    expect(await screen.findByText(words)).toBeDefined();
  });

  test('a token that is not accepted says why and what next', async () => {
    const { user } = renderOptions([], {
      connectAtera: () => {
        throw new AppError('unauthorized', { vendor: 'atera', status: 401 });
      },
    });
    await screen.findByText('No account is connected yet.');
    await user.type(screen.getByLabelText('Atera token'), 'wrong');
    await user.click(screen.getByRole('button', { name: 'Connect Atera' }));
    const alert = await within(form(/Connect Atera/u)).findByRole('alert');
    expect(alert.textContent).toContain('Atera did not accept the token.');
    expect(alert.textContent).toContain('Connect Atera again with a new token');
  });

  test('sample data starts with one press', async () => {
    const { user, sentOf } = renderOptions([], {
      connectSample: () => [makeAccount('atera', { kind: 'sample', name: 'Sample IT' })],
    });
    await user.click(await screen.findByRole('button', { name: 'Try with sample data' }));
    expect(sentOf('connectSample')).toEqual([{}]);
    expect(await screen.findByText('Sample IT is connected.')).toBeDefined();
  });
});

describe('accounts', () => {
  test('show name, kind, end of the token and problem', async () => {
    renderOptions([
      makeAccount('atera', { expiresAt: NOW - 2 * DAY - 1000 }),
      makeAccount('ghl', { problem: { code: 'forbidden', vendor: 'ghl', scope: 'contacts.write' } }),
    ]);
    expect(await screen.findByText('Token ran out 2 days ago')).toBeDefined();
    expect(screen.getAllByText('Your account')).toHaveLength(2);
    expect(screen.getByText('Missing right: contacts.write')).toBeDefined();
  });

  test('disconnecting says what is erased before it does it', async () => {
    const account = makeAccount('ghl');
    const accounts = [account];
    const { user, sentOf } = renderOptions(accounts, {
      disconnect: () => {
        accounts.length = 0;
      },
    });
    await user.click(await screen.findByRole('button', { name: 'Disconnect Northwind CRM' }));
    expect(sentOf('disconnect')).toEqual([]);
    expect(
      screen.getByText(/the token, everything read with it, the activity, and the links/u),
    ).toBeDefined();
    expect(document.activeElement?.textContent).toBe('Keep it');
    await user.click(screen.getByRole('button', { name: 'Disconnect and erase' }));
    expect(sentOf('disconnect')).toEqual([{ accountId: 'ghl-1' }]);
    expect(await screen.findByText('Northwind CRM is disconnected.')).toBeDefined();
  });

  describe('the question before one is disconnected', () => {
    const asked = async (getJobs: () => unknown) => {
      const page = renderOptions([makeAccount('ghl')], { getJobs });
      await page.user.click(await screen.findByRole('button', { name: 'Disconnect Northwind CRM' }));
      return { ...page, question: screen.getByRole('region', { name: 'Disconnect Northwind CRM?' }) };
    };

    test('says how many writes go with it, and keeps count', async () => {
      const done = makeJob({ id: 'over', status: 'done', canCancel: false });
      const { question, emit } = await asked(async () => [makeJob(), STOPPED, done]);
      expect(question.textContent).toContain('2 writes are not done yet.');
      expect(question.textContent).toContain('is erased too, and never written');
      act(() => emit('jobsChanged', [makeJob()]));
      expect(question.textContent).toContain('1 write is not done yet.');
      act(() => emit('jobsChanged', []));
      expect(question.textContent).not.toContain('never written');
    });

    test('says so too where it is not known whether any wait', async () => {
      const { question } = await asked(() => new Promise(() => undefined));
      expect(question.textContent).toContain(
        'Writes that are not done yet are erased too, and never written.',
      );
    });
  });

  test('keeping it sends nothing', async () => {
    const { user, sentOf } = renderOptions([makeAccount('ghl')]);
    await user.click(await screen.findByRole('button', { name: 'Disconnect Northwind CRM' }));
    await user.click(screen.getByRole('button', { name: 'Keep it' }));
    expect(screen.queryByRole('button', { name: 'Disconnect and erase' })).toBeNull();
    expect(sentOf('disconnect')).toEqual([]);
  });

  describe('a token of another account', () => {
    const QUESTION: ConnectQuestion = {
      kind: 'question',
      id: 'q1',
      vendor: 'atera',
      present: 'Northwind IT',
      next: 'Other Company',
      canBeSame: false,
    };
    const ask = async (question: ConnectQuestion, answer: () => unknown = () => null) => {
      const page = renderOptions([makeAccount('atera')], {
        connectAtera: () => question,
        getJobs: async () => [makeJob()],
        answerConnection: answer,
      });
      await page.user.click(await screen.findByText('Connect Atera with another token'));
      await page.user.type(screen.getByLabelText('Atera token'), `${TOKEN}{Enter}`);
      await screen.findByText('So far nothing was stored or erased.');
      return page;
    };

    test('says by name what would be erased, and offers to keep it first', async () => {
      const { container } = await ask(QUESTION);
      const question = screen.getByRole('region', {
        name: 'This token is for Other Company, not for Northwind IT.',
      });
      expect(question.textContent).toContain('1 write is not done yet.');
      expect(question.textContent).toContain('the token of Northwind IT, everything read with it');
      expect(document.activeElement?.textContent).toBe('Keep Northwind IT');
      expect(screen.queryByRole('button', { name: 'It is the same company' })).toBeNull();
      expect(container.innerHTML).not.toContain(TOKEN);
    });

    test.each([
      ['Keep Northwind IT', 'keep'],
      ['Erase Northwind IT and connect the other', 'replace'],
      ['It is the same company', 'same'],
    ])('%s', async (name, answer) => {
      const { user, sentOf, store } = await ask({ ...QUESTION, next: null, canBeSame: true });
      await user.click(screen.getByRole('button', { name }));
      expect(sentOf('answerConnection')).toEqual([{ id: 'q1', answer }]);
      await waitFor(() => expect(store.getState()).toMatchObject({ question: null, busy: null }));
      expect(screen.queryByText('So far nothing was stored or erased.')).toBeNull();
    });

    test('that the background has dropped meanwhile is asked for again', async () => {
      const { user } = await ask(QUESTION, () => {
        throw new AppError('invalid_input', { input: 'token:again' });
      });
      await user.click(screen.getByRole('button', { name: /^Erase Northwind IT/u }));
      expect(await screen.findByText(/Nothing was erased\. Paste it once more\./u)).toBeDefined();
    });

    test('has no accessibility problem', async () => {
      await ask({ ...QUESTION, next: null, canBeSame: true });
      const { violations } = await axe.run(document.body, {
        rules: { 'color-contrast': { enabled: false } },
      });
      expect(violations.map(({ id }) => id)).toEqual([]);
    });
  });

  test('changes made elsewhere arrive', async () => {
    const { emit } = renderOptions([]);
    await screen.findByText('No account is connected yet.');
    emit('accountsChanged', [makeAccount('atera')]);
    expect(await screen.findByText('Northwind IT')).toBeDefined();
  });

  test('a background that does not answer is told', async () => {
    const { user, handlers } = renderOptions([], {
      getAccounts: () => {
        throw new AppError('internal');
      },
    });
    const alert = await screen.findByRole('alert');
    handlers.getAccounts = () => [makeAccount('atera')];
    await user.click(within(alert).getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(screen.getByText('Northwind IT')).toBeDefined());
  });
});

test('the security note says what is not protected', async () => {
  renderOptions([]);
  const section = await screen.findByRole('region', { name: 'Security' });
  expect(section.textContent).toContain('Somebody who uses this browser profile while it is open');
  expect(section.textContent).toContain('Malware');
  expect(screen.getByText('Version 9.8.7')).toBeDefined();
});
