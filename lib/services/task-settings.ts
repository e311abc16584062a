import { isShown } from '../core/resource-settings.ts';
import {
  lintTaskRules,
  readTaskRules,
  SHIPPED_TASK_RULES,
  type TaskRules,
  taskRulesKey,
} from '../core/task-ticket.ts';
import { AppError } from '../errors.ts';
import type { TaskRulesView } from '../panel-state.ts';
import { type Accounts, type Pair, scopeOfPair } from './accounts.ts';
import type { Store } from './areas.ts';
import { createTurns } from './in-turn.ts';
import { resourcesOf } from './resources.ts';

/** How tasks and tickets belong together, for a pair of accounts. */
export interface TaskSettings {
  /** As they are set at this moment; null where what was stored cannot be understood: nothing is done by it. */
  of(pair: Pair): Promise<TaskRules | null>;
  /** For the settings page; null while nothing is connected. */
  view(): Promise<TaskRulesView | null>;
  /** Replaces them; what cannot be followed is refused. */
  set(rules: TaskRules): Promise<TaskRulesView | null>;
  /** Statuses that the newest tickets have: Atera has no list of them. */
  statuses(): Promise<string[]>;
}

interface Dependencies {
  store: Store;
  accounts: Pick<Accounts, 'pair'>;
  /** What is shown was made with other rules. */
  onChange: () => void;
}

const KEY = 'rules';

export function createTaskSettings({ store, accounts, onChange }: Dependencies): TaskSettings {
  const inTurn = createTurns();
  const of: TaskSettings['of'] = async (pair) =>
    readTaskRules(await store.get('taskRules', scopeOfPair(pair), KEY));
  const viewOf = async (pair: Pair): Promise<TaskRulesView> => {
    const rules = await of(pair);
    return { rules: rules ?? SHIPPED_TASK_RULES, isDamaged: rules === null };
  };
  const connected = async (): Promise<Pair> => {
    const pair = await accounts.pair();
    if (!pair) throw new AppError('not_connected');
    return pair;
  };
  return {
    of,
    async view() {
      const pair = await accounts.pair();
      return pair && viewOf(pair);
    },
    async set({ dueDays, done, open, completedAs, reopenedAs }) {
      const pair = await connected();
      const rules: TaskRules = {
        dueDays,
        done: done.map((name) => name.trim()),
        open: open.map((name) => name.trim()),
        completedAs: completedAs.trim(),
        reopenedAs: reopenedAs.trim(),
      };
      const [fault] = lintTaskRules(rules);
      if (fault) throw new AppError('invalid_input', { input: fault });
      await inTurn(scopeOfPair(pair), () => store.put('taskRules', scopeOfPair(pair), KEY, rules));
      onChange();
      return viewOf(pair);
    },
    async statuses() {
      const pair = await connected();
      if (!isShown(await resourcesOf(store, scopeOfPair(pair)), 'tickets'))
        throw new AppError('switched_off', { vendor: 'atera' });
      return pair.atera.readStatuses();
    },
  };
}

/** The rules that something was shown by, where they are still the same ones. */
export function checkRules(now: TaskRules | null, shown: string | undefined): TaskRules {
  if (!now) throw new AppError('task_rules');
  if (taskRulesKey(now) !== shown) throw new AppError('plan_expired');
  return now;
}
