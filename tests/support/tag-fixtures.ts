import { SHIPPED_TASK_RULES } from '../../lib/core/task-ticket.ts';
import type { PanelState, TagSyncResult, TagSyncState } from '../../lib/panel-state.ts';
import { makeJob } from './job-fixtures.ts';
import { makeItem, ready, SECTIONS, subjectState } from './panel-fixtures.ts';
import { optionsScene, panelScene, type Scene } from './scene.ts';

export const makeTagSync = (extra: Partial<TagSyncState> = {}): TagSyncState => ({
  rules: 'rules-1',
  hasPast: true,
  last: null,
  rows: [
    {
      id: 'vip',
      atera: null,
      ghl: 'vip',
      status: 'added-ghl',
      op: { vendor: 'atera', tag: 'vip', isOn: true },
      block: null,
    },
    {
      id: 'client',
      atera: 'client',
      ghl: null,
      status: 'only-atera',
      op: { vendor: 'ghl', tag: 'client', isOn: true },
      block: null,
    },
    { id: 'a, b', atera: null, ghl: 'a, b', status: 'only-ghl', op: null, block: 'comma' },
  ],
  ...extra,
});

export const tagState = (tagSync: TagSyncState | null = makeTagSync()): PanelState =>
  subjectState(
    {
      sections: { ...SECTIONS, tags: ready([makeItem('vip', { title: 'vip' })]) },
      ateraTags: { status: 'ready', tags: ['client', 'dental'] },
    },
    {
      tagSync,
      adding: {
        you: null,
        youInGhl: null,
        tagField: { name: 'GHL tags', state: 'ready', error: null },
        taskRules: SHIPPED_TASK_RULES,
        last: null,
      },
    },
  );

/** Both systems wait. */
export const TAGS_WAIT: TagSyncResult = {
  id: 'tags-1',
  parts: [
    {
      part: 'atera',
      vendor: 'atera',
      state: 'queued',
      tags: [{ tag: 'vip', isOn: true, outcome: 'not-written', hasChanged: false }],
      error: { code: 'network', vendor: 'ghl' },
    },
    {
      part: 'ghl-on',
      vendor: 'ghl',
      state: 'queued',
      tags: [{ tag: 'client', isOn: true, outcome: 'not-written', hasChanged: false }],
      error: { code: 'network', vendor: 'ghl' },
    },
  ],
};
export const TAGS_JOB = makeJob({
  id: 'tags-1',
  steps: [{ words: { kind: 'sync-tags', vendor: 'atera', isBoth: true }, state: 'waiting', error: null }],
});

export const TAG_SCENES: Record<string, Scene> = {
  'tags that differ': panelScene(tagState(), {}, (play) => play.press('tab', /Tags/u)),
  'tags that wait': panelScene(
    tagState(makeTagSync({ last: { id: 'tags-1', ops: [], result: TAGS_WAIT } })),
    { getJobs: async () => [TAGS_JOB] },
    (play) => play.press('tab', /Tags/u),
  ),
  'rules for tags, two of them at odds': optionsScene(
    {
      getTagField: () => ({ name: 'GHL tags', state: 'ready', error: null }),
      getTagRules: () => ({
        direction: 'both',
        prefix: '',
        rename: [
          { ghl: 'vip', atera: 'Gold' },
          { ghl: 'VIP', atera: 'Silver' },
        ],
      }),
    },
    (play) => play.press('button', 'Keep these rules'),
  ),
};
