import { TextInput } from '@mantine/core';
import { isTag } from '../../../lib/core/tag-list.ts';
import { t } from '../../../lib/i18n.ts';
import type { SubjectView } from '../../../lib/panel-state.ts';
import { QuirkNote } from '../diff/QuirkNote.tsx';
import { AddForm, useDraft } from './AddForm.tsx';

export const ATERA_TAG_INPUT_ID = 'add-atera-tag';

/** Adds a tag to the custom field of the Atera contact. */
export function AddAteraTag({ view, field }: { view: SubjectView; field: string }) {
  const draft = useDraft('ateraTag');
  const tag = draft.value.trim();
  return (
    <AddForm
      vendor="atera"
      section="tags"
      view={view}
      button={t('add.ateraTagButton')}
      cost={t('add.ateraTagCost', { field })}
      addition={isTag(tag) ? { kind: 'add-atera-tag', tag } : null}
    >
      <TextInput
        id={ATERA_TAG_INPUT_ID}
        label={t('add.ateraTag')}
        maxLength={300}
        error={tag !== '' && !isTag(tag) ? t('add.ateraTagComma') : undefined}
        {...draft}
      />
      {isTag(tag) && <QuirkNote vendor="atera" field="tag" resource="tags" />}
    </AddForm>
  );
}
