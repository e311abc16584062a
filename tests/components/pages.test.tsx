// @vitest-environment jsdom
import { screen, waitFor } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { AppError } from '../../lib/errors.ts';
import { subjectState } from '../support/panel-fixtures.ts';
import { SCENES } from '../support/panel-scenes.ts';
import { renderPanel } from '../support/render.tsx';

const scene = (name: string) => {
  const state = SCENES[name];
  if (!state) throw new Error(name);
  return state;
};

describe('header', () => {
  test('names both accounts, and sample data where it is', async () => {
    renderPanel(scene('samples'));
    expect((await screen.findByRole('banner')).textContent).toContain('Northwind IT with Northwind CRM');
    expect(screen.getByText('Sample data')).toBeDefined();
  });

  test('real accounts carry no such badge; settings and refresh work', async () => {
    const { user, actions, sentOf } = renderPanel(scene('differences'));
    await screen.findByText('Northwind IT');
    expect(screen.queryByText('Sample data')).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Settings' }));
    expect(actions.openOptions).toHaveBeenCalledOnce();
    await user.click(screen.getByRole('button', { name: 'Refresh' }));
    expect(sentOf('refreshView')).toEqual([{ windowId: 1 }]);
  });
});

describe('no access', () => {
  test('asks the browser for exactly these sites, then reads again', async () => {
    const { user, actions, sentOf } = renderPanel(scene('noAccess'));
    await user.click(await screen.findByRole('button', { name: 'Allow access' }));
    expect(actions.requestAccess).toHaveBeenCalledWith(['https://app.atera.com/*']);
    await waitFor(() => expect(sentOf('getPanelState')).toHaveLength(2));
  });

  test('a refusal is said', async () => {
    const { user, actions } = renderPanel(scene('noAccess'));
    actions.requestAccess.mockResolvedValue(false);
    await user.click(await screen.findByRole('button', { name: 'Allow access' }));
    expect(await screen.findByText(/Access was not given/u)).toBeDefined();
  });

  test('a page of nobody we know offers nothing to allow', async () => {
    renderPanel(scene('foreignPage'));
    expect(await screen.findByText(/not one that Counterpart reads/u)).toBeDefined();
    expect(screen.queryByRole('button', { name: 'Allow access' })).toBeNull();
  });
});

describe('not connected', () => {
  test('leads to the form of the missing vendor', async () => {
    const { user, actions } = renderPanel(scene('notConnected'));
    await user.click(await screen.findByRole('button', { name: 'Connect GHL' }));
    expect(actions.openOptions).toHaveBeenCalledWith('ghl');
    expect(screen.getByRole('button', { name: 'Connect Atera' })).toBeDefined();
  });

  test('starts the sample data', async () => {
    const { user, sentOf } = renderPanel(scene('notConnected'));
    await user.click(await screen.findByRole('button', { name: 'Try with sample data' }));
    expect(sentOf('connectSample')).toEqual([{}]);
  });

  test('says what is connected already', async () => {
    renderPanel(scene('halfConnected'));
    expect(await screen.findByText('Atera is connected')).toBeDefined();
    expect(screen.queryByRole('button', { name: 'Connect Atera' })).toBeNull();
  });
});

describe('nobody on the page', () => {
  test('offers the people of the sample data', async () => {
    const { user, sentOf } = renderPanel(scene('samples'));
    await user.click(await screen.findByRole('button', { name: /Dana Whitfield/u }));
    expect(sentOf('viewSample')).toEqual([
      { target: { tabId: 5 }, subject: { vendor: 'atera', kind: 'ticket', id: '900001' } },
    ]);
  });

  test('says what to open', async () => {
    renderPanel(scene('nothing'));
    expect(await screen.findByText(/Open a ticket in Atera/u)).toBeDefined();
  });
});

test('another location shows both ids and offers no write', async () => {
  renderPanel(scene('wrongLocation'));
  expect(await screen.findByText('ve9EPM428h8vShlRW1KT')).toBeDefined();
  expect(screen.getByText('Kq3nPa61w0BzLmTR55xd')).toBeDefined();
  expect(screen.getByText(/Nothing was read and nothing can be written/u)).toBeDefined();
  expect(screen.queryByRole('button', { name: /Push/u })).toBeNull();
});

describe('identity', () => {
  test('shows who it is and copies with feedback', async () => {
    const { user, actions } = renderPanel(scene('differences'));
    expect(await screen.findByRole('heading', { level: 1, name: 'Dana Whitfield' })).toBeDefined();
    expect(screen.getByText('Ticket 4821 · Printer offline again')).toBeDefined();
    await user.click(screen.getByRole('button', { name: 'Copy e-mail' }));
    expect(actions.copyText).toHaveBeenCalledWith('dana@brightsmile.example');
    expect(await screen.findByText('Copied')).toBeDefined();
  });

  test('a clipboard that refuses is not called a success', async () => {
    const { user, actions } = renderPanel(scene('differences'));
    actions.copyText.mockRejectedValue(new Error('no'));
    await user.click(await screen.findByRole('button', { name: 'Copy phone' }));
    expect(await screen.findByText('Copying failed')).toBeDefined();
    expect(screen.queryByText('Copied')).toBeNull();
  });

  test('links lead to https pages only', async () => {
    const state = scene('several');
    if (state.page.kind === 'subject' && state.page.view.person.status === 'ready') {
      const view = state.page.view;
      const person = { ...state.page.view.person.value, url: 'javascript:alert(1)' };
      renderPanel(subjectState({ ...view, person: { status: 'ready', value: person } }));
    }
    await screen.findByRole('heading', { level: 1, name: 'Dana Whitfield' });
    expect(screen.queryByRole('link', { name: 'Open in Atera' })).toBeNull();
  });

  test('opt-outs and archived records are told', async () => {
    renderPanel(scene('longAndArabic'));
    for (const words of ['No SMS', 'No calls', 'Archived']) {
      expect(await screen.findByText(words)).toBeDefined();
    }
    expect(screen.getByRole('heading', { level: 1 }).getAttribute('dir')).toBe('auto');
  });
});

describe('when the background does not answer', () => {
  test('it says so and can be tried again', async () => {
    const { user, handlers } = renderPanel(new AppError('internal'));
    expect((await screen.findByRole('alert')).textContent).toContain('Counterpart did not answer');
    handlers.getPanelState = () => scene('differences');
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('3 differ')).toBeDefined();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  test('a lost push is called unknown, a refused one is not', async () => {
    let error = new AppError('internal');
    const { user } = renderPanel(scene('differences'), {
      applyPlan: () => {
        throw error;
      },
    });
    const push = await screen.findByRole('button', { name: 'Push 2 changes to GHL' });
    await waitFor(() => expect(push.hasAttribute('disabled')).toBe(false));
    await user.click(push);
    const lost = await screen.findByRole('alert');
    expect(lost.textContent).toContain('It is not known whether something was written.');
    expect(lost.textContent).not.toContain('Nothing was written.');
    error = new AppError('subject_changed');
    await user.click(push);
    await waitFor(() => expect(screen.getByRole('alert').textContent).toContain('Nothing was written.'));
    expect(screen.getByText('3 differ')).toBeDefined();
  });
});

test('data has an age, with the exact times; pressing it reads again', async () => {
  const { user, sentOf } = renderPanel(scene('differences'));
  const stamp = await screen.findByRole('button', { name: 'As of Atera 2m ago · GHL 1m ago' });
  const exact = document.getElementById(stamp.getAttribute('aria-describedby') ?? '');
  expect(exact?.textContent).toMatch(/Atera: .*\d{4}.*\nGHL: /u);
  await user.click(stamp);
  expect(sentOf('refreshView')).toHaveLength(1);
});
