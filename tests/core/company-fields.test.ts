import { describe, expect, it } from 'vitest';
import type { CreationRow } from '../../lib/core/creation.ts';
import { companyProblem, creationRows, creationValues } from '../../lib/core/creation.ts';
import type { Mapping } from '../../lib/core/mapping.ts';
import type { ResourceSetting } from '../../lib/core/resource-settings.ts';
import { limitCompanyMapping, shippedResources } from '../../lib/core/resource-settings.ts';
import { sameValue, TRANSFORMS } from '../../lib/core/transform.ts';

const CONTEXT = { country: 'US' };
const MAPPING: Mapping = [
  {
    field: 'company',
    atera: 'CustomerName',
    ghl: 'name',
    direction: 'both',
    empty: 'skip',
    transform: 'text',
  },
  { field: 'city', atera: 'City', ghl: 'city', direction: 'both', empty: 'skip', transform: 'text' },
];
const rowsOf = (values: Record<string, string | null>, mapping = MAPPING): CreationRow[] =>
  creationRows(
    { values, writable: {} },
    { vendor: 'ghl', creatable: { name: true, city: true }, mapping, needs: 'company' },
    CONTEXT,
  );

describe('a company to create', () => {
  it('needs its name and nothing else', () => {
    const rows = rowsOf({ CustomerName: 'Kestrel', City: 'Oslo' });
    expect(rows.map(({ field, required }) => [field, required])).toEqual([
      ['company', true],
      ['city', false],
    ]);
    const towards = { vendor: 'ghl', mapping: MAPPING } as const;
    expect(creationValues(rows, ['city'], towards)).toBeNull();
    expect(creationValues(rows, ['company'], towards)).toMatchObject([{ key: 'name', value: 'Kestrel' }]);
  });

  it.each<[string, CreationRow[], string | null]>([
    ['with a name', rowsOf({ CustomerName: 'Kestrel' }), null],
    ['without one', rowsOf({ CustomerName: null }), 'no-name'],
    [
      'where companies are only read',
      rowsOf({ CustomerName: 'Kestrel' }, [{ ...(MAPPING[0] as Mapping[number]), closed: ['ghl'] }]),
      'read-only',
    ],
    ['where companies are switched off', [], 'read-only'],
    [
      'where the rules keep the name back',
      rowsOf({ CustomerName: 'Kestrel' }, [{ ...(MAPPING[0] as Mapping[number]), direction: 'to-atera' }]),
      'name-rule',
    ],
    ['where the rules leave the name out', rowsOf({ City: 'Oslo' }, MAPPING.slice(1)), 'name-rule'],
  ])('%s', (_case, rows, problem) => {
    expect(companyProblem(rows)).toBe(problem);
  });
});

describe('the mapping of companies', () => {
  const withSetting = (change: Partial<ResourceSetting>): ResourceSetting[] =>
    shippedResources().map((row) => (row.resource === 'companies' ? { ...row, ...change } : row));

  it('is as shipped, closed where they are only read, and gone where they are off', () => {
    expect(limitCompanyMapping(MAPPING, shippedResources())).toBe(MAPPING);
    const closed = limitCompanyMapping(MAPPING, withSetting({ direction: 'to-ghl' }));
    expect(closed.map((row) => row.closed)).toEqual([['atera'], ['atera']]);
    expect(limitCompanyMapping(MAPPING, withSetting({ enabled: false }))).toEqual([]);
  });
});

describe('a domain', () => {
  it('is the first of several, however it is written', () => {
    expect(sameValue('domain', 'a.example; b.example', 'https://www.A.example/about', CONTEXT)).toBe(true);
    expect(sameValue('domain', 'b.example', 'a.example; b.example', CONTEXT)).toBe(false);
    expect(TRANSFORMS.domain.normalize(null, CONTEXT)).toBeNull();
    expect(TRANSFORMS.domain.toTarget('a.example, b.example', CONTEXT)).toBe('a.example');
  });

  it('is not written where it would be read as another one, or as none', () => {
    expect(TRANSFORMS.domain.toTarget('x@y@z.example', CONTEXT)).toBeNull();
    expect(TRANSFORMS.domain.toTarget(' ; ', CONTEXT)).toBeNull();
  });
});
