import { Button } from '@mantine/core';
import { IconUnlink } from '@tabler/icons-react';
import { t } from '../../../lib/i18n.ts';
import { useBrowserActions } from '../../shared/browser-context.ts';
import classes from '../Panel.module.css';

/** The tab that this panel was bound to is closed: what that means, and what to do. */
export function TabGonePage() {
  const { closePage } = useBrowserActions();
  return (
    <section className={classes.page}>
      <span className={classes.pageIcon} aria-hidden="true">
        <IconUnlink size={22} />
      </span>
      <h1>{t('detached.goneTitle')}</h1>
      <p className={classes.soft}>{t('detached.goneBody')}</p>
      <p className={classes.soft}>{t('detached.goneNext')}</p>
      <Button size="sm" onClick={() => void closePage()}>
        {t('detached.close')}
      </Button>
    </section>
  );
}
