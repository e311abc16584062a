import { vi } from 'vitest';

/** Nothing can be stored once, as on a full disk. */
export function failPut(nth: number) {
  const { put } = IDBObjectStore.prototype;
  let count = 0;
  const spy = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
    this: IDBObjectStore,
    ...args: Parameters<typeof put>
  ) {
    count += 1;
    if (count === nth + 1) throw new DOMException('The disk is full', 'QuotaExceededError');
    return put.apply(this, args);
  });
  return { hasFailed: () => count > nth, restore: () => spy.mockRestore() };
}
