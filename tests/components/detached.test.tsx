// @vitest-environment jsdom
import { act, screen } from '@testing-library/react';
import axe from 'axe-core';
import { describe, expect, test } from 'vitest';
import type { TabInfo } from '../../lib/panel/api.ts';
import { makeState, subjectState } from '../support/panel-fixtures.ts';
import { SCENES } from '../support/panel-scenes.ts';
import { renderPanel } from '../support/render.tsx';

const BOUND = { tabId: 5 };
const gone = () => {
  const state = SCENES.gone;
  if (!state) throw new Error('No such scene.');
  return state;
};

describe('a panel in a window', () => {
  test('opens as a tab bound to the tab in view', async () => {
    const { user, actions } = renderPanel(subjectState({}, { tabId: 42 }));
    await user.click(await screen.findByRole('button', { name: 'Open in a tab' }));
    expect(actions.openPanelTab).toHaveBeenCalledWith(42);
    expect(screen.queryByRole('region', { name: 'Tab of this panel' })).toBeNull();
  });

  test('offers no such button while there is no tab to bind to', async () => {
    renderPanel(makeState({ kind: 'nothing', samples: [] }, { tabId: null }));
    await screen.findByText('Nobody on this page');
    expect(screen.queryByRole('button', { name: 'Open in a tab' })).toBeNull();
  });
});

describe('a panel in a tab of its own', () => {
  test('names its tab as the browser does, follows the name, and goes there', async () => {
    const { user, actions } = renderPanel(subjectState(), {}, BOUND);
    const bar = await screen.findByRole('region', { name: 'Tab of this panel' });
    expect(actions.watchTab).toHaveBeenCalledWith(5, expect.any(Function));
    const tell = (tab: TabInfo) => actions.watchTab.mock.calls[0]?.[1](tab);
    // Until the browser has answered, the person names it.
    expect(bar.textContent).toContain('Shows the tab: Dana Whitfield');
    act(() => tell({ title: 'Ticket 4821 | Atera', host: 'app.atera.com' }));
    expect(bar.textContent).toContain('Shows the tab: Ticket 4821 | Atera · app.atera.com');
    act(() => tell({ title: null, host: null }));
    expect(bar.textContent).toContain('Shows the tab: Dana Whitfield');
    expect(screen.queryByRole('button', { name: 'Open in a tab' })).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Go to that tab' }));
    expect(actions.goToTab).toHaveBeenCalledWith(5);
  });

  test('says when the tab cannot be brought to the front', async () => {
    const { user, actions } = renderPanel(subjectState(), {}, BOUND);
    actions.goToTab.mockRejectedValueOnce(new Error('No tab with id: 5.'));
    await user.click(await screen.findByRole('button', { name: 'Go to that tab' }));
    expect(await screen.findByText(/could not be brought to the front/u)).toBeDefined();
  });

  test('is never without a name for its tab', async () => {
    renderPanel(makeState({ kind: 'nothing', samples: [] }), {}, BOUND);
    const bar = await screen.findByRole('region', { name: 'Tab of this panel' });
    expect(bar.textContent).toContain('Shows the tab: a tab of this browser');
  });

  test('says that its tab was closed, what that means, and closes itself', async () => {
    const { user, actions, emit } = renderPanel(subjectState(), {}, BOUND);
    await screen.findByRole('heading', { name: 'Dana Whitfield' });
    act(() => emit('panelStateChanged', { ...gone(), revision: 2 }));
    expect(await screen.findByRole('heading', { name: 'The tab is closed' })).toBeDefined();
    expect(screen.queryByText('Dana Whitfield')).toBeNull();
    expect(screen.queryByRole('region', { name: 'Tab of this panel' })).toBeNull();
    expect(screen.getByText(/its outcome is kept/u)).toBeDefined();
    await user.click(screen.getByRole('button', { name: 'Close this panel' }));
    expect(actions.closePage).toHaveBeenCalledOnce();
  });

  test('has no accessibility problem', async () => {
    renderPanel(subjectState(), {}, BOUND);
    await screen.findByRole('region', { name: 'Tab of this panel' });
    const { violations } = await axe.run(document.body, {
      rules: { 'color-contrast': { enabled: false }, region: { enabled: true } },
    });
    expect(violations.map(({ id }) => id)).toEqual([]);
  });
});
