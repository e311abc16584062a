import { shippedResources } from '../../lib/core/resource-settings.ts';
import type { ErrorView } from '../../lib/errors.ts';
import type { CompanyPerson, CompanyView, PanelState } from '../../lib/panel-state.ts';
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
  NO_PLANS,
  NOW,
  PULL_ROWS,
  ROWS,
  SECTIONS,
  subjectState,
} from './panel-fixtures.ts';
import { REGISTRY_SCENES } from './registry-scenes.ts';

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

const companyPerson = (
  id: string,
  name: string,
  email: string | null,
  tickets: number | null,
): CompanyPerson => ({
  subject: { vendor: 'atera', kind: 'contact', id },
  person: {
    ...makePerson('atera', { name, email, phone: null, company: null, url: null }),
    ref: { vendor: 'atera', accountId: 'atera-1', kind: 'contact', id },
  },
  title: null,
  tickets,
});

const AT_COMPANY = makePerson('atera', { customer: COMPANY });

const companyState = (change: Partial<CompanyView>, extra: Partial<PanelState> = {}): PanelState =>
  makeState(
    {
      kind: 'company',
      view: {
        subject: { vendor: 'atera', kind: 'customer', id: '311' },
        version: 1,
        device: null,
        company: { status: 'ready', value: COMPANY },
        window: { seen: 50, total: 1312 },
        people: {
          status: 'ready',
          value: [
            companyPerson('1048101', 'Dana Whitfield', 'dana@brightsmile.example', 2),
            companyPerson('1048102', 'يوسف الخطيب', null, 1),
          ],
        },
        tickets: SECTIONS.tickets,
        refreshing: false,
        ...change,
      },
    },
    extra,
  );

const DEVICE = { vendor: 'atera', kind: 'agent', id: '5f1c0a2b-9d3e-4b7a-8c61-0e2f4d6a8b9c' } as const;
const MEMBER: CompanyPerson = {
  subject: { vendor: 'ghl', kind: 'contact', id: 'c0ffee', locationId: 'ghl-1' },
  person: makePerson('ghl', { company: null }),
  title: null,
  tickets: null,
};

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
  bothRefused: subjectState({
    receipt: makeReceipt(['not-written', 'not-written'], {
      state: 'failed',
      isSync: true,
      error: { code: 'rejected', vendor: 'atera', vendorMessages: ['Phone is too long.'] },
      otherError: { code: 'forbidden', vendor: 'ghl', scope: 'contacts.write' },
    }),
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
  cancelled: subjectState({
    receipt: makeReceipt(['not-written'], { state: 'failed', error: { code: 'cancelled', vendor: 'ghl' } }),
  }),
  unknown: subjectState({
    receipt: makeReceipt(['unknown'], { state: 'unknown', error: { code: 'timeout', vendor: 'ghl' } }),
  }),
  several: subjectState({
    match: { status: 'several', candidates: CANDIDATES },
    rows: [],
    plans: NO_PLANS,
    sections: withheld,
  }),
  rejected: subjectState({
    match: { status: 'none', rejected: 1 },
    rows: [],
    plans: NO_PLANS,
    sections: withheld,
  }),
  none: subjectState({ match: { status: 'none' }, rows: [], plans: NO_PLANS, sections: withheld }),
  searching: subjectState({
    match: { status: 'loading' },
    rows: [],
    plans: NO_PLANS,
    sections: everySection({ status: 'loading' }),
    asOf: { atera: NOW, ghl: null },
    refreshing: true,
  }),
  opening: subjectState({
    headline: null,
    person: { status: 'loading' },
    match: { status: 'loading' },
    rows: [],
    plans: NO_PLANS,
    sections: everySection({ status: 'loading' }),
    asOf: { atera: null, ghl: null },
  }),
  matchFailed: subjectState({
    match: {
      status: 'failed',
      error: { code: 'rate_limited', vendor: 'ghl', retryAfterMs: 42_000, status: 429 },
    },
    rows: [],
    plans: NO_PLANS,
    sections: { ...withheld, tickets: { status: 'failed', error: failure } },
  }),
  personFailed: subjectState({
    person: { status: 'failed', error: { code: 'unauthorized', vendor: 'atera', status: 401 } },
    match: { status: 'loading' },
    rows: [],
    plans: NO_PLANS,
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
  fromGhl: subjectState({
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
  pulled: subjectState({
    rows: PULL_ROWS,
    receipt: {
      ...makeReceipt(['verified', 'not-stored']),
      source: makePerson('ghl').ref,
      target: makePerson('atera').ref,
    },
  }),
  onlyPull: subjectState({ rows: PULL_ROWS.filter(({ toRight }) => !toRight.can) }),
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
  company: companyState({}),
  companyLoading: companyState({
    company: { status: 'loading' },
    people: { status: 'loading' },
    tickets: { status: 'loading' },
    refreshing: true,
  }),
  companyEmpty: companyState({
    company: {
      status: 'ready',
      value: { ...COMPANY, phone: null, domain: null, address: null },
    },
    people: { status: 'ready', value: [] },
    tickets: { status: 'ready', items: [], window: { seen: 0, total: 0 } },
  }),
  companyFailed: companyState({
    company: {
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
  business: companyState({
    subject: { vendor: 'ghl', kind: 'business', id: 'b1', locationId: 'ghl-1' },
    company: { status: 'ready', value: { ...COMPANY, url: null } },
    people: { status: 'ready', value: [MEMBER] },
    window: { seen: 100, total: 130 },
    tickets: null,
  }),
  businessFailed: companyState({
    subject: { vendor: 'ghl', kind: 'business', id: 'b1', locationId: 'ghl-1' },
    company: {
      status: 'failed',
      error: { ...failure, operation: 'getBusiness', scope: 'businesses.readonly' },
    },
    people: { status: 'failed', error: failure },
    window: null,
    tickets: null,
  }),
  device: companyState({
    subject: DEVICE,
    device: {
      status: 'ready',
      value: { name: 'PC-042', online: true, user: 'BSD\\dana.whitfield', companyId: '311' },
    },
  }),
  deviceLoading: companyState({
    subject: DEVICE,
    device: { status: 'loading' },
    company: { status: 'loading' },
    people: { status: 'loading' },
    window: null,
    tickets: { status: 'loading' },
    refreshing: true,
  }),
  deviceUnlisted: companyState({ subject: DEVICE, device: { status: 'unlisted', seen: 200, total: 3041 } }),
  deviceFailed: companyState({
    subject: DEVICE,
    device: {
      status: 'failed',
      error: {
        code: 'forbidden',
        vendor: 'atera',
        operation: 'listAgents',
        scope: 'Agents: Read',
        status: 403,
      },
    },
  }),
  opportunity: makeState({
    kind: 'unreachable',
    subject: { vendor: 'ghl', kind: 'opportunity', id: 'o1', locationId: 'ghl-1' },
  }),
  withCompany: subjectState({
    person: { status: 'ready', value: makePerson('atera', { url: null, companyId: '311' }) },
    match: {
      status: 'one',
      evidence: [{ kind: 'same-email' }],
      counterpart: makePerson('ghl', { companyId: 'b1' }),
    },
  }),
  unmarked: makeState({ kind: 'unmarked', id: '1048101', template: '/new/contact/{id}' }),
  marked: companyState({}, { template: '/new/firm/{id}' }),
  switchedOff: subjectState({
    sections: { ...SECTIONS, notes: { status: 'off' }, appointments: { status: 'off' } },
  }),
  allSwitchedOff: subjectState({ sections: everySection({ status: 'off' }) }),
  readOnly: subjectState(
    {},
    { resources: shippedResources().map((row) => ({ ...row, direction: 'never' as const })) },
  ),
  companyOff: companyState({
    company: { status: 'off' },
    people: { status: 'off' },
    tickets: { status: 'off' },
  }),
  gone: makeState({ kind: 'gone' }),
  companySection: subjectState({
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
  ...REGISTRY_SCENES,
};
