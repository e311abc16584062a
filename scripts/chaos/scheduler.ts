import { AsyncLocalStorage } from 'node:async_hooks';
import type { Browser } from './browser.ts';
import type { Intent } from './ledger.ts';
import type { Random } from './random.ts';

/** One life of a background: ends with a kill. What it waits for then never comes. */
export interface Life {
  browser: Browser;
  isDead: boolean;
}

/** Whose code runs: every await carries it along. */
export interface Scope {
  life: Life;
  /** The press that it works for, if it is one. */
  intent: Intent | null;
}

export const scope = new AsyncLocalStorage<Scope>();

interface Entry {
  at: number;
  life: Life | null;
  fire: () => void;
}

const immediate = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
/** More than any history needs: it never comes to rest. */
const MOST_TURNS = 60_000;

export type Scheduler = ReturnType<typeof createScheduler>;

/**
 * Time, and the one place where everything outside of the code under test happens, one thing a turn, in an order that follows from the
 * seed. Between two turns a background can be killed: that is between any two awaits that anybody else can notice.
 */
export function createScheduler(random: Random, start: number) {
  let now = start;
  let turns = 0;
  let entries: Entry[] = [];
  /** Called once a turn, before anything happens in it. */
  let onTurn: (turn: number) => void = () => undefined;

  const add = (ms: number, life: Life | null, fire: () => void): (() => void) => {
    const entry = { at: now + ms, life, fire };
    entries.push(entry);
    return () => {
      entries = entries.filter((other) => other !== entry);
    };
  };

  /** Happens about `ms` later. With a life: only if it still lives then, and only then is anybody told. */
  const op = <T>(ms: number, work: () => T, life: Life | null = scope.getStore()?.life ?? null): Promise<T> =>
    new Promise((resolve, reject) => {
      add(ms * (0.5 + random()), life, () => {
        try {
          resolve(work());
        } catch (error) {
          reject(error);
        }
      });
    });

  const after = (ms: number, callback: () => void): (() => void) => {
    const mine = scope.getStore();
    return add(ms, mine?.life ?? null, () => (mine ? scope.run(mine, callback) : callback()));
  };

  /** False when there is nothing left to happen. */
  const turn = async (): Promise<boolean> => {
    await immediate();
    onTurn(turns);
    turns += 1;
    if (turns > MOST_TURNS) throw new Error('It never comes to rest.');
    entries = entries.filter(({ life }) => !life?.isDead);
    let next: Entry | undefined;
    for (const entry of entries) if (!next || entry.at < next.at) next = entry;
    if (!next) return false;
    entries.splice(entries.indexOf(next), 1);
    now = Math.max(now, next.at);
    next.fire();
    return true;
  };

  return {
    op,
    after,
    now: () => Math.round(now),
    turns: () => turns,
    setOnTurn(next: typeof onTurn) {
      onTurn = next;
    },
    advance(ms: number) {
      now += ms;
    },
    /** So many turns, or until everything rests. */
    async run(most = Number.POSITIVE_INFINITY): Promise<void> {
      for (let left = most; left > 0 && (await turn()); ) left -= 1;
    },
  };
}
