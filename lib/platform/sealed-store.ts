import Dexie, { type EntityTable } from 'dexie';
import { AppError } from '../errors.ts';
import type { Clock } from './clock.ts';

/** How one kind of stored data is treated. */
export interface AreaDefinition {
  /** How long a row is good for; null = until it is deleted. */
  keepMs: number | null;
  /** True when a row that cannot be read may simply be fetched again. */
  disposable: boolean;
}

interface SealedRow {
  /** Keyed hash of area and key: says nothing of the person. */
  id: string;
  area: string;
  /** Keyed hashes of the accounts in its scope. */
  accounts: string[];
  expiresAt: number;
  iv: Uint8Array<ArrayBuffer>;
  data: ArrayBuffer;
}

interface KeyRow {
  name: 'data' | 'names';
  key: CryptoKey;
}

/** One row to be stored. */
export type Entry<Areas> = {
  [A in keyof Areas & string]: { area: A; scope: string; key: string; value: Areas[A] };
}[keyof Areas & string];

/**
 * Encrypted rows by area, scope and key. `Areas` maps each area's name to the type of its values. A scope is an account's id, or
 * that of a pair (`scopeOf`): what belongs to two accounts goes when either goes.
 */
export interface SealedStore<Areas> {
  get<A extends keyof Areas & string>(area: A, scope: string, key: string): Promise<Areas[A] | undefined>;
  /** Rejects with `not_connected` when an account of the scope was erased: what is still under way must not bring it back. */
  put<A extends keyof Areas & string>(area: A, scope: string, key: string, value: Areas[A]): Promise<void>;
  /** Erases these accounts and stores these rows: all of it or nothing. */
  replace(accounts: readonly string[], entries: readonly Entry<Areas>[]): Promise<void>;
  delete<A extends keyof Areas & string>(area: A, scope: string, key: string): Promise<void>;
  /** All values of an area, in no order. */
  all<A extends keyof Areas & string>(area: A): Promise<Areas[A][]>;
  /** Forgets everything that was stored for this account, and stores nothing more under its name. */
  eraseAccount(account: string): Promise<void>;
  /** Deletes what has run out; with `known`, also every row with an account that is none of these. */
  sweep(known?: readonly string[]): Promise<void>;
}

/** Scope of what belongs to both accounts. */
export const scopeOf = (...accounts: string[]): string => [...accounts].sort().join('|');

const NEVER = Number.MAX_SAFE_INTEGER;

/**
 * AES-GCM over IndexedDB. The keys are made here once, cannot be exported, and never leave the browser's own key storage. This
 * protects copied profile files and other extensions' reach, not an unlocked browser in somebody else's hands.
 */
export function createSealedStore<Areas>(
  definitions: { [A in keyof Areas & string]: AreaDefinition },
  { clock, databaseName = 'counterpart' }: { clock: Clock; databaseName?: string },
): SealedStore<Areas> {
  const db = new Dexie(databaseName) as Dexie & {
    rows: EntityTable<SealedRow, 'id'>;
    keys: EntityTable<KeyRow, 'name'>;
    erased: EntityTable<{ account: string }, 'account'>;
  };
  db.version(1).stores({ rows: 'id, area, *accounts, expiresAt', keys: 'name' });
  // Keyed hashes of accounts that were erased.
  db.version(2).stores({ erased: 'account' });

  let keys: Promise<{ data: CryptoKey; names: CryptoKey }> | null = null;
  const getKeys = (): Promise<{ data: CryptoKey; names: CryptoKey }> => {
    keys ??= loadKeys().catch((error: unknown) => {
      keys = null;
      throw error;
    });
    return keys;
  };

  /** Made outside the transaction (WebCrypto would end it), kept only if nobody else was faster. */
  async function loadKeys(): Promise<{ data: CryptoKey; names: CryptoKey }> {
    const read = async (): Promise<{ data: CryptoKey; names: CryptoKey } | null> => {
      const [data, names] = await db.keys.bulkGet(['data', 'names']);
      return data && names ? { data: data.key, names: names.key } : null;
    };
    const existing = await read();
    if (existing) return existing;
    const [data, names] = await Promise.all([
      crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']),
      crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, false, ['sign']) as Promise<CryptoKey>,
    ]);
    return db.transaction('rw', db.keys, async () => {
      const faster = await read();
      if (faster) return faster;
      await db.keys.bulkPut([
        { name: 'data', key: data },
        { name: 'names', key: names },
      ]);
      return { data, names };
    });
  }

  const hide = async (text: string): Promise<string> => {
    const { names } = await getKeys();
    const mac = await crypto.subtle.sign('HMAC', names, new TextEncoder().encode(text));
    return Array.from(new Uint8Array(mac), (byte) => byte.toString(16).padStart(2, '0')).join('');
  };
  const idOf = (area: string, scope: string, key: string): Promise<string> =>
    hide(JSON.stringify([area, scope, key]));

  const seal = async ({ area, scope, key, value }: Entry<Areas>): Promise<SealedRow> => {
    const { data } = await getKeys();
    const id = await idOf(area, scope, key);
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const additionalData = new TextEncoder().encode(id);
    const plain = new TextEncoder().encode(JSON.stringify(value));
    const { keepMs } = definitions[area];
    return {
      id,
      area,
      accounts: await Promise.all(scope.split('|').map(hide)),
      expiresAt: keepMs === null ? NEVER : clock.now() + keepMs,
      iv,
      data: await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, data, plain),
    };
  };

  /** One transaction: whether an account is still there is asked in the one that stores. */
  const keep = (erase: string[], rows: SealedRow[]): Promise<void> =>
    db.transaction('rw', db.rows, db.erased, async () => {
      if (erase.length > 0) {
        await db.rows.where('accounts').anyOf(erase).delete();
        await db.erased.bulkPut(erase.map((account) => ({ account })));
      }
      const gone = await db.erased.bulkGet([...new Set(rows.flatMap(({ accounts }) => accounts))]);
      // Thrown, so that the transaction ends without any of it.
      if (gone.some((account) => account !== undefined)) throw new AppError('not_connected');
      await db.rows.bulkPut(rows);
    });

  /** The row's own id is authenticated with it, so that no ciphertext can stand in another's place. */
  const open = async (row: SealedRow): Promise<unknown> => {
    const { data } = await getKeys();
    const additionalData = new TextEncoder().encode(row.id);
    const plain = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv: row.iv, additionalData },
      data,
      row.data,
    );
    return JSON.parse(new TextDecoder().decode(plain));
  };

  /** Undefined when the row has run out, or cannot be read and may be fetched again. */
  const openOrDrop = async (row: SealedRow | undefined): Promise<unknown> => {
    if (!row) return undefined;
    if (row.expiresAt <= clock.now()) {
      await db.rows.delete(row.id);
      return undefined;
    }
    try {
      return await open(row);
    } catch (cause) {
      if (!definitions[row.area as keyof Areas & string].disposable)
        throw new AppError('storage', {}, { cause });
      await db.rows.delete(row.id);
      return undefined;
    }
  };

  /** Whatever IndexedDB says (full disk, closed database) reaches people as one error. */
  const guard = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (cause) {
      throw cause instanceof AppError ? cause : new AppError('storage', {}, { cause });
    }
  };

  return {
    get: (area, scope, key) =>
      guard(async () => {
        const row = await db.rows.get(await idOf(area, scope, key));
        return (await openOrDrop(row)) as Areas[typeof area] | undefined;
      }),
    put: (area, scope, key, value) =>
      guard(async () => keep([], [await seal({ area, scope, key, value } as Entry<Areas>)])),
    replace: (accounts, entries) =>
      guard(async () => keep(await Promise.all(accounts.map(hide)), await Promise.all(entries.map(seal)))),
    delete: (area, scope, key) => guard(async () => db.rows.delete(await idOf(area, scope, key))),
    all: (area) =>
      guard(async () => {
        const values = await Promise.all(
          (await db.rows.where('area').equals(area).toArray()).map(openOrDrop),
        );
        return values.filter((value) => value !== undefined) as Areas[typeof area][];
      }),
    eraseAccount: (account) => guard(async () => keep([await hide(account)], [])),
    sweep: (known) =>
      guard(async () => {
        await db.rows.where('expiresAt').belowOrEqual(clock.now()).delete();
        if (!known) return;
        const names = await Promise.all(known.map(hide));
        await db.rows.where('accounts').noneOf(names).delete();
      }),
  };
}
