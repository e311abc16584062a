// @vitest-environment jsdom
import { act, screen, waitFor, within } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { AppError } from '../../lib/errors.ts';
import type { JobView, PanelState } from '../../lib/panel-state.ts';
import {
  JOINING,
  makeJob,
  NOTE_JOB,
  noteWaits,
  receiptWaits,
  STOPPED,
  UNDOING,
} from '../support/job-fixtures.ts';
import { makePerson, subjectState } from '../support/panel-fixtures.ts';
import { renderPanel } from '../support/render.tsx';
import { TAGS_JOB } from '../support/tag-fixtures.ts';

// Finding by role reads the whole panel each time.
vi.setConfig({ testTimeout: 20_000 });

const card = () => screen.findByRole('region', { name: 'What waits to be written' });
const titles = (region: HTMLElement) => within(region).getByRole('status').textContent;

test('nothing is shown while nothing waits, and what comes is read out', async () => {
  const { emit } = renderPanel(subjectState(), { getJobs: async () => [] });
  const region = await card();
  expect(region.textContent).toBe('');
  act(() => emit('jobsChanged', [makeJob(), makeJob({ id: 'plan-2' })]));
  expect(titles(region)).toBe('2 writes wait');
  act(() => emit('jobsChanged', []));
  expect(region.textContent).toBe('');
});

test('a write that waits says what, for whom, why, how often, and that nothing is lost', async () => {
  renderPanel(subjectState(), { getJobs: async () => [makeJob()] });
  const region = await card();
  await within(region).findByText('Push to GHL');
  expect(region.textContent).toContain('for Dana Whitfield');
  expect(region.textContent).toMatch(/Why: .*GHL/u);
  expect(region.textContent).toContain('tried 2 times');
  expect(region.textContent).toContain('Nothing of it is lost.');
});

test('an undo that waits says what it takes back, and can be cancelled', async () => {
  const { user, sentOf } = renderPanel(subjectState(), {
    getJobs: async () => [UNDOING],
    cancelJob: async () => [],
  });
  await user.click(await screen.findByRole('button', { name: 'Cancel: Undo in GHL: Push' }));
  expect(sentOf('cancelJob')).toEqual([{ id: 'undo:u1' }]);
});

const pair = [makePerson('atera').ref, makePerson('ghl').ref];
const pushButton = () =>
  screen.findByRole<HTMLButtonElement>('button', { name: /^Push \d+ changes? to GHL$/u });

test.each<[string, PanelState, JobView[]]>([
  ['its receipt', receiptWaits(), []],
  ['the list of what waits', subjectState(), [makeJob({ people: pair })]],
])(
  'while a push of this pair waits, by %s, there is nothing to press, and it says why',
  async (_, state, jobs) => {
    const { store, user, emit } = renderPanel(state, { getJobs: async () => jobs });
    const button = await pushButton();
    await waitFor(() => expect(store.getState().jobs).toEqual(jobs));
    expect(button.disabled).toBe(true);
    const why = 'What you pressed before still waits. Try it now or cancel it above.';
    await waitFor(() =>
      expect(document.getElementById(button.getAttribute('aria-describedby') ?? '')?.textContent).toBe(why),
    );
    await user.click(await screen.findByRole('radio', { name: /Pull/u }));
    expect(screen.queryByText(why) ?? screen.queryByText(/Nothing here can be pulled/u)).not.toBeNull();
    act(() => {
      emit('jobsChanged', []);
      emit('panelStateChanged', subjectState({}, { revision: 9 }));
    });
    await user.click(await screen.findByRole('radio', { name: /Push/u }));
    await waitFor(async () => expect((await pushButton()).disabled).toBe(false));
  },
);

test.each<[string, Partial<JobView>]>([
  ['of somebody else', { people: [makePerson('ghl', { ref: { ...makePerson('ghl').ref, id: 'x' } }).ref] }],
  ['that is no push', { people: pair, steps: UNDOING.steps }],
  ['that nobody tried yet: it is the press itself', { people: pair, error: null }],
])('a job %s keeps nobody from pushing', async (_, change) => {
  const { store } = renderPanel(subjectState(), { getJobs: async () => [makeJob(change)] });
  await waitFor(() => expect(store.getState().jobs).toHaveLength(1));
  await waitFor(async () => expect((await pushButton()).disabled).toBe(false));
});

test('one that is under way for the first time is not listed: its button tells of it', async () => {
  renderPanel(subjectState(), { getJobs: async () => [makeJob({ status: 'running', attempts: 0 })] });
  expect((await card()).textContent).toBe('');
});

test.each([
  ['Try now: Push to GHL', 'retryJob'],
  ['Cancel: Push to GHL', 'cancelJob'],
] as const)('%s is told once, and the list follows', async (name, type) => {
  const { user, sentOf } = renderPanel(subjectState(), {
    getJobs: async () => [makeJob()],
    [type]: async () => [],
  });
  await user.click(await screen.findByRole('button', { name }));
  expect(sentOf(type)).toEqual([{ id: 'plan-1' }]);
  expect((await card()).textContent).toBe('');
});

test('what is out of date is refused in words, and the list stays', async () => {
  const { user } = renderPanel(subjectState(), {
    getJobs: async () => [makeJob()],
    cancelJob: async () => {
      throw new AppError('plan_expired');
    },
  });
  await user.click(await screen.findByRole('button', { name: 'Cancel: Push to GHL' }));
  expect(await screen.findByRole('alert')).toBeDefined();
  expect(titles(await card())).toBe('1 write waits');
});

test('a job that stopped says where, and goes on from there or leaves the list', async () => {
  const { user, sentOf } = renderPanel(subjectState(), {
    getJobs: async () => [STOPPED],
    retryJob: async () => [STOPPED],
    dismissJob: async () => [],
  });
  const region = await card();
  await within(region).findByText('Bringing Dana Whitfield over');
  expect(titles(region)).toBe('1 stopped on its way');
  const steps = within(region)
    .getAllByRole('listitem')
    .map(({ textContent }) => textContent);
  expect(steps.some((text) => text?.includes('Bright Smile Dental done'))).toBe(true);
  expect(steps.some((text) => text?.startsWith('New contact to Atera not written'))).toBe(true);
  expect(within(region).queryByRole('button', { name: /^Cancel/u })).toBeNull();
  await user.click(
    within(region).getByRole('button', { name: 'Go on from here: Bringing Dana Whitfield over' }),
  );
  expect(sentOf('retryJob')).toEqual([{ id: 'over-1' }]);
  await user.click(
    within(region).getByRole('button', { name: 'Take off the list: Bringing Dana Whitfield over' }),
  );
  expect((await card()).textContent).toBe('');
});

test('people who are put into a company are told one by one, with the way back', async () => {
  renderPanel(subjectState(), { getJobs: async () => [JOINING] });
  const region = await card();
  await within(region).findByText('Putting people into Bright Smile in GHL');
  expect(
    within(region)
      .getAllByRole('listitem')
      .slice(1)
      .map(({ textContent }) => textContent),
  ).toEqual([
    'Dana Whitfield done',
    'ليلى منصور not done Somebody changed this record meanwhile.',
    expect.stringMatching(/^Oscar Nguyen not written /u),
  ]);
  expect(region.textContent).toContain('What is done can be undone at each person');
  expect(
    within(region).getByRole('button', { name: 'Go on from here: Putting people into Bright Smile in GHL' }),
  ).toBeDefined();
});

test('one person alone is told there too, while it is under way and when it is done', async () => {
  const steps = JOINING.steps.slice(0, 1);
  const { emit } = renderPanel(subjectState(), {
    getJobs: async () => [{ ...JOINING, status: 'running', canGoOn: false, steps }],
  });
  const region = await card();
  await within(region).findByText('Putting people into Bright Smile in GHL');
  act(() => emit('jobsChanged', [{ ...JOINING, status: 'done', canGoOn: false, steps }]));
  expect(titles(region)).toBe('1 done');
  expect(region.textContent).toContain('Dana Whitfield done');
});

test('a receipt that waits says that nothing was written yet, and not that anybody said no', async () => {
  renderPanel(receiptWaits());
  const bar = await screen.findByRole('region', { name: 'Last push' });
  expect(bar.textContent).toContain('Waiting: nothing was written to GHL yet');
  expect(bar.textContent).not.toContain('said no');
  // The list of what waits has the ways on.
  expect(within(bar).queryByRole('button', { name: 'Try again' })).toBeNull();
  expect(bar.textContent).toContain('Nothing of it is lost.');
});

test.each([
  [8_000, 'Next try in 8 s · tried 2 times'],
  [89_000, 'Next try in 89 s · tried 2 times'],
  [240_000, 'Next try in 4m · tried 2 times'],
  [3 * 3_600_000, 'Next try in 3h · tried 2 times'],
  [-1, 'Trying… · tried 2 times'],
] as const)('the next try in %i ms is told without being read out: %s', async (inMs, words) => {
  const now = vi.spyOn(Date, 'now').mockReturnValue(1_000_000);
  try {
    renderPanel(subjectState(), { getJobs: async () => [makeJob({ runAt: 1_000_000 + inMs })] });
    const timing = await screen.findByText(words);
    expect(timing.getAttribute('aria-live')).toBe('off');
  } finally {
    now.mockRestore();
  }
});

test('while one is changed, no button of the list can be pressed', async () => {
  let answer: (jobs: JobView[]) => void = () => undefined;
  const { user, sentOf } = renderPanel(subjectState(), {
    getJobs: async () => [makeJob(), STOPPED],
    retryJob: () =>
      new Promise<JobView[]>((resolve) => {
        answer = resolve;
      }),
    cancelJob: async () => [],
  });
  const region = await card();
  const button = await within(region).findByRole('button', { name: 'Try now: Push to GHL' });
  await user.click(button);
  const buttons = within(region).getAllByRole('button');
  expect(buttons.map((one) => one.hasAttribute('disabled'))).toEqual(buttons.map(() => true));
  await user.click(within(region).getByRole('button', { name: 'Cancel: Push to GHL' }));
  expect(sentOf('cancelJob')).toEqual([]);
  act(() => answer([makeJob({ attempts: 3 }), STOPPED]));
  await within(region).findByText(/tried 3 times/u);
  await waitFor(() => expect(button.hasAttribute('disabled')).toBe(false));
  expect(sentOf('retryJob')).toHaveLength(1);
});

test('the keyboard goes through each job in the order in which it is read', async () => {
  const { user } = renderPanel(subjectState(), { getJobs: async () => [makeJob(), STOPPED] });
  const region = await card();
  const first = await within(region).findByRole('button', { name: 'Try now: Push to GHL' });
  act(() => first.focus());
  const order = [first.getAttribute('aria-label')];
  for (let step = 1; step < 4; step += 1) {
    await user.tab();
    order.push(document.activeElement?.getAttribute('aria-label') ?? null);
  }
  expect(order).toEqual([
    'Try now: Push to GHL',
    'Cancel: Push to GHL',
    'Go on from here: Bringing Dana Whitfield over',
    'Take off the list: Bringing Dana Whitfield over',
  ]);
});

test('a write to both systems says so', async () => {
  renderPanel(subjectState(), { getJobs: async () => [TAGS_JOB] });
  expect(await screen.findByRole('button', { name: 'Cancel: Tags synced to Atera and GHL' })).toBeDefined();
});

test('an addition that waits says so where it was pressed, and in the list', async () => {
  const { user, sentOf } = renderPanel(noteWaits(), {
    getJobs: async () => [NOTE_JOB],
    cancelJob: async () => [],
    acknowledgeAddition: async () => undefined,
  });
  const notice = (await screen.findByText('Waiting: it was not sent to GHL yet')).closest('[role="alert"]');
  expect(notice?.textContent).toContain('Nothing was written.');
  expect(notice?.textContent).toContain('Nothing of it is lost.');
  await user.click(screen.getByRole('button', { name: 'Cancel: Note to GHL' }));
  expect(sentOf('cancelJob')).toEqual([{ id: 'press-1' }]);
});
