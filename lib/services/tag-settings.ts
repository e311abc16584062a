import { mayWrite } from '../core/resource-settings.ts';
import { limitTagRules, lintTagRules, SHIPPED_TAG_RULES, type TagRules } from '../core/tag-rules.ts';
import { AppError } from '../errors.ts';
import { type Accounts, type Pair, scopeOfPair } from './accounts.ts';
import type { Store } from './areas.ts';
import { createTurns } from './in-turn.ts';
import { resourcesOf } from './resources.ts';

/** How tags of both systems belong together, for a pair of accounts. */
export interface TagSettings {
  /** As they are set, within where the pair writes tags at all. */
  of(pair: Pair): Promise<TagRules>;
  /** For the settings page; null while nothing is connected. */
  view(): Promise<TagRules | null>;
  /** Replaces them; what cannot be followed is refused. */
  set(rules: TagRules): Promise<TagRules | null>;
}

interface Dependencies {
  store: Store;
  accounts: Pick<Accounts, 'pair'>;
  /** What is shown was made with other rules. */
  onChange: () => void;
}

const KEY = 'rules';

export function createTagSettings({ store, accounts, onChange }: Dependencies): TagSettings {
  const inTurn = createTurns();
  const read = async (pair: Pair): Promise<TagRules> =>
    (await store.get('tagRules', scopeOfPair(pair), KEY)) ?? SHIPPED_TAG_RULES;
  return {
    async of(pair) {
      const [rules, resources] = await Promise.all([read(pair), resourcesOf(store, scopeOfPair(pair))]);
      return limitTagRules(rules, (vendor) => mayWrite(resources, 'tags', vendor));
    },
    async view() {
      const pair = await accounts.pair();
      return pair && read(pair);
    },
    async set({ rename, prefix, direction }) {
      const pair = await accounts.pair();
      if (!pair) throw new AppError('not_connected');
      const rules: TagRules = {
        rename: rename.map(({ ghl, atera }) => ({ ghl: ghl.trim(), atera: atera.trim() })),
        prefix: prefix.trim(),
        direction,
      };
      const [fault] = lintTagRules(rules);
      if (fault) throw new AppError('invalid_input', { input: `${fault.row ?? 'prefix'}:${fault.problem}` });
      await inTurn(scopeOfPair(pair), () => store.put('tagRules', scopeOfPair(pair), KEY, rules));
      onChange();
      return read(pair);
    },
  };
}
