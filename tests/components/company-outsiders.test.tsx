// @vitest-environment jsdom
import { act, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, test, vi } from 'vitest';
import { AppError } from '../../lib/errors.ts';
import type { MessageType } from '../../lib/messaging.ts';
import type { CompanyOutsiders } from '../../lib/panel-state.ts';
import { comparedState, OUTSIDERS } from '../support/company-scenes.ts';
import { makeJob } from '../support/job-fixtures.ts';
import { renderPanel } from '../support/render.tsx';

// Finding by role reads the whole panel each time.
vi.setConfig({ testTimeout: 20_000 });

const card = async () =>
  within(await screen.findByRole('region', { name: 'People missing in the linked company' }));

async function opened(
  found: CompanyOutsiders = OUTSIDERS,
  more: Partial<Record<MessageType, (data: unknown) => unknown>> = {},
) {
  const rendered = renderPanel(comparedState(), {
    getOutsiders: async () => found,
    joinCompany: async () => makeJob({ id: 'join-1' }),
    ...more,
  });
  const area = await card();
  const opener = area.getByRole<HTMLButtonElement>('button', { name: 'Look who is not in Bright Smile' });
  await waitFor(() => expect(opener.disabled).toBe(false));
  expect(area.getByText(/^Looks who of this company is in GHL too, .* for at most 25\.$/u)).toBeDefined();
  expect(rendered.sentOf('getOutsiders')).toEqual([]);
  await rendered.user.click(opener);
  return { ...rendered, area };
}

describe('people who are not in the linked company', () => {
  test('are listed with where they are; those in no company are ticked, and the cost counts who is changed', async () => {
    const { user, area, sentOf } = await opened();
    const box = (name: string) => area.getByRole<HTMLInputElement>('checkbox', { name });
    await area.findByRole('checkbox', { name: 'Dana Whitfield' });
    expect(['Dana Whitfield', 'Oscar Nguyen', 'ليلى منصور'].map((name) => box(name).checked)).toEqual([
      true,
      false,
      true,
    ]);
    const list = area.getByRole('group', { name: 'Who is to be put into Bright Smile in GHL' }).textContent;
    expect(list).toMatch(/dana\.whitfield@\S+ · linked · In no company there/u);
    expect(list).toMatch(/same e-mail address · in GHL: O\. Nguyen · Now in: A very long/u);
    expect(area.getByText('4 people are in Bright Smile already.')).toBeDefined();
    expect(area.getByText(/^For 1 person it is not certain who they are in GHL\./u)).toBeDefined();
    expect(area.getByText(/^2 people could not be looked for: /u)).toBeDefined();
    expect(area.getByText('7 more were not looked at.')).toBeDefined();
    expect(
      area.getByText(/^2 people are changed in GHL, .* may send messages to these 2 people\. *$/u),
    ).toBeDefined();
    await user.click(box('Oscar Nguyen'));
    expect(area.getByText(/^3 people are changed .* 1 of them leaves another company\.$/u)).toBeDefined();
    await user.click(box('Oscar Nguyen'));
    await user.click(box('ليلى منصور'));
    await user.click(area.getByRole('button', { name: 'Put 1 person into Bright Smile' }));
    const [dana] = OUTSIDERS.people;
    expect(sentOf('joinCompany')).toEqual([
      {
        target: { tabId: expect.any(Number) },
        version: 1,
        company: { vendor: 'atera', accountId: 'atera-1', kind: 'customer', id: '311' },
        id: expect.any(String),
        to: OUTSIDERS.to,
        people: [
          { person: dana?.person, name: dana?.name, contact: dana?.contact, isLinked: true, from: null },
        ],
      },
    ]);
    expect(await area.findByText(/^Stored\. What becomes of each person/u)).toBeDefined();
    expect(document.activeElement?.textContent).toBe('Not in Bright Smile in GHL');
    await user.click(area.getByRole('button', { name: 'Look again' }));
    await waitFor(() => expect(sentOf('getOutsiders')).toHaveLength(2));
  });

  test('once all is over, that is said; taken off the list, nothing is', async () => {
    const { user, area, emit } = await opened();
    await user.click(await area.findByRole('button', { name: 'Put 2 people into Bright Smile' }));
    expect(await area.findByText(/^Stored\./u)).toBeDefined();
    act(() => emit('jobsChanged', [makeJob({ id: 'join-1', status: 'done', runAt: null })]));
    expect(await area.findByText('Done. What came of each person stands in the list above.')).toBeDefined();
    act(() => emit('jobsChanged', []));
    expect(area.queryByText(/^(Done|Stored)\./u)).toBeNull();
  });

  test('the activity of a company speaks of no person', async () => {
    renderPanel(comparedState(), { getActivity: async () => ({ entries: [], total: 0 }) });
    const region = await screen.findByRole('region', { name: 'What was done for this company' });
    expect(region.textContent).toContain('Nothing was written for this company in the last 30 days.');
  });

  test('the same people pressed again are the same press, others another one; nobody ticked is nothing to press', async () => {
    const { user, area, sentOf } = await opened(OUTSIDERS, {
      joinCompany: async () => {
        throw new AppError('internal');
      },
    });
    const button = await area.findByRole('button', { name: 'Put 2 people into Bright Smile' });
    await user.click(button);
    await screen.findByRole('alert');
    await user.click(button);
    const oscar = area.getByRole('checkbox', { name: 'Oscar Nguyen' });
    await user.click(oscar);
    await user.click(await area.findByRole('button', { name: 'Put 3 people into Bright Smile' }));
    await user.click(oscar);
    await user.click(await area.findByRole('button', { name: 'Put 2 people into Bright Smile' }));
    const ids = (sentOf('joinCompany') as { id: string }[]).map(({ id }) => id);
    const [first, , other] = ids;
    expect(other).not.toBe(first);
    expect(ids).toEqual([first, first, other, first]);
    await user.click(area.getByRole('checkbox', { name: 'Dana Whitfield' }));
    await user.click(area.getByRole('checkbox', { name: 'ليلى منصور' }));
    expect(area.getByRole<HTMLButtonElement>('button', { name: 'Choose who to put there' }).disabled).toBe(
      true,
    );
    expect(area.getByText(/^Tick who is to be put there\./u)).toBeDefined();
  });

  test('in Atera nobody is messaged: what is said is where tickets stay', async () => {
    const { area } = await opened({ ...OUTSIDERS, vendor: 'atera' });
    expect(
      await area.findByText(/^2 people are changed in Atera, .* Tickets written so far stay/u),
    ).toBeDefined();
  });

  test('none, and what failed, is said; closing gives the focus back', async () => {
    let isBroken = true;
    const { user, area } = await opened(OUTSIDERS, {
      getOutsiders: async () => {
        if (isBroken) throw new AppError('timeout', { vendor: 'ghl' });
        return { ...OUTSIDERS, people: [] };
      },
    });
    expect(await area.findByText('These people could not be looked for')).toBeDefined();
    isBroken = false;
    await user.click(area.getByRole('button', { name: /again/u }));
    expect(
      await area.findByText('Nobody was found who could be put into Bright Smile in GHL.'),
    ).toBeDefined();
    expect(area.queryByRole('button', { name: /^Put/u })).toBeNull();
    await user.click(area.getByRole('button', { name: 'Close' }));
    await waitFor(() =>
      expect(document.activeElement).toBe(
        area.getByRole('button', { name: 'Look who is not in Bright Smile' }),
      ),
    );
  });

  test('are not looked for where companies are only read there', async () => {
    const state = comparedState();
    renderPanel(
      {
        ...state,
        resources: state.resources.map((row) =>
          row.resource === 'companies' ? { ...row, direction: 'to-atera' } : row,
        ),
      },
      {},
    );
    const area = await card();
    expect(area.queryByRole('button', { name: /^Look who/u })).toBeNull();
    expect(area.getByText(/GHL/u)).toBeDefined();
  });
});
