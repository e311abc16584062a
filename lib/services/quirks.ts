import {
  forgotten,
  inLessons,
  type Lesson,
  learnt,
  type Quirk,
  type QuirkName,
  quirkKey,
  quirksOf,
} from '../core/quirk.ts';
import { AppError } from '../errors.ts';
import type { Clock } from '../platform/clock.ts';
import { type Accounts, type Pair, scopeOfPair } from './accounts.ts';
import type { Store } from './areas.ts';
import { createTurns } from './in-turn.ts';

/** What the vendors of a pair accepted and did not keep, by field: told before the next write of that field, until it is kept. */
export interface Quirks {
  /** Grows with every change: whoever read them before must read them again. */
  turn(): number;
  of(pair: Pair): Promise<Quirk[]>;
  /** For the settings page; null while nothing is connected. */
  view(): Promise<Quirk[] | null>;
  /**
   * What a press showed when it was read back. The same `id` may tell again. `at`: when it was pressed, for what is told late; else it
   * was read just now.
   */
  learn(pair: Pair, id: string, lessons: readonly Lesson[], at?: number): Promise<void>;
  /** A person does not want to be told of it. The next time that it is not kept, it is told again. */
  forget(name: QuirkName): Promise<Quirk[] | null>;
}

interface Dependencies {
  store: Store;
  accounts: Pick<Accounts, 'pair'>;
  clock: Clock;
  onChange: () => void;
}

export function createQuirks({ store, accounts, clock, onChange }: Dependencies): Quirks {
  const inTurn = createTurns();
  let turn = 0;
  const of = async (pair: Pair): Promise<Quirk[]> => {
    const scope = scopeOfPair(pair);
    const rows = (await store.all('quirks')).filter((row) => row.scope === scope);
    return quirksOf(rows.map(({ memory }) => memory));
  };
  const view: Quirks['view'] = async () => {
    const pair = await accounts.pair();
    return pair && of(pair);
  };
  const changed = (): void => {
    turn += 1;
    onChange();
  };
  return {
    turn: () => turn,
    of,
    view,
    async learn(pair, id, lessons, at = clock.now()) {
      const scope = scopeOfPair(pair);
      const news = await inTurn(scope, async () => {
        let isNew = false;
        for (const lesson of inLessons(lessons)) {
          const key = quirkKey(lesson);
          const known = (await store.get('quirks', scope, key))?.memory;
          const memory = learnt(known, lesson, { id, at });
          if (memory) await store.put('quirks', scope, key, { scope, memory });
          isNew ||= memory !== null;
        }
        return isNew;
      });
      if (news) changed();
    },
    async forget(name) {
      const pair = await accounts.pair();
      if (!pair) throw new AppError('not_connected');
      const scope = scopeOfPair(pair);
      const key = quirkKey(name);
      await inTurn(scope, async () => {
        const known = (await store.get('quirks', scope, key))?.memory;
        if (known) await store.put('quirks', scope, key, { scope, memory: forgotten(known, clock.now()) });
      });
      changed();
      return view();
    },
  };
}
