import type { Evidence } from '../../../lib/core/match.ts';
import { t, wordKey } from '../../../lib/i18n.ts';
import type { Tone } from '../../shared/Chip.tsx';

const DOUBTS: Evidence['kind'][] = ['other-email', 'other-phone', 'other-name', 'role-mailbox', 'shared'];

export const evidenceWords = (evidence: Evidence): string =>
  evidence.kind === 'shared'
    ? t(`evidence.shared_${evidence.sign}`, { count: evidence.count })
    : t(`evidence.${wordKey(evidence.kind)}`);

/** Signs for are green, signs to doubt are plain. */
export const evidenceTone = ({ kind }: Evidence): Tone => (DOUBTS.includes(kind) ? 'plain' : 'good');
