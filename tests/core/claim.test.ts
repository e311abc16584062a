import { describe, expect, it } from 'vitest';
import { claimProblem } from '../../lib/core/claim.ts';
import type { Copied, CopyItem } from '../../lib/core/copied.ts';
import type { ItemKind, Marker } from '../../lib/core/marker.ts';

const PRINT = 'aaaaaaaaaaaa';
const mark = (kind: ItemKind, id: string, hash = PRINT): Marker => ({ vendor: 'ghl', kind, id, hash });
const note: CopyItem = { vendor: 'ghl', kind: 'note', id: 'n1', print: PRINT, claims: [], isOurs: true };
const comment = (claims: Marker[], isOurs = true): CopyItem => ({
  vendor: 'atera',
  kind: 'comment',
  id: 'k1',
  print: 'bbbbbbbbbbbb',
  claims,
  isOurs,
});
const none = () => false;
const all = () => true;

describe('a text that says it is a copy', () => {
  it.each<[string, CopyItem, Copied | null, (kind: ItemKind) => boolean, string | null]>([
    ['says nothing', comment([]), null, all, null],
    ['says nothing, and is a customer’s', comment([], false), null, all, null],
    [
      'is a customer’s, and names a note that is there',
      comment([mark('note', 'n1')], false),
      null,
      none,
      'foreign',
    ],
    [
      'is a customer’s, and names nothing that is there',
      comment([mark('note', 'x')], false),
      null,
      none,
      'foreign',
    ],
    // The first message of a ticket that we made of a task.
    ['is a customer’s, and names a task', comment([mark('task', 't1')], false), null, all, null],
    ['is ours, and holds', comment([mark('note', 'n1')]), null, all, null],
    ['is ours, and has another text', comment([mark('note', 'n1', 'cccccccccccc')]), null, none, 'unproven'],
    ['is ours, and names what is nowhere', comment([mark('note', 'x')]), null, all, 'unproven'],
    ['is ours, and names what may not have been read', comment([mark('note', 'x')]), null, none, null],
    ['is ours, and one of two holds', comment([mark('note', 'x'), mark('note', 'n1')]), null, all, null],
    ['is ours, and names a task that is nowhere', comment([mark('task', 'x')]), null, all, 'unproven'],
    [
      'is known to be a copy',
      comment([mark('note', 'x')]),
      { way: 'from', kind: 'note', id: 'n1', isEdited: true },
      all,
      null,
    ],
    [
      'was copied on, and claims something else',
      comment([mark('note', 'x')]),
      { way: 'to', kind: 'note', id: 'n2', isEdited: false },
      all,
      'unproven',
    ],
  ])('%s', (_case, item, copied, isWhole, expected) => {
    expect(claimProblem(item, copied, [note, item], isWhole)).toBe(expected);
  });

  it('does not hold within one system, nor by what is in the other vendor under the same id', () => {
    const own: CopyItem = { ...note, id: 'n9', claims: [mark('note', 'n1')] };
    expect(claimProblem(own, null, [note, own], none)).toBe('unproven');
    const other: CopyItem = { ...note, vendor: 'atera' };
    expect(claimProblem(comment([mark('note', 'n1')]), null, [other], none)).toBeNull();
  });

  it('is told by the kind of what it names', () => {
    const isTask = (kind: ItemKind): boolean => kind === 'task';
    expect(claimProblem(comment([mark('note', 'x'), mark('task', 'y')]), null, [], isTask)).toBeNull();
  });
});
