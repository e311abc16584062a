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
    mockReset: true,
    restoreMocks: true,
    // Two cores that are busy with everything else at once must not fail a test that is right.
    testTimeout: 20_000,
  },
});
