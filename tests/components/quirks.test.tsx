// @vitest-environment jsdom
import { act, screen, waitFor, within } from '@testing-library/react';
import axe from 'axe-core';
import { describe, expect, test, vi } from 'vitest';
import { getMessage } from '../support/i18n.ts';
import { makeAccount, makeReceipt, makeRow, PULL_ROWS, subjectState } from '../support/panel-fixtures.ts';
import { makeQuirk, QUIRKS } from '../support/quirk-scenes.ts';
import { renderOptions, renderPanel } from '../support/render.tsx';
import { tagState } from '../support/tag-fixtures.ts';

// Finding by role reads the whole panel each time.
vi.setConfig({ testTimeout: 20_000 });

const AT = new Date(2026, 10, 24, 12).getTime();
const PHONE = makeQuirk({ firstAt: AT, lastAt: AT });
const NOTE = 'GHL accepted this field on Nov 24 but did not keep it. It may not be kept this time either.';

const rowOf = async (field: string): Promise<HTMLElement> => {
  const label = await screen.findByText(field, { selector: 'li > label, li > span' });
  const row = label.closest('li');
  if (!row) throw new Error(field);
  return row;
};

describe('before a write', () => {
  test('the note stands beside the field, belongs to its tick, and leaves it ticked', async () => {
    renderPanel(subjectState({}, { quirks: [PHONE] }));
    const row = await rowOf('Phone');
    expect(within(row).getByText(NOTE)).toBeDefined();
    const box = within(row).getByRole<HTMLInputElement>('checkbox', { name: 'Push Phone to GHL' });
    expect(box.checked).toBe(true);
    const described = (box.getAttribute('aria-describedby') ?? '').split(' ');
    expect(described.map((id) => document.getElementById(id)?.textContent)).toEqual([
      expect.stringContaining('Replaces'),
      NOTE,
    ]);
    expect((await rowOf('Job title')).textContent).not.toContain('did not keep');
  });

  test('it says how often, and stands where the field is written to alone', async () => {
    const state = subjectState(
      { rows: PULL_ROWS },
      { quirks: [{ ...PHONE, count: 3 }, makeQuirk({ vendor: 'atera', field: 'jobTitle' })] },
    );
    const { user } = renderPanel(state);
    expect((await rowOf('Phone')).textContent).toContain('accepted this field 3 times, last on Nov 24');
    expect((await rowOf('Job title')).textContent).not.toContain('did not keep');
    await user.click(screen.getByRole('radio', { name: /^Pull to Atera|^Pull/u }));
    expect((await rowOf('Phone')).textContent).not.toContain('did not keep');
    expect((await rowOf('Job title')).textContent).toContain('Atera accepted this field on');
  });

  test('a sync that asks says it of both sides that may be written', async () => {
    const row = {
      ...makeRow('phone', '1', '2'),
      status: 'conflict' as const,
      base: { left: '0', right: '0' },
      toLeft: { can: true as const, value: '2' },
    };
    const quirks = [PHONE, makeQuirk({ vendor: 'atera' })];
    const plans = { push: 'a', pull: 'b', sync: 'c' };
    renderPanel(subjectState({ rows: [row], plans }, { quirks }));
    const asked = await rowOf('Phone');
    expect(within(asked).getAllByText(/did not keep it/u)).toHaveLength(2);
  });

  test('what is known of companies says nothing of people', async () => {
    renderPanel(subjectState({}, { quirks: [{ ...PHONE, resource: 'companies' }] }));
    expect((await rowOf('Phone')).textContent).not.toContain('did not keep');
  });

  test('tags: it stands by the button, for the vendor that is written to', async () => {
    const quirks = [
      makeQuirk({ vendor: 'atera', resource: 'tags', field: 'tag', lastAt: AT }),
      makeQuirk({ vendor: 'ghl', resource: 'tags', field: 'tag', lastAt: AT }),
    ];
    const { user } = renderPanel({ ...tagState(), quirks });
    await user.click(await screen.findByRole('tab', { name: /Tags/u }));
    expect(
      await screen.findByText(/^Atera accepted a change of tags on Nov 24 but did not keep it\./u),
    ).toBeDefined();
    expect(screen.queryByText(/^GHL accepted a change of tags/u)).toBeNull();
    for (const [label, vendor] of [
      ['Add a tag', 'GHL'],
      ['Add a tag in Atera', 'Atera'],
    ] as const) {
      const form = within(await screen.findByRole('form', { name: `Add tag to ${vendor}` }));
      expect(form.queryByText(/accepted a change of tags/u)).toBeNull();
      await user.type(form.getByRole('textbox', { name: label }), 'gold');
      expect(form.getByText(new RegExp(`^${vendor} accepted a change of tags`, 'u'))).toBeDefined();
      await user.clear(form.getByRole('textbox', { name: label }));
    }
    await user.click(await screen.findByRole('checkbox', { name: 'client' }));
    expect(screen.getByText(/^GHL accepted a change of tags on Nov 24/u)).toBeDefined();
  });
});

test('the details of a field that was not kept say that it is remembered', async () => {
  renderPanel(subjectState({ receipt: makeReceipt(['not-stored']) }, { quirks: [PHONE] }));
  const bar = await screen.findByRole('region', { name: 'Last push' });
  expect(within(bar).getByText(getMessage('quirk_remembered'))).toBeDefined();
});

describe('the settings', () => {
  const region = () => within(screen.getByRole('region', { name: 'What was not kept' }));
  const open = (first: unknown, handlers: Parameters<typeof renderOptions>[1] = {}) =>
    renderOptions([makeAccount('atera'), makeAccount('ghl')], { getQuirks: () => first, ...handlers });

  test('list what was not kept, of which kind, where and how often', async () => {
    const { container } = open(QUIRKS);
    expect(await region().findByText('Phone of contacts')).toBeDefined();
    expect(region().getByText('Website of companies')).toBeDefined();
    expect(region().getByText(/^Accepted and not kept 3 times, last on/u)).toBeDefined();
    expect(
      region()
        .getAllByRole('button')
        .map((button) => button.getAttribute('aria-label')),
    ).toEqual([
      'Forget Phone of contacts in GHL',
      'Forget Tags in Atera',
      'Forget Website of companies in Atera',
    ]);
    const { violations } = await axe.run(container, { rules: { 'color-contrast': { enabled: false } } });
    expect(violations.map(({ id }) => id)).toEqual([]);
  });

  test('forget one by its name, say so, and keep the keyboard in the section', async () => {
    const { user, sentOf } = open(QUIRKS, { forgetQuirk: () => QUIRKS.slice(1) });
    await user.click(await region().findByRole('button', { name: 'Forget Phone of contacts in GHL' }));
    expect(sentOf('forgetQuirk')).toEqual([{ vendor: 'ghl', resource: 'contacts', field: 'phone' }]);
    await waitFor(() => expect(region().queryByText('Phone of contacts')).toBeNull());
    expect(region().getByRole('status').textContent).toBe(
      'Forgotten: Phone of contacts in GHL. If it happens again, you are told again.',
    );
    expect(document.activeElement?.textContent).toBe('What was not kept');
  });

  test('follow what is learnt meanwhile', async () => {
    const { emit, handlers } = open([]);
    expect(await region().findByText('Nothing so far.')).toBeDefined();
    handlers.getQuirks = () => QUIRKS;
    act(() => emit('quirksChanged', {}));
    expect(await region().findByText('Phone of contacts')).toBeDefined();
  });

  test('an answer that was asked for earlier does not bring back what was forgotten', async () => {
    let answer: (quirks: unknown) => void = () => undefined;
    const { user, emit, handlers } = open(QUIRKS, { forgetQuirk: () => [] });
    const button = await region().findByRole('button', { name: 'Forget Tags in Atera' });
    handlers.getQuirks = () => new Promise((resolve) => (answer = resolve));
    act(() => emit('quirksChanged', {}));
    await user.click(button);
    await region().findByText('Nothing so far.');
    await act(async () => answer(QUIRKS));
    expect(region().getByText('Nothing so far.')).toBeDefined();
  });

  test('say so while nothing is connected, and what failed', async () => {
    const { emit, handlers } = open(null);
    expect(await region().findByText(/^Once both systems are connected/u)).toBeDefined();
    handlers.getQuirks = () => Promise.reject(new Error('lost'));
    act(() => emit('accountsChanged', []));
    expect(await region().findByRole('alert')).toBeDefined();
  });
});
