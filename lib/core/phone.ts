import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min';

/**
 * E.164 form ("+14155550137") of a phone number as people type it, or null when it is none.
 * `country`: ISO 3166 alpha-2 code that numbers without a prefix belong to; without it such numbers stay unread.
 */
export function toE164(value: string, country: string | null): string | null {
  const region = country?.toUpperCase() ?? '';
  const parsed = parsePhoneNumberFromString(value.normalize('NFKC'), {
    ...(isSupportedCountry(region) ? { defaultCountry: region as CountryCode } : {}),
    extract: false,
  });
  if (!parsed?.isPossible() || parsed.ext) return null;
  // Zeros after the country code may be dropped once more: what its own written form does not name is no number.
  return parsePhoneNumberFromString(parsed.number)?.number === parsed.number ? parsed.number : null;
}

/** Digits of a number without its country ("4155550137"), or null where `toE164` finds no number. */
export function nationalDigits(value: string, country: string | null): string | null {
  const number = toE164(value, country);
  return number === null ? null : (parsePhoneNumberFromString(number)?.nationalNumber ?? null);
}
