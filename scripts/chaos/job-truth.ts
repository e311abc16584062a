import type { Intent, Ledger } from './ledger.ts';
import type { Find } from './plan-truth.ts';
import { type Disk, readRows } from './store.ts';
import type { Agent } from './world.ts';

/** Of a press of several steps, the one that is worked on: what it reads and writes is in its name. */
export function stepOf(ledger: Ledger, disk: Disk | undefined, intent: Intent | null): Intent | null {
  if (intent?.kind !== 'job' || !disk) return intent;
  const steps = readRows(disk, 'jobs').find(({ job }) => job.id === intent.id)?.job.steps ?? [];
  const index = steps.findIndex(({ state }) => state === 'waiting' || state === 'sending');
  const op = steps[index]?.op;
  const id = op?.kind === 'contact' ? op.planId : `${intent.id}:${index}`;
  const step = ledger.intents.get(id);
  if (!step) return intent;
  // What it writes is only known when it is its turn.
  step.addition ??= readRows(disk, 'additions').find((row) => row.id === id)?.addition ?? null;
  return step;
}

/** In the end nothing waits any more, and what a step said it did is what was written. */
export function judgeJobs(ledger: Ledger, agent: Agent, find: Find): void {
  for (const { job } of readRows(agent.disk, 'jobs')) {
    if (job.status === 'queued' || job.status === 'running')
      find('lost', `job ${job.id}: ${job.status} for ever`);
    for (const [index, { op, state }] of job.steps.entries()) {
      const id = op.kind === 'contact' ? op.planId : `${job.id}:${index}`;
      const isWritten = ledger.commits.some(({ by }) => by.id === id);
      if (isWritten && ['waiting', 'skipped', 'failed', 'refused', 'conflict'].includes(state))
        find('unexplained', `step ${id} is ${state}, but it was written`);
    }
  }
}
