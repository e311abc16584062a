import 'fake-indexeddb/auto';
import { locks } from 'node:worker_threads';
import { beforeEach } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';

// Web Locks exist in Node, but not on `navigator`.
if (!('locks' in navigator)) Object.defineProperty(navigator, 'locks', { value: locks, configurable: true });

beforeEach(() => {
  fakeBrowser.reset();
});
