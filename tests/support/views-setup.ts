import { cleanup, configure } from '@testing-library/react';
import { afterEach, beforeEach, expect, vi } from 'vitest';
import { NOW } from './panel-fixtures.ts';

// Files share their modules and the page. What must be done for each of them stands here, for this file alone is run before each:
// hooks of a shared module are those of the first file that loads it, and the panels of all others would stay on the page.

// Two cores that are busy with everything else at once must not fail a test that is right.
configure({ asyncUtilTimeout: 5_000 });

/** It is always the moment at which the fixtures were made, however long the worker has been running. */
beforeEach(() => {
  vi.setSystemTime(NOW);
});

afterEach(() => {
  cleanup();
  vi.useRealTimers();
  if (typeof document === 'undefined') return;
  localStorage.clear();
  expect(document.body.innerHTML, 'left on the page').toBe('');
});
