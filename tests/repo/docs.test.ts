import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listFiles } from './project.ts';

const documents = listFiles()
  .filter((file) => file.endsWith('.md') && existsSync(file))
  .map((file) => ({ file, text: readFileSync(file, 'utf8') }));
const { scripts }: { scripts: Record<string, string> } = JSON.parse(readFileSync('package.json', 'utf8'));
const readme = readFileSync('README.md', 'utf8');

describe('documents', () => {
  it('name only commands that exist', () => {
    const named = documents.flatMap(({ file, text }) =>
      [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, name = '']) => ({ file, name })),
    );
    expect(named.filter(({ name }) => !(name in scripts))).toEqual([]);
  });

  it('tell every command in the README', () => {
    const untold = Object.keys(scripts).filter(
      (name) => !readme.includes(`npm run ${name}`) && name !== 'test',
    );
    // What these do is part of commands that are told.
    expect(untold.filter((name) => !['setup', 'format'].includes(name))).toEqual([]);
    expect(readme).toContain('npm test');
  });

  it('point to files that exist', () => {
    const links = documents.flatMap(({ file, text }) =>
      [...text.matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)/g)].map(([, to = '']) => ({
        file,
        to: normalize(join(dirname(file), to)),
      })),
    );
    expect(links.filter(({ to }) => !existsSync(to))).toEqual([]);
  });
});
