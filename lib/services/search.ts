import { refKey, type Subject, type VendorName } from '../core/contact.ts';
import { toE164 } from '../core/phone.ts';
import { classifyQuery, mayBeId, type PersonQuery } from '../core/query.ts';
import { cleanText, digitsOf, searchText } from '../core/text.ts';
import { isAppError } from '../errors.ts';
import type { FoundPeople, PersonHit, VendorHits } from '../panel-state.ts';
import { subjectOf } from '../vendors/detect.ts';
import type { PersonRecord } from '../vendors/vendor.ts';
import type { Pair } from './accounts.ts';
import { ateraByPhone } from './phone-search.ts';
import { subjectOfRef } from './recents.ts';
import { expectError } from './view-parts.ts';

/** How many people of each vendor are shown. */
const HIT_LIMIT = 10;

/** Somebody found, with the record that was read. */
interface Hit extends PersonHit {
  record: PersonRecord;
}
type Found = { hits: Hit[]; more: boolean };
type Looked = Found | 'by-name' | 'by-id' | 'page' | 'no-requester';

/**
 * Looks for people in both vendors side by side; each reports for itself. Writes nothing. Most searches cost two calls per vendor; a
 * phone number in Atera one for each way of writing it, and a few pages; digits that may be an id as well three more.
 */
export async function searchPeople(pair: Pair, typed: string): Promise<FoundPeople> {
  const [atera, ghl] = await Promise.all([report(pair, 'atera', typed), report(pair, 'ghl', typed)]);
  return { atera, ghl };
}

/** People of one vendor alone, as records. */
export type RecordHits =
  | { status: 'ready'; records: PersonRecord[]; more: boolean }
  | Exclude<VendorHits, { status: 'ready' }>;

/** The same search in one vendor alone. */
export async function searchRecords(pair: Pair, vendor: VendorName, typed: string): Promise<RecordHits> {
  const found = await lookIn(pair, vendor, typed);
  if (!('hits' in found)) return found;
  return { status: 'ready', records: found.hits.map(({ record }) => record), more: found.more };
}

async function report(pair: Pair, vendor: VendorName, typed: string): Promise<VendorHits> {
  const found = await lookIn(pair, vendor, typed);
  if (!('hits' in found)) return found;
  return { status: 'ready', hits: found.hits.map(({ record: _record, ...hit }) => hit), more: found.more };
}

async function lookIn(
  pair: Pair,
  vendor: VendorName,
  typed: string,
): Promise<Found | Exclude<VendorHits, { status: 'ready' }>> {
  const query = classifyQuery(typed, pair.country);
  const subject = query.kind === 'url' ? subjectOf(query.url) : null;
  try {
    const found = await (vendor === 'atera'
      ? lookInAtera(pair, query, subject, typed)
      : lookInGhl(pair, query, subject));
    if (typeof found === 'string') return { status: 'not-possible', reason: found };
    const unique = found.hits.filter(
      (hit, index) =>
        found.hits.findIndex((other) => refKey(other.person.ref) === refKey(hit.person.ref)) === index,
    );
    return { hits: unique.slice(0, HIT_LIMIT), more: found.more || unique.length > HIT_LIMIT };
  } catch (error) {
    return { status: 'failed', error: expectError(error) };
  }
}

async function lookInAtera(
  pair: Pair,
  query: PersonQuery,
  subject: Subject | null,
  typed: string,
): Promise<Looked> {
  const { atera } = pair;
  const byPhone = async (e164: string | null, digits: string): Promise<Found> => {
    const { people, more } = await ateraByPhone(pair, e164 ?? digits, { typed });
    return { hits: hitsOf(people.filter((person) => hasPhone(person, e164, digits, pair.country))), more };
  };
  const byId = async (id: string): Promise<Hit[]> => {
    const [contact, ticket] = await Promise.all([
      orMissing(async () => hitsOf([await atera.readPerson(id, [])])),
      orMissing(async () => (await ticketHit(pair, id)) ?? []),
    ]);
    return [...ticket, ...contact];
  };
  switch (query.kind) {
    case 'empty':
      return all([]);
    case 'url':
      if (subject?.vendor !== 'atera' || subject.kind !== 'ticket') return 'page';
      return ticketHit(pair, subject.id).then((hits) => (hits ? all(hits) : 'no-requester'));
    case 'email':
      return all(hitsOf(await atera.findByEmail(query.email)));
    case 'phone':
      return byPhone(query.e164, query.digits);
    case 'number': {
      if (!query.e164) return all(await byId(query.id));
      if (!mayBeId(query.id)) return byPhone(query.e164, query.id);
      const [byNumber, byRecord] = await Promise.allSettled([byPhone(query.e164, query.id), byId(query.id)]);
      if (byNumber.status === 'rejected') throw byNumber.reason;
      if (byRecord.status === 'fulfilled')
        return { ...byNumber.value, hits: [...byRecord.value, ...byNumber.value.hits] };
      // Atera does not say how it answers an id that it never gave out, so that alone must not hide who has the number.
      if (byNumber.value.hits.length === 0) throw byRecord.reason;
      return byNumber.value;
    }
    case 'id':
      return 'by-id';
    case 'name':
      return 'by-name';
  }
}

async function lookInGhl(pair: Pair, query: PersonQuery, subject: Subject | null): Promise<Looked> {
  const { ghl, ghlAccount } = pair;
  const byPhone = async (e164: string | null, digits: string): Promise<Found> => {
    const number = e164 ?? digits;
    const found = (await Promise.all([ghl.findByPhone(number), ghl.searchPeople(number)])).flat();
    return all(hitsOf(found.filter((person) => hasPhone(person, e164, digits, pair.country))));
  };
  const byId = async (id: string): Promise<Found> =>
    all(await orMissing(async () => hitsOf([await ghl.readPerson(id)])));
  switch (query.kind) {
    case 'empty':
      return all([]);
    case 'url':
      if (subject?.vendor !== 'ghl' || subject.kind !== 'contact') return 'page';
      return subject.locationId === ghlAccount.id ? byId(subject.id) : 'page';
    case 'email':
      return all(hitsOf(await ghl.findByEmail(query.email)));
    case 'phone':
      return byPhone(query.e164, query.digits);
    case 'number':
      return query.e164 ? byPhone(query.e164, query.id) : 'by-id';
    case 'id':
      return byId(query.id);
    case 'name': {
      const words = searchText(query.name).split(' ');
      const found = await ghl.searchPeople(query.name);
      return all(hitsOf(found.filter((person) => words.every((word) => textOf(person).includes(word)))));
    }
  }
}

/** Nobody was left out. */
const all = (hits: Hit[]): Found => ({ hits, more: false });

const hitsOf = (people: readonly PersonRecord[]): Hit[] =>
  people.map((record) => ({
    subject: subjectOfRef(record.view.ref),
    person: record.view,
    title: null,
    record,
  }));

/** The requester of a ticket, shown with the ticket; null where it names none. */
async function ticketHit({ atera }: Pair, id: string): Promise<Hit[] | null> {
  const ticket = await atera.readTicket(id);
  if (!ticket.EndUserID) return null;
  const record = await atera.readPerson(String(ticket.EndUserID), []);
  const title = `${ticket.TicketNumber ?? ticket.TicketID} · ${cleanText(ticket.TicketTitle) ?? ''}`;
  return [{ subject: { vendor: 'atera', kind: 'ticket', id }, person: record.view, title, record }];
}

/** Nobody has this id: that is an answer, not a failure. */
async function orMissing(look: () => Promise<Hit[]>): Promise<Hit[]> {
  try {
    return await look();
  } catch (error) {
    if (isAppError(error) && error.code === 'not_found') return [];
    throw error;
  }
}

/** Whether somebody has this number. Only where one of the two cannot be read as a whole number do their last digits decide. */
function hasPhone(
  { contact: { fields } }: PersonRecord,
  e164: string | null,
  digits: string,
  country: string | null,
): boolean {
  return [fields.phone, fields.mobile].some((number) => {
    if (!number) return false;
    const own = toE164(number, country);
    return e164 !== null && own !== null ? own === e164 : digitsOf(number).endsWith(digits);
  });
}

const textOf = ({ contact, view }: PersonRecord): string =>
  searchText([contact.name, view.company ?? '', ...contact.emails].join(' '));
