import { t } from '../../../lib/i18n.ts';
import { relativeTime, shortTime } from '../../../lib/panel/format.ts';
import type { RelatedItem, SectionName } from '../../../lib/panel-state.ts';

/** The second line of an item: what it is, its state, its time. */
export function itemWords(name: SectionName, { at, state, done }: RelatedItem, now: number): string {
  const when = at === null ? null : relativeTime(at, now);
  switch (name) {
    case 'tasks':
      if (done) return t('item.taskDone');
      return at === null
        ? t('item.taskOpen')
        : t('item.taskDue', { date: shortTime(at), when: relativeTime(at, now) });
    case 'notes':
      return when === null ? t('item.noteUndated') : t('item.note', { when });
    case 'comments':
      return when === null ? t('item.commentUndated') : t('item.comment', { when });
    case 'appointments':
      if (at === null) return state ?? t('item.appointmentUndated');
      return [
        at < now ? t('item.past') : null,
        state
          ? t('item.appointment', { state, when: shortTime(at) })
          : t('item.appointmentNoState', { when: shortTime(at) }),
      ]
        .filter((words) => words !== null)
        .join(' · ');
    default: {
      const word = state ?? t('item.ticketNoState');
      return when === null ? word : t('item.ticket', { state: word, when });
    }
  }
}
