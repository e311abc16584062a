import { AppError } from '../errors.ts';
import type { CommentCopy, CopyPreview, NoteCopy, TaskCopy, TicketCopy } from '../panel-state.ts';
import { commentHtml, commentItem, commentKey, isStaffComment } from '../vendors/atera/related.ts';
import { noteItems } from '../vendors/ghl/related.ts';
import { wholeText } from '../vendors/related.ts';
import type { AdditionContext, Kinds } from './addition-kinds.ts';
import { checkCommentAuthor } from './addition-kinds-atera.ts';
import { fold, isPlainNote } from './addition-kinds-ghl.ts';
import { type CopySource, previewOfCopy } from './copies.ts';
import { asSent, noteVersion } from './item-versions.ts';
import { readySection } from './view-parts.ts';

type Copy = NoteCopy | CommentCopy | TaskCopy | TicketCopy;

/** The words and the marker; the line before them may name the author in one browser, and nobody in another. */
export const isCopy = (html: string | null | undefined, { body }: Copy): boolean =>
  fold(wholeText(html).text).includes(fold(body.slice(body.indexOf('\n'))));

/** Both ends of a copy. */
export function peopleOf({ contactId, otherId }: AdditionContext, vendor: 'atera' | 'ghl') {
  if (otherId === null) throw new AppError('plan_expired');
  return vendor === 'atera' ? { ateraId: contactId, ghlId: otherId } : { ateraId: otherId, ghlId: contactId };
}

/** The original is as the preview showed it, what it holds was answered, and it is neither copied already nor a copy itself. */
export async function checkOriginal(
  context: AdditionContext,
  people: ReturnType<typeof peopleOf>,
  source: CopySource,
  { body, print, seen, ...more }: Copy,
): Promise<CopyPreview> {
  const { pair, you, itemLinks } = context;
  const rules = await context.taskRules();
  const [now, links] = await Promise.all([
    previewOfCopy(pair, you, people, source, { now: context.startedAt, rules }),
    itemLinks.of(pair, people.ghlId),
  ]);
  const is = (one: CopySource | { kind: string; id: string }) =>
    one.kind === source.kind && one.id === source.id;
  if (links.some(({ from, to, print: copied }) => is(to) || (is(from) && copied === now.print)))
    throw new AppError('already_copied');
  const isTitle = !('title' in more) || more.title === now.title;
  if (now.print !== print || now.body !== body || !isTitle) throw new AppError('plan_expired');
  if (now.secrets.some((secret) => !seen.includes(secret))) throw new AppError('plan_expired');
  return now;
}

export const storeLink = (
  { pair, itemLinks, now }: AdditionContext,
  ghlId: string,
  from: CopySource,
  to: CopySource['kind'],
  { print }: Copy,
  [id]: readonly string[],
): Promise<void> =>
  id === undefined
    ? Promise.resolve()
    : itemLinks.add(pair, ghlId, { from, to: { kind: to, id }, print, at: now() });

/** Copies are told by their marker: one that is there already, from whichever browser, is not written again. */
export const COPY_KINDS: Kinds<'copy-note' | 'copy-comment'> = {
  'copy-note': {
    vendor: 'atera',
    resource: 'comments',
    isState: true,
    needsBoth: true,
    async check(context, addition) {
      await checkCommentAuthor(context, addition);
      const source = { kind: 'note', id: addition.sourceId } as const;
      await checkOriginal(context, peopleOf(context, 'atera'), source, addition);
    },
    async read({ pair, subject }, addition) {
      const { ticketId } = addition;
      const records = await pair.atera.readCommentRecords(ticketId);
      const isInView = subject.kind === 'ticket' && subject.id === ticketId;
      const items = records
        .map((comment, index) => commentItem(comment, ticketId, index))
        .sort((a, b) => (b.at ?? 0) - (a.at ?? 0));
      return {
        // What an end user wrote, or may read, is no copy of ours, whatever it says.
        found: records
          .filter((comment) => isStaffComment(comment) && isCopy(commentHtml(comment), addition))
          .map((comment) => commentKey(comment, ticketId) ?? ''),
        show: isInView ? { sections: { comments: readySection(items) } } : {},
      };
    },
    async send({ pair, you }, { ticketId, body }) {
      if (!you.atera) throw new AppError('no_identity', { vendor: 'atera' });
      await pair.atera.addComment(ticketId, body, you.atera);
      return null;
    },
    keep: (context, addition, fresh) =>
      storeLink(
        context,
        peopleOf(context, 'atera').ghlId,
        { kind: 'note', id: addition.sourceId },
        'comment',
        addition,
        fresh,
      ),
  },
  'copy-comment': {
    vendor: 'ghl',
    resource: 'notes',
    isState: true,
    needsBoth: true,
    async check(context, addition) {
      const { userId, sourceId } = addition;
      if (userId !== undefined && userId !== context.you.ghl?.id) throw new AppError('plan_expired');
      const source = { kind: 'comment', id: sourceId } as const;
      await checkOriginal(context, peopleOf(context, 'ghl'), source, addition);
    },
    async read({ pair, contactId }, addition) {
      const records = await pair.ghl.readNoteRecords(contactId);
      const own = records.filter(({ body }) => isCopy(body, addition));
      return {
        found: own.map(({ id }) => id),
        items: await Promise.all(
          own.map(async (note) => asSent(await noteVersion(note), isPlainNote(note, addition))),
        ),
        show: { sections: { notes: readySection(noteItems(records)) } },
      };
    },
    async send({ pair, contactId }, { body, userId = null }) {
      await pair.ghl.addNote(contactId, body, userId);
      return null;
    },
    keep: (context, addition, fresh) =>
      storeLink(
        context,
        peopleOf(context, 'ghl').ghlId,
        { kind: 'comment', id: addition.sourceId },
        'note',
        addition,
        fresh,
      ),
  },
};
