import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addTag, hasTag, isTag, parseTags, printTags, removeTag } from '../../lib/core/tag-list.ts';
import { cases } from './cases.ts';

const word = fc.oneof(
  fc.constantFrom('vip', 'VIP', 'Renewal 2028', 'dental', 'Ärzte', 'A\u0308rzte', '東京', 'i', 'İ'),
  fc.string({ minLength: 1, maxLength: 8 }),
);
const tag = word.filter(isTag);
/** Whatever people type into a text field. */
const text = fc.oneof(
  fc.constantFrom('', ' ', ',', ', ,', 'vip', 'a,b', ' a ;b , c', 'VIP, vip'),
  fc.array(fc.oneof(word, fc.constantFrom('', ' ', '\n'))).map((parts) => parts.join(',')),
);
const keys = (value: string): string[] =>
  parseTags(value)
    .map((entry) => entry.normalize('NFC').trim().toLowerCase())
    .sort();

describe('tags in a text', () => {
  it.each([
    ['', []],
    [null, []],
    ['client, dental,vip', ['client', 'dental', 'vip']],
    [' VIP ,, vip,\tGold ', ['VIP', 'Gold']],
    ['a;b, c', ['a;b', 'c']],
  ])('%j holds %j', (value, tags) => {
    expect(parseTags(value)).toEqual(tags);
  });

  it.each([
    ['client, dental', 'vip', 'client, dental, vip'],
    [null, ' vip ', 'vip'],
    ['client', ' vip ', 'client, vip'],
    ['A\u0308rzte', 'ärzte', 'A\u0308rzte'],
    ['client ,', 'vip', 'client, vip'],
    ['b,a  ,  c', 'vip', 'b,a  ,  c, vip'],
    ['client, VIP', 'vip', 'client, VIP'],
  ])('%j with %j is %j', (before, added, after) => {
    expect(addTag(before, added)).toBe(after);
  });

  it.each([
    ['client, dental, vip', 'DENTAL', 'client, vip'],
    ['client, dental', 'client', 'dental'],
    ['vip', 'vip', ''],
    ['b,a  ,  c', 'x', 'b,a  ,  c'],
    ['vip, b, VIP', 'vip', 'b'],
    ['Ärzte, b', 'a\u0308rzte', 'b'],
    ['a, vip, b', ' VIP ', 'a, b'],
    ['a,vip', 'vip', 'a'],
    [' , vip', 'vip', ''],
    ['a,,b', '', 'a,,b'],
    [null, 'vip', ''],
  ])('%j without %j is %j', (before, removed, after) => {
    expect(removeTag(before, removed)).toBe(after);
  });

  it.each(['', ' ', 'a,b', 'a\nb'])('%j is no tag', (value) => {
    expect(isTag(value)).toBe(false);
    expect(() => addTag('x', value)).toThrow(RangeError);
  });
});

describe('laws', () => {
  it('printed and parsed again, tags are the same', () => {
    fc.assert(
      fc.property(text, (value) => {
        const tags = parseTags(value);
        expect(parseTags(printTags(tags))).toEqual(tags);
      }),
      cases(1000),
    );
  });

  it('twice is as once', () => {
    fc.assert(
      fc.property(text, tag, (value, one) => {
        expect(addTag(addTag(value, one), one)).toBe(addTag(value, one));
        expect(removeTag(removeTag(value, one), one)).toBe(removeTag(value, one));
      }),
      cases(1000),
    );
  });

  it('what was added is there, what was removed is not, and all others stay as they were written', () => {
    fc.assert(
      fc.property(text, tag, (value, one) => {
        expect(hasTag(addTag(value, one), one)).toBe(true);
        expect(hasTag(removeTag(value, one), one)).toBe(false);
        const foreign = parseTags(value).filter((entry) => !hasTag(entry, one));
        expect(parseTags(addTag(value, one)).filter((entry) => !hasTag(entry, one))).toEqual(foreign);
        expect(parseTags(removeTag(value, one))).toEqual(foreign);
      }),
      cases(1000),
    );
  });

  it('a tag that is as wanted already changes nothing of the text', () => {
    fc.assert(
      fc.property(text, tag, (value, one) => {
        if (hasTag(value, one)) expect(addTag(value, one)).toBe(value);
        else expect(removeTag(value, one)).toBe(value);
      }),
      cases(1000),
    );
  });

  it('the order of our change and a foreign one does not matter', () => {
    const edit = fc.record({ kind: fc.constantFrom('add' as const, 'remove' as const), tag });
    const apply = (value: string, { kind, tag: one }: { kind: 'add' | 'remove'; tag: string }): string =>
      kind === 'add' ? addTag(value, one) : removeTag(value, one);
    fc.assert(
      fc.property(text, edit, edit, (value, ours, theirs) => {
        fc.pre(!hasTag(ours.tag, theirs.tag));
        expect(keys(apply(apply(value, ours), theirs))).toEqual(keys(apply(apply(value, theirs), ours)));
      }),
      cases(1000),
    );
  });
});
