import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import {
  cleanText,
  digitsOf,
  foldText,
  normalizeEmail,
  searchText,
  shorten,
  textOfHtml,
} from '../../lib/core/text.ts';
import { cases } from './cases.ts';

// A busy machine may take its time.
vi.setConfig({ testTimeout: 60_000 });

const RUNS = cases(1000);

describe('textOfHtml', () => {
  it.each([
    ['<p>One</p><p>Two&nbsp;&amp; three</p>', 'One\nTwo & three'],
    ['plain < text > stays', 'plain < text > stays'],
    ['<script>alert(1)</script>after', 'after'],
    ['<SCRIPT src="https://evil.example/x.js">alert(1)</Script >after', 'after'],
    ['<style>p{color:red}</style>seen', 'seen'],
    ['before<script>never closed <b>at all</b>', 'before'],
    ['before<!-- a <b>comment</b> -->after', 'before after'],
    ['before<!-- never closed', 'before'],
    ['<img src=x onerror=alert(1)>seen', 'seen'],
    ['<a href="javascript:alert(1)">a link</a>', 'a link'],
    ['<svg onload=alert(1)><g>drawn</g></svg>', 'drawn'],
    ['one<br>two<br/>three<BR />four', 'one\ntwo\nthree\nfour'],
    ['<ul><li>first</li><li class="x">second</li></ul>', '• first\n• second'],
    ['<h1>Title</h1><table><tr><td>cell</td></tr></table>', 'Title\ncell'],
    ['<p>a</p><p></p><p></p><p>b</p>', 'a\n\nb'],
    ['  much \t\u00a0 space  \n  kept to one  ', 'much space\nkept to one'],
    ['&lt;b&gt;', '<b>'],
    ['&LT;script&GT;alert(1)&lt;/script&gt;', '<script>alert(1)</script>'],
    ['&amp;lt;', '&lt;'],
    ['&quot;&apos;', '"\''],
    ['&#0;&#x110000;&#55296;&unknown;', '&#0;&#x110000;&#55296;&unknown;'],
    ['&#xd800;&#xdfff;&#xe000;', '&#xd800;&#xdfff;\ue000'],
    ['&#65;&#x42;&#X43;&#128512;', 'ABC😀'],
    ['<li', '<li'],
    ['<br<br>x', '<br\nx'],
    ['', ''],
  ])('reads %j', (html, text) => {
    expect(textOfHtml(html)).toBe(text);
  });

  it.each([
    '<script',
    '<script>',
    '</script ',
    '<style x',
    '<br',
    '<li ',
    '</p',
    '<a href="',
    '<!--',
    '<',
    '</',
    '&#1',
    '&amp',
    '&#x',
    '\n ',
    ' \t',
    '\n',
    '<p>text</p>',
  ])('is done with 5 MB of %j in no time', (piece) => {
    const html = piece.repeat(Math.ceil(5_000_000 / piece.length));
    const startedAt = performance.now();
    textOfHtml(html);
    // Reading on to the end from every piece would take hours.
    expect(performance.now() - startedAt).toBeLessThan(20_000);
  });

  it('leaves nothing of a script between its tags, whatever stands around it', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('', 'text', '<p>', '</p>', '&amp;', '<br>'),
        fc.constantFrom(' ', ' async', '\n', ' src=x'),
        fc.constantFrom('', 'text', '</p>', '<b>'),
        (before, attributes, after) => {
          expect(textOfHtml(`${before}<script${attributes}>stealToken()</script>${after}`)).not.toContain(
            'stealToken',
          );
        },
      ),
      RUNS,
    );
  });

  it('takes any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(typeof textOfHtml(text)).toBe('string');
      }),
      RUNS,
    );
  });
});

describe('cleanText', () => {
  it.each([
    [null, null],
    [undefined, null],
    ['', null],
    [' \n\t ', null],
    ['\u200b\u2060\ufeff', null],
    ['  Dana \n  Reyes ', 'Dana Reyes'],
    ['Dana\u202e Reyes', 'Dana Reyes'],
    ['Zoe\u0301', 'Zoé'],
    ['Zoe\u200b\u0301', 'Zoé'],
    ['می\u200cخواهم', 'می\u200cخواهم'],
    ['👩\u200d🔧', '👩\u200d🔧'],
  ])('%j is %j', (value, cleaned) => {
    expect(cleanText(value)).toBe(cleaned);
  });

  it('has nothing to do the second time', () => {
    const pieces = fc.constantFrom(
      'e',
      '\u0301',
      '\u200b',
      '\u202e',
      ' ',
      '\u00a0',
      'ᄀ',
      'ᅡ',
      'O',
      '\u030a',
      'K',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(pieces).map((list) => list.join('')),
          fc.string({ unit: 'binary' }),
        ),
        (text) => {
          const once = cleanText(text);
          expect(cleanText(once)).toBe(once);
        },
      ),
      RUNS,
    );
  });
});

describe('foldText', () => {
  it('ignores case, composition, punctuation and direction marks, and keeps every script', () => {
    expect(foldText('O’Neil-Žižek, \u202eJr.')).toBe('o neil žižek jr');
    expect(foldText('محمد')).toBe('محمد');
    expect(foldText('ＤＡＮＡ')).toBe('dana');
    expect(foldText('田中 由紀')).toBe('田中 由紀');
  });

  it('is empty for what holds no letters', () => {
    expect(foldText('-.,()')).toBe('');
    expect(foldText('\u200b')).toBe('');
  });
});

describe('searchText', () => {
  it.each([
    ['José', 'jose'],
    ['JOSE\u0301', 'jose'],
    ['Nuñez, Łukasz', 'nunez łukasz'],
    ['Ｚｏë', 'zoe'],
    ['가', '가'],
    ['', ''],
  ])('%j is looked for as %j', (value, searched) => {
    expect(searchText(value)).toBe(searched);
  });
});

describe('normalizeEmail and digitsOf', () => {
  it('fold what does not matter', () => {
    expect(normalizeEmail('  Dana@Example.COM ')).toBe('dana@example.com');
    expect(digitsOf('(415) 555-0137')).toBe('4155550137');
    expect(digitsOf('４１５')).toBe('415');
    expect(digitsOf('none')).toBe('');
  });
});

describe('shorten', () => {
  it('never cuts a surrogate pair and counts what it left out', () => {
    expect(shorten('ab😀cd', 3)).toEqual({ text: 'ab', omitted: 4 });
    expect(shorten('ab😀cd', 4)).toEqual({ text: 'ab😀', omitted: 2 });
    expect(shorten('ab', 2)).toEqual({ text: 'ab', omitted: 0 });
    expect(shorten('ab', 3)).toEqual({ text: 'ab', omitted: 0 });
  });

  it('loses no character from its count', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 40 }), (text, limit) => {
        const { text: kept, omitted } = shorten(text, limit);
        expect(kept.length + omitted).toBe(text.length);
        expect(text.startsWith(kept)).toBe(true);
        expect(kept.length).toBeLessThanOrEqual(limit);
        expect(kept.isWellFormed()).toBe(true);
      }),
      RUNS,
    );
  });
});
