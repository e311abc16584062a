import { FIELD_NAMES, type FieldName, type Ref, sameRef, type VendorName } from '../core/contact.ts';
import { type ErrorView, isRefusal, toErrorView } from '../errors.ts';
import type { TabTarget } from '../messaging.ts';
import type {
  ActivityView,
  CompanyName,
  CounterpartHits,
  CreationPreview,
  CreationResult,
  JobView,
  SubjectView,
} from '../panel-state.ts';
import type { PanelApi } from './api.ts';
import { personKey } from './selectors.ts';

/** What the agent asked to create, as it was shown. */
export interface CreationWish {
  version: number;
  /** `personKey` of the view that it was shown for. */
  person: string;
  vendor: VendorName;
  personName: string;
  planId: string;
  fields: FieldName[];
  customer?: CompanyName | undefined;
  confirmedName?: string | undefined;
}

/** The last press, and what came of it; `result` is null while it is under way. */
export interface Creating {
  wish: CreationWish;
  result: CreationResult | null;
}

/** What the panel can do where there is no counterpart, or a wrong one. */
export interface CounterpartActions {
  creating: Creating | null;
  /** Rejects with an `AppError`: whoever asks shows it in its place. */
  previewCreate(version: number, person: Ref): Promise<CreationPreview>;
  /** One at a time. The same wish again asks what came of it, and creates nobody twice. */
  create(wish: CreationWish): Promise<void>;
  closeCreation(): void;
  /** Rejects with an `AppError`. */
  findCounterpart(version: number, person: Ref, query: string): Promise<CounterpartHits>;
  /** `replacing`: to whom the found person was shown to be linked. */
  linkFound(version: number, person: Ref, counterpart: Ref, replacing: Ref | null): Promise<void>;
}

interface Dependencies {
  api: PanelApi;
  /** The tab on screen. */
  here: () => TabTarget;
  creating: () => Creating | null;
  show: (creating: Creating | null) => void;
  view: () => SubjectView | null;
  /** Tells of a press whose person is not on screen any more. */
  fail: (error: ErrorView, isUnsure: boolean) => void;
  run: (action: 'link', work: () => Promise<void>) => Promise<void>;
}

export const isWishFor = ({ wish }: Creating, view: SubjectView): boolean =>
  wish.version === view.version && wish.person === personKey(view);

export function createCounterpartActions({
  api,
  here,
  creating,
  show,
  view,
  fail,
  run,
}: Dependencies): CounterpartActions {
  return {
    creating: null,
    previewCreate: async (version, person) => api.send('previewCreate', { target: here(), version, person }),
    async create(wish) {
      const last = creating();
      if (last && last.result === null) return;
      show({ wish, result: null });
      const { planId, fields, customer, confirmedName } = wish;
      // The tab may be gone by now: that too is told as the result, or the press would stay under way for ever.
      const press = async (): Promise<CreationResult> =>
        api.send('createCounterpart', {
          target: here(),
          planId,
          fields,
          ...(customer ? { customer } : {}),
          ...(confirmedName === undefined ? {} : { confirmedName }),
        });
      const result = await press().catch((error: unknown) => resultOfFailure(wish, error));
      const done = { wish, result };
      show(done);
      const now = view();
      // Somebody else is on screen by now: what went wrong must be told all the same. What waits is told among the jobs.
      if (result.state !== 'queued' && result.error && !(now && isWishFor(done, now)))
        fail(result.error, result.state === 'unknown');
    },
    closeCreation: () => show(null),
    findCounterpart: async (version, person, query) =>
      api.send('findCounterpart', { target: here(), version, person, query }),
    linkFound: (version, person, counterpart, replacing) =>
      run('link', () =>
        api.send('linkCounterpart', {
          target: here(),
          version,
          person,
          counterpart,
          ...(replacing ? { replacing } : {}),
        }),
      ),
  };
}

/** Of the person on screen: whoever pressed it, also in another life of the panel. Without an error, it is being tried. */
export function waitingCreation(jobs: readonly JobView[], view: SubjectView): CreationResult | null {
  const { person } = view;
  if (person.status !== 'ready') return null;
  const { ref } = person.value;
  const isOf = ({ status, attempts, steps, people }: JobView): boolean =>
    // What is under way for the first time is told by its button.
    (status === 'queued' || (status === 'running' && attempts > 0)) &&
    steps.length === 1 &&
    steps.some(({ words: { kind } }) => kind === 'create' || kind === 'create-company') &&
    people.some((one) => sameRef(one, ref));
  const job = jobs.find(isOf);
  const [first] = job?.steps ?? [];
  if (!job || !first) return null;
  return {
    ...NOTHING_CREATED,
    id: job.id,
    at: job.createdAt,
    vendor: first.words.vendor,
    personName: job.personName,
    state: 'queued',
    error: job.error,
  };
}

/** What came of one that waited, as the journal tells it; null while it waits. */
export function endedCreation(
  waited: CreationResult,
  entries: readonly ActivityView[],
  { match }: Pick<SubjectView, 'match'>,
): CreationResult | null {
  const entry = entries.find(({ id }) => id === `creation:${waited.id}`);
  if (!entry || entry.state === 'queued' || entry.state === 'running') return null;
  const { state, error, lines, people } = entry;
  if (state === 'refused') return { ...waited, state: 'found', error };
  if (state !== 'done') return { ...waited, state: state === 'not-stored' ? 'unknown' : state, error };
  // While the new record is not on screen yet, nothing says that somebody else was linked.
  const isOther =
    match.status === 'linked' && !people.some((person) => sameRef(person, match.counterpart.ref));
  return {
    ...waited,
    state: 'created',
    error,
    isLinked: !isOther,
    fields: lines.flatMap(({ what, after, found, outcome }) =>
      isFieldName(what)
        ? [{ field: what, sent: after, found: found ?? after, stored: outcome === 'verified' }]
        : [],
    ),
  };
}

const isFieldName = (name: string): name is FieldName => (FIELD_NAMES as readonly string[]).includes(name);

const NOTHING_CREATED = { isLinked: false, created: null, fields: [], people: [] };

/** What came of a press whose message failed: where it is not certain that nothing was sent, it is not known. */
function resultOfFailure({ planId, vendor, personName }: CreationWish, problem: unknown): CreationResult {
  const error = toErrorView(problem);
  return {
    id: planId,
    at: Date.now(),
    vendor,
    personName,
    ...NOTHING_CREATED,
    state: isRefusal(error) ? 'failed' : 'unknown',
    error,
  };
}
