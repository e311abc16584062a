import { sameRef } from '../core/contact.ts';
import type { JobView, SubjectView } from '../panel-state.ts';
import type { PanelApi } from './api.ts';
import { peopleOf } from './selectors.ts';

/** What a panel tells of: whatever waits or stopped, and what takes several steps while it is under way. */
export const shownJobs = (jobs: readonly JobView[]): JobView[] =>
  jobs.filter(({ status, steps }) => status !== 'running' || steps.length > 1 || steps.some(isOfSeveral));

/** Told nowhere else, also where only one person was ticked. */
const isOfSeveral = ({ words }: JobView['steps'][number]): boolean => words.personName !== undefined;

/** What would be lost with the accounts: it waits, is under way, or stopped where it could go on. */
export const unfinished = (jobs: readonly JobView[]): number =>
  jobs.filter(({ status, canGoOn }) => status === 'queued' || status === 'running' || canGoOn).length;

const OF_FIELDS: readonly string[] = ['push', 'pull', 'sync'];

/** Whether a push, pull or sync of the pair on screen was tried, and waits: another one would find only what that one writes. */
export function isPairWaiting(view: SubjectView, jobs: readonly JobView[]): boolean {
  if (view.receipt?.state === 'queued') return true;
  const shown = Object.values(peopleOf(view)).flatMap((person) => person?.ref ?? []);
  return jobs.some(
    ({ status, error, people, steps }) =>
      status === 'queued' &&
      error !== null &&
      steps.some(({ words }) => OF_FIELDS.includes(words.kind)) &&
      people.length > 0 &&
      people.every((one) => shown.some((ref) => sameRef(ref, one))),
  );
}

/** Asks once and listens until the returned function is called. News that came meanwhile is newer than the answer. */
export function followJobs(api: PanelApi, show: (jobs: JobView[]) => void): () => void {
  let hasNews = false;
  const stop = api.on('jobsChanged', (jobs) => {
    hasNews = true;
    show(jobs);
  });
  api.send('getJobs', {}).then(
    (jobs) => hasNews || show(jobs ?? []),
    // The state that is asked for beside it tells of a background that cannot be reached.
    () => undefined,
  );
  return stop;
}
