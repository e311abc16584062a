import { t } from '../../../lib/i18n.ts';
import type { Adding } from '../../../lib/panel/adding.ts';
import type { AdditionResult } from '../../../lib/panel-state.ts';
import { ErrorNotice } from '../../shared/ErrorNotice.tsx';

/** What came of the last press in this section: while it is sent, afterwards, and what a failure means for the data. */
export function AddOutcome({ adding }: { adding: Adding | null }) {
  const result = adding?.result ?? null;
  const words = adding && result === null ? t('add.sending') : result?.state === 'done' ? t('add.done') : '';
  return (
    <>
      <p role="status">{words}</p>
      {result && <Failure result={result} />}
    </>
  );
}

function Failure({ result: { state, error } }: { result: AdditionResult }) {
  if (state === 'done') return null;
  if (!error) return <p role="alert">{t('add.missing')}</p>;
  if (state === 'failed')
    return <ErrorNotice error={error} title={t('add.failed')} effect="nothing-written" />;
  return (
    <ErrorNotice
      error={error}
      title={t('add.lost')}
      effect="unknown"
      next={t(state === 'not-stored' ? 'add.lostNotFound' : 'add.lostUnread')}
    />
  );
}
