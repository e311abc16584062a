import { IconAlertTriangle, IconLink, IconSearch, IconUserQuestion, IconUserX } from '@tabler/icons-react';
import { t, tCount } from '../../../lib/i18n.ts';
import { otherVendor } from '../../../lib/panel/selectors.ts';
import type { MatchView, SubjectView } from '../../../lib/panel-state.ts';
import { Chip, type Tone } from '../../shared/Chip.tsx';
import { vendorWord } from '../../shared/error-words.ts';
import classes from './Match.module.css';

const LOOK: Record<MatchView['status'], { tone: Tone; Icon: typeof IconLink }> = {
  loading: { tone: 'plain', Icon: IconSearch },
  linked: { tone: 'good', Icon: IconLink },
  one: { tone: 'good', Icon: IconLink },
  several: { tone: 'warn', Icon: IconUserQuestion },
  none: { tone: 'plain', Icon: IconUserX },
  failed: { tone: 'bad', Icon: IconAlertTriangle },
};

/** How certain it is who the counterpart is, in words. */
export function MatchBadge({ view: { match, subject } }: { view: SubjectView }) {
  const vendor = vendorWord(otherVendor(subject.vendor));
  const { tone, Icon } = LOOK[match.status];
  return (
    <span
      className={classes.badge}
      role="status"
      aria-label={`${t('match.label', { vendor })}: ${badgeWords(match)}`}
    >
      <Chip tone={tone} icon={<Icon size={13} aria-hidden="true" />}>
        {badgeWords(match)}
      </Chip>
    </span>
  );
}

function badgeWords(match: MatchView): string {
  switch (match.status) {
    case 'several':
      return tCount('match.several', match.candidates.length);
    case 'one':
      return t(match.evidence.some(({ kind }) => kind === 'same-email') ? 'match.oneByEmail' : 'match.one');
    default:
      return t(`match.${match.status}`);
  }
}
