import { workerLives } from '../platform/storage.ts';

/** More states than one life of the worker ever sends. */
const PER_LIFE = 2 ** 32;

/**
 * Numbers for states that panels order by. They grow over restarts of the worker too, and not by the clock, which may be set back.
 * Ask for `next` before the last look at what is numbered: calling it then gives the number at once.
 */
export function createRevisions(): () => Promise<() => number> {
  let count = 0;
  let first: Promise<number> | null = null;
  const begin = async (): Promise<number> => {
    const life = (await workerLives.getValue()) + 1;
    await workerLives.setValue(life);
    return life * PER_LIFE;
  };
  return async () => {
    first ??= begin();
    const base = await first;
    return () => {
      count += 1;
      return base + count;
    };
  };
}
