import type { FieldName, FieldValue, VendorName } from '../../lib/core/contact.ts';
import type { BlockReason } from '../../lib/core/mapping.ts';
import { shippedResources } from '../../lib/core/resource-settings.ts';
import type { DiffRow, RowStatus, WriteOption } from '../../lib/core/rows.ts';
import { SHIPPED_TASK_RULES } from '../../lib/core/task-ticket.ts';
import type {
  AccountView,
  AccountWait,
  CandidateView,
  FieldOutcome,
  PageView,
  PanelState,
  PersonView,
  Receipt,
  RelatedItem,
  Section,
  SectionName,
  SubjectView,
} from '../../lib/panel-state.ts';

/** Builders of what the background may send. Every person here is made up. */
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
export const NOW = Date.now();

export const makeAccount = (vendor: VendorName, extra: Partial<AccountView> = {}): AccountView => ({
  id: `${vendor}-1`,
  vendor,
  kind: 'real',
  name: vendor === 'atera' ? 'Northwind IT' : 'Northwind CRM',
  expiresAt: null,
  connectedAt: NOW - 3 * DAY,
  problem: null,
  ...extra,
});

export const makePerson = (vendor: VendorName, extra: Partial<PersonView> = {}): PersonView => ({
  ref: { vendor, accountId: `${vendor}-1`, kind: 'contact', id: vendor === 'atera' ? '812' : 'c0ffee' },
  name: 'Dana Whitfield',
  email: 'dana@brightsmile.example',
  phone: '+1 415 555 0137',
  jobTitle: 'Office manager',
  company: 'Bright Smile Dental',
  archived: false,
  url: `https://${vendor}.example/person`,
  optOuts: [],
  ...extra,
});

const BLOCKED_LEFT: WriteOption = { can: false, reason: 'vendor-read-only' };

export const makeRow = (
  field: FieldName,
  left: FieldValue,
  right: FieldValue,
  toRight?: WriteOption,
): DiffRow => ({
  field,
  status: rowStatus(left, right),
  left,
  right,
  toLeft: BLOCKED_LEFT,
  toRight: toRight ?? (left === right ? { can: false, reason: 'no-change' } : { can: true, value: left }),
});

const rowStatus = (left: FieldValue, right: FieldValue): RowStatus => {
  if (left === right) return 'same';
  if (right === null) return 'only-left';
  return left === null ? 'only-right' : 'differs';
};

export const makeBlockedRow = (field: FieldName, reason: BlockReason): DiffRow =>
  makeRow(field, 'one value', 'another value', { can: false, reason });

export const ROWS: DiffRow[] = [
  makeRow('phone', '+1 415 555 0137', '+1 415 555 0199', { can: true, value: '+14155550137' }),
  makeRow('jobTitle', 'Office manager', null),
  makeRow('company', 'Bright Smile Dental', 'Bright Smile', { can: false, reason: 'ghl-company-link' }),
  makeRow('firstName', 'Dana', 'Dana'),
  makeRow('lastName', 'Whitfield', 'Whitfield'),
  makeRow('email', 'dana@brightsmile.example', 'dana@brightsmile.example'),
];

/** Rows of which some go to GHL, some into Atera, and one nowhere. */
export const PULL_ROWS: DiffRow[] = [
  {
    ...makeRow('phone', '+1 415 555 0137', '+1 415 555 0199', { can: true, value: '+14155550137' }),
    toLeft: { can: true, value: '+14155550199' },
  },
  {
    ...makeRow('jobTitle', null, 'Office manager', { can: false, reason: 'source-empty' }),
    toLeft: { can: true, value: 'Office manager' },
  },
  {
    ...makeRow('email', 'dana@a.example', 'dana@b.example'),
    toLeft: { can: false, reason: 'atera-email-read-only' },
  },
  {
    ...makeRow('company', 'Bright Smile Dental', 'Bright Smile', { can: false, reason: 'ghl-company-link' }),
    toLeft: { can: false, reason: 'vendor-read-only' },
  },
];

export const makeItem = (id: string, extra: Partial<RelatedItem> = {}): RelatedItem => ({
  id,
  vendor: 'ghl',
  title: `Item ${id}`,
  body: '',
  omitted: 0,
  at: NOW - DAY,
  state: null,
  done: false,
  url: null,
  ...extra,
});

export const ready = (
  items: RelatedItem[],
  window: { seen: number; total: number } | null = null,
): Section => ({
  status: 'ready',
  items,
  window,
});

export const SECTIONS: Record<SectionName, Section> = {
  tasks: ready([
    makeItem('t3', { title: 'Order new toner', at: NOW - 9 * DAY, done: true }),
    makeItem('t2', { title: 'Plan the office move', at: NOW + 3 * DAY }),
    makeItem('t1', { title: 'Send renewal quote', at: NOW - 2 * DAY - HOUR }),
  ]),
  tickets: ready(
    [
      makeItem('4821', {
        vendor: 'atera',
        title: 'Printer offline again',
        state: 'Open',
        at: NOW - 2 * HOUR,
        url: 'https://app.atera.com/new/ticket/4821',
      }),
      makeItem('4790', {
        vendor: 'atera',
        title: 'New laptop for reception',
        state: 'Closed',
        done: true,
        at: NOW - 12 * DAY,
      }),
    ],
    { seen: 50, total: 1312 },
  ),
  notes: ready([
    makeItem('n1', {
      title: 'Prefers calls before 10 am',
      body: 'Prefers calls before 10 am.\nNever on Fridays.\nAsk for Dana, not for the front desk.\nThe printer on the second floor is hers.',
    }),
    makeItem('n2', { title: 'Imported', body: '<b>not bold</b> '.repeat(40), omitted: 4_998_000 }),
  ]),
  comments: ready([
    makeItem('k1', { vendor: 'atera', title: 'Sam Ortiz', body: 'Restarted the spooler.' }),
    makeItem('k2', { vendor: 'atera', title: 'Sam Ortiz', body: 'Ask Dana first.', state: 'internal' }),
  ]),
  appointments: ready([makeItem('a1', { title: 'Quarterly review', state: 'Confirmed', at: NOW + 2 * DAY })]),
  tags: ready(['vip', 'renewal-2027', 'dental'].map((title) => makeItem(title, { title, at: null }))),
};

export const everySection = (section: Section): Record<SectionName, Section> => ({
  tasks: section,
  tickets: section,
  notes: section,
  comments: section,
  appointments: section,
  tags: section,
});

export const NO_PLANS: SubjectView['plans'] = { push: null, pull: null, sync: null };

export const makeView = (extra: Partial<SubjectView> = {}): SubjectView => ({
  subject: { vendor: 'atera', kind: 'ticket', id: '4821' },
  version: 7,
  headline: { number: '4821', title: 'Printer offline again' },
  person: { status: 'ready', value: makePerson('atera') },
  match: { status: 'linked', evidence: [{ kind: 'linked' }], counterpart: makePerson('ghl') },
  rows: ROWS,
  plans: { push: 'plan-1', pull: 'pull-1', sync: null },
  pushTarget: 'ghl',
  sections: SECTIONS,
  receipt: null,
  gaps: [],
  asOf: { atera: NOW - 2 * 60_000, ghl: NOW - 60_000 },
  refreshing: false,
  suggested: false,
  ateraTags: { status: 'off' },
  ...extra,
});

export const makeState = (page: PageView, extra: Partial<PanelState> = {}): PanelState => ({
  revision: 1,
  windowId: 1,
  tabId: 5,
  active: true,
  accounts: [makeAccount('atera'), makeAccount('ghl')],
  template: null,
  page,
  adding: {
    you: null,
    youInGhl: null,
    tagField: { name: null, state: 'off', error: null },
    taskRules: SHIPPED_TASK_RULES,
    last: null,
  },
  resources: shippedResources(),
  tagSync: null,
  quirks: [],
  ...extra,
});

export const subjectState = (view: Partial<SubjectView> = {}, extra: Partial<PanelState> = {}): PanelState =>
  makeState({ kind: 'subject', view: makeView(view) }, extra);

export const makeCandidate = (
  id: string,
  name: string,
  evidence: CandidateView['evidence'],
  extra: Partial<PersonView> = {},
): CandidateView => {
  const person = makePerson('ghl', { name, ...extra });
  person.ref = { ...person.ref, id };
  return { ref: person.ref, evidence, score: 10, person };
};

export const CANDIDATES: CandidateView[] = [
  makeCandidate(
    'g1',
    'Dana Whitfield',
    [{ kind: 'same-name' }, { kind: 'same-company' }, { kind: 'other-email' }],
    {
      email: 'd.whitfield@brightsmile.example',
    },
  ),
  makeCandidate('g2', 'Dana W.', [{ kind: 'same-phone' }, { kind: 'shared', sign: 'phone', count: 4 }], {
    email: null,
    company: null,
  }),
  makeCandidate('g3', 'Bright Smile front desk', [{ kind: 'same-email' }, { kind: 'role-mailbox' }], {
    email: 'info@brightsmile.example',
  }),
];

export const makeReceipt = (outcomes: FieldOutcome[], extra: Partial<Receipt> = {}): Receipt => ({
  id: 'plan-1',
  at: NOW - 12_000,
  source: makePerson('atera').ref,
  target: makePerson('ghl').ref,
  personName: 'Dana Whitfield',
  state: 'done',
  fields: outcomes.map((outcome, index) => ({
    field: (['phone', 'jobTitle', 'lastName'] as const)[index] ?? 'city',
    before: index === 0 ? '+1 415 555 0199' : null,
    sent: index === 0 ? '+14155550137' : 'Office manager',
    found: outcome === 'changed-meanwhile' ? '+1 415 555 0222' : null,
    outcome,
  })),
  error: null,
  ...extra,
});

/** Three requests of GHL that wait for the pace it allows, told just now. */
export const makeWait = (change: Partial<AccountWait> = {}): AccountWait => ({
  vendor: 'ghl',
  accountId: 'ghl-1',
  reason: 'pace',
  waitingUntil: Date.now() + 2000,
  queued: 3,
  toldAt: Date.now(),
  ...change,
});
