import { type Ref, VENDOR_NAMES, type VendorName } from '../core/contact.ts';
import { tagRulesKey } from '../core/tag-rules.ts';
import { tagBaseAfter } from '../core/tag-sync.ts';
import { AppError, expected, isAppError } from '../errors.ts';
import type { TagPart, TagPartName, TagSyncResult } from '../panel-state.ts';
import type { Pair } from './accounts.ts';
import type { TagPlace } from './addition-kinds-atera.ts';
import { acceptedPlace, findPlace, type Place, provePlace } from './addition-place.ts';
import type { StoredTagPart, StoredTagSync } from './areas.ts';
import type { Proves } from './identity-proof.ts';
import { canWait } from './jobs/queue.ts';
import { tagLessons } from './lessons.ts';
import type { Links } from './links.ts';
import type { Quirks } from './quirks.ts';
import type { Subjects } from './subjects.ts';
import type { TagBases } from './tag-bases.ts';
import type { TagFields } from './tag-field.ts';
import {
  type Attempt,
  compared,
  isSending,
  isWaiting,
  onlyWaits,
  partAfter,
  peopleOf,
  reduced,
  sentOf,
  stillThere,
  unsent,
  vendorsOf,
} from './tag-parts.ts';
import type { TagSettings } from './tag-settings.ts';
import { type PreparedTags, prepareTags, readTags, sendTags, type TagsNow } from './tag-sides.ts';
import type { TagSyncRows } from './tag-sync-rows.ts';
import type { Views } from './views.ts';

export interface TagWriteDependencies {
  rows: TagSyncRows;
  subjects: Subjects;
  views: Views;
  links: Links;
  bases: TagBases;
  settings: Pick<TagSettings, 'of'>;
  quirks: Pick<Quirks, 'learn'>;
  tagFields: Pick<TagFields, 'of' | 'checkOf'>;
  /** Whether two records prove by themselves that they are one person. */
  proves: Proves;
  /** The outcome for this tab is stored. */
  onOutcome: (tabId: number) => void;
  /** For what should never happen. */
  onBug: (error: unknown) => void;
}

/** Tags go both ways, whoever is on screen. */
export const bothAt = ({ vendor }: Ref) => ({ vendor, needsBoth: true as const });

type Both<T> = Record<VendorName, T>;

/** Sends the requests of one press, once each, and looks what came of them. The caller holds the locks of both records. */
export function createTagWrite(dependencies: TagWriteDependencies) {
  const { rows, views, links, bases, settings, quirks, tagFields, proves, onOutcome, onBug } = dependencies;

  const placesOf = (pair: Pair, row: StoredTagSync): Both<TagPlace> => {
    const people = peopleOf(row);
    const tagField = { name: row.field, state: 'ready' as const, error: null };
    return {
      atera: { pair, contactId: people.atera.id, tagField },
      ghl: { pair, contactId: people.ghl.id, tagField },
    };
  };

  const finish = async (pair: Pair, row: StoredTagSync, parts: TagPart[]): Promise<TagSyncResult> => {
    const result = await rows.finish(pair, row, { id: row.id, parts });
    onOutcome(row.tabId);
    return result;
  };

  const show = ({ tabId, version }: StoredTagSync, { show: { sections, ateraTags } }: TagsNow): void => {
    if (sections) views.showSections(tabId, version, sections);
    if (ateraTags) views.showAteraTags(tabId, version, ateraTags);
  };

  /** Nothing was sent: tried again later where what is in the way may pass. */
  const nothingSent = (
    pair: Pair,
    row: StoredTagSync,
    error: AppError,
    state: 'queued' | 'failed' = canWait(error) ? 'queued' : 'failed',
  ): Promise<TagSyncResult> =>
    finish(
      pair,
      { ...row, stage: 'open' },
      row.parts.map((part) => unsent(part, state, error)),
    );

  /** What each request came to, by what is there now. `doubts`: why it is not known that it was written. */
  const readBack = async (
    pair: Pair,
    row: StoredTagSync,
    attempts: readonly Attempt[],
  ): Promise<TagSyncResult> => {
    const people = peopleOf(row);
    const places = placesOf(pair, row);
    const looks = new Map(
      await Promise.all(
        vendorsOf(attempts).map(async (vendor): Promise<[VendorName, TagsNow | AppError]> => {
          try {
            const now = await readTags(vendor, places[vendor]);
            show(row, now);
            return [vendor, now];
          } catch (error) {
            return [vendor, expected(error)];
          }
        }),
      ),
    );
    const parts = attempts.map((attempt) => partAfter(attempt, looks.get(attempt.part.vendor)));
    // Only what was read back counts as agreed.
    const outcomes = parts.flatMap(({ vendor, tags }) =>
      tags.map(({ tag, isOn, outcome }) => ({ op: { vendor, tag, isOn }, isDone: outcome === 'verified' })),
    );
    const base = await bases.of(pair, people, row.field);
    const next = tagBaseAfter({ seen: row.seen, base, rules: row.rules }, outcomes);
    await bases.save(pair, people, row.field, next);
    // Before its end is stored: after that nobody comes back to it.
    const lessons = parts.flatMap((part) => tagLessons(part, part.tags));
    await quirks.learn(pair, row.id, lessons);
    return finish(pair, row, parts);
  };

  /** `page`: where it was pressed a moment ago. Without one it is for whom it was accepted: the agent may look at somebody else by now. */
  const write = async (pair: Pair, page: Place | null, first: StoredTagSync): Promise<TagSyncResult> => {
    await rows.open(pair, first);
    const people = peopleOf(first);
    const { person, counterpart, name } = first.who;
    const accepted = { ...first, who: { name, person, contact: counterpart }, otherId: person.id };
    const both = bothAt(counterpart);
    const checkPlace = () =>
      page ? findPlace(dependencies, pair, both, page) : acceptedPlace(links, pair, both, accepted);
    const checkRules = async (): Promise<void> => {
      // Other rules, or fewer places to write to, than the panel showed.
      if (tagRulesKey(await settings.of(pair)) !== tagRulesKey(first.rules))
        throw new AppError('plan_expired');
    };
    let row = first;
    const prepared = new Map<TagPartName, PreparedTags | null>();
    const places = placesOf(pair, first);
    const { field } = first;
    try {
      const [atera, ghl, checked] = await Promise.all([
        readTags('atera', places.atera),
        readTags('ghl', places.ghl),
        tagFields.checkOf(pair),
      ]);
      if (checked?.state !== 'ready') throw new AppError('tag_field', { vendor: 'atera', input: field });
      // Renamed, or another one chosen, since the panel showed its tags.
      if (checked.name !== field) throw new AppError('plan_expired', { vendor: 'atera' });
      const now: Both<TagsNow> = { atera, ghl };
      const base = await bases.of(pair, people, field);
      row = {
        ...row,
        seen: stillThere(row.seen, now),
        parts: row.parts.map((part) => compared(part, now, base, row.rules)),
      };
      await provePlace({ views, links, proves }, pair, page ?? (await checkPlace()));
      await checkPlace();
      for (const part of row.parts.filter(isSending))
        prepared.set(
          part.part,
          await prepareTags(part.vendor, places[part.vendor], sentOf(part), now[part.vendor]),
        );
      await checkPlace();
      await checkRules();
      row = {
        ...row,
        stage: 'sent',
        parts: row.parts.map((part) => reduced(part, prepared.get(part.part) ?? null)),
      };
      await rows.save(pair, row);
    } catch (error) {
      return nothingSent(pair, row, expected(error));
    }
    const send = async (part: StoredTagPart): Promise<Attempt> => {
      if (!isSending(part)) return { part, error: null };
      try {
        await sendTags(part.vendor, places[part.vendor], sentOf(part), prepared.get(part.part) ?? null);
        return { part, error: null };
      } catch (error) {
        // From here on the write may have happened, whatever went wrong: only the read-back can tell.
        if (!isAppError(error)) onBug(error);
        return { part, error: isAppError(error) ? error : new AppError('internal') };
      }
    };
    /** One request at a time for a record: after one that failed, the next is not sent. */
    const sendAll = async (parts: readonly StoredTagPart[]): Promise<Attempt[]> => {
      const attempts: Attempt[] = [];
      let error: AppError | null = null;
      for (const part of parts) {
        const attempt: Attempt = error && isSending(part) ? { part, error, isLeft: true } : await send(part);
        attempts.push(attempt);
        error ??= attempt.error;
      }
      return attempts;
    };
    const attempts = await Promise.all(
      VENDOR_NAMES.map((vendor) => sendAll(row.parts.filter((part) => part.vendor === vendor))),
    );
    const wait = onlyWaits(attempts.flat());
    return wait ? nothingSent(pair, row, wait) : readBack(pair, row, attempts.flat());
  };

  /** Cut off by the end of the worker, or had to wait: looked for when it was sent, and never sent again. */
  const goOn = async (pair: Pair, row: StoredTagSync): Promise<TagSyncResult> => {
    const { result, stage } = row;
    if (result && !isWaiting(result)) return result;
    if (result || stage !== 'sent') return write(pair, null, { ...row, stage: 'open', result: null });
    const doubt = new AppError('internal', { operation: 'interrupted' });
    return readBack(
      pair,
      row,
      row.parts.map((part) => ({ part, error: isSending(part) ? doubt : null })),
    );
  };

  const cancel = (pair: Pair, row: StoredTagSync, why: AppError): Promise<TagSyncResult> =>
    nothingSent(pair, row, why, 'failed');

  return { write, goOn, cancel };
}
