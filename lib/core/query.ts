import { toE164 } from './phone.ts';
import { cleanText, digitsOf, normalizeEmail } from './text.ts';

/** What somebody typed to find a person. `number`: plain digits, which may be a record's id as well as a phone number. */
export type PersonQuery =
  | { kind: 'empty' }
  | { kind: 'url'; url: string }
  | { kind: 'email'; email: string }
  /** `e164` is null where the country is unknown. */
  | { kind: 'phone'; e164: string | null; digits: string }
  | { kind: 'number'; id: string; e164: string | null }
  | { kind: 'id'; id: string }
  | { kind: 'name'; name: string };

/** More than this is no name, and no vendor takes it. */
const MAX_NAME = 75;
const EMAIL = /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/u;
const PHONE = /^\+?[\d\s()./-]+$/u;

/** Ids that Atera has been seen to hand out are whole numbers of 32 bits: a longer number is only ever a phone number. */
const MAX_ID = 2_147_483_647;

/** Whether digits that can be dialled may be the id of a record as well. */
export const mayBeId = (digits: string): boolean => Number(digits) <= MAX_ID;

/** Says what kind of search this is, never fails. `country`: ISO alpha-2 code that local phone numbers belong to, or null. */
export function classifyQuery(typed: string, country: string | null): PersonQuery {
  const text = (cleanText(typed) ?? '').replace(/^(?:mailto|tel):\s*/iu, '');
  if (text === '') return { kind: 'empty' };
  if (/^https?:\/\//iu.test(text)) return { kind: 'url', url: text };
  const address = /<([^<>]*)>$/u.exec(text)?.[1]?.trim() ?? text;
  if (EMAIL.test(address)) return { kind: 'email', email: normalizeEmail(address) };
  const plain = text.normalize('NFKC');
  if (/^[1-9]\d{0,15}$/u.test(plain)) return { kind: 'number', id: plain, e164: toE164(plain, country) };
  const digits = digitsOf(plain);
  if (PHONE.test(plain) && digits.length >= 5 && digits.length <= 15) {
    return { kind: 'phone', e164: toE164(plain, country), digits };
  }
  // A long name is letters alone, with no capital inside.
  if (/^[A-Za-z0-9]{18,26}$/u.test(text) && /\d|.[A-Z]/u.test(text)) return { kind: 'id', id: text };
  return { kind: 'name', name: [...text].slice(0, MAX_NAME).join('').trim() };
}
