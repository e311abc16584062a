import { Skeleton } from '@mantine/core';
import { t } from '../../../lib/i18n.ts';
import { countsOf, sortAppointments } from '../../../lib/panel/counts.ts';
import { formatNumber } from '../../../lib/panel/format.ts';
import { otherVendor, sortTasks } from '../../../lib/panel/selectors.ts';
import type { RelatedItem, Section, SectionName, SubjectView } from '../../../lib/panel-state.ts';
import { ErrorNotice } from '../../shared/ErrorNotice.tsx';
import { vendorWord } from '../../shared/error-words.ts';
import { useNow } from '../../shared/use-now.ts';
import { usePanel } from '../panel-context.ts';
import { AddArea } from './AddArea.tsx';
import { AddComment } from './AddComment.tsx';
import { AddTicket } from './AddTicket.tsx';
import { AteraTagArea } from './AteraTagArea.tsx';
import { ConfirmPerson } from './ConfirmPerson.tsx';
import { countWords } from './count-words.ts';
import { RelatedItemView } from './RelatedItemView.tsx';
import classes from './Sections.module.css';
import { TagList } from './TagList.tsx';
import { TagSyncArea } from './TagSyncArea.tsx';

const EMPTY = {
  tasks: 'section.emptyTasks',
  notes: 'section.emptyNotes',
  tickets: 'section.emptyTickets',
  comments: 'section.emptyComments',
  appointments: 'section.emptyAppointments',
  tags: 'section.emptyTags',
} as const satisfies Record<SectionName, string>;

interface Props {
  name: SectionName;
  section: Section;
  view: SubjectView;
}

/** Tags of Atera stand on their own: they are there also while nothing is known of GHL. */
export function SectionBody(props: Props) {
  return (
    <>
      <SectionItems {...props} />
      {props.name === 'tags' && <AteraTagArea view={props.view} />}
      {props.name === 'tags' && <TagSyncArea view={props.view} />}
    </>
  );
}

function SectionItems({ name, section, view }: Props) {
  const refresh = usePanel((store) => store.refresh);
  const now = useNow();
  if (section.status === 'loading') {
    return (
      <div
        role="status"
        aria-label={t('section.loading', { section: t(`section.${name}`) })}
        className={classes.pad}
      >
        <Skeleton height={13} width="70%" mb={8} />
        <Skeleton height={10} width="40%" mb={16} />
        <Skeleton height={13} width="55%" mb={8} />
        <Skeleton height={10} width="35%" />
      </div>
    );
  }
  if (section.status === 'failed') {
    return (
      <div className={classes.pad}>
        <ErrorNotice error={section.error} effect="nothing-written" onRetry={() => void refresh()} />
      </div>
    );
  }
  if (section.status === 'off') return null;
  if (section.status === 'withheld') {
    return (
      <p className={classes.quiet}>
        {t('section.withheld', { vendor: vendorWord(otherVendor(view.subject.vendor)) })}
      </p>
    );
  }
  const { items, window } = section;
  return (
    <>
      {items.length > 0 ? (
        <Summary name={name} section={section} now={now} />
      ) : (
        <p className={classes.quiet}>{emptyWords(name, window)}</p>
      )}
      {name === 'tags' ? (
        <TagList items={items} view={view} />
      ) : (
        <ul>
          {sorted(name, items, now).map((item) => (
            <RelatedItemView key={`${item.vendor}/${item.id}`} name={name} item={item} view={view} />
          ))}
        </ul>
      )}
      {view.suggested && name !== 'appointments' && <ConfirmPerson view={view} />}
      <AddArea name={name} view={view} />
      {name === 'comments' && <AddComment view={view} />}
      {name === 'tickets' && <AddTicket view={view} />}
    </>
  );
}

/** What is here, in one line: what the number on the tab is made of. */
function Summary({ name, section, now }: { name: SectionName; section: Section; now: number }) {
  const counts = countsOf(name, section, now);
  return counts && <p className={classes.window}>{countWords(name, counts, section)}</p>;
}

function sorted(name: SectionName, items: RelatedItem[], now: number): RelatedItem[] {
  if (name === 'tasks') return sortTasks(items);
  return name === 'appointments' ? sortAppointments(items, now) : items;
}

/** Where only the newest were looked through, nothing found does not mean that there is nothing. */
function emptyWords(name: SectionName, window: { seen: number; total: number } | null): string {
  if (!window || window.seen >= window.total) return t(EMPTY[name]);
  return t('section.emptyWindow', { seen: formatNumber(window.seen), total: formatNumber(window.total) });
}
