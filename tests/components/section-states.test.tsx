// @vitest-environment jsdom
import { fireEvent, screen, within } from '@testing-library/react';
import { describe, expect, test, vi } from 'vitest';
import type { VendorName } from '../../lib/core/contact.ts';
import type { Section, SectionName } from '../../lib/panel-state.ts';
import { expectFailure, FAILURES } from '../support/failures.ts';
import { ready, SECTIONS, subjectState } from '../support/panel-fixtures.ts';
import { renderPanel } from '../support/render.tsx';

// Finding by role reads the whole panel each time: many rows on a busy machine.
vi.setConfig({ testTimeout: 20_000 });

interface Row {
  name: SectionName;
  vendor: VendorName;
  label: string;
  /** Name of its tab when it was read. */
  counted: string;
  item: string;
  empty: string;
}

const ROWS: Row[] = [
  {
    name: 'tasks',
    vendor: 'ghl',
    label: 'Tasks',
    counted: 'Tasks, 2 open, 1 overdue, 1 done',
    item: 'Send renewal quote',
    empty: 'No tasks for this person.',
  },
  {
    name: 'tickets',
    vendor: 'atera',
    label: 'Tickets',
    counted: 'Tickets, 2 in the newest 50 of 1,312, 1 open, 1 closed',
    item: 'New laptop for reception',
    empty: 'No tickets from this person.',
  },
  {
    name: 'notes',
    vendor: 'ghl',
    label: 'Notes',
    counted: 'Notes, 2 notes',
    item: 'Prefers calls before 10 am',
    empty: 'No notes on this person.',
  },
  {
    name: 'comments',
    vendor: 'atera',
    label: 'Comments',
    counted: 'Comments, 2 comments',
    item: 'Restarted the spooler.',
    empty: 'No comments on this ticket.',
  },
  {
    name: 'appointments',
    vendor: 'ghl',
    label: 'Dates',
    counted: 'Dates, 1 upcoming',
    item: 'Quarterly review',
    empty: 'No appointments with this person.',
  },
  {
    name: 'tags',
    vendor: 'ghl',
    label: 'Tags',
    counted: 'Tags, 3 tags',
    item: 'renewal-2027',
    empty: 'No tags in GHL.',
  },
];

const panel = () => within(document.getElementById('section-panel') ?? document.body);

/** The panel with this one section in this state, and opened. */
async function open({ name, label }: Row, section: Section) {
  // Tags of Atera, a place of their own under those of GHL, have tests of their own.
  const view = renderPanel(subjectState({ sections: { ...SECTIONS, [name]: section } }, { adding: null }));
  fireEvent.click(await screen.findByTitle(new RegExp(`^${label}`, 'u')));
  return view;
}

/** Person, comparison and every other section are there as if nothing had happened. Found by text: roles cost much more time. */
function expectTheRest({ name }: Row): void {
  expect(screen.getByText('Dana Whitfield', { selector: 'h1' })).toBeDefined();
  expect(screen.getByText('Push 2 changes to GHL')).toBeDefined();
  const others = ROWS.filter((row) => row.name !== name);
  for (const { counted } of others) expect(screen.getByTitle(counted)).toBeDefined();
  const next = others[(ROWS.findIndex((row) => row.name === name) + 1) % others.length];
  fireEvent.click(screen.getByTitle(next?.counted ?? ''));
  expect(panel().getByText(next?.item ?? '')).toBeDefined();
  expect(screen.queryByRole('alert')).toBeNull();
}

describe.each(ROWS)('$name', (row) => {
  test('ready: shows what there is', async () => {
    await open(row, SECTIONS[row.name]);
    expect(screen.getByRole('tab', { selected: true, name: row.counted })).toBeDefined();
    expect(panel().getByText(row.item)).toBeDefined();
    expectTheRest(row);
  });

  test('loading: is announced, and the tab says so', async () => {
    await open(row, { status: 'loading' });
    expect(panel().getByRole('status', { name: `Reading ${row.label}…` })).toBeDefined();
    expect(screen.getByRole('tab', { selected: true, name: `${row.label}, being read` })).toBeDefined();
    expectTheRest(row);
  });

  test('empty: says so', async () => {
    await open(row, ready([]));
    expect(panel().getByText(row.empty)).toBeDefined();
    expect(panel().queryAllByRole('listitem')).toEqual([]);
    expectTheRest(row);
  });

  test('withheld: says why, and shows nothing', async () => {
    await open(row, { status: 'withheld' });
    expect(panel().getByText('Shown when it is certain who this is in GHL.')).toBeDefined();
    expect(panel().queryByText(row.item)).toBeNull();
    expect(panel().queryByRole('button')).toBeNull();
    expectTheRest(row);
  });

  test.each(FAILURES)('failed by $name: says what, why and what to do', async (failure) => {
    const { actions, sentOf } = await open(row, { status: 'failed', error: failure.error(row.vendor) });
    expect(
      screen.getByRole('tab', { selected: true, name: `${row.label}, could not be read` }),
    ).toBeDefined();
    expectFailure(failure, row.vendor);
    expect(panel().getByText('Nothing was written.')).toBeDefined();
    fireEvent.click(panel().getByRole('button'));
    expect(sentOf('refreshView')).toHaveLength(failure.canRetry ? 1 : 0);
    expect(actions.openOptions.mock.calls).toEqual(failure.canRetry ? [] : [[row.vendor]]);
    expectTheRest(row);
  });
});

describe('tickets of which only the newest were looked through', () => {
  const row = ROWS.find(({ name }) => name === 'tickets');
  if (!row) throw new Error('No tickets.');

  test('found: says how far was looked', async () => {
    await open(row, SECTIONS.tickets);
    expect(panel().getByText('2 in the newest 50 of 1,312, 1 open, 1 closed')).toBeDefined();
  });

  test('none found: does not say that there are none', async () => {
    await open(row, ready([], { seen: 50, total: 1312 }));
    expect(panel().getByText(/^No ticket from this person in the newest 50 of 1,312\./u)).toBeDefined();
    expect(panel().queryByText(row.empty)).toBeNull();
  });

  test('all looked through: says that there are none', async () => {
    await open(row, ready([], { seen: 3, total: 3 }));
    expect(panel().getByText(row.empty)).toBeDefined();
  });
});
