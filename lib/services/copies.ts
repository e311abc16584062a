import { claimProblem } from '../core/claim.ts';
import type { VendorName } from '../core/contact.ts';
import { copiedOf, type ItemLink } from '../core/copied.ts';
import { copyText } from '../core/copying.ts';
import { type ItemKind, markerOf, withoutMarkers } from '../core/marker.ts';
import { secretsIn } from '../core/secret-scan.ts';
import { agreementOf, dueFor, type TaskRules, taskRulesKey } from '../core/task-ticket.ts';
import { cleanText, normalizeEmail, shorten } from '../core/text.ts';
import { AppError, isAppError } from '../errors.ts';
import type { CopyPreview, GhlUser, Identity, RelatedItem, Section, SubjectView } from '../panel-state.ts';
import type { Clock } from '../platform/clock.ts';
import { commentHtml, commentKey } from '../vendors/atera/related.ts';
import { taskText } from '../vendors/ghl/related.ts';
import { epochOf, printOf, wholeText } from '../vendors/related.ts';
import type { Accounts, Pair } from './accounts.ts';
import type { Identities } from './identities.ts';
import type { ItemLinks } from './item-links.ts';
import { isNamed, type Shown, shownPerson } from './page-check.ts';
import type { Subjects } from './subjects.ts';
import type { TaskSettings } from './task-settings.ts';
import type { ReadItems } from './view-loads.ts';
import type { Views } from './views.ts';

export interface CopySource {
  kind: ItemKind;
  id: string;
}

interface People {
  ghlId: string;
  ateraId: string;
}

/** An original as it was read, and what its copy takes from it. */
interface Original {
  html: string | null | undefined;
  print: string;
  author: string | null;
  at: string | null | undefined;
  more?: Pick<CopyPreview, 'title' | 'dueAt' | 'assignee' | 'rules'>;
}

/** What a copy follows from beside its original. `rules`: null where those of the pair cannot be understood. */
interface By {
  now: number;
  rules: TaskRules | null;
}

/** Reads the original, and says what its copy would be. The same original gives the same text, in every browser that may read its author. */
export async function previewOfCopy(
  pair: Pair,
  you: Identity,
  people: People,
  source: CopySource,
  by: By,
): Promise<CopyPreview> {
  const { html, print, author, at, more = {} } = await READ[source.kind](pair, you, people, source.id, by);
  const vendor = source.kind === 'note' || source.kind === 'task' ? 'ghl' : 'atera';
  const marker = markerOf({ vendor, ...source }, print);
  const { text, omitted } = wholeText(html);
  // A marker in somebody's words would speak for us once we write them.
  const body = withoutMarkers(text);
  const title = withoutMarkers(more.title ?? '');
  if (marker === null || body + title === '') throw new AppError('not_found', { vendor, input: source.kind });
  const from = vendor === 'ghl' ? 'GHL' : 'Atera';
  const original = {
    author,
    writtenAt: epochOf(at),
    body: body || title,
    from,
    kind: source.kind,
    omitted,
  } as const;
  return {
    body: copyText(original, marker),
    print,
    secrets: secretsIn(`${title}\n${body}`),
    ...more,
    ...(more.title === undefined ? {} : { title: title || source.id }),
  };
}

type Reader = (pair: Pair, you: Identity, people: People, id: string, by: By) => Promise<Original>;
const READ: Record<ItemKind, Reader> = {
  note: (pair, you, people, id) => readNote(pair, you, people, id),
  comment: (pair, _you, people, id) => readComment(pair, people, id),
  task: (pair, _you, people, id) => readTask(pair, people, id),
  ticket: (pair, _you, people, id, by) => readTicket(pair, people, id, by),
};

async function readTask(pair: Pair, { ghlId }: People, id: string): Promise<Original> {
  const task = (await pair.ghl.readTaskRecords(ghlId)).find((one) => one.id === id);
  if (!task) throw new AppError('not_found', { vendor: 'ghl', input: 'task' });
  const { title, assignedTo } = task;
  const email = assignedTo ? (await usersOf(pair)).find((user) => user.id === assignedTo)?.email : null;
  const found = email
    ? (await pair.atera.readTechnicians()).find((one) => isSameEmail(one.email, email))
    : null;
  return {
    html: task.body,
    print: printOf(taskText(task)),
    author: null,
    at: null,
    more: { title: taskTitle(title), assignee: found ? { id: String(found.id), name: found.name } : null },
  };
}

async function readTicket(
  pair: Pair,
  { ateraId }: People,
  id: string,
  { now, rules }: By,
): Promise<Original> {
  if (!rules) throw new AppError('task_rules');
  const ticket = await pair.atera.readTicket(id);
  if (String(ticket.EndUserID) !== ateraId) throw new AppError('subject_changed');
  const email = cleanText(ticket.TechnicianEmail);
  const found = email ? (await usersOf(pair)).find((one) => isSameEmail(one.email, email)) : null;
  return {
    // Not every answer holds the first comment, which is the description.
    html: ticket.FirstComment,
    print: printOf(ticket.TicketTitle),
    author: cleanText([ticket.EndUserFirstName, ticket.EndUserLastName].filter(Boolean).join(' ')),
    at: ticket.TicketCreatedDate,
    more: {
      title: taskTitle(ticket.TicketTitle),
      dueAt: dueFor(epochOf(ticket.ClosedTicketDueDate), now, rules.dueDays),
      rules: taskRulesKey(rules),
      assignee: found ? { id: found.id, name: found.name } : null,
    },
  };
}

const taskTitle = (title: string | null | undefined): string => shorten(cleanText(title) ?? '', 300).text;
const isSameEmail = (one: string | null, other: string): boolean =>
  one !== null && normalizeEmail(one) === normalizeEmail(other);

/** Users need a right that nothing else needs: without it nobody is known. */
async function usersOf(pair: Pair): Promise<GhlUser[]> {
  try {
    return await pair.ghl.readUsers();
  } catch (error) {
    if (isAppError(error) && (error.code === 'forbidden' || error.code === 'unauthorized')) return [];
    throw error;
  }
}

async function readNote(pair: Pair, you: Identity, { ghlId }: People, id: string): Promise<Original> {
  const note = (await pair.ghl.readNoteRecords(ghlId)).find((one) => one.id === id);
  if (!note) throw new AppError('not_found', { vendor: 'ghl', input: 'note' });
  const author = note.userId ? await userName(pair, you, note.userId) : null;
  return { html: note.body, print: printOf(note.body), author, at: note.dateAdded };
}

const userName = async (pair: Pair, { ghl }: Identity, userId: string): Promise<string | null> =>
  ghl?.id === userId ? ghl.name : ((await usersOf(pair)).find(({ id }) => id === userId)?.name ?? null);

async function readComment(pair: Pair, { ateraId }: People, id: string): Promise<Original> {
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
  const html = commentHtml(comment);
  return { html, print: printOf(html), author, at: comment.Date };
}

/** The contact of this vendor that a view shows for certain. */
function contactOf({ person, match }: SubjectView, wanted: VendorName): string | null {
  const known = match.status === 'linked' || match.status === 'one' ? [match.counterpart.ref] : [];
  const shown = person.status === 'ready' ? [person.value.ref, ...known] : known;
  return shown.find(({ vendor }) => vendor === wanted)?.id ?? null;
}

/** Says of each item of a view where it was copied to, or from. */
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

/** Keeps what tasks and tickets say that are linked here, once both were read. */
export const createAgreements =
  (links: Pick<ItemLinks, 'of' | 'agree'>, settings: Pick<TaskSettings, 'of'>) =>
  async (pair: Pair, { ghlId, sections: { tasks, tickets }, at }: ReadItems): Promise<void> => {
    const itemsOf = (section: Section | undefined): RelatedItem[] =>
      section?.status === 'ready' ? section.items : [];
    const pairs = (await links.of(pair, ghlId)).flatMap(({ from, to }) => {
      const end = (kind: ItemKind) => [from, to].find((one) => one.kind === kind)?.id;
      const task = itemsOf(tasks).find(({ id }) => id === end('task'));
      const ticket = itemsOf(tickets).find(({ id }) => id === end('ticket'));
      return task && ticket ? [{ task, ticket }] : [];
    });
    const rules = pairs.length > 0 ? await settings.of(pair) : null;
    if (!rules) return;
    const found = pairs.flatMap(({ task, ticket }) => {
      const agreed = agreementOf(task.done, ticket.state, rules);
      return agreed ? [{ taskId: task.id, ticketId: ticket.id, agreed }] : [];
    });
    await links.agree(pair, ghlId, found, at);
  };

function withCopies(view: SubjectView, links: readonly ItemLink[]): SubjectView {
  const listed = Object.values(view.sections).flatMap((section) =>
    section.status === 'ready' ? section.items.flatMap(({ copy }) => (copy ? [copy] : [])) : [],
  );
  // Comments are those of one ticket, and tickets the newest ones.
  const isWhole = (kind: ItemKind): boolean =>
    (kind === 'note' && view.sections.notes.status === 'ready') ||
    (kind === 'task' && view.sections.tasks.status === 'ready');
  const told = (item: RelatedItem): RelatedItem => {
    const copied = item.copy ? copiedOf(item.copy, listed, links) : null;
    const claim = item.copy ? claimProblem(item.copy, copied, listed, isWhole) : null;
    const more = claim ? { claim } : {};
    return copied ? { ...item, ...more, copied, body: withoutMarkers(item.body) } : { ...item, ...more };
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
  taskSettings: Pick<TaskSettings, 'of'>;
  clock: Clock;
}

/** For the panel of a tab: what copying an item of the person on screen would write. Nothing is promised by it. */
export const createCopyPreviews =
  ({ accounts, subjects, views, identities, taskSettings, clock }: PreviewDependencies) =>
  async (tabId: number, shown: Shown, source: CopySource): Promise<CopyPreview> => {
    const pair = await accounts.pair();
    if (!pair) throw new AppError('not_connected');
    const { tab, view } = await shownPerson({ subjects, views }, pair, tabId, shown);
    if (!isNamed(tab, shown.person)) throw new AppError('unconfirmed');
    const ghlId = contactOf(view, 'ghl');
    const ateraId = contactOf(view, 'atera');
    if (ghlId === null || ateraId === null) throw new AppError('plan_expired');
    const [you, rules] = await Promise.all([identities.of(pair), taskSettings.of(pair)]);
    return previewOfCopy(pair, you, { ghlId, ateraId }, source, { now: clock.now(), rules });
  };
