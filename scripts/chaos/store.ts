import { AppError } from '../../lib/errors.ts';
import type { Clock } from '../../lib/platform/clock.ts';
import type { SealedStore } from '../../lib/platform/sealed-store.ts';
import { AREAS, type Areas } from '../../lib/services/areas.ts';
import type { Scheduler } from './scheduler.ts';

type Area = keyof Areas & string;
interface Row {
  area: Area;
  scope: string;
  expiresAt: number;
  text: string;
}
/** What is kept of a browser's rows, whatever becomes of its background. */
export interface Disk {
  rows: Map<string, Row>;
  erased: Set<string>;
}
export const newDisk = (from?: Disk): Disk => ({ rows: new Map(from?.rows), erased: new Set(from?.erased) });

export const readRows = <A extends Area>(disk: Disk, area: A): Areas[A][] =>
  [...disk.rows.values()].filter((row) => row.area === area).map(({ text }) => JSON.parse(text) as Areas[A]);

const STORE_MS = 3;
const keyOf = (area: string, scope: string, key: string): string => JSON.stringify([area, scope, key]);

/** Rows as the sealed store keeps them, less the encryption, which takes most of the time. Each takes a turn, and its answer another. */
export function createDiskStore(
  disk: Disk,
  scheduler: Scheduler,
  clock: Clock,
  onPut: (area: Area, value: unknown) => void,
): SealedStore<Areas> {
  const now = clock.now;
  const read = <T>(work: () => T): Promise<T> => scheduler.op(STORE_MS, work);
  const write = async (work: () => void): Promise<void> => {
    await scheduler.op(STORE_MS, work);
    await scheduler.op(STORE_MS, () => undefined);
  };
  const fresh = (row: Row | undefined): row is Row => row !== undefined && row.expiresAt > now();
  const put = (area: Area, scope: string, key: string, text: string): void => {
    if (scope.split('|').some((account) => disk.erased.has(account))) throw new AppError('not_connected');
    const { keepMs } = AREAS[area];
    const expiresAt = keepMs === null ? Number.MAX_SAFE_INTEGER : now() + keepMs;
    disk.rows.set(keyOf(area, scope, key), { area, scope, expiresAt, text });
    onPut(area, JSON.parse(text));
  };
  const erase = (accounts: readonly string[]): void => {
    for (const account of accounts) disk.erased.add(account);
    for (const [id, { scope }] of disk.rows)
      if (scope.split('|').some((account) => accounts.includes(account))) disk.rows.delete(id);
  };
  return {
    get: (area, scope, key) =>
      read(() => {
        const row = disk.rows.get(keyOf(area, scope, key));
        return fresh(row) ? (JSON.parse(row.text) as Areas[typeof area]) : undefined;
      }),
    put: (area, scope, key, value) => {
      const text = JSON.stringify(value);
      return write(() => put(area, scope, key, text));
    },
    replace: (accounts, entries) => {
      const texts = entries.map(({ value }) => JSON.stringify(value));
      return write(() => {
        erase(accounts);
        for (const [index, { area, scope, key }] of entries.entries())
          put(area, scope, key, texts[index] ?? '');
      });
    },
    delete: (area, scope, key) => write(() => void disk.rows.delete(keyOf(area, scope, key))),
    all: (area) =>
      read(() =>
        [...disk.rows.values()]
          .filter((row) => row.area === area && fresh(row))
          .map(({ text }) => JSON.parse(text) as Areas[typeof area]),
      ),
    eraseAccount: (account) => write(() => erase([account])),
    sweep: (known) =>
      write(() => {
        for (const [id, row] of disk.rows)
          if (!fresh(row) || (known && !row.scope.split('|').every((account) => known.includes(account))))
            disk.rows.delete(id);
      }),
  };
}
