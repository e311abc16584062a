import { AppError } from '../errors.ts';
import type { AccountView, ConnectQuestion } from '../panel-state.ts';
import type { Entry } from '../platform/sealed-store.ts';
import { cleanToken, looksLikeAteraToken } from '../vendors/atera/config.ts';
import { locationIdOf, looksLikeGhlToken } from '../vendors/ghl/config.ts';
import type { AccountClients } from './account-clients.ts';
import type { Gates } from './account-gates.ts';
import { mergeMeta } from './account-meta.ts';
import type { AccountDependencies, Accounts } from './accounts.ts';
import { type Areas, type StoredAccount, scopeOfAccount } from './areas.ts';
import { type Candidate, createProve } from './candidates.ts';
import type { Verdict } from './tenant.ts';

/** How accounts come and go. */
export interface Connecting {
  atera: Accounts['connectAtera'];
  ghl: Accounts['connectGhl'];
  sample: Accounts['connectSample'];
  answer: Accounts['answer'];
  disconnect: Accounts['disconnect'];
}

interface Dependencies
  extends Pick<AccountDependencies, 'store' | 'clock' | 'newId' | 'sample' | 'onChange'> {
  clients: AccountClients;
  gates: Gates;
  stored: () => Promise<StoredAccount[]>;
  /** One change of accounts at a time. Nothing is asked of a vendor in it: nobody waits for a vendor to disconnect. */
  inTurn: <T>(work: () => Promise<T>) => Promise<T>;
}

export function createConnecting(dependencies: Dependencies): Connecting {
  const { store, clock, newId, sample, clients, gates, stored, inTurn, onChange } = dependencies;
  const prove = createProve({ store, clock, newId, clients });
  /** The last question that is not answered. In memory alone: a token that nobody wants is gone with the worker. */
  let pending: { id: string; candidate: Candidate; present: StoredAccount; verdict: Verdict } | null = null;

  /**
   * Erases these accounts and stores these, at once; false, and nothing is changed, when others are connected than `before` says.
   * What had written already was waited for before the turn: it may need one itself.
   */
  const exchange = async (
    before: StoredAccount[],
    going: StoredAccount[],
    coming: readonly Pick<Candidate, 'account' | 'token' | 'meta'>[],
  ): Promise<boolean> => {
    const scopes = going.map(scopeOfAccount);
    if (scopes.length > 0) await gates.close(scopes);
    let isDone = false;
    try {
      isDone = await inTurn(async () => {
        const names = (accounts: StoredAccount[]): string => accounts.map(scopeOfAccount).join('|');
        if (names(await stored()) !== names(before)) return false;
        await store.replace(scopes, coming.flatMap(rowsOf));
        return true;
      });
    } finally {
      if (isDone) onChange();
      else await reopenWhatIsLeft(going);
    }
    if (isDone && going.some(({ kind }) => kind === 'sample')) await sample.reset();
    return isDone;
  };
  const reopenWhatIsLeft = async (accounts: StoredAccount[]): Promise<void> => {
    const left = new Set((await stored()).map(scopeOfAccount));
    gates.reopen(accounts.map(scopeOfAccount).filter((scope) => left.has(scope)));
  };

  const place = async (candidate: Candidate): Promise<AccountView | ConnectQuestion> => {
    const before = await stored();
    const { vendor } = candidate.account;
    const present = before.find((other) => other.vendor === vendor && other.kind === 'real');
    if (present) {
      const credential = await store.get('credentials', scopeOfAccount(present), 'token');
      const isSameToken = vendor === 'atera' && credential?.token === candidate.token;
      const verdict = isSameToken ? 'same' : await candidate.judge(present);
      if (verdict === 'same') return renew(candidate, present);
      pending = { id: newId(), candidate, present, verdict };
      return {
        kind: 'question',
        id: pending.id,
        vendor,
        present: present.name,
        next: candidate.name,
        canBeSame: verdict === 'unknown',
      };
    }
    // Sample accounts make room for a real one.
    const going = before.filter(({ kind }) => kind === 'sample');
    return (await exchange(before, going, [candidate])) ? viewOf(candidate.account) : place(candidate);
  };

  /** Another token of the account that is connected: all that is known of it stays. */
  const renew = async (
    candidate: Candidate,
    present: StoredAccount,
  ): Promise<AccountView | ConnectQuestion> => {
    const before = await stored();
    const { generation: _new, tenant: found, ...fresh } = candidate.account;
    const tenant = found ?? present.tenant;
    const account: StoredAccount = {
      ...fresh,
      id: present.id,
      name: candidate.name ?? present.name,
      ...(tenant === undefined ? {} : { tenant }),
      // Without one, as in rows of earlier versions, its rows stay where they are too.
      ...(present.generation === undefined ? {} : { generation: present.generation }),
    };
    const meta = mergeMeta(await store.get('meta', scopeOfAccount(present), 'account'), candidate.meta);
    const isStill = before.some((other) => scopeOfAccount(other) === scopeOfAccount(present));
    const isDone = isStill && (await exchange(before, [], [{ ...candidate, account, meta }]));
    return isDone ? viewOf(account) : place(candidate);
  };

  return {
    async atera(pasted) {
      const token = cleanToken(pasted);
      if (!looksLikeAteraToken(token))
        throw new AppError('invalid_input', { vendor: 'atera', input: 'token' });
      return place(await prove.atera(token, 'real'));
    },
    async ghl(pasted, location) {
      const token = cleanToken(pasted);
      if (!looksLikeGhlToken(token)) throw new AppError('invalid_input', { vendor: 'ghl', input: 'token' });
      const id = locationIdOf(location);
      if (id === null) throw new AppError('invalid_input', { vendor: 'ghl', input: 'location' });
      return place(await prove.ghl(token, id, 'real'));
    },
    async answer(id, answer) {
      const asked = pending?.id === id ? pending : null;
      if (asked) pending = null;
      if (answer === 'keep') return null;
      if (!asked) throw new AppError('invalid_input', { input: 'token:again' });
      const { candidate, present, verdict } = asked;
      if (answer === 'same') return verdict === 'unknown' ? renew(candidate, present) : place(candidate);
      const before = await stored();
      const going = before.filter((other) => scopeOfAccount(other) === scopeOfAccount(present));
      // Somebody has changed the accounts since: what would be erased now was never shown.
      if (going.length === 0 || !(await exchange(before, going, [candidate]))) return place(candidate);
      return viewOf(candidate.account);
    },
    async sample() {
      const { atera, ghl } = await sample.source();
      for (;;) {
        const before = await stored();
        // Real credentials are never thrown away for a try.
        if (before.some(({ kind }) => kind === 'real'))
          throw new AppError('invalid_input', { input: 'sample' });
        const proven = [
          await prove.atera(atera.apiKey, 'sample'),
          await prove.ghl(ghl.token, ghl.locationId, 'sample'),
        ];
        const missing = proven.filter(
          ({ account }) => !before.some(({ vendor }) => vendor === account.vendor),
        );
        if (await exchange(before, [], missing)) return (await stored()).map(viewOf);
      }
    },
    async disconnect(accountId) {
      for (;;) {
        const before = await stored();
        const account = before.find(({ id }) => id === accountId);
        if (!account || (await exchange(before, [account], []))) return;
      }
    },
  };
}

/** What pages are told of an account. */
export const viewOf = ({
  generation: _generation,
  tenant: _tenant,
  ...account
}: StoredAccount): AccountView => account;

const rowsOf = ({ account, token, meta }: Pick<Candidate, 'account' | 'token' | 'meta'>): Entry<Areas>[] => {
  const scope = scopeOfAccount(account);
  return [
    { area: 'credentials', scope, key: 'token', value: { token } },
    { area: 'meta', scope, key: 'account', value: meta },
    { area: 'accounts', scope, key: 'account', value: account },
  ];
};
