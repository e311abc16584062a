import { Button } from '@mantine/core';
import { IconHelp } from '@tabler/icons-react';
import { t } from '../../../lib/i18n.ts';
import classes from '../Panel.module.css';
import { usePanel } from '../panel-context.ts';
import { RecentPeople } from './RecentPeople.tsx';
import { SearchBox } from './SearchBox.tsx';

/** A page of Atera with a number that may be an id: the agent can say what it is about. */
export function UnmarkedPage({ id, template }: { id: string; template: string }) {
  const markPage = usePanel((store) => store.markPage);
  const isBusy = usePanel((store) => store.busy !== null);
  return (
    <section className={classes.page}>
      <span className={classes.pageIcon} aria-hidden="true">
        <IconHelp size={22} />
      </span>
      <h1>{t('unmarked.title')}</h1>
      <p className={classes.soft}>{t('unmarked.body', { id })}</p>
      <div className={classes.actions}>
        {(['contact', 'customer'] as const).map((kind) => (
          <Button
            key={kind}
            size="sm"
            variant="default"
            disabled={isBusy}
            onClick={() => void markPage(kind, template)}
          >
            {t(`unmarked.${kind}`)}
          </Button>
        ))}
      </div>
      <p className={classes.small}>{t('unmarked.checked', { template })}</p>
      <hr className={classes.divider} />
      <SearchBox />
      <RecentPeople />
    </section>
  );
}
