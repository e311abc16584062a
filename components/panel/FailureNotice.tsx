import { DIRECTIONS } from '../../lib/core/rows.ts';
import { isRefusal } from '../../lib/errors.ts';
import { t } from '../../lib/i18n.ts';
import { ErrorNotice } from '../shared/ErrorNotice.tsx';
import { usePanel } from './panel-context.ts';

/** A message to the background that failed. What was on screen stays below. */
export function FailureNotice() {
  const failure = usePanel((store) => store.failure);
  const load = usePanel((store) => store.load);
  if (!failure) return null;
  const { action, error, isUnsure = false } = failure;
  const isUnknown =
    isUnsure ||
    ((action === 'undo' || DIRECTIONS.some((direction) => direction === action)) && !isRefusal(error));
  return (
    <ErrorNotice
      error={error}
      effect={isUnknown ? 'unknown' : 'nothing-written'}
      {...(error.code === 'internal' ? { title: t('notice.lostWhat') } : {})}
      onRetry={() => void load()}
    />
  );
}
