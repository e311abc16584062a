import { AppError } from '../errors.ts';
import { noteItem, noteItems, taskItem, taskItems } from '../vendors/ghl/related.ts';
import type { GhlNote, GhlTask } from '../vendors/ghl/schemas.ts';
import { wholeText } from '../vendors/related.ts';
import type { AdditionKind, AdditionOf, Kinds } from './addition-kinds.ts';
import { asSent, noteVersion, taskVersion } from './item-versions.ts';
import { readySection } from './view-parts.ts';

/** GHL keeps tags in lower case, and takes them one by one: foreign tags stay. */
const tag = <K extends 'add-tag' | 'remove-tag'>(
  send: (context: Parameters<AdditionKind<AdditionOf<K>>['send']>[0], tag: string) => Promise<void>,
): AdditionKind<AdditionOf<K>> => ({
  vendor: 'ghl',
  resource: 'tags',
  isState: true,
  sets: { resource: 'tags', field: 'tag' },
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

export const fold = (text: string): string => text.replace(/\s+/gu, ' ').trim();

/** Whether all that is there is what was sent: a vendor may give it back in markup of its own. */
function saysOnly(html: string | null | undefined, sent: string): boolean {
  const { text, omitted } = wholeText(html);
  return omitted === 0 && [sent, wholeText(sent).text].some((own) => fold(own) === fold(text));
}

/** As a note is right after it was added: a title and a pin are given by hand. */
export const isPlainNote = ({ body, title, pinned }: GhlNote, sent: { body: string }): boolean =>
  !title && pinned !== true && saysOnly(body, sent.body);

interface SentTask {
  title: string;
  dueAt: number;
  body?: string;
  assignedTo?: string | undefined;
}

/** Due dates are kept to the second. */
const dueOf = ({ dueAt }: SentTask): number => Math.floor(dueAt / 1000) * 1000;

/** As a task is right after it was added. Whether a location assigns tasks by itself is not documented: then they have no way back. */
export const isPlainTask = (task: GhlTask, sent: SentTask): boolean =>
  task.completed !== true &&
  (task.assignedTo || null) === (sent.assignedTo ?? null) &&
  taskItem(task).at === dueOf(sent) &&
  saysOnly(task.title, sent.title) &&
  saysOnly(task.body, sent.body ?? '');

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
      const notes = await pair.ghl.readNoteRecords(contactId);
      const { body } = noteItem({ id: 'sent', body: addition.body });
      const own = notes.filter((note) => noteItem(note).body === body);
      return {
        found: own.map(({ id }) => id),
        items: await Promise.all(
          own.map(async (note) => asSent(await noteVersion(note), isPlainNote(note, addition))),
        ),
        show: { sections: { notes: readySection(noteItems(notes)) } },
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
      const tasks = await pair.ghl.readTaskRecords(contactId);
      const { title } = taskItem({ id: 'sent', title: addition.title });
      const own = tasks.filter((task) => {
        const item = taskItem(task);
        return item.title === title && item.at === dueOf(addition);
      });
      return {
        found: own.map(({ id }) => id),
        items: await Promise.all(
          own.map(async (task) => asSent(await taskVersion(task), isPlainTask(task, addition))),
        ),
        show: { sections: { tasks: readySection(taskItems(tasks)) } },
      };
    },
    async send({ pair, contactId }, addition) {
      await pair.ghl.addTask(contactId, addition);
      return null;
    },
  },
};
