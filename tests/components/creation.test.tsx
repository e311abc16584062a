// @vitest-environment jsdom
import { act, screen, waitFor, within } from '@testing-library/react';
import axe from 'axe-core';
import { describe, expect, test, vi } from 'vitest';
import { shippedResources } from '../../lib/core/resource-settings.ts';
import { SHIPPED_TASK_RULES } from '../../lib/core/task-ticket.ts';
import { AppError } from '../../lib/errors.ts';
import type { ActivityView, CreationPreview, CreationResult, PanelState } from '../../lib/panel-state.ts';
import { makeEntry } from '../support/activity-fixtures.ts';
import {
  COMPANIES,
  makeAteraPreview,
  makePreview,
  makeResult,
  strangerState,
} from '../support/creation-fixtures.ts';
import { CREATE_JOB, makeJob } from '../support/job-fixtures.ts';
import { makeItem, makePerson, ready, SECTIONS, subjectState } from '../support/panel-fixtures.ts';
import { renderPanel } from '../support/render.tsx';

// The first look for accessibility problems in a file takes long on a busy machine.
vi.setConfig({ testTimeout: 20_000 });

const violations = async (): Promise<string[]> =>
  (await axe.run(document.body, { rules: { 'color-contrast': { enabled: false } } })).violations.map(
    ({ id }) => id,
  );

async function open(
  preview: CreationPreview | Error,
  result: CreationResult | Error = makeResult(),
  state: PanelState = strangerState(
    preview instanceof Error ? 'atera' : preview.vendor === 'ghl' ? 'atera' : 'ghl',
  ),
  more: Parameters<typeof renderPanel>[1] = {},
) {
  const answer = <T,>(value: T | Error): T => {
    if (value instanceof Error) throw value;
    return value;
  };
  const view = renderPanel(state, {
    previewCreate: async () => answer(preview),
    createCounterpart: async () => answer(result),
    ...more,
  });
  const button = await screen.findByRole('button', { name: /^Create in/u });
  await waitFor(() => expect(button.hasAttribute('disabled')).toBe(false));
  await view.user.click(button);
  return view;
}
/** Contacts are written there, or are not. */
const writtenTo = (direction: 'to-atera' | 'to-ghl'): PanelState => ({
  ...strangerState('atera'),
  resources: shippedResources().map((row) => (row.resource === 'contacts' ? { ...row, direction } : row)),
});
const submit = () => screen.findByRole<HTMLButtonElement>('button', { name: /^Create Dana Whitfield in/u });
const outcome = () => screen.findByRole('region', { name: 'Creation' });

describe('where contacts are not written', () => {
  test('it says so instead of the button, and searching stays', async () => {
    const { user } = renderPanel(writtenTo('to-atera'), {});
    expect(await screen.findByText('By your settings, nothing is added here in GHL.')).toBeDefined();
    expect(screen.queryByRole('button', { name: /^Create in/u })).toBeNull();
    const find = screen.getByRole('button', { name: 'Find them yourself' });
    await waitFor(() => expect(find.hasAttribute('disabled')).toBe(false));
    await user.click(find);
    await user.click(screen.getByRole('button', { name: 'Close the search' }));
    expect(document.activeElement?.textContent).toBe('Find them yourself');
    expect(await violations()).toEqual([]);
  });

  test('there is a button where only the other system is closed', async () => {
    renderPanel(writtenTo('to-ghl'), {});
    expect(await screen.findByRole('button', { name: 'Create in GHL' })).toBeDefined();
  });

  test('a preview that came to know it later says so too', async () => {
    await open(makePreview({ planId: null, problem: 'read-only' }));
    expect((await screen.findByRole('alert')).textContent).toBe(
      'Your settings write nothing of this kind to GHL. Nothing can be created there.',
    );
    expect(screen.queryByRole('button', { name: /^Create Dana/u })).toBeNull();
  });
});

describe('the preview', () => {
  test('is opened in its place, says what will be sent and what it costs, and writes nothing', async () => {
    const { sentOf, user } = await open(makePreview());
    const form = await screen.findByRole('region', { name: 'Create Dana Whitfield in GHL' });
    expect(await within(form).findByRole('checkbox', { name: 'First name' })).toBeDefined();
    expect(within(form).getByText('dana@brightsmile.example')).toBeDefined();
    expect(within(form).getByText('Mobile: Empty in Atera, so there is nothing to write')).toBeDefined();
    expect(within(form).getByText(/searched for first and checked after.*may send messages/u)).toBeDefined();
    expect(document.activeElement?.textContent).toBe('Create Dana Whitfield in GHL');
    await user.click(within(form).getByRole('button', { name: 'Cancel' }));
    expect(document.activeElement?.textContent).toBe('Create in GHL');
    expect(sentOf('createCounterpart')).toEqual([]);
    expect(sentOf('previewCreate')).toEqual([
      { target: { tabId: 5 }, version: 7, person: makePerson('atera').ref },
    ]);
  });

  test('has no accessibility problem', async () => {
    await open(makePreview());
    await submit();
    expect(await violations()).toEqual([]);
  });

  test('says that it is being read, and what it means when that fails', async () => {
    let fail: (error: AppError) => void = () => undefined;
    const { user } = renderPanel(strangerState(), {
      previewCreate: () =>
        new Promise((_resolve, reject) => {
          fail = reject;
        }),
    });
    const button = await screen.findByRole('button', { name: 'Create in GHL' });
    await waitFor(() => expect(button.hasAttribute('disabled')).toBe(false));
    await user.click(button);
    expect(screen.getByText('Looking what would be created…')).toBeDefined();
    fail(new AppError('timeout', { vendor: 'atera' }));
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('What would be created could not be read');
    expect(alert.textContent).toContain('Nothing was written.');
    expect(within(alert).getByRole('button', { name: 'Try again' })).toBeDefined();
    expect(await violations()).toEqual([]);
  });

  test.each([
    ['no-email', /without an e-mail address, and GHL has none/u],
    ['email-rule', /your field rules keep it back/u],
    ['email-invalid', /is not valid/u],
  ] as const)('says what stands in the way: %s', async (problem, words) => {
    await open(makeAteraPreview({ problem, planId: null }));
    expect(await screen.findByText(words)).toBeDefined();
    expect(screen.queryByRole('button', { name: /^Create Dana/u })).toBeNull();
  });

  test('cannot be pressed without an address or a number, and says why', async () => {
    const { user } = await open(makePreview());
    const button = await submit();
    await user.click(screen.getByRole('checkbox', { name: 'E-mail' }));
    expect(button.disabled).toBe(true);
    expect(screen.getByText(/Choose the e-mail or the phone/u)).toBeDefined();
  });

  test('asks for the name first on a page that only suggests somebody', async () => {
    const state = strangerState('ghl', {
      subject: { vendor: 'ghl', kind: 'conversation', id: 'c0ffee' },
      suggested: true,
    });
    const { user, sentOf } = await open(makeAteraPreview(), makeResult({ vendor: 'atera' }), state);
    const button = await submit();
    expect(button.disabled).toBe(true);
    await user.click(screen.getByRole('checkbox', { name: 'This is about Dana Whitfield' }));
    await user.click(button);
    expect(sentOf('createCounterpart')).toMatchObject([{ confirmedName: 'Dana Whitfield' }]);
  });

  test('shows an earlier creation that is not cleared up, instead of a second one', async () => {
    const earlier = makeResult({
      state: 'unknown',
      created: null,
      fields: [],
      error: { code: 'network', vendor: 'ghl' },
    });
    const { user, sentOf } = await open(makePreview({ planId: null, earlier }));
    expect(await screen.findByText('GHL gave no clear answer')).toBeDefined();
    expect(screen.queryByRole('button', { name: /^Create Dana/u })).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Look again' }));
    await waitFor(() => expect(sentOf('previewCreate')).toHaveLength(2));
    expect(sentOf('createCounterpart')).toEqual([]);
  });
});

describe('the company', () => {
  test('is chosen where exactly one fits, with the reason, and sent with its name', async () => {
    const { user, sentOf } = await open(makeAteraPreview(), makeResult({ vendor: 'atera' }));
    const radio = await screen.findByRole<HTMLInputElement>('radio', { name: 'Bright Smile Dental' });
    expect(radio.checked).toBe(true);
    expect(screen.getByText('same e-mail domain · same name as in GHL')).toBeDefined();
    expect(screen.getByRole<HTMLInputElement>('checkbox', { name: 'E-mail, needed by Atera' }).disabled).toBe(
      true,
    );
    expect(await violations()).toEqual([]);
    await user.click(await submit());
    expect(sentOf('createCounterpart')).toMatchObject([
      { planId: 'creation-1', fields: ['firstName', 'email'], customer: COMPANIES[0] },
    ]);
  });

  test('is not chosen where several fit, or none: the button waits', async () => {
    const several = makeAteraPreview({
      companies: {
        status: 'ready',
        candidates: [
          { id: '1', name: 'Bright Smile Dental', signs: ['domain'] },
          { id: '2', name: 'Bright Side Accounting', signs: ['domain'] },
        ],
        all: COMPANIES,
        total: 4000,
      },
    });
    const { unmount } = await open(several);
    expect(await screen.findByText('More than one company fits. Choose the right one.')).toBeDefined();
    expect((await submit()).disabled).toBe(true);
    expect(screen.getByText(/newest 14 of 4000 were looked through/u)).toBeDefined();
    unmount();
    await open(
      makeAteraPreview({ companies: { status: 'ready', candidates: [], all: COMPANIES, total: 14 } }),
    );
    expect(await screen.findByText(/No company in Atera has this e-mail domain or name/u)).toBeDefined();
    expect((await submit()).disabled).toBe(true);
    expect(screen.getByText('Choose a company first.')).toBeDefined();
  });

  test('is found by typing a part of its name, with the keyboard alone', async () => {
    const { user, sentOf } = await open(
      makeAteraPreview({ companies: { status: 'ready', candidates: [], all: COMPANIES, total: 14 } }),
      makeResult({ vendor: 'atera' }),
    );
    const box = await screen.findByRole('textbox', { name: 'Find a company by name' });
    await user.type(box, 'northw');
    expect(screen.getAllByRole('radio')).toHaveLength(8);
    expect(screen.getByText('There are more. Type more of the name.')).toBeDefined();
    await user.clear(box);
    await user.type(box, 'zzz');
    expect(screen.getByText('No company with these words.')).toBeDefined();
    await user.clear(box);
    await user.type(box, 'side');
    await user.click(screen.getByRole('radio', { name: 'Bright Side Accounting' }));
    await user.clear(box);
    expect(screen.getByRole<HTMLInputElement>('radio', { name: 'Bright Side Accounting' }).checked).toBe(
      true,
    );
    await user.click(await submit());
    expect(sentOf('createCounterpart')).toMatchObject([{ customer: COMPANIES[1] }]);
  });

  test('says why none can be chosen', async () => {
    const { unmount } = await open(
      makeAteraPreview({
        companies: {
          status: 'failed',
          error: { code: 'forbidden', vendor: 'atera', scope: 'Customers: Read' },
        },
      }),
    );
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('The companies in Atera could not be read');
    expect(alert.textContent).toContain('Missing right: Customers: Read');
    expect((await submit()).disabled).toBe(true);
    unmount();
    await open(makeAteraPreview({ companies: { status: 'ready', candidates: [], all: [], total: 0 } }));
    expect(await screen.findByText(/Atera has no company yet/u)).toBeDefined();
  });
});

describe('what came of it', () => {
  test('created: where it is, and that it was checked', async () => {
    const { user, sentOf, emit } = await open(makePreview());
    await user.click(await submit());
    const region = await outcome();
    expect(within(region).getByText('Created in GHL: Dana Whitfield')).toBeDefined();
    expect(within(region).getByText('2 fields checked.')).toBeDefined();
    expect(within(region).getByText('Both records are linked.')).toBeDefined();
    expect(within(region).getByRole('link', { name: 'Open “Dana Whitfield” in GHL' })).toBeDefined();
    expect(sentOf('createCounterpart')).toHaveLength(1);
    emit('panelStateChanged', subjectState({}, { revision: 2 }));
    expect(await screen.findByText('Linked')).toBeDefined();
    expect(screen.getByText('Created in GHL: Dana Whitfield')).toBeDefined();
    expect(await violations()).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Close' }));
    expect(screen.queryByRole('region', { name: 'Creation' })).toBeNull();
  });

  test('while it is created nothing can be pressed twice', async () => {
    let finish: (result: CreationResult) => void = () => undefined;
    const { user, sentOf } = renderPanel(strangerState(), {
      previewCreate: async () => makePreview(),
      createCounterpart: () =>
        new Promise((resolve) => {
          finish = resolve;
        }),
    });
    const opener = await screen.findByRole('button', { name: 'Create in GHL' });
    await waitFor(() => expect(opener.hasAttribute('disabled')).toBe(false));
    await user.click(opener);
    const button = await submit();
    await user.dblClick(button);
    expect(screen.getByText('Creating in GHL…')).toBeDefined();
    expect(button.disabled).toBe(true);
    expect(sentOf('createCounterpart')).toHaveLength(1);
    finish(makeResult());
    expect(await outcome()).toBeDefined();
  });

  test.each([
    [
      'created, while the agent linked somebody else',
      makeResult({ isLinked: false }),
      ['2 fields checked.', 'They are not linked. Somebody else was linked meanwhile, and that link stays.'],
    ],
    [
      'accepted but not stored',
      makeResult({ fields: [{ field: 'company', sent: 'Bright', found: null, stored: false }] }),
      ['Accepted but not stored in GHL:', 'Company: sent Bright, found empty'],
    ],
    [
      'somebody found meanwhile',
      makeResult({
        state: 'found',
        created: null,
        fields: [],
        people: [makePerson('ghl', { name: 'Dana W.' })],
      }),
      ['Somebody is in GHL already: nothing was created.', /Dana W\. · dana@brightsmile/u],
    ],
    [
      'changed meanwhile',
      makeResult({
        state: 'conflict',
        created: null,
        error: { code: 'conflict', vendor: 'atera', input: 'person' },
      }),
      ['Somebody changed this record meanwhile.', 'Nothing was written.'],
    ],
    [
      'another company by now',
      makeResult({
        state: 'conflict',
        created: null,
        error: { code: 'conflict', vendor: 'atera', input: 'customer' },
      }),
      ['The company has another name in Atera now.', 'Nothing was written.'],
    ],
    [
      'no right',
      makeResult({
        state: 'failed',
        created: null,
        error: { code: 'forbidden', vendor: 'ghl', scope: 'contacts.write' },
      }),
      ['Nothing was written.', 'Missing right: contacts.write', /Ask your GHL admin/u],
    ],
    [
      'no clear answer',
      makeResult({ state: 'unknown', created: null, error: { code: 'network', vendor: 'ghl' } }),
      ['GHL gave no clear answer', 'It is not known whether something was written.', /not sent again/u],
    ],
    [
      'no clear answer, and somebody with the same number',
      makeResult({
        state: 'unknown',
        created: null,
        people: [makePerson('ghl', { name: 'Olga Marsh' })],
        error: { code: 'network', vendor: 'ghl' },
      }),
      ['GHL gave no clear answer', /^Somebody with this e-mail or number is there/u, /Olga Marsh/u],
    ],
  ] as const)('%s', async (_case, result, sentences) => {
    const { user } = await open(makePreview(), result);
    await user.click(await submit());
    const region = await outcome();
    for (const words of sentences) expect(within(region).getByText(words)).toBeDefined();
    expect(await violations()).toEqual([]);
  });

  test('a lost answer is not known, and is asked for again under the same name', async () => {
    const { user, sentOf } = await open(makePreview(), new AppError('internal'));
    await user.click(await submit());
    await user.click(within(await outcome()).getByRole('button', { name: 'Look again' }));
    await waitFor(() => expect(sentOf('createCounterpart')).toHaveLength(2));
    const [first, second] = sentOf('createCounterpart');
    expect(second).toEqual(first);
  });

  test('what went wrong is told also when somebody else is on screen by then', async () => {
    let fail: (error: AppError) => void = () => undefined;
    const { user, emit } = renderPanel(strangerState(), {
      previewCreate: async () => makePreview(),
      createCounterpart: () =>
        new Promise((_resolve, reject) => {
          fail = reject;
        }),
    });
    const opener = await screen.findByRole('button', { name: 'Create in GHL' });
    await waitFor(() => expect(opener.hasAttribute('disabled')).toBe(false));
    await user.click(opener);
    await user.click(await submit());
    emit('panelStateChanged', subjectState({ version: 8 }, { revision: 2 }));
    fail(new AppError('subject_changed'));
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('The page shows somebody else now.');
    expect(screen.queryByRole('region', { name: 'Creation' })).toBeNull();
  });
});

describe('what goes along', () => {
  const copy = { vendor: 'ghl' as const, print: 'aaaa', claims: [], isOurs: true };
  const state = strangerState('ghl', {
    sections: {
      ...SECTIONS,
      tasks: ready([
        makeItem('t1', { title: 'Send quote', copy: { ...copy, kind: 'task', id: 't1' } }),
        makeItem('t2', { title: 'Old one', done: true, copy: { ...copy, kind: 'task', id: 't2' } }),
      ]),
      notes: ready([
        makeItem('n1', { body: 'Likes rye.', title: '', copy: { ...copy, kind: 'note', id: 'n1' } }),
        makeItem('n2', {
          body: 'password: hunter2hunter2',
          title: '',
          copy: { ...copy, kind: 'note', id: 'n2' },
        }),
      ]),
    },
  });
  const job = makeJob({ id: 'over-creation-1', status: 'running' });
  const openWith = async () => {
    const ready: PanelState = {
      ...state,
      adding: {
        you: { id: 1, name: 'Morgan', email: null },
        youInGhl: null,
        tagField: { name: null, state: 'off', error: null },
        taskRules: SHIPPED_TASK_RULES,
        last: null,
      },
    };
    const view = renderPanel(ready, {
      previewCreate: async () => makeAteraPreview(),
      createCounterpart: async () => makeResult(),
      bringOver: async () => job,
      getJobs: async () => [],
    });
    const button = await screen.findByRole('button', { name: /^Create in/u });
    await waitFor(() => expect(button.hasAttribute('disabled')).toBe(false));
    await view.user.click(button);
    return view;
  };

  test('open tasks and notes can be ticked, notes only with a ticket to stand on; secrets stay behind', async () => {
    const { user, sentOf } = await openWith();
    const tasks = await screen.findByRole('checkbox', { name: '1 open task, as a ticket' });
    const notes = () => screen.getByRole('checkbox', { name: /^1 note, as an internal comment/u });
    expect(notes().hasAttribute('disabled')).toBe(true);
    expect(screen.getByText(/1 is left out because it looks like it holds a secret/u)).toBeDefined();
    await user.click(tasks);
    await user.click(notes());
    expect(screen.getByText(/And 2 more writes after it/u)).toBeDefined();
    expect(await violations()).toEqual([]);
    await user.click(await submit());
    expect(sentOf('bringOver')).toMatchObject([
      {
        planId: 'creation-1',
        withCompany: false,
        items: [
          { kind: 'task', id: 't1', print: 'aaaa', title: 'Send quote' },
          { kind: 'note', id: 'n1', print: 'aaaa', title: 'Likes rye.' },
        ],
        tags: [],
      },
    ]);
    expect(sentOf('createCounterpart')).toEqual([]);
    // The form is gone; the steps are told above.
    await waitFor(() => expect(screen.queryByRole('button', { name: /^Create Dana/u })).toBeNull());
  });

  test('where nothing is ticked, the contact alone is created', async () => {
    const { user, sentOf } = await openWith();
    await user.click(await submit());
    expect(sentOf('bringOver')).toEqual([]);
    expect(sentOf('createCounterpart')).toHaveLength(1);
  });
});

describe('a creation that waits', () => {
  const waits = makeResult({
    state: 'queued',
    isLinked: false,
    created: null,
    fields: [],
    error: { code: 'network', vendor: 'ghl' },
  });
  const words = 'Waiting: nothing was created in GHL yet';
  const entry = (extra: Partial<ActivityView>): ActivityView =>
    makeEntry('creation:creation-1', { kind: 'create', people: [makePerson('atera').ref], ...extra });

  test.each<[string, Partial<ActivityView>, RegExp]>([
    [
      'was written',
      {
        state: 'done',
        lines: [
          { what: 'firstName', before: null, after: 'Dana', found: null, outcome: 'verified' },
          { what: 'email', before: null, after: 'a@b.example', found: 'b@b.example', outcome: 'not-stored' },
        ],
      },
      /Created in GHL: Dana Whitfield.*E-mail: sent a@b\.example, found b@b\.example.*Both records are linked/u,
    ],
    ['was cancelled', { state: 'failed', error: { code: 'cancelled' } }, /Nothing was written/u],
    ['found somebody', { state: 'refused' }, /Somebody is in GHL already: nothing was created/u],
    ['is unclear', { state: 'unknown', error: { code: 'network', vendor: 'ghl' } }, /no clear answer/u],
  ])('says so where it was pressed, until it %s', async (_case, ended, end) => {
    let entries: ActivityView[] = [entry({ state: 'queued' })];
    const { user, emit } = await open(makePreview(), waits, strangerState(), {
      getActivity: async () => ({ entries, total: entries.length }),
    });
    await user.click(await submit());
    const region = await outcome();
    expect(region.textContent).toContain(words);
    expect(region.textContent).toContain('Nothing was written.');
    expect(within(region).queryByRole('button')).toBeNull();
    expect(await violations()).toEqual([]);
    entries = [entry(ended)];
    act(() => emit('activityChanged', {}));
    await waitFor(() => expect(region.textContent).toMatch(end));
    expect(region.textContent).not.toContain(words);
    await user.click(within(region).getByRole('button', { name: 'Close' }));
    expect(screen.queryByRole('region', { name: 'Creation' })).toBeNull();
  });

  test('is told to a panel that did not press it, as long as it is in the list', async () => {
    const { emit } = renderPanel(strangerState(), { getJobs: async () => [CREATE_JOB] });
    expect((await outcome()).textContent).toContain(words);
    act(() => emit('jobsChanged', [{ ...CREATE_JOB, status: 'running', error: null }]));
    expect((await outcome()).textContent).toBe('Creating in GHL…');
    act(() => emit('jobsChanged', [{ ...CREATE_JOB, people: [makePerson('ghl').ref] }]));
    expect(screen.queryByRole('region', { name: 'Creation' })).toBeNull();
  });

  test('stands in the way of another one', async () => {
    await open(makePreview({ planId: null, earlier: waits }));
    expect(await screen.findByText(words)).toBeDefined();
    expect(screen.queryByRole('button', { name: /^Create Dana/u })).toBeNull();
  });
});
