import type { Clock } from '../platform/clock.ts';
import { tokenExpiry } from '../vendors/atera/config.ts';
import type { AccountClients } from './account-clients.ts';
import { readAteraFacts, readGhlFacts } from './account-meta.ts';
import { type AccountMeta, type Store, type StoredAccount, scopeOfAccount } from './areas.ts';
import { judgeTenant, readWitnesses, type Verdict } from './tenant.ts';

/** An account whose token was proven to work; nothing of it is stored yet. */
export interface Candidate {
  account: StoredAccount;
  /** The vendor's word; null where the token may not read it. */
  name: string | null;
  token: string;
  meta: AccountMeta;
  /** Whether it is the account that is connected. */
  judge: (present: StoredAccount) => Promise<Verdict>;
}

/** Asks the vendors what a token is good for. Stores nothing; a token that does not work is thrown as its failure. */
export interface Prove {
  atera(token: string, kind: StoredAccount['kind']): Promise<Candidate>;
  ghl(token: string, locationId: string, kind: StoredAccount['kind']): Promise<Candidate>;
}

export function createProve({
  store,
  clock,
  newId,
  clients,
}: {
  store: Store;
  clock: Clock;
  newId: () => string;
  clients: AccountClients;
}): Prove {
  /** The account's id is only known after the first answer: called under a name of its own first. */
  const atera = async (token: string, kind: StoredAccount['kind']): Promise<Candidate> => {
    const probe = await clients.atera({ id: `connecting-${newId()}`, kind }, token);
    const { tenant, name, meta } = await readAteraFacts(probe, clock.now());
    const witnesses = await readWitnesses(probe);
    return {
      account: {
        // Never made of the token: another token of the same tenant must not make another account.
        id: tenant ?? `local-${newId()}`,
        tenant,
        generation: newId(),
        vendor: 'atera',
        kind,
        name: name ?? 'Atera',
        connectedAt: clock.now(),
        expiresAt: tokenExpiry(token),
        problem: null,
      },
      name,
      token,
      meta: { ...meta, witnesses },
      judge: async (present) =>
        judgeTenant(
          probe,
          tenant,
          present,
          (await store.get('meta', scopeOfAccount(present), 'account'))?.witnesses,
        ),
    };
  };

  const ghl = async (token: string, id: string, kind: StoredAccount['kind']): Promise<Candidate> => {
    const client = await clients.ghl({ id, kind }, token);
    await client.probe();
    const { name, meta } = await readGhlFacts(client, clock.now());
    return {
      account: {
        id,
        generation: newId(),
        vendor: 'ghl',
        kind,
        name: name ?? id,
        connectedAt: clock.now(),
        expiresAt: null,
        problem: null,
      },
      name: name ?? id,
      token,
      meta,
      judge: async (present) => (present.id === id ? 'same' : 'other'),
    };
  };

  return { atera, ghl };
}
