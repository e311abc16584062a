import { describe, expect, it } from 'vitest';
import { COPY_LIMIT, copyText } from '../../lib/core/copying.ts';
import { DEFAULT_STATUS_MAP, dueFor, isDoneStatus, statusFor } from '../../lib/core/task-ticket.ts';

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
});

describe('a task and its ticket', () => {
  it.each<[string | null, boolean | null]>([
    ['Resolved', true],
    [' closed ', true],
    ['Open', false],
    ['Pending', false],
    ['Waiting for parts', null],
    [null, null],
  ])('status %j is done: %j', (status, done) => {
    expect(isDoneStatus(status, DEFAULT_STATUS_MAP)).toBe(done);
  });

  it.each<[boolean, string | null, string | null]>([
    [true, 'Open', 'Resolved'],
    [true, 'Waiting for parts', 'Resolved'],
    [true, 'Closed', null],
    [true, null, 'Resolved'],
    [false, 'Resolved', 'Open'],
    [false, 'Pending', null],
    [false, 'Waiting for parts', null],
    [false, null, null],
  ])('completed %j, ticket %j: writes %j', (completed, present, written) => {
    expect(statusFor(completed, present, DEFAULT_STATUS_MAP)).toBe(written);
  });

  it('does not mind how the map spells a status', () => {
    const map = { done: [' done '], open: ['TO DO'] };
    expect([isDoneStatus('Done', map), isDoneStatus('to do', map)]).toEqual([true, false]);
  });

  it('has no word for what the tenant has no status for', () => {
    expect(statusFor(true, 'Open', { done: [], open: ['Open'] })).toBeNull();
    expect(statusFor(false, 'Done', { done: ['Done'], open: [] })).toBeNull();
  });

  it('is due with the ticket, or some days from now, in whole seconds', () => {
    expect(dueFor(NOON + 999, NOON, 3)).toBe(NOON);
    expect(dueFor(null, NOON + 1, 3)).toBe(NOON + 3 * 86_400_000);
  });
});
