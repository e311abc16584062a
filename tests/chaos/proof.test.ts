import { execFileSync } from 'node:child_process';
import { beforeAll, describe, expect, it } from 'vitest';

/** What each safety step, left out, must do in a few histories with a fixed seed. */
const DAMAGE = [
  ['intent stored before it is sent', 'unexplained'],
  ['read again before the write', 'overwritten'],
  ['read once more after a slow proof', 'overwritten'],
  ['one at a time', 'duplicates'],
  ['the same press answers the same', 'unexplained'],
  ['read back', 'lost'],
  ['settled at the next start', 'lost'],
  ['page looked at again', 'unexplained'],
  ['address proven again', 'unexplained'],
  ['sent once', 'duplicates'],
  ['no answer is not a no', 'unexplained'],
  ['what is taken back is still what was written', 'overwritten'],
  ['what is taken back is stored before it is sent', 'unexplained'],
  ['what is taken back is settled at the next start', 'lost'],
  ['the base is forgotten around what is taken back', 'overwritten'],
  ['a copy is looked for before it is written', 'duplicates'],
  ['a double is told', 'unexplained'],
  ['told before it is sent', 'unexplained'],
  ['told how it ended', 'unexplained'],
] as const;

/** A process of its own: it stands in for the browser before anything of the background is loaded. */
const chaos = (...args: string[]): string =>
  execFileSync(process.execPath, ['scripts/chaos.ts', ...args], { encoding: 'utf8', stdio: 'pipe' });

describe('chaos', () => {
  describe('without a safety step it finds damage', () => {
    let told = '';
    beforeAll(() => {
      told = chaos('--prove', '--runs', '3000', '--seed', '1');
    }, 480_000);

    it.each(DAMAGE)('%s: %s', (step, damage) => {
      expect(told).toMatch(new RegExp(`^without "${step}": ${damage} in run \\d+$`, 'm'));
    });
  });

  it('says the same for the same seed, in one line', { timeout: 120_000 }, () => {
    const first = chaos('--runs', '40', '--seed', '7');
    expect(first).toMatch(
      /^runs=40 duplicates=0 lost=0 overwritten=0 unexplained=0 unpreventable=\d+ windowMs=\d+\n$/,
    );
    expect(chaos('--runs', '40', '--seed', '7')).toBe(first);
  });

  it('says what it cannot take', () => {
    expect(() => chaos('--runs', 'many')).toThrow('--runs must be a whole number from 1.');
  });
});
