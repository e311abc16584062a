import { AppError } from '../errors.ts';
import type { GhlUser, Identity, Technician } from '../panel-state.ts';
import { type Accounts, type Pair, scopeOfPair } from './accounts.ts';
import type { Store } from './areas.ts';
import { createTurns } from './in-turn.ts';

/** Who the agent is in each system: a token is not tied to a person, so nobody but the agent can say it. */
export interface Identities {
  of(pair: Pair): Promise<Identity>;
  /** For pages; nobody while nothing is connected. */
  current(): Promise<Identity>;
  /** Who can be chosen in Atera: technicians who have one of the newest tickets. */
  technicians(): Promise<Technician[]>;
  /** Who can be chosen in GHL. Needs a right that nothing else needs. */
  users(): Promise<GhlUser[]>;
  /** Only somebody whom Atera, or GHL, names can be chosen; null forgets it. */
  setTechnician(id: number | null): Promise<void>;
  setUser(id: string | null): Promise<void>;
}

const KEY = 'you';
const NOBODY: Identity = { atera: null, ghl: null };

export function createIdentities({
  store,
  accounts,
  onChange,
}: {
  store: Store;
  accounts: Pick<Accounts, 'pair'>;
  onChange: () => void;
}): Identities {
  const inTurn = createTurns();
  const connected = async (): Promise<Pair> => {
    const pair = await accounts.pair();
    if (!pair) throw new AppError('not_connected');
    return pair;
  };
  const of = async (pair: Pair): Promise<Identity> =>
    (await store.get('identities', scopeOfPair(pair), KEY)) ?? NOBODY;
  const save = async (pair: Pair, change: Partial<Identity>): Promise<void> => {
    const scope = scopeOfPair(pair);
    // Both systems may be said at once, and share a row.
    await inTurn(scope, async () => store.put('identities', scope, KEY, { ...(await of(pair)), ...change }));
    onChange();
  };

  return {
    of,
    async current() {
      const pair = await accounts.pair();
      return pair ? of(pair) : NOBODY;
    },
    technicians: async () => (await connected()).atera.readTechnicians(),
    users: async () => (await connected()).ghl.readUsers(),
    async setTechnician(id) {
      const pair = await connected();
      const found = id === null ? null : (await pair.atera.readTechnicians()).find((one) => one.id === id);
      if (found === undefined) throw new AppError('invalid_input', { vendor: 'atera', input: 'technician' });
      await save(pair, { atera: found });
    },
    async setUser(id) {
      const pair = await connected();
      const found = id === null ? null : (await pair.ghl.readUsers()).find((one) => one.id === id);
      if (found === undefined) throw new AppError('invalid_input', { vendor: 'ghl', input: 'user' });
      await save(pair, { ghl: found });
    },
  };
}
