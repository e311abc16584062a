import { Button, Radio } from '@mantine/core';
import { refKey, sameRef } from '../../../lib/core/contact.ts';
import { t } from '../../../lib/i18n.ts';
import { otherVendor, viewKey } from '../../../lib/panel/selectors.ts';
import type { CandidateView, SubjectView } from '../../../lib/panel-state.ts';
import { vendorWord } from '../../shared/error-words.ts';
import { FindToggle } from '../create/FindToggle.tsx';
import { usePanel } from '../panel-context.ts';
import { CandidateOption } from './CandidateOption.tsx';
import classes from './Match.module.css';
import { linkOf } from './match-words.ts';
import { Rejected } from './Rejected.tsx';

/** People who may be the same. Nobody is chosen beforehand: a suspicion must not be one click from a link. */
export function Candidates({ view, candidates }: { view: SubjectView; candidates: CandidateView[] }) {
  const selected = usePanel((store) => store.selectedCandidate);
  const choose = usePanel((store) => store.chooseCandidate);
  const link = usePanel((store) => store.link);
  const reject = usePanel((store) => store.reject);
  const isRejecting = usePanel((store) => store.busy === 'reject');
  const isLinking = usePanel((store) => store.busy === 'link');
  const isPainted = usePanel((store) => store.paintedKey === viewKey(view));
  const chosen = candidates.find(({ ref }) => selected && sameRef(ref, selected));
  const claim = chosen && linkOf(chosen.evidence);
  const title = t('candidates.title', { vendor: vendorWord(otherVendor(view.subject.vendor)) });
  return (
    <section className={classes.card} aria-label={title}>
      <h2>{title}</h2>
      <Radio.Group
        aria-label={title}
        value={chosen ? refKey(chosen.ref) : ''}
        onChange={(key) => {
          const next = candidates.find(({ ref }) => refKey(ref) === key);
          if (next) choose(next.ref);
        }}
      >
        <ul className={classes.candidates}>
          {candidates.map((candidate) => (
            <CandidateOption key={refKey(candidate.ref)} candidate={candidate} />
          ))}
        </ul>
      </Radio.Group>
      <div className={classes.choice}>
        <Button
          size="sm"
          disabled={!chosen || !isPainted}
          loading={isLinking}
          onClick={() =>
            chosen &&
            view.person.status === 'ready' &&
            void link(view.version, view.person.value.ref, chosen.ref, claim?.to)
          }
        >
          {t('candidates.link')}
        </Button>
        <Button
          size="sm"
          variant="default"
          disabled={!chosen || !isPainted || view.refreshing}
          loading={isRejecting}
          onClick={() =>
            chosen &&
            view.person.status === 'ready' &&
            void reject(view.version, view.person.value.ref, chosen.ref)
          }
        >
          {t('candidates.notThis')}
        </Button>
      </div>
      {claim && (
        <p className={classes.soft} dir="auto">
          {claim.name === null
            ? t('candidates.replacesAnother')
            : t('candidates.replaces', { name: claim.name })}
        </p>
      )}
      <p className={classes.soft} role="status">
        {isLinking ? t('candidates.linking') : t('candidates.promise')}
      </p>
      <Rejected view={view} />
      <FindToggle view={view} label="button" />
    </section>
  );
}
