import type { Ref } from '../../lib/core/contact.ts';
import { AppError } from '../../lib/errors.ts';
import type {
  AdditionResult,
  CompanyOffer,
  CompanyOutsiders,
  CompanySides,
  PanelState,
  PersonView,
  SubjectView,
} from '../../lib/panel-state.ts';
import { makePreview } from './creation-fixtures.ts';
import { makeJob } from './job-fixtures.ts';
import { everySection, makePerson, makeRow, subjectState } from './panel-fixtures.ts';
import { SCENES } from './panel-scenes.ts';
import { never, panelScene, type Scene } from './scene.ts';

const BUSINESSES = [
  { id: 'b1', name: 'Bright Smile Dental' },
  { id: 'b2', name: 'Harbor Freight & Sons' },
  { id: 'b3', name: `${'A very long company name '.repeat(4)}GmbH` },
];
const CUSTOMERS = [
  { id: '312', name: 'Harbor Freight & Sons' },
  { id: '313', name: 'شركة النيل' },
];

/** In a customer of Atera, in no company of GHL; one there is linked to the customer. */
export const SIDES: CompanySides = {
  atera: {
    status: 'ready',
    contact: makePerson('atera').ref,
    present: { id: '311', name: 'Bright Smile Dental' },
    offer: { status: 'ready', candidates: [], all: CUSTOMERS, total: 1312 },
  },
  ghl: {
    status: 'ready',
    contact: makePerson('ghl').ref,
    present: null,
    offer: {
      status: 'ready',
      candidates: [
        { id: 'b1', name: 'Bright Smile Dental', signs: ['linked', 'domain', 'name'] },
        { id: 'b2', name: 'Harbor Freight & Sons', signs: ['domain'] },
      ],
      all: BUSINESSES,
      total: null,
    },
  },
};

const section = (): PanelState => {
  const state = SCENES.companySection;
  if (!state) throw new Error('No scene companySection.');
  return state;
};
const fails = (): never => {
  throw new AppError('forbidden', { vendor: 'ghl', scope: 'businesses.readonly' });
};

/** The form that changes the company of a person. */
const editing = (
  sides: CompanySides | (() => unknown),
  result: Partial<AdditionResult> | 'pending' | null = null,
): Scene =>
  panelScene(
    section(),
    {
      getCompanySides: typeof sides === 'function' ? sides : () => sides,
      addToContact: (data) =>
        result === 'pending'
          ? never()
          : { id: (data as { id: string }).id, state: 'done', error: null, ...result },
    },
    async ({ enabled, press }) => {
      await enabled('button', 'Change the company');
      await press('button', 'Change the company');
      if (result === null) return;
      await enabled('button', 'Put into Bright Smile Dental in GHL');
      await press('button', 'Put into Bright Smile Dental in GHL');
    },
  );

const REF: Ref = { vendor: 'atera', accountId: 'atera-1', kind: 'customer', id: '311' };
const companyPerson = (ref: Ref, name: string): PersonView => ({
  ...makePerson(ref.vendor, { name, email: null, phone: null, jobTitle: null, company: null, url: null }),
  ref,
});

/** A customer, beside the business that it is linked to. */
export function comparedState(change: Partial<SubjectView> = {}): PanelState {
  const state = SCENES.company;
  const { page } = subjectState();
  if (state?.page.kind !== 'company' || page.kind !== 'subject') throw new Error('No scene company.');
  const { subject, version } = state.page.view;
  const business: Ref = { vendor: 'ghl', accountId: 'ghl-1', kind: 'business', id: 'b1' };
  const compared: SubjectView = {
    ...page.view,
    subject,
    version,
    headline: { number: '', title: 'Bright Smile Dental' },
    person: { status: 'ready', value: companyPerson(REF, 'Bright Smile Dental') },
    match: {
      status: 'linked',
      evidence: [{ kind: 'linked' }],
      counterpart: companyPerson(business, 'Bright Smile'),
    },
    rows: [
      makeRow('city', 'Oakland', 'San Francisco'),
      makeRow('company', 'Bright Smile Dental', 'Bright Smile Dental'),
      {
        ...makeRow('website', 'brightsmile.example', 'https://www.other.example'),
        toLeft: { can: false, reason: 'atera-domain-mail' },
        toRight: { can: false, reason: 'target-not-empty' },
      },
    ],
    sections: everySection({ status: 'off' }),
    suggested: false,
    gaps: [],
    receipt: null,
    ...change,
  };
  return { ...state, page: { ...state.page, compared } };
}

const company = (): PanelState => {
  const state = SCENES.company;
  if (!state) throw new Error('No scene company.');
  return state;
};
export const OFFER: CompanyOffer = {
  status: 'ready',
  candidates: [{ id: 'b1', name: 'Bright Smile Dental', signs: ['domain', 'name'] }],
  all: BUSINESSES,
  total: 3,
};
const finding = (offer: CompanyOffer | (() => unknown), choose = false): Scene =>
  panelScene(
    company(),
    { getCompanyOffer: typeof offer === 'function' ? offer : () => offer },
    async ({ enabled, press }) => {
      await enabled('button', 'Find this company in GHL');
      await press('button', 'Find this company in GHL');
      if (choose) await press('radio', 'Bright Smile Dental');
    },
  );

/** One in no company, one in another, and some who are not listed. */
export const OUTSIDERS: CompanyOutsiders = {
  vendor: 'ghl',
  to: { id: 'b1', name: 'Bright Smile' },
  people: [
    {
      person: { ...makePerson('atera').ref, id: '21' },
      name: 'Dana Whitfield',
      email: 'dana.whitfield@brightsmile.example',
      contact: { ...makePerson('ghl').ref, id: 'c21' },
      contactName: 'Dana Whitfield',
      isLinked: true,
      from: null,
    },
    {
      person: { ...makePerson('atera').ref, id: '22' },
      name: 'Oscar Nguyen',
      email: `${'a.very.long.address.'.repeat(4)}@brightsmile.example`,
      contact: { ...makePerson('ghl').ref, id: 'c22' },
      contactName: 'O. Nguyen',
      isLinked: false,
      from: { id: 'b3', name: `${'A very long company name '.repeat(4)}GmbH` },
    },
    {
      person: { ...makePerson('atera').ref, id: '23' },
      name: 'ليلى منصور',
      email: 'layla@brightsmile.example',
      contact: { ...makePerson('ghl').ref, id: 'c23' },
      contactName: 'ليلى منصور',
      isLinked: false,
      from: null,
    },
  ],
  inside: 4,
  uncertain: 1,
  failed: { count: 2, error: { code: 'timeout', vendor: 'ghl' } },
  left: 7,
};
const looking = (found: unknown, press = false): Scene =>
  panelScene(
    comparedState(),
    {
      getOutsiders: typeof found === 'function' ? (found as () => unknown) : () => found,
      joinCompany: () => makeJob({ id: 'join-1' }),
    },
    async ({ enabled, press: push }) => {
      await enabled('button', 'Look who is not in Bright Smile');
      await push('button', 'Look who is not in Bright Smile');
      if (press) await push('button', 'Put 2 people into Bright Smile');
    },
  );

export const COMPANY_SCENES: Record<string, Scene> = {
  companyLinked: panelScene(comparedState()),
  companyLinkedLong: panelScene(
    comparedState({
      match: {
        status: 'linked',
        evidence: [{ kind: 'linked' }],
        counterpart: companyPerson(
          { vendor: 'ghl', accountId: 'ghl-1', kind: 'business', id: 'b1' },
          'Bright Smile Dental & Orthodontics Partners of Northern California GmbH',
        ),
      },
    }),
  ),
  companyLinkedLoading: panelScene(comparedState({ match: { status: 'loading' } })),
  companyLinkedFailed: panelScene(
    comparedState({ match: { status: 'failed', error: { code: 'vendor_unavailable', vendor: 'ghl' } } }),
  ),
  companyOutsiders: looking(OUTSIDERS),
  companyOutsidersLoading: looking(never),
  companyOutsidersFailed: looking(fails),
  companyOutsidersNone: looking({ ...OUTSIDERS, people: [], uncertain: 0, failed: null, left: 0 }),
  companyOutsidersSent: looking(OUTSIDERS, true),
  companyCreate: panelScene(
    comparedState({ match: { status: 'none' } }),
    {
      previewCreate: () =>
        makePreview({
          rows: [
            {
              field: 'company',
              source: 'Bright Smile Dental',
              write: { can: true, value: 'Bright Smile Dental' },
              required: true,
            },
          ],
        }),
    },
    async ({ enabled, press }) => {
      await enabled('button', 'It is not there, create it in GHL');
      await press('button', 'It is not there, create it in GHL');
    },
  ),
  companyFind: finding(OFFER),
  companyFindChosen: finding(OFFER, true),
  companyFindLoading: finding(never),
  companyFindFailed: finding(fails),
  companyFindNone: finding({ status: 'ready', candidates: [], all: [], total: 0 }),
  companyChange: editing(SIDES),
  companyChangeLoading: editing(never),
  companyChangeFailed: editing(fails),
  companyChangeHalf: editing({
    atera: { status: 'failed', error: { code: 'not_found', vendor: 'atera' } },
    ghl: {
      status: 'ready',
      contact: makePerson('ghl').ref,
      present: { id: 'b9', name: 'b9' },
      offer: { status: 'failed', error: { code: 'forbidden', vendor: 'ghl', scope: 'businesses.readonly' } },
    },
  }),
  companyChangeNoOther: editing({
    atera: null,
    ghl: {
      status: 'ready',
      contact: makePerson('ghl').ref,
      present: { id: 'b1', name: 'Bright Smile Dental' },
      offer: { status: 'ready', candidates: [], all: [], total: 0 },
    },
  }),
  companyChangeSending: editing(SIDES, 'pending'),
  companyChangeDone: editing(SIDES, {}),
  companyChangeConflict: editing(SIDES, { state: 'failed', error: { code: 'conflict', vendor: 'ghl' } }),
};
