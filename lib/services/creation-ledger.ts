import { isCompany, type Ref, sameRef, type VendorName } from '../core/contact.ts';
import { verifyCreation } from '../core/creation.ts';
import { AppError, expected, fromErrorView, toErrorView } from '../errors.ts';
import type { CreationResult } from '../panel-state.ts';
import type { Clock } from '../platform/clock.ts';
import type { PersonRecord } from '../vendors/vendor.ts';
import type { Pair } from './accounts.ts';
import type { Store, StoredCreation } from './areas.ts';
import { companyRef } from './company-sides.ts';
import { isNamedResult, resultsOf } from './creation-search.ts';
import type { Journal } from './journal.ts';
import { resourceOfFields } from './lessons.ts';
import type { Links } from './links.ts';
import type { Quirks } from './quirks.ts';
import { recordsOf } from './records.ts';

/** The pair that a creation belongs to. */
export interface Context {
  pair: Pair;
  scope: string;
}

/** What was sent to create people, and what came of it. Kept for a month; whoever changes a row holds the lock of its person. */
export interface CreationLedger {
  /** Stores it before it is sent. */
  open(context: Context, row: StoredCreation): Promise<void>;
  /** Stores how it ended. */
  finish(
    context: Context,
    row: StoredCreation,
    outcome: Partial<CreationResult> & Pick<CreationResult, 'state'>,
  ): Promise<CreationResult>;
  /** The vendor named the new record: read first, linked when it can be the one, kept as unknown until it can be read. */
  complete(context: Context, row: StoredCreation, id: string): Promise<CreationResult>;
  /** Sent, and no clear answer: only looked for. Exactly one who holds all that was sent is taken for the result; nothing is sent again. */
  settle(context: Context, row: StoredCreation, doubt?: AppError): Promise<CreationResult>;
  /**
   * Looks again for what came of other creations of this person: the last one that stands in the way of a new one, also because it waits,
   * or null. `own`: the one that is pressed.
   */
  settleEarlier(context: Context, source: Ref, own: string | null): Promise<CreationResult | null>;
  /** What created this counterpart of the person; null when nothing here did. */
  resultFor(context: Context, source: Ref, counterpart: Ref): Promise<CreationResult | null>;
}

/** After this a request that was not found did not arrive, and whoever wants to may create again: GHL's search lags a minute. */
const RELEASE_MS = 600_000;

/** Sent and not settled, or settled as unknown: both stand in the way of another creation. */
export const isOpen = ({ result, released }: StoredCreation): boolean =>
  result === null || (result.state === 'unknown' && !released);

/** Nothing was sent yet, and a job goes on with it. */
export const isWaiting = ({ result }: Pick<StoredCreation, 'result'>): boolean => result?.state === 'queued';

export function createCreationLedger({
  store,
  journal,
  links,
  quirks,
  clock,
}: {
  store: Store;
  journal: Pick<Journal, 'creation'>;
  links: Links;
  quirks: Pick<Quirks, 'learn'>;
  clock: Clock;
}): CreationLedger {
  /** Creations of this person in this pair. */
  const rowsOf = async ({ scope }: Context, source: Ref): Promise<StoredCreation[]> => {
    const rows = (await store.all('creations')).filter((row) => sameRef(row.source, source));
    const own = await Promise.all(rows.map(({ id }) => store.get('creations', scope, id)));
    return own.flatMap((row) => row ?? []);
  };

  const tell = ({ pair, scope }: Context, row: StoredCreation): Promise<void> => {
    const accountId = (row.vendor === 'ghl' ? pair.ghlAccount : pair.ateraAccount).id;
    const id = row.createdId ?? '';
    const created: Ref = isCompany(row.source)
      ? companyRef(pair, row.vendor, id)
      : { vendor: row.vendor, accountId, kind: 'contact', id };
    return journal.creation(scope, row, created);
  };

  const finish: CreationLedger['finish'] = async (context, row, outcome) => {
    const { scope } = context;
    const result: CreationResult = {
      id: row.id,
      at: clock.now(),
      vendor: row.vendor,
      personName: row.personName,
      isLinked: false,
      created: null,
      fields: [],
      people: [],
      error: null,
      ...(isCompany(row.source) ? { isCompany: true } : {}),
      ...outcome,
    };
    // Told first: whoever finds the row without an outcome tells it again.
    await tell(context, { ...row, result });
    await store.put('creations', scope, row.id, { ...row, result });
    return result;
  };

  /** The new record, as it was read: linked to its source, and compared. */
  const link = async (context: Context, row: StoredCreation, made: PersonRecord): Promise<CreationResult> => {
    const { pair } = context;
    const { ref } = made.contact;
    const [atera, ghl] = row.source.vendor === 'atera' ? [row.source, ref] : [ref, row.source];
    // Whoever the agent linked meanwhile stays linked: this replaces no link.
    const isLinked = await links.link(pair, atera, ghl);
    const fields = verifyCreation(row.values, made.fields, { country: pair.country });
    const known = { ...row, createdId: ref.id };
    const { vendor } = row;
    const lessons = fields.map(({ field, stored }) => ({
      vendor,
      resource: resourceOfFields(row.source),
      field,
      isKept: stored,
    }));
    await quirks.learn(pair, row.id, lessons);
    return finish(context, known, { state: 'created', isLinked, created: made.view, fields });
  };

  const isLongAgo = ({ startedAt }: StoredCreation): boolean => clock.now() - startedAt >= RELEASE_MS;

  /** Nobody is named: exactly one who holds all that was sent is it. */
  const look = async (context: Context, row: StoredCreation, doubt: AppError): Promise<CreationResult> => {
    try {
      const { own, people } = await resultsOf(context.pair, row);
      const [only] = own;
      if (only && own.length === 1) return await link(context, row, only);
      // Whoever creates again is shown the others first.
      return await finish(
        context,
        { ...row, released: own.length === 0 && isLongAgo(row) },
        { state: 'unknown', error: toErrorView(doubt), people: people.map(({ view }) => view) },
      );
    } catch (error) {
      return finish(context, row, { state: 'unknown', error: toErrorView(expected(error)) });
    }
  };

  const complete: CreationLedger['complete'] = async (context, row, id) => {
    const { pair, scope } = context;
    const { vendor } = row;
    const known = { ...row, createdId: id };
    await store.put('creations', scope, row.id, known);
    const nameless = { ...row, createdId: null };
    let made: PersonRecord;
    try {
      made = await recordsOf(pair, { vendor, kind: row.source.kind }).readPerson(
        id,
        row.values.map(({ key }) => key),
      );
    } catch (error) {
      const problem = expected(error);
      // A record that is still not there was never made, or is gone.
      if (problem.code === 'not_found' && isLongAgo(row)) return look(context, nameless, problem);
      return finish(context, known, { state: 'unknown', error: toErrorView(problem) });
    }
    if (isNamedResult(pair, row, made)) return link(context, row, made);
    const doubt = new AppError('invalid_response', { vendor, operation: 'createContact' });
    return look(context, nameless, doubt);
  };

  const settle: CreationLedger['settle'] = (context, row, doubt = doubtOf(row)) =>
    row.createdId === null ? look(context, row, doubt) : complete(context, row, row.createdId);

  return {
    async open(context, row) {
      await store.put('creations', context.scope, row.id, row);
      await tell(context, row);
    },
    finish,
    complete,
    settle,
    async settleEarlier(context, source, own) {
      const rows = (await rowsOf(context, source)).filter(({ id }) => id !== own);
      let last = rows.find(isWaiting)?.result ?? null;
      for (const row of rows.filter(isOpen)) {
        const result = await settle(context, row);
        const now = await store.get('creations', context.scope, row.id);
        if (!now?.released) last = result;
      }
      return last;
    },
    async resultFor(context, source, counterpart) {
      const made = (await rowsOf(context, source)).find(
        ({ createdId, result }) => createdId === counterpart.id && result?.state === 'created',
      );
      return made?.result ?? null;
    },
  };
}

/** Why it is not known: as it was told before, else because the background was stopped. */
const doubtOf = ({ vendor, result }: StoredCreation): AppError =>
  result?.error ? fromErrorView(result.error) : interrupted(vendor);

const interrupted = (vendor: VendorName): AppError =>
  new AppError('internal', { vendor, operation: 'interrupted' });
