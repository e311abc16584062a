// @vitest-environment jsdom
import { act, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import type { DiffRow } from '../../lib/core/rows.ts';
import { subjectOf } from '../../lib/panel/selectors.ts';
import type { FieldOutcome, Receipt, SubjectView } from '../../lib/panel-state.ts';
import { makePerson, makeReceipt, makeRow, subjectState } from '../support/panel-fixtures.ts';
import { renderPanel } from '../support/render.tsx';

const both = (row: DiffRow, extra: Partial<DiffRow>): DiffRow => ({
  ...row,
  toLeft: { can: true, value: row.right },
  toRight: { can: true, value: row.left },
  ...extra,
});
/** Changed in Atera, changed in GHL, changed in both, and one of which nothing is known. */
const ROWS: DiffRow[] = [
  both(makeRow('phone', '+1 415 555 0111', '+1 415 555 0137'), {
    status: 'changed-left',
    toRight: { can: true, value: '+14155550111' },
    base: { left: '+1 415 555 0137', right: '+1 415 555 0137' },
  }),
  both(makeRow('lastName', 'Whitfield', 'Ortega'), {
    status: 'changed-right',
    base: { left: 'Whitfield', right: 'Whitfield' },
  }),
  both(makeRow('firstName', 'Dana', 'Daria'), {
    status: 'conflict',
    base: { left: 'Dan', right: 'Dan' },
  }),
  both(makeRow('jobTitle', 'Lead', 'Office manager'), {}),
  {
    ...makeRow('email', 'a@a.example', 'b@b.example'),
    status: 'changed-right',
    toLeft: { can: false, reason: 'atera-email-read-only' },
    base: { left: 'a@a.example', right: 'a@a.example' },
  },
];
const state = (view: Partial<SubjectView> = {}, revision = 1) =>
  subjectState(
    { rows: ROWS, plans: { push: 'plan-1', pull: 'pull-1', sync: 'sync-1' }, ...view },
    { revision },
  );
const synced = (extra: Partial<Receipt> = {}): Receipt => {
  const receipt = makeReceipt(['verified', 'verified'], { id: 'sync-1', isSync: true, ...extra });
  const vendors = ['ghl', 'atera'] as const;
  return {
    ...receipt,
    fields: receipt.fields.map((field, index) => ({ ...field, vendor: vendors[index] ?? 'ghl' })),
  };
};
const way = (name: RegExp) => screen.findByRole<HTMLInputElement>('radio', { name });
const rowOf = async (field: string): Promise<HTMLElement> => {
  const label = await screen.findByText(field, { selector: 'li > label, li > span' });
  const row = label.closest('li');
  if (!row) throw new Error(field);
  return row;
};
const group = (field: string) => screen.findByRole('group', { name: `What happens to ${field}` });
const button = () => screen.findByRole<HTMLButtonElement>('button', { name: /sync \d|Nothing to sync/iu });
const costOf = (element: HTMLElement): string =>
  document.getElementById(element.getAttribute('aria-describedby') ?? '')?.textContent ?? '';

describe('a sync', () => {
  test('is chosen first where it has something to do, and says what it will do and cost', async () => {
    renderPanel(state());
    const radios = within(
      await screen.findByRole('group', { name: 'Which way the values go' }),
    ).getAllByRole<HTMLInputElement>('radio');
    expect(radios.map(({ checked }) => checked)).toEqual([true, false, false]);
    expect((await way(/^Sync both ways 4 possible$/u)).checked).toBe(true);
    expect((await button()).textContent).toBe('Sync 2 changes');
    expect(costOf(await button())).toBe(
      '1 write to Atera and 1 to GHL, both checked after. A change may start GHL workflows. 1 changed in both and waits for your decision. It stays as it is.',
    );
  });

  test('is not offered without a common past, nor for two who are not linked', async () => {
    const { emit } = renderPanel(state({ rows: ROWS.slice(3, 4) }));
    expect((await way(/^Push to GHL/u)).checked).toBe(true);
    expect(screen.queryByRole('radio', { name: /^Sync both/u })).toBeNull();
    const match: SubjectView['match'] = { status: 'one', evidence: [], counterpart: makePerson('ghl') };
    act(() => emit('panelStateChanged', state({ match }, 2)));
    expect(screen.queryByRole('radio', { name: /^Sync both/u })).toBeNull();
  });

  test('says beside each row who changed it, and what was there before', async () => {
    renderPanel(state());
    expect((await rowOf('Phone')).textContent).toContain('changed in Atera');
    expect((await rowOf('Last name')).textContent).toMatch(/changed in GHL.*before: Whitfield/u);
    expect((await rowOf('First name')).textContent).toMatch(/changed in both.*before: Dan/u);
    const unknown = await rowOf('Job title');
    expect(unknown.textContent).toContain('different');
    expect(unknown.textContent).not.toContain('before:');
  });

  test('strikes out what will be replaced, on either side, and leaves what cannot go with its reason', async () => {
    renderPanel(state());
    expect((await rowOf('Phone')).querySelector('del')?.textContent).toBe('+1 415 555 0137');
    expect((await rowOf('Last name')).querySelector('del')?.textContent).toBe('Whitfield');
    expect((await rowOf('First name')).querySelector('del')).toBeNull();
    const email = await rowOf('E-mail');
    expect(email.textContent).toContain('Atera cannot change an e-mail');
    expect(within(email).queryByRole('checkbox')).toBeNull();
  });

  test('sends what goes by itself without any decision, and nothing of what nobody decided', async () => {
    const { user, sentOf } = renderPanel(state(), { applyPlan: () => synced() });
    await waitFor(async () => expect((await button()).disabled).toBe(false));
    await user.click(await button());
    expect(sentOf('applyPlan')).toEqual([
      { target: { tabId: 5 }, planId: 'sync-1', fields: ['phone', 'lastName'] },
    ]);
  });

  test('takes a tick off a row, and decisions on others', async () => {
    const { user, sentOf } = renderPanel(state(), { applyPlan: () => synced() });
    await user.click(await screen.findByRole('checkbox', { name: 'Sync Phone to GHL' }));
    await user.click(within(await group('First name')).getByRole('radio', { name: 'Keep GHL' }));
    expect((await rowOf('First name')).querySelector('del')?.textContent).toBe('Dana');
    await user.click(within(await group('Job title')).getByRole('radio', { name: 'Another value' }));
    const input = screen.getByRole('textbox', { name: 'New value of Job title' });
    await user.clear(input);
    expect((await button()).textContent).toBe('Sync 2 changes');
    await user.type(input, 'Head of IT');
    expect((await button()).textContent).toBe('Sync 3 changes');
    expect(costOf(await button())).not.toContain('waits for your decision');
    await user.click(await button());
    expect(sentOf('applyPlan')).toEqual([
      {
        target: { tabId: 5 },
        planId: 'sync-1',
        fields: ['lastName', 'firstName', 'jobTitle'],
        choices: { firstName: { keep: 'right' }, jobTitle: { value: 'Head of IT' } },
      },
    ]);
  });

  test('is decided by the keyboard, and taken back', async () => {
    const { user, store } = renderPanel(state());
    const radios = within(await group('First name')).getAllByRole<HTMLInputElement>('radio');
    expect(radios.map(({ checked }) => checked)).toEqual([true, false, false, false]);
    radios[0]?.focus();
    await user.keyboard('{ArrowRight}');
    expect(document.activeElement).toBe(radios[1]);
    expect(store.getState().choices.sync).toEqual({ firstName: { keep: 'left' } });
    await user.keyboard('{ArrowLeft}');
    expect(store.getState().choices.sync).toEqual({});
    expect(document.activeElement).toBe(radios[0]);
  });

  test('offers no choice that cannot be written, and says why', async () => {
    const rows = [
      ...ROWS.slice(0, 1),
      both(makeRow('city', 'Oslo', 'Bergen'), {
        status: 'conflict',
        toLeft: { can: false, reason: 'atera-customer-address' },
        base: { left: 'Rome', right: 'Rome' },
      }),
    ];
    renderPanel(state({ rows }));
    const city = within(await group('City'));
    expect(city.getByRole<HTMLInputElement>('radio', { name: 'Keep Atera' }).disabled).toBe(false);
    expect(city.getByRole<HTMLInputElement>('radio', { name: 'Keep GHL' }).disabled).toBe(true);
    expect(city.getByRole<HTMLInputElement>('radio', { name: 'Another value' }).disabled).toBe(true);
    expect((await rowOf('City')).textContent).toContain('Atera keeps the address on the customer');
  });

  test('a decision holds while both values are those that it was made for', async () => {
    const { user, emit, store } = renderPanel(state());
    await user.click(within(await group('First name')).getByRole('radio', { name: 'Keep GHL' }));
    const plans = (n: number) => ({ push: `plan-${n}`, pull: `pull-${n}`, sync: `sync-${n}` });
    act(() => emit('panelStateChanged', state({ plans: plans(2) }, 2)));
    expect(store.getState().choices.sync).toEqual({ firstName: { keep: 'right' } });
    const view = subjectOf(store.getState().mirror);
    const rows = (view?.rows ?? []).map((row) =>
      row.field === 'firstName' ? { ...row, right: 'Other' } : row,
    );
    act(() => emit('panelStateChanged', state({ plans: plans(3), rows }, 3)));
    expect(store.getState().choices.sync).toEqual({});
  });

  test('leaves a push to what it would not undo', async () => {
    const { user, store } = renderPanel(state());
    await user.click(await way(/^Push to GHL/u));
    expect(store.getState().choices.push).toEqual(['phone', 'jobTitle']);
    expect((await rowOf('Last name')).textContent).toContain('Undoes the change in GHL');
  });
});

/** Both writes came to nothing, each for its own reason. Fields: GHL's, then Atera's. */
const refused = (state: Receipt['state'], outcomes: FieldOutcome[]): Receipt => {
  const receipt = synced({
    state,
    error: {
      code: state === 'unknown' ? 'timeout' : 'rejected',
      vendor: 'atera',
      vendorMessages: ['Too long'],
    },
    otherError: { code: 'forbidden', vendor: 'ghl', vendorMessages: ['Not in scope'] },
  });
  return {
    ...receipt,
    fields: receipt.fields.map((field, index) => ({ ...field, outcome: outcomes[index] ?? 'unknown' })),
  };
};

describe('the receipt of a sync', () => {
  test('gives the reasons of both vendors where both refused', async () => {
    renderPanel(state({ receipt: refused('failed', ['not-written', 'not-written']) }));
    const region = await screen.findByRole('region', { name: 'Last sync' });
    const [first, second, ...more] = within(region).getAllByRole('alert');
    expect(more).toEqual([]);
    expect(first?.textContent).toMatch(/Nothing was written.*Atera.*Too long/u);
    expect(second?.textContent).toMatch(/Nothing was written.*GHL.*Not in scope/u);
  });

  test('does not call a refusal unknown where the other vendor did not answer', async () => {
    renderPanel(state({ receipt: refused('unknown', ['not-written', 'unknown']) }));
    const region = await screen.findByRole('region', { name: 'Last sync' });
    const [first, second] = within(region).getAllByRole('alert');
    expect(first?.textContent).not.toContain('Nothing was written');
    expect(second?.textContent).toContain('Nothing was written');
  });

  test.each<[string, Receipt]>([
    ['Syncing 2 changes…', synced({ state: 'running' })],
    ['2 changes verified in Atera and GHL', synced()],
    ['Changed meanwhile: nothing was written', synced({ state: 'conflict' })],
    [
      'No answer from Atera. It is not known whether the change was written.',
      synced({ state: 'unknown', error: { code: 'timeout', vendor: 'atera' } }),
    ],
    ['Atera and GHL said no: nothing was written', refused('failed', ['not-written', 'not-written'])],
    [
      'No answer from Atera. It is not known whether the change was written.',
      refused('unknown', ['not-written', 'unknown']),
    ],
    [
      'No answer from Atera and GHL. It is not known whether the change was written.',
      refused('unknown', ['unknown', 'unknown']),
    ],
  ])('says "%s"', async (words, receipt) => {
    renderPanel(state({ receipt }));
    const region = await screen.findByRole('region', { name: 'Last sync' });
    expect(within(region).getAllByText(words).length).toBeGreaterThan(0);
    expect(screen.getByTestId('receipt-said').textContent).toBe(words);
  });

  test('says of each field where it went, and never "nothing was written" where one side was', async () => {
    const receipt = synced({ error: { code: 'forbidden', vendor: 'atera' } });
    receipt.fields = receipt.fields.map((field) =>
      field.vendor === 'atera' ? { ...field, outcome: 'not-written' } : field,
    );
    renderPanel(state({ receipt }));
    const region = await screen.findByRole('region', { name: 'Last sync' });
    expect(region.textContent).toContain('1 of 2 changes verified in Atera and GHL');
    expect(region.textContent).toMatch(/Phone in GHL.*Job title in Atera.*Not written/u);
    expect(region.textContent).not.toContain('Nothing was written');
  });
});
