import { describe, expect, it } from 'vitest';
import {
  ateraHttp,
  cleanToken,
  isJwt,
  looksLikeAteraToken,
  tokenExpiry,
} from '../../lib/vendors/atera/config.ts';
import { ghlHttp, locationIdOf, looksLikeGhlToken } from '../../lib/vendors/ghl/config.ts';

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const makeJwt = (payload: unknown): string => `${encode({ alg: 'HS256' })}.${encode(payload)}.c2ln`;
const LEGACY = '0123456789abcdef0123456789abcdef';
const LOCATION = 'Kq3nPa61w0BzLmTR55xd';

describe('Atera tokens', () => {
  it('travel in the header of their kind, and in no other', () => {
    const jwt = makeJwt({});
    expect(ateraHttp(jwt).authHeaders()).toEqual({ authorization: `Bearer ${jwt}` });
    expect(ateraHttp(LEGACY).authHeaders()).toEqual({ 'x-api-key': LEGACY });
    expect([isJwt(jwt), isJwt(LEGACY)]).toEqual([true, false]);
  });

  it.each([
    [makeJwt({}), true],
    ['eyJhbGciOiJub25lIn0.e30.', true],
    [LEGACY, true],
    [LEGACY.toUpperCase(), true],
    [LEGACY.slice(1), false],
    [`${LEGACY}0`, false],
    ['eyJhbGciOiJub25lIn0.e30', false],
    ['eyJ a.b.c', false],
    ['pit-12345678-abcd', false],
    ['', false],
  ])('%s looks like one: %s', (token, looks) => {
    expect(looksLikeAteraToken(token)).toBe(looks);
  });

  it.each([
    ['  abc \n', 'abc'],
    ['Bearer abc', 'abc'],
    ['bearer   abc ', 'abc'],
    ['bearerabc', 'bearerabc'],
  ])('pasted as %j is %j', (pasted, token) => {
    expect(cleanToken(pasted)).toBe(token);
  });

  it.each([
    [makeJwt({ exp: 1_812_801_600 }), 1_812_801_600_000],
    [makeJwt({ exp: 1_812_801_600, name: 'Zoë?>' }), 1_812_801_600_000],
    [makeJwt({ exp: '1812801600' }), null],
    [makeJwt({ exp: null }), null],
    [makeJwt({}), null],
    [makeJwt(null), null],
    ['eyJhbGciOiJub25lIn0.!!!.', null],
    ['eyJhbGciOiJub25lIn0', null],
    [LEGACY, null],
  ])('%s runs out at %s', (token, at) => {
    expect(tokenExpiry(token)).toBe(at);
  });
});

describe('GHL tokens and locations', () => {
  it('travel as Bearer', () => {
    expect(ghlHttp('pit-1').authHeaders()).toEqual({ authorization: 'Bearer pit-1' });
  });

  it.each([
    ['pit-12345678-abcd', true],
    [makeJwt({}), true],
    ['pit-short', false],
    ['pit-1234 5678', false],
    [LEGACY, false],
    ['', false],
  ])('%s looks like one: %s', (token, looks) => {
    expect(looksLikeGhlToken(token)).toBe(looks);
  });

  it.each([
    [LOCATION, LOCATION],
    [` ${LOCATION}\n`, LOCATION],
    [`https://app.gohighlevel.com/v2/location/${LOCATION}/dashboard`, LOCATION],
    [`https://crm.agency.example/location/${LOCATION}`, LOCATION],
    [`https://app.gohighlevel.com/v2/location/${LOCATION}?x=1`, LOCATION],
    [`https://app.gohighlevel.com/v2/location/${LOCATION}#x`, LOCATION],
    ['https://app.gohighlevel.com/v2/location/short/dashboard', null],
    [`${LOCATION}/contacts`, null],
    ['short', null],
    ['a'.repeat(27), null],
    ['Kq3nPa61w0BzLmTR55x-', null],
    ['', null],
  ])('%j names the location %s', (input, id) => {
    expect(locationIdOf(input)).toBe(id);
  });

  it.each([
    ['42', [42]],
    ['0', [0]],
    [null, []],
    ['many', []],
    ['-1', []],
  ])('the header that says %s are left caps the pace: %j', (left, caps) => {
    const capped: number[] = [];
    const limiter = {
      run: <T>(task: () => Promise<T>) => task(),
      capTokens: (tokens: number) => capped.push(tokens),
      backOff: () => undefined,
      waitMs: () => 0,
    };
    ghlHttp('pit-1').observe?.(new Headers(left === null ? {} : { 'x-ratelimit-remaining': left }), limiter);
    expect(capped).toEqual(caps);
  });
});
