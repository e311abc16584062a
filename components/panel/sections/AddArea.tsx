import { Button, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useId } from 'react';
import { mayWrite } from '../../../lib/core/resource-settings.ts';
import { t } from '../../../lib/i18n.ts';
import { canAdd, type Drafts } from '../../../lib/panel/adding.ts';
import type { Addition, SectionName, SubjectView } from '../../../lib/panel-state.ts';
import { usePanel } from '../panel-context.ts';
import { ReadOnly } from '../SwitchedOff.tsx';
import classes from './AddArea.module.css';
import { AddOutcome } from './AddOutcome.tsx';

export const TAG_INPUT_ID = 'add-tag';
type AddName = 'tags' | 'notes' | 'tasks';

const BUTTON = { tags: 'add.tagButton', notes: 'add.noteButton', tasks: 'add.taskButton' } as const;

/** Adds a tag, note or task to the GHL contact, where it is certain who that is. What was typed stays until it is written. */
export function AddArea({ name, view }: { name: SectionName; view: SubjectView }) {
  const isOpen = usePanel(({ mirror }) => mirror === null || mayWrite(mirror.resources, name, 'ghl'));
  if (!isAddName(name) || !canAdd(view)) return null;
  if (!isOpen) return <ReadOnly vendor="ghl" />;
  return <AddForm name={name} view={view} />;
}

function AddForm({ name, view }: { name: AddName; view: SubjectView }) {
  const drafts = usePanel((store) => store.drafts);
  const adding = usePanel((store) => store.adding);
  const add = usePanel((store) => store.add);
  const warningId = useId();
  const isSending = adding !== null && adding.result === null;
  const addition = additionOf(name, drafts);
  const own = adding?.version === view.version && sectionOf(adding.addition) === name ? adding : null;

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (addition && !isSending && !view.refreshing) void add(view.version, addition);
  };

  return (
    <form className={classes.form} aria-label={t(BUTTON[name])} onSubmit={submit}>
      <Inputs name={name} drafts={drafts} isSending={isSending} />
      <p id={warningId} className={classes.warning}>
        {t('add.warning')}
      </p>
      <Button
        type="submit"
        size="compact-sm"
        variant="default"
        aria-describedby={warningId}
        disabled={addition === null || isSending || view.refreshing}
      >
        {t(BUTTON[name])}
      </Button>
      <AddOutcome adding={own} />
    </form>
  );
}

function Inputs({ name, drafts, isSending }: { name: AddName; drafts: Drafts; isSending: boolean }) {
  const type = usePanel((store) => store.type);
  const input = (key: keyof Drafts) => ({
    value: drafts[key],
    readOnly: isSending,
    autoComplete: 'off',
    onChange: ({ currentTarget }: { currentTarget: { value: string } }) =>
      type({ [key]: currentTarget.value }),
  });
  if (name === 'tags')
    return <TextInput id={TAG_INPUT_ID} label={t('add.tag')} maxLength={300} {...input('tag')} />;
  if (name === 'notes')
    return <Textarea label={t('add.note')} rows={3} maxLength={4000} {...input('note')} />;
  return (
    <>
      <TextInput label={t('add.task')} maxLength={300} {...input('task')} />
      <TextInput label={t('add.due')} type="datetime-local" {...input('due')} />
    </>
  );
}

/** What the drafts of this section ask for; null while something is missing. */
function additionOf(name: AddName, { tag, note, task, due }: Drafts): Addition | null {
  if (name === 'tags') return tag.trim() === '' ? null : { kind: 'add-tag', tag: tag.trim() };
  if (name === 'notes') return note.trim() === '' ? null : { kind: 'note', body: note.trim() };
  const dueAt = Date.parse(due);
  return task.trim() === '' || Number.isNaN(dueAt) ? null : { kind: 'task', title: task.trim(), dueAt };
}

const isAddName = (name: SectionName): name is AddName =>
  name === 'tags' || name === 'notes' || name === 'tasks';

const sectionOf = ({ kind }: Addition): AddName =>
  kind === 'note' ? 'notes' : kind === 'task' ? 'tasks' : 'tags';
