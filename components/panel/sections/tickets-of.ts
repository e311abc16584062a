import { t } from '../../../lib/i18n.ts';
import type { SubjectView } from '../../../lib/panel-state.ts';

/** The ticket in view first, then the person's others as they are listed. */
export function ticketsOf({ subject, headline, sections }: SubjectView): { value: string; label: string }[] {
  const inView = subject.kind === 'ticket' ? subject.id : null;
  const listed = sections.tickets.status === 'ready' ? sections.tickets.items : [];
  const others = listed
    .filter(({ id }) => id !== inView)
    .map(({ id, title, state }) => ({
      value: id,
      label: `${title || t('item.untitled')}${state ? ` (${state})` : ''}`,
    }));
  if (inView === null) return others;
  const title = headline?.title || t('item.untitled');
  return [{ value: inView, label: t('add.commentTicketHere', { title }) }, ...others];
}
