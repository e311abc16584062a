import { Button } from '@mantine/core';
import { t, tCount, wordKey } from '../../../lib/i18n.ts';
import { relativeTime } from '../../../lib/panel/format.ts';
import type { JobStepWords, JobView } from '../../../lib/panel-state.ts';
import { errorWords, vendorWord } from '../../shared/error-words.ts';
import { useNow } from '../../shared/use-now.ts';
import { usePanel } from '../panel-context.ts';
import classes from './Jobs.module.css';

/** One job: what it writes and for whom, why it waits or where it stopped, and the ways on. */
export function JobItem({ job }: { job: JobView }) {
  const busy = usePanel((store) => store.jobBusy);
  const change = usePanel((store) => store.changeJob);
  const { id, personName, steps, error, status, canCancel, canGoOn } = job;
  const [first] = steps;
  if (!first) return null;
  const isForPeople = steps.some(({ words }) => words.personName !== undefined);
  const isList = steps.length > 1 || isForPeople;
  const what = isForPeople
    ? t('jobs.people', { name: personName, vendor: vendorWord(first.words.vendor) })
    : isList
      ? t('jobs.several', { name: personName })
      : stepWords(first.words);
  const isOver =
    status === 'stopped' || status === 'needs-look' || status === 'cancelled' || status === 'done';
  const button = { size: 'compact-xs', variant: 'default', disabled: busy !== null } as const;
  return (
    <li className={classes.item} data-status={status}>
      <p>
        <strong dir="auto">{what}</strong>{' '}
        {!isList && <bdi className={classes.soft}>{t('jobs.for', { name: personName })}</bdi>}
      </p>
      {isList && (
        <ol className={classes.steps}>
          {steps.map(({ words, state, error: problem }, index) => (
            // Steps keep their place for as long as the job lives.
            // biome-ignore lint/suspicious/noArrayIndexKey: two steps may say the same.
            <li key={index} data-state={state} dir="auto">
              {words.personName === undefined ? stepWords(words) : <bdi>{words.personName}</bdi>}{' '}
              <span className={classes.soft}>{t(`jobs.step.${wordKey(state)}`)}</span>
              {problem && <span className={classes.trouble}> {errorWords(problem).what}</span>}
            </li>
          ))}
        </ol>
      )}
      {isForPeople && steps.some(({ state }) => state === 'done') && (
        <p className={classes.soft}>{t('jobs.peopleUndo')}</p>
      )}
      {error && <p className={classes.trouble}>{t('jobs.why', { what: errorWords(error).what })}</p>}
      <Timing job={job} />
      <div className={classes.buttons}>
        {status === 'queued' && (
          <Button
            {...button}
            aria-label={t('jobs.tryLabel', { what })}
            onClick={() => void change('retryJob', id)}
          >
            {t('jobs.tryNow')}
          </Button>
        )}
        {canGoOn && (
          <Button
            {...button}
            aria-label={t('jobs.goOnLabel', { what })}
            onClick={() => void change('retryJob', id)}
          >
            {t('jobs.goOn')}
          </Button>
        )}
        {canCancel && (
          <Button
            {...button}
            aria-label={t('jobs.cancelLabel', { what })}
            onClick={() => void change('cancelJob', id)}
          >
            {t('jobs.cancel')}
          </Button>
        )}
        {isOver && (
          <Button
            {...button}
            aria-label={t('jobs.dismissLabel', { what })}
            onClick={() => void change('dismissJob', id)}
          >
            {t('jobs.dismiss')}
          </Button>
        )}
      </div>
    </li>
  );
}

function Timing({ job: { status, runAt, attempts } }: { job: JobView }) {
  const now = useNow(1_000);
  if (status === 'running') return <p className={classes.soft}>{t('jobs.trying')}</p>;
  if (status !== 'queued' || runAt === null) return null;
  const seconds = Math.ceil((runAt - now) / 1000);
  const next =
    seconds <= 0
      ? t('jobs.trying')
      : seconds < 90
        ? t('jobs.next', { seconds })
        : t('jobs.nextLater', { when: relativeTime(runAt, now) });
  // Seconds that count down would never be silent.
  return (
    <p className={classes.soft} aria-live="off">
      {[next, attempts > 0 ? tCount('jobs.tries', attempts) : ''].filter(Boolean).join(' · ')}
    </p>
  );
}

function stepWords({ kind, vendor: name, title, undoes, isBoth }: JobStepWords): string {
  if (undoes)
    return t('jobs.undo', { what: t(`activity.kind.${wordKey(undoes)}`), vendor: vendorWord(name) });
  if (isBoth) return t('jobs.lineBoth', { what: t(`activity.kind.${wordKey(kind)}`) });
  const words = { what: t(`activity.kind.${wordKey(kind)}`), vendor: vendorWord(name) };
  return title === undefined ? t('jobs.line', words) : t('jobs.lineTitle', { ...words, title });
}
