import { IconTargetArrow } from '@tabler/icons-react';
import { t } from '../../../lib/i18n.ts';
import classes from '../Panel.module.css';
import { RecentPeople } from './RecentPeople.tsx';
import { SearchBox } from './SearchBox.tsx';

/** A page that is recognised, and that no documented call leads to a person from: an opportunity of GHL. */
export function UnreachablePage() {
  return (
    <section className={classes.page}>
      <span className={classes.pageIcon} aria-hidden="true">
        <IconTargetArrow size={22} />
      </span>
      <h1>{t('unreachable.title')}</h1>
      <p className={classes.soft}>{t('unreachable.body')}</p>
      <SearchBox />
      <RecentPeople />
    </section>
  );
}
