import { AppError } from '../errors.ts';
import type { Technician } from '../panel-state.ts';
import { type Accounts, type Pair, scopeOfPair } from './accounts.ts';
import type { Store } from './areas.ts';

/** Who the agent is: a token is not tied to a technician, so nobody but the agent can say it. */
export interface Identities {
  of(pair: Pair): Promise<Technician | null>;
  /** Who can be chosen: technicians who have one of the newest tickets. */
  technicians(): Promise<Technician[]>;
  /** Only somebody whom Atera names can be chosen; null forgets it. */
  set(id: number | null): Promise<void>;
}

const KEY = 'atera';

export function createIdentities({
  store,
  accounts,
  onChange,
}: {
  store: Store;
  accounts: Pick<Accounts, 'pair'>;
  onChange: () => void;
}): Identities {
  const connected = async (): Promise<Pair> => {
    const pair = await accounts.pair();
    if (!pair) throw new AppError('not_connected');
    return pair;
  };
  return {
    of: async (pair) => (await store.get('identities', scopeOfPair(pair), KEY))?.technician ?? null,
    technicians: async () => (await connected()).atera.readTechnicians(),
    async set(id) {
      const pair = await connected();
      const scope = scopeOfPair(pair);
      if (id === null) await store.delete('identities', scope, KEY);
      else {
        const technician = (await pair.atera.readTechnicians()).find((known) => known.id === id);
        if (!technician) throw new AppError('invalid_input', { vendor: 'atera', input: 'technician' });
        await store.put('identities', scope, KEY, { technician });
      }
      onChange();
    },
  };
}
