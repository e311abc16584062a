import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ErrorView } from '../../lib/errors.ts';
import { t } from '../../lib/i18n.ts';
import type { AccountView } from '../../lib/panel-state.ts';
import { Chip } from '../shared/Chip.tsx';
import { ErrorNotice } from '../shared/ErrorNotice.tsx';
import { VendorMark } from '../shared/VendorMark.tsx';
import { AccountDates } from './AccountDates.tsx';
import { ConfirmDisconnect } from './ConfirmDisconnect.tsx';
import classes from './Options.module.css';

interface Props {
  account: AccountView;
  unwritten: number | null;
  isBusy: boolean;
  failure: ErrorView | undefined;
  onDisconnect: () => void;
}

export function AccountCard({ account, unwritten, isBusy, failure, onDisconnect }: Props) {
  const [isAsking, setAsking] = useState(false);
  const { name, vendor, kind, problem } = account;
  return (
    <li className={classes.card} data-kind={kind}>
      <div className={classes.accountHead}>
        <VendorMark vendor={vendor} />
        <strong dir="auto" className={classes.accountName}>
          {name}
        </strong>
        <Chip tone={kind === 'sample' ? 'accent' : 'plain'}>
          {t(kind === 'sample' ? 'options.kindSample' : 'options.kindReal')}
        </Chip>
      </div>
      <AccountDates account={account} />
      {problem && <ErrorNotice isSettings error={problem} />}
      {failure && <ErrorNotice isSettings error={failure} onRetry={onDisconnect} />}
      {isAsking ? (
        <ConfirmDisconnect
          account={account}
          unwritten={unwritten}
          isBusy={isBusy}
          onConfirm={onDisconnect}
          onCancel={() => setAsking(false)}
        />
      ) : (
        <Button
          size="compact-sm"
          variant="default"
          className={classes.submit}
          aria-label={t('options.disconnectName', { name })}
          onClick={() => setAsking(true)}
        >
          {t('options.disconnect')}
        </Button>
      )}
    </li>
  );
}
