import { Skeleton } from '@mantine/core';
import { t, tCount } from '../../../lib/i18n.ts';
import { differing, equal } from '../../../lib/panel/selectors.ts';
import { directionOf } from '../../../lib/panel/syncing.ts';
import type { SubjectView } from '../../../lib/panel-state.ts';
import { VendorMark } from '../../shared/VendorMark.tsx';
import { usePanel } from '../panel-context.ts';
import { ApplyBar } from './ApplyBar.tsx';
import classes from './Diff.module.css';
import { DirectionControl } from './DirectionControl.tsx';
import { EqualRows } from './EqualRows.tsx';
import { OneWayRow } from './OneWayRow.tsx';
import { SyncRow } from './SyncRow.tsx';

/** Both records side by side. What is on screen is what the button will do. */
export function DiffCard({ view }: { view: SubjectView }) {
  const direction = directionOf(
    view,
    usePanel((store) => store.direction),
  );
  const { rows, match, person } = view;
  if (match.status === 'loading' && person.status !== 'failed') return <DiffSkeleton />;
  if (rows.length === 0) return null;
  const different = differing(rows);
  return (
    <section className={classes.card} aria-label={t('diff.columns')}>
      <h2 className={classes.title}>{tCount('diff.title', different.length)}</h2>
      {different.length === 0 ? (
        <p className={classes.allEqual}>{t('diff.allEqual')}</p>
      ) : (
        <>
          <DirectionControl view={view} direction={direction} />
          <div className={classes.heads} aria-hidden="true">
            <VendorMark vendor="atera" />
            <VendorMark vendor="ghl" />
          </div>
          <ul>
            {different.map((row) =>
              direction === 'sync' ? (
                <SyncRow key={row.field} row={row} />
              ) : (
                <OneWayRow key={row.field} view={view} row={row} direction={direction} />
              ),
            )}
          </ul>
        </>
      )}
      <EqualRows rows={equal(rows)} />
      {different.length > 0 && <ApplyBar view={view} direction={direction} />}
    </section>
  );
}

function DiffSkeleton() {
  return (
    <div className={classes.card} role="status" aria-label={t('diff.loading')}>
      <div className={classes.skeleton}>
        <Skeleton height={14} width="30%" mb={16} />
        <Skeleton height={12} mb={10} />
        <Skeleton height={12} width="85%" mb={20} />
        <Skeleton height={12} mb={10} />
        <Skeleton height={12} width="70%" mb={20} />
        <Skeleton height={34} radius={8} />
      </div>
    </div>
  );
}
