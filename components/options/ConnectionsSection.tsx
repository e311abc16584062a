import { Button, Skeleton } from '@mantine/core';
import type { VendorName } from '../../lib/core/contact.ts';
import { t } from '../../lib/i18n.ts';
import type { AccountsStore } from '../../lib/panel/accounts-store.ts';
import { joinWords } from '../../lib/panel/format.ts';
import { ErrorNotice } from '../shared/ErrorNotice.tsx';
import { AccountCard } from './AccountCard.tsx';
import { ConnectAtera } from './ConnectAtera.tsx';
import { ConnectGhl } from './ConnectGhl.tsx';
import { Foldable } from './Foldable.tsx';
import classes from './Options.module.css';

export function ConnectionsSection({ state }: { state: AccountsStore }) {
  const { accounts, busy, failures, done } = state;
  const isConnected = (vendor: VendorName): boolean =>
    accounts?.some((account) => account.vendor === vendor && account.kind === 'real') ?? false;
  const hasReal = isConnected('atera') || isConnected('ghl');
  const hasSample = accounts?.some(({ kind }) => kind === 'sample') ?? false;
  const said = done
    ? t(done.kind === 'connected' ? 'options.connectedNow' : 'options.disconnected', {
        name: joinWords(done.names),
      })
    : '';
  return (
    <section id="connections" className={classes.section} aria-labelledby="connections-title">
      <h2 id="connections-title">{t('options.connections')}</h2>
      <p role="status" className={classes.done}>
        {said}
      </p>
      <h3>{t('options.connectedAccounts')}</h3>
      {failures.load && <ErrorNotice isSettings error={failures.load} onRetry={() => void state.load()} />}
      {accounts === null && !failures.load && (
        <div role="status" aria-label={t('options.loading')}>
          <Skeleton height={64} radius={12} />
        </div>
      )}
      {accounts?.length === 0 && <p className={classes.soft}>{t('options.noAccounts')}</p>}
      <ul className={classes.accounts}>
        {accounts?.map((account) => (
          <AccountCard
            key={account.id}
            account={account}
            unwritten={state.unwritten}
            isBusy={busy === `disconnect:${account.id}`}
            failure={failures[`disconnect:${account.id}`]}
            onDisconnect={() => void state.disconnect(account)}
          />
        ))}
      </ul>
      <Foldable isFolded={isConnected('atera')} vendor="atera">
        <ConnectAtera state={state} />
      </Foldable>
      <Foldable isFolded={isConnected('ghl')} vendor="ghl">
        <ConnectGhl state={state} />
      </Foldable>
      <div className={classes.card}>
        <h3>{t('options.sampleTitle')}</h3>
        <p className={classes.soft}>{t('page.trySampleHint')}</p>
        {hasSample && <p>{t('options.sampleOn')}</p>}
        {hasReal && <p>{t('options.sampleBlocked')}</p>}
        {!hasSample && !hasReal && (
          <Button
            variant="default"
            className={classes.submit}
            loading={busy === 'sample'}
            disabled={busy !== null}
            onClick={() => void state.connectSample()}
          >
            {t('page.trySample')}
          </Button>
        )}
        {failures.sample && (
          <ErrorNotice isSettings error={failures.sample} onRetry={() => void state.connectSample()} />
        )}
      </div>
    </section>
  );
}
