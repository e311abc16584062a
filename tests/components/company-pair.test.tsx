// @vitest-environment jsdom
import { act, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import type { PanelState } from '../../lib/panel-state.ts';
import { comparedState, OFFER } from '../support/company-scenes.ts';
import { makePreview, makeResult } from '../support/creation-fixtures.ts';
import { makeReceipt } from '../support/panel-fixtures.ts';
import { SCENES } from '../support/panel-scenes.ts';
import { renderPanel } from '../support/render.tsx';

const company = (): PanelState => {
  const state = SCENES.company;
  if (!state) throw new Error('No scene');
  return state;
};
const card = async () => within(await screen.findByRole('region', { name: 'The same company' }));

describe('a company that is linked to none', () => {
  test('is looked for when the agent asks; none is chosen by itself; the link names what was shown', async () => {
    const { user, sentOf } = renderPanel(company(), {
      getCompanyOffer: async () => OFFER,
      linkCompany: async () => undefined,
    });
    const area = await card();
    expect(area.getByText('Not linked with a company in GHL.')).toBeDefined();
    expect(sentOf('getCompanyOffer')).toEqual([]);
    await user.click(area.getByRole('button', { name: 'Find this company in GHL' }));
    const radio = await area.findByRole<HTMLInputElement>('radio', { name: 'Bright Smile Dental' });
    expect(radio.checked).toBe(false);
    expect(area.getByText('same e-mail domain · same name as in Atera')).toBeDefined();
    expect(area.getByRole<HTMLButtonElement>('button', { name: 'Choose one to link' }).disabled).toBe(true);
    await user.click(radio);
    await user.click(area.getByRole('button', { name: 'This is Bright Smile Dental' }));
    const ref = { vendor: 'atera', accountId: 'atera-1', kind: 'customer', id: '311' };
    expect(sentOf('getCompanyOffer')).toMatchObject([{ version: 1, company: ref }]);
    expect(sentOf('linkCompany')).toMatchObject([
      { version: 1, company: ref, counterpart: { id: 'b1', name: 'Bright Smile Dental' } },
    ]);
  });

  test('keeps the form while the background says that there is no link, and gives the focus back', async () => {
    const state = company();
    const { user, emit } = renderPanel(state, { getCompanyOffer: async () => OFFER });
    await user.click((await card()).getByRole('button', { name: 'Find this company in GHL' }));
    await screen.findByRole('radio', { name: 'Bright Smile Dental' });
    const none = comparedState({ match: { status: 'none' } });
    act(() => emit('panelStateChanged', { ...none, revision: state.revision + 1 }));
    expect(screen.getByRole('radio', { name: 'Bright Smile Dental' })).toBeDefined();
    await user.click(screen.getByRole('button', { name: 'Close' }));
    await waitFor(() =>
      expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Find this company in GHL' })),
    );
  });
});

describe('a company that is not there', () => {
  test('is created once it was looked for, with what was shown', async () => {
    const { user, sentOf } = renderPanel(comparedState({ match: { status: 'none' } }), {
      previewCreate: async () =>
        makePreview({
          personName: 'Bright Smile Dental',
          rows: [
            {
              field: 'company',
              source: 'Bright Smile Dental',
              write: { can: true, value: 'Bright Smile Dental' },
              required: true,
            },
            {
              field: 'website',
              source: 'a.example',
              write: { can: true, value: 'a.example' },
              required: false,
            },
          ],
        }),
      createCounterpart: async () =>
        makeResult({
          personName: 'Bright Smile Dental',
          state: 'found',
          isCompany: true,
          people: [],
          created: null,
        }),
    });
    const area = await card();
    const opener = area.getByRole<HTMLButtonElement>('button', { name: 'It is not there, create it in GHL' });
    await waitFor(() => expect(opener.disabled).toBe(false));
    await user.click(opener);
    const submit = await area.findByRole<HTMLButtonElement>('button', {
      name: 'Create Bright Smile Dental in GHL',
    });
    expect(submit.disabled).toBe(false);
    expect(area.getByText(/1 new company in GHL, looked for by its exact name first/u)).toBeDefined();
    await user.click(submit);
    expect(sentOf('createCounterpart')).toMatchObject([{ fields: ['company', 'website'] }]);
    expect(await area.findByText(/A company with this name is in GHL already/u)).toBeDefined();
    expect(area.getByText('If it is the same one, link it.')).toBeDefined();
  });
});

describe('a linked company', () => {
  test('shows what differs, with the reason where it stays, and pushes what is chosen', async () => {
    const { user, sentOf, store } = renderPanel(comparedState(), {
      applyPlan: async () => makeReceipt(['verified']),
    });
    const area = await card();
    expect(area.getByText('Bright Smile')).toBeDefined();
    expect(screen.getByText('Oakland')).toBeDefined();
    expect(screen.getByText(/GHL already has a value, which is kept/u)).toBeDefined();
    const button = await screen.findByRole<HTMLButtonElement>('button', { name: 'Push 1 change to GHL' });
    await waitFor(() => expect(button.disabled).toBe(false));
    await user.click(button);
    const compared = store.getState().mirror?.page;
    if (compared?.kind !== 'company') throw new Error('No company');
    await waitFor(() =>
      expect(sentOf('applyPlan')).toMatchObject([
        { planId: compared.compared?.plans.push, fields: ['city'] },
      ]),
    );
  });

  test('is unlinked by its own name, and says what was written last', async () => {
    const { user, sentOf } = renderPanel(comparedState({ receipt: makeReceipt(['verified']) }), {
      unlink: async () => undefined,
    });
    const button = (await card()).getByRole<HTMLButtonElement>('button', { name: 'Unlink' });
    await waitFor(() => expect(button.disabled).toBe(false));
    await user.click(button);
    expect(sentOf('unlink')).toMatchObject([
      { person: { kind: 'customer', id: '311' }, counterpart: { kind: 'business', id: 'b1' } },
    ]);
    expect(screen.getByTestId('receipt-said').textContent).toMatch(/verified in GHL/u);
  });
});
