import { shippedResources } from '../../lib/core/resource-settings.ts';
import type { ErrorView } from '../../lib/errors.ts';
import type { CustomerView, PanelState } from '../../lib/panel-state.ts';
import {
  CANDIDATES,
  DAY,
  everySection,
  makeAccount,
  makeBlockedRow,
  makePerson,
  makeReceipt,
  makeRow,
  makeState,
  NOW,
  ROWS,
  SECTIONS,
  subjectState,
} from './panel-fixtures.ts';

const withheld = {
  ...everySection({ status: 'withheld' }),
  tickets: SECTIONS.tickets,
  comments: SECTIONS.comments,
};
const failure: ErrorView = {
  code: 'forbidden',
  vendor: 'ghl',
  operation: 'listTasks',
  scope: 'contacts.readonly',
  status: 401,
  vendorMessages: ['The token is not authorized for this scope.'],
};
const samples = [
  {
    subject: { vendor: 'atera', kind: 'ticket', id: '900001' },
    title: 'Printer offline again',
    personName: 'Dana Whitfield',
  },
  {
    subject: { vendor: 'atera', kind: 'ticket', id: '900002' },
    title: 'VPN drops',
    personName: 'يوسف الخطيب',
  },
] as const;

const COMPANY = {
  name: 'Bright Smile Dental',
  phone: '+1 415 555 0100',
  domain: 'brightsmile.example',
  address: '1 Market St, 94105, San Francisco, CA, US',
  url: 'https://app.atera.com/new/customer/311',
};

const AT_COMPANY = makePerson('atera', { customer: COMPANY });

const customerState = (change: Partial<CustomerView>, extra: Partial<PanelState> = {}): PanelState =>
  makeState(
    {
      kind: 'customer',
      view: {
        subject: { vendor: 'atera', kind: 'customer', id: '311' },
        version: 1,
        customer: { status: 'ready', value: COMPANY },
        people: {
          status: 'ready',
          value: [
            { id: '1048101', name: 'Dana Whitfield', email: 'dana@brightsmile.example', tickets: 2 },
            { id: '1048102', name: 'يوسف الخطيب', email: null, tickets: 1 },
          ],
        },
        tickets: SECTIONS.tickets,
        refreshing: false,
        ...change,
      },
    },
    extra,
  );

/** One state of each kind that the panel can be in. */
export const SCENES: Record<string, PanelState> = {
  differences: subjectState({
    person: { status: 'ready', value: makePerson('atera', { url: null }) },
    match: {
      status: 'linked',
      evidence: [{ kind: 'linked' }],
      counterpart: makePerson('ghl', { optOuts: ['SMS'] }),
    },
  }),
  verified: subjectState({
    match: {
      status: 'one',
      evidence: [{ kind: 'same-email' }, { kind: 'same-name' }],
      counterpart: makePerson('ghl'),
    },
    rows: ROWS.filter(({ status }) => status === 'same'),
    receipt: makeReceipt(['verified', 'verified']),
  }),
  running: subjectState({ receipt: makeReceipt(['accepted', 'sent', 'waiting'], { state: 'running' }) }),
  conflict: subjectState({
    receipt: makeReceipt(['changed-meanwhile', 'not-written'], { state: 'conflict' }),
  }),
  notStored: subjectState({ receipt: makeReceipt(['verified', 'not-stored']) }),
  refused: subjectState({ receipt: makeReceipt(['not-written'], { state: 'refused' }) }),
  failed: subjectState({
    receipt: makeReceipt(['not-written'], {
      state: 'failed',
      error: {
        code: 'rejected',
        vendor: 'ghl',
        status: 422,
        vendorMessages: ['phone must be a valid phone number'],
      },
    }),
  }),
  unknown: subjectState({
    receipt: makeReceipt(['unknown'], { state: 'unknown', error: { code: 'timeout', vendor: 'ghl' } }),
  }),
  several: subjectState({
    match: { status: 'several', candidates: CANDIDATES },
    rows: [],
    planId: null,
    sections: withheld,
  }),
  rejected: subjectState({
    match: { status: 'none', rejected: 1 },
    rows: [],
    planId: null,
    sections: withheld,
  }),
  none: subjectState({ match: { status: 'none' }, rows: [], planId: null, sections: withheld }),
  searching: subjectState({
    match: { status: 'loading' },
    rows: [],
    planId: null,
    sections: everySection({ status: 'loading' }),
    asOf: { atera: NOW, ghl: null },
    refreshing: true,
  }),
  opening: subjectState({
    headline: null,
    person: { status: 'loading' },
    match: { status: 'loading' },
    rows: [],
    planId: null,
    sections: everySection({ status: 'loading' }),
    asOf: { atera: null, ghl: null },
  }),
  matchFailed: subjectState({
    match: {
      status: 'failed',
      error: { code: 'rate_limited', vendor: 'ghl', retryAfterMs: 42_000, status: 429 },
    },
    rows: [],
    planId: null,
    sections: { ...withheld, tickets: { status: 'failed', error: failure } },
  }),
  personFailed: subjectState({
    person: { status: 'failed', error: { code: 'unauthorized', vendor: 'atera', status: 401 } },
    match: { status: 'loading' },
    rows: [],
    planId: null,
    sections: withheld,
  }),
  gaps: subjectState({
    gaps: [{ part: 'customer', error: { code: 'forbidden', vendor: 'atera', status: 403 } }],
  }),
  sectionFailed: subjectState({ sections: { ...SECTIONS, tasks: { status: 'failed', error: failure } } }),
  empty: subjectState({ sections: everySection({ status: 'ready', items: [], window: null }) }),
  longAndArabic: subjectState({
    person: {
      status: 'ready',
      value: makePerson('atera', {
        name: 'يوسف بن عبد الرحمن الخطيب',
        email: `${'very-long-mailbox-name.'.repeat(4)}@department.of.long.names.example`,
        company: 'شركة الأفق للحلول التقنية',
        archived: true,
      }),
    },
    match: {
      status: 'linked',
      evidence: [{ kind: 'linked' }],
      counterpart: makePerson('ghl', { optOuts: ['SMS', 'Email', 'Call'] }),
    },
    rows: [
      makeRow('lastName', 'الخطيب', 'Al-Khatib'),
      makeRow('company', 'x'.repeat(400), 'A company name that goes on and on, Holding GmbH & Co. KG'),
      makeRow('city', null, 'Oslo', { can: true, value: null }),
      makeBlockedRow('address1', 'atera-customer-address'),
      makeBlockedRow('jobTitle', 'custom-fields-unreadable'),
    ],
  }),
  suggested: subjectState({
    subject: { vendor: 'ghl', kind: 'conversation', id: 'c0ffee' },
    headline: { number: '', title: 'Dana Whitfield' },
    person: { status: 'ready', value: makePerson('ghl') },
    match: { status: 'linked', evidence: [{ kind: 'linked' }], counterpart: makePerson('atera') },
    pushTarget: 'atera',
    suggested: true,
    rows: [
      {
        ...makeRow('phone', '+1 415 555 0137', '+1 415 555 0199'),
        toLeft: { can: true, value: '+1 415 555 0199' },
      },
    ],
  }),
  pull: subjectState({
    subject: { vendor: 'ghl', kind: 'contact', id: 'c0ffee' },
    headline: { number: 'c0ffee', title: '' },
    person: { status: 'ready', value: makePerson('ghl') },
    match: { status: 'linked', evidence: [{ kind: 'linked' }], counterpart: makePerson('atera') },
    pushTarget: 'atera',
    rows: [
      {
        ...makeRow('phone', '+1 415 555 0137', '+1 415 555 0199'),
        toLeft: { can: true, value: '+1 415 555 0199' },
      },
      {
        ...makeRow('email', 'dana@a.example', 'dana@b.example'),
        toLeft: { can: false, reason: 'atera-email-read-only' },
      },
    ],
  }),
  noAccess: makeState({ kind: 'no-access', origins: ['https://app.atera.com/*'] }),
  foreignPage: makeState({ kind: 'no-access', origins: [] }),
  notConnected: makeState({ kind: 'not-connected', missing: ['atera', 'ghl'] }, { accounts: [] }),
  halfConnected: makeState(
    { kind: 'not-connected', missing: ['ghl'] },
    { accounts: [makeAccount('atera', { expiresAt: NOW + 20 * DAY })] },
  ),
  nothing: makeState({ kind: 'nothing', samples: [] }),
  samples: makeState(
    { kind: 'nothing', samples: [...samples] },
    {
      accounts: [
        makeAccount('atera', { kind: 'sample', id: 'sample-atera' }),
        makeAccount('ghl', { kind: 'sample', id: 'sample-ghl' }),
      ],
    },
  ),
  wrongLocation: makeState({
    kind: 'wrong-location',
    pageLocationId: 've9EPM428h8vShlRW1KT',
    accountLocationId: 'Kq3nPa61w0BzLmTR55xd',
  }),
  customer: customerState({}),
  customerLoading: customerState({
    customer: { status: 'loading' },
    people: { status: 'loading' },
    tickets: { status: 'loading' },
    refreshing: true,
  }),
  customerEmpty: customerState({
    customer: {
      status: 'ready',
      value: { ...COMPANY, phone: null, domain: null, address: null },
    },
    people: { status: 'ready', value: [] },
    tickets: { status: 'ready', items: [], window: { seen: 0, total: 0 } },
  }),
  customerFailed: customerState({
    customer: {
      status: 'failed',
      error: {
        code: 'forbidden',
        vendor: 'atera',
        operation: 'getCustomer',
        scope: 'Customers: Read',
        status: 403,
      },
    },
    people: { status: 'failed', error: { code: 'network', vendor: 'atera', operation: 'listTickets' } },
    tickets: { status: 'failed', error: { code: 'network', vendor: 'atera', operation: 'listTickets' } },
  }),
  unmarked: makeState({ kind: 'unmarked', id: '1048101', template: '/new/contact/{id}' }),
  marked: customerState({}, { template: '/new/firm/{id}' }),
  switchedOff: subjectState({
    sections: { ...SECTIONS, notes: { status: 'off' }, appointments: { status: 'off' } },
  }),
  allSwitchedOff: subjectState({ sections: everySection({ status: 'off' }) }),
  readOnly: subjectState(
    {},
    { resources: shippedResources().map((row) => ({ ...row, direction: 'never' as const })) },
  ),
  customerOff: customerState({
    customer: { status: 'off' },
    people: { status: 'off' },
    tickets: { status: 'off' },
  }),
  gone: makeState({ kind: 'gone' }),
  company: subjectState({
    person: { status: 'ready', value: AT_COMPANY },
    match: {
      status: 'linked',
      evidence: [{ kind: 'linked' }],
      counterpart: makePerson('ghl', {
        company: 'Bright Smile',
        isInBusiness: true,
        optOuts: ['SMS', 'all', 'Fax'],
      }),
    },
  }),
};
