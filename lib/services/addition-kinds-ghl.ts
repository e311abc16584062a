import { AppError } from '../errors.ts';
import { noteItem, taskItem } from '../vendors/ghl/related.ts';
import type { AdditionKind, AdditionOf, Kinds } from './addition-kinds.ts';
import { readySection } from './view-parts.ts';

/** GHL keeps tags in lower case, and takes them one by one: foreign tags stay. */
const tag = <K extends 'add-tag' | 'remove-tag'>(
  send: (context: Parameters<AdditionKind<AdditionOf<K>>['send']>[0], tag: string) => Promise<void>,
): AdditionKind<AdditionOf<K>> => ({
  vendor: 'ghl',
  resource: 'tags',
  isState: true,
  async read({ pair, contactId }, addition) {
    const { tags } = await pair.ghl.readContact(contactId);
    const isThere = tags.some(({ id }) => id.toLowerCase() === addition.tag.toLowerCase());
    return {
      found: isThere === (addition.kind === 'add-tag') ? [addition.tag] : [],
      show: { sections: { tags: readySection(tags) } },
    };
  },
  async send(context, addition) {
    await send(context, addition.tag);
    return null;
  },
});

export const GHL_KINDS: Kinds<'add-tag' | 'remove-tag' | 'note' | 'task'> = {
  'add-tag': tag<'add-tag'>(({ pair, contactId }, name) => pair.ghl.addTag(contactId, name)),
  'remove-tag': tag<'remove-tag'>(({ pair, contactId }, name) => pair.ghl.removeTag(contactId, name)),
  note: {
    vendor: 'ghl',
    resource: 'notes',
    isState: false,
    async check({ you }, { userId }) {
      // The preview named another author.
      if (userId !== undefined && userId !== you.ghl?.id) throw new AppError('plan_expired');
    },
    async read({ pair, contactId }, addition) {
      const items = await pair.ghl.readNotes(contactId);
      const { body } = noteItem({ id: 'sent', body: addition.body });
      return {
        found: items.filter((item) => item.body === body).map(({ id }) => id),
        show: { sections: { notes: readySection(items) } },
      };
    },
    async send({ pair, contactId }, { body, userId = null }) {
      await pair.ghl.addNote(contactId, body, userId);
      return null;
    },
  },
  task: {
    vendor: 'ghl',
    resource: 'tasks',
    isState: false,
    async read({ pair, contactId }, addition) {
      const items = await pair.ghl.readTasks(contactId);
      const { title } = taskItem({ id: 'sent', title: addition.title });
      const at = Math.floor(addition.dueAt / 1000) * 1000;
      return {
        found: items.filter((item) => item.title === title && item.at === at).map(({ id }) => id),
        show: { sections: { tasks: readySection(items) } },
      };
    },
    async send({ pair, contactId }, addition) {
      await pair.ghl.addTask(contactId, addition);
      return null;
    },
  },
};
