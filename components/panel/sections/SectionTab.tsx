import { IconCalendar, IconChecklist, IconMessage, IconNote, IconTag, IconTicket } from '@tabler/icons-react';
import type { Ref } from 'react';
import { t, tCount } from '../../../lib/i18n.ts';
import { isOverdue, openCount } from '../../../lib/panel/selectors.ts';
import type { Section, SectionName } from '../../../lib/panel-state.ts';
import { useNow } from '../../shared/use-now.ts';
import classes from './Sections.module.css';

const ICONS: Record<SectionName, typeof IconNote> = {
  tasks: IconChecklist,
  notes: IconNote,
  tickets: IconTicket,
  comments: IconMessage,
  appointments: IconCalendar,
  tags: IconTag,
};

interface Props {
  name: SectionName;
  section: Section;
  isOpen: boolean;
  onOpen: () => void;
  buttonRef: Ref<HTMLButtonElement>;
}

export function SectionTab({ name, section, isOpen, onOpen, buttonRef }: Props) {
  const now = useNow();
  const Icon = ICONS[name];
  const label = t(`section.${name}`);
  const count = countOf(name, section);
  const overdue =
    name === 'tasks' && section.status === 'ready'
      ? section.items.filter((item) => isOverdue(item, now)).length
      : 0;
  const said = [
    label,
    count === null ? null : tCount(`section.${name}Count`, count),
    section.status === 'failed' ? t('section.notRead') : null,
    section.status === 'loading' ? t('section.reading') : null,
    overdue > 0 ? t('section.overdueCount', { count: overdue }) : null,
  ].filter((words) => words !== null);
  return (
    <button
      type="button"
      role="tab"
      ref={buttonRef}
      id={`section-tab-${name}`}
      className={classes.tab}
      aria-selected={isOpen}
      aria-controls="section-panel"
      title={said.join(', ')}
      tabIndex={isOpen ? 0 : -1}
      onClick={onOpen}
    >
      <Icon size={16} aria-hidden="true" />
      <span className="cp-hidden">{said.join(', ')}</span>
      <span className={classes.tabLabel} aria-hidden="true">
        {label}
      </span>
      {count !== null && count > 0 && (
        <span className={classes.count} data-overdue={overdue > 0} aria-hidden="true">
          {count}
        </span>
      )}
      {section.status === 'failed' && (
        <span className={classes.count} data-failed="true" aria-hidden="true">
          !
        </span>
      )}
    </button>
  );
}

/** Tasks count what is still to do; everything else counts what is there. Null while it is not known. */
function countOf(name: SectionName, section: Section): number | null {
  if (section.status !== 'ready') return null;
  return name === 'tasks' ? openCount(section) : section.items.length;
}
