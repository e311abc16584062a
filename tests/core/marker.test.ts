import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holds, type Marker, markerOf, markersIn, withoutMarkers } from '../../lib/core/marker.ts';
import { cases } from './cases.ts';

const HASH = '0123456789ab';
const NOTE = { vendor: 'ghl', kind: 'note', id: 'NoTe42' } as const;

describe('a marker', () => {
  it('names the original, and is found again in a text', () => {
    const mark = markerOf(NOTE, HASH);
    expect(mark).toBe('[cp:ghl/note/NoTe42#0123456789ab]');
    expect(markersIn(`Called back.\n\n${mark}`)).toEqual([{ ...NOTE, hash: HASH }]);
    expect(withoutMarkers(`Called back.  \n\n\n${mark}`)).toBe('Called back.');
  });

  it.each([
    ['one\n\n\n\ntwo', 'one\n\ntwo'],
    ['one \t\ntwo', 'one\ntwo'],
    ['  one  two\n', 'one  two'],
    [`one ${markerOf(NOTE, HASH)}\n${markerOf(NOTE, HASH)}\n\ntwo`, 'one\n\ntwo'],
    [`${markerOf(NOTE, HASH)}`, ''],
    ['[cp:ghl/note/1]', '[cp:ghl/note/1]'],
  ])('is taken out of %j', (text, left) => {
    expect(withoutMarkers(text)).toBe(left);
  });

  it('carries the time of a comment, which has no id', () => {
    const id = '1234~2026-11-24T10:00:00Z';
    const mark = markerOf({ vendor: 'atera', kind: 'comment', id }, HASH);
    expect(markersIn(`${mark}`)).toEqual([{ vendor: 'atera', kind: 'comment', id, hash: HASH }]);
  });

  it.each(['', 'a b', 'a]b', 'a#b', 'x'.repeat(81), 'é'])('is not made of the id %j', (id) => {
    expect(markerOf({ ...NOTE, id }, HASH)).toBeNull();
  });

  it.each(['', 'xyz', '0123456789abc', '0123456789AB'])('is not made of the hash %j', (hash) => {
    expect(markerOf(NOTE, hash)).toBeNull();
  });

  it.each([
    '[cp:other/note/1#0123456789ab]',
    '[cp:ghl/letter/1#0123456789ab]',
    '[cp:ghl/note/1]',
    'cp:ghl/note/1#0123456789ab',
    '[cp:ghl/note/1#0123456789aX]',
  ])('is not read out of %s', (text) => {
    expect(markersIn(text)).toEqual([]);
  });

  it('is read back as it was made, wherever it stands', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[\w.~:+-]{1,80}$/),
        fc.string(),
        fc.constantFrom('note', 'comment', 'task', 'ticket'),
        (id, around, kind) => {
          fc.pre(markersIn(around).length === 0 && !around.includes('['));
          const ref = { vendor: 'atera', kind, id } as const;
          expect(markersIn(`${around}${markerOf(ref, HASH)}${around}`)).toEqual([{ ...ref, hash: HASH }]);
        },
      ),
      cases(1000),
    );
  });
});

describe('a claim', () => {
  const marker: Marker = { ...NOTE, hash: HASH };
  const original = { ...NOTE, hash: HASH };

  it('holds when we wrote it and the original has that very text', () => {
    expect(holds(marker, { isOurs: true }, original)).toBe(true);
  });

  it.each<[string, boolean, Parameters<typeof holds>[2]]>([
    ['somebody else typed it', false, original],
    ['what it names does not exist', true, null],
    ['the text is another one', true, { ...original, hash: 'ba9876543210' }],
    ['another item is meant', true, { ...original, id: 'other' }],
    ['another kind is meant', true, { ...original, kind: 'task' }],
    ['the other vendor is meant', true, { ...original, vendor: 'atera' }],
  ])('does not hold: %s', (_, isOurs, found) => {
    expect(holds(marker, { isOurs }, found)).toBe(false);
  });
});
