import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { gzipSync } from 'node:zlib';

export const BUILDS = [
  { browser: 'chromium', folder: '.output/chrome-mv3' },
  { browser: 'firefox', folder: '.output/firefox-mv3' },
] as const;
export type Build = (typeof BUILDS)[number];

export const readBuilt = ({ folder }: Build, path: string): string =>
  readFileSync(join(folder, path), 'utf8');

export const listBuilt = ({ folder }: Build, pattern: RegExp): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => pattern.test(path))
    .sort();

export const gzipBytes = (text: string): number => gzipSync(text, { level: 9 }).length;

const REFERENCE = /(?:from|import)\s*\(?\s*["']([^"']+\.js)["']|(?:src|href)=["']([^"']+\.(?:js|css))["']/g;

/** A page or script with everything it loads, by path inside the build. */
export function closure(build: Build, entry: string): string[] {
  const seen = new Set<string>();
  const visit = (path: string) => {
    if (seen.has(path) || !existsSync(join(build.folder, path))) return;
    seen.add(path);
    for (const [, imported, linked] of readBuilt(build, path).matchAll(REFERENCE)) {
      const target = imported ?? linked ?? '';
      visit(
        normalize(target.startsWith('/') ? target.slice(1) : join(dirname(path), target)).replaceAll(
          '\\',
          '/',
        ),
      );
    }
  };
  visit(entry);
  return [...seen];
}
