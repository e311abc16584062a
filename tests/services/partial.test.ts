import { expect, it } from 'vitest';
import type { ErrorView } from '../../lib/errors.ts';
import type { SubjectView } from '../../lib/panel-state.ts';
import type { FaultMatch } from '../../lib/sandbox/faults.ts';
import { createWorld } from '../support/world.ts';

/**
 * The page of a GHL contact asks other calls than a ticket does (`failures.test.ts`). Which part must say that its call failed;
 * everything else must be there all the same.
 */
const CALLS: [
  name: string,
  match: FaultMatch & { vendor: 'atera' | 'ghl' },
  part: (view: SubjectView) => { status: string; error?: ErrorView } | undefined,
][] = [
  ['the lookup in Atera', { vendor: 'atera', path: /\/contacts$/u }, ({ match }) => match],
  ['the tickets', { vendor: 'atera', path: /\/tickets$/u }, ({ sections }) => sections.tickets],
  ['the tasks', { vendor: 'ghl', path: /tasks$/u }, ({ sections }) => sections.tasks],
  ['the notes', { vendor: 'ghl', path: /notes$/u }, ({ sections }) => sections.notes],
  ['the appointments', { vendor: 'ghl', path: /appointments$/u }, ({ sections }) => sections.appointments],
  [
    'the customer',
    { vendor: 'atera', path: /customers\/\d+$/u },
    ({ gaps }) => gaps.map(({ error }) => ({ status: 'failed', error }))[0],
  ],
  [
    'the custom values',
    { vendor: 'atera', path: /contactfields/u },
    ({ gaps }) => gaps.map(({ error }) => ({ status: 'failed', error }))[0],
  ],
];

it.each(CALLS)('on the page of a GHL contact, %s may fail alone', async (_name, match, part) => {
  const world = await createWorld();
  await world.connect();
  world.faults.add(match, { kind: 'status', status: 403 });
  const { id } = world.ghlContact('main');
  const tabId = await world.openTab(
    `https://app.gohighlevel.com/v2/location/${world.sandbox.ghl.locationId}/contacts/detail/${id}`,
  );
  const view = await world.shown(tabId, world.settled);
  expect(part(view)).toMatchObject({ status: 'failed', error: { code: 'forbidden', vendor: match.vendor } });
  const failed = [view.person, view.match, ...Object.values(view.sections), ...view.gaps].filter(
    (each) => !('status' in each) || each.status === 'failed',
  );
  expect(failed).toHaveLength(1);
  expect(view.person.status).toBe('ready');
  if (part(view) !== view.match) expect(view.rows.length).toBeGreaterThan(0);
  expect(world.bugs).toEqual([]);
});
