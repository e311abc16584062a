import { Radio } from '@mantine/core';
import { useId } from 'react';
import { refKey } from '../../../lib/core/contact.ts';
import { t } from '../../../lib/i18n.ts';
import type { CandidateView } from '../../../lib/panel-state.ts';
import { Chip } from '../../shared/Chip.tsx';
import { vendorWord } from '../../shared/error-words.ts';
import { OpenLink } from '../../shared/OpenLink.tsx';
import { EvidenceChips } from './EvidenceChips.tsx';
import classes from './Match.module.css';

export function CandidateOption({ candidate: { ref, evidence, person } }: { candidate: CandidateView }) {
  const id = useId();
  const reach = [person.email ?? person.phone ?? t('candidates.noContact'), person.company].filter(Boolean);
  return (
    <li className={classes.candidate}>
      <Radio
        id={id}
        value={refKey(ref)}
        aria-label={person.name}
        aria-describedby={`${id}-more`}
        className={classes.radio}
      />
      <div className={classes.candidateText}>
        <label htmlFor={id} className={classes.candidateName} dir="auto">
          {person.name}
        </label>
        <div id={`${id}-more`}>
          <p className={classes.reach} dir="auto">
            {reach.join(' · ')}
          </p>
          <EvidenceChips evidence={evidence} />
        </div>
        {person.archived && <Chip tone="warn">{t('person.archived')}</Chip>}
      </div>
      <OpenLink
        url={person.url}
        label={t('person.openItem', { title: person.name, vendor: vendorWord(ref.vendor) })}
      />
    </li>
  );
}
