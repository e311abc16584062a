import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** What core promises whatever it is given. */
const LAWS = [
  'diff(a, a) = ∅',
  'plan(∅) = ∅',
  'apply ∘ diff converges in one pass',
  'a second sync writes nothing',
  'undo ∘ apply = identity',
  'tag operations commute with foreign tag edits',
  'merge never invents a value',
];
const LEAST_CASES = 1_000;

const [, section = ''] = readFileSync('docs/ARCHITECTURE.md', 'utf8').split('## Laws of core');
const rows = [...section.matchAll(/^\| ([^|`]+) \| `([\w-]+)` \| ([^|]+) \|$/gmu)].map(
  ([, law = '', file = '', title = '']) => ({ law, file, title }),
);

/** Code of one test: from its title to where the next one begins. */
function bodyOf(source: string, title: string): string {
  const [, rest = ''] = source.split(`it('${title}', `);
  return rest.split(/\n {0,2}(?:it|describe)[.(]/u)[0] ?? '';
}

/** Cases that a property is tried with: named at the call, or once for the whole file. */
function casesOf(source: string, body: string): number {
  const shared = /const RUNS = cases\(([\d_]+)\)/u.exec(source)?.[1];
  const own = /\n +cases\(([\d_]+)\),\n/u.exec(body)?.[1];
  return Number((own ?? (/\n +RUNS,\n/u.test(body) ? shared : undefined) ?? '0').replaceAll('_', ''));
}

describe('laws of core', () => {
  it('are all told, and nothing else is told to be one', () => {
    expect([...new Set(rows.map(({ law }) => law))]).toEqual(LAWS);
  });

  it.each(rows)('$law: $file, $title', ({ file, title }) => {
    const source = readFileSync(`tests/core/${file}.test.ts`, 'utf8');
    const body = bodyOf(source, title);
    expect(body).toContain('fc.assert(');
    expect(body).toContain('expect(');
    expect(casesOf(source, body)).toBeGreaterThanOrEqual(LEAST_CASES);
  });
});
