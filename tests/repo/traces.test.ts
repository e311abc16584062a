import { existsSync, readFileSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import { dirname, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listFiles } from './project.ts';

const TEXT = /\.(ts|tsx|mts|mjs|js|json|md|css|html|ya?ml|txt|sh)$|(^|\/)(run|\.gitignore)$/;
const texts = listFiles()
  .filter((file) => TEXT.test(file) && existsSync(file))
  .map((file) => ({ file, text: readFileSync(file, 'utf8') }));

const holding = (pattern: RegExp | string) =>
  texts
    .filter(({ text }) => (typeof pattern === 'string' ? text.includes(pattern) : pattern.test(text)))
    .map(({ file }) => file);

describe('the project says nothing about the machine it was made on', () => {
  it('holds no path of this checkout', () => {
    const here = resolve('.');
    expect(holding(`${here}/`)).toEqual([]);
    // A folder just under the root of the disk is too short to be telling.
    if (dirname(here) !== '/') expect(holding(`${dirname(here)}/`)).toEqual([]);
  });

  it('holds no path of a home folder', () => {
    expect(holding(/["'`\s(=](\/(root|home\/\w+|Users\/\w+)\/|[A-Z]:\\Users\\)/)).toEqual([]);
  });

  it('holds no name of this machine or its user', () => {
    const names = [hostname(), userInfo().username].filter((name) => name.length > 7);
    for (const name of names) expect(holding(name)).toEqual([]);
  });

  it('names no package registry but the public one', () => {
    const registry = process.env.npm_config_registry;
    const host = registry ? new URL(registry).host : '';
    if (host !== '' && host !== 'registry.npmjs.org') expect(holding(host)).toEqual([]);
    const lock: { packages: Record<string, { resolved?: string }> } = JSON.parse(
      readFileSync('package-lock.json', 'utf8'),
    );
    const sources = Object.values(lock.packages).flatMap(({ resolved }) => resolved ?? []);
    expect(sources.filter((url) => !url.startsWith('https://registry.npmjs.org/'))).toEqual([]);
  });
});
