import { defineConfig } from 'vitest/config';
import { WxtVitest } from 'wxt/testing/vitest-plugin';

/** One pattern for each: a list of one in braces would match nothing. */
const folders = (...names: string[]) => names.map((name) => `tests/${name}/**/*.test.{ts,tsx}`);

export default defineConfig({
  plugins: [WxtVitest()],
  resolve: {
    alias: { 'webextension-polyfill': new URL('./tests/support/polyfill.ts', import.meta.url).pathname },
  },
  test: {
    environment: 'node',
    setupFiles: ['tests/support/setup.ts'],
    // `vitest run tests/core --coverage`: what the rules are covered by their own tests, and by no others.
    coverage: {
      provider: 'v8',
      include: ['lib/core/**'],
      reporter: ['text-summary', ['text', { skipFull: true }]],
      reportsDirectory: 'coverage',
      thresholds: { 100: true },
    },
    // Every core works; one is left idle otherwise, which is half of the machine that this is measured on.
    maxWorkers: '100%',
    mockReset: true,
    restoreMocks: true,
    // Two cores that are busy with everything else at once must not fail a test that is right.
    testTimeout: 20_000,
    projects: [
      // Modules are loaded once for many files: a fifth of the time. Nothing here leaves anything behind.
      {
        extends: true,
        test: {
          name: 'background',
          include: folders('core', 'vendors', 'services', 'platform', 'sandbox', 'repo', 'chaos'),
          isolate: false,
        },
      },
      // The same for pages: `views-setup.ts` leaves each file an empty one. The extension's globals of the plugin above do not
      // reach a project by themselves.
      {
        extends: true,
        plugins: [WxtVitest()],
        test: {
          name: 'views',
          include: folders('components'),
          isolate: false,
          setupFiles: ['tests/support/views-setup.ts'],
        },
      },
    ],
  },
});
