import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FIELD_NAMES } from '../../lib/core/contact.ts';
import {
  type Abilities,
  allowedDirections,
  applySettings,
  type FieldSetting,
  lintSettings,
  mappingFingerprint,
  mergeSettings,
  shippedSettings,
} from '../../lib/core/mapping-settings.ts';
import { abilitiesOf } from '../../lib/services/mappings.ts';
import { DEFAULT_MAPPING } from '../../lib/vendors/default-mapping.ts';
import { cases } from './cases.ts';

const setting = (change: Partial<FieldSetting>): FieldSetting => ({
  field: 'lastName',
  enabled: true,
  direction: 'both',
  empty: 'skip',
  ...change,
});
const lint = (...settings: FieldSetting[]) => lintSettings(DEFAULT_MAPPING, settings, abilitiesOf);
const anySetting: fc.Arbitrary<FieldSetting> = fc.record({
  field: fc.constantFrom(...FIELD_NAMES),
  enabled: fc.boolean(),
  direction: fc.constantFrom('both', 'to-ghl', 'to-atera', 'never'),
  empty: fc.constantFrom('skip', 'clear', 'fill-only'),
});
const anySettings = fc.uniqueArray(anySetting, { selector: ({ field }) => field });

describe('lintSettings', () => {
  it('accepts what is shipped', () => {
    expect(lint(...shippedSettings(DEFAULT_MAPPING))).toEqual([]);
  });

  it.each([
    ['company to Atera', setting({ field: 'company', direction: 'to-atera' }), 'direction'],
    ['company both ways', setting({ field: 'company', direction: 'both' }), 'direction'],
    ['the address to Atera', setting({ field: 'city', direction: 'both', empty: 'fill-only' }), 'direction'],
    ['e-mail only to Atera', setting({ field: 'email', direction: 'to-atera' }), 'direction'],
    ['clearing', setting({ empty: 'clear' }), 'empty-rule'],
    ['a field that is not paired', setting({ field: 'timeZone' as FieldSetting['field'] }), 'unknown-field'],
  ])('refuses %s', (_case, refused, problem) => {
    expect(lint(refused)).toEqual([{ field: refused.field, problem }]);
  });

  it('refuses the same field twice', () => {
    expect(lint(setting({}), setting({ enabled: false }))).toEqual([
      { field: 'lastName', problem: 'duplicate' },
    ]);
  });

  it.each([
    ['company', ['to-ghl', 'never']],
    ['email', ['both', 'to-ghl', 'never']],
    ['lastName', ['both', 'to-ghl', 'to-atera', 'never']],
  ])('offers for %s: %j', (field, directions) => {
    const row = DEFAULT_MAPPING.find((candidate) => candidate.field === field);
    const abilities: Abilities = row ? abilitiesOf(row) : { atera: true, ghl: true };
    expect(row && allowedDirections(row, abilities)).toEqual(directions);
  });

  it('lets no setting pass that asks for clearing, or for writing what a vendor never takes', () => {
    fc.assert(
      fc.property(anySettings, (settings) => {
        const passed = settings.filter((candidate) => lint(candidate).length === 0);
        for (const row of applySettings(DEFAULT_MAPPING, passed)) {
          const shipped = DEFAULT_MAPPING.find(({ field }) => field === row.field);
          expect(row.empty).not.toBe('clear');
          if (row.direction === 'to-atera') expect(abilitiesOf(row).atera).toBe(true);
          if (row.direction === 'both' && shipped?.direction !== 'both')
            expect(abilitiesOf(row)).toEqual({ atera: true, ghl: true });
        }
      }),
      cases(1000),
    );
  });
});

describe('applySettings', () => {
  it('is the shipped mapping for shipped settings, and for none', () => {
    expect(applySettings(DEFAULT_MAPPING, [])).toEqual(DEFAULT_MAPPING);
    expect(applySettings(DEFAULT_MAPPING, shippedSettings(DEFAULT_MAPPING))).toEqual(DEFAULT_MAPPING);
  });

  it('never changes keys, transforms or order, and drops exactly what is off', () => {
    fc.assert(
      fc.property(anySettings, (settings) => {
        const off = settings.filter(({ enabled }) => !enabled).map(({ field }) => field);
        const fixed = ({ field, atera, ghl, transform }: (typeof DEFAULT_MAPPING)[number]) => [
          field,
          atera,
          ghl,
          transform,
        ];
        expect(applySettings(DEFAULT_MAPPING, settings).map(fixed)).toEqual(
          DEFAULT_MAPPING.filter(({ field }) => !off.includes(field)).map(fixed),
        );
      }),
      cases(1000),
    );
  });

  it('has the same fingerprint exactly when it is the same mapping', () => {
    fc.assert(
      fc.property(anySettings, anySettings, (a, b) => {
        const [left, right] = [applySettings(DEFAULT_MAPPING, a), applySettings(DEFAULT_MAPPING, b)];
        const isSame = JSON.stringify(left) === JSON.stringify(right);
        expect(mappingFingerprint(left) === mappingFingerprint(right)).toBe(isSame);
      }),
      cases(1000),
    );
  });
});

describe('mergeSettings', () => {
  const city = setting({ field: 'city', direction: 'never', empty: 'fill-only', enabled: false });
  const shippedCity = shippedSettings(DEFAULT_MAPPING).find(({ field }) => field === 'city');

  it('changes what it is told to of what is stored, and nothing else of that row', () => {
    expect(mergeSettings(DEFAULT_MAPPING, [city], [{ field: 'city', direction: 'to-ghl' }])).toEqual([
      { ...city, direction: 'to-ghl' },
    ]);
    expect(mergeSettings(DEFAULT_MAPPING, [city], [{ field: 'city', empty: 'skip' }])).toEqual([
      { ...city, empty: 'skip' },
    ]);
    expect(mergeSettings(DEFAULT_MAPPING, [city], [{ field: 'city', enabled: true }])).toEqual([
      { ...city, enabled: true },
    ]);
    expect(mergeSettings(DEFAULT_MAPPING, [city], [{ field: 'city' }])).toEqual([city]);
  });

  it('starts from the shipped row where nothing is stored, and keeps what is stored of others', () => {
    expect(mergeSettings(DEFAULT_MAPPING, [], [{ field: 'city', enabled: false }])).toEqual([
      { ...shippedCity, enabled: false },
    ]);
    const lastName = setting({ direction: 'to-ghl' });
    expect(mergeSettings(DEFAULT_MAPPING, [city, lastName], [{ field: 'lastName', enabled: false }])).toEqual(
      [{ ...lastName, enabled: false }, city],
    );
  });

  it('takes changes of one row one after the other', () => {
    const changes = [
      { field: 'city', direction: 'never' },
      { field: 'city', enabled: false },
    ] as const;
    expect(mergeSettings(DEFAULT_MAPPING, [], changes)).toEqual([
      { ...shippedCity, direction: 'never', enabled: false },
    ]);
  });

  it('leaves out what is no row, and says nothing where nothing is said', () => {
    expect(mergeSettings(DEFAULT_MAPPING, [], [])).toEqual([]);
    const unpaired = DEFAULT_MAPPING.filter(({ field }) => field !== 'city');
    expect(mergeSettings(unpaired, [], [{ field: 'city', enabled: true }])).toEqual([]);
  });
});

it('a fingerprint tells where a vendor is closed', () => {
  const [row] = DEFAULT_MAPPING;
  const open = row ? [row] : [];
  const closed = open.map((one) => ({ ...one, closed: ['ghl' as const] }));
  expect(open).toHaveLength(1);
  expect(mappingFingerprint(closed)).not.toBe(mappingFingerprint(open));
});
