// @vitest-environment jsdom
import { act, screen, within } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { AppError } from '../../lib/errors.ts';
import { JOINING, makeJob, STOPPED } from '../support/job-fixtures.ts';
import { makeReceipt, subjectState } from '../support/panel-fixtures.ts';
import { renderPanel } from '../support/render.tsx';

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
  renderPanel(
    subjectState({
      receipt: makeReceipt(['waiting'], { state: 'queued', error: { code: 'network', vendor: 'ghl' } }),
    }),
  );
  const bar = await screen.findByRole('region', { name: 'Last push' });
  expect(bar.textContent).toContain('Waiting: nothing was written to GHL yet');
  expect(bar.textContent).not.toContain('said no');
  // The list of what waits has the ways on.
  expect(within(bar).queryByRole('button', { name: 'Try again' })).toBeNull();
  expect(bar.textContent).toContain('Nothing of it is lost.');
});
