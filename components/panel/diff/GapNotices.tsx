import { t, wordKey } from '../../../lib/i18n.ts';
import type { Gap } from '../../../lib/panel-state.ts';
import { ErrorNotice } from '../../shared/ErrorNotice.tsx';
import { usePanel } from '../panel-context.ts';

/** What is missing from the comparison, and why. */
export function GapNotices({ gaps }: { gaps: Gap[] }) {
  const refresh = usePanel((store) => store.refresh);
  return gaps.map(({ part, error }) => (
    <ErrorNotice
      key={part}
      error={error}
      title={t(`gap.${wordKey(part)}`)}
      effect="nothing-written"
      onRetry={() => void refresh()}
    />
  ));
}
