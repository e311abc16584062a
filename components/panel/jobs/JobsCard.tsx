import { t, tCount } from '../../../lib/i18n.ts';
import { shownJobs } from '../../../lib/panel/jobs.ts';
import { usePanel } from '../panel-context.ts';
import { JobItem } from './JobItem.tsx';
import classes from './Jobs.module.css';

/** What was told to be written and is not over, whoever is on screen. The place stays, so that what comes into it is read out. */
export function JobsCard() {
  const jobs = shownJobs(usePanel((store) => store.jobs));
  const waiting = jobs.filter(({ status }) => status === 'queued' || status === 'running').length;
  const done = jobs.filter(({ status }) => status === 'done').length;
  const stopped = jobs.length - waiting - done;
  return (
    <section aria-label={t('jobs.region')} className={jobs.length > 0 ? classes.card : undefined}>
      <p role="status" className={jobs.length > 0 ? classes.title : 'cp-hidden'}>
        {[
          waiting > 0 ? tCount('jobs.waiting', waiting) : '',
          stopped > 0 ? tCount('jobs.stopped', stopped) : '',
          done > 0 ? tCount('jobs.finished', done) : '',
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {jobs.length > 0 && (
        <ul className={classes.list}>
          {jobs.map((job) => (
            <JobItem key={job.id} job={job} />
          ))}
        </ul>
      )}
      {waiting > 0 && <p className={classes.soft}>{t('jobs.safe')}</p>}
    </section>
  );
}
