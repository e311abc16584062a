import type { Evidence } from '../../../lib/core/match.ts';
import { Chip } from '../../shared/Chip.tsx';
import classes from './Match.module.css';
import { evidenceTone, evidenceWords } from './match-words.ts';

export function EvidenceChips({ evidence }: { evidence: readonly Evidence[] }) {
  return (
    <ul className={classes.chips}>
      {evidence.map((sign) => (
        <li key={sign.kind === 'shared' ? `shared-${sign.sign}` : sign.kind}>
          <Chip tone={evidenceTone(sign)}>{evidenceWords(sign)}</Chip>
        </li>
      ))}
    </ul>
  );
}
