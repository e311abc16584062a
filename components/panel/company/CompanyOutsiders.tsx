import { Button } from '@mantine/core';
import { useCallback, useEffect, useRef, useState } from 'react';
import { MAX_OUTSIDERS } from '../../../lib/core/company.ts';
import { mayWrite } from '../../../lib/core/resource-settings.ts';
import { type ErrorView, toErrorView } from '../../../lib/errors.ts';
import { t } from '../../../lib/i18n.ts';
import { viewKey } from '../../../lib/panel/selectors.ts';
import type {
  CompanyOutsiders as Found,
  JobView,
  PersonView,
  SubjectView,
} from '../../../lib/panel-state.ts';
import { ErrorNotice } from '../../shared/ErrorNotice.tsx';
import { vendorWord } from '../../shared/error-words.ts';
import { useOpener } from '../../shared/use-opener.ts';
import { usePanel } from '../panel-context.ts';
import { ReadOnly } from '../SwitchedOff.tsx';
import classes from './Company.module.css';
import { OutsiderForm } from './OutsiderForm.tsx';

interface Props {
  /** The company beside the one that it is linked to. */
  view: SubjectView;
  company: PersonView;
  counterpart: PersonView;
}

/** People of this company who are not in the linked one: looked for when the agent asks, as each of them costs a search. */
export function CompanyOutsiders(props: Props) {
  const { view, counterpart } = props;
  const [isOpen, setOpen] = useState(false);
  const isPainted = usePanel((store) => store.paintedKey === viewKey(view));
  const { vendor } = counterpart.ref;
  const isWritten = usePanel(
    ({ mirror }) => mirror === null || mayWrite(mirror.resources, 'companies', vendor),
  );
  const opener = useOpener(isOpen);
  const words = { name: counterpart.name, vendor: vendorWord(vendor) };
  return (
    <section className={classes.card} aria-labelledby="company-outsiders-title">
      <h2 id="company-outsiders-title" className={classes.title}>
        {t('outsiders.title')}
      </h2>
      {!isWritten && <ReadOnly vendor={vendor} />}
      {isWritten && isOpen && <Looked {...props} onClose={() => setOpen(false)} />}
      {isWritten && !isOpen && (
        <>
          <p className={classes.fact}>{t('outsiders.why', { ...words, most: MAX_OUTSIDERS })}</p>
          <div className={classes.buttons}>
            <Button
              ref={opener}
              size="compact-sm"
              variant="default"
              disabled={!isPainted || view.refreshing}
              onClick={() => setOpen(true)}
            >
              {t('outsiders.open', words)}
            </Button>
          </div>
        </>
      )}
    </section>
  );
}

type State =
  | { status: 'loading' }
  | { status: 'ready'; found: Found }
  | { status: 'failed'; error: ErrorView }
  | { status: 'sent'; jobId: string };

function Looked({ view, company, counterpart, onClose }: Props & { onClose: () => void }) {
  const getOutsiders = usePanel((store) => store.getOutsiders);
  const jobs = usePanel((store) => store.jobs);
  const [state, setState] = useState<State>({ status: 'loading' });
  const heading = useRef<HTMLHeadingElement>(null);
  const latest = useRef(0);
  const { version } = view;
  const { ref } = company;
  const words = { name: counterpart.name, vendor: vendorWord(counterpart.ref.vendor) };

  const load = useCallback(async (): Promise<void> => {
    latest.current += 1;
    const mine = latest.current;
    setState({ status: 'loading' });
    const next = await getOutsiders(version, ref).then(
      (found): State => ({ status: 'ready', found }),
      (error: unknown): State => ({ status: 'failed', error: toErrorView(error) }),
    );
    if (mine === latest.current) setState(next);
  }, [getOutsiders, version, ref]);
  const start = useRef(load);
  start.current = load;
  useEffect(() => {
    heading.current?.focus();
    void start.current();
  }, []);
  const look = (): void => {
    // The button that was pressed goes.
    heading.current?.focus();
    void load();
  };

  return (
    <div className={classes.editor}>
      <h3 ref={heading} tabIndex={-1}>
        {t('outsiders.heading', words)}
      </h3>
      <p className={classes.fact} role="status">
        {state.status === 'loading'
          ? t('outsiders.loading', words)
          : state.status === 'sent'
            ? sentWords(jobs.find(({ id }) => id === state.jobId))
            : ''}
      </p>
      {state.status === 'failed' && (
        <ErrorNotice
          error={state.error}
          title={t('outsiders.failed')}
          effect="nothing-written"
          onRetry={look}
        />
      )}
      {state.status === 'ready' && (
        <OutsiderForm
          version={version}
          company={ref}
          found={state.found}
          onSent={(jobId) => {
            heading.current?.focus();
            setState({ status: 'sent', jobId });
          }}
        />
      )}
      <div className={classes.buttons}>
        {state.status === 'sent' && (
          <Button size="compact-xs" variant="default" onClick={look}>
            {t('outsiders.again')}
          </Button>
        )}
        <Button size="compact-xs" variant="subtle" onClick={onClose}>
          {t('companySet.close')}
        </Button>
      </div>
    </div>
  );
}

/** What was stored, by the list of what waits; nothing once it was taken off that list. */
function sentWords(job: JobView | undefined): string {
  if (!job) return '';
  return t(job.status === 'done' ? 'outsiders.done' : 'outsiders.sent');
}
