const CALLING_CODES: Record<string, string> = {
  US: '1',
  CA: '1',
  GB: '44',
  IE: '353',
  DE: '49',
  FR: '33',
  NL: '31',
  ES: '34',
  IT: '39',
  GR: '30',
  IL: '972',
  EG: '20',
  JP: '81',
  AU: '61',
  NZ: '64',
  IN: '91',
};

/** Digits only, for comparing numbers however they are written. */
export const digitsOf = (text: string): string => text.replace(/\D/g, '');

/** E.164 as GHL stores it: a number without country code gets the location's. */
export function normalizePhone(text: string, country: string): string {
  const main = text.split(/\s*(?:ext\.?|x|#)\s*\d*$/i)[0]?.trim() ?? '';
  const digits = digitsOf(main);
  if (!digits) return '';
  if (main.startsWith('+')) return `+${digits}`;
  if (digits.startsWith('00')) return `+${digits.slice(2)}`;
  const code = CALLING_CODES[country] ?? '1';
  if (code === '1') return digits.length === 10 ? `+1${digits}` : `+${digits}`;
  return `+${code}${digits.replace(/^0/, '')}`;
}
