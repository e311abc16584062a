// @vitest-environment jsdom
import { act, screen, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import type { VendorName } from '../../lib/core/contact.ts';
import type { ActivityView, FieldOutcome, Receipt } from '../../lib/panel-state.ts';
import { makeEntry } from '../support/activity-fixtures.ts';
import { makeReceipt, subjectState } from '../support/panel-fixtures.ts';
import { renderPanel } from '../support/render.tsx';

const shown = async (outcomes: FieldOutcome[], extra: Partial<Receipt> = {}) => {
  const panel = renderPanel(subjectState({ receipt: makeReceipt(outcomes, extra) }));
  const region = await screen.findByRole('region', { name: 'Last push' });
  return { ...panel, region };
};

describe('the sentence', () => {
  test.each<[string, FieldOutcome[], Partial<Receipt>]>([
    ['Pushing 2 changes to GHL…', ['sent', 'waiting'], { state: 'running' }],
    ['2 changes verified in GHL', ['verified', 'verified'], {}],
    ['1 of 2 changes verified in GHL', ['verified', 'not-stored'], {}],
    ['Changed meanwhile: nothing was written', ['changed-meanwhile', 'not-written'], { state: 'conflict' }],
    ['Not certain any more who this is: nothing was written', ['not-written'], { state: 'refused' }],
    ['GHL said no: nothing was written', ['not-written'], { state: 'failed' }],
    ['Cancelled: nothing was written', ['not-written'], { state: 'failed', error: { code: 'cancelled' } }],
    [
      'No answer from GHL. It is not known whether the change was written.',
      ['unknown'],
      { state: 'unknown' },
    ],
  ])('"%s" is shown and read out', async (words, outcomes, extra) => {
    const { region } = await shown(outcomes, extra);
    expect(within(region).getAllByText(words).length).toBeGreaterThan(0);
    expect(screen.getByTestId('receipt-said').textContent).toBe(words);
    expect(screen.getByTestId('receipt-said').getAttribute('role')).toBe('status');
  });

  test('says for whom', async () => {
    const { region } = await shown(['verified']);
    expect(region.textContent).toContain('for Dana Whitfield');
  });
});

describe('what was taken back', () => {
  const at = (vendor: VendorName, how: 'undone' | 'there' | 'partly', id: string): ActivityView[] => {
    const line = (what: 'phone' | 'city') =>
      ({ what, before: 'old', after: 'new', found: null, outcome: 'verified' }) as const;
    const lines = [line('phone'), line('city')];
    const kind = id === 'receipt:plan-1' ? 'push' : 'sync';
    if (how === 'there') return [makeEntry(id, { kind, vendor, lines })];
    const by = `undo:${id}`;
    const back = lines.map((one) => ({ ...one, before: one.after, after: one.before }));
    return [
      makeEntry(by, { kind: 'undo', vendor, undoes: id, lines: how === 'undone' ? back : back.slice(0, 1) }),
      makeEntry(id, { kind, vendor, lines, undoneBy: by, undo: { can: false, reason: 'undone' } }),
    ];
  };
  const bar = async (receipt: Receipt, entries: ActivityView[]) => {
    renderPanel(subjectState({ receipt }), {
      getActivity: async () => ({ entries, total: entries.length }),
    });
    return screen.findByRole('region', { name: /^Last /u });
  };

  test.each<['undone' | 'partly', string]>([
    ['undone', 'Undone in GHL'],
    ['partly', 'Partly undone in GHL'],
  ])('a push that is %s is not called verified any more', async (how, words) => {
    const region = await bar(makeReceipt(['verified', 'verified']), at('ghl', how, 'receipt:plan-1'));
    await within(region).findByText(words);
    expect(region.textContent).not.toContain('verified in');
    expect(region.dataset.tone).toBe('plain');
    expect(screen.getByTestId('receipt-said').textContent).toBe('');
  });

  test.each<[Parameters<typeof at>[1], Parameters<typeof at>[1], string]>([
    ['undone', 'undone', 'Undone in Atera and GHL'],
    ['there', 'undone', 'Undone in GHL, still in Atera'],
    ['undone', 'partly', 'Undone in Atera, partly in GHL'],
  ])('a sync says it of both records: %s, %s', async (atera, ghl, words) => {
    const receipt = makeReceipt(['verified', 'verified'], { isSync: true });
    receipt.fields = receipt.fields.map((field, index) => ({ ...field, vendor: index ? 'ghl' : 'atera' }));
    const region = await bar(receipt, [
      ...at('atera', atera, 'receipt:plan-1:atera'),
      ...at('ghl', ghl, 'receipt:plan-1:ghl'),
    ]);
    await within(region).findByText(words);
  });

  test('the two ways back of a sync have names of their own', async () => {
    const receipt = makeReceipt(['verified', 'verified'], { isSync: true });
    receipt.fields = receipt.fields.map((field, index) => ({ ...field, vendor: index ? 'ghl' : 'atera' }));
    const region = await bar(receipt, [
      ...at('atera', 'there', 'receipt:plan-1:atera'),
      ...at('ghl', 'there', 'receipt:plan-1:ghl'),
    ]);
    const first = await within(region).findByRole('button', { name: /^Undo in Atera: Sync: / });
    expect(first.textContent).toBe('Undo in Atera');
    expect(within(region).getByRole('button', { name: /^Undo in GHL: Sync: / }).textContent).toBe(
      'Undo in GHL',
    );
    expect(within(region).getByText('2 changes verified in Atera and GHL')).toBeDefined();
  });
});

describe('each field', () => {
  test.each<[FieldOutcome, string[], string[]]>([
    ['waiting', [], ['Sent', 'Accepted', 'Verified']],
    ['sent', ['Sent'], ['Accepted', 'Verified']],
    ['accepted', ['Sent', 'Accepted'], ['Verified']],
    ['verified', ['Sent', 'Accepted', 'Verified'], []],
  ])('%s shows the steps done and those to come', async (outcome, done, open) => {
    const { region } = await shown([outcome], { state: 'running' });
    for (const step of done) expect(within(region).getByText(`${step}: done`)).toBeDefined();
    for (const step of open) expect(within(region).getByText(`${step}: not yet`)).toBeDefined();
  });

  test('accepted but not stored shows what was sent and what is there', async () => {
    const { region } = await shown(['not-stored']);
    expect(within(region).getByText('Accepted but not stored')).toBeDefined();
    expect(region.textContent).toContain('sent +14155550137, found empty');
  });

  test('changed meanwhile shows what was seen and what is there now', async () => {
    const { region } = await shown(['changed-meanwhile'], { state: 'conflict' });
    expect(region.textContent).toContain('you saw +1 415 555 0199, found +1 415 555 0222');
    expect(region.textContent).toContain('Look at the new values above, then push again.');
  });

  test('a change on the viewed side is not blamed on the target', async () => {
    const receipt = makeReceipt(['changed-meanwhile'], { state: 'conflict' });
    receipt.fields = receipt.fields.map((field) => ({ ...field, found: field.before }));
    const { region } = await shown(['changed-meanwhile'], receipt);
    expect(region.textContent).toContain('The record in Atera was changed.');
    expect(region.textContent).not.toContain('you saw');
  });

  test.each<[FieldOutcome, string]>([
    ['not-written', 'Not written'],
    ['unknown', 'Not known whether it was written'],
  ])('%s reads "%s" and has no tick', async (outcome, words) => {
    const { region } = await shown([outcome], { state: outcome === 'unknown' ? 'unknown' : 'failed' });
    expect(within(region).getByText(words)).toBeDefined();
    expect(within(region).queryByText(/: done/u)).toBeNull();
  });
});

test('a refusal by the vendor shows its words as text', async () => {
  const { region, container } = await shown(['not-written'], {
    state: 'failed',
    error: { code: 'rejected', vendor: 'ghl', vendorMessages: ['<b>phone</b> is wrong'] },
  });
  expect(within(region).getByText('<b>phone</b> is wrong')).toBeDefined();
  expect(container.querySelector('b')).toBeNull();
  expect(within(region).getByText('Nothing was written.')).toBeDefined();
});

test('an unknown outcome is never called "nothing was written"', async () => {
  const { region } = await shown(['unknown'], {
    state: 'unknown',
    error: { code: 'timeout', vendor: 'ghl' },
  });
  expect(region.textContent).not.toContain('Nothing was written');
});

test.each<[FieldOutcome, string]>([
  ['verified', 'Show details'],
  ['not-stored', 'Hide details'],
])('the details of %s are folded only when the news is good', async (outcome, button) => {
  const { region } = await shown([outcome]);
  const toggle = within(region).getByRole('button', { name: button });
  const details = document.getElementById(toggle.getAttribute('aria-controls') ?? '');
  expect(details?.hidden).toBe(button === 'Show details');
});

test('closing hides it, and news bring it back', async () => {
  const { user, emit, region, sent } = await shown(['sent'], { state: 'running' });
  const before = sent.length;
  await user.click(within(region).getByRole('button', { name: 'Close' }));
  expect(screen.queryByRole('region', { name: 'Last push' })).toBeNull();
  expect(sent).toHaveLength(before);
  act(() => emit('panelStateChanged', subjectState({ receipt: makeReceipt(['verified']) }, { revision: 2 })));
  expect(screen.getByRole('region', { name: 'Last push' })).toBeDefined();
});
