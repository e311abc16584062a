import { type Contact, type FieldName, isCompany, refKey, type VendorName } from '../core/contact.ts';
import { verifyCreation } from '../core/creation.ts';
import { isRoleMailbox, phonesOf } from '../core/match.ts';
import { toE164 } from '../core/phone.ts';
import { digitsOf, normalizeEmail } from '../core/text.ts';
import { AppError } from '../errors.ts';
import type { PersonRecord } from '../vendors/vendor.ts';
import type { Pair } from './accounts.ts';
import type { StoredCreation } from './areas.ts';
import { ateraByPhone } from './phone-search.ts';
import { recordsOf } from './records.ts';

const namesIn = (values: StoredCreation['values']): string[] =>
  values.filter(({ field }) => field === 'company').map(({ value }) => value);

/** By what somebody could be there already. */
export interface Reach {
  emails: string[];
  phones: string[];
  /** Exact names, for a company: it has nothing else of its own. */
  companies?: string[];
}

/** More addresses than this are not asked for: a person has a few. */
const MAX_EMAILS = 5;
/** How far the vendor's clock may be behind ours. Atera does not say in which zone it writes times without one. */
const TOLERANCE_MS: Record<VendorName, number> = { atera: 86_400_000, ghl: 600_000 };

/** What to look for before somebody is created: every address of the viewed person, and the numbers that would be written. */
export function reachOf(source: Contact, values: StoredCreation['values']): Reach {
  if (isCompany(source.ref))
    return { emails: [], phones: [], companies: [...new Set([source.name, ...namesIn(values)])] };
  const written = (transform: string): string[] =>
    values.filter((value) => value.transform === transform).map(({ value }) => value);
  const emails = [...source.emails, ...written('email')].map(normalizeEmail);
  return { emails: [...new Set(emails)].slice(0, MAX_EMAILS), phones: [...new Set(written('phone'))] };
}

/**
 * Everyone with one of these addresses or numbers, however the vendor searches: compared exactly on our side. Fails when one of
 * the searches fails: half a search says nothing of who is not there.
 */
export async function peopleLike(pair: Pair, vendor: VendorName, reach: Reach): Promise<PersonRecord[]> {
  if (reach.companies) {
    const named = await Promise.all(reach.companies.map((name) => pair[vendor].companies.findByName(name)));
    return [...new Map(named.flat().map((one) => [refKey(one.contact.ref), one])).values()];
  }
  const searches = [
    ...reach.emails.map((email) => pair[vendor].findByEmail(email)),
    ...reach.phones.map((phone) => byPhone(pair, vendor, phone)),
  ];
  const found = (await Promise.all(searches)).flat();
  const toNumber = (value: string): string | null => toE164(value, pair.country);
  const numbers = new Set(reach.phones.map((phone) => toNumber(phone) ?? digitsOf(phone)));
  const isLike = ({ contact }: PersonRecord): boolean =>
    contact.emails.some((email) => reach.emails.includes(normalizeEmail(email))) ||
    [...phonesOf(contact, toNumber)].some((phone) => numbers.has(phone));
  const alike = found.filter(isLike);
  return [...new Map(alike.map((person) => [refKey(person.contact.ref), person])).values()];
}

/** How far the end of a number is followed in Atera: what decides whether somebody is created must not depend on where a page ends. */
const MAX_PAGES = 10;

async function byPhone(pair: Pair, vendor: VendorName, phone: string): Promise<PersonRecord[]> {
  // GHL's own duplicate rule, and its search, which finds all of them but lags.
  if (vendor === 'ghl')
    return (await Promise.all([pair.ghl.findByPhone(phone), pair.ghl.searchPeople(phone)])).flat();
  const { people, more } = await ateraByPhone(pair, phone, { pages: MAX_PAGES });
  // The filter was ignored, or hundreds have these digits: who is not among them may be there all the same.
  if (more) throw new AppError('invalid_response', { vendor, operation: 'listContacts' });
  return people;
}

/** More than these are not read one by one: none of them is taken for the result then. */
const MAX_READ = 10;

/** Who has the address or number that was sent, and may have come by this creation. `own`: those who hold everything that was sent. */
export async function resultsOf(
  pair: Pair,
  row: StoredCreation,
): Promise<{ own: PersonRecord[]; people: PersonRecord[] }> {
  const sent = (transform: string): string[] =>
    row.values.filter((value) => value.transform === transform).map(({ value }) => value);
  const emails = sent('email').map(normalizeEmail);
  const reach = isCompany(row.source)
    ? { emails: [], phones: [], companies: namesIn(row.values) }
    : { emails, phones: emails.length > 0 ? [] : sent('phone') };
  const people = (await peopleLike(pair, row.vendor, reach)).filter((person) => isNew(row, person));
  if (!isTelling(row) || people.length > MAX_READ) return { own: [], people };
  // A search shows less of a record than a read.
  const keys = row.values.map(({ key }) => key);
  const read = await Promise.all(
    people.map(({ contact }) => recordsOf(pair, contact.ref).readPerson(contact.ref.id, keys)),
  );
  const isWhole = ({ fields }: PersonRecord): boolean =>
    verifyCreation(row.values, fields, pair).every(({ stored }) => stored);
  return { own: read.filter((person) => isNew(row, person) && isWhole(person)), people };
}

/** Whether the record that the vendor named can be the new one: not an older one, and reached by what was sent. */
export function isNamedResult({ country }: Pair, row: StoredCreation, person: PersonRecord): boolean {
  const reach = row.values.filter(({ field, transform }) =>
    isCompany(row.source) ? field === 'company' : transform === 'email' || transform === 'phone',
  );
  return isNew(row, person) && verifyCreation(reach, person.fields, { country }).some(({ stored }) => stored);
}

/** Was not there before, is not older than the request, and is of the company that was asked for. */
function isNew(row: StoredCreation, { contact, createdAt, view }: PersonRecord): boolean {
  const isOld = typeof createdAt === 'number' && createdAt < row.startedAt - TOLERANCE_MS[row.vendor];
  const isElsewhere = row.customerId !== null && (view.companyId ?? row.customerId) !== row.customerId;
  return !isOld && !isElsewhere && !row.before.includes(contact.ref.id);
}

/** A number or a shared mailbox is many people's: whoever has it is told apart by both names alone. */
function isTelling({ source, values }: StoredCreation): boolean {
  if (isCompany(source)) return true;
  const has = (field: FieldName): boolean => values.some((value) => value.field === field);
  const isPersonal = values.some(({ transform, value }) => transform === 'email' && !isRoleMailbox(value));
  return isPersonal || (has('firstName') && has('lastName'));
}
