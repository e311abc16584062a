// @vitest-environment jsdom
import { screen, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import {
  DAY,
  everySection,
  makeItem,
  NOW,
  ready,
  SECTIONS,
  subjectState,
} from '../support/panel-fixtures.ts';
import { SCENES } from '../support/panel-scenes.ts';
import { renderPanel } from '../support/render.tsx';

const panel = (): HTMLElement => screen.getByRole('tabpanel');

describe('tabs', () => {
  test('read their counts out with their meaning', async () => {
    renderPanel(subjectState());
    expect(await screen.findByRole('tab', { name: 'Tasks, 2 open, 1 overdue, 1 done' })).toBeDefined();
    expect(
      screen.getByRole('tab', { name: 'Tickets, 2 in the newest 50 of 1,312, 1 open, 1 closed' }),
    ).toBeDefined();
    expect(screen.getByRole('tab', { name: 'Comments, 2 comments' })).toBeDefined();
  });

  test('tell internal comments from public ones', async () => {
    const { user } = renderPanel(subjectState());
    await user.click(await screen.findByRole('tab', { name: /^Comments/u }));
    const [open, internal] = within(panel()).getAllByRole('listitem');
    expect(within(internal as HTMLElement).getByText('Internal')).toBeDefined();
    expect(open?.textContent).not.toContain('Internal');
  });

  test('are one stop for the keyboard, arrows move between them', async () => {
    const { user } = renderPanel(subjectState());
    const tasks = await screen.findByRole('tab', { name: /^Tasks/u });
    tasks.focus();
    await user.keyboard('{ArrowRight}');
    const tickets = screen.getByRole('tab', { name: /^Tickets/u });
    expect(document.activeElement).toBe(tickets);
    expect(tickets.getAttribute('aria-selected')).toBe('true');
    expect(tasks.getAttribute('tabindex')).toBe('-1');
    await user.keyboard('{ArrowLeft}{ArrowLeft}');
    expect(document.activeElement).toBe(screen.getByRole('tab', { name: /^Tags/u }));
    await user.keyboard('{Home}');
    expect(document.activeElement).toBe(tasks);
  });

  test('open on what may be shown', async () => {
    const state = SCENES.several;
    if (!state) throw new Error('No such scene.');
    renderPanel(state);
    expect((await screen.findByRole('tab', { selected: true })).textContent).toContain('Tickets');
  });
});

describe('states', () => {
  test('loading is announced', async () => {
    renderPanel(subjectState({ sections: everySection({ status: 'loading' }) }));
    expect(await screen.findByRole('status', { name: 'Reading Tasks…' })).toBeDefined();
  });

  test('empty says so', async () => {
    renderPanel(subjectState({ sections: everySection(ready([])) }));
    expect(await screen.findByText('No tasks for this person.')).toBeDefined();
  });

  test('withheld says why', async () => {
    renderPanel(subjectState({ sections: everySection({ status: 'withheld' }) }));
    expect(await screen.findByText('Shown when it is certain who this is in GHL.')).toBeDefined();
  });

  test('failed names the missing right, and a failure that may pass can be tried again', async () => {
    const { user, sentOf } = renderPanel(
      subjectState({
        sections: {
          ...SECTIONS,
          tasks: {
            status: 'failed',
            error: { code: 'forbidden', vendor: 'ghl', scope: 'contacts.readonly' },
          },
          tickets: { status: 'failed', error: { code: 'network', vendor: 'atera' } },
        },
      }),
    );
    expect(await screen.findByText('Missing right: contacts.readonly')).toBeDefined();
    expect(within(panel()).queryByRole('button', { name: 'Try again' })).toBeNull();
    await user.click(screen.getByRole('tab', { name: 'Tickets, could not be read' }));
    await user.click(within(panel()).getByRole('button', { name: 'Try again' }));
    expect(sentOf('refreshView')).toHaveLength(1);
  });

  test('a wait is told in time', async () => {
    renderPanel(
      subjectState({
        sections: everySection({
          status: 'failed',
          error: { code: 'rate_limited', vendor: 'ghl', retryAfterMs: 42_000 },
        }),
      }),
    );
    expect(await screen.findByText('Next try possible in 42s.')).toBeDefined();
  });
});

describe('items', () => {
  test('tasks come overdue first, done last', async () => {
    renderPanel(subjectState());
    await screen.findByText('Send renewal quote');
    const titles = within(panel())
      .getAllByRole('listitem')
      .map((item) => item.querySelector('p')?.textContent);
    expect(titles).toEqual(['Send renewal quote', 'Plan the office move', 'Order new toner']);
    expect(
      within(panel())
        .getByText(/^Task, due .*, 2 days ago$/u)
        .getAttribute('data-overdue'),
    ).toBe('true');
    expect(
      within(panel())
        .getByText(/^Task, due .*, in/u)
        .getAttribute('data-overdue'),
    ).toBe('false');
  });

  test('a done task is never overdue', async () => {
    const tasks = ready([makeItem('x', { title: 'Old', at: NOW - 9 * DAY, done: true })]);
    renderPanel(subjectState({ sections: { ...SECTIONS, tasks } }));
    expect(await screen.findByRole('tab', { name: 'Tasks, none open, 1 done' })).toBeDefined();
    expect(within(panel()).getByText('Task, done')).toBeDefined();
  });

  test('tickets say how far was looked, and open at the vendor', async () => {
    const { user } = renderPanel(subjectState());
    await user.click(await screen.findByRole('tab', { name: /^Tickets/u }));
    expect(within(panel()).getByText('2 in the newest 50 of 1,312, 1 open, 1 closed')).toBeDefined();
    const link = within(panel()).getByRole('link', { name: 'Open “Printer offline again” in Atera' });
    expect(link.getAttribute('href')).toBe('https://app.atera.com/new/ticket/4821');
    expect(link.getAttribute('rel')).toContain('noreferrer');
  });

  test('long notes are folded, markup is text, and what is left out is counted', async () => {
    const { user, container } = renderPanel(subjectState());
    await user.click(await screen.findByRole('tab', { name: /^Notes/u }));
    expect(screen.queryByText(/more characters/u)).toBeNull();
    await user.click(within(panel()).getByRole('button', { name: 'Show more: Imported' }));
    expect(within(panel()).getByText('… 4,998,000 more characters in GHL')).toBeDefined();
    expect(panel().textContent).toContain('<b>not bold</b>');
    expect(container.querySelector('b')).toBeNull();
  });

  test('a huge text is not laid out before it is asked for', async () => {
    const notes = ready([makeItem('n', { title: 'Big', body: 'word '.repeat(100_000) })]);
    const { user } = renderPanel(subjectState({ sections: { ...SECTIONS, notes } }));
    await user.click(await screen.findByRole('tab', { name: /^Notes/u }));
    expect(panel().textContent?.length).toBeLessThan(2_000);
    await user.click(within(panel()).getByRole('button', { name: 'Show more: Big' }));
    expect(panel().textContent?.length).toBeGreaterThan(400_000);
  });

  test('tags are listed under their vendor', async () => {
    const { user } = renderPanel(subjectState());
    await user.click(await screen.findByRole('tab', { name: 'Tags, 3 tags' }));
    expect(within(panel()).getByText('renewal-2027')).toBeDefined();
    expect(within(panel()).getByText('GHL')).toBeDefined();
  });
});
