import { describe, expect, it } from 'vitest';
import {
  type CreationRow,
  creationProblem,
  creationRows,
  creationValues,
  sameSource,
  verifyCreation,
} from '../../lib/core/creation.ts';
import type { RecordFields } from '../../lib/core/diff.ts';
import { makeRow } from './people.ts';

const US = { country: 'US' };
const MAPPING = [
  makeRow({ field: 'firstName', atera: 'Firstname', ghl: 'firstName' }),
  makeRow({ field: 'email', atera: 'Email', ghl: 'email', transform: 'email' }),
  makeRow({ field: 'phone', atera: 'Phone', ghl: 'phone', transform: 'phone' }),
  makeRow({ field: 'company', atera: 'CustomerName', ghl: 'companyName', direction: 'to-ghl' }),
];
const ATERA = {
  vendor: 'atera',
  mapping: MAPPING,
  creatable: { Firstname: true, Email: true, Phone: true, CustomerName: 'atera-company-chosen' },
} as const;
const GHL = {
  vendor: 'ghl',
  mapping: MAPPING,
  creatable: { firstName: true, email: true, phone: true, companyName: true },
} as const;
const record = (values: RecordFields['values']): RecordFields => ({ values, writable: {} });
const HANK = record({
  Firstname: ' Hank ',
  Email: 'hank@kestrel.example',
  Phone: '(503) 555-0114',
  CustomerName: 'Kestrel',
});
const rows = (fields: RecordFields, towards: typeof ATERA | typeof GHL = GHL): CreationRow[] =>
  creationRows(fields, towards, US);
const writes = (list: CreationRow[]) =>
  Object.fromEntries(list.map(({ field, write }) => [field, write.can ? write.value : write.reason]));

describe('rows of a creation', () => {
  it('hold the value as it would be written, the company too where the vendor takes it', () => {
    expect(writes(rows(HANK))).toEqual({
      firstName: 'Hank',
      email: 'hank@kestrel.example',
      phone: '+15035550114',
      company: 'Kestrel',
    });
  });

  it.each([
    ['an empty source', { Phone: null }, 'source-empty'],
    ['nothing but white space', { Phone: ' \u200b ' }, 'source-empty'],
    ['no number', { Phone: 'ask Bob' }, 'value-invalid'],
  ])('say why %s is left out', (_case, values, reason) => {
    expect(writes(rows(record({ ...HANK.values, ...values }))).phone).toBe(reason);
  });

  it('leave out what was not read, and never write against the direction of a row or what the vendor refuses', () => {
    expect(rows(record({ Firstname: 'Hank' })).map(({ field }) => field)).toEqual(['firstName']);
    const back = record({ firstName: 'Hank', email: 'a@b.example', companyName: 'Kestrel' });
    expect(writes(rows(back, ATERA))).toEqual({
      firstName: 'Hank',
      email: 'a@b.example',
      company: 'atera-company-chosen',
    });
    expect(writes(creationRows(HANK, { ...GHL, creatable: { email: true } }, US))).toMatchObject({
      email: 'hank@kestrel.example',
      phone: 'vendor-read-only',
    });
    const never = MAPPING.map((row) => ({ ...row, direction: 'to-atera' as const }));
    expect(new Set(Object.values(writes(creationRows(HANK, { ...GHL, mapping: never }, US))))).toEqual(
      new Set(['mapping-direction']),
    );
  });
});

describe('what nobody can be created without', () => {
  it.each([
    ['no address', { email: null }, 'no-email'],
    ['an address that is none', { email: 'front desk' }, 'email-invalid'],
  ] as const)('Atera: %s', (_case, values, problem) => {
    const source = record({ firstName: 'R', phone: '+15105550187', ...values });
    expect(creationProblem(rows(source, ATERA), 'atera')).toBe(problem);
  });

  it('Atera: an address that the field rules keep back', () => {
    const source = record({ firstName: 'R', email: 'r@t.example' });
    const off = MAPPING.filter(({ field }) => field !== 'email');
    expect(creationProblem(creationRows(source, { ...ATERA, mapping: off }, US), 'atera')).toBe('email-rule');
    const away = MAPPING.map((row) => ({ ...row, direction: 'to-ghl' as const }));
    expect(creationProblem(creationRows(source, { ...ATERA, mapping: away }, US), 'atera')).toBe(
      'email-rule',
    );
    expect(creationProblem(rows(source, ATERA), 'atera')).toBeNull();
  });

  it.each<[string, 'email' | 'phone' | 'firstName', 'atera' | 'ghl', ReturnType<typeof creationProblem>]>([
    ['the address', 'email', 'ghl', 'read-only'],
    ['the number', 'phone', 'ghl', 'read-only'],
    ['the name alone', 'firstName', 'ghl', null],
    ['the address at the other vendor', 'email', 'atera', null],
  ])('where the pair writes no contacts, nobody is created: %s', (_case, name, closed, problem) => {
    const mapping = MAPPING.map((row) => (row.field === name ? { ...row, closed: [closed] } : row));
    expect(creationProblem(creationRows(HANK, { ...GHL, mapping }, US), 'ghl')).toBe(problem);
  });

  it('GHL: an address or a number, so that a double can be seen', () => {
    expect(creationProblem(rows(record({ ...HANK.values, Email: null })), 'ghl')).toBeNull();
    expect(creationProblem(rows(record({ ...HANK.values, Email: null, Phone: '12' })), 'ghl')).toBe(
      'no-reach',
    );
  });
});

describe('values of a creation', () => {
  it('are those of the chosen fields alone', () => {
    expect(creationValues(rows(HANK), ['email', 'company'], GHL)).toEqual([
      { field: 'email', transform: 'email', key: 'email', value: 'hank@kestrel.example' },
      { field: 'company', transform: 'text', key: 'companyName', value: 'Kestrel' },
    ]);
  });

  it.each([
    ['a field that may not be written', record({ ...HANK.values, Firstname: null }), ['email', 'firstName']],
    ['a field that is not there', HANK, ['email', 'city']],
    ['neither address nor number', HANK, ['firstName']],
    ['nothing', HANK, []],
  ] as const)('are refused with %s', (_case, source, fields) => {
    expect(creationValues(rows(source), fields, GHL)).toBeNull();
  });

  it('are refused for Atera without the address', () => {
    const source = record({ firstName: 'R', email: 'r@t.example', phone: '+15105550187' });
    expect(creationValues(rows(source, ATERA), ['firstName', 'phone'], ATERA)).toBeNull();
    expect(creationValues(rows(source, ATERA), ['email'], ATERA)).toHaveLength(1);
  });

  it('are compared with what was stored, spelling aside', () => {
    const values = creationValues(rows(HANK), ['firstName', 'email', 'phone'], GHL) ?? [];
    const stored = record({ firstName: 'Hank', email: 'Hank@Kestrel.example', phone: '+1 503-555-0114' });
    expect(verifyCreation(values, stored, US).map((field) => field.stored)).toEqual([true, true, true]);
    const ignored = verifyCreation(values, record({ firstName: 'Hank' }), US);
    expect(ignored.filter((field) => !field.stored).map(({ field }) => field)).toEqual(['email', 'phone']);
  });

  it('belong to a source that has not changed', () => {
    expect(sameSource(rows(HANK), rows(HANK))).toBe(true);
    expect(sameSource(rows(HANK), rows(record({ ...HANK.values, Firstname: 'Hanna' })))).toBe(false);
    expect(sameSource(rows(HANK), rows(record({ Firstname: 'Hank' })))).toBe(false);
  });
});
