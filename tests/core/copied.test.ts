import { describe, expect, it } from 'vitest';
import { type CopyItem, copiedOf, type ItemLink } from '../../lib/core/copied.ts';

const PRINT = 'aaaaaaaaaaaa';
const OTHER = 'bbbbbbbbbbbb';
const note = (extra: Partial<CopyItem> = {}): CopyItem => ({
  vendor: 'ghl',
  kind: 'note',
  id: 'n1',
  print: PRINT,
  claims: [],
  isOurs: true,
  ...extra,
});
const comment = (extra: Partial<CopyItem> = {}): CopyItem => ({
  vendor: 'atera',
  kind: 'comment',
  id: '7~now~1',
  print: OTHER,
  claims: [],
  isOurs: true,
  ...extra,
});
const link = (extra: Partial<ItemLink> = {}): ItemLink => ({
  from: { kind: 'note', id: 'n1' },
  to: { kind: 'comment', id: '7~now~1' },
  print: PRINT,
  at: 1,
  ...extra,
});
const claim = { vendor: 'ghl', kind: 'note', id: 'n1', hash: PRINT } as const;
const TO = { way: 'to', kind: 'comment', id: '7~now~1' };
const FROM = { way: 'from', kind: 'note', id: 'n1' };

describe('a stored link', () => {
  it('tells both ends of each other', () => {
    const items = [note(), comment()];
    expect(copiedOf(note(), items, [link()])).toEqual({ ...TO, isEdited: false });
    expect(copiedOf(comment(), items, [link()])).toEqual({ ...FROM, isEdited: false });
  });

  it('tells an edit of the original on both ends', () => {
    const edited = note({ print: OTHER });
    expect(copiedOf(edited, [edited, comment()], [link()])).toMatchObject({ isEdited: true });
    expect(copiedOf(comment(), [edited, comment()], [link()])).toMatchObject({ isEdited: true });
  });

  it('says nothing of an edit when the original is not on screen', () => {
    expect(copiedOf(comment(), [comment()], [link()])).toEqual({ ...FROM, isEdited: false });
  });

  it('is measured by the last copy', () => {
    const edited = note({ print: OTHER });
    const again = link({ to: { kind: 'comment', id: '8~later~1' }, print: OTHER });
    expect(copiedOf(edited, [edited], [link(), again])).toEqual({
      way: 'to',
      kind: 'comment',
      id: '8~later~1',
      isEdited: false,
    });
  });

  it('is of this kind and this item alone', () => {
    expect(copiedOf(note({ id: 'n2' }), [], [link()])).toBeNull();
    expect(copiedOf(note({ kind: 'task' }), [], [link()])).toBeNull();
  });
});

describe('a marker', () => {
  it('tells both ends, where it is ours and holds', () => {
    const copy = comment({ claims: [claim] });
    expect(copiedOf(copy, [note(), copy], [])).toEqual({ ...FROM, isEdited: false });
    expect(copiedOf(note(), [note(), copy], [])).toEqual({ ...TO, isEdited: false });
  });

  it.each([
    ['of an end user', comment({ claims: [claim], isOurs: false })],
    ['of another text', comment({ claims: [{ ...claim, hash: OTHER }] })],
    ['of another item', comment({ claims: [{ ...claim, id: 'n2' }] })],
    ['within one system', note({ id: 'n9', claims: [claim] })],
  ])('%s neither links nor suppresses', (_case, spoof) => {
    expect(copiedOf(spoof, [note(), spoof], [])).toBeNull();
    expect(copiedOf(note(), [note(), spoof], [])).toBeNull();
  });
});
