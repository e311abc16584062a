// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react';
import axe from 'axe-core';
import { describe, expect, test } from 'vitest';
import { AppError } from '../../lib/errors.ts';
import type { FoundPeople, PersonHit } from '../../lib/panel-state.ts';
import { SCENES } from '../support/panel-scenes.ts';
import { renderPanel } from '../support/render.tsx';

const scene = (name: string) => {
  const state = SCENES[name];
  if (!state) throw new Error(name);
  return state;
};
const hit = (vendor: 'atera' | 'ghl', id: string, name: string): PersonHit => ({
  subject: { vendor, kind: 'contact', id, ...(vendor === 'ghl' ? { locationId: 'place' } : {}) },
  title: null,
  person: {
    ref: { vendor, accountId: 'place', kind: 'contact', id },
    name,
    email: 'dana@brightsmile.example',
    phone: '+14155550137',
    jobTitle: null,
    company: 'Bright Smile Dental',
    archived: false,
    url: null,
    optOuts: [],
  },
});
const PARTIAL: FoundPeople = {
  atera: { status: 'not-possible', reason: 'by-name' },
  ghl: { status: 'ready', hits: [hit('ghl', 'g1', 'Dana Whitfield')], more: true },
};
const violations = async (): Promise<string[]> =>
  (
    await axe.run(document.body, {
      rules: { 'color-contrast': { enabled: false }, region: { enabled: true } },
    })
  ).violations.map(({ id }) => id);

describe('search', () => {
  test('starts in the box, searches on Enter, and opens who is pressed', async () => {
    const { user, sentOf } = renderPanel(scene('nothing'), { searchPeople: async () => PARTIAL });
    const box = await screen.findByRole('searchbox', { name: 'Find a person' });
    expect(document.activeElement).toBe(box);
    await user.keyboard('dana{Enter}');
    expect(sentOf('searchPeople')).toEqual([{ target: { windowId: 1 }, query: 'dana' }]);
    const ghl = await screen.findByRole('region', { name: 'In GHL' });
    expect(within(ghl).getByText('1 person')).toBeDefined();
    expect(within(ghl).getByText(/There are more/u)).toBeDefined();
    expect(
      within(screen.getByRole('region', { name: 'In Atera' })).getByText(/cannot search by name/u),
    ).toBeDefined();
    const person = within(ghl).getByRole('button', {
      name: /Dana Whitfield.*GHL.*brightsmile.*Bright Smile Dental/u,
    });
    expect(await violations()).toEqual([]);
    await user.click(person);
    expect(sentOf('chooseSubject')).toEqual([
      {
        target: { tabId: 5 },
        subject: { vendor: 'ghl', kind: 'contact', id: 'g1', locationId: 'place' },
        accountId: 'place',
      },
    ]);
  });

  test('says the sum of both where a screen reader listens already', async () => {
    const { user } = renderPanel(scene('nothing'), { searchPeople: async () => PARTIAL });
    const box = await screen.findByRole('searchbox', { name: 'Find a person' });
    const before = screen.getAllByRole('status');
    await user.type(box, 'dana{Enter}');
    await screen.findByRole('region', { name: 'In GHL' });
    expect(screen.getAllByRole('status')).toEqual(before);
    expect(before.map(({ textContent }) => textContent)).toContainEqual(
      expect.stringMatching(/^Atera: Atera cannot search by name.*GHL: 1 person$/u),
    );
  });

  test('shows what one system has when the other fails, and that nobody is found', async () => {
    const { user } = renderPanel(scene('nothing'), {
      searchPeople: async (): Promise<FoundPeople> => ({
        atera: {
          status: 'failed',
          error: { code: 'timeout', vendor: 'atera', operation: 'listContacts', status: 504 },
        },
        ghl: { status: 'ready', hits: [], more: false },
      }),
    });
    await user.type(await screen.findByRole('searchbox'), 'x@y.example');
    await user.click(screen.getByRole('button', { name: 'Search' }));
    const alert = (await screen.findByRole('alert')).textContent;
    expect(alert).toContain('Atera took too long to answer.');
    // Names of calls and codes say nothing to an agent.
    expect(alert).not.toMatch(/listContacts|504/u);
    expect(screen.getByText('Nobody found.')).toBeDefined();
    expect(await violations()).toEqual([]);
  });

  test('says that it is searching, and when the search as a whole fails', async () => {
    let fail: (error: AppError) => void = () => undefined;
    const { user, sentOf } = renderPanel(scene('nothing'), {
      searchPeople: () =>
        new Promise((_resolve, reject) => {
          fail = reject;
        }),
    });
    await user.type(await screen.findByRole('searchbox'), '   {Enter}');
    expect(sentOf('searchPeople')).toEqual([]);
    await user.keyboard('dana{Enter}');
    expect(await screen.findByText('Searching in Atera and GHL…')).toBeDefined();
    fail(new AppError('internal'));
    expect((await screen.findByRole('alert')).textContent).toContain('Something went wrong');
    expect(screen.queryByText('Searching in Atera and GHL…')).toBeNull();
  });
});

describe('seen recently', () => {
  test('lists people to open again', async () => {
    const { user, sentOf } = renderPanel(scene('nothing'), {
      recentPeople: async () => [hit('atera', '7', 'Layla Haddad')],
    });
    const list = await screen.findByRole('region', { name: 'Seen recently' });
    await user.click(await within(list).findByRole('button', { name: /Layla Haddad/u }));
    expect(sentOf('chooseSubject')).toMatchObject([{ subject: { vendor: 'atera', id: '7' } }]);
    expect(await violations()).toEqual([]);
  });

  test('says so when there is nobody, or when they cannot be read', async () => {
    const { unmount } = renderPanel(scene('nothing'));
    expect(await screen.findByText(/listed here for seven days/u)).toBeDefined();
    unmount();
    renderPanel(scene('nothing'), {
      recentPeople: () => {
        throw new AppError('storage');
      },
    });
    expect((await screen.findByRole('alert')).textContent).toContain('could not store or read');
  });
});

test('a chosen person has a way back to the search, a page has none', async () => {
  const state = scene('differences');
  if (state.page.kind !== 'subject') throw new Error(state.page.kind);
  const { user, sentOf, unmount } = renderPanel({ ...state, page: { ...state.page, chosen: true } });
  await user.click(await screen.findByRole('button', { name: 'Back to search' }));
  await waitFor(() => expect(sentOf('leaveSubject')).toEqual([{ target: { tabId: 5 } }]));
  unmount();
  renderPanel(state);
  await screen.findByText('3 differ');
  expect(screen.queryByRole('button', { name: 'Back to search' })).toBeNull();
});
