import type { FieldValue } from './contact.ts';
import { toCountryCode } from './country.ts';
import type { TransformName } from './mapping.ts';
import { toE164 } from './phone.ts';
import { cleanText, digitsOf, normalizeEmail } from './text.ts';

/** What a transform may need to know of the account pair. */
export interface TransformContext {
  /** ISO country that local phone numbers belong to, or null when unknown. */
  country: string | null;
}

/** Something at a name with dots in it. Only one way to read each text, so that a hostile one costs no time. */
const ADDRESS = /^[^\s@<>"]+@[^\s@<>".]+(?:\.[^\s@<>".]+)+$/u;

interface Transform {
  /** Comparable form; null for "nothing there". Two values are the same when their forms are. */
  normalize: (value: FieldValue, context: TransformContext) => string | null;
  /** Form that is written to the target; null when the value cannot be written as this kind. */
  toTarget: (value: string, context: TransformContext) => string | null;
}

/** One row per transform of the mapping. */
export const TRANSFORMS: Record<TransformName, Transform> = {
  text: { normalize: (value) => cleanText(value), toTarget: (value) => cleanText(value) },
  email: {
    normalize: (value) => (value === null || cleanText(value) === null ? null : normalizeEmail(value)),
    toTarget: (value) => (ADDRESS.test(value.trim()) ? value.trim() : null),
  },
  phone: {
    normalize: (value, { country }) => {
      const text = cleanText(value);
      if (text === null) return null;
      return toE164(text, country) ?? (digitsOf(text) || text);
    },
    toTarget: (value, { country }) => toE164(value, country),
  },
  country: {
    normalize: (value) => {
      const text = cleanText(value);
      return text === null ? null : (toCountryCode(text) ?? text.toLowerCase());
    },
    toTarget: (value) => toCountryCode(value),
  },
};

export const sameValue = (
  transform: TransformName,
  a: FieldValue,
  b: FieldValue,
  context: TransformContext,
): boolean => TRANSFORMS[transform].normalize(a, context) === TRANSFORMS[transform].normalize(b, context);
