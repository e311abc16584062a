import { expect, it } from 'vitest';
import { fingerprint } from '../../lib/core/fingerprint.ts';

it('is twelve hex digits, the same for the same text in every version', () => {
  expect(fingerprint('')).toMatch(/^[0-9a-f]{12}$/u);
  expect(fingerprint('Prefers calls before 10 am')).toBe(fingerprint('Prefers calls before 10 am'));
  // Markers that were written once carry it: it must never become another one.
  expect(fingerprint('Prefers calls')).toMatchInlineSnapshot(`"ec1ddddc615a"`);
});

it('tells small edits apart', () => {
  const texts = Array.from({ length: 5_000 }, (_, index) => `Call back at ${index}`);
  expect(
    new Set([...texts, 'a', 'b', 'ab', 'ba', ' ab', 'ab ', '\u00e9', 'e\u0301'].map(fingerprint)).size,
  ).toBe(texts.length + 8);
});
