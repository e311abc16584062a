import type { VendorName } from '../core/contact.ts';
import { copiedOf, type ItemLink } from '../core/copied.ts';
import { copyText } from '../core/copying.ts';
import { markerOf, withoutMarkers } from '../core/marker.ts';
import { secretsIn } from '../core/secret-scan.ts';
import { cleanText } from '../core/text.ts';
import { AppError, isAppError } from '../errors.ts';
import type { CopyPreview, Identity, RelatedItem, SubjectView } from '../panel-state.ts';
import { commentHtml, commentKey } from '../vendors/atera/related.ts';
import { epochOf, printOf, wholeText } from '../vendors/related.ts';
import type { Accounts, Pair } from './accounts.ts';
import type { Identities } from './identities.ts';
import type { ItemLinks } from './item-links.ts';
import { isNamed, type Shown, shownPerson } from './page-check.ts';
import type { Subjects } from './subjects.ts';
import type { Views } from './views.ts';

export interface CopySource {
  kind: 'note' | 'comment';
  id: string;
}

interface People {
  ghlId: string;
  ateraId: string;
}

/** Reads the original, and says what its copy would be. The same original gives the same text, in every browser that may read its author. */
export async function previewOfCopy(
  pair: Pair,
  you: Identity,
  people: People,
  source: CopySource,
): Promise<CopyPreview> {
  const { html, author, at, from } = await (source.kind === 'note'
    ? readNote(pair, you, people, source.id)
    : readComment(pair, people, source.id));
  const print = printOf(html);
  const vendor = source.kind === 'note' ? 'ghl' : 'atera';
  const marker = markerOf({ vendor, ...source }, print);
  const { text, omitted } = wholeText(html);
  // A marker in somebody's words would speak for us once we write them.
  const body = withoutMarkers(text);
  if (marker === null || body === '') throw new AppError('not_found', { vendor, input: source.kind });
  const words = copyText({ author, writtenAt: epochOf(at), body, from, kind: source.kind, omitted }, marker);
  return { body: words, print, secrets: secretsIn(body) };
}

async function readNote(pair: Pair, you: Identity, { ghlId }: People, id: string) {
  const note = (await pair.ghl.readNoteRecords(ghlId)).find((one) => one.id === id);
  if (!note) throw new AppError('not_found', { vendor: 'ghl', input: 'note' });
  const author = note.userId ? await userName(pair, you, note.userId) : null;
  return { html: note.body, author, at: note.dateAdded, from: 'GHL' as const };
}

/** Names of users need a right that nothing else needs: without it the copy names nobody. */
async function userName(pair: Pair, { ghl }: Identity, userId: string): Promise<string | null> {
  if (ghl?.id === userId) return ghl.name;
  try {
    return (await pair.ghl.readUsers()).find(({ id }) => id === userId)?.name ?? null;
  } catch (error) {
    if (isAppError(error) && (error.code === 'forbidden' || error.code === 'unauthorized')) return null;
    throw error;
  }
}

async function readComment(pair: Pair, { ateraId }: People, id: string) {
  const [ticketId = ''] = id.split('~');
  const [ticket, records] = await Promise.all([
    pair.atera.readTicket(ticketId),
    pair.atera.readCommentRecords(ticketId),
  ]);
  if (String(ticket.EndUserID) !== ateraId) throw new AppError('subject_changed');
  const comment = records.find((one) => commentKey(one, ticketId) === id);
  if (!comment) throw new AppError('not_found', { vendor: 'atera', input: 'comment' });
  const name = cleanText([comment.FirstName, comment.LastName].filter(Boolean).join(' '));
  const author = name ?? cleanText(comment.Email);
  return { html: commentHtml(comment), author, at: comment.Date, from: 'Atera' as const };
}

/** The contact of this vendor that a view shows for certain. */
function contactOf({ person, match }: SubjectView, wanted: VendorName): string | null {
  const known = match.status === 'linked' || match.status === 'one' ? [match.counterpart.ref] : [];
  const shown = person.status === 'ready' ? [person.value.ref, ...known] : known;
  return shown.find(({ vendor }) => vendor === wanted)?.id ?? null;
}

/** Says of each note and comment of a view where it was copied to, or from. */
export interface ToldCopies {
  /** At once; null while `load` was not asked for this person. */
  tell(pair: Pair, view: SubjectView): SubjectView | null;
  load(pair: Pair, view: SubjectView): Promise<void>;
}

export const createToldCopies = (links: ItemLinks): ToldCopies => ({
  async load(pair, view) {
    const id = contactOf(view, 'ghl');
    if (id !== null) await links.of(pair, id);
  },
  tell(pair, view) {
    const id = contactOf(view, 'ghl');
    const known = id === null ? [] : links.known(pair, id);
    return known && withCopies(view, known);
  },
});

function withCopies(view: SubjectView, links: readonly ItemLink[]): SubjectView {
  const listed = [view.sections.notes, view.sections.comments].flatMap((section) =>
    section.status === 'ready' ? section.items.flatMap(({ copy }) => (copy ? [copy] : [])) : [],
  );
  const told = (item: RelatedItem): RelatedItem => {
    const copied = item.copy ? copiedOf(item.copy, listed, links) : null;
    return copied ? { ...item, copied, body: withoutMarkers(item.body) } : item;
  };
  const sections = Object.fromEntries(
    Object.entries(view.sections).map(([name, section]) => [
      name,
      section.status === 'ready' ? { ...section, items: section.items.map(told) } : section,
    ]),
  ) as SubjectView['sections'];
  return { ...view, sections };
}

interface PreviewDependencies {
  accounts: Pick<Accounts, 'pair'>;
  subjects: Subjects;
  views: Views;
  identities: Identities;
}

/** For the panel of a tab: what copying an item of the person on screen would write. Nothing is promised by it. */
export const createCopyPreviews =
  ({ accounts, subjects, views, identities }: PreviewDependencies) =>
  async (tabId: number, shown: Shown, source: CopySource): Promise<CopyPreview> => {
    const pair = await accounts.pair();
    if (!pair) throw new AppError('not_connected');
    const { tab, view } = await shownPerson({ subjects, views }, pair, tabId, shown);
    if (!isNamed(tab, shown.person)) throw new AppError('unconfirmed');
    const ghlId = contactOf(view, 'ghl');
    const ateraId = contactOf(view, 'atera');
    if (ghlId === null || ateraId === null) throw new AppError('plan_expired');
    return previewOfCopy(pair, await identities.of(pair), { ghlId, ateraId }, source);
  };
