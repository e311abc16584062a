import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { toCountryCode } from '../../lib/core/country.ts';
import type { TransformName } from '../../lib/core/mapping.ts';
import { toE164 } from '../../lib/core/phone.ts';
import { sameValue, TRANSFORMS } from '../../lib/core/transform.ts';
import { cases } from './cases.ts';

// A busy machine may take its time.
vi.setConfig({ testTimeout: 60_000 });

const US = { country: 'US' };

describe('toE164', () => {
  it.each([
    ['+1 415 555 0137', null, '+14155550137'],
    ['(415) 555-0137', 'US', '+14155550137'],
    ['415.555.0137', 'us', '+14155550137'],
    ['1-415-555-0137', 'US', '+14155550137'],
    ['011 44 20 7946 0123', 'US', '+442079460123'],
    ['020 7946 0123', 'GB', '+442079460123'],
    ['+44 (0)20 7946 0123', 'US', '+442079460123'],
    ['0049 30 901820', 'DE', '+4930901820'],
    ['٠١٠١٢٣٤٥٦٧٨', 'EG', '+201012345678'],
    ['＋１ ４１５ ５５５ ０１３７', null, '+14155550137'],
    ['(415) 555-0137', null, null],
    ['(415) 555-0137', 'XX', null],
    ['(415) 555-0137', '', null],
    ['(415) 555-0137 x12', 'US', null],
    ['(415) 555-0137 ext. 12', 'US', null],
    ['+14155550137;ext=12', null, null],
    ['12', 'US', null],
    ['+3100000000', null, null],
    ['+1 415 555', null, null],
    ['+999 1234567', null, null],
    ['call 415 555 0137 after six', 'US', null],
    ['415 555 0137 / 415 555 0142', 'US', null],
    ['dana@brightsmile.example', 'US', null],
    ['', 'US', null],
    ['   ', 'US', null],
    ['1'.repeat(5000), 'US', null],
  ])('%j from %s is %s', (value, country, number) => {
    expect(toE164(value, country)).toBe(number);
  });

  it('reads its own answer as the same number, whatever the country', () => {
    const country = fc.constantFrom(null, 'US', 'GB', 'DE', 'AR', 'MX', 'BR', 'IT', 'EG', 'JP');
    const digits = fc.array(fc.constantFrom(...'0123456789 -()+'), { minLength: 7, maxLength: 18 });
    fc.assert(
      fc.property(digits, country, country, (parts, first, second) => {
        const number = toE164(parts.join(''), first);
        fc.pre(number !== null);
        expect(toE164(number ?? '', second)).toBe(number);
      }),
      cases(1000),
    );
  });
});

describe('toCountryCode', () => {
  it.each([
    ['US', 'US'],
    ['us', 'US'],
    [' gb ', 'GB'],
    ['United States', 'US'],
    ['UNITED STATES', 'US'],
    ['U.S.A.', 'US'],
    ['U.S.', 'US'],
    ['USA', 'US'],
    ['UK', 'GB'],
    ['England', 'GB'],
    ['the Netherlands', 'NL'],
    ['Czech Republic', 'CZ'],
    ['Czechia', 'CZ'],
    ['Türkiye', 'TR'],
    ['Turkey', 'TR'],
    ['Germany', 'DE'],
    ["Côte d'Ivoire", 'CI'],
    ['Côte d’Ivoire', 'CI'],
    ['XX', null],
    ['ZZ', null],
    ['Atlantis', null],
    ['', null],
    ['constructor', null],
    ['__proto__', null],
  ])('%j is %s', (value, code) => {
    expect(toCountryCode(value)).toBe(code);
  });
});

describe('TRANSFORMS', () => {
  it.each<[TransformName, string | null, string | null, string | null]>([
    ['text', null, null, null],
    ['text', ' ', null, null],
    ['text', ' Dana  Reyes ', 'Dana Reyes', 'Dana Reyes'],
    ['text', 'DANA', 'DANA', 'DANA'],
    ['email', null, null, null],
    ['email', ' ', null, null],
    ['email', ' Dana@Brightsmile.example ', 'dana@brightsmile.example', 'Dana@Brightsmile.example'],
    [
      'email',
      'dana@mail.brightsmile.example',
      'dana@mail.brightsmile.example',
      'dana@mail.brightsmile.example',
    ],
    ['email', "o'neil+x@brightsmile.example", "o'neil+x@brightsmile.example", "o'neil+x@brightsmile.example"],
    ['email', '用户@例子.example', '用户@例子.example', '用户@例子.example'],
    ['email', 'dana', 'dana', null],
    ['email', 'dana@brightsmile', 'dana@brightsmile', null],
    ['email', 'dana@brightsmile..example', 'dana@brightsmile..example', null],
    ['email', 'dana@.example', 'dana@.example', null],
    ['email', 'dana@brightsmile.example.', 'dana@brightsmile.example.', null],
    ['email', 'a@b.example, c@d.example', 'a@b.example, c@d.example', null],
    ['email', 'Dana <dana@brightsmile.example>', 'dana <dana@brightsmile.example>', null],
    ['email', '@brightsmile.example', '@brightsmile.example', null],
    ['phone', null, null, null],
    ['phone', '', null, null],
    ['phone', '(415) 555-0137', '+14155550137', '+14155550137'],
    ['phone', '+44 20 7946 0123', '+442079460123', '+442079460123'],
    ['phone', '555 0137 x12', '555013712', null],
    ['phone', 'none', 'none', null],
    ['country', null, null, null],
    ['country', ' ', null, null],
    ['country', 'United States', 'US', 'US'],
    ['country', 'gb', 'GB', 'GB'],
    ['country', 'Atlantis', 'atlantis', null],
  ])('%s of %j compares as %j and is written as %j', (name, value, normalized, written) => {
    expect(TRANSFORMS[name].normalize(value, US)).toBe(normalized);
    expect(value === null ? null : TRANSFORMS[name].toTarget(value, US)).toBe(written);
  });

  it('takes an address of many dots, or none, without delay', () => {
    const startedAt = performance.now();
    expect(TRANSFORMS.email.toTarget(`a@${'.'.repeat(1_000_000)}<`, US)).toBeNull();
    expect(TRANSFORMS.email.toTarget(`a@${'b.'.repeat(1_000_000)}<`, US)).toBeNull();
    expect(TRANSFORMS.email.toTarget('a'.repeat(1_000_000), US)).toBeNull();
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  });
});

describe('sameValue', () => {
  it.each<[TransformName, string | null, string | null, boolean]>([
    ['text', 'Dana', 'Dana ', true],
    ['text', 'Dana', 'dana', false],
    ['text', null, '', true],
    ['text', null, 'x', false],
    ['email', 'Dana@X.example', 'dana@x.example', true],
    ['phone', '(415) 555-0137', '+14155550137', true],
    ['phone', '(415) 555-0137', '+14155550138', false],
    ['phone', 'ask', 'ask', true],
    ['country', 'USA', 'us', true],
    ['country', 'USA', 'Canada', false],
  ])('%s: %j and %j: %s', (name, a, b, same) => {
    expect(sameValue(name, a, b, US)).toBe(same);
  });
});
