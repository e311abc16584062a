import type { AccountReport, ConnectionStep } from '../../lib/connection-report.ts';
import { shippedResources } from '../../lib/core/resource-settings.ts';
import { SHIPPED_TASK_RULES, type TaskRules } from '../../lib/core/task-ticket.ts';
import { AppError, type ErrorCode } from '../../lib/errors.ts';
import type {
  AccountView,
  MappingRowView,
  MappingView,
  RegistrySettings,
  TagFieldView,
} from '../../lib/panel-state.ts';
import { ACTIVITY, CANCELLED, LOST, REFUSED, UNDONE } from './activity-fixtures.ts';
import { makeJob, STOPPED } from './job-fixtures.ts';
import { DAY, makeAccount, NOW } from './panel-fixtures.ts';
import { type Handlers, never, optionsScene, type Scene } from './scene.ts';

const MORGAN = { id: 5001, name: 'Morgan Reyes', email: 'morgan@northwind.example' };

const ROW: MappingRowView = {
  field: 'lastName',
  enabled: true,
  direction: 'both',
  empty: 'skip',
  directions: ['both', 'to-ghl', 'to-atera', 'never'],
  toAtera: true,
  toGhl: true,
  values: { atera: 'Whitfield', ghl: 'Whitfeld' },
};
const MAPPING: MappingView = {
  personName: 'Dana Whitfield',
  rows: [
    ROW,
    {
      ...ROW,
      field: 'jobTitle',
      values: { atera: 'Office manager', ghl: null },
      toGhl: 'custom-field-missing',
    },
    {
      ...ROW,
      field: 'company',
      enabled: false,
      direction: 'to-ghl',
      empty: 'fill-only',
      directions: ['to-ghl', 'never'],
      toAtera: 'vendor-read-only',
      toGhl: 'ghl-company-link',
      values: { atera: 'x'.repeat(90), ghl: 'شركة الأفق للحلول التقنية' },
    },
  ],
};

const COMPANY_MAPPING: MappingView = {
  personName: 'Bright Smile Dental',
  rows: [
    { ...ROW, field: 'company', values: { atera: 'Bright Smile Dental', ghl: 'Bright Smile' } },
    {
      ...ROW,
      field: 'website',
      empty: 'fill-only',
      toAtera: 'atera-domain-mail',
      values: { atera: 'brightsmile.example; bright.example', ghl: null },
    },
  ],
};
const mappings = (data: unknown): MappingView =>
  (data as { of?: string }).of === 'companies' ? COMPANY_MAPPING : MAPPING;

const step = (id: ConnectionStep['id'], extra: Partial<ConnectionStep> = {}): ConnectionStep => ({
  id,
  outcome: 'ok',
  ms: 120,
  scope: null,
  optional: false,
  error: null,
  ...extra,
});
const REPORTS: AccountReport[] = [
  {
    accountId: 'atera-1',
    vendor: 'atera',
    steps: [
      step('reachable'),
      step('contacts', { scope: 'Contacts: Read' }),
      step('customers', { outcome: 'not-needed', ms: null, scope: 'Customers: Read' }),
      step('write', { outcome: 'not-run', ms: null, scope: 'Contacts: Write' }),
    ],
    info: { name: 'Northwind IT', country: 'United States', timeZone: null },
    people: [{ id: '812', name: 'Dana Whitfield', email: 'dana@brightsmile.example' }],
  },
  {
    accountId: 'ghl-1',
    vendor: 'ghl',
    steps: [
      step('reachable'),
      step('account', {
        outcome: 'failed',
        scope: 'locations.readonly',
        optional: true,
        error: {
          code: 'forbidden',
          vendor: 'ghl',
          scope: 'locations.readonly',
          vendorMessages: ['The token is not authorized for this scope.'],
        },
      }),
    ],
    info: null,
    people: null,
  },
];

const fails =
  (code: ErrorCode): (() => never) =>
  () => {
    throw new AppError(code);
  };
const accounts = (...list: AccountView[]): Handlers => ({ getAccounts: () => list });
const tested = (testConnection: () => unknown): Scene =>
  optionsScene({ testConnection }, ({ press }) => press('button', 'Test connection now'));
const connected = (answer: () => unknown): Scene =>
  optionsScene({ ...accounts(), connectGhl: answer }, async ({ fill, press }) => {
    await fill('GHL token', 'pit-00000000-0000-4000-8000-000000000000');
    await fill('Location', 'Kq3nPa61w0BzLmTR55xd');
    await press('button', 'Connect GHL');
  });

const registry = (state: TagFieldView['state'] | null): RegistrySettings => {
  const field = (name: string): TagFieldView => ({
    name: state === null ? null : name,
    state: state ?? 'off',
    error: null,
  });
  return {
    isOn: state !== null,
    fields: { atera: field('GHL contact'), ghl: field('Atera contact') },
    isNameless: false,
  };
};

const tasks = (rules: TaskRules, isDamaged = false): Handlers => ({
  getTaskRules: () => ({ rules, isDamaged }),
  listStatuses: () => ['Open', 'Waiting for parts', 'Erledigt'],
});

/** One state of each kind that the settings page can be in. */
export const OPTIONS_SCENES: Record<string, Scene> = {
  options: optionsScene({
    getMapping: mappings,
    getResources: () => shippedResources(),
    getIdentity: () => ({ atera: MORGAN, ghl: null }),
    listTechnicians: () => [MORGAN],
    listGhlUsers: () => [],
    getTagField: () => ({ name: 'GHL tags', state: 'missing', error: null }),
  }),
  optionsLoading: optionsScene({ getAccounts: never, getMapping: never }),
  optionsFailed: optionsScene({ getAccounts: fails('storage'), getMapping: fails('storage') }),
  optionsNothing: optionsScene(accounts()),
  optionsSample: optionsScene(
    accounts(
      makeAccount('atera', { kind: 'sample', id: 'sample-atera' }),
      makeAccount('ghl', { kind: 'sample', id: 'sample-ghl' }),
    ),
  ),
  optionsProblems: optionsScene(
    accounts(
      makeAccount('atera', { expiresAt: NOW - DAY, name: 'Northwind IT Services and Consulting Holding' }),
      makeAccount('ghl', { problem: { code: 'unauthorized', vendor: 'ghl', status: 401 } }),
    ),
  ),
  optionsDisconnect: optionsScene({ getJobs: () => [makeJob(), STOPPED] }, ({ press }) =>
    press('button', 'Disconnect Northwind IT'),
  ),
  optionsConnecting: connected(never),
  optionsConnectMissing: optionsScene(accounts(), ({ press }) => press('button', 'Connect GHL')),
  optionsConnectFailed: connected(fails('unauthorized')),
  optionsConnected: connected(() => makeAccount('ghl')),
  testRunning: tested(never),
  testReport: tested(() => ({ at: NOW, accounts: REPORTS })),
  testFailed: tested(fails('internal')),
  fieldsSaved: optionsScene({ getMapping: mappings, setMapping: mappings }, ({ press }) =>
    press('switch', 'Compare Last name'),
  ),
  activity: optionsScene({ getActivity: () => ({ entries: ACTIVITY, total: ACTIVITY.length }) }),
  activityRefused: optionsScene({ getActivity: () => ({ entries: REFUSED, total: REFUSED.length }) }),
  activityEmpty: optionsScene({ getActivity: () => ({ entries: [], total: 0 }) }),
  activityLost: optionsScene({
    getActivity: () => ({ entries: [LOST, UNDONE, CANCELLED, ...ACTIVITY], total: ACTIVITY.length + 3 }),
  }),
  activityUndoing: optionsScene(
    { getActivity: () => ({ entries: ACTIVITY, total: ACTIVITY.length }), undoActivity: never },
    ({ press }) => press('button', 'Undo: Note: Prefers calls before 10 am'),
  ),
  fieldsNobody: optionsScene({
    getMapping: (data) => ({
      personName: null,
      rows: mappings(data).rows.map((row) => ({ ...row, values: null })),
    }),
  }),
  taskRules: optionsScene(tasks(SHIPPED_TASK_RULES), ({ press }) =>
    press('button', 'Look for your own statuses'),
  ),
  taskRulesDamaged: optionsScene(tasks(SHIPPED_TASK_RULES, true)),
  taskRulesWrong: optionsScene(tasks(SHIPPED_TASK_RULES), async ({ press, fill }) => {
    await fill('Days until a new task is due', '0');
    await fill('“Resolved” means', 'open');
    await press('button', 'Add this status');
    await press('button', 'Keep these rules');
  }),
  registryOff: optionsScene({ getRegistry: () => registry(null) }),
  registryOn: optionsScene({ getRegistry: () => registry('ready') }),
  registryMissing: optionsScene({ getRegistry: () => registry('missing') }),
  registryNameless: optionsScene({ getRegistry: () => ({ ...registry(null), isNameless: true }) }),
};
