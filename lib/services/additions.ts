import { keepable } from '../core/activity.ts';
import type { Ref, VendorName } from '../core/contact.ts';
import type { ResourceName } from '../core/resource-settings.ts';
import { hasTag } from '../core/tag-list.ts';
import type { Item } from '../core/undo.ts';
import { AppError, expected, isAppError, mayBeWritten } from '../errors.ts';
import type { Addition, AdditionResult, JobStepWords } from '../panel-state.ts';
import type { Clock } from '../platform/clock.ts';
import { type Accounts, type Pair, scopeOfPair } from './accounts.ts';
import {
  type AdditionContext,
  freshItems,
  freshOf,
  kindOf,
  type Prepared,
  type Seen,
} from './addition-kinds.ts';
import { type AdditionTarget, acceptedPlace, findPlace, type Place, provePlace } from './addition-place.ts';
import type { AdditionRows } from './addition-rows.ts';
import type { JobOp, StoredAddition } from './areas.ts';
import type { Identities } from './identities.ts';
import type { ItemLinks } from './item-links.ts';
import { canWait, type JobKind, type JobSpec, type Jobs, type StepEnd } from './jobs/queue.ts';
import { peopleOf } from './journal.ts';
import type { Links } from './links.ts';
import type { Quirks } from './quirks.ts';
import type { Registry } from './registry.ts';
import type { Subjects } from './subjects.ts';
import type { TagFields } from './tag-field.ts';
import type { TaskSettings } from './task-settings.ts';
import type { Views } from './views.ts';

export interface AdditionCommand extends Omit<AdditionTarget, 'tabId'> {
  /** Made by the panel, one per press. */
  id: string;
  addition: Addition;
}

/** An addition that no page shows any more. */
export interface AdditionStep {
  id: string;
  /** Where it has to be asked for, that is done once: what was written under this id before stays what it was. */
  addition: Addition | (() => Promise<Addition>);
  /** The same. */
  personName: string | (() => Promise<string>);
  /** Whom it was pressed for, whose record is written, and the other of the two. */
  person: Ref;
  contact: Ref;
  other: Ref;
  /** Only an address says that both are the same person: proven again before the write. */
  isOnTrust?: boolean;
  /** What else must be so. Runs beside the first read. */
  check?: () => Promise<void>;
  /** The same, asked as late as can be: reads nothing from a vendor. */
  stands?: () => Promise<void>;
  /** What was refused is tried again, under the same id: nothing was sent. */
  isAgain?: boolean;
}

export interface Additions {
  /**
   * Adds to the person that this tab shows: sent once, then read back. The same id again answers the same and sends nothing.
   * Rejects when nothing was sent because the page, or who it shows, is not what the panel showed.
   */
  add(tabId: number, command: AdditionCommand): Promise<AdditionResult>;
  /** One step of several, for somebody who is linked by now. The same id again goes on with it, or answers the same. */
  run(pair: Pair, step: AdditionStep): Promise<{ result: AdditionResult; made: Item[]; personName: string }>;
  /** Whether something of the step may have been sent, or it was written. */
  isBegun(pair: Pair, id: string): Promise<boolean>;
  /** Says of a step that waits that nothing of it is sent any more, and why. */
  cancelRun(pair: Pair, id: string, why: AppError): Promise<void>;
  /** Goes on with a press that was cut off, or had to wait. */
  kind: JobKind<JobOp & { kind: 'addition' }>;
}

interface Dependencies {
  rows: AdditionRows;
  accounts: Accounts;
  subjects: Subjects;
  views: Views;
  links: Links;
  identities: Identities;
  tagFields: TagFields;
  itemLinks: ItemLinks;
  taskSettings: Pick<TaskSettings, 'of'>;
  /** Rejects when this kind is not written to that vendor for the pair. */
  checkWritable: (pair: Pair, resource: ResourceName, vendor: VendorName) => Promise<void>;
  clock: Clock;
  locks: Pick<LockManager, 'request'>;
  jobs: Pick<Jobs, 'inTurn' | 'open' | 'close'>;
  /** The outcome of an addition for this tab is stored. */
  onOutcome: (tabId: number) => void;
  /** What was written, or found, changes much of what is shown. */
  onReread: (pair: Pair) => Promise<void>;
  registry: Registry;
  quirks: Pick<Quirks, 'learn'>;
  /** For what should never happen. */
  onBug: (error: unknown) => void;
}

type StepChecks = Pick<AdditionStep, 'check' | 'stands' | 'isAgain'>;

/** One addition at a time for a contact, and one that takes it back. */
export const contactLock = (scope: string, vendor: VendorName, contactId: string): string =>
  `contact:${scope}:${vendor}:${contactId}`;

/** Writes what is added at the person on screen. What differs between the kinds is in `addition-kinds.ts`. */
export function createAdditions(dependencies: Dependencies): Additions {
  const {
    rows,
    accounts,
    views,
    links,
    identities,
    tagFields,
    itemLinks,
    taskSettings,
    registry,
    quirks,
    checkWritable,
    clock,
    locks,
    jobs,
    onOutcome,
    onReread,
    onBug,
  } = dependencies;

  const contextOf = async (pair: Pair, row: StoredAddition): Promise<AdditionContext> => ({
    pair,
    contactId: row.contactId,
    subject: row.subject,
    startedAt: row.at,
    you: await identities.of(pair),
    tagField: await tagFields.of(pair),
    checkTagField: () => tagFields.checkOf(pair),
    otherId: row.otherId ?? null,
    itemLinks,
    taskRules: () => taskSettings.of(pair),
    now: clock.now,
    registry,
  });

  const finish: AdditionRows['finish'] = async (pair, row, ...outcome) => {
    const result = await rows.finish(pair, row, ...outcome);
    onOutcome(row.tabId);
    const isOther = result.state !== 'failed' || result.error?.code === 'conflict';
    // Steps of a job would have it read once for each: whoever runs them says when.
    if (isOther && row.tabId >= 0 && kindOf(row.addition).isReread) await onReread(pair);
    return result;
  };

  const show = (
    { tabId, version, addition }: StoredAddition,
    { show: { sections, ateraTags, pointer } }: Seen,
  ): void => {
    if (sections) views.showSections(tabId, version, sections);
    if (ateraTags) views.showAteraTags(tabId, version, ateraTags);
    if (pointer) views.showPointer(tabId, version, kindOf(addition).vendor, pointer);
  };

  /** Looks whether it is there. `doubt`: why it is not known that it was written; null when the vendor said so. */
  const readBack = async (
    context: AdditionContext,
    sent: StoredAddition,
    doubt: unknown,
    sentId: string | null = null,
  ): Promise<AdditionResult> => {
    const { pair } = context;
    const kind = kindOf(sent.addition);
    let seen: Seen;
    try {
      seen = await kind.read(context, sent.addition, sentId);
    } catch (error) {
      return finish(pair, sent, 'unknown', doubt ?? expected(error));
    }
    const fresh = kind.isState ? seen.found : freshOf(sent.before, seen.found);
    const count = fresh.length;
    // The vendor named ours: whatever looks like it is somebody else's.
    const own = sentId !== null && fresh.includes(sentId) ? [sentId] : fresh;
    const items = freshItems(sent.before, seen);
    const row = { ...sent, made: own === fresh ? items : items.filter(({ id }) => id === sentId) };
    show(row, seen);
    // Not among what could be read: that says nothing.
    if (count === 0 && seen.isWhole === false) return finish(pair, row, 'unknown', doubt, { isPartly: true });
    const { vendor, sets } = kind;
    // Before its end is stored: after that nobody comes back to it.
    if (sets && (count > 0 || doubt === null))
      await quirks.learn(pair, row.id, [{ vendor, ...sets, isKept: count > 0 }]);
    const gone = (row.keeps ?? []).filter((tag) => !hasTag(seen.text ?? null, tag));
    const more = gone.length > 0 ? { gone } : {};
    if (count === 0) return finish(pair, row, 'not-stored', doubt, more);
    // Without an answer, one is ours; two may both be somebody else's.
    if (doubt !== null && count > 1 && !kind.isState) return finish(pair, row, 'unknown', doubt);
    await kind.keep?.(context, row.addition, own);
    const isTwice = (kind.isState || kind.isOnce === true) && count > 1;
    return finish(pair, row, 'done', null, isTwice ? { ...more, doubles: count } : more);
  };

  /** `page`: where it was pressed a moment ago. Without one it is for whom it was accepted: the agent may look at somebody else by now. */
  const write = async (
    pair: Pair,
    page: Place | null,
    first: StoredAddition,
    { check, stands }: StepChecks = {},
  ): Promise<AdditionResult> => {
    const { addition } = first;
    const kind = kindOf(addition);
    await rows.open(pair, first);
    const context = await contextOf(pair, first);
    let row = first;
    let prepared: Prepared | null;
    /** Reading takes time: the page must still show this person. Waits for it while it is read again. */
    const checkPlace = async (): Promise<Place> => {
      await stands?.();
      return page ? findPlace(dependencies, pair, kind, page) : acceptedPlace(links, pair, kind, first);
    };
    try {
      const [seen] = await Promise.all([
        kind.read(context, addition),
        kind.check?.(context, addition) ?? Promise.resolve(),
        check?.() ?? Promise.resolve(),
      ]);
      row = { ...row, before: seen.found };
      // A tag that is as wanted already is not sent: it would start workflows for nothing.
      if (kind.isState && seen.found.length > 0) {
        show(row, seen);
        await kind.keep?.(context, addition, seen.found);
        return finish(pair, row, 'done');
      }
      await provePlace({ views, links, proves: registry.proves }, pair, page ?? (await checkPlace()));
      await checkPlace();
      // After the wait for the page, or what is read here would grow old in it.
      prepared = (await kind.prepare?.(context, addition, seen)) ?? null;
      await checkPlace();
      await checkWritable(pair, kind.resource, kind.vendor);
      if (!prepared?.isThere) {
        row = { ...row, stage: 'sent', ...(prepared ? { keeps: prepared.keeps } : {}) };
        await rows.save(pair, row);
      }
    } catch (error) {
      return notSent(pair, row, expected(error));
    }
    if (prepared?.isThere) return readBack(context, row, null);
    let sentId: string | null;
    try {
      sentId = await kind.send(context, addition, prepared);
    } catch (error) {
      if (isAppError(error) && !mayBeWritten(error)) return notSent(pair, { ...row, stage: 'open' }, error);
      if (!isAppError(error)) onBug(error);
      return readBack(context, row, isAppError(error) ? error : new AppError('internal'));
    }
    return readBack(context, row, null, sentId);
  };

  /** Nothing was sent: tried again later where what is in the way may pass. */
  const notSent = (pair: Pair, row: StoredAddition, problem: AppError): Promise<AdditionResult> =>
    finish(pair, row, canWait(problem) ? 'queued' : 'failed', problem);

  /** Cut off by the end of the worker, or had to wait: looked for when it was sent, and never sent again. */
  const goOn = async (
    pair: Pair,
    row: StoredAddition,
    { isAgain = false, ...checks }: StepChecks = {},
  ): Promise<AdditionResult> => {
    const { result, stage } = row;
    const isRefused = isAgain && result?.state === 'failed' && result.error?.code !== 'cancelled';
    if (result && result.state !== 'queued' && !isRefused) return result;
    if (result || stage !== 'sent') return write(pair, null, { ...row, stage: 'open', result: null }, checks);
    const { vendor } = kindOf(row.addition);
    return readBack(
      await contextOf(pair, row),
      row,
      new AppError('internal', { vendor, operation: 'interrupted' }),
    );
  };

  /** Beside no other write to the same contact; nor to the other of the two, where that one's would follow from this. */
  const locked = (
    { scope, addition, contactId, otherId }: StoredAddition,
    work: () => Promise<AdditionResult>,
  ): Promise<AdditionResult> => {
    const { vendor, isOfBoth } = kindOf(addition);
    if (!isOfBoth || otherId === undefined)
      return locks.request(contactLock(scope, vendor, contactId), work) as Promise<AdditionResult>;
    const [atera, ghl] = vendor === 'atera' ? [contactId, otherId] : [otherId, contactId];
    return locks.request(contactLock(scope, 'atera', atera), () =>
      locks.request(contactLock(scope, 'ghl', ghl), work),
    ) as Promise<AdditionResult>;
  };

  const isBegun = async (pair: Pair, id: string): Promise<boolean> => {
    const row = await rows.get(pair, id);
    if (!row?.result) return row?.stage === 'sent';
    // Nothing was sent of either.
    return row.result.state !== 'queued' && row.result.state !== 'failed';
  };

  const closing = async (pair: Pair, result: AdditionResult): Promise<AdditionResult> => {
    await jobs.close(pair, result.id, endOf(result));
    return result;
  };

  return {
    add: (tabId, { id, addition, ...shown }) =>
      jobs.inTurn(id, async () => {
        const pair = await accounts.pair();
        if (!pair) throw new AppError('not_connected');
        const known = await rows.get(pair, id);
        // Something else under the same id must not be answered with an old result.
        const isSame =
          !known ||
          (known.contactId === shown.contact.id &&
            JSON.stringify(known.addition) === JSON.stringify(addition));
        if (!isSame) throw new AppError('invalid_input', { input: 'id' });
        if (known?.result) return known.result;
        if (known) return closing(pair, await locked(known, () => goOn(pair, known)));
        const kind = kindOf(addition);
        await checkWritable(pair, kind.resource, kind.vendor);
        const place = await findPlace(dependencies, pair, kind, { ...shown, tabId });
        const row: StoredAddition = {
          id,
          scope: scopeOfPair(pair),
          at: clock.now(),
          tabId: place.tabId,
          version: place.version,
          subject: place.subject,
          contactId: place.contact.id,
          addition,
          stage: 'open',
          before: [],
          ...(place.other ? { otherId: place.other.id } : {}),
          result: null,
          who: { name: place.personName, person: place.person, contact: place.contact },
          isOnTrust: place.unproven !== null,
        };
        await jobs.open(pair, specOf(row));
        return closing(pair, await locked(row, () => write(pair, place, row)));
      }),
    async run(pair, { id, addition, personName, person, contact, other, isOnTrust = false, ...checks }) {
      const known = await rows.get(pair, id);
      // Something else under the same id must not be answered with an old result.
      const isSame =
        !known ||
        (known.contactId === contact.id &&
          (typeof addition === 'function' || JSON.stringify(known.addition) === JSON.stringify(addition)));
      if (!isSame) throw new AppError('invalid_input', { input: 'id' });
      const row: StoredAddition = known ?? {
        id,
        scope: scopeOfPair(pair),
        at: clock.now(),
        tabId: -1,
        version: 0,
        subject: { vendor: contact.vendor, kind: 'contact', id: contact.id },
        contactId: contact.id,
        addition: typeof addition === 'function' ? await addition() : addition,
        stage: 'open',
        before: [],
        otherId: other.id,
        result: null,
        who: { name: typeof personName === 'string' ? personName : await personName(), person, contact },
        ...(isOnTrust ? { isOnTrust } : {}),
      };
      const result = await locked(row, () => goOn(pair, row, checks));
      return { result, made: (await rows.get(pair, id))?.made ?? [], personName: row.who?.name ?? '' };
    },
    isBegun,
    async cancelRun(pair, id, why) {
      const row = await rows.get(pair, id);
      if (row && isUnsent(row)) await finish(pair, row, 'failed', why);
    },
    kind: {
      isBegun: ({ row }, { pair }) => isBegun(pair, row.id),
      async goOn({ row: first }, { pair }) {
        const row = (await rows.get(pair, first.id)) ?? first;
        return endOf(await locked(row, () => goOn(pair, row)));
      },
      async cancelled({ row: first }, { pair }, why) {
        const row = (await rows.get(pair, first.id)) ?? first;
        if (isUnsent(row)) await finish(pair, row, 'failed', why);
      },
    },
  };
}

/** Nothing was sent, and nothing else is said of it yet. */
const isUnsent = ({ result, stage }: StoredAddition): boolean =>
  result ? result.state === 'queued' : stage === 'open';

/** What a press is called in the list of what waits. */
function specOf(row: StoredAddition): JobSpec {
  const { id, addition, who } = row;
  return {
    id,
    people: who ? peopleOf(who.person, who.contact) : [],
    personName: who?.name ?? '',
    words: [wordsOf(addition)],
    ops: [{ kind: 'addition', row }],
  };
}

/** What it is, and where it goes. */
export function wordsOf(addition: Addition): JobStepWords {
  const title = 'title' in addition ? addition.title : 'tag' in addition ? addition.tag : null;
  return {
    kind: addition.kind,
    vendor: kindOf(addition).vendor,
    ...(title === null || keepable(title) === null ? {} : { title }),
  };
}

export function endOf({ state, error }: AdditionResult): StepEnd {
  if (state !== 'queued') return { state, error };
  if (!error) throw new AppError('internal');
  return { state: 'later', error };
}
