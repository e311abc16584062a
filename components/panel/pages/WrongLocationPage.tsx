import { Button } from '@mantine/core';
import { IconMapPinOff } from '@tabler/icons-react';
import { t } from '../../../lib/i18n.ts';
import { useBrowserActions } from '../../shared/browser-context.ts';
import classes from '../Panel.module.css';

interface Props {
  pageLocationId: string;
  accountLocationId: string;
}

export function WrongLocationPage({ pageLocationId, accountLocationId }: Props) {
  const { openOptions } = useBrowserActions();
  return (
    <section className={classes.page}>
      <span className={classes.pageIcon} aria-hidden="true">
        <IconMapPinOff size={22} />
      </span>
      <h1>{t('page.wrongLocationTitle')}</h1>
      <p>{t('page.wrongLocationBody')}</p>
      <dl className={classes.facts}>
        <dt className={classes.soft}>{t('page.wrongLocationPage')}</dt>
        <dd>{pageLocationId}</dd>
        <dt className={classes.soft}>{t('page.wrongLocationAccount')}</dt>
        <dd>{accountLocationId}</dd>
      </dl>
      <p className={classes.soft}>{t('page.wrongLocationNext')}</p>
      <Button size="sm" variant="default" onClick={() => void openOptions('ghl')}>
        {t('page.openSettings')}
      </Button>
    </section>
  );
}
