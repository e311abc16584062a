/** A part of the histories, in a thread of its own. */
import { parentPort, workerData } from 'node:worker_threads';
import { standInForBrowser } from './hooks.ts';

standInForBrowser();
const { runChaos } = await import('./run.ts');
parentPort?.postMessage(await runChaos(workerData as { runs: number; seed: number }));
