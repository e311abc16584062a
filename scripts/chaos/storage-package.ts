/** Stands for `@wxt-dev/storage`: items of the browser whose background is running. */
import { scope } from './scheduler.ts';

export const storage = {
  defineItem: <T>(key: string, { fallback }: { fallback: T }) => ({
    getValue: async (): Promise<T> => {
      const value = await scope.getStore()?.life.browser.readItem(key);
      return value === undefined ? fallback : (value as T);
    },
    setValue: async (value: T): Promise<void> => scope.getStore()?.life.browser.writeItem(key, value),
  }),
};
