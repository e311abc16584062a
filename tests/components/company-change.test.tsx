// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { AppError } from '../../lib/errors.ts';
import type { CompanySides, PanelState } from '../../lib/panel-state.ts';
import { SIDES } from '../support/company-scenes.ts';
import { SCENES } from '../support/panel-scenes.ts';
import { renderPanel } from '../support/render.tsx';

const state = (): PanelState => {
  const found = SCENES.companySection;
  if (!found) throw new Error('No scene');
  return found;
};
const done = (data: unknown) => ({ id: (data as { id: string }).id, state: 'done', error: null });

async function opened(
  sides: CompanySides | (() => Promise<CompanySides>) = SIDES,
  handlers: Parameters<typeof renderPanel>[1] = {},
  at: PanelState = state(),
) {
  const panel = renderPanel(at, {
    getCompanySides: typeof sides === 'function' ? sides : async () => sides,
    addToContact: async (data) => done(data),
    acknowledgeAddition: async () => undefined,
    ...handlers,
  });
  const opener = await screen.findByRole<HTMLButtonElement>('button', { name: 'Change the company' });
  await waitFor(() => expect(opener.disabled).toBe(false));
  await panel.user.click(opener);
  const form = await screen.findByRole('region', { name: 'Company of Dana Whitfield' });
  return { ...panel, form: within(form) };
}

describe('changing the company of a person', () => {
  test('puts the GHL contact into the linked company, from the one that was shown', async () => {
    const { form, user, sentOf } = await opened();
    expect((await form.findByRole<HTMLInputElement>('radio', { name: 'Bright Smile Dental' })).checked).toBe(
      true,
    );
    expect(form.getByText('linked by you · same e-mail domain · same name as in Atera')).toBeDefined();
    expect(form.getByText('Now in no company')).toBeDefined();
    await user.click(form.getByRole('button', { name: 'Put into Bright Smile Dental in GHL' }));
    expect(await form.findByText('Done. GHL has it now.')).toBeDefined();
    expect(sentOf('addToContact')).toMatchObject([
      {
        contact: { vendor: 'ghl' },
        addition: { kind: 'set-business', from: null, to: { id: 'b1', name: 'Bright Smile Dental' } },
      },
    ]);
    // Where they are now is read once more.
    expect(sentOf('getCompanySides')).toHaveLength(2);
  });

  test('moves the Atera contact only to a company that was found and chosen', async () => {
    const { form, user, sentOf } = await opened();
    const choose = await form.findByRole<HTMLButtonElement>('button', { name: 'Choose a company in Atera' });
    expect(choose.disabled).toBe(true);
    expect(form.getByText(/Tickets written so far stay with Bright Smile Dental/u)).toBeDefined();
    const [filter] = form.getAllByLabelText('Find a company by name');
    if (!filter) throw new Error('No filter');
    await user.type(filter, 'harbor');
    const [harbor] = form.getAllByRole('radio', { name: 'Harbor Freight & Sons' });
    if (!harbor) throw new Error('No company');
    await user.click(harbor);
    await user.click(form.getByRole('button', { name: 'Put into Harbor Freight & Sons in Atera' }));
    await waitFor(() =>
      expect(sentOf('addToContact')).toMatchObject([
        {
          contact: { vendor: 'atera' },
          addition: {
            kind: 'set-customer',
            from: { id: '311', name: 'Bright Smile Dental' },
            to: { id: '312', name: 'Harbor Freight & Sons' },
          },
        },
      ]),
    );
  });

  test('leads nobody away from a company by itself, even where another one fits', async () => {
    if (SIDES.ghl?.status !== 'ready') throw new Error('No side');
    const { form } = await opened({
      atera: null,
      ghl: { ...SIDES.ghl, present: { id: 'b9', name: 'Nightjar' } },
    });
    expect(await form.findByText('Nightjar')).toBeDefined();
    expect(form.getAllByRole<HTMLInputElement>('radio').some(({ checked }) => checked)).toBe(false);
    expect(form.getByRole<HTMLButtonElement>('button', { name: 'Choose a company in GHL' }).disabled).toBe(
      true,
    );
  });

  test('says what went wrong, and that nothing was written', async () => {
    const { form, user } = await opened(SIDES, {
      addToContact: async (data) => ({
        id: (data as { id: string }).id,
        state: 'failed',
        error: { code: 'conflict', vendor: 'ghl' },
      }),
    });
    await user.click(await form.findByRole('button', { name: 'Put into Bright Smile Dental in GHL' }));
    expect(await form.findByText('Somebody changed this record meanwhile.')).toBeDefined();
    expect(form.getByText('Nothing was written.')).toBeDefined();
  });

  test('reads again on request where it could not be read, and gives the focus back when it is closed', async () => {
    let tries = 0;
    const { form, user } = await opened(async () => {
      tries += 1;
      if (tries === 1) throw new AppError('vendor_unavailable', { vendor: 'ghl' });
      return SIDES;
    });
    await user.click(await form.findByRole('button', { name: 'Try again' }));
    expect(await form.findByText('Now in no company')).toBeDefined();
    await user.click(form.getByRole('button', { name: 'Close' }));
    await waitFor(() =>
      expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Change the company' })),
    );
  });

  test('is not written where the settings say so, and asks first where the page only suggests somebody', async () => {
    const at = state();
    const { form, unmount } = await opened(
      SIDES,
      {},
      {
        ...at,
        resources: [{ resource: 'companies', enabled: true, direction: 'to-ghl' }],
      },
    );
    expect(await form.findByText('By your settings, nothing is added here in Atera.')).toBeDefined();
    unmount();
    if (at.page.kind !== 'subject') throw new Error('Nobody');
    renderPanel({ ...at, page: { ...at.page, view: { ...at.page.view, suggested: true } } });
    const card = within(await screen.findByRole('region', { name: 'Company' }));
    expect(card.getByRole('button', { name: 'This is about Dana Whitfield' })).toBeDefined();
    expect(card.queryByRole('button', { name: 'Change the company' })).toBeNull();
  });
});
