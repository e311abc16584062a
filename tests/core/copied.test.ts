import { describe, expect, it } from 'vitest';
import { type CopyItem, copiedOf, type ItemLink, joins, sameBases, withBase } from '../../lib/core/copied.ts';

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
    expect(copiedOf(note(), items, [link()])).toEqual({ ...TO, isEdited: false, agreed: null });
    expect(copiedOf(comment(), items, [link()])).toEqual({ ...FROM, isEdited: false, agreed: null });
  });

  it('tells an edit of the original on both ends', () => {
    const edited = note({ print: OTHER });
    expect(copiedOf(edited, [edited, comment()], [link()])).toMatchObject({ isEdited: true });
    expect(copiedOf(comment(), [edited, comment()], [link()])).toMatchObject({ isEdited: true });
  });

  it('says nothing of an edit when the original is not on screen', () => {
    expect(copiedOf(comment(), [comment()], [link()])).toEqual({ ...FROM, isEdited: false, agreed: null });
  });

  it('is measured by the last copy', () => {
    const edited = note({ print: OTHER });
    const again = link({ to: { kind: 'comment', id: '8~later~1' }, print: OTHER });
    expect(copiedOf(edited, [edited], [link(), again])).toEqual({
      way: 'to',
      kind: 'comment',
      id: '8~later~1',
      isEdited: false,
      agreed: null,
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

describe('what a task and its ticket last agreed on', () => {
  const made = link({ from: { kind: 'task', id: 't1' }, to: { kind: 'ticket', id: '7' } });
  const back = link({ from: { kind: 'ticket', id: '8' }, to: { kind: 'task', id: 't2' } });
  const open = { isDone: false, status: 'Open' };
  const done = { isDone: true, status: 'Resolved' };
  const all = () => true;

  it('is told at both ends, and unknown for links of earlier versions', () => {
    const [known] = withBase([made], all, { agreed: open, at: 5 });
    const task = note({ kind: 'task', id: 't1' });
    const ticket = comment({ kind: 'ticket', id: '7' });
    expect(copiedOf(task, [], [made])?.agreed).toBeNull();
    expect(copiedOf(task, [], known ? [known] : [])?.agreed).toEqual(open);
    expect(copiedOf(ticket, [], known ? [known] : [])?.agreed).toEqual(open);
  });

  it('is of these two, whichever was made of the other', () => {
    expect([joins(made, 't1', '7'), joins(back, 't2', '8')]).toEqual([true, true]);
    expect([joins(made, 't1', '8'), joins(made, 't2', '7')]).toEqual([false, false]);
  });

  it('is never replaced by what was read earlier, and of no other link', () => {
    const first = withBase([made, back], (one) => one === made, { agreed: open, at: 5 });
    expect(first.map(({ base }) => base)).toEqual([{ agreed: open, at: 5 }, undefined]);
    expect(withBase(first, all, { agreed: done, at: 4 })[0]?.base).toEqual({ agreed: open, at: 5 });
    expect(withBase(first, all, { agreed: done, at: 5 })[0]?.base).toEqual({ agreed: done, at: 5 });
    expect(withBase(first, all, { agreed: null, at: 6 })[0]?.base).toEqual({ agreed: null, at: 6 });
  });

  it('is the same, whenever it was read', () => {
    const at = (agreed: typeof open | null, time: number) => withBase([made], all, { agreed, at: time });
    expect(sameBases(at(open, 1), at({ ...open }, 2))).toBe(true);
    expect(sameBases([made], at(null, 2))).toBe(true);
    expect(sameBases(at(open, 1), at(done, 2))).toBe(false);
    expect(sameBases(at(open, 1), at({ ...open, status: 'Pending' }, 2))).toBe(false);
    expect(sameBases(at(open, 1), [])).toBe(false);
  });
});
