import type { IdMode } from './state.ts';

/** Atera never hands out numbers of this size; sample records live above it. */
export const SAMPLE_ATERA_BASE = 900_000_000_000_000;

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Endless pseudo-random numbers in [0, 1), always the same for the same text. */
export function createRandom(text: string): () => number {
  let seed = 2_166_136_261;
  for (let i = 0; i < text.length; i += 1) seed = Math.imul(seed ^ text.charCodeAt(i), 16_777_619);
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const pick = (alphabet: string, length: number, random: () => number): string =>
  Array.from({ length }, () => alphabet.charAt(Math.floor(random() * alphabet.length))).join('');

/** Id of a GHL record: 20 letters and digits as served, or 24 that start with "sample". */
export const makeGhlId = (ids: IdMode, random: () => number): string =>
  ids === 'sample' ? `sample${pick(LETTERS, 18, random)}` : pick(LETTERS, 20, random);

/** Businesses have 24 hexadecimal digits as served. */
export const makeBusinessId = (ids: IdMode, random: () => number): string =>
  ids === 'sample' ? `sample${pick(LETTERS, 18, random)}` : pick('0123456789abcdef', 24, random);

export const makeUuid = (random: () => number): string => {
  const hex = (length: number): string => pick('0123456789abcdef', length, random);
  return `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`;
};

export const ghlSeedId = (ids: IdMode, name: string): string => makeGhlId(ids, createRandom(name));
export const ateraSeedId = (ids: IdMode, number: number): number =>
  ids === 'sample' ? SAMPLE_ATERA_BASE + number : number;
