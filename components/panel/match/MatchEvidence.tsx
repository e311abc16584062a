import type { Evidence } from '../../../lib/core/match.ts';
import { t } from '../../../lib/i18n.ts';
import { EvidenceChips } from './EvidenceChips.tsx';
import classes from './Match.module.css';

/** Why the counterpart is taken for the same person. A stored link says it all by itself. */
export function MatchEvidence({ match: { evidence } }: { match: { evidence: Evidence[] } }) {
  const signs = evidence.filter(({ kind }) => kind !== 'linked');
  if (signs.length === 0) return null;
  return (
    <div className={classes.because}>
      <span>{t('match.because')}</span>
      <EvidenceChips evidence={signs} />
    </div>
  );
}
