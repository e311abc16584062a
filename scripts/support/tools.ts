import { join } from 'node:path';
import { root } from '../setup.mjs';

/** The command-line tools as programs for `process.execPath`: the same on every system, no shell between. */
const tool =
  (path: string) =>
  (...args: string[]): string[] => [join(root, 'node_modules', path), ...args];

export const biome = tool('@biomejs/biome/bin/biome');
export const tsc = tool('typescript/bin/tsc');
export const vitest = tool('vitest/vitest.mjs');
export const wxt = tool('wxt/bin/wxt.mjs');
