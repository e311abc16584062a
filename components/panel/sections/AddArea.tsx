import { Textarea, TextInput } from '@mantine/core';
import { mayWrite } from '../../../lib/core/resource-settings.ts';
import { hasTag } from '../../../lib/core/tag-list.ts';
import { t } from '../../../lib/i18n.ts';
import { canAdd, type Drafts } from '../../../lib/panel/adding.ts';
import type { Addition, GhlUser, SectionName, SubjectView } from '../../../lib/panel-state.ts';
import { QuirkNote } from '../diff/QuirkNote.tsx';
import { usePanel } from '../panel-context.ts';
import { ReadOnly } from '../SwitchedOff.tsx';
import { AddForm, useDraft } from './AddForm.tsx';

export const TAG_INPUT_ID = 'add-tag';
type AddName = 'tags' | 'notes' | 'tasks';

const BUTTON = { tags: 'add.tagButton', notes: 'add.noteButton', tasks: 'add.taskButton' } as const;

/** Adds a tag, note or task to the GHL contact, where it is certain who that is. What was typed stays until it is written. */
export function AddArea({ name, view }: { name: SectionName; view: SubjectView }) {
  const isOpen = usePanel(({ mirror }) => mirror === null || mayWrite(mirror.resources, name, 'ghl'));
  if (!isAddName(name) || !canAdd(view)) return null;
  if (!isOpen) return <ReadOnly vendor="ghl" />;
  return <Form name={name} view={view} />;
}

function Form({ name, view }: { name: AddName; view: SubjectView }) {
  const drafts = usePanel((store) => store.drafts);
  const you = usePanel(({ mirror }) => mirror?.adding?.youInGhl ?? null);
  const author = name === 'notes' ? you : null;
  return (
    <AddForm
      vendor="ghl"
      section={name}
      view={view}
      button={t(BUTTON[name])}
      cost={author ? t('add.noteBy', { name: author.name }) : t('add.warning')}
      addition={isThere(view, name, drafts.tag) ? null : additionOf(name, drafts, author)}
    >
      <Inputs name={name} view={view} />
    </AddForm>
  );
}

/** GHL does not tell capitals apart in tags: adding one that is there would change nothing. */
const isThere = ({ sections: { tags } }: SubjectView, name: AddName, draft: string): boolean =>
  name === 'tags' &&
  tags.status === 'ready' &&
  tags.items.some(({ vendor, id }) => vendor === 'ghl' && hasTag(id, draft));

function Inputs({ name, view }: { name: AddName; view: SubjectView }) {
  const tag = useDraft('tag');
  const note = useDraft('note');
  const task = useDraft('task');
  const due = useDraft('due');
  if (name === 'tags') {
    const there = isThere(view, name, tag.value) ? t('add.tagThere') : null;
    return (
      <>
        <TextInput id={TAG_INPUT_ID} label={t('add.tag')} error={there} maxLength={300} {...tag} />
        {tag.value.trim() !== '' && !there && <QuirkNote vendor="ghl" field="tag" resource="tags" />}
      </>
    );
  }
  if (name === 'notes') return <Textarea label={t('add.note')} rows={3} maxLength={4000} {...note} />;
  return (
    <>
      <TextInput label={t('add.task')} maxLength={300} {...task} />
      <TextInput label={t('add.due')} type="datetime-local" {...due} />
    </>
  );
}

/** What the drafts of this section ask for; null while something is missing. */
function additionOf(
  name: AddName,
  { tag, note, task, due }: Drafts,
  author: GhlUser | null,
): Addition | null {
  if (name === 'tags') return tag.trim() === '' ? null : { kind: 'add-tag', tag: tag.trim() };
  if (name === 'notes') {
    const body = note.trim();
    return body === '' ? null : { kind: 'note', body, ...(author ? { userId: author.id } : {}) };
  }
  const dueAt = Date.parse(due);
  return task.trim() === '' || Number.isNaN(dueAt) ? null : { kind: 'task', title: task.trim(), dueAt };
}

const isAddName = (name: SectionName): name is AddName =>
  name === 'tags' || name === 'notes' || name === 'tasks';
