import { type Ref, VENDOR_NAMES } from '../core/contact.ts';
import { tagRulesKey } from '../core/tag-rules.ts';
import { type TagOp, tagRows } from '../core/tag-sync.ts';
import { AppError } from '../errors.ts';
import type { SubjectView, TagSyncResult, TagSyncState } from '../panel-state.ts';
import type { Clock } from '../platform/clock.ts';
import { type Accounts, type Pair, scopeOfPair } from './accounts.ts';
import { findPlace } from './addition-place.ts';
import { contactLock } from './additions.ts';
import type { JobOp, StoredTagSync } from './areas.ts';
import type { JobKind, JobSpec, Jobs, StepEnd } from './jobs/queue.ts';
import { peopleOf as peopleFor } from './journal.ts';
import { type Shown, shownPerson } from './page-check.ts';
import type { SubjectTab } from './subjects.ts';
import { isWaiting, partsOf, peopleOf, sidesOf, tagsIn } from './tag-parts.ts';
import { bothAt, createTagWrite, type TagWriteDependencies } from './tag-write.ts';

export interface TagSyncCommand extends Shown {
  counterpart: Ref;
  /** Made by the panel, one per press. */
  id: string;
  /** Names the rules that the panel showed. */
  rules: string;
  /** What was ticked. */
  ops: TagOp[];
}

export interface TagSync {
  /**
   * Puts on and takes off the ticked tags, in both systems side by side, and reads them back. The same id again answers the same and
   * sends nothing. Rejects when nothing was sent because the page, or who it shows, is not what the panel showed.
   */
  sync(tabId: number, command: TagSyncCommand): Promise<TagSyncResult>;
  /** What a panel of this tab is told of a view of it. What has to be read for that is read first. */
  stateOf(pair: Pair, tab: SubjectTab): Promise<(view: SubjectView) => TagSyncState | null>;
  /** Goes on with a press that was cut off, or had to wait. */
  kind: JobKind<JobOp & { kind: 'tags' }>;
}

interface Dependencies extends TagWriteDependencies {
  accounts: Pick<Accounts, 'pair'>;
  clock: Clock;
  locks: Pick<LockManager, 'request'>;
  jobs: Pick<Jobs, 'inTurn' | 'open' | 'close'>;
}

export function createTagSync(dependencies: Dependencies): TagSync {
  const { rows, accounts, views, bases, settings, tagFields, clock, locks, jobs } = dependencies;
  const { write, goOn, cancel } = createTagWrite(dependencies);

  /** Beside no other write to the tags of either record. */
  const inTurn = <T>(row: StoredTagSync, work: () => Promise<T>): Promise<T> => {
    const { atera, ghl } = peopleOf(row);
    return locks.request(contactLock(row.scope, 'atera', atera.id), () =>
      locks.request(contactLock(row.scope, 'ghl', ghl.id), work),
    ) as Promise<T>;
  };

  const closing = async (pair: Pair, result: TagSyncResult): Promise<TagSyncResult> => {
    await jobs.close(pair, result.id, endOf(result));
    return result;
  };

  return {
    sync: (tabId, { id, ops, rules: shownRules, counterpart, ...shown }) =>
      jobs.inTurn(id, async () => {
        const pair = await accounts.pair();
        if (!pair) throw new AppError('not_connected');
        const known = await rows.get(pair, id);
        // Something else under the same id must not be answered with an old result.
        if (known && JSON.stringify(known.ops) !== JSON.stringify(ops))
          throw new AppError('invalid_input', { input: 'id' });
        if (known?.result) return known.result;
        if (known) return closing(pair, await inTurn(known, () => goOn(pair, known)));
        const { view } = await shownPerson(dependencies, pair, tabId, shown);
        const target = { ...shown, tabId, contact: counterpart };
        const place = await findPlace(dependencies, pair, bothAt(counterpart), target);
        const rules = await settings.of(pair);
        const seen = tagsIn(view);
        const field = await tagFields.of(pair);
        if (counterpart.vendor === shown.person.vendor)
          throw new AppError('invalid_input', { input: 'counterpart' });
        if (!seen || !field || tagRulesKey(rules) !== shownRules) throw new AppError('plan_expired');
        const row: StoredTagSync = {
          id,
          scope: scopeOfPair(pair),
          at: clock.now(),
          tabId,
          version: place.version,
          subject: place.subject,
          who: { name: place.personName, person: place.person, counterpart: place.contact },
          ops,
          rules,
          field: field.name,
          seen,
          parts: partsOf(ops),
          stage: 'open',
          result: null,
          isOnTrust: place.unproven !== null,
        };
        await jobs.open(pair, specOf(row));
        return closing(pair, await inTurn(row, () => write(pair, place, row)));
      }),

    async stateOf(pair, tab) {
      const people = sidesOf(views.peek(tab));
      const [rules, field, last] = await Promise.all([
        settings.of(pair),
        tagFields.of(pair),
        rows.last(pair, tab.subject),
      ]);
      const base = people && field ? await bases.of(pair, people, field.name) : null;
      return (view) => {
        const now = sidesOf(view);
        const sets = tagsIn(view);
        if (!people || !now || !sets || field?.state !== 'ready') return null;
        // Somebody else by now: that has a state of its own.
        if (VENDOR_NAMES.some((vendor) => now[vendor].id !== people[vendor].id)) return null;
        return { rules: tagRulesKey(rules), rows: tagRows(sets, base, rules), hasPast: base !== null, last };
      };
    },

    kind: {
      async isBegun({ row: { id } }, { pair }) {
        const row = await rows.get(pair, id);
        return row?.result ? !isWaiting(row.result) : row?.stage === 'sent';
      },
      async goOn({ row: first }, { pair }) {
        const row = (await rows.get(pair, first.id)) ?? first;
        return endOf(await inTurn(row, () => goOn(pair, row)));
      },
      async cancelled({ row: first }, { pair }, why) {
        await cancel(pair, (await rows.get(pair, first.id)) ?? first, why);
      },
    },
  };
}

/** What a press is called in the list of what waits. */
function specOf(row: StoredTagSync): JobSpec {
  const { id, who, parts } = row;
  const vendors = VENDOR_NAMES.filter((vendor) => parts.some((part) => part.vendor === vendor));
  return {
    id,
    people: peopleFor(who.person, who.counterpart),
    personName: who.name,
    words: [{ kind: 'sync-tags', vendor: vendors[0] ?? who.counterpart.vendor, isBoth: vendors.length > 1 }],
    ops: [{ kind: 'tags', row }],
  };
}

/** Each request says by itself how it ended; of the press, what is worst. */
function endOf(result: TagSyncResult): StepEnd {
  const { parts } = result;
  const [first] = parts;
  if (isWaiting(result)) {
    if (!first?.error) throw new AppError('internal');
    return { state: 'later', error: first.error };
  }
  const worst = WORST_FIRST.find((state) => parts.some((part) => part.state === state));
  return { state: worst ?? 'done', error: parts.find(({ state }) => state === worst)?.error ?? null };
}

const WORST_FIRST = ['unknown', 'failed', 'conflict', 'not-stored'] as const;
