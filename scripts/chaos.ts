/**
 * Randomized histories over the real background, in process: agents, foreign edits, deaths and faults at every point.
 *
 *   node scripts/chaos.ts [--runs N] [--seed S] [--prove]
 *
 * Prints one line; when it found damage, also the seed and the shortest history that does it, and ends with 1. `--prove` leaves out one
 * safety step after the other, and ends with 1 when that does no damage in so many runs.
 */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { standInForBrowser } from './chaos/hooks.ts';
import { endWith, readOptions } from './support/options.ts';

/** A thread takes a second to start. */
const LEAST_PER_THREAD = 50;

const values = readOptions({
  runs: { type: 'string', default: '500' },
  seed: { type: 'string', default: '1' },
  prove: { type: 'boolean', default: false },
});

const readNumber = (name: 'runs' | 'seed', least: number): number => {
  const number = Number(values[name]);
  if (Number.isSafeInteger(number) && number >= least) return number;
  return endWith(`--${name} must be a whole number from ${least}.`);
};

const runs = readNumber('runs', 1);
const seed = readNumber('seed', 0);
standInForBrowser();
const { lineOf, runChaos, together } = await import('./chaos/run.ts');
const { tell } = await import('./chaos/history.ts');
const { WITHOUT } = await import('./chaos/without.ts');

type Summary = Awaited<ReturnType<typeof runChaos>>;

/** Each history is a world of its own: they are shared out among threads, and the sum is the same. */
function inThread(workerData: { runs: number; seed: number }): Promise<Summary> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./chaos/worker.ts', import.meta.url), { workerData });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

async function runAll(): Promise<Summary> {
  const threads = Math.min(availableParallelism(), Math.ceil(runs / LEAST_PER_THREAD));
  const parts = Array.from({ length: threads }, (_, index) => {
    const [from, to] = [index, index + 1].map((part) => Math.floor((runs * part) / threads)) as [
      number,
      number,
    ];
    return inThread({ runs: to - from, seed: seed + from });
  });
  return together(await Promise.all(parts));
}

async function run(): Promise<void> {
  const startedAt = Date.now();
  const summary = await runAll();
  console.log(lineOf(summary));
  const seconds = (Date.now() - startedAt) / 1000;
  console.error(
    `seed=${seed} presses=${summary.presses} writes=${summary.commits} doubles=${summary.doubles} in ${seconds.toFixed(1)} s`,
  );
  if (!summary.failure) return;
  const { history, findings } = summary.failure;
  console.log([tell(history), ...findings.map(({ damage, what }) => `${damage}: ${what}`)].join('\n'));
  process.exitCode = 1;
}

async function prove(): Promise<void> {
  for (const [step, { does: until, among, ...without }] of Object.entries(WITHOUT)) {
    const summary = await runChaos({ runs, seed, without, until, ...(among ? { among } : {}) });
    const found = summary.failure?.findings[0];
    console.log(`without "${step}": ${found ? `${found.damage} in run ${summary.runs}` : 'no damage'}`);
    if (summary.failure) console.error(`${tell(summary.failure.history)}\n  ${found?.what}`);
    else process.exitCode = 1;
  }
}

await (values.prove ? prove() : run());
