import { type Subject, sameSubject } from '../core/contact.ts';
import { AppError, isAppError, toErrorView } from '../errors.ts';
import type { Addition, AdditionResult, RelatedItem, SubjectView } from '../panel-state.ts';
import type { GhlVendor } from '../vendors/ghl/index.ts';
import { noteItem, taskItem } from '../vendors/ghl/related.ts';
import { type Accounts, type Pair, scopeOfPair } from './accounts.ts';
import type { Store, StoredAddition } from './areas.ts';
import { isClaimed } from './claims.ts';
import { doubtOf } from './identity-proof.ts';
import type { Links } from './links.ts';
import type { Subjects } from './subjects.ts';
import { AMBIGUOUS } from './sync.ts';
import { readySection } from './view-parts.ts';
import type { SubjectTab, Views } from './views.ts';

export interface AdditionCommand {
  version: number;
  /** Made by the panel, one per press. */
  id: string;
  addition: Addition;
}

export interface Additions {
  /**
   * Adds to the GHL contact that this tab shows: sent once, then read back. The same id again answers the same and sends nothing.
   * Rejects when nothing was sent because the page, or who it shows, is not what the panel showed.
   */
  add(tabId: number | null, command: AdditionCommand): Promise<AdditionResult>;
}

interface Dependencies {
  store: Store;
  accounts: Accounts;
  subjects: Subjects;
  views: Views;
  links: Links;
  locks: Pick<LockManager, 'request'>;
  /** For what should never happen. */
  onBug: (error: unknown) => void;
}

/** Writes tags, notes and tasks at the GHL contact on screen. */
export function createAdditions({
  store,
  accounts,
  subjects,
  views,
  links,
  locks,
  onBug,
}: Dependencies): Additions {
  const placeOf = async (tabId: number | null, version: number, pair: Pair): Promise<Place> => {
    const tab = tabId === null ? null : await subjects.look(tabId);
    if (!tab?.subject || tab.version !== version) throw new AppError('subject_changed');
    const { subject } = tab;
    const isForeign = tab.chosen && tab.scope !== scopeOfPair(pair);
    const isElsewhere = subject.locationId !== undefined && subject.locationId !== pair.ghlAccount.id;
    if (isForeign || isElsewhere) throw new AppError('subject_changed');
    const shown: SubjectTab = { ...tab, subject };
    const view = views.peek(shown);
    const contactId = contactOf(view);
    if (contactId === null || view.person.status !== 'ready') throw new AppError('plan_expired');
    const { tabId: id, windowId } = tab;
    const unproven =
      subject.vendor === 'atera' && view.match.status === 'one' ? view.person.value.ref.id : null;
    return { tabId: id, windowId, version, subject, contactId, unproven };
  };

  /** A pair that nobody linked must prove itself again, as before a push. */
  const prove = async (pair: Pair, place: Place): Promise<void> => {
    if (place.unproven === null) return;
    const [source, target] = await Promise.all([
      pair.atera.readPerson(place.unproven),
      pair.ghl.readPerson(place.contactId),
    ]);
    const doubt = await doubtOf(pair, { source, target });
    // Asked last: nobody may have linked one of them to somebody else meanwhile.
    const isTaken = await isClaimed(links, pair, source.contact.ref, target.contact.ref);
    if (!doubt && !isTaken) return;
    await views.showDoubt(place, pair, doubt ?? { source, twins: [], candidates: [target] });
    throw new AppError('uncertain');
  };

  const finish = async (
    scope: string,
    id: string,
    row: StoredAddition,
    state: AdditionResult['state'],
    error: unknown = null,
  ): Promise<AdditionResult> => {
    const result = { id, state, error: error === null ? null : toErrorView(error) };
    await store.put('additions', scope, id, { ...row, result });
    return result;
  };

  /** Looks whether it is there. `doubt`: why it is not known that it was written; null when the vendor said so. */
  const readBack = async (
    { pair, scope, place, id }: Job,
    row: StoredAddition,
    doubt: unknown,
  ): Promise<AdditionResult> => {
    let items: RelatedItem[];
    try {
      items = await readItems(pair.ghl, row.contactId, row.addition);
    } catch (error) {
      return finish(scope, id, row, 'unknown', doubt ?? expected(error));
    }
    views.showSections(place.tabId, place.version, { [sectionOf(row.addition)]: readySection(items) });
    return isThere(row, items) ? finish(scope, id, row, 'done') : finish(scope, id, row, 'not-stored', doubt);
  };

  const write = async (job: Job, addition: Addition): Promise<AdditionResult> => {
    const { pair, scope, place, id } = job;
    const { contactId } = place;
    const row: StoredAddition = { contactId, addition, before: [], result: null };
    let items: RelatedItem[];
    try {
      items = await readItems(pair.ghl, contactId, addition);
    } catch (error) {
      return finish(scope, id, row, 'failed', expected(error));
    }
    row.before = items.map((item) => item.id);
    // A tag that is as wanted already is not sent: it would start workflows for nothing.
    const isTag = addition.kind === 'add-tag' || addition.kind === 'remove-tag';
    if (isTag && isThere(row, items)) {
      views.showSections(place.tabId, place.version, { tags: readySection(items) });
      return finish(scope, id, row, 'done');
    }
    await store.put('additions', scope, id, row);
    try {
      await prove(pair, place);
      // Reading took time: the page must still show this person.
      const now = await placeOf(place.tabId, place.version, pair);
      const isSame = now.contactId === contactId && sameSubject(now.subject, place.subject);
      if (!isSame) throw new AppError('subject_changed');
    } catch (error) {
      return finish(scope, id, row, 'failed', expected(error));
    }
    try {
      await send(pair.ghl, contactId, addition);
    } catch (error) {
      if (isAppError(error) && !AMBIGUOUS.has(error.code)) return finish(scope, id, row, 'failed', error);
      if (!isAppError(error)) onBug(error);
      return readBack(job, row, isAppError(error) ? error : new AppError('internal'));
    }
    return readBack(job, row, null);
  };

  return {
    add: (tabId, { version, id, addition }) =>
      locks.request(`addition:${id}`, async () => {
        const pair = await accounts.pair();
        if (!pair) throw new AppError('not_connected');
        const scope = scopeOfPair(pair);
        const known = await store.get('additions', scope, id);
        // Something else under the same id must not be answered with an old result.
        if (known && JSON.stringify(known.addition) !== JSON.stringify(addition))
          throw new AppError('invalid_input', { input: 'id' });
        if (known?.result) return known.result;
        const place = await placeOf(tabId, version, pair);
        const job: Job = { pair, scope, place, id };
        return locks.request(`contact:${scope}:${place.contactId}`, async () => {
          if (!known) return write(job, addition);
          // Sent by a background that was stopped before it knew the outcome: only looked for, never sent again.
          if (known.contactId !== place.contactId) throw new AppError('subject_changed');
          return readBack(job, known, new AppError('internal', { vendor: 'ghl', operation: 'interrupted' }));
        });
      }),
  };
}

interface Place {
  tabId: number;
  windowId: number;
  version: number;
  subject: Subject;
  contactId: string;
  /** The viewed Atera contact, where only its address says that the GHL contact is the same person; else null. */
  unproven: string | null;
}

interface Job {
  pair: Pair;
  scope: string;
  place: Place;
  id: string;
}

/** The GHL contact that the view is certain of; null when there is none, or while it is being read. */
function contactOf({ person, match, subject, refreshing }: SubjectView): string | null {
  if (refreshing || person.status !== 'ready') return null;
  if (subject.vendor === 'ghl') return subject.kind === 'contact' ? subject.id : null;
  return match.status === 'linked' || match.status === 'one' ? match.counterpart.ref.id : null;
}

const sectionOf = ({ kind }: Addition): 'tags' | 'notes' | 'tasks' =>
  kind === 'note' ? 'notes' : kind === 'task' ? 'tasks' : 'tags';

async function readItems(ghl: GhlVendor, contactId: string, addition: Addition): Promise<RelatedItem[]> {
  const section = sectionOf(addition);
  if (section === 'notes') return ghl.readNotes(contactId);
  return section === 'tasks' ? ghl.readTasks(contactId) : (await ghl.readContact(contactId)).tags;
}

function send(ghl: GhlVendor, contactId: string, addition: Addition): Promise<void> {
  if (addition.kind === 'note') return ghl.addNote(contactId, addition.body);
  if (addition.kind === 'task') return ghl.addTask(contactId, addition);
  return addition.kind === 'add-tag'
    ? ghl.addTag(contactId, addition.tag)
    : ghl.removeTag(contactId, addition.tag);
}

/** Whether what was wanted is what was read: GHL keeps tags in lower case; notes and tasks must be new ones. */
function isThere({ addition, before }: StoredAddition, items: RelatedItem[]): boolean {
  const fresh = items.filter(({ id }) => !before.includes(id));
  if (addition.kind === 'note') {
    const { body } = noteItem({ id: 'sent', body: addition.body });
    return fresh.some((item) => item.body === body);
  }
  if (addition.kind === 'task') {
    const { title } = taskItem({ id: 'sent', title: addition.title });
    const at = Math.floor(addition.dueAt / 1000) * 1000;
    return fresh.some((item) => item.title === title && item.at === at);
  }
  const wanted = addition.tag.toLowerCase();
  return items.some(({ id }) => id.toLowerCase() === wanted) === (addition.kind === 'add-tag');
}

/** What a vendor did is an outcome to answer with; anything else is a bug and goes on to the top. */
function expected(error: unknown): AppError {
  if (!isAppError(error)) throw error;
  return error;
}
