import { describe, expect, it } from 'vitest';
import { foldText, shorten, textOfHtml } from '../../lib/core/text.ts';

describe('textOfHtml', () => {
  it.each([
    ['<p>One</p><p>Two&nbsp;&amp; three</p>', 'One\nTwo & three'],
    ['plain < text > stays', 'plain < text > stays'],
    ['<script>alert(1)</script>after', 'after'],
    ['<img src=x onerror=alert(1)>seen', 'seen'],
    ['&lt;b&gt;', '<b>'],
    ['&#0;&#x110000;&#55296;&unknown;', '&#0;&#x110000;&#55296;&unknown;'],
    ['&#65;&#x42;', 'AB'],
  ])('%s', (html, text) => {
    expect(textOfHtml(html)).toBe(text);
  });
});

describe('foldText', () => {
  it('ignores case, composition, punctuation and direction marks, and keeps every script', () => {
    expect(foldText('O’Neil-Žižek, \u202eJr.')).toBe('o neil žižek jr');
    expect(foldText('محمد')).toBe('محمد');
  });
});

describe('shorten', () => {
  it('never cuts a surrogate pair and counts what it left out', () => {
    expect(shorten('ab😀cd', 3)).toEqual({ text: 'ab', omitted: 4 });
    expect(shorten('ab', 3)).toEqual({ text: 'ab', omitted: 0 });
  });
});
