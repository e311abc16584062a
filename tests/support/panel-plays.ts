import { AppError, type ErrorCode } from '../../lib/errors.ts';
import type {
  AccountWait,
  AdditionResult,
  FoundPeople,
  PanelState,
  PersonHit,
  VendorHits,
} from '../../lib/panel-state.ts';
import { ACTIVITY, REFUSED, TAKEN_BACK } from './activity-fixtures.ts';
import {
  everySection,
  makePerson,
  makeReceipt,
  makeWait,
  ready,
  SECTIONS,
  subjectState,
} from './panel-fixtures.ts';
import { SCENES } from './panel-scenes.ts';
import { claimState } from './registry-scenes.ts';
import { type Handlers, never, panelScene, type Scene } from './scene.ts';

const scene = (name: string): PanelState => {
  const state = SCENES[name];
  if (!state) throw new Error(`No scene ${name}.`);
  return state;
};
const fails =
  (code: ErrorCode, vendor: 'atera' | 'ghl' = 'ghl') =>
  (): never => {
    throw new AppError(code, { vendor });
  };

const hit = (vendor: 'atera' | 'ghl', id: string, name: string, title: string | null = null): PersonHit => {
  const person = makePerson(vendor, { name, url: null });
  return {
    subject: { vendor, kind: 'contact', id },
    title,
    person: { ...person, ref: { ...person.ref, id } },
  };
};
const RECENT = [
  hit('atera', '812', 'Dana Whitfield', 'Printer offline again'),
  hit('ghl', 'c2', 'يوسف الخطيب'),
  hit('ghl', 'c3', `${'A very long name '.repeat(5)}von und zu`),
];
const FOUND: VendorHits = { status: 'ready', hits: RECENT, more: true };
const NOBODY: VendorHits = { status: 'ready', hits: [], more: false };

const searched = (found: FoundPeople | (() => never) | (() => Promise<never>)): Scene =>
  panelScene(
    scene('nothing'),
    { recentPeople: () => RECENT, searchPeople: typeof found === 'function' ? found : () => found },
    async ({ fill, press }) => {
      await fill('Find a person', 'dana@brightsmile.example');
      await press('button', 'Search');
    },
  );

const tab = (name: RegExp): Scene => panelScene(subjectState(), {}, ({ press }) => press('tab', name));

/** A tag is typed and sent; the background answers with this. */
const tagAdded = (answer: Partial<AdditionResult> | 'pending'): Scene =>
  panelScene(
    subjectState(),
    {
      addToContact: (data) =>
        answer === 'pending'
          ? never()
          : { id: (data as { id: string }).id, state: 'done', error: null, ...answer },
    },
    async ({ press, fill }) => {
      await press('tab', /^Tags/u);
      await fill('Add a tag', 'gold');
      await press('button', 'Add tag to GHL');
    },
  );

const noAnswer = { code: 'timeout', vendor: 'ghl' } as const;

/** Pushes as soon as what is on screen may be pushed, which is two frames after it is there. */
const pushed = (applyPlan: Handlers[keyof Handlers], handlers: Handlers = {}): Scene =>
  panelScene(
    subjectState(),
    { ...(applyPlan ? { applyPlan } : {}), ...handlers },
    async ({ enabled, press }) => {
      await enabled('button', /^Push /u);
      await press('button', /^Push /u);
    },
  );

/** Requests that wait, told as the panel opens. */
const waiting = (getWaits: () => AccountWait[]): Scene => panelScene(subjectState(), { getWaits });

/** States of the panel that need an answer or a press besides the background's state. */
export const PANEL_PLAYS: Record<string, Scene> = {
  activityOfPerson: panelScene(subjectState({ receipt: makeReceipt(['verified']) }), {
    getActivity: () => ({ entries: ACTIVITY, total: 12 }),
  }),
  undone: panelScene(subjectState({ receipt: makeReceipt(['verified']) }), {
    getActivity: () => ({ entries: TAKEN_BACK, total: TAKEN_BACK.length }),
  }),
  undoRefused: panelScene(
    subjectState(),
    { getActivity: () => ({ entries: REFUSED, total: REFUSED.length }) },
    ({ press }) => press('radio', 'Another value'),
  ),
  undoSending: panelScene(
    subjectState(),
    { getActivity: () => ({ entries: REFUSED, total: REFUSED.length }), undoActivity: never },
    ({ press }) => press('button', 'Write 1 field'),
  ),
  openingPage: panelScene(scene('nothing'), { getPanelState: never }),
  openingFailed: panelScene(scene('nothing'), { getPanelState: fails('internal') }),
  pushRefused: pushed(fails('plan_expired')),
  pushLost: pushed(fails('internal')),
  pushSending: pushed(never),
  tickets: tab(/^Tickets/u),
  notes: tab(/^Notes/u),
  comments: tab(/^Comments/u),
  dates: tab(/^Dates/u),
  tags: tab(/^Tags/u),
  noteOpen: panelScene(subjectState(), {}, async ({ press }) => {
    await press('tab', /^Notes/u);
    await press('button', 'Show more: Imported');
  }),
  ticketsEmptyWindow: panelScene(
    subjectState({ sections: { ...SECTIONS, tickets: ready([], { seen: 50, total: 1312 }) } }),
    {},
    ({ press }) => press('tab', /^Tickets/u),
  ),
  sectionWithheld: panelScene(subjectState({ sections: everySection({ status: 'withheld' }) })),
  tagsEmpty: panelScene(subjectState({ sections: everySection(ready([])) }), {}, ({ press }) =>
    press('tab', /^Tags/u),
  ),
  addSending: tagAdded('pending'),
  addDone: tagAdded({}),
  addMissing: tagAdded({ state: 'not-stored' }),
  addLost: tagAdded({ state: 'unknown', error: noAnswer }),
  addLostNotFound: tagAdded({ state: 'not-stored', error: noAnswer }),
  addFailed: tagAdded({
    state: 'failed',
    error: { code: 'forbidden', vendor: 'ghl', scope: 'contacts.write', status: 401 },
  }),
  candidateChosen: panelScene(scene('several'), {}, ({ press }) => press('radio', 'Dana W.')),
  equalOpen: panelScene(subjectState(), {}, ({ press }) => press('button', /fields equal/u)),
  receiptOpen: panelScene(scene('verified'), {}, ({ press }) => press('button', 'Show details')),
  suggestedConfirmed: panelScene(scene('suggested'), {}, ({ press }) => press('checkbox', /^This is about/u)),
  chosenPerson: panelScene({
    ...scene('differences'),
    page: { ...subjectPage('differences'), chosen: true },
  }),
  accessRefused: panelScene(scene('noAccess'), {}, ({ press }) => press('button', 'Allow access')),
  sampleStarting: panelScene(scene('notConnected'), { connectSample: never }, ({ press }) =>
    press('button', 'Try with sample data'),
  ),
  recents: panelScene(scene('nothing'), { recentPeople: () => RECENT }),
  recentsLoading: panelScene(scene('nothing'), { recentPeople: never }),
  recentsFailed: panelScene(scene('nothing'), { recentPeople: fails('storage') }),
  searchBusy: searched(never),
  searchFound: searched({ atera: FOUND, ghl: FOUND }),
  searchByName: searched({ atera: { status: 'not-possible', reason: 'by-name' }, ghl: FOUND }),
  searchNobody: searched({ atera: NOBODY, ghl: NOBODY }),
  searchHalf: searched({
    atera: { status: 'failed', error: { code: 'forbidden', vendor: 'atera', scope: 'Contacts: Read' } },
    ghl: FOUND,
  }),
  searchFailed: searched(fails('internal')),
  waitAsked: waiting(() => [
    makeWait({ vendor: 'atera', accountId: 'atera-1', reason: 'asked', waitingUntil: Date.now() + 90_000 }),
  ]),
  waitQueues: waiting(() => [
    makeWait({ vendor: 'atera', accountId: 'atera-1', reason: 'busy', waitingUntil: null, queued: 0 }),
    makeWait({ queued: 1 }),
  ]),
  claims: panelScene(claimState()),
  registryPreview: panelScene(scene('registryOffer'), {}, ({ press }) =>
    press('button', 'Remember in both systems'),
  ),
  registryReplace: panelScene(scene('registryOdd'), {}, async ({ press }) => {
    await press('button', 'Remember in both systems');
    await press('checkbox', 'Replace what stands there in GHL');
  }),
  waitPushing: pushed(never, { getWaits: () => [makeWait({ queued: 12 })] }),
};

function subjectPage(name: string): Extract<PanelState['page'], { kind: 'subject' }> {
  const { page } = scene(name);
  if (page.kind !== 'subject') throw new Error(`${name} shows nobody.`);
  return page;
}
