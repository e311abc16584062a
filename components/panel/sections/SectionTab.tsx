import { IconCalendar, IconChecklist, IconMessage, IconNote, IconTag, IconTicket } from '@tabler/icons-react';
import type { Ref } from 'react';
import { t } from '../../../lib/i18n.ts';
import { countsOf } from '../../../lib/panel/counts.ts';
import { formatNumber } from '../../../lib/panel/format.ts';
import type { Section, SectionName } from '../../../lib/panel-state.ts';
import { useNow } from '../../shared/use-now.ts';
import { countWords } from './count-words.ts';
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
  /** How many there are beside those of the section. */
  more: number;
  isOpen: boolean;
  onOpen: () => void;
  buttonRef: Ref<HTMLButtonElement>;
}

export function SectionTab({ name, section, more, isOpen, onOpen, buttonRef }: Props) {
  const now = useNow();
  const Icon = ICONS[name];
  const label = t(`section.${name}`);
  const counts = countsOf(name, section, now, more);
  const count = counts?.[0]?.[1] ?? 0;
  const isLate = counts?.some(([part]) => part === 'overdue') ?? false;
  const said = [
    label,
    counts ? countWords(name, counts, section) : null,
    section.status === 'failed' ? t('section.notRead') : null,
    section.status === 'loading' ? t('section.reading') : null,
  ]
    .filter((words) => words !== null)
    .join(', ');
  return (
    <button
      type="button"
      role="tab"
      ref={buttonRef}
      id={`section-tab-${name}`}
      className={classes.tab}
      aria-selected={isOpen}
      aria-controls="section-panel"
      title={said}
      tabIndex={isOpen ? 0 : -1}
      onClick={onOpen}
    >
      <Icon size={16} aria-hidden="true" />
      <span className="cp-hidden">{said}</span>
      <span className={classes.tabLabel} aria-hidden="true">
        {label}
      </span>
      {count > 0 && (
        <span className={classes.count} data-overdue={isLate} aria-hidden="true">
          {formatNumber(count)}
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
