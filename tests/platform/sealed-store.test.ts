import Dexie from 'dexie';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../lib/errors.ts';
import { type AreaDefinition, createSealedStore, scopeOf } from '../../lib/platform/sealed-store.ts';
import { createJumpingClock, NOON } from '../support/clock.ts';

interface Areas {
  people: { name: string; email: string; token?: string };
  accounts: { token: string };
}
const DAY = 86_400_000;
const AREAS: { [A in keyof Areas]: AreaDefinition } = {
  people: { keepMs: DAY, disposable: true },
  accounts: { keepMs: null, disposable: false },
};
const LOCATION = 'Kq3nPa61w0BzLmTR55xd';
const DANA = { name: 'Dana Whitfield', email: 'dana.whitfield@brightsmile.example' };
const SECRET = { token: 'pit-12345678-abcd' };

let databases = 0;
const opened: Dexie[] = [];
afterEach(() => {
  for (const db of opened.splice(0)) db.close();
});

function create() {
  databases += 1;
  const databaseName = `sealed-${databases}`;
  const clock = createJumpingClock();
  const open = () => createSealedStore<Areas>(AREAS, { clock, databaseName });
  return { databaseName, clock, open, store: open() };
}

/** The database as anybody who has the profile's files would see it. */
async function raw(name: string) {
  const db = await new Dexie(name).open();
  opened.push(db);
  return {
    rows: db.table<Record<string, unknown>>('rows'),
    keys: db.table<{ name: string; key: CryptoKey }>('keys'),
  };
}

const bytesOf = (value: unknown): string =>
  value instanceof ArrayBuffer || ArrayBuffer.isView(value)
    ? Buffer.from(ArrayBuffer.isView(value) ? value.buffer : value).toString('latin1')
    : JSON.stringify(value);

const codeOf = async (attempt: Promise<unknown>): Promise<string> => {
  const error: unknown = await attempt.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  return error instanceof AppError ? error.code : `no AppError: ${String(error)}`;
};

describe('createSealedStore', () => {
  it('gives back what was put, and nothing of what was not', async () => {
    const { store } = create();
    await store.put('people', LOCATION, 'dana', DANA);
    expect(await store.get('people', LOCATION, 'dana')).toEqual(DANA);
    expect(await store.get('people', LOCATION, 'hank')).toBeUndefined();
    expect(await store.get('people', 'elsewhere', 'dana')).toBeUndefined();
    expect(await store.get('accounts', LOCATION, 'dana')).toBeUndefined();
  });

  it('keeps it over a restart', async () => {
    const { store, open } = create();
    await store.put('accounts', LOCATION, 'token', SECRET);
    expect(await open().get('accounts', LOCATION, 'token')).toEqual(SECRET);
  });

  it('replaces, deletes, and lists', async () => {
    const { store } = create();
    await store.put('people', LOCATION, 'dana', DANA);
    await store.put('people', LOCATION, 'dana', { ...DANA, name: 'D.' });
    await store.put('people', 'other', 'hank', { name: 'Hank', email: 'hank@x.example' });
    await store.put('accounts', LOCATION, 'token', SECRET);
    expect((await store.all('people')).map(({ name }) => name).sort()).toEqual(['D.', 'Hank']);
    await store.delete('people', LOCATION, 'dana');
    expect((await store.all('people')).map(({ name }) => name)).toEqual(['Hank']);
    expect(await store.all('accounts')).toEqual([SECRET]);
  });

  it('takes no two keys for one, however they are put together', async () => {
    const { store } = create();
    await store.put('people', 'a', 'b"]["c', DANA);
    expect(await store.get('people', 'a"]["b', 'c')).toBeUndefined();
    expect(await store.get('people', 'a', 'b"]["c')).toEqual(DANA);
  });

  it('leaves nothing to read in the database: no name, address, token or id', async () => {
    const { store, databaseName } = create();
    await store.put('people', scopeOf('northwind-it', LOCATION), 'contact/1048101', { ...DANA, ...SECRET });
    await store.put('accounts', LOCATION, 'token', SECRET);
    const { rows } = await raw(databaseName);
    const all = await rows.toArray();
    const text = all.flatMap((row) => Object.values(row).map(bytesOf)).join('\n');
    expect(all.length).toBe(2);
    for (const word of [
      'Dana',
      'Whitfield',
      'brightsmile',
      'pit-',
      SECRET.token,
      LOCATION,
      'northwind',
      '1048101',
      'contact/',
    ])
      expect(text).not.toContain(word);
    // The look-up that would find them, had they been there.
    expect(text).toContain('people');
  });

  it('never writes the same value the same way twice', async () => {
    const { store, databaseName } = create();
    await store.put('people', LOCATION, 'dana', DANA);
    const { rows } = await raw(databaseName);
    const [first] = await rows.toArray();
    await store.put('people', LOCATION, 'dana', DANA);
    const [second] = await rows.toArray();
    expect(bytesOf(second?.iv)).not.toBe(bytesOf(first?.iv));
    expect(bytesOf(second?.data)).not.toBe(bytesOf(first?.data));
    expect(second?.id).toBe(first?.id);
  });

  it('has keys that cannot be taken out', async () => {
    const { store, databaseName } = create();
    await store.put('people', LOCATION, 'dana', DANA);
    const keys = await (await raw(databaseName)).keys.toArray();
    expect(keys.map(({ name, key }) => [name, key.extractable, key.usages])).toEqual([
      ['data', false, ['encrypt', 'decrypt']],
      ['names', false, ['sign']],
    ]);
    for (const { key } of keys) await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow();
  });

  it('shares one key between two that open at once', async () => {
    const { open, databaseName } = create();
    const [a, b] = [open(), open()];
    await Promise.all([
      a.put('accounts', LOCATION, 'a', { token: 'a' }),
      b.put('accounts', LOCATION, 'b', { token: 'b' }),
    ]);
    expect(await a.get('accounts', LOCATION, 'b')).toEqual({ token: 'b' });
    expect(await b.get('accounts', LOCATION, 'a')).toEqual({ token: 'a' });
    expect(await (await raw(databaseName)).keys.count()).toBe(2);
  });

  describe('refuses what was tampered with', () => {
    const tamper = async (
      area: keyof Areas,
      edit: (rows: Record<string, unknown>[]) => Record<string, unknown>[],
    ) => {
      const made = create();
      const value = { ...DANA, ...SECRET };
      await made.store.put(area, LOCATION, 'one', value);
      await made.store.put(area, LOCATION, 'two', { ...value, name: 'Hank', token: 'other' });
      const { rows } = await raw(made.databaseName);
      await rows.bulkPut(edit(await rows.toArray()));
      return { ...made, rows };
    };
    const swap = ([first, second]: Record<string, unknown>[]): Record<string, unknown>[] => [
      { ...first, iv: second?.iv, data: second?.data },
      { ...second, iv: first?.iv, data: first?.data },
    ];
    const flip = (rows: Record<string, unknown>[]): Record<string, unknown>[] =>
      rows.map((row) => {
        const data = new Uint8Array((row.data as ArrayBuffer).slice(0));
        data[0] = (data[0] ?? 0) ^ 1;
        return { ...row, data: data.buffer };
      });
    const empty = (rows: Record<string, unknown>[]): Record<string, unknown>[] =>
      rows.map((row) => ({ ...row, data: new ArrayBuffer(0) }));
    const EDITS = [
      ['swapped with another row', swap],
      ['changed by a bit', flip],
      ['emptied', empty],
    ] as const;

    it.each(EDITS)('and forgets what can be fetched again: %s', async (_, edit) => {
      const { store, rows } = await tamper('people', edit);
      expect(await store.get('people', LOCATION, 'one')).toBeUndefined();
      expect(await store.all('people')).toEqual([]);
      expect(await rows.count()).toBe(0);
    });

    it.each(EDITS)('and says so for what cannot: %s', async (_, edit) => {
      const { store, rows } = await tamper('accounts', edit);
      expect(await codeOf(store.get('accounts', LOCATION, 'one'))).toBe('storage');
      expect(await codeOf(store.all('accounts'))).toBe('storage');
      expect(await rows.count()).toBe(2);
    });

    it('and rows under a key that is gone', async () => {
      const { databaseName, open, store } = create();
      await store.put('people', LOCATION, 'dana', DANA);
      await store.put('accounts', LOCATION, 'token', SECRET);
      const { keys, rows } = await raw(databaseName);
      const names = await keys.get('names');
      if (!names) throw new Error('No key');
      const data = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
        'encrypt',
        'decrypt',
      ]);
      await keys.put({ name: 'data', key: data });
      const restarted = open();
      expect(await restarted.get('people', LOCATION, 'dana')).toBeUndefined();
      expect(await codeOf(restarted.get('accounts', LOCATION, 'token'))).toBe('storage');
      expect(await rows.count()).toBe(1);
    });
  });

  describe('forgets', () => {
    it('what has run out, to the millisecond', async () => {
      const { store, clock, databaseName } = create();
      await store.put('people', LOCATION, 'dana', DANA);
      await store.put('accounts', LOCATION, 'token', SECRET);
      clock.advance(DAY - 1);
      expect(await store.get('people', LOCATION, 'dana')).toEqual(DANA);
      clock.advance(1);
      expect(await store.all('people')).toEqual([]);
      expect(await store.get('people', LOCATION, 'dana')).toBeUndefined();
      clock.advance(NOON);
      expect(await store.get('accounts', LOCATION, 'token')).toEqual(SECRET);
      expect(await (await raw(databaseName)).rows.count()).toBe(1);
    });

    it('what has run out without being asked for it, when it sweeps', async () => {
      const { store, clock, databaseName } = create();
      await store.put('people', LOCATION, 'dana', DANA);
      const { rows } = await raw(databaseName);
      clock.advance(DAY / 2);
      await store.put('people', LOCATION, 'hank', DANA);
      await store.put('accounts', LOCATION, 'token', SECRET);
      clock.advance(DAY / 2);
      await store.sweep();
      expect(await rows.count()).toBe(2);
      expect(await store.get('people', LOCATION, 'hank')).toEqual(DANA);
    });

    it('everything of an account, alone and in pairs, and nothing else', async () => {
      const { store } = create();
      const put = (scope: string) => store.put('people', scope, 'dana', { ...DANA, name: scope });
      await put('a');
      await put('b');
      await put(scopeOf('a', 'b'));
      await put(scopeOf('b', 'c'));
      await put('ab');
      await store.put('accounts', 'a', 'token', SECRET);
      await store.eraseAccount('a');
      expect((await store.all('people')).map(({ name }) => name).sort()).toEqual(['ab', 'b', 'b|c']);
      expect(await store.all('accounts')).toEqual([]);
    });
  });

  it('reports a database that cannot be used as one error', async () => {
    vi.spyOn(indexedDB, 'open').mockImplementation(() => {
      throw new DOMException('The disk is full', 'QuotaExceededError');
    });
    const { store } = create();
    for (const attempt of [
      store.put('people', LOCATION, 'dana', DANA),
      store.get('people', LOCATION, 'dana'),
      store.all('people'),
      store.delete('people', LOCATION, 'dana'),
      store.eraseAccount(LOCATION),
      store.sweep(),
    ]) {
      expect(await codeOf(attempt)).toBe('storage');
    }
  });

  it('says that a value which is no JSON cannot be stored', async () => {
    const { store } = create();
    const circular: Areas['people'] & { self?: unknown } = { ...DANA };
    circular.self = circular;
    expect(await codeOf(store.put('people', LOCATION, 'dana', circular))).toBe('storage');
  });
});

describe('scopeOf', () => {
  it('does not depend on the order', () => {
    expect(scopeOf('b', 'a')).toBe('a|b');
    expect(scopeOf('a', 'b')).toBe('a|b');
    expect(scopeOf('a')).toBe('a');
  });
});

describe('an account that was erased', () => {
  it('takes nothing any more, alone or in a pair; others do', async () => {
    const { store } = create();
    await store.put('people', 'a', 'dana', DANA);
    await store.eraseAccount('a');
    for (const scope of ['a', scopeOf('a', 'b')])
      expect(await codeOf(store.put('people', scope, 'dana', DANA))).toBe('not_connected');
    await store.put('people', 'b', 'dana', DANA);
    expect(await store.all('people')).toEqual([DANA]);
  });

  it('is not brought back by what was under way, whichever comes first', async () => {
    const { store } = create();
    const puts = Array.from({ length: 20 }, (_, index) => store.put('people', 'a', `p${index}`, DANA));
    const erasing = store.eraseAccount('a');
    puts.push(...Array.from({ length: 20 }, (_, index) => store.put('people', 'a', `q${index}`, DANA)));
    await Promise.allSettled([...puts, erasing]);
    expect(await store.all('people')).toEqual([]);
  });

  it('stays erased over a restart', async () => {
    const { store, open } = create();
    await store.eraseAccount('a');
    expect(await codeOf(open().put('people', 'a', 'dana', DANA))).toBe('not_connected');
  });
});

describe('replacing', () => {
  const entry = (scope: string, token: string) =>
    ({ area: 'accounts', scope, key: 'token', value: { token } }) as const;

  it('erases and stores at once', async () => {
    const { store } = create();
    await store.put('people', 'old', 'dana', DANA);
    await store.replace(
      ['old'],
      [entry('new', 'n'), { area: 'people', scope: 'new', key: 'd', value: DANA }],
    );
    expect(await store.get('people', 'old', 'dana')).toBeUndefined();
    expect(await store.get('accounts', 'new', 'token')).toEqual({ token: 'n' });
    expect(await store.get('people', 'new', 'd')).toEqual(DANA);
  });

  it('does nothing at all when one of the rows cannot be stored', async () => {
    const { store } = create();
    await store.eraseAccount('gone');
    await store.put('people', 'old', 'dana', DANA);
    expect(await codeOf(store.replace(['old'], [entry('new', 'n'), entry('gone', 'g')]))).toBe(
      'not_connected',
    );
    expect(await store.get('people', 'old', 'dana')).toEqual(DANA);
    expect(await store.all('accounts')).toEqual([]);
    await store.put('people', 'old', 'hank', DANA);
  });
});

it('sweeps away what belongs to an account that is none of those known', async () => {
  const { store } = create();
  for (const scope of ['a', 'b', scopeOf('a', 'b'), scopeOf('a', 'gone'), 'gone'])
    await store.put('people', scope, 'dana', { ...DANA, name: scope });
  await store.put('accounts', 'gone', 'token', SECRET);
  await store.sweep(['a', 'b']);
  expect((await store.all('people')).map(({ name }) => name).sort()).toEqual(['a', 'a|b', 'b']);
  expect(await store.all('accounts')).toEqual([]);
});
