import { otherVendor } from '../../../lib/panel/selectors.ts';
import type { SubjectView } from '../../../lib/panel-state.ts';
import { ErrorNotice } from '../../shared/ErrorNotice.tsx';
import { CounterpartArea } from '../create/CounterpartArea.tsx';
import { CreateOutcome } from '../create/CreateOutcome.tsx';
import { FindToggle } from '../create/FindToggle.tsx';
import { usePanel } from '../panel-context.ts';
import { Candidates } from './Candidates.tsx';
import { MatchActions } from './MatchActions.tsx';
import { MatchEvidence } from './MatchEvidence.tsx';
import { MatchWarnings } from './MatchWarnings.tsx';
import { NoCounterpart } from './NoCounterpart.tsx';
import { Rejected } from './Rejected.tsx';
import { Remember } from './Remember.tsx';

export function MatchCard({ view }: { view: SubjectView }) {
  return (
    <>
      <CreateOutcome view={view} />
      <MatchWarnings view={view} />
      <MatchState view={view} />
      <Remember view={view} />
    </>
  );
}

function MatchState({ view }: { view: SubjectView }) {
  const refresh = usePanel((store) => store.refresh);
  const { match, subject, person } = view;
  switch (match.status) {
    case 'loading':
      return null;
    case 'linked':
    case 'one':
      return (
        <>
          <MatchEvidence match={match} />
          <MatchActions view={view} match={match}>
            {match.status === 'one' && <FindToggle view={view} label="other" />}
          </MatchActions>
        </>
      );
    case 'several':
      return <Candidates view={view} candidates={match.candidates} />;
    case 'none':
      return person.status === 'ready' ? (
        <NoCounterpart
          person={person.value}
          vendor={otherVendor(subject.vendor)}
          rejected={match.rejected ?? 0}
        >
          <Rejected view={view} />
          <CounterpartArea view={view} />
        </NoCounterpart>
      ) : null;
    case 'failed':
      return <ErrorNotice error={match.error} effect="nothing-written" onRetry={() => void refresh()} />;
  }
}
