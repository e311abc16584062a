import { Button } from '@mantine/core';
import { useState } from 'react';
import { type ErrorView, toErrorView } from '../../lib/errors.ts';
import { t } from '../../lib/i18n.ts';
import type { TagFieldView } from '../../lib/panel-state.ts';
import { ErrorNotice } from './ErrorNotice.tsx';
import classes from './WhoAreYou.module.css';

interface Props {
  field: TagFieldView;
  check: () => Promise<unknown>;
  isSettings?: boolean;
}

/** What is wrong with the custom field for tags, who can mend it and how; nothing while it is as it should be. */
export function TagFieldProblem({ field: { name, state, error }, check, isSettings = false }: Props) {
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<ErrorView | null>(null);
  if (state === 'off' || state === 'ready') return null;
  const field = { field: name ?? '' };
  const look = async (): Promise<void> => {
    if (isBusy) return;
    setBusy(true);
    setFailure(null);
    try {
      await check();
    } catch (problem) {
      setFailure(toErrorView(problem));
    } finally {
      setBusy(false);
    }
  };
  const shown = failure ?? error;
  return (
    <div className={classes.who}>
      {state === 'unread' ? (
        shown && <ErrorNotice error={shown} title={t('tagField.unread')} isSettings={isSettings} />
      ) : (
        <>
          <p role="alert">{t(state === 'missing' ? 'tagField.missing' : 'tagField.wrongType', field)}</p>
          <p className={classes.hint}>{t('tagField.create', field)}</p>
          {failure && <ErrorNotice error={failure} isSettings={isSettings} />}
        </>
      )}
      <Button size="compact-sm" variant="default" disabled={isBusy} onClick={() => void look()}>
        {t('tagField.check')}
      </Button>
      <p role="status" className={classes.said}>
        {isBusy ? t('tagField.checking') : ''}
      </p>
    </div>
  );
}
