import type { Evidence } from '../../../lib/core/match.ts';
import { t, wordKey } from '../../../lib/i18n.ts';
import type { Tone } from '../../shared/Chip.tsx';

const DOUBTS: Evidence['kind'][] = [
  'other-email',
  'other-phone',
  'other-name',
  'role-mailbox',
  'shared',
  'linked-elsewhere',
  'stranger',
];

export function evidenceWords(evidence: Evidence): string {
  if (evidence.kind === 'shared') return t(`evidence.shared_${evidence.sign}`, { count: evidence.count });
  if (evidence.kind === 'registry')
    return t(evidence.isMutual ? 'evidence.named_both' : 'evidence.named_one');
  if (evidence.kind !== 'linked-elsewhere') return t(`evidence.${wordKey(evidence.kind)}`);
  return evidence.name === null
    ? t('evidence.linkedToAnother')
    : t('evidence.linkedTo', { name: evidence.name });
}

/** To whom a candidate is linked already: choosing them takes that link away. */
export const linkOf = (
  evidence: readonly Evidence[],
): (Evidence & { kind: 'linked-elsewhere' }) | undefined =>
  evidence.find((sign) => sign.kind === 'linked-elsewhere');

/** Signs for are green, signs to doubt are plain, and what looks like a mistake or a trick is a warning. */
export function evidenceTone(evidence: Evidence): Tone {
  if (evidence.kind === 'stranger') return 'warn';
  // Whoever may edit one record can name anybody in it.
  const isHint = evidence.kind === 'registry' && !evidence.isMutual;
  return isHint || DOUBTS.includes(evidence.kind) ? 'plain' : 'good';
}
