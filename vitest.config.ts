import { defineConfig } from 'vitest/config';
import { WxtVitest } from 'wxt/testing/vitest-plugin';

export default defineConfig({
  plugins: [WxtVitest()],
  resolve: {
    alias: { 'webextension-polyfill': new URL('./tests/support/polyfill.ts', import.meta.url).pathname },
  },
  test: {
    include: ['tests/{core,vendors,services,platform,components,sandbox,repo}/**/*.test.{ts,tsx}'],
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
    mockReset: true,
    restoreMocks: true,
  },
});
