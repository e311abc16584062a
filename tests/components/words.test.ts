// @vitest-environment jsdom
import { describe, expect, test } from 'vitest';
import { errorWords } from '../../components/shared/error-words.ts';
import { FIELD_NAMES } from '../../lib/core/contact.ts';
import { BLOCK_REASONS } from '../../lib/core/mapping.ts';
import { ERROR_CODES } from '../../lib/errors.ts';
import { t, tCount, wordKey } from '../../lib/i18n.ts';
import { initials, relativeTime } from '../../lib/panel/format.ts';
import { getMessage, messages } from '../support/i18n.ts';

const JARGON = /\b(base|plan|job(?! title)|payload|ref|stale)\b/iu;

describe('texts', () => {
  test.each(ERROR_CODES)('the error %s says what, why and what next', (code) => {
    for (const vendor of ['ghl', undefined] as const) {
      const { what, cause, next } = errorWords({ code, ...(vendor ? { vendor } : {}) });
      for (const sentence of [what, cause, next]) expect(sentence).toMatch(/^[A-Z].*\.$/u);
    }
  });

  test.each(BLOCK_REASONS)('the reason %s has a sentence', (reason) => {
    expect(getMessage(`block_${wordKey(reason)}`)).not.toBe('');
  });

  test.each(FIELD_NAMES)('the field %s has a name', (field) => {
    expect(t(`field.${field}`)).not.toBe('');
  });

  test('the words of our code never reach people', () => {
    const wrong = Object.entries(messages).filter(([, { message }]) => JARGON.test(message));
    expect(wrong).toEqual([]);
  });

  test('keys are ones that Chrome accepts', () => {
    const wrong = Object.keys(messages).filter((key) => !/^(@@)?\w+$/u.test(key));
    expect(wrong).toEqual([]);
  });

  test('plurals follow the count', () => {
    expect(tCount('push.button', 1, { vendor: 'GHL' })).toBe('Push 1 change to GHL');
    expect(tCount('push.button', 3, { vendor: 'GHL' })).toBe('Push 3 changes to GHL');
  });

  test('a value with a placeholder or dollar sign in it stays as it is', () => {
    expect(t('diff.storedAs', { value: '$1 {vendor} $& | x' })).toBe('written as $1 {vendor} $& | x');
  });
});

describe('format', () => {
  test.each([
    [-3_000, 'just now'],
    [-42_000, '42s ago'],
    [-90 * 60_000, '1h ago'],
    [-86_400_000, 'yesterday'],
    [3 * 86_400_000, 'in 3 days'],
    [-60 * 86_400_000, 'Nov 2, 2023'],
  ])('%i ms away is "%s"', (delta, words) => {
    const now = Date.UTC(2024, 0, 1, 12);
    expect(relativeTime(now + delta, now)).toBe(words);
  });

  test.each([
    ['Dana Whitfield', 'DW'],
    ['Ana María de la Cruz', 'AC'],
    ['王小明', '王'],
    ['يوسف الخطيب', 'يا'],
    ['info@x.example', 'IE'],
    ['', '?'],
    ['—', '?'],
  ])('%s is shown as %s', (name, letters) => {
    expect(initials(name)).toBe(letters);
  });
});
