import { Button } from '@mantine/core';
import { useId } from 'react';
import { t } from '../../lib/i18n.ts';
import type { AccountView } from '../../lib/panel-state.ts';
import { vendorWord } from '../shared/error-words.ts';
import classes from './Options.module.css';
import { Unwritten } from './Unwritten.tsx';

interface Props {
  account: AccountView;
  /** Writes that are not over; null while that is not known. */
  unwritten: number | null;
  isBusy: boolean;
  onConfirm: () => void;
  onCancel: () => void;
}

/** Says what will be gone before it is gone. */
export function ConfirmDisconnect({
  account: { name, vendor, kind },
  unwritten,
  isBusy,
  onConfirm,
  onCancel,
}: Props) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={classes.confirm}>
      <p id={id}>
        <strong dir="auto">{t('options.disconnectTitle', { name })}</strong>
      </p>
      <p>{t('options.disconnectErases')}</p>
      <Unwritten count={unwritten} />
      {kind === 'real' && <p>{t('options.disconnectKeeps', { vendor: vendorWord(vendor) })}</p>}
      <div className={classes.row}>
        <Button size="compact-sm" color="red.9" loading={isBusy} onClick={onConfirm}>
          {t('options.disconnectYes')}
        </Button>
        <Button size="compact-sm" variant="default" disabled={isBusy} autoFocus onClick={onCancel}>
          {t('options.disconnectNo')}
        </Button>
      </div>
    </section>
  );
}
