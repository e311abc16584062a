import { createStore, type StoreApi } from 'zustand/vanilla';
import type { FieldName, Ref } from '../core/contact.ts';
import { type Choice, DIRECTIONS, type Direction, type OneWay } from '../core/rows.ts';
import type { TagOp } from '../core/tag-sync.ts';
import type { UndoInstead } from '../core/undo-offer.ts';
import { AppError, type ErrorView, toErrorView } from '../errors.ts';
import type { MessageData, MessageType, PanelTarget, TabTarget } from '../messaging.ts';
import type {
  AccountView,
  AccountWait,
  ActivityPage,
  Addition,
  AdditionResult,
  CopyPreview,
  FoundPeople,
  JobView,
  MarkedRecord,
  PanelState,
  PersonHit,
  PersonView,
  SampleSubject,
  SectionName,
  SubjectView,
  TagFieldView,
  Technician,
} from '../panel-state.ts';
import { createActivity } from './activity.ts';
import { type Adding, type Drafts, NO_DRAFTS } from './adding.ts';
import { isFor, type PanelApi } from './api.ts';
import { type CompanyActions, createCompanyActions } from './companies.ts';
import { type CounterpartActions, createCounterpartActions } from './counterpart.ts';
import { createKeptDrafts } from './drafts.ts';
import { followJobs } from './jobs.ts';
import { createPresses } from './presses.ts';
import { createPulse } from './pulse.ts';
import {
  accountsKey,
  type Choices,
  chosenFields,
  defaultChoices,
  directionOfPlan,
  keptChoices,
  NO_CHOICES,
  personKey,
  placeOf,
  receiptKey,
  subjectOf,
  viewKey,
} from './selectors.ts';
import { syncOffer } from './syncing.ts';
import { adoptTags, createTagPress, type TagPress } from './tag-press.ts';
import { followWaits } from './waits.ts';

export type ActionName =
  | 'undo'
  | 'job'
  | 'load'
  | 'refresh'
  | 'push'
  | 'pull'
  | 'sync'
  | 'link'
  | 'sample'
  | 'mark'
  | 'reject'
  | 'add'
  | 'choose'
  | 'create';

export interface PanelStore extends CounterpartActions, CompanyActions {
  /** The tab that this panel is bound to; null where it follows the tab in front of its window. */
  boundTab: number | null;
  /** Last state from the background, replaced whole; null until the first answer. */
  mirror: PanelState | null;

  /** Which way the agent wants values to go; null again with the next person. See `directionOf`. */
  direction: Direction | null;
  choices: Choices;
  selectedCandidate: Ref | null;
  openSection: SectionName | null;
  closedReceipt: string | null;
  /** `viewKey` of what was last painted. Buttons that act on it wait until it is the mirror's. */
  paintedKey: string;
  busy: ActionName | null;
  /** A message that failed. The last state stays on screen. */
  failure: { action: ActionName; error: ErrorView; isUnsure?: boolean } | null;
  drafts: Drafts;
  adding: Adding | null;
  /** What was written for the person on screen lately; null until it is known. */
  activity: ActivityPage | null;
  /** The entry that is being taken back. */
  undoing: string | null;
  /** Accounts whose requests wait for their turn. */
  waits: AccountWait[];

  /** Reads the state and listens until the returned function is called. */
  connect(): () => void;
  markPainted(key: string): void;
  load(): Promise<void>;
  refresh(): Promise<void>;
  chooseDirection(direction: Direction): void;
  toggleField(direction: OneWay, field: FieldName): void;
  /** What a sync does with this row; undefined takes back what was said. */
  decide(field: FieldName, choice: Choice | undefined): void;
  /**
   * Pushes, pulls or syncs: `planId` is the one the pressed button was painted with: a newer one refuses the press. `confirmedName`: who the agent says is
   * on a page that only suggests it; without it such a press does nothing.
   */
  apply(planId: string, confirmedName?: string): Promise<void>;
  chooseCandidate(ref: Ref): void;
  /** `replacing`: to whom the counterpart is shown to be linked. */
  link(version: number, person: Ref, counterpart: Ref, replacing?: Ref): Promise<void>;
  unlink(version: number, person: Ref, counterpart: Ref): Promise<void>;
  /** "Not the same person". */
  reject(version: number, person: Ref, counterpart: Ref): Promise<void>;
  /** Offers again whoever was rejected for this person. */
  forgetRejections(version: number, person: Ref): Promise<void>;
  viewSample(sample: SampleSubject): Promise<void>;
  /** Rejects with an `AppError`. */
  previewMark(kind: 'contact' | 'customer', template: string): Promise<MarkedRecord>;
  markPage(kind: 'contact' | 'customer', template: string, record: MarkedRecord): Promise<void>;
  /** The agent says that the page is about the person of this view. */
  confirmPerson(view: SubjectView): Promise<void>;
  unmarkPage(template: string): Promise<void>;
  connectSample(): Promise<void>;
  showSection(section: SectionName): void;
  closeReceipt(): void;
  closeFailure(): void;
  type(change: Partial<Drafts>): void;
  /** Adds to the person of this view, as the pressed button was painted with it. One at a time. */
  add(view: SubjectView, addition: Addition): Promise<AdditionResult | null>;
  /** Both reject with an `AppError`: whoever asks shows it in its place. */
  searchPeople(query: string): Promise<FoundPeople>;
  recentPeople(): Promise<PersonHit[]>;
  /** Shows a found person, as if their page were open. `version`: the view that the person was found in, where the page shows one. */
  choose(hit: PersonHit, version?: number): Promise<void>;
  /** Shows the company of a person, or a device, on screen. */
  openCompany(
    of: Pick<PersonView, 'companyId'> & { ref: Pick<Ref, 'vendor' | 'accountId'> },
    version: number,
  ): Promise<void>;
  /** Back from whoever was chosen: one step. */
  leave(): Promise<void>;
  /** These reject with an `AppError` too. */
  listTechnicians(): Promise<Technician[]>;
  setIdentity(id: number): Promise<void>;
  checkTagField(): Promise<TagFieldView>;
  undo(entryId: string, instead?: UndoInstead): Promise<void>;
  /** What is not over, whoever it is for. */
  jobs: JobView[];
  tagPress: TagPress | null;
  /** Makes the ticked tags of both records agree. */
  syncTags(view: SubjectView, ops: TagOp[]): Promise<void>;
  /** Id of the job that is being changed. */
  jobBusy: string | null;
  /** The id of the job, null while it is not stored; what comes of it is told among the jobs. */
  bringOver(command: Omit<MessageData<'bringOver'>, 'target'>): Promise<string | null>;
  changeJob(type: 'cancelJob' | 'retryJob' | 'dismissJob', id: string): Promise<void>;
  /** Rejects with an `AppError`. */
  previewCopy(
    shown: { version: number; person: Ref },
    source: MessageData<'previewCopy'>['source'],
  ): Promise<CopyPreview>;
}

/** Commands for one tab. */
type TabCommand = {
  [T in MessageType]: MessageData<T> extends { target: TabTarget } ? T : never;
}[MessageType];

const DECISIONS: readonly ActionName[] = ['push', 'pull', 'sync', 'add', 'create', 'link', 'reject', 'undo'];

/** A decision that was refused because the page moved on must still be told when the next person is on screen. */
const keepRefusal = (failure: PanelStore['failure']): PanelStore['failure'] =>
  failure && DECISIONS.includes(failure.action) ? failure : null;

/** Mirror of the background's state plus what the agent did with the view. Nothing is stored, nothing is fetched here. */
export function createPanelStore(api: PanelApi, target: PanelTarget): StoreApi<PanelStore> {
  return createStore<PanelStore>()((set, get, store) => {
    const receive = (state: PanelState): void => {
      const { mirror } = get();
      if (!isFor(target, state) || (mirror && state.revision < mirror.revision)) return;
      const view = subjectOf(state);
      const before = subjectOf(mirror);
      show(state, view, before);
      presses.follow(state, view?.version !== before?.version);
      const tagPress = adoptTags(get().tagPress, state.tagSync?.last);
      if (tagPress) {
        set({ tagPress });
        api.send('acknowledgeAddition', { id: tagPress.id }).catch(() => undefined);
      }
      activity.follow(view);
    };

    const show = (
      state: PanelState,
      view: ReturnType<typeof subjectOf>,
      before: ReturnType<typeof subjectOf>,
    ): void => {
      const isSameTab = state.tabId === get().mirror?.tabId;
      if (isSameTab && viewKey(view) === viewKey(before)) {
        // Pages that show nobody are told apart by what they are: what failed on one of them is not told on the next.
        const isSamePage = placeOf(state) === placeOf(get().mirror);
        set(({ failure }) => ({ mirror: state, failure: isSamePage ? failure : keepRefusal(failure) }));
        return;
      }
      const samePage = view && before && isSameTab && view.version === before.version;
      const samePerson = samePage && personKey(view) === personKey(before);
      // Who it is was only read in between: the section that was opened meanwhile stays open.
      const isReadNow = samePage && personKey(before) === '';
      set({
        mirror: state,
        choices: samePerson ? keptChoices(before, view, get().choices) : defaultChoices(view),
        ...(samePerson
          ? {}
          : {
              direction: null,
              selectedCandidate: null,
              ...(isReadNow ? {} : { openSection: null }),
              failure: keepRefusal(get().failure),
              drafts: kept.of(state),
            }),
      });
    };

    /** One action at a time: a second press while one is under way does nothing. Reading the state holds nobody up. */
    const run = async (action: ActionName, work: () => Promise<void>): Promise<void> => {
      const { busy } = get();
      if (busy && busy !== 'load') return;
      set({ busy: action, failure: null });
      try {
        await work();
      } catch (error) {
        set({ failure: { action, error: toErrorView(error) } });
        // The background may have stopped in the middle of it: waking it makes it look for its own result.
        if (DIRECTIONS.some((direction) => direction === action)) await read().catch(() => undefined);
      } finally {
        set({ busy: null });
      }
    };
    const tell = <T extends MessageType>(action: ActionName, type: T, data: MessageData<T>): Promise<void> =>
      run(action, async () => {
        await api.send(type, data);
      });
    /** The tab on screen: the window may have another one in front by the time that a press is handled. */
    const here = (): TabTarget => {
      const tabId = get().mirror?.tabId ?? null;
      if (tabId === null) throw new AppError('tab_closed');
      return { tabId };
    };
    const tellHere = <T extends TabCommand>(
      action: ActionName,
      type: T,
      data: Omit<MessageData<T>, 'target'>,
    ): Promise<void> =>
      run(action, async () => {
        await api.send(type, { target: here(), ...data } as MessageData<T>);
      });
    const read = async (): Promise<void> => receive(await api.send('getPanelState', target));
    const activity = createActivity(api, { setState: set, getState: get });
    const readAgain = (): Promise<void> =>
      read().catch((error: unknown) => set({ failure: { action: 'load', error: toErrorView(error) } }));
    const load = async (): Promise<void> => {
      if (get().busy) return;
      set({ busy: 'load', failure: null });
      const error = await read().then(() => null, toErrorView);
      // A press that came in between is the one under way now.
      if (get().busy === 'load')
        set({ busy: null, ...(error ? { failure: { action: 'load' as const, error } } : {}) });
    };
    const kept = createKeptDrafts();
    const presses = createPresses(api, here, kept, { setState: set, getState: get }, read);

    /** Nobody of an account that is gone stays on screen, also where no state comes by itself: behind another tab, or in a tab of its own. */
    const renew = async (accounts: AccountView[]): Promise<void> => {
      const { mirror } = get();
      if (mirror && accountsKey(mirror.accounts) === accountsKey(accounts)) return;
      set({ mirror: null, failure: keepRefusal(get().failure) });
      await readAgain();
    };

    /** The id of the job; null while it is not stored. */
    const startJob = async (press: string, send: () => Promise<JobView>): Promise<string | null> => {
      if (get().jobBusy !== null) return null;
      set({ jobBusy: press, failure: null });
      try {
        const job = await send();
        set(({ jobs }) => ({ jobs: [...jobs.filter(({ id }) => id !== job.id), job] }));
        return job.id;
      } catch (error) {
        set({ failure: { action: 'job', error: toErrorView(error) } });
        return null;
      } finally {
        set({ jobBusy: null });
      }
    };

    return {
      boundTab: 'tabId' in target ? target.tabId : null,
      mirror: null,
      direction: null,
      choices: NO_CHOICES,
      selectedCandidate: null,
      openSection: null,
      closedReceipt: null,
      paintedKey: '',
      busy: null,
      failure: null,
      drafts: NO_DRAFTS,
      adding: null,
      activity: null,
      undoing: null,
      waits: [],
      jobs: [],
      jobBusy: null,
      tagPress: null,
      syncTags: createTagPress(api, here, { setState: set, getState: get }),

      connect() {
        const pulse = createPulse(() => void readAgain());
        const stopPulse = store.subscribe(({ mirror }, { mirror: before }) => {
          if (mirror !== before) pulse(mirror);
        });
        const stop = api.on('panelStateChanged', (state) => {
          receive(state);
          return isFor(target, state);
        });
        const stopAccounts = api.on('accountsChanged', (accounts) => void renew(accounts));
        const stopActivity = api.on('activityChanged', () => void activity.load());
        const stopWaits = followWaits(api, (waits) => set({ waits }));
        const stopJobs = followJobs(api, (jobs) => set({ jobs }));
        void get().load();
        return () => {
          stopPulse();
          pulse(null);
          stop();
          stopWaits();
          stopJobs();
          stopAccounts();
          stopActivity();
        };
      },
      markPainted: (paintedKey) => set({ paintedKey }),
      load,
      refresh: () => tell('refresh', 'refreshView', target),
      chooseDirection: (direction) => set({ direction }),
      decide: (field, choice) =>
        set(({ choices }) => {
          const { [field]: _before, ...others } = choices.sync;
          return { choices: { ...choices, sync: choice ? { ...others, [field]: choice } : others } };
        }),
      toggleField: (direction, field) =>
        set(({ choices }) => {
          const chosen = choices[direction];
          const next = chosen.includes(field) ? chosen.filter((one) => one !== field) : [...chosen, field];
          return { choices: { ...choices, [direction]: next } };
        }),
      async apply(planId, confirmedName) {
        const { mirror, choices, paintedKey } = get();
        const view = subjectOf(mirror);
        const direction = view && directionOfPlan(view, planId);
        if (!direction || paintedKey !== viewKey(view)) return;
        if (view.suggested && confirmedName === undefined) return;
        const { fields, decisions } =
          direction === 'sync'
            ? syncOffer(view, choices.sync)
            : { fields: chosenFields(view, direction, choices), decisions: {} };
        if (fields.length === 0) return;
        await run(direction, async () => {
          const receipt = await api.send('applyPlan', {
            target: here(),
            planId,
            fields,
            ...(Object.keys(decisions).length > 0 ? { choices: decisions } : {}),
            ...(view.suggested ? { confirmedName } : {}),
          });
          const shown = subjectOf(get().mirror)?.receipt;
          if (!shown || receiptKey(shown) !== receiptKey(receipt)) await read();
        });
      },
      chooseCandidate: (selectedCandidate) => set({ selectedCandidate }),
      link: (version, person, counterpart, replacing) =>
        tellHere('link', 'confirmMatch', {
          version,
          person,
          counterpart,
          ...(replacing ? { replacing } : {}),
        }),
      unlink: (version, person, counterpart) =>
        tellHere('reject', 'unlink', { version, person, counterpart }),
      reject: (version, person, counterpart) =>
        tellHere('reject', 'rejectMatch', { version, person, counterpart }),
      forgetRejections: (version, person) => tellHere('reject', 'forgetRejections', { version, person }),
      viewSample: ({ subject }) => tellHere('sample', 'viewSample', { subject }),
      previewMark: async (kind, template) => api.send('previewMark', { target: here(), kind, template }),
      markPage: (kind, template, record) => tellHere('mark', 'markPage', { kind, template, record }),
      async confirmPerson({ version, person }) {
        if (person.status !== 'ready') return;
        const { ref, name } = person.value;
        await tellHere('mark', 'confirmPerson', { version, person: ref, name });
      },
      unmarkPage: (template) => tellHere('mark', 'unmarkPage', { template }),
      connectSample: () =>
        run('sample', async () => {
          await api.send('connectSample', {});
          await read();
        }),
      showSection: (openSection) => set({ openSection }),
      closeReceipt: () => {
        const receipt = subjectOf(get().mirror)?.receipt;
        set({ closedReceipt: receipt ? receiptKey(receipt) : null });
      },
      closeFailure: () => set({ failure: null }),
      type(change) {
        const drafts = { ...get().drafts, ...change };
        kept.keep(get().mirror, drafts);
        set({ drafts });
      },
      add: presses.add,
      searchPeople: (query) => api.send('searchPeople', { target, query }),
      recentPeople: () => api.send('recentPeople', { target }),
      choose: ({ subject, person }, version) =>
        tellHere('choose', 'chooseSubject', {
          subject,
          accountId: person.ref.accountId,
          ...(version === undefined ? {} : { version }),
        }),
      openCompany: ({ ref: { vendor, accountId }, companyId }, version) =>
        companyId
          ? tellHere('choose', 'chooseSubject', {
              subject:
                vendor === 'atera'
                  ? { vendor, kind: 'customer', id: companyId }
                  : { vendor, kind: 'business', id: companyId, locationId: accountId },
              accountId,
              version,
            })
          : Promise.resolve(),
      leave: () => tellHere('choose', 'leaveSubject', {}),
      listTechnicians: () => api.send('listTechnicians', {}),
      async setIdentity(id) {
        await api.send('setIdentity', { id });
        await read();
      },
      checkTagField: () => api.send('checkTagField', {}),
      undo: activity.undo,
      bringOver: (command) =>
        startJob(command.planId, () => api.send('bringOver', { target: here(), ...command })),
      async changeJob(type, id) {
        if (get().jobBusy !== null) return;
        set({ jobBusy: id, failure: null });
        try {
          set({ jobs: await api.send(type, { id }) });
        } catch (error) {
          set({ failure: { action: 'job', error: toErrorView(error) } });
        } finally {
          set({ jobBusy: null });
        }
      },
      previewCopy: async (shown, source) => api.send('previewCopy', { target: here(), ...shown, source }),
      ...createCompanyActions({ api, here, run, startJob }),
      ...createCounterpartActions({
        api,
        here,
        creating: () => get().creating,
        show: (creating) => set({ creating }),
        view: () => subjectOf(get().mirror),
        fail: (error, isUnsure) => set({ failure: { action: 'create', error, isUnsure } }),
        run,
      }),
    };
  });
}
