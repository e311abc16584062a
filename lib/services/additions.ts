import type { VendorName } from '../core/contact.ts';
import type { ResourceName } from '../core/resource-settings.ts';
import { hasTag } from '../core/tag-list.ts';
import { AppError, expected, isAppError, mayBeWritten } from '../errors.ts';
import type { Addition, AdditionResult } from '../panel-state.ts';
import type { Clock } from '../platform/clock.ts';
import { type Accounts, type Pair, scopeOfPair } from './accounts.ts';
import {
  type AdditionContext,
  freshCount,
  freshItems,
  kindOf,
  type Prepared,
  type Seen,
} from './addition-kinds.ts';
import { type AdditionTarget, findPlace, type Place, provePlace } from './addition-place.ts';
import type { AdditionRows } from './addition-rows.ts';
import type { StoredAddition } from './areas.ts';
import type { Identities } from './identities.ts';
import type { Links } from './links.ts';
import type { Subjects } from './subjects.ts';
import type { TagFields } from './tag-field.ts';
import type { Views } from './views.ts';

export interface AdditionCommand extends Omit<AdditionTarget, 'tabId'> {
  /** Made by the panel, one per press. */
  id: string;
  addition: Addition;
}

export interface Additions {
  /**
   * Adds to the person that this tab shows: sent once, then read back. The same id again answers the same and sends nothing.
   * Rejects when nothing was sent because the page, or who it shows, is not what the panel showed.
   */
  add(tabId: number, command: AdditionCommand): Promise<AdditionResult>;
  /** Looks for the results of additions that the end of the worker cut off. */
  settleInterrupted(): Promise<void>;
}

interface Dependencies {
  rows: AdditionRows;
  accounts: Accounts;
  subjects: Subjects;
  views: Views;
  links: Links;
  identities: Identities;
  tagFields: TagFields;
  /** Rejects when this kind is not written to that vendor for the pair. */
  checkWritable: (pair: Pair, resource: ResourceName, vendor: VendorName) => Promise<void>;
  clock: Clock;
  locks: Pick<LockManager, 'request'>;
  /** The outcome of an addition for this tab is stored. */
  onOutcome: (tabId: number) => void;
  /** For what should never happen. */
  onBug: (error: unknown) => void;
}

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
    checkWritable,
    clock,
    locks,
    onOutcome,
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
  });

  const finish: AdditionRows['finish'] = async (pair, row, ...outcome) => {
    const result = await rows.finish(pair, row, ...outcome);
    onOutcome(row.tabId);
    return result;
  };

  const show = ({ tabId, version }: StoredAddition, { show: { sections, ateraTags } }: Seen): void => {
    if (sections) views.showSections(tabId, version, sections);
    if (ateraTags) views.showAteraTags(tabId, version, ateraTags);
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
    const row = { ...sent, made: freshItems(sent.before, seen) };
    show(row, seen);
    const count = kind.isState ? seen.found.length : freshCount(row.before, seen.found);
    // Not among what could be read: that says nothing.
    if (count === 0 && seen.isWhole === false) return finish(pair, row, 'unknown', doubt, { isPartly: true });
    const gone = (row.keeps ?? []).filter((tag) => !hasTag(seen.text ?? null, tag));
    const more = gone.length > 0 ? { gone } : {};
    if (count === 0) return finish(pair, row, 'not-stored', doubt, more);
    // Without an answer, one is ours; two may both be somebody else's.
    return doubt !== null && count > 1
      ? finish(pair, row, 'unknown', doubt)
      : finish(pair, row, 'done', null, more);
  };

  const write = async (pair: Pair, place: Place, first: StoredAddition): Promise<AdditionResult> => {
    const { addition } = first;
    const kind = kindOf(addition);
    await rows.open(pair, first);
    const context = await contextOf(pair, first);
    let row = first;
    let prepared: Prepared | null;
    /** Reading takes time: the page must still show this person. Waits for it while it is read again. */
    const checkPlace = () => findPlace(dependencies, pair, kind.vendor, place);
    try {
      const [seen] = await Promise.all([
        kind.read(context, addition),
        kind.check?.(context, addition) ?? Promise.resolve(),
      ]);
      row = { ...row, before: seen.found };
      // A tag that is as wanted already is not sent: it would start workflows for nothing.
      if (kind.isState && seen.found.length > 0) {
        show(row, seen);
        return finish(pair, row, 'done');
      }
      await provePlace({ views, links }, pair, kind.vendor, place);
      await checkPlace();
      // After the wait for the page, or what is read here would grow old in it.
      prepared = (await kind.prepare?.(context, addition, seen)) ?? null;
      await checkPlace();
      await checkWritable(pair, kind.resource, kind.vendor);
      row = { ...row, stage: 'sent', ...(prepared ? { keeps: prepared.keeps } : {}) };
      await rows.save(pair, row);
    } catch (error) {
      return finish(pair, row, 'failed', expected(error));
    }
    let sentId: string | null;
    try {
      sentId = await kind.send(context, addition, prepared);
    } catch (error) {
      if (isAppError(error) && !mayBeWritten(error)) return finish(pair, row, 'failed', error);
      if (!isAppError(error)) onBug(error);
      return readBack(context, row, isAppError(error) ? error : new AppError('internal'));
    }
    return readBack(context, row, null, sentId);
  };

  /** Cut off by the end of the worker: looked for when it was sent, never sent again. */
  const settle = async (pair: Pair, row: StoredAddition): Promise<AdditionResult> => {
    const { vendor } = kindOf(row.addition);
    const doubt = new AppError('internal', { vendor, operation: 'interrupted' });
    if (row.stage !== 'sent') return finish(pair, row, 'failed', doubt);
    return readBack(await contextOf(pair, row), row, doubt);
  };

  const lockOf = ({ scope, addition, contactId }: StoredAddition): string =>
    contactLock(scope, kindOf(addition).vendor, contactId);

  return {
    add: (tabId, { id, addition, ...shown }) =>
      locks.request(`addition:${id}`, async () => {
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
        if (known) return locks.request(lockOf(known), () => settle(pair, known));
        const { vendor, resource } = kindOf(addition);
        await checkWritable(pair, resource, vendor);
        const place = await findPlace(dependencies, pair, vendor, { ...shown, tabId });
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
          result: null,
          who: { name: place.personName, person: place.person, contact: place.contact },
        };
        return locks.request(lockOf(row), () => write(pair, place, row));
      }),

    async settleInterrupted() {
      const pair = await accounts.pair();
      if (!pair) return;
      for (const { id } of await rows.interrupted(pair)) {
        // Whoever holds the lock is alive and will finish by itself.
        const settling = locks.request(`addition:${id}`, async () => {
          const row = await rows.get(pair, id);
          if (row?.result === null) await locks.request(lockOf(row), () => settle(pair, row));
        });
        // One that cannot be settled must not keep the others from it.
        await Promise.resolve(settling).catch(onBug);
      }
    },
  };
}
