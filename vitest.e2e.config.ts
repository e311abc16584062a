import { defineConfig } from 'vitest/config';

/** Tests of the built extension: the files themselves, and each browser that runs them. One browser at a time. */
const browserProject = (name: 'chromium' | 'firefox') => ({
  extends: true as const,
  test: {
    name,
    include: ['tests/e2e/**/*.test.ts'],
    // Colours, sizes and order are those of the views, whatever shows them: one browser looks at them.
    exclude: name === 'firefox' ? ['tests/e2e/accessibility.test.ts'] : [],
    env: { BROWSER: name },
  },
});

export default defineConfig({
  test: {
    environment: 'node',
    pool: 'forks',
    maxWorkers: 1,
    fileParallelism: false,
    // One browser for all files, renewed for each of them: `prepareWorld`.
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    teardownTimeout: 15_000,
    projects: [
      {
        extends: true as const,
        test: { name: 'artefacts', include: ['tests/repo/artefacts/**/*.check.ts'] },
      },
      browserProject('chromium'),
      browserProject('firefox'),
    ],
  },
});
