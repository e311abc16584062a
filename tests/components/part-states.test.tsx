// @vitest-environment jsdom
import { fireEvent, screen, within } from '@testing-library/react';
import { describe, expect, test, vi } from 'vitest';
import type { VendorName } from '../../lib/core/contact.ts';
import { AppError, type ErrorView } from '../../lib/errors.ts';
import type { CompanyView, FoundPeople, PanelState, PersonHit, VendorHits } from '../../lib/panel-state.ts';
import { expectFailure, FAILURES } from '../support/failures.ts';
import { everySection, makePerson, subjectState } from '../support/panel-fixtures.ts';
import { SCENES } from '../support/panel-scenes.ts';
import { renderPanel } from '../support/render.tsx';

// Finding by role reads the whole panel each time: many rows on a busy machine.
vi.setConfig({ testTimeout: 20_000 });

const company = (change: Partial<CompanyView>): PanelState => {
  const state = SCENES.company;
  if (state?.page.kind !== 'company') throw new Error('No company.');
  return { ...state, page: { kind: 'company', view: { ...state.page.view, ...change } } };
};

interface Part {
  name: string;
  vendor: VendorName;
  state: (error: ErrorView) => PanelState;
  /** Title of its own instead of what happened. */
  title?: string;
  /** What shows all the same. */
  rest: () => void;
}

const showsPerson = (): void => {
  expect(screen.getByRole('heading', { level: 1, name: 'Dana Whitfield' })).toBeDefined();
};
const showsDiff = (): void => {
  showsPerson();
  expect(screen.getByRole('button', { name: 'Push 2 changes to GHL' })).toBeDefined();
  expect(screen.getByText('Send renewal quote')).toBeDefined();
};
const showsTickets = (): void => {
  expect(screen.getByText('Printer offline again')).toBeDefined();
};

const PARTS: Part[] = [
  {
    name: 'the person',
    vendor: 'atera',
    state: (error) =>
      subjectState({
        person: { status: 'failed', error },
        rows: [],
        plans: { push: null, pull: null, sync: null },
      }),
    rest: () =>
      expect(
        screen.getByRole('tab', { name: 'Tickets, 2 in the newest 50 of 1,312, 1 open, 1 closed' }),
      ).toBeDefined(),
  },
  {
    name: 'the match',
    vendor: 'ghl',
    state: (error) =>
      subjectState({
        match: { status: 'failed', error },
        rows: [],
        plans: { push: null, pull: null, sync: null },
      }),
    rest: () => {
      showsPerson();
      expect(screen.getByRole('status', { name: 'Match in GHL: Search failed' })).toBeDefined();
      expect(
        screen.getByRole('tab', { name: 'Tickets, 2 in the newest 50 of 1,312, 1 open, 1 closed' }),
      ).toBeDefined();
    },
  },
  {
    name: 'the customer behind the address',
    vendor: 'atera',
    state: (error) => subjectState({ gaps: [{ part: 'customer', error }] }),
    title: 'The customer in Atera could not be read, so the address is left out.',
    rest: showsDiff,
  },
  {
    name: 'the custom fields',
    vendor: 'atera',
    state: (error) => subjectState({ gaps: [{ part: 'custom-values', error }] }),
    title: 'The custom fields could not be read, so what is kept there is left out.',
    rest: showsDiff,
  },
  {
    name: 'the company',
    vendor: 'atera',
    state: (error) => company({ company: { status: 'failed', error } }),
    rest: () => {
      showsTickets();
      expect(screen.getByText('dana@brightsmile.example')).toBeDefined();
    },
  },
  {
    name: 'the tickets and people of the company',
    vendor: 'atera',
    state: (error) => company({ tickets: { status: 'failed', error }, people: { status: 'failed', error } }),
    rest: () => expect(screen.getByRole('heading', { level: 1, name: 'Bright Smile Dental' })).toBeDefined(),
  },
];

describe.each(PARTS)('$name', ({ vendor, state, title, rest }) => {
  test.each(FAILURES)('failed by $name: is told in its place, and the rest shows', async (failure) => {
    const { sentOf } = renderPanel(state(failure.error(vendor)));
    const notice = within(await screen.findByRole('alert'));
    expectFailure(failure, vendor, title);
    rest();
    fireEvent.click(notice.getByRole('button'));
    expect(sentOf('refreshView')).toHaveLength(failure.canRetry ? 1 : 0);
  });
});

describe('waiting and empty parts', () => {
  test('while it is read who this is, the other parts say that they are read', async () => {
    renderPanel(
      subjectState({
        headline: null,
        person: { status: 'loading' },
        match: { status: 'loading' },
        rows: [],
        plans: { push: null, pull: null, sync: null },
        sections: everySection({ status: 'loading' }),
      }),
    );
    for (const name of ['Reading who it is…', 'Comparing both records…', 'Reading Tasks…']) {
      expect(await screen.findByRole('status', { name })).toBeDefined();
    }
  });

  test('a company is announced while it is read, and says what it does not have', async () => {
    const { unmount } = renderPanel(
      company({
        company: { status: 'loading' },
        people: { status: 'loading' },
        tickets: { status: 'loading' },
      }),
    );
    expect((await screen.findAllByRole('status', { name: 'Reading the company…' })).length).toBe(3);
    unmount();
    const state = SCENES.companyEmpty;
    if (!state) throw new Error('No such scene.');
    renderPanel(state);
    expect(await screen.findByText(/no phone, domain or address/u)).toBeDefined();
    expect(screen.getByText('Nobody wrote one of the newest tickets.')).toBeDefined();
    expect(screen.getByText('This company has no tickets.')).toBeDefined();
  });
});

const DANA: PersonHit = {
  subject: { vendor: 'ghl', kind: 'contact', id: 'g1' },
  title: null,
  person: makePerson('ghl'),
};
const FOUND: VendorHits = { status: 'ready', hits: [DANA], more: false };

async function search(searchPeople: () => Promise<FoundPeople>) {
  const state = SCENES.nothing;
  if (!state) throw new Error('No such scene.');
  const view = renderPanel(state, { searchPeople, recentPeople: async () => [] });
  const box = await screen.findByRole('searchbox', { name: 'Find a person' });
  fireEvent.change(box, { target: { value: 'dana' } });
  fireEvent.click(screen.getByRole('button', { name: 'Search' }));
  return view;
}

describe.each(['atera', 'ghl'] as const)('search results of %s', (vendor) => {
  const other = vendor === 'atera' ? 'GHL' : 'Atera';

  test.each(FAILURES)('failed by $name: the other system shows whom it has', async (failure) => {
    const { sentOf } = await search(async () => {
      const found: FoundPeople = { atera: FOUND, ghl: FOUND };
      return { ...found, [vendor]: { status: 'failed', error: failure.error(vendor) } };
    });
    const notice = within(await screen.findByRole('alert'));
    expectFailure(failure, vendor);
    const rest = within(screen.getByRole('region', { name: `In ${other}` }));
    expect(rest.getByRole('button', { name: /Dana Whitfield/u })).toBeDefined();
    fireEvent.click(notice.getByRole('button'));
    expect(sentOf('searchPeople')).toHaveLength(failure.canRetry ? 2 : 1);
  });
});

describe('people seen recently', () => {
  const show = (recentPeople: () => Promise<PersonHit[]>) => {
    const state = SCENES.nothing;
    if (!state) throw new Error('No such scene.');
    return renderPanel(state, { recentPeople });
  };

  test('are announced while they are read', async () => {
    show(() => new Promise(() => undefined));
    expect(await screen.findByText('Reading who was here…')).toBeDefined();
  });

  test('that cannot be read can be read again, and the search works meanwhile', async () => {
    let isBroken = true;
    show(async () => {
      if (isBroken) throw new AppError('storage');
      return [DANA];
    });
    const notice = within(await screen.findByRole('alert'));
    expect(notice.getByText('This browser could not store or read its own data.')).toBeDefined();
    expect(screen.getByRole('searchbox', { name: 'Find a person' })).toBeDefined();
    isBroken = false;
    fireEvent.click(notice.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('button', { name: /Dana Whitfield/u })).toBeDefined();
    expect(screen.queryByRole('alert')).toBeNull();
  });
});
