import { Button } from '@mantine/core';
import { IconEyeOff } from '@tabler/icons-react';
import { useState } from 'react';
import { t } from '../../../lib/i18n.ts';
import { useBrowserActions } from '../../shared/browser-context.ts';
import classes from '../Panel.module.css';
import { usePanel } from '../panel-context.ts';

export function NoAccessPage({ origins }: { origins: string[] }) {
  const { requestAccess } = useBrowserActions();
  const load = usePanel((store) => store.load);
  const [isRefused, setRefused] = useState(false);
  // The browser asks only when the request comes straight from the click.
  const allow = (): void => {
    requestAccess(origins).then(
      (isGranted) => {
        setRefused(!isGranted);
        if (isGranted) void load();
      },
      () => setRefused(true),
    );
  };
  return (
    <section className={classes.page}>
      <span className={classes.pageIcon} aria-hidden="true">
        <IconEyeOff size={22} />
      </span>
      <h1>{t('page.noAccessTitle')}</h1>
      <p className={classes.soft}>{t(origins.length > 0 ? 'page.noAccessBody' : 'page.noAccessPlain')}</p>
      {origins.length > 0 && (
        <>
          <p className={classes.small}>
            {t('page.noAccessSites')} {origins.map(hostOf).join(', ')}
          </p>
          <Button size="sm" onClick={allow}>
            {t('page.allow')}
          </Button>
        </>
      )}
      <p role="status">{isRefused ? t('page.allowRefused') : ''}</p>
    </section>
  );
}

const hostOf = (origin: string): string => origin.replace(/^https?:\/\//u, '').replace(/\/\*?$/u, '');
