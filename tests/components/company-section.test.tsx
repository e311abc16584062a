// @vitest-environment jsdom
import { screen, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { makePerson, subjectState } from '../support/panel-fixtures.ts';
import { SCENES } from '../support/panel-scenes.ts';
import { renderPanel } from '../support/render.tsx';

const scene = (name: string) => {
  const state = SCENES[name];
  if (!state) throw new Error(name);
  return state;
};
const counterpart = (extra: Parameters<typeof makePerson>[1]) =>
  subjectState({
    match: { status: 'linked', evidence: [{ kind: 'linked' }], counterpart: makePerson('ghl', extra) },
  });

describe('the company', () => {
  test('of both systems is beside each other, with the way to the customer', async () => {
    renderPanel(scene('companySection'));
    const card = within(await screen.findByRole('region', { name: 'Company' }));
    expect(card.getByText('Bright Smile Dental')).toBeDefined();
    for (const fact of [
      'brightsmile.example',
      '+1 415 555 0100',
      '1 Market St, 94105, San Francisco, CA, US',
    ])
      expect(card.getByText(fact)).toBeDefined();
    expect(card.getByRole('link', { name: /Open in Atera/u }).getAttribute('href')).toBe(
      'https://app.atera.com/new/customer/311',
    );
    expect(card.getByText('Bright Smile')).toBeDefined();
    expect(card.getByText('Linked to a business')).toBeDefined();
  });

  test('says when GHL holds a name alone, or none', async () => {
    const { unmount } = renderPanel(counterpart({ company: 'Bright Smile', isInBusiness: false }));
    expect(await screen.findByText('Name only, not linked to a business')).toBeDefined();
    unmount();
    renderPanel(counterpart({ company: null, isInBusiness: false }));
    expect(await screen.findByText('No company')).toBeDefined();
  });

  test('is not there when companies are switched off, nor for somebody without one', async () => {
    const { unmount } = renderPanel(scene('differences'));
    await screen.findByRole('heading', { name: 'Dana Whitfield' });
    expect(screen.queryByRole('region', { name: 'Company' })).toBeNull();
    unmount();
    renderPanel(
      subjectState({
        person: { status: 'ready', value: makePerson('atera', { company: null, customer: null }) },
        match: { status: 'none' },
      }),
    );
    await screen.findByRole('heading', { name: 'Dana Whitfield' });
    expect(screen.queryByRole('region', { name: 'Company' })).toBeNull();
  });

  test('of somebody who is only suspected is not shown', async () => {
    renderPanel(
      subjectState({
        person: { status: 'ready', value: makePerson('atera', { company: 'Own', customer: null }) },
        match: { status: 'several', candidates: [] },
      }),
    );
    const card = within(await screen.findByRole('region', { name: 'Company' }));
    expect(card.getByText('Own')).toBeDefined();
    expect(card.queryByText('GHL')).toBeNull();
  });
});

describe('opt-outs', () => {
  test.each([
    ['all', 'Do not contact'],
    ['SMS', 'No SMS'],
    ['sms', 'No SMS'],
    ['Email', 'No e-mail'],
    ['Call', 'No calls'],
    ['WhatsApp', 'No WhatsApp'],
    ['GMB', 'No Google messages'],
    ['FB', 'No Facebook messages'],
    ['Fax', 'No Fax'],
    ['constructor', 'No constructor'],
  ])('%s is told as “%s”', async (channel, word) => {
    renderPanel(counterpart({ optOuts: [channel] }));
    const region = within(await screen.findByRole('region', { name: 'Person in view' }));
    expect(region.getByText(word).closest('[data-tone]')?.getAttribute('data-tone')).toBe('bad');
  });

  test('the block of everything comes first, each way is told once', async () => {
    renderPanel(counterpart({ optOuts: ['SMS', 'sms', 'Email', 'all'] }));
    const region = await screen.findByRole('region', { name: 'Person in view' });
    const chips = [...region.querySelectorAll('[data-tone="bad"]')].map(({ textContent }) => textContent);
    expect(chips).toEqual(['Do not contact', 'No SMS', 'No e-mail']);
  });
});
