import { describe, expect, it } from 'vitest';
import { COPY_LIMIT, copyText } from '../../lib/core/copying.ts';

const NOON = Date.UTC(2026, 10, 24, 12);

describe('copyText', () => {
  const note = {
    author: 'Dana Levy',
    writtenAt: NOON,
    body: 'Called back.',
    from: 'GHL',
    kind: 'note',
  } as const;

  it('says who wrote it where and when, and carries the marker', () => {
    expect(copyText(note, '[mark]')).toBe(
      'GHL note · Dana Levy · 2026-11-24 12:00 UTC\n\nCalled back.\n\n[mark]',
    );
  });

  it('leaves out what the vendor does not say', () => {
    expect(copyText({ ...note, author: null, writtenAt: null }, '[mark]')).toBe(
      'GHL note\n\nCalled back.\n\n[mark]',
    );
    expect(copyText({ ...note, author: '', writtenAt: 0 }, '[mark]')).toMatch(
      /^GHL note · 1970-01-01 00:00 UTC\n/u,
    );
  });

  it('says how much of a long text was left out', () => {
    const copy = copyText({ ...note, body: 'x'.repeat(COPY_LIMIT + 7) }, '[mark]');
    expect(copy).toContain('… (7 more characters in GHL)');
    expect(copy.length).toBeLessThan(COPY_LIMIT + 200);
    expect(copyText({ ...note, body: 'x'.repeat(COPY_LIMIT) }, '[mark]')).not.toContain('more characters');
  });

  it('counts what was not even read', () => {
    expect(copyText({ ...note, omitted: 5 }, '[mark]')).toContain('… (5 more characters in GHL)');
  });
});
