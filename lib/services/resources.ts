import type { VendorName } from '../core/contact.ts';
import {
  isShown,
  lintResources,
  mayWrite,
  mergeResources,
  type ResourceChange,
  type ResourceName,
  type ResourceSetting,
  readSettings,
} from '../core/resource-settings.ts';
import { AppError } from '../errors.ts';
import { type Accounts, type Pair, scopeOfPair } from './accounts.ts';
import type { Store } from './areas.ts';
import { createTurns } from './in-turn.ts';

/** What is shown and written for a pair of accounts. */
export interface Resources {
  /** Grows with every change: whoever read the settings before must read them again. */
  turn(): number;
  /** As it is set at this moment. */
  of(pair: Pair): Promise<ResourceSetting[]>;
  /** For the settings page; null while nothing is connected. */
  view(): Promise<ResourceSetting[] | null>;
  /** Changes these rows and no others; what cannot be is refused. Open views follow before it answers. */
  set(changes: readonly ResourceChange[]): Promise<ResourceSetting[] | null>;
}

interface Dependencies {
  store: Store;
  accounts: Pick<Accounts, 'pair'>;
  /** `isReread`: other kinds are shown than before. Otherwise only where they are written has changed. */
  onChange: (pair: Pair, isReread: boolean) => Promise<void>;
}

const KEY = 'shown';

/** What is set for the pair of this scope at this moment. */
export const resourcesOf = async (store: Store, scope: string): Promise<ResourceSetting[]> =>
  readSettings((await store.get('resources', scope, KEY))?.rows);

/** Refuses to write a kind that the pair does not write to this vendor: asked right before it is sent. */
export async function checkWritable(
  store: Store,
  scope: string,
  resource: ResourceName,
  vendor: VendorName,
): Promise<void> {
  if (!mayWrite(await resourcesOf(store, scope), resource, vendor))
    throw new AppError('switched_off', { vendor });
}

export function createResources({ store, accounts, onChange }: Dependencies): Resources {
  const of = (pair: Pair): Promise<ResourceSetting[]> => resourcesOf(store, scopeOfPair(pair));
  const inTurn = createTurns();
  let turn = 0;
  return {
    of,
    turn: () => turn,
    async view() {
      const pair = await accounts.pair();
      return pair && of(pair);
    },
    async set(changes) {
      const pair = await accounts.pair();
      if (!pair) throw new AppError('not_connected');
      const isReread = await inTurn(scopeOfPair(pair), async () => {
        const before = await of(pair);
        const rows = mergeResources(before, changes);
        const [wrong] = lintResources(rows);
        if (wrong) throw new AppError('invalid_input', { input: wrong });
        await store.put('resources', scopeOfPair(pair), KEY, { rows });
        turn += 1;
        return rows.some(({ resource, enabled }) => enabled !== isShown(before, resource));
      });
      await onChange(pair, isReread);
      return of(pair);
    },
  };
}
