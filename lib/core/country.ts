import { getCountries } from 'libphonenumber-js/min';
import { foldText } from './text.ts';

/** Names that `Intl` does not give but people type. */
const ALIASES: Record<string, string> = {
  usa: 'US',
  'u s': 'US',
  'u s a': 'US',
  america: 'US',
  uk: 'GB',
  'great britain': 'GB',
  england: 'GB',
  scotland: 'GB',
  wales: 'GB',
  holland: 'NL',
  'the netherlands': 'NL',
  turkey: 'TR',
  'czech republic': 'CZ',
  uae: 'AE',
};

let byName: Map<string, string> | null = null;

function names(): Map<string, string> {
  if (byName) return byName;
  const english = new Intl.DisplayNames(['en'], { type: 'region' });
  byName = new Map(getCountries().map((code) => [foldText(String(english.of(code))), code as string]));
  for (const [alias, code] of Object.entries(ALIASES)) byName.set(alias, code);
  return byName;
}

/** ISO 3166 alpha-2 code of a country written as a code or an English name; null when it is neither. */
export function toCountryCode(value: string): string | null {
  const text = value.trim();
  if (/^[a-z]{2}$/iu.test(text) && (getCountries() as string[]).includes(text.toUpperCase()))
    return text.toUpperCase();
  return names().get(foldText(text)) ?? null;
}
