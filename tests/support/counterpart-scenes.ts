import { SHIPPED_TASK_RULES } from '../../lib/core/task-ticket.ts';
import { AppError } from '../../lib/errors.ts';
import type { CreationPreview, CreationResult, PanelState } from '../../lib/panel-state.ts';
import { makeAteraPreview, makePreview, makeResult, strangerState } from './creation-fixtures.ts';
import { makePerson, makeRow, subjectState } from './panel-fixtures.ts';
import { never, panelScene, type Scene } from './scene.ts';

/** The preview of a creation, and, where there is a result, what came of it. */
function creating(
  preview: CreationPreview | (() => unknown),
  result: CreationResult | (() => unknown) | null = null,
): Scene {
  const isAtera = typeof preview !== 'function' && preview.vendor === 'atera';
  const opener = isAtera ? 'Create in Atera' : 'Create in GHL';
  const answer = (value: unknown) => () => (typeof value === 'function' ? value() : value);
  return panelScene(
    strangerState(isAtera ? 'ghl' : 'atera'),
    { previewCreate: answer(preview), createCounterpart: answer(result) },
    async ({ enabled, press }) => {
      await enabled('button', opener);
      await press('button', opener);
      if (result === null) return;
      await enabled('button', 'Create Dana Whitfield in GHL');
      await press('button', 'Create Dana Whitfield in GHL');
    },
  );
}
const fails = (): never => {
  throw new AppError('vendor_unavailable', { vendor: 'ghl' });
};

const OTHER = makePerson('ghl', { name: 'D. Whitfield', email: 'dw@mail.example', phone: null });

/** Changed in Atera, in GHL, in both, and one of which nothing is known. */
const SYNC: PanelState = subjectState({
  rows: [
    {
      ...makeRow('phone', '+1 415 555 0111', '+1 415 555 0137'),
      status: 'changed-left',
      base: { left: '+1 415 555 0137', right: '+1 415 555 0137' },
    },
    {
      ...makeRow('lastName', 'Whitfield', 'Ortega'),
      status: 'changed-right',
      toLeft: { can: true, value: 'Ortega' },
      base: { left: 'Whitfield', right: 'Whitfield' },
    },
    {
      ...makeRow('firstName', 'Dana', 'Daria'),
      status: 'conflict',
      toLeft: { can: true, value: 'Daria' },
      base: { left: 'Dan', right: 'Dan' },
    },
    { ...makeRow('jobTitle', 'Lead', 'Office manager'), toLeft: { can: true, value: 'Office manager' } },
  ],
  plans: { push: 'plan-1', pull: 'pull-1', sync: 'sync-1' },
});

const tagField = (state: 'missing' | 'ready'): Scene =>
  panelScene(
    subjectState(
      { ateraTags: { status: 'ready', tags: state === 'ready' ? ['vip', 'dental'] : [] } },
      {
        adding: {
          you: null,
          youInGhl: null,
          tagField: { name: 'GHL tags', state, error: null },
          taskRules: SHIPPED_TASK_RULES,
          last: null,
        },
      },
    ),
    {},
    ({ press }) => press('tab', /^Tags/u),
  );

/** Nobody found, found by hand, created; what is settled in both records at once; and tags on both sides. */
export const COUNTERPART_SCENES: Record<string, Scene> = {
  createInGhl: creating(makePreview()),
  createInAtera: creating(makeAteraPreview()),
  createLoading: creating(never),
  createFailed: creating(fails),
  createSending: creating(makePreview(), never),
  created: creating(makePreview(), makeResult()),
  createdUnknown: creating(
    makePreview(),
    makeResult({ state: 'unknown', created: null, error: { code: 'timeout', vendor: 'ghl' } }),
  ),
  createWaits: creating(
    makePreview(),
    makeResult({ state: 'queued', created: null, fields: [], error: { code: 'network', vendor: 'ghl' } }),
  ),
  createWaitedBefore: creating(
    makePreview({
      planId: null,
      earlier: makeResult({
        state: 'queued',
        created: null,
        fields: [],
        error: { code: 'rate_limited', vendor: 'ghl' },
      }),
    }),
  ),
  createdThere: creating(
    makePreview(),
    makeResult({ state: 'found', created: null, fields: [], people: [OTHER] }),
  ),
  foundByHand: panelScene(
    strangerState(),
    {
      findCounterpart: () => ({
        status: 'ready',
        people: [
          {
            person: OTHER,
            evidence: [{ kind: 'other-email' }, { kind: 'same-company' }],
            linkedTo: makePerson('atera').ref,
          },
        ],
        more: true,
      }),
    },
    async ({ enabled, press, fill }) => {
      await enabled('button', 'Find them yourself');
      await press('button', 'Find them yourself');
      await fill('E-mail, phone, name, id or address of a page', 'whitfield');
      await press('button', 'Search GHL');
    },
  ),
  sync: panelScene(SYNC),
  ateraTags: tagField('ready'),
  ateraTagFieldMissing: tagField('missing'),
};
