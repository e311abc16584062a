import { type ActivityEntry, type ActivityState, endedLines } from '../core/activity.ts';
import { type Ref, VENDOR_NAMES } from '../core/contact.ts';
import { type JobStep, newJob } from '../core/job.ts';
import type { ResourceName } from '../core/resource-settings.ts';
import { type BackWrite, type Done, NOTHING_DONE, undoAfter } from '../core/undo.ts';
import { AppError, type ErrorView, toErrorView } from '../errors.ts';
import type { Clock } from '../platform/clock.ts';
import { type Accounts, type Pair, scopeOfPair } from './accounts.ts';
import { contactLock } from './additions.ts';
import type { StoredActivity } from './areas.ts';
import type { Bases } from './bases.ts';
import type { Identities } from './identities.ts';
import type { ItemLinks } from './item-links.ts';
import { runJob } from './jobs/run-job.ts';
import { entryIdOf, type Journal, shownUndo } from './journal.ts';
import { lockName } from './planned-write.ts';
import type { MappingOf } from './records.ts';
import type { Registry } from './registry.ts';
import type { TagBases } from './tag-bases.ts';
import type { TagFields } from './tag-field.ts';
import { expectedError, placeOf, type UndoContext, undoKind } from './undo-kinds.ts';

export interface Undos {
  /**
   * Takes back what this entry wrote, by a write of its own that expects what was written: somebody's change since refuses it.
   * `press` is made by the page, one per press; the same one again, or another one while the first is not settled, writes nothing
   * and answers with the first one's entry.
   */
  undo(entryId: string, press: string): Promise<ActivityEntry<ErrorView>>;
  /** Looks for the results of those that the end of the worker cut off. */
  settleInterrupted(): Promise<void>;
}

interface Dependencies {
  journal: Journal;
  bases: Pick<Bases, 'forget'>;
  tagBases: Pick<TagBases, 'note'>;
  accounts: Pick<Accounts, 'pair'>;
  mappingOf: MappingOf;
  identities: Pick<Identities, 'of'>;
  registry: Registry;
  tagFields: Pick<TagFields, 'of' | 'checkOf'>;
  itemLinks: ItemLinks;
  /** Rejects when this kind is not written to that vendor for the pair. */
  checkWritable: (pair: Pair, resource: ResourceName, vendor: Ref['vendor']) => Promise<void>;
  clock: Clock;
  locks: Pick<LockManager, 'request'>;
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
    registry,
    checkWritable,
    clock,
    locks,
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
      now: clock.now,
      registry,
    }),
  });

  /** Right before it is sent: what is not written any more is not written back either. */
  const guard = async (pair: Pair, write: BackWrite): Promise<void> => {
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

  /** A sync must not take the way back for an edit of somebody, and carry the old value to the other side. */
  const forgetBase = async (pair: Pair, { entry: { people }, write }: UndoRow): Promise<void> => {
    // Whoever was on screen: the press may have named one of the two alone.
    if (write.kind === 'tags') await tagBases.note(pair, write.contact, write.ops);
    if (write.kind === 'tag') await tagBases.note(pair, write.contact, [write]);
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
    // Once more: what was read right before the write was sent still agreed.
    await forgetBase(pair, row);
    const done: Done = { ...NOTHING_DONE, ...(result as Done | null) };
    // A copy that is gone is none: it may be made again.
    if (write.kind === 'delete' && state === 'done')
      await itemLinks.drop(pair, write.contact.id, { kind: write.of, id: write.item.id });
    const undone = entry.undoes === null ? undefined : await journal.get(scope, entry.undoes);
    const isOwn = undone && (undone.entry.undoneBy ?? entry.id) === entry.id;
    if (isOwn) await journal.put(markedRow(undone, entry.id, state));
    const undo = undoAfter(state, write, done, journal.mayEmpty);
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

  /** Cut off, or not settled so far. Nothing is sent. */
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
      guard: () => guard(pair, firstOp(first)),
      owner: OWNER,
      now: clock.now,
      random: () => 0,
      onBug,
    });
    const [step] = job.steps;
    if (!step) throw new AppError('internal');
    if (step.state === 'sending' || step.state === 'unknown') return look(pair, row, step);
    // Nothing was sent: whoever wants it presses again.
    if (step.state === 'waiting') return finish(pair, row, 'failed', { result: null, error: job.error });
    return tellStep(pair, row, step);
  };

  const begin = async (pair: Pair, scope: string, of: StoredActivity, press: string): Promise<UndoRow> => {
    if (!of.undo.can) throw new AppError('invalid_input', { input: 'undo' });
    const { write } = of.undo;
    const id = entryIdOf('undo', press);
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
    await forgetBase(pair, row);
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
    const settled = await inTurn(scope, by, () => settle(pair, by));
    return settled.state === 'done' || settled.state === 'unknown' ? settled : null;
  };

  return {
    undo: (entryId, press) =>
      locks.request(`undo:${entryId}`, async () => {
        const pair = await accounts.pair();
        if (!pair) throw new AppError('not_connected');
        const scope = scopeOfPair(pair);
        const same = await journal.get(scope, entryIdOf('undo', press));
        if (same && same.entry.undoes !== entryId) throw new AppError('invalid_input', { input: 'press' });
        if (same) return isOpen(same) ? inTurn(scope, same, () => settle(pair, same)) : same.entry;
        const of = await journal.get(scope, entryId);
        if (!of) throw new AppError('plan_expired');
        const known = await earlier(pair, of);
        if (known) return known;
        const row = await begin(pair, scope, (await journal.get(scope, entryId)) ?? of, press);
        const entry = await inTurn(scope, row, () => run(pair, row));
        if (entry.state !== 'failed') await onWritten(pair);
        return entry;
      }) as Promise<ActivityEntry<ErrorView>>,

    async settleInterrupted() {
      const pair = await accounts.pair();
      if (!pair) return;
      const scope = scopeOfPair(pair);
      for (const { entry } of (await journal.list(scope, null)).filter(isOpen)) {
        // Whoever holds the lock is alive and will finish by itself.
        const settling = locks.request(`undo:${entry.undoes ?? entry.id}`, async () => {
          const row = await journal.get(scope, entry.id);
          if (row && isOpen(row)) await inTurn(scope, row, () => settle(pair, row));
        });
        // One that cannot be settled must not keep the others from it.
        await Promise.resolve(settling).catch(onBug);
      }
    },
  };
}

const isOpen = (row: StoredActivity): row is UndoRow => row.job !== null;

function firstOp({ job }: UndoRow): BackWrite {
  const [step] = job.steps;
  if (!step) throw new AppError('internal');
  return step.op;
}

/** The entry that is taken back, as far as that has come: only what did not happen leaves the way open. */
function markedRow(of: StoredActivity, by: string, state: ActivityState): StoredActivity {
  const isPending = state === 'running' || state === 'unknown' || state === 'done';
  const undo: ActivityEntry['undo'] =
    state === 'running'
      ? { can: false, reason: 'undoing' }
      : state === 'done'
        ? { can: false, reason: 'undone' }
        : shownUndo(of.undo);
  return { ...of, entry: { ...of.entry, undo, undoneBy: isPending ? by : null } };
}
