import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { t } from '../../../lib/i18n.ts';
import { endedCreation, isWishFor, waitingCreation } from '../../../lib/panel/counterpart.ts';
import type { SubjectView } from '../../../lib/panel-state.ts';
import { usePanel } from '../panel-context.ts';
import classes from './Create.module.css';
import { OutcomeBody } from './OutcomeBody.tsx';

/** The last creation for who is on screen, or one that waits; stays when the match changes by it. */
export function CreateOutcome({ view }: { view: SubjectView }) {
  const creating = usePanel((store) => store.creating);
  const create = usePanel((store) => store.create);
  const close = usePanel((store) => store.closeCreation);
  const section = useRef<HTMLElement>(null);
  const jobs = usePanel((store) => store.jobs);
  const activity = usePanel((store) => store.activity);
  const own = creating?.result && isWishFor(creating, view) ? creating : null;
  const pressed = own?.result ?? null;
  const ended = pressed?.state === 'queued' ? endedCreation(pressed, activity?.entries ?? [], view) : null;
  const result = ended ?? pressed ?? waitingCreation(jobs, view);
  const { status } = view.match;
  // The pressed button is gone once the two are linked: the way on is here.
  useEffect(() => {
    if (result && status !== 'none' && document.activeElement === document.body) section.current?.focus();
  }, [result, status]);
  if (!result) return null;
  return (
    <section ref={section} tabIndex={-1} className={classes.outcome} aria-label={t('create.region')}>
      <OutcomeBody result={result} onLookAgain={() => own && void create(own.wish)} />
      {/* What waits leaves with its end: it is cancelled in the list of what waits. */}
      {result.state !== 'queued' && (
        <div>
          <Button size="compact-xs" variant="subtle" onClick={close}>
            {t('create.close')}
          </Button>
        </div>
      )}
    </section>
  );
}
