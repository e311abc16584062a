import type { VendorName } from '../../../lib/core/contact.ts';
import { t } from '../../../lib/i18n.ts';
import { type Adding, HOME } from '../../../lib/panel/adding.ts';
import { formatNumber, joinWords } from '../../../lib/panel/format.ts';
import type { AdditionResult } from '../../../lib/panel-state.ts';
import { ErrorNotice } from '../../shared/ErrorNotice.tsx';
import { vendorWord } from '../../shared/error-words.ts';
import { PanelUndo } from '../activity/PanelUndo.tsx';
import { useTakenBack } from '../activity/use-taken-back.ts';

/** What came of the last press in this section: while it is sent, afterwards, and what a failure means for the data. */
export function AddOutcome({ adding }: { adding: Adding | null }) {
  const vendor = adding ? HOME[adding.addition.kind].vendor : 'ghl';
  const words = { vendor: vendorWord(vendor) };
  const result = adding?.result ?? null;
  // What was taken back is not there any more; the undo below says so.
  const isBack = useTakenBack(`addition:${result?.id ?? ''}`) !== 'no';
  const said =
    adding && result === null
      ? t('add.sending', words)
      : result?.state === 'done' && !isBack
        ? t('add.done', words)
        : '';
  return (
    <>
      <p role="status">{said}</p>
      {result && <Failure result={result} vendor={vendor} />}
      {result?.state === 'done' && <PanelUndo entryId={`addition:${result.id}`} />}
      {result?.doubles !== undefined && (
        <p role="alert">{t('copy.doubles', { ...words, count: formatNumber(result.doubles) })}</p>
      )}
      {result?.gone && <p role="alert">{t('add.gone', { ...words, names: joinWords(result.gone) })}</p>}
    </>
  );
}

interface FailureProps {
  result: AdditionResult;
  vendor: VendorName;
}

function Failure({ result: { state, error, isPartly }, vendor }: FailureProps) {
  const words = { vendor: vendorWord(vendor) };
  if (state === 'done') return null;
  if (!error) return <p role="alert">{t(isPartly ? 'add.missingPartly' : 'add.missing', words)}</p>;
  if (state === 'queued')
    return (
      <ErrorNotice
        error={error}
        title={t('add.queued', words)}
        next={t('jobs.safe')}
        effect="nothing-written"
      />
    );
  if (state === 'failed')
    return <ErrorNotice error={error} title={t('add.failed', words)} effect="nothing-written" />;
  return (
    <ErrorNotice
      error={error}
      title={t('add.lost', words)}
      effect="unknown"
      next={t(
        isPartly ? 'add.lostPartly' : state === 'not-stored' ? 'add.lostNotFound' : 'add.lostUnread',
        words,
      )}
    />
  );
}
