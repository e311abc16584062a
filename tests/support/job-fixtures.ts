import { SHIPPED_TASK_RULES } from '../../lib/core/task-ticket.ts';
import type { JobView, PanelState } from '../../lib/panel-state.ts';
import { WAITING } from './activity-fixtures.ts';
import { strangerState } from './creation-fixtures.ts';
import { makePerson, makeReceipt, NOW, subjectState } from './panel-fixtures.ts';
import { panelScene, type Scene } from './scene.ts';

export const makeJob = (extra: Partial<JobView> = {}): JobView => ({
  id: 'plan-1',
  personName: 'Dana Whitfield',
  people: [],
  status: 'queued',
  createdAt: 0,
  attempts: 2,
  runAt: NOW + 240_000,
  error: { code: 'network', vendor: 'ghl' },
  canCancel: true,
  canGoOn: false,
  steps: [{ words: { kind: 'push', vendor: 'ghl' }, state: 'waiting', error: null }],
  ...extra,
});

/** Something that is to be taken back. */
export const UNDOING = makeJob({
  id: 'undo:u1',
  steps: [{ words: { kind: 'undo', vendor: 'ghl', undoes: 'push' }, state: 'waiting', error: null }],
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

/** A note that waits, and the press that made it. */
export const NOTE_JOB = makeJob({
  id: 'press-1',
  steps: [{ words: { kind: 'note', vendor: 'ghl' }, state: 'waiting', error: null }],
});
export const noteWaits = (): PanelState =>
  subjectState(
    {},
    {
      adding: {
        you: null,
        youInGhl: null,
        tagField: { name: null, state: 'off', error: null },
        taskRules: SHIPPED_TASK_RULES,
        last: {
          id: 'press-1',
          addition: { kind: 'note', body: 'Called back.' },
          result: { id: 'press-1', state: 'queued', error: { code: 'network', vendor: 'ghl' } },
        },
      },
    },
  );
/** Told under the id of its plan, for the record that it is made from. */
export const CREATE_JOB = makeJob({
  id: 'creation-1',
  people: [makePerson('atera').ref],
  steps: [{ words: { kind: 'create', vendor: 'ghl' }, state: 'waiting', error: null }],
});
export const receiptWaits = (): PanelState =>
  subjectState({
    receipt: makeReceipt(['waiting'], { state: 'queued', error: { code: 'network', vendor: 'ghl' } }),
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
  'a receipt waits, beside its job': panelScene(receiptWaits(), { getJobs: async () => [makeJob()] }),
  'a note waits, beside its job': panelScene(noteWaits(), { getJobs: async () => [NOTE_JOB] }),
  'a creation waits, pressed in another life': panelScene(strangerState(), {
    getJobs: async () => [CREATE_JOB],
  }),
  'a write waits': panelScene(subjectState(), { getJobs: async () => [makeJob()] }),
  'an undo waits': panelScene(subjectState(), {
    getJobs: async () => [UNDOING],
    getActivity: async () => ({ entries: WAITING, total: WAITING.length }),
  }),
  'a job stopped on its way': panelScene(subjectState(), { getJobs: async () => [STOPPED] }),
  'people are put into a company': panelScene(subjectState(), { getJobs: async () => [JOINING] }),
};
