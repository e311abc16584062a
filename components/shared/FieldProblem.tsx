import { Button } from '@mantine/core';
import { useState } from 'react';
import type { VendorName } from '../../lib/core/contact.ts';
import { type ErrorView, toErrorView } from '../../lib/errors.ts';
import { t, wordKey } from '../../lib/i18n.ts';
import type { TagFieldView } from '../../lib/panel-state.ts';
import { ErrorNotice } from './ErrorNotice.tsx';
import { vendorWord } from './error-words.ts';
import classes from './WhoAreYou.module.css';

interface Props {
  /** Whose custom field of contacts it is. */
  vendor: VendorName;
  field: TagFieldView;
  check: () => Promise<unknown>;
  isSettings?: boolean;
}

/** What is wrong with a custom field that serves a purpose, who can mend it and how; nothing while it is as it should be. */
export function FieldProblem({ vendor, field: { name, state, error }, check, isSettings = false }: Props) {
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<ErrorView | null>(null);
  if (state === 'off' || state === 'ready') return null;
  const words = { field: name ?? '', vendor: vendorWord(vendor) };
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
  // Another name, or another field, is for whoever chose it; only what is missing takes an admin.
  const isForAdmin = state === 'missing' || state === 'wrong-type';
  return (
    <div className={classes.who}>
      {state === 'unread' ? (
        shown && <ErrorNotice error={shown} title={t('tagField.unread', words)} isSettings={isSettings} />
      ) : (
        <>
          <p role="alert">{t(`tagField.${wordKey(state)}`, words)}</p>
          <p className={classes.hint}>
            {isForAdmin ? t(`tagField.create_${vendor}`, words) : t('tagField.choose')}
          </p>
          {failure && <ErrorNotice error={failure} isSettings={isSettings} />}
        </>
      )}
      <Button size="compact-sm" variant="default" disabled={isBusy} onClick={() => void look()}>
        {t('tagField.check')}
      </Button>
      <p role="status" className={classes.said}>
        {isBusy ? t('tagField.checking', words) : ''}
      </p>
    </div>
  );
}
