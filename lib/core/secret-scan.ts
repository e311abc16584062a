/** Finds what should not be copied into another system without a second look. Finds too much rather than too little. */

export type SecretKind = 'password' | 'key' | 'card';

/** Words for a password in the languages that our agents write in. */
const WORD =
  '(?<!\\p{L})(?:password|passwd|passcode|passphrase|pwd|pw|pin|passwort|kennwort|mot de passe|contraseña|senha|wachtwoord|lösenord|пароль)(?!\\p{L})';

/** The word with something after it: anything after a sign, and without one only what no sentence would say. */
const PASSWORDS: readonly RegExp[] = [
  new RegExp(`${WORD}\\s{0,9}(?:(?:is|ist|est|es)\\s|:|=|->|→)\\s{0,9}\\S{3}`, 'iu'),
  new RegExp(`${WORD}\\s{1,9}(?=\\S{0,40}\\d)\\S{4}`, 'iu'),
];

const KEYS: readonly RegExp[] = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/u,
  /\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]*/u,
  /\b(?:sk|pk|rk)[-_](?:live|test|proj)?[-_]?[A-Za-z0-9]{16,}/u,
  /\b(?:ghp|gho|ghs|github_pat|glpat|xox[abp]|pit)[-_][\w-]{16,}/u,
  /\bAKIA[0-9A-Z]{16}\b/u,
  /\bAIza[\w-]{30,}/u,
  /\b(?:api|access|secret|client)[ _-]?(?:key|token|secret)\b\s*[:=]?\s*[\w+/=-]{12,}/iu,
  /\bbearer\s+[\w.~+/-]{20,}/iu,
];

/** Digits in the groups in which cards are written; whether it is one, the check digit says. */
const CARD = /(?<![\d.+])(?:\d[ -]?){12,18}\d(?![\d.])/gu;

export function secretsIn(text: string): SecretKind[] {
  const found: SecretKind[] = [];
  if (PASSWORDS.some((pattern) => pattern.test(text))) found.push('password');
  if (KEYS.some((pattern) => pattern.test(text))) found.push('key');
  if ([...text.matchAll(CARD)].some(([digits]) => isCardNumber(digits))) found.push('card');
  return found;
}

function isCardNumber(written: string): boolean {
  const digits = written.replace(/\D/gu, '');
  // One digit over and over passes the check and is no card.
  if (digits.length < 13 || digits.length > 19 || /^(\d)\1+$/u.test(digits)) return false;
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}
