import {
  type CountryCode,
  isSupportedCountry,
  type PhoneNumber,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/min';
import { digitsOf } from './text.ts';

/** The number that a text names, or null when it names none. */
function read(value: string, country: string | null): PhoneNumber | null {
  const region = country?.toUpperCase() ?? '';
  const parsed = parsePhoneNumberFromString(value.normalize('NFKC'), {
    ...(isSupportedCountry(region) ? { defaultCountry: region as CountryCode } : {}),
    extract: false,
  });
  if (!parsed?.isPossible() || parsed.ext) return null;
  // Zeros after the country code may be dropped once more: what its own written form does not name is no number.
  const again = parsePhoneNumberFromString(parsed.number);
  return again?.number === parsed.number ? again : null;
}

/**
 * E.164 form ("+14155550137") of a phone number as people type it, or null when it is none.
 * `country`: ISO 3166 alpha-2 code that numbers without a prefix belong to; without it such numbers stay unread.
 */
export const toE164 = (value: string, country: string | null): string | null =>
  read(value, country)?.number ?? null;

/** How many digits at the end of a number are written without a break, whatever stands between the others. */
const TAIL = 4;

/**
 * Ways in which one number may be stored as text, for vendors that look for a part of it: in full, as its country writes it, as its
 * digits, and by its end, which comes last and finds most. None where there is no digit.
 */
export function writtenForms(typed: string, country: string | null): string[] {
  const number = read(typed, country);
  const digits = number ? number.nationalNumber : digitsOf(typed);
  if (digits === '') return [];
  const whole = number ? [number.number, number.formatNational()] : [];
  const tail = digits.slice(-TAIL);
  return [...new Set([...whole, digits])].filter((form) => form !== tail).concat(tail);
}
