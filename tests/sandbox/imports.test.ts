import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const folder = fileURLToPath(new URL('../../lib/sandbox', import.meta.url));

interface Import {
  from: string;
  source: string;
  isType: boolean;
}

const importsOf = (file: string): Import[] =>
  [...readFileSync(file, 'utf8').matchAll(/^(?:import|export)\s+(type\s)?[^;]*?from\s+'([^']+)'/gms)].map(
    (match) => ({
      from: relative(folder, file),
      source: match[2] ?? '',
      isType: match[1] !== undefined,
    }),
  );

/** Everything that comes along with `index.ts` in a bundle. */
function bundleOf(entry: string): { files: string[]; imports: Import[] } {
  const files = new Set<string>([join(folder, entry)]);
  const imports: Import[] = [];
  for (const file of files) {
    for (const entry of importsOf(file)) {
      imports.push(entry);
      if (entry.source.startsWith('.') && !entry.isType) files.add(join(dirname(file), entry.source));
    }
  }
  return { files: [...files].map((file) => relative(folder, file)), imports };
}

describe('what the sandbox brings into a release', () => {
  const { files, imports } = bundleOf('index.ts');

  it('is no fault and no page', () => {
    expect(files.length).toBeGreaterThan(20);
    expect(files.filter((file) => /fault|page/.test(file))).toEqual([]);
  });

  it('is its own code and Hono, and types of the core', () => {
    const foreign = imports.filter(({ source, isType }) => {
      if (isType) return !/^(\.\/|\.\.\/core\/contact\.ts$|hono$)/.test(source);
      return !/^\.\/[\w-]+\.ts$|^hono\/tiny$/.test(source);
    });
    expect(foreign).toEqual([]);
  });

  it('names every file with its extension, as Node asks for', () => {
    const bare = [...imports, ...bundleOf('pages.ts').imports, ...bundleOf('faults.ts').imports].filter(
      ({ source }) => source.startsWith('.') && !source.endsWith('.ts'),
    );
    expect(bare).toEqual([]);
  });
});
