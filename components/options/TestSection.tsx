import { Button } from '@mantine/core';
import type { AccountReport } from '../../lib/connection-report.ts';
import { t, tCount } from '../../lib/i18n.ts';
import type { AccountsStore } from '../../lib/panel/accounts-store.ts';
import { ErrorNotice } from '../shared/ErrorNotice.tsx';
import classes from './Options.module.css';
import { TestReport } from './TestReport.tsx';
import test from './TestSection.module.css';

/** What the tokens allow, tried step by step. Says nothing of an account that is gone meanwhile. */
export function TestSection({ state }: { state: AccountsStore }) {
  const { accounts, busy, failures, report } = state;
  const reports =
    report?.accounts.filter(({ accountId }) => accounts?.some(({ id }) => id === accountId)) ?? [];
  const isTesting = busy === 'test';
  const said = isTesting ? t('probe.running') : reports.length > 0 ? summaryOf(reports) : '';
  return (
    <section id="test" className={classes.section} aria-labelledby="test-title">
      <h2 id="test-title">{t('options.test')}</h2>
      <p className={classes.soft}>{t('probe.intro')}</p>
      {accounts?.length === 0 ? (
        <p>{t('probe.noAccounts')}</p>
      ) : (
        <Button
          variant="default"
          className={classes.submit}
          loading={isTesting}
          disabled={accounts === null || (busy !== null && !isTesting)}
          onClick={() => void state.test()}
        >
          {t(reports.length > 0 ? 'probe.again' : 'probe.start')}
        </Button>
      )}
      <p role="status" className={test.said}>
        {said}
      </p>
      {failures.test && <ErrorNotice isSettings error={failures.test} onRetry={() => void state.test()} />}
      <div className={test.columns}>
        {reports.map((account) => (
          <TestReport key={account.accountId} report={account} />
        ))}
      </div>
    </section>
  );
}

function summaryOf(reports: AccountReport[]): string {
  const failed = reports.flatMap(({ steps }) => steps).filter(({ outcome }) => outcome === 'failed').length;
  return failed === 0 ? t('probe.allFine') : tCount('probe.someFailed', failed);
}
