import { type ActivityEntry, type ActivityState, endedLines } from '../core/activity.ts';
import { type Ref, VENDOR_NAMES } from '../core/contact.ts';
import type { ItemLink } from '../core/copied.ts';
import { type JobStep, newJob } from '../core/job.ts';
import type { ResourceName } from '../core/resource-settings.ts';
import {
  type BackWrite,
  type Done,
  NOTHING_DONE,
  type TagChange,
  undoAfter,
  type Write,
} from '../core/undo.ts';
import { chosenBack, type OfferedField, offerOf, type UndoInstead } from '../core/undo-offer.ts';
import { AppError, type ErrorView, toErrorView } from '../errors.ts';
import type { Clock } from '../platform/clock.ts';
import { type Accounts, type Pair, scopeOfPair } from './accounts.ts';
import { contactLock } from './additions.ts';
import type { JobOp, StoredActivity } from './areas.ts';
import type { Bases } from './bases.ts';
import type { Identities } from './identities.ts';
import type { ItemLinks } from './item-links.ts';
import type { JobKind, JobSpec, Jobs, StepEnd } from './jobs/queue.ts';
import { runJob } from './jobs/run-job.ts';
import { entryIdOf, type Journal, shownUndo } from './journal.ts';
import { undoLessons } from './lessons.ts';
import { lockName } from './planned-write.ts';
import type { Quirks } from './quirks.ts';
import type { MappingOf } from './records.ts';
import type { Registry } from './registry.ts';
import type { TagBases } from './tag-bases.ts';
import type { TagFields } from './tag-field.ts';
import type { TaskSettings } from './task-settings.ts';
import { expectedError, placeOf, type UndoContext, undoKind, urlOf } from './undo-kinds.ts';

export interface Undos {
  /**
   * Takes back what this entry wrote, by a write of its own that expects what was written: somebody's change since refuses it.
   * `press` is made by the page, one per press; the same one again, or another one while the first is not settled, writes nothing
   * and answers with the first one's entry. `instead`: what the agent chose where an earlier one was refused; it expects what was shown
   * then, so that another change refuses it again.
   */
  undo(entryId: string, press: string, instead?: UndoInstead): Promise<ActivityEntry<ErrorView>>;
  /** Goes on with a press that was cut off, or had to wait. */
  kind: JobKind<JobOp & { kind: 'undo' }>;
  /** Looks again for the results of those that nobody goes on with. */
  settleInterrupted(): Promise<void>;
}

interface Dependencies {
  journal: Journal;
  bases: Pick<Bases, 'forget'>;
  tagBases: Pick<TagBases, 'note' | 'forget'>;
  accounts: Pick<Accounts, 'pair'>;
  mappingOf: MappingOf;
  identities: Pick<Identities, 'of'>;
  registry: Registry;
  tagFields: Pick<TagFields, 'of' | 'checkOf'>;
  itemLinks: ItemLinks;
  quirks: Pick<Quirks, 'learn'>;
  taskSettings: Pick<TaskSettings, 'of'>;
  /** Rejects when this kind is not written to that vendor for the pair. */
  checkWritable: (pair: Pair, resource: ResourceName, vendor: Ref['vendor']) => Promise<void>;
  clock: Clock;
  locks: Pick<LockManager, 'request'>;
  jobs: Pick<Jobs, 'inTurn' | 'open' | 'close' | 'list'>;
  /** Something of these people has changed at a vendor. */
  onWritten: (pair: Pair) => Promise<void>;
  onBug: (error: unknown) => void;
}

type Step = JobStep<BackWrite, ErrorView>;
type UndoRow = StoredActivity & { job: NonNullable<StoredActivity['job']> };

/** One life of the worker: who still works on a job of another life is gone. */
const OWNER = 'undo';

export function createUndos(dependencies: Dependencies): Undos {
  const {
    journal,
    bases,
    tagBases,
    accounts,
    mappingOf,
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
    onWritten,
    onBug,
  } = dependencies;

  const contextFor = (pair: Pair, startedAt: number): UndoContext => ({
    pair,
    additionFor: async (contact) => ({
      pair,
      contactId: contact.id,
      subject: { vendor: contact.vendor, kind: 'contact', id: contact.id },
      startedAt,
      you: await identities.of(pair),
      tagField: await tagFields.of(pair),
      checkTagField: () => tagFields.checkOf(pair),
      otherId: null,
      itemLinks,
      taskRules: () => taskSettings.of(pair),
      now: clock.now,
      registry,
    }),
  });

  /** What is not written any more is not written back either. */
  const checkOpen = async (pair: Pair, write: BackWrite): Promise<void> => {
    const { vendor, resource } = placeOf(write);
    await checkWritable(pair, resource, vendor);
    if (write.kind !== 'fields') return;
    const mapping = await mappingOf(pair, write.target);
    const wanted = vendor === 'ghl' ? 'to-ghl' : 'to-atera';
    const isOpen = write.changes.every(({ field }) => {
      const row = mapping.find((one) => one.field === field);
      return row && (row.direction === 'both' || row.direction === wanted) && !row.closed?.includes(vendor);
    });
    if (!isOpen) throw new AppError('switched_off', { vendor });
  };

  /**
   * A sync must not take the way back for an edit of somebody, and carry the old value to the other side. From right before it is sent:
   * what is read while it waits still agrees, and is known again.
   */
  const forgetBase = async (pair: Pair, { entry: { people }, write }: UndoRow): Promise<void> => {
    // Nor is it told as a change of one that the other should follow.
    const followed = followedBy(write);
    if (followed) await itemLinks.forget(pair, followed.ghlId, followed.item, clock.now());
    // Whoever was on screen: the press may have named one of the two alone.
    if (write.kind === 'tags' || write.kind === 'tag')
      await tagBases.forget(pair, write.contact, tagOpsOf(write));
    const [atera, ghl] = VENDOR_NAMES.map((name) => people.find(({ vendor }) => vendor === name));
    if (!atera || !ghl || write.kind !== 'fields') return;
    const both = { atera: { contact: { ref: atera } }, ghl: { contact: { ref: ghl } } };
    await bases.forget(
      pair,
      both,
      write.changes.map(({ field }) => field),
    );
  };

  /** The entry that is taken back says so first; then the one that takes it back ends. */
  const finish = async (
    pair: Pair,
    row: UndoRow,
    state: ActivityState,
    { result, error }: { result: unknown; error: ErrorView | null },
  ): Promise<ActivityEntry<ErrorView>> => {
    const { scope, write, entry, job } = row;
    const done: Done = { ...NOTHING_DONE, ...(result as Done | null) };
    // Once more: what was read right before the write reached the vendor still agreed.
    if (MAY_BE_SENT.has(state)) await forgetBase(pair, row);
    if (write.kind === 'tags' || write.kind === 'tag')
      await tagBases.note(pair, write.contact, seenTags(write, state, done));
    await quirks.learn(pair, entry.id, undoLessons(write as BackWrite, state, done, error === null));
    // A copy that is gone is none: it may be made again.
    if (write.kind === 'delete' && state === 'done')
      await itemLinks.drop(pair, write.contact.id, { kind: write.of, id: write.item.id });
    const undone = entry.undoes === null ? undefined : await journal.get(scope, entry.undoes);
    const isOwn = undone && (undone.entry.undoneBy ?? entry.id) === entry.id;
    if (isOwn) await journal.put(markedRow(undone, entry.id, state));
    const undo = undoAfter(state, write, done, journal.mayEmpty);
    const offer = state === 'conflict' && undone ? offerFor(pair, undone, done) : null;
    const url = state === 'conflict' ? urlOf(firstOp(row)) : null;
    const ended: StoredActivity = {
      ...row,
      undo,
      entry: {
        ...entry,
        state,
        error,
        lines: endedLines(write, state, done),
        undo: shownUndo(undo),
        ...(done.gone ? { gone: done.gone } : {}),
        ...(offer ? { offer } : {}),
        ...(url === null ? {} : { url }),
      },
      // Kept while it may still turn out to have been written.
      job: state === 'unknown' ? job : null,
    };
    await journal.put(ended);
    return ended.entry;
  };

  /** Sent, and no clear answer: only looked for. */
  const look = async (pair: Pair, row: UndoRow, step: Step): Promise<ActivityEntry<ErrorView>> => {
    const error = step.error ?? { code: 'internal' as const, operation: 'interrupted' };
    try {
      const found = await undoKind(step.op).find(step.op, contextFor(pair, row.entry.at), step);
      if (found.kind === 'several') return finish(pair, row, 'unknown', { result: found.result, error });
      const isThere = found.kind === 'there';
      return finish(pair, row, isThere ? 'done' : 'not-stored', {
        result: found.result,
        error: isThere || step.accepted ? null : error,
      });
    } catch (problem) {
      return finish(pair, row, 'unknown', {
        result: null,
        error: step.error ?? toErrorView(expectedError(problem)),
      });
    }
  };

  /** Cut off, or not settled so far, and nobody goes on with it. Nothing is sent. */
  const settle = async (pair: Pair, row: UndoRow): Promise<ActivityEntry<ErrorView>> => {
    const [step] = row.job.steps;
    if (step && (step.state === 'sending' || step.state === 'unknown')) return look(pair, row, step);
    // It came to its end, and the worker before it could tell.
    if (step && step.state !== 'waiting') return tellStep(pair, row, step);
    return finish(pair, row, 'failed', {
      result: null,
      error: { code: 'internal', vendor: row.entry.vendor, operation: 'interrupted' },
    });
  };

  const tellStep = (
    pair: Pair,
    row: UndoRow,
    { state, result, error }: Step,
  ): Promise<ActivityEntry<ErrorView>> => {
    const ended = state === 'done' || state === 'not-stored' || state === 'conflict' ? state : 'failed';
    return finish(pair, row, ended, { result, error });
  };

  const run = async (pair: Pair, first: UndoRow): Promise<ActivityEntry<ErrorView>> => {
    let row = first;
    const job = await runJob(first.job, {
      kindOf: undoKind,
      context: contextFor(pair, first.entry.at),
      async save(saved) {
        row = { ...row, job: saved };
        await journal.put(row);
      },
      guard: async () => {
        await checkOpen(pair, firstOp(first));
        await forgetBase(pair, first);
      },
      owner: OWNER,
      now: clock.now,
      random: () => 0,
      onBug,
    });
    const [step] = job.steps;
    if (!step) throw new AppError('internal');
    if (step.state === 'sending' || step.state === 'unknown') return look(pair, row, step);
    return step.state === 'waiting' ? wait(row, job.error) : tellStep(pair, row, step);
  };

  /** Nothing was sent, and what is in the way may pass. The entry that is to be taken back says so for as long as this one waits. */
  const wait = async (row: UndoRow, error: ErrorView | null): Promise<ActivityEntry<ErrorView>> => {
    const { entry, write } = row;
    const waiting: UndoRow = {
      ...row,
      entry: { ...entry, state: 'queued', error, lines: endedLines(write, 'queued', NOTHING_DONE) },
    };
    await journal.put(waiting);
    return waiting.entry;
  };

  /** From wherever it has come to: what may have been sent is only looked for. */
  const proceed = async (pair: Pair, row: UndoRow): Promise<ActivityEntry<ErrorView>> => {
    const entry = await inTurn(row.scope, row, () =>
      row.job.steps.some(({ state }) => state === 'waiting') ? run(pair, row) : settle(pair, row),
    );
    if (entry.state !== 'failed' && entry.state !== 'queued') await onWritten(pair);
    return entry;
  };

  /** The way back of this entry, or what was chosen instead. */
  const wantedOf = async (pair: Pair, of: StoredActivity, instead?: UndoInstead): Promise<BackWrite> => {
    if (!of.undo.can) throw new AppError('invalid_input', { input: 'undo' });
    const { write } = of.undo;
    if (!instead) return write;
    const refused = await journal.get(of.scope, instead.refused);
    const offer = refused?.entry.undoes === of.entry.id ? refused.entry.offer : undefined;
    if (!offer || write.kind !== 'fields') throw new AppError('plan_expired');
    const chosen = chosenBack(write, offer, instead.choices, { country: pair.country });
    if (!chosen) throw new AppError('invalid_input', { input: 'undo' });
    return chosen;
  };

  const begin = async (of: StoredActivity, id: string, write: BackWrite): Promise<UndoRow> => {
    const { scope } = of;
    const at = clock.now();
    const row: UndoRow = {
      scope,
      entry: {
        id,
        at,
        kind: 'undo',
        origin: 'agent',
        personName: of.entry.personName,
        people: of.entry.people,
        vendor: placeOf(write).vendor,
        lines: endedLines(write, 'running', NOTHING_DONE),
        state: 'running',
        error: null,
        undo: { can: false, reason: 'running' },
        undoes: of.entry.id,
        undoneBy: null,
      },
      write,
      undo: { can: false, reason: 'running' },
      job: newJob<BackWrite, ErrorView, null>({ id, key: id, details: null, ops: [write] }, at),
    };
    await journal.put(row);
    await journal.put(markedRow(of, id, 'running'));
    return row;
  };

  /** Beside no other write to the same record. */
  const inTurn = <T>(scope: string, { entry, write }: StoredActivity, work: () => Promise<T>): Promise<T> => {
    const [source, target] = entry.people;
    const { contact, vendor } = placeOf(write as BackWrite);
    return locks.request(contactLock(scope, vendor, contact.id), () =>
      source && target ? locks.request(lockName(scope, { source, target }), work) : work(),
    ) as Promise<T>;
  };

  /** The one that takes this entry back already, while it is done or not settled; null when a new one may begin. */
  const earlier = async (
    pair: Pair,
    { scope, entry }: StoredActivity,
  ): Promise<ActivityEntry<ErrorView> | null> => {
    if (entry.undoneBy === null) return null;
    const by = await journal.get(scope, entry.undoneBy);
    if (!by) return null;
    if (!isOpen(by)) return by.entry.state === 'done' ? by.entry : null;
    // It waits, or is gone on with after the background was stopped.
    if (await isListed(by.entry.id)) return by.entry;
    const settled = await inTurn(scope, by, () => settle(pair, by));
    return settled.state === 'done' || settled.state === 'unknown' ? settled : null;
  };

  /** Whether it is gone on with. Whoever begins one holds the lock of its entry from before it is listed. */
  const isListed = async (id: string): Promise<boolean> => (await jobs.list()).some((job) => job.id === id);

  const inTurnOf = <T>(entryId: string, work: () => Promise<T>): Promise<T> =>
    locks.request(`undo:${entryId}`, work) as Promise<T>;

  return {
    undo: (entryId, press, instead) => {
      const id = entryIdOf('undo', press);
      return jobs.inTurn(id, () =>
        inTurnOf(entryId, async () => {
          const pair = await accounts.pair();
          if (!pair) throw new AppError('not_connected');
          const scope = scopeOfPair(pair);
          const closing = async (entry: ActivityEntry<ErrorView>): Promise<ActivityEntry<ErrorView>> => {
            await jobs.close(pair, id, endOf(entry));
            return entry;
          };
          const same = await journal.get(scope, id);
          if (same && same.entry.undoes !== entryId) throw new AppError('invalid_input', { input: 'press' });
          if (same && (!isOpen(same) || same.entry.state === 'queued')) return same.entry;
          if (same && isOpen(same)) return closing(await proceed(pair, same));
          const of = await journal.get(scope, entryId);
          if (!of) throw new AppError('plan_expired');
          const known = await earlier(pair, of);
          if (known) return known;
          const now = (await journal.get(scope, entryId)) ?? of;
          const write = await wantedOf(pair, now, instead);
          await jobs.open(pair, specOf(now, id, write));
          return closing(await proceed(pair, await begin(now, id, write)));
        }),
      );
    },

    kind: {
      async isBegun(_op, { pair, id }) {
        const row = await journal.get(scopeOfPair(pair), id);
        return row !== undefined && !row.job?.steps.some(({ state }) => state === 'waiting');
      },
      goOn: ({ of: entryId, write }, { pair, id }) =>
        inTurnOf(entryId, async (): Promise<StepEnd> => {
          const scope = scopeOfPair(pair);
          const known = await journal.get(scope, id);
          if (known && !isOpen(known)) return endOf(known.entry);
          const of = await journal.get(scope, entryId);
          // Not told of before the background was stopped, and by now it is taken back, or gone.
          if (!of || (of.entry.undoneBy ?? id) !== id) {
            const error = toErrorView(new AppError(of ? 'cancelled' : 'plan_expired'));
            return known
              ? endOf(await finish(pair, known, 'failed', { result: null, error }))
              : { state: 'failed', error };
          }
          if (known && of.entry.undoneBy === null) await journal.put(markedRow(of, id, 'running'));
          return endOf(await proceed(pair, known ?? (await begin(of, id, write))));
        }),
      cancelled: ({ of: entryId }, { pair, id }, why) =>
        inTurnOf(entryId, async () => {
          const row = await journal.get(scopeOfPair(pair), id);
          if (!row || !isOpen(row)) return;
          await finish(pair, row, 'failed', { result: null, error: toErrorView(why) });
        }),
    },

    async settleInterrupted() {
      const pair = await accounts.pair();
      if (!pair) return;
      const scope = scopeOfPair(pair);
      for (const { entry } of (await journal.list(scope, null)).filter(isOpen)) {
        // Whoever holds the lock is alive and will finish by itself.
        const settling = inTurnOf(entry.undoes ?? entry.id, async () => {
          const row = await journal.get(scope, entry.id);
          if (row && isOpen(row) && !(await isListed(entry.id)))
            await inTurn(scope, row, () => settle(pair, row));
        });
        // One that cannot be settled must not keep the others from it.
        await settling.catch(onBug);
      }
    },
  };
}

/** What it is called in the list of what waits. */
const specOf = ({ entry }: StoredActivity, id: string, write: BackWrite): JobSpec => ({
  id,
  people: entry.people,
  personName: entry.personName,
  words: [{ kind: 'undo', vendor: placeOf(write).vendor, undoes: entry.kind }],
  ops: [{ kind: 'undo', of: entry.id, write }],
});

function endOf({ state, error }: ActivityEntry<ErrorView>): StepEnd {
  if (state === 'running') throw new AppError('internal');
  if (state !== 'queued') return { state, error };
  return { state: 'later', error: error ?? toErrorView(new AppError('internal')) };
}

/** What is there now of all that the entry wrote, also where less was to be taken back. */
const offerFor = ({ country }: Pair, { undo }: StoredActivity, { now }: Done): OfferedField[] | null =>
  now && undo.can && undo.write.kind === 'fields' ? offerOf(undo.write, now, { country }) : null;

const isOpen = (row: StoredActivity): row is UndoRow => row.job !== null;

/** The task, or ticket, that this takes back to what it was, and whose links tell of it; null where that is no state of one. */
function followedBy(write: Write): { ghlId: string; item: ItemLink['to'] } | null {
  if (write.kind === 'task-status')
    return { ghlId: write.contact.id, item: { kind: 'task', id: write.item.id } };
  return write.kind === 'ticket-status' && write.linkedTo !== undefined
    ? { ghlId: write.linkedTo, item: { kind: 'ticket', id: write.item.id } }
    : null;
}

function firstOp({ job }: UndoRow): BackWrite {
  const [step] = job.steps;
  if (!step) throw new AppError('internal');
  return step.op;
}

/** How one ends that may have changed something. */
const MAY_BE_SENT: ReadonlySet<ActivityState> = new Set(['done', 'not-stored', 'unknown']);

type TagsBack = BackWrite & { kind: 'tag' | 'tags' };
const tagOpsOf = (write: TagsBack): readonly TagChange[] => (write.kind === 'tags' ? write.ops : [write]);

/** Tags that were read back as they should be; all of them where nothing had to be sent. */
function seenTags(write: TagsBack, state: ActivityState, { tags }: Done): readonly TagChange[] {
  if (tags) return tags.filter(({ outcome }) => outcome === 'verified');
  return state === 'done' ? tagOpsOf(write) : [];
}

/** Not over: another one may not begin. */
const PENDING: ReadonlySet<ActivityState> = new Set(['queued', 'running', 'unknown']);

/** The entry that is taken back, as far as that has come: only what did not happen leaves the way open. */
function markedRow(of: StoredActivity, by: string, state: ActivityState): StoredActivity {
  const isPending = PENDING.has(state) || state === 'done';
  const undo: ActivityEntry['undo'] =
    state === 'running'
      ? { can: false, reason: 'undoing' }
      : state === 'done'
        ? { can: false, reason: 'undone' }
        : shownUndo(of.undo);
  return { ...of, entry: { ...of.entry, undo, undoneBy: isPending ? by : null } };
}
