import { describe, expect, it } from 'vitest';
import type { FieldName } from '../../lib/core/contact.ts';
import type { ResourceName, ResourceSetting } from '../../lib/core/resource-settings.ts';
import { createWorld, type World } from '../support/world.ts';

const FIELDS: FieldName[] = ['firstName', 'lastName', 'email'];
const COMPANY = ['company', 'address1', 'city', 'state', 'postalCode', 'country'];

async function change(world: World, resource: ResourceName, to: Partial<ResourceSetting>): Promise<void> {
  const rows = (await world.send('getResources', {})) ?? [];
  const [row] = rows.filter((one) => one.resource === resource);
  if (!row) throw new Error(`No ${resource}`);
  const changed = { ...row, ...to };
  await world.send('setResources', { rows: rows.map((one) => (one === row ? changed : one)) });
}

/** A ticket whose requester nobody knows in GHL, under these settings. */
async function stranger(set: (world: World) => Promise<void> = async () => undefined) {
  const world = await createWorld();
  await world.connect();
  await set(world);
  const { tabId, view } = await world.openTicket('none');
  if (view.person.status !== 'ready') throw new Error('No person');
  const shown = { target: { tabId }, version: view.version, person: view.person.value.ref };
  world.sandbox.log.length = 0;
  return {
    world,
    shown,
    preview: () => world.send('previewCreate', shown),
    create: (planId: string | null) =>
      world.send('createCounterpart', { target: { tabId }, planId: planId ?? 'none', fields: FIELDS }),
  };
}

describe('a creation under the settings of what is written', () => {
  it('gives no company fields where companies are only read, and says why', async () => {
    const { world, preview, create } = await stranger((fresh) =>
      change(fresh, 'companies', { direction: 'never' }),
    );
    const { planId, rows } = await preview();
    const company = rows.filter(({ field }) => COMPANY.includes(field));
    expect(company.map(({ write }) => write)).toEqual(
      COMPANY.map(() => ({ can: false, reason: 'resource-direction' })),
    );
    expect((await create(planId)).state).toBe('created');
    expect(world.writes().map(({ body }) => Object.keys(body as object))).toEqual([
      expect.not.arrayContaining(['companyName', 'city']),
    ]);
  });

  it('is not offered where contacts are not written', async () => {
    const { world, preview } = await stranger((fresh) =>
      change(fresh, 'contacts', { direction: 'to-atera' }),
    );
    const { planId, problem, rows } = await preview();
    expect({ planId, problem }).toEqual({ planId: null, problem: 'read-only' });
    expect(rows.filter(({ write }) => write.can)).toEqual([]);
    expect(world.writes()).toEqual([]);
  });

  it('reads no customer where companies are switched off, not for the press either', async () => {
    const { world, preview, create } = await stranger((fresh) =>
      change(fresh, 'companies', { enabled: false }),
    );
    const { planId, rows } = await preview();
    expect(rows.map(({ field }) => field)).toEqual(expect.not.arrayContaining(COMPANY));
    expect((await create(planId)).state).toBe('created');
    expect(world.sandbox.log.filter(({ path }) => path.includes('/customers'))).toEqual([]);
  });
});

describe('right before the request, after everything was read', () => {
  const meanwhile: [string, string, (world: World, shown: Shown) => Promise<unknown>][] = [
    [
      'contacts are not written any more',
      'switched_off',
      (w) => change(w, 'contacts', { direction: 'never' }),
    ],
    [
      'another field rule holds',
      'plan_expired',
      (w) =>
        w.send('setMapping', {
          rows: [{ field: 'jobTitle', enabled: false, direction: 'both', empty: 'skip' }],
        }),
    ],
    [
      'the agent linked somebody',
      'plan_expired',
      (w, shown) => {
        const { id } = w.ghlContact('main');
        const accountId = w.sandbox.ghl.locationId;
        return w.send('linkCounterpart', {
          ...shown,
          counterpart: { vendor: 'ghl', accountId, kind: 'contact', id },
        });
      },
    ],
  ];
  it.each(meanwhile)('nothing is created when %s', async (_case, code, act) => {
    const { world, shown, preview, create } = await stranger();
    const { planId } = await preview();
    const hold = world.faults.add({ path: '/search/duplicate' }, { kind: 'hold', when: 'before' });
    const creating = create(planId);
    await hold.arrived;
    await act(world, shown);
    hold.release();
    expect(await creating).toMatchObject({ state: 'failed', error: { code } });
    expect(world.writes()).toEqual([]);
    expect(world.bugs).toEqual([]);
  });
});

type Shown = Awaited<ReturnType<typeof stranger>>['shown'];
