import { describe, expect, it, vi } from 'vitest';
import { ERROR_CODES, type ErrorView } from '../../lib/errors.ts';
import type { SubjectView } from '../../lib/panel-state.ts';
import type { Fault, FaultMatch } from '../../lib/sandbox/faults.ts';
import { NO_PLANS } from '../../lib/services/view-parts.ts';
import { messages } from '../support/i18n.ts';
import { createWorld } from '../support/world.ts';

const json = (status: number, body: unknown): Fault => ({
  kind: 'status',
  status,
  body: JSON.stringify(body),
  headers: { 'content-type': 'application/json' },
});

/** How a vendor may fail, and what that is called. */
const FAULTS: [name: string, fault: Fault, code: Record<'atera' | 'ghl', string>][] = [
  ['malformed JSON', { kind: 'malformed' }, { atera: 'invalid_response', ghl: 'invalid_response' }],
  [
    'values of the wrong type',
    { kind: 'wrongTypes' },
    { atera: 'invalid_response', ghl: 'invalid_response' },
  ],
  [
    'an HTML page instead of JSON',
    { kind: 'status', status: 200, body: '<html>Sorry</html>' },
    { atera: 'invalid_response', ghl: 'invalid_response' },
  ],
  ['401 with an empty body', { kind: 'status', status: 401 }, { atera: 'unauthorized', ghl: 'unauthorized' }],
  [
    '401 for a missing scope',
    json(401, { statusCode: 401, message: 'The token is not authorized for this scope.' }),
    { atera: 'unauthorized', ghl: 'forbidden' },
  ],
  ['403', { kind: 'status', status: 403 }, { atera: 'forbidden', ghl: 'forbidden' }],
  [
    '400 "not found"',
    json(400, { statusCode: 400, message: 'Contact with id x not found' }),
    { atera: 'rejected', ghl: 'not_found' },
  ],
  ['404', json(404, { title: 'Not Found', status: 404 }), { atera: 'not_found', ghl: 'not_found' }],
  [
    'a 422 list',
    json(422, { statusCode: 422, message: ['property x should not exist'] }),
    { atera: 'rejected', ghl: 'rejected' },
  ],
  [
    '429',
    { kind: 'status', status: 429, headers: { 'retry-after': '30' } },
    { atera: 'rate_limited', ghl: 'rate_limited' },
  ],
  ['500', { kind: 'status', status: 500 }, { atera: 'vendor_unavailable', ghl: 'vendor_unavailable' }],
  ['503', { kind: 'status', status: 503 }, { atera: 'vendor_unavailable', ghl: 'vendor_unavailable' }],
  ['no network', { kind: 'cut', when: 'before' }, { atera: 'network', ghl: 'network' }],
  ['no answer', { kind: 'hold', when: 'before' }, { atera: 'timeout', ghl: 'timeout' }],
];

/** Where it may happen, and which part of the panel must say so. Everything else must be there all the same. */
const PLACES: [
  name: string,
  match: FaultMatch & { vendor: 'atera' | 'ghl' },
  part: (view: SubjectView) => { status: string; error?: ErrorView } | undefined,
][] = [
  ['the ticket', { vendor: 'atera', path: /tickets\/4821$/u }, ({ person }) => person],
  ['the comments', { vendor: 'atera', path: /comments$/u }, ({ sections }) => sections.comments],
  ['the Atera contact', { vendor: 'atera', path: /contacts\/\d+$/u }, ({ person }) => person],
  ['the tickets of the customer', { vendor: 'atera', path: /tickets$/u }, ({ sections }) => sections.tickets],
  ['the lookup in GHL', { vendor: 'ghl', path: /duplicate$/u }, ({ match }) => match],
  ['the GHL contact', { vendor: 'ghl', path: /contacts\/\w{20}$/u }, ({ match }) => match],
  ['the tasks', { vendor: 'ghl', path: /tasks$/u }, ({ sections }) => sections.tasks],
  ['the notes', { vendor: 'ghl', path: /notes$/u }, ({ sections }) => sections.notes],
  ['the appointments', { vendor: 'ghl', path: /appointments$/u }, ({ sections }) => sections.appointments],
];

const failed = (view: SubjectView): number =>
  [view.person, view.match, ...Object.values(view.sections)].filter(({ status }) => status === 'failed')
    .length;

describe.each(FAULTS)('%s', (_fault, fault, codes) => {
  it.each(PLACES)('of %s is named in its place, and the rest is shown', async (place, match, part) => {
    const world = await createWorld({ timeoutMs: 60 });
    await world.connect();
    const handle = world.faults.add(match, fault);
    const { tabId, view } = await world.openTicket('main');
    const failure = part(view);
    expect([place, failure?.status, failure?.error?.code, failure?.error?.vendor]).toEqual([
      place,
      'failed',
      codes[match.vendor],
      match.vendor,
    ]);
    expect(world.bugs).toEqual([]);

    // A failed person takes the match along; every other place fails alone.
    const alone = part(view) !== view.person;
    expect(failed(view)).toBe(alone ? 1 : 2);
    if (alone) expect(view.person.status).toBe('ready');
    if (view.match.status === 'failed') expect(view).toMatchObject({ rows: [], plans: NO_PLANS });
    else expect(view.rows.length).toBeGreaterThan(0);

    // The next step of most errors is to try again: that must work once the cause is gone.
    handle.remove();
    handle.release();
    world.clock.advance(60_000);
    await world.send('refreshView', { tabId });
    const again = await world.shown(tabId, (shown) => world.settled(shown) && failed(shown) === 0);
    expect(again.plans.push).not.toBeNull();
  });
});

describe('a part that only completes the person', () => {
  it.each([
    ['customer', /customers\/\d+$/u, 'city'],
    ['custom-values', /contactfields/u, null],
  ] as const)('%s: the gap is named, and what depends on it is not compared', async (part, path, field) => {
    const world = await createWorld();
    await world.connect();
    world.faults.add({ vendor: 'atera', path }, { kind: 'status', status: 403 });
    const { view } = await world.openTicket('main');
    expect(view.gaps).toMatchObject([{ part, error: { code: 'forbidden', vendor: 'atera' } }]);
    expect(view.match.status).toBe('one');
    if (field) expect(view.rows.map((row) => row.field)).not.toContain(field);
  });
});

describe('a credential that stopped working', () => {
  it('is the problem of its account, until it works again', async () => {
    const world = await createWorld();
    await world.connect();
    const handle = world.faults.add({ vendor: 'ghl' }, { kind: 'status', status: 401 });
    const { tabId } = await world.openTicket('main');
    const problemOf = async () =>
      (await world.send('getAccounts', {})).map(({ problem }) => problem?.code ?? null);
    await vi.waitFor(async () => expect((await problemOf()).sort()).toEqual([null, 'unauthorized']));
    handle.remove();
    await world.send('refreshView', { tabId });
    await world.shown(tabId, (shown) => world.settled(shown) && failed(shown) === 0);
    await vi.waitFor(async () => expect(await problemOf()).toEqual([null, null]));
  });
});

it('has a sentence for what happened, its cause and the next step, for every code', () => {
  for (const code of ERROR_CODES) {
    for (const part of ['what', 'cause', 'next']) {
      expect([code, part, messages[`error_${code}_${part}`]?.message ?? '']).toEqual([
        code,
        part,
        expect.stringMatching(/\w.*[.!?]$/u),
      ]);
    }
  }
});
