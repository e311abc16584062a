import { Skeleton } from '@mantine/core';
import { t } from '../../../lib/i18n.ts';
import { formatNumber } from '../../../lib/panel/format.ts';
import { otherVendor, sortTasks } from '../../../lib/panel/selectors.ts';
import type { Section, SectionName, SubjectView } from '../../../lib/panel-state.ts';
import { ErrorNotice } from '../../shared/ErrorNotice.tsx';
import { vendorWord } from '../../shared/error-words.ts';
import { usePanel } from '../panel-context.ts';
import { AddArea } from './AddArea.tsx';
import { RelatedItemView } from './RelatedItemView.tsx';
import classes from './Sections.module.css';
import { TagList } from './TagList.tsx';

const EMPTY = {
  tasks: 'section.emptyTasks',
  notes: 'section.emptyNotes',
  tickets: 'section.emptyTickets',
  comments: 'section.emptyComments',
  appointments: 'section.emptyAppointments',
  tags: 'section.emptyTags',
} as const satisfies Record<SectionName, string>;

export function SectionBody({
  name,
  section,
  view,
}: {
  name: SectionName;
  section: Section;
  view: SubjectView;
}) {
  const refresh = usePanel((store) => store.refresh);
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
      {window && items.length > 0 && (
        <p className={classes.window}>
          {t('section.window', {
            found: formatNumber(items.length),
            seen: formatNumber(window.seen),
            total: formatNumber(window.total),
          })}
        </p>
      )}
      {items.length === 0 && <p className={classes.quiet}>{emptyWords(name, window)}</p>}
      {name === 'tags' ? (
        <TagList items={items} view={view} />
      ) : (
        <ul>
          {(name === 'tasks' ? sortTasks(items) : items).map((item) => (
            <RelatedItemView key={`${item.vendor}/${item.id}`} name={name} item={item} />
          ))}
        </ul>
      )}
      <AddArea name={name} view={view} />
    </>
  );
}

/** Where only the newest were looked through, nothing found does not mean that there is nothing. */
function emptyWords(name: SectionName, window: { seen: number; total: number } | null): string {
  if (!window || window.seen >= window.total) return t(EMPTY[name]);
  return t('section.emptyWindow', { seen: formatNumber(window.seen), total: formatNumber(window.total) });
}
