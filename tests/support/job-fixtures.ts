import type { JobView } from '../../lib/panel-state.ts';
import { subjectState } from './panel-fixtures.ts';
import { panelScene, type Scene } from './scene.ts';

export const makeJob = (extra: Partial<JobView> = {}): JobView => ({
  id: 'plan-1',
  personName: 'Dana Whitfield',
  people: [],
  status: 'queued',
  createdAt: 0,
  attempts: 2,
  runAt: 8_640_000_000_000,
  error: { code: 'network', vendor: 'ghl' },
  canCancel: true,
  canGoOn: false,
  steps: [{ words: { kind: 'push', vendor: 'ghl' }, state: 'waiting', error: null }],
  ...extra,
});

/** The company is there, and Atera has refused the contact. */
export const STOPPED = makeJob({
  id: 'over-1',
  status: 'stopped',
  runAt: null,
  error: null,
  canCancel: false,
  canGoOn: true,
  steps: [
    {
      words: { kind: 'create-company', vendor: 'atera', title: 'Bright Smile Dental' },
      state: 'done',
      error: null,
    },
    {
      words: { kind: 'create', vendor: 'atera' },
      state: 'failed',
      error: { code: 'forbidden', vendor: 'atera' },
    },
    { words: { kind: 'copy-task', vendor: 'atera', title: 'Send quote' }, state: 'waiting', error: null },
    { words: { kind: 'add-atera-tag', vendor: 'atera', title: 'vip' }, state: 'waiting', error: null },
  ],
});

/** One is there, one was moved meanwhile, and the right was taken away before the third. */
export const JOINING = makeJob({
  id: 'join-1',
  personName: 'Bright Smile',
  status: 'stopped',
  runAt: null,
  error: null,
  canCancel: false,
  canGoOn: true,
  steps: [
    {
      words: { kind: 'set-business', vendor: 'ghl', personName: 'Dana Whitfield' },
      state: 'done',
      error: null,
    },
    {
      words: { kind: 'set-business', vendor: 'ghl', personName: 'ليلى منصور' },
      state: 'skipped',
      error: { code: 'conflict', vendor: 'ghl' },
    },
    {
      words: { kind: 'set-business', vendor: 'ghl', personName: 'Oscar Nguyen' },
      state: 'failed',
      error: { code: 'forbidden', vendor: 'ghl' },
    },
  ],
});

export const JOB_SCENES: Record<string, Scene> = {
  'a write waits': panelScene(subjectState(), { getJobs: async () => [makeJob()] }),
  'a job stopped on its way': panelScene(subjectState(), { getJobs: async () => [STOPPED] }),
  'people are put into a company': panelScene(subjectState(), { getJobs: async () => [JOINING] }),
};
