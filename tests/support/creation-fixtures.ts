import type { CreationPreview, CreationResult, PanelState, SubjectView } from '../../lib/panel-state.ts';
import { makePerson, subjectState } from './panel-fixtures.ts';

/** Somebody without a counterpart, seen from either side. */
export const strangerState = (
  vendor: 'atera' | 'ghl' = 'atera',
  extra: Partial<SubjectView> = {},
): PanelState =>
  subjectState({
    ...(vendor === 'ghl' ? { subject: { vendor, kind: 'contact', id: 'c0ffee' }, pushTarget: 'atera' } : {}),
    person: { status: 'ready', value: makePerson(vendor) },
    match: { status: 'none' },
    rows: [],
    plans: { push: null, pull: null, sync: null },
    ...extra,
  });

export const makePreview = (extra: Partial<CreationPreview> = {}): CreationPreview => ({
  planId: 'creation-1',
  vendor: 'ghl',
  personName: 'Dana Whitfield',
  rows: [
    { field: 'firstName', source: 'Dana', write: { can: true, value: 'Dana' }, required: false },
    {
      field: 'email',
      source: 'dana@brightsmile.example',
      write: { can: true, value: 'dana@brightsmile.example' },
      required: false,
    },
    { field: 'mobile', source: null, write: { can: false, reason: 'source-empty' }, required: false },
  ],
  problem: null,
  companies: null,
  earlier: null,
  ...extra,
});

export const COMPANIES = [
  { id: '1', name: 'Bright Smile Dental' },
  { id: '2', name: 'Bright Side Accounting' },
  ...Array.from({ length: 12 }, (_, index) => ({ id: `9${index}`, name: `Northwind ${index}` })),
];

/** The same towards Atera, which wants an address and a company. */
export const makeAteraPreview = (extra: Partial<CreationPreview> = {}): CreationPreview => {
  const { rows } = makePreview();
  return makePreview({
    vendor: 'atera',
    rows: rows.map((row) => ({ ...row, required: row.field === 'email' })),
    companies: {
      status: 'ready',
      candidates: [{ id: '1', name: 'Bright Smile Dental', signs: ['domain', 'name'] }],
      all: COMPANIES,
      total: COMPANIES.length,
    },
    ...extra,
  });
};

export const makeResult = (extra: Partial<CreationResult> = {}): CreationResult => ({
  id: 'creation-1',
  at: 0,
  vendor: 'ghl',
  personName: 'Dana Whitfield',
  state: 'created',
  isLinked: true,
  created: makePerson('ghl'),
  fields: [
    { field: 'firstName', sent: 'Dana', found: 'Dana', stored: true },
    { field: 'email', sent: 'dana@brightsmile.example', found: 'dana@brightsmile.example', stored: true },
  ],
  people: [],
  error: null,
  ...extra,
});
