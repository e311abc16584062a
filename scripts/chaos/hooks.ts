import { registerHooks } from 'node:module';

/** What a browser would bring, by the names under which the background imports it. */
const STAND_INS: Record<string, string> = {
  'webextension-polyfill': new URL('./polyfill.ts', import.meta.url).href,
  '@wxt-dev/storage': new URL('./storage-package.ts', import.meta.url).href,
};

/** Call before anything of the background is loaded. */
export function standInForBrowser(): void {
  registerHooks({
    resolve: (name, context, next) => {
      const url = STAND_INS[name];
      return url === undefined ? next(name, context) : { url, shortCircuit: true };
    },
  });
}
