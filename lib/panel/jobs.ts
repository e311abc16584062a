import type { JobView } from '../panel-state.ts';
import type { PanelApi } from './api.ts';

/** What a panel tells of: whatever waits or stopped, and what takes several steps while it is under way. */
export const shownJobs = (jobs: readonly JobView[]): JobView[] =>
  jobs.filter(({ status, steps }) => status !== 'running' || steps.length > 1 || steps.some(isOfSeveral));

/** Told nowhere else, also where only one person was ticked. */
const isOfSeveral = ({ words }: JobView['steps'][number]): boolean => words.personName !== undefined;

/** What would be lost with the accounts: it waits, is under way, or stopped where it could go on. */
export const unfinished = (jobs: readonly JobView[]): number =>
  jobs.filter(({ status, canGoOn }) => status === 'queued' || status === 'running' || canGoOn).length;

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
