import { addTag, hasTag, isTag, parseTags, removeTag } from '../core/tag-list.ts';
import { AppError } from '../errors.ts';
import { commentItem, ticketItem } from '../vendors/atera/related.ts';
import type { AteraComment } from '../vendors/atera/schemas.ts';
import type { AdditionContext, AdditionKind, AdditionOf, Kinds } from './addition-kinds.ts';
import { asSent, isNewTicket, ticketVersion } from './item-versions.ts';
import { requireTagField } from './tag-field.ts';
import { readySection } from './view-parts.ts';

/** Whose text of tags it is. */
export type TagPlace = Pick<AdditionContext, 'pair' | 'contactId' | 'tagField'>;

/** How far Atera's clock may be behind ours. */
const SKEW_MS = 5 * 60_000;

/** The text of tags as it is now. */
export const textOf = async ({ pair, contactId, tagField }: TagPlace): Promise<string | null> => {
  const wanted = tagField?.name ?? '';
  const values = await pair.atera.readValues(contactId);
  const key = (name: string | null | undefined): string => (name ?? '').trim().toLowerCase();
  // A name in another writing is no other field: to take it for empty would be to replace its text.
  const [value, ...more] = values.filter(({ FieldName }) => key(FieldName) === key(wanted));
  if (more.length > 0)
    throw new AppError('invalid_response', { vendor: 'atera', operation: 'listContactValues' });
  return value?.ValueAsString ?? null;
};

/** Comments are written as the agent, as the preview named them, and on tickets of this person alone. */
export async function checkCommentAuthor(
  { pair, contactId, you }: AdditionContext,
  { ticketId, authorId }: { ticketId: string; authorId: number },
): Promise<void> {
  if (!you.atera) throw new AppError('no_identity', { vendor: 'atera' });
  // The preview named somebody else.
  if (you.atera.id !== authorId) throw new AppError('plan_expired');
  const { EndUserID } = await pair.atera.readTicket(ticketId);
  if (String(EndUserID) !== contactId) throw new AppError('subject_changed');
}

/** A tag in the custom field of the contact: a change of the text that is there right before the write. */
const tag = <K extends 'add-atera-tag' | 'remove-atera-tag'>(
  change: (text: string | null, tag: string) => string,
): AdditionKind<AdditionOf<K>> => ({
  vendor: 'atera',
  resource: 'tags',
  isState: true,
  sets: { resource: 'tags', field: 'tag' },
  async check({ tagField, checkTagField }, addition) {
    if (!tagField) throw new AppError('tag_field', { vendor: 'atera' });
    if (!isTag(addition.tag)) throw new AppError('invalid_input', { input: 'tag' });
    const now = await checkTagField();
    requireTagField(now, tagField.name);
    // Renamed, or another one chosen, since the panel showed its tags.
    if (now?.name !== tagField.name) throw new AppError('plan_expired', { vendor: 'atera' });
  },
  async read(context, addition) {
    const text = await textOf(context);
    return {
      found: hasTag(text, addition.tag) === (addition.kind === 'add-atera-tag') ? [addition.tag] : [],
      text,
      show: { ateraTags: { status: 'ready', tags: parseTags(text) } },
    };
  },
  async prepare(context, { tag }, { text: before = null }) {
    // The whole text travels: it is read again here, so that the window for foreign changes is one step. It cannot be closed.
    const now = await textOf(context);
    // Whatever emptied it, or left it out of the answer: a text that was there a moment ago is not replaced by one tag.
    if (parseTags(before).length > 0 && parseTags(now).length === 0)
      throw new AppError('conflict', { vendor: 'atera' });
    const text = change(now, tag);
    if (text === (now ?? '')) return { text: null, keeps: [], isThere: true };
    return { text, keeps: parseTags(text).filter((one) => !hasTag(one, tag)) };
  },
  async send({ pair, contactId, tagField }, _addition, prepared) {
    const text = prepared?.text ?? null;
    // Without the last tag the text is empty. Whether Atera keeps that is not documented: the read-back says what it did.
    if (text !== null && tagField) await pair.atera.setContactValue(contactId, tagField.name, text);
    return null;
  },
});

export const ATERA_KINDS: Kinds<'add-atera-tag' | 'remove-atera-tag' | 'comment' | 'ticket'> = {
  'add-atera-tag': tag<'add-atera-tag'>(addTag),
  'remove-atera-tag': tag<'remove-atera-tag'>(removeTag),
  comment: {
    vendor: 'atera',
    resource: 'comments',
    isState: false,
    check: checkCommentAuthor,
    async read({ pair, subject }, { ticketId, body, authorId }) {
      const records = await pair.atera.readCommentRecords(ticketId);
      const sent = commentItem({ Comment: body }, ticketId, 0).body;
      const isOurs = (comment: AteraComment): boolean =>
        comment.TechnicianContactID === authorId &&
        comment.IsInternal === true &&
        commentItem(comment, ticketId, 0).body === sent;
      const isInView = subject.kind === 'ticket' && subject.id === ticketId;
      const items = records
        .map((comment, index) => commentItem(comment, ticketId, index))
        .sort((a, b) => (b.at ?? 0) - (a.at ?? 0));
      return {
        // Comments have no id: those of one person with one text are told apart by their time, and counted.
        found: records.filter(isOurs).map(({ Date: at }) => at ?? ''),
        show: isInView ? { sections: { comments: readySection(items) } } : {},
      };
    },
    async send({ pair, you }, { ticketId, body }) {
      if (!you.atera) throw new AppError('no_identity', { vendor: 'atera' });
      await pair.atera.addComment(ticketId, body, you.atera);
      return null;
    },
  },
  ticket: {
    vendor: 'atera',
    resource: 'tickets',
    isState: false,
    async read({ pair, contactId, startedAt }, { title }, sentId = null) {
      const { atera } = pair;
      const { CustomerID } = await atera.readContact(contactId);
      const listed = CustomerID
        ? await atera.readTicketsOf(contactId, String(CustomerID))
        : { items: [], tickets: [], seen: 0, total: 0, isWhole: false };
      let { items, tickets } = listed;
      // The list is the first page of all tickets of the company, in no promised order.
      if (sentId !== null && !items.some(({ id }) => id === sentId)) {
        const ticket = await atera.readTicket(sentId);
        if (String(ticket.EndUserID) === contactId) {
          items = [ticketItem(ticket), ...items];
          tickets = [ticket, ...tickets];
        }
      }
      const wanted = ticketItem({ TicketID: 0, TicketTitle: title }).title;
      const isOurs = (item: (typeof items)[number]): boolean =>
        item.id === sentId || (item.title === wanted && (item.at ?? startedAt) >= startedAt - SKEW_MS);
      const found = items.filter(isOurs).map(({ id }) => id);
      const own = tickets.filter(({ TicketID }) => found.includes(String(TicketID)));
      return {
        found,
        items: await Promise.all(
          own.map(async (ticket) =>
            asSent(await ticketVersion(ticket), isNewTicket(ticket) && ticketItem(ticket).title === wanted),
          ),
        ),
        isWhole: listed.isWhole,
        show: {
          sections: {
            tickets: readySection(items, CustomerID ? { seen: listed.seen, total: listed.total } : null),
          },
        },
      };
    },
    send: ({ pair, contactId }, addition) => pair.atera.addTicket(contactId, addition),
  },
};
