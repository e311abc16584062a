import { describe, expect, it } from 'vitest';
import { toCsv, toJsonLines } from '../../lib/core/export-text.ts';

describe('toCsv', () => {
  it.each([
    ['plain', 'plain'],
    ['=HYPERLINK("x")', `"'=HYPERLINK(""x"")"`],
    ['+1 415 555 0137', "'+1 415 555 0137"],
    ['-2+3', "'-2+3"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['  =1', "'  =1"],
    ['\t=1', "'\t=1"],
    ['\ttab', "'\ttab"],
    ['\rreturn', `"'\rreturn"`],
    ['1 = 1', '1 = 1'],
    ["'=1", "'=1"],
    [' plain', ' plain'],
    ['a,b', '"a,b"'],
    ['a "b"', '"a ""b"""'],
    ['two\nlines', '"two\nlines"'],
    ['', ''],
  ])('%j is written as %j', (value, cell) => {
    expect(toCsv(['text'], [{ text: value }])).toBe(`text\r\n${cell}\r\n`);
  });

  it('keeps the order of the columns, and leaves empty what a row does not have', () => {
    expect(toCsv(['b', 'a'], [{ a: 1, b: null }, { a: -2 }])).toBe('b,a\r\n,1\r\n,-2\r\n');
  });
});

describe('toJsonLines', () => {
  it('is one value per line', () => {
    expect(toJsonLines([{ a: 1 }, { b: 'x\ny' }])).toBe('{"a":1}\n{"b":"x\\ny"}\n');
    expect(toJsonLines([])).toBe('');
  });
});
