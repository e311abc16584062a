import { writtenForms } from '../core/phone.ts';
import { cleanText } from '../core/text.ts';
import type { PersonRecord } from '../vendors/vendor.ts';
import type { Pair } from './accounts.ts';

/** How far the broadest search of a phone number is followed. */
const PHONE_PAGES = 3;

/**
 * People of Atera who may have this number, here also as it was `typed`; the caller compares. The filter looks for a part of the number,
 * perhaps as it is stored: every way of writing it is asked for. Only its end, which finds most, is followed over pages. `more`: there
 * were further ones. `part`: the `quick` half is the number in full and its bare digits, `rest` is what that leaves out.
 */
export async function ateraByPhone(
  { atera, country }: Pair,
  number: string,
  {
    typed = number,
    pages = PHONE_PAGES,
    part = 'all',
  }: { typed?: string; pages?: number; part?: 'all' | 'quick' | 'rest' } = {},
): Promise<{ people: PersonRecord[]; more: boolean }> {
  const forms = writtenForms(number, country);
  const tail = forms.at(-1);
  if (tail === undefined) return { people: [], more: false };
  const asked = [...new Set([cleanText(typed) ?? tail, ...forms])];
  const quick = [asked[0], forms.at(-2)];
  const wanted = asked.filter((form) => part === 'all' || quick.includes(form) === (part === 'quick'));
  const found = await Promise.all(wanted.map((form) => atera.searchByPhone(form, form === tail ? pages : 1)));
  return {
    people: found.flatMap(({ people }) => people),
    more: found.some(({ more }) => more),
  };
}
