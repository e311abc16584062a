import { Textarea, TextInput } from '@mantine/core';
import { t } from '../../../lib/i18n.ts';
import { canAddTo } from '../../../lib/panel/adding.ts';
import type { SubjectView } from '../../../lib/panel-state.ts';
import { AddForm, useDraft } from './AddForm.tsx';

/** Opens a ticket of this person in Atera. */
export function AddTicket({ view }: { view: SubjectView }) {
  const titleDraft = useDraft('ticketTitle');
  const bodyDraft = useDraft('ticketBody');
  if (!canAddTo(view, 'atera')) return null;
  const [title, body] = [titleDraft.value.trim(), bodyDraft.value.trim()];
  return (
    <AddForm
      vendor="atera"
      section="tickets"
      view={view}
      button={t('add.ticketButton')}
      cost={t('add.ticketCost', { name: ateraNameOf(view) })}
      addition={title !== '' && body !== '' ? { kind: 'ticket', title, body } : null}
    >
      <TextInput label={t('add.ticketTitle')} maxLength={300} {...titleDraft} />
      <Textarea label={t('add.ticketBody')} rows={3} maxLength={4000} {...bodyDraft} />
    </AddForm>
  );
}

/** Whom Atera knows this person as. */
function ateraNameOf({ person, match }: SubjectView): string {
  if (person.status === 'ready' && person.value.ref.vendor === 'atera') return person.value.name;
  return match.status === 'linked' || match.status === 'one' ? match.counterpart.name : '';
}
