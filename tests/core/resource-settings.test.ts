import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VENDOR_NAMES, type VendorName } from '../../lib/core/contact.ts';
import { creationRows } from '../../lib/core/creation.ts';
import { diff } from '../../lib/core/diff.ts';
import { mappingFingerprint } from '../../lib/core/mapping-settings.ts';
import {
  directionsOf,
  isShown,
  limitMapping,
  lintResources,
  mayWrite,
  mergeResources,
  RESOURCE_NAMES,
  RESOURCES,
  type ResourceChange,
  type ResourceSetting,
  readSettings,
  shippedResources,
} from '../../lib/core/resource-settings.ts';
import { DEFAULT_MAPPING } from '../../lib/vendors/default-mapping.ts';
import { cases } from './cases.ts';

const withChange = (resource: ResourceSetting['resource'], change: Partial<ResourceSetting>) =>
  shippedResources().map((row) => (row.resource === resource ? { ...row, ...change } : row));
const anySetting = fc.record({
  resource: fc.constantFrom(...RESOURCE_NAMES),
  enabled: fc.boolean(),
  direction: fc.constantFrom('both' as const, 'to-ghl' as const, 'to-atera' as const, 'never' as const),
});

describe('what is possible', () => {
  it('has one row per kind, in the order in which they are named', () => {
    expect(RESOURCES.map(({ resource }) => resource)).toEqual(RESOURCE_NAMES);
  });

  it.each([
    ['contacts', ['both', 'to-ghl', 'to-atera', 'never']],
    ['companies', ['to-ghl', 'never']],
    ['tasks', ['to-ghl', 'never']],
    ['notes', ['to-ghl', 'never']],
    ['tags', ['both', 'to-ghl', 'to-atera', 'never']],
    ['appointments', ['never']],
    ['tickets', ['to-atera', 'never']],
    ['comments', ['to-atera', 'never']],
  ] as const)('%s: %j, the widest is shipped', (resource, directions) => {
    const row = RESOURCES.find((candidate) => candidate.resource === resource);
    expect(row && directionsOf(row)).toEqual(directions);
    expect(shippedResources().find((candidate) => candidate.resource === resource)).toEqual({
      resource,
      enabled: true,
      direction: directions[0],
    });
  });
});

describe('lintResources', () => {
  it('accepts what is shipped', () => {
    expect(lintResources(shippedResources())).toEqual([]);
  });

  it.each([
    ['tasks to Atera', withChange('tasks', { direction: 'to-atera' }), 'tasks'],
    ['appointments to GHL', withChange('appointments', { direction: 'to-ghl' }), 'appointments'],
    ['no contacts at all', withChange('contacts', { enabled: false }), 'contacts'],
    ['the same twice', [...shippedResources(), ...shippedResources().slice(2, 3)], 'tasks'],
    ['an unknown kind', [{ resource: 'deals', enabled: true, direction: 'never' }], 'deals'],
  ])('refuses %s', (_case, settings, wrong) => {
    expect(lintResources(settings as ResourceSetting[])).toEqual([wrong]);
  });
});

describe('readSettings', () => {
  it('is as shipped where nothing was stored', () => {
    expect(readSettings(undefined)).toEqual(shippedResources());
    expect(readSettings([])).toEqual(shippedResources());
  });

  it('gives back what may be stored', () => {
    fc.assert(
      fc.property(fc.uniqueArray(anySetting, { selector: ({ resource }) => resource }), (settings) => {
        fc.pre(lintResources(settings).length === 0);
        expect(readSettings(settings)).toEqual(
          shippedResources().map(
            (shipped) => settings.find(({ resource }) => resource === shipped.resource) ?? shipped,
          ),
        );
      }),
      cases(1000),
    );
  });

  it('closes what it cannot understand, and never throws', () => {
    const read = readSettings([
      { resource: 'tasks', enabled: 'yes', direction: 'everywhere' },
      { resource: 'notes', enabled: true, direction: 'to-atera' },
      { resource: 'tags', enabled: true, direction: 'both' },
      { resource: 'tags', enabled: true, direction: 'both' },
      { resource: 'contacts', enabled: false, direction: null },
      null,
      7,
    ]);
    const of = (name: string) => read.find(({ resource }) => resource === name);
    expect(of('tasks')).toMatchObject({ enabled: false, direction: 'never' });
    expect(of('notes')).toMatchObject({ enabled: true, direction: 'never' });
    expect(of('tags')).toMatchObject({ enabled: false, direction: 'never' });
    expect(of('contacts')).toMatchObject({ enabled: true, direction: 'never' });
    fc.assert(
      fc.property(fc.anything(), (stored) => {
        expect(readSettings(stored).map(({ resource }) => resource)).toEqual(RESOURCE_NAMES);
        expect(lintResources(readSettings(stored))).toEqual([]);
      }),
      cases(1000),
    );
  });
});

describe('mergeResources', () => {
  it.each<[string, ResourceChange[], ResourceSetting[]]>([
    ['no change', [], shippedResources()],
    ['one part of one row', [{ resource: 'tasks', enabled: false }], withChange('tasks', { enabled: false })],
    [
      'the other part of it',
      [{ resource: 'tags', direction: 'to-ghl' }],
      withChange('tags', { direction: 'to-ghl' }),
    ],
    [
      'a part that is not said',
      [{ resource: 'tags', enabled: undefined, direction: undefined }],
      shippedResources(),
    ],
    [
      'one row twice: the last word counts, part by part',
      [
        { resource: 'notes', enabled: false, direction: 'never' },
        { resource: 'notes', enabled: true },
      ],
      withChange('notes', { enabled: true, direction: 'never' }),
    ],
  ])('%s', (_, changes, expected) => {
    expect(mergeResources(shippedResources(), changes)).toEqual(expected);
  });

  it('adds no row, and leaves what it was given as it is', () => {
    const settings = shippedResources().slice(0, 2);
    expect(mergeResources(settings, [{ resource: 'comments', enabled: false }])).toEqual(settings);
    mergeResources(settings, [{ resource: 'contacts', direction: 'never' }]);
    expect(settings).toEqual(shippedResources().slice(0, 2));
  });
});

describe('mayWrite', () => {
  it('never lets write where the vendor has no such thing, nor what is not shown', () => {
    fc.assert(
      fc.property(fc.array(anySetting), (stored) => {
        const settings = readSettings(stored);
        for (const { resource, atera, ghl } of RESOURCES) {
          if (atera !== true) expect(mayWrite(settings, resource, 'atera')).toBe(false);
          if (ghl !== true) expect(mayWrite(settings, resource, 'ghl')).toBe(false);
          if (!isShown(settings, resource))
            expect(VENDOR_NAMES.some((vendor) => mayWrite(settings, resource, vendor))).toBe(false);
        }
      }),
      cases(1000),
    );
  });
});

describe('limitMapping', () => {
  const fields = (settings: ResourceSetting[]) => limitMapping(DEFAULT_MAPPING, settings);
  const rowOf = (settings: ResourceSetting[], name: string) =>
    fields(settings).find(({ field }) => field === name);

  it('changes nothing for what is shipped', () => {
    expect(fields(shippedResources())).toEqual(DEFAULT_MAPPING);
    expect(mappingFingerprint(fields(shippedResources()))).toBe(mappingFingerprint(DEFAULT_MAPPING));
  });

  it('closes one side of every field, and is another mapping for a plan', () => {
    const limited = fields(withChange('contacts', { direction: 'to-ghl' }));
    expect(limited.map(({ closed }) => closed)).toEqual(DEFAULT_MAPPING.map(() => ['atera']));
    expect(mappingFingerprint(limited)).not.toBe(mappingFingerprint(DEFAULT_MAPPING));
  });

  it('closes the company fields with companies, and drops them when those are off', () => {
    const closed = withChange('companies', { direction: 'never' });
    expect(rowOf(closed, 'city')?.closed).toEqual(['ghl']);
    expect(rowOf(closed, 'lastName')?.closed).toBeUndefined();
    const off = fields(withChange('companies', { enabled: false })).map(({ field }) => field);
    expect(off).not.toContain('company');
    expect(off).not.toContain('postalCode');
    expect(off).toContain('lastName');
  });

  it('is the reason beside the row', () => {
    const [row] = diff(
      { values: { Lastname: 'Whitfield' }, writable: { Lastname: true } },
      { values: { lastName: 'Whitfeld' }, writable: { lastName: true } },
      fields(withChange('contacts', { direction: 'to-ghl' })),
      { country: null },
    );
    expect(row).toMatchObject({
      field: 'lastName',
      toLeft: { can: false, reason: 'resource-direction' },
      toRight: { can: true, value: 'Whitfield' },
    });
  });
});

describe('every setting and every way to write', () => {
  const RECORD = {
    atera: { Firstname: 'Dana', Email: 'dana@smile.example', Phone: '+14155550137', CustomerName: 'Smile' },
    ghl: { firstName: 'Dan', email: 'dan@smile.example', phone: '+14155550138', companyName: 'Smile Inc' },
  };
  const able = (values: object): Record<string, true> =>
    Object.fromEntries(Object.keys(values).map((key) => [key, true]));
  const sideOf = (vendor: VendorName) => ({ values: RECORD[vendor], writable: able(RECORD[vendor]) });
  const US = { country: 'US' };
  /** Fields that a push or pull, and a creation, would write to this vendor. */
  const written = (settings: ResourceSetting[], vendor: VendorName): [string[], string[]] => {
    const both = DEFAULT_MAPPING.map((row) => ({ ...row, direction: 'both' as const }));
    const mapping = limitMapping(both, settings);
    const other = vendor === 'atera' ? 'ghl' : 'atera';
    const compared = diff(sideOf('atera'), sideOf('ghl'), mapping, US);
    const created = creationRows(sideOf(other), { vendor, creatable: able(RECORD[vendor]), mapping }, US);
    return [
      compared
        .filter(({ toLeft, toRight }) => (vendor === 'atera' ? toLeft : toRight).can)
        .map(({ field }) => field),
      created.filter(({ write }) => write.can).map(({ field }) => field),
    ];
  };
  const cases = (['contacts', 'companies'] as const).flatMap((name) =>
    ([true, false] as const).flatMap((enabled) =>
      (['both', 'to-ghl', 'to-atera', 'never'] as const).flatMap((direction) =>
        VENDOR_NAMES.map((vendor) => ({ name, enabled, direction, vendor })),
      ),
    ),
  );

  it.each(cases)('$name $enabled $direction, to $vendor', ({ name, enabled, direction, vendor }) => {
    const settings = withChange(name, { enabled, direction });
    const row = RESOURCES.find(({ resource }) => resource === name);
    const isHeld = row?.[vendor] === true && !mayWrite(settings, name, vendor);
    const isOff = !isShown(settings, name);
    const contact = ['firstName', 'email', 'phone'];
    const expected =
      name === 'contacts'
        ? isHeld || isOff
          ? []
          : [...contact, 'company']
        : isHeld || isOff
          ? contact
          : [...contact, 'company'];
    expect(written(settings, vendor).map((fields) => [...fields].sort())).toEqual([
      [...expected].sort(),
      [...expected].sort(),
    ]);
  });
});
