import { createRequire } from 'node:module';
import { fakeBrowser } from 'wxt/testing/fake-browser';

/**
 * The polyfill exports an existing global `browser` unchanged, which would be the raw fake with Chrome's semantics. Loaded over
 * the fake `chrome` instead, tests meet the polyfill itself.
 */
const scope = globalThis as unknown as { browser: unknown; chrome: unknown };
const require = createRequire(import.meta.url);
const saved = scope.browser;
scope.browser = undefined;
scope.chrome = fakeBrowser;
delete require.cache[require.resolve('webextension-polyfill')];
const polyfill: unknown = require('webextension-polyfill');
scope.browser = saved;

export default polyfill;
