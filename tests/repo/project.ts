import { execFileSync } from 'node:child_process';

/** Files that belong to the project, by path inside it: tracked ones and new ones that git does not ignore. */
export function listFiles(): string[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
    encoding: 'utf8',
    maxBuffer: 16 << 20,
  });
  return listed.split('\0').filter((name) => name !== '');
}
