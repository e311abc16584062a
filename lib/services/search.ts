import { refKey, type Subject } from '../core/contact.ts';
import { toE164 } from '../core/phone.ts';
import { classifyQuery, type PersonQuery } from '../core/query.ts';
import { cleanText, digitsOf, searchText } from '../core/text.ts';
import { AppError, isAppError } from '../errors.ts';
import type { FoundPeople, PersonHit, VendorHits } from '../panel-state.ts';
import { subjectOf } from '../vendors/detect.ts';
import type { PersonRecord } from '../vendors/vendor.ts';
import type { Pair } from './accounts.ts';
import { subjectOfRef } from './recents.ts';
import { expectError } from './view-parts.ts';

/** How many people of each vendor are shown. */
const HIT_LIMIT = 10;

type Looked = PersonHit[] | 'by-name' | 'by-id' | 'page';

/**
 * Looks for people in both vendors side by side; each reports for itself. Writes nothing. At most two calls per vendor; a search of
 * Atera by e-mail follows its pages, and a ticket costs one call more.
 */
export async function searchPeople(pair: Pair, typed: string): Promise<FoundPeople> {
  const query = classifyQuery(typed, pair.country);
  const subject = query.kind === 'url' ? subjectOf(query.url) : null;
  const [atera, ghl] = await Promise.all([
    report(() => lookInAtera(pair, query, subject, typed)),
    report(() => lookInGhl(pair, query, subject)),
  ]);
  return { atera, ghl };
}

async function report(look: () => Promise<Looked>): Promise<VendorHits> {
  try {
    const found = await look();
    if (typeof found === 'string') return { status: 'not-possible', reason: found };
    const unique = found.filter(
      (hit, index) =>
        found.findIndex((other) => refKey(other.person.ref) === refKey(hit.person.ref)) === index,
    );
    return { status: 'ready', hits: unique.slice(0, HIT_LIMIT), more: unique.length > HIT_LIMIT };
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
  const byPhone = async (e164: string | null, digits: string): Promise<PersonHit[]> => {
    // The filter looks for a part of the number as it is stored: as typed, and by the end that every way of writing shares.
    const asked = [...new Set([cleanText(typed) ?? digits, digits.slice(-7)])];
    const found = (await Promise.all(asked.map((value) => atera.findByPhone(value)))).flat();
    return hits(found.filter((person) => hasPhone(person, e164, digits, pair.country)));
  };
  switch (query.kind) {
    case 'empty':
      return [];
    case 'url':
      if (subject?.vendor !== 'atera' || subject.kind !== 'ticket') return 'page';
      return ticketHit(pair, subject.id);
    case 'email':
      return hits(await atera.findByEmail(query.email));
    case 'phone':
      return byPhone(query.e164, query.digits);
    case 'number': {
      // A number that can be dialled is one: no vendor's ids look like it.
      if (query.e164) return byPhone(query.e164, query.id);
      const [contact, ticket] = await Promise.all([
        orMissing(async () => hits([await atera.readPerson(query.id, [])])),
        orMissing(() => ticketHit(pair, query.id)),
      ]);
      return [...ticket, ...contact];
    }
    case 'id':
      return 'by-id';
    case 'name':
      return 'by-name';
  }
}

async function lookInGhl(pair: Pair, query: PersonQuery, subject: Subject | null): Promise<Looked> {
  const { ghl, ghlAccount } = pair;
  const byPhone = async (e164: string | null, digits: string): Promise<PersonHit[]> => {
    const number = e164 ?? digits;
    const found = (await Promise.all([ghl.findByPhone(number), ghl.searchPeople(number)])).flat();
    return hits(found.filter((person) => hasPhone(person, e164, digits, pair.country)));
  };
  const byId = (id: string): Promise<PersonHit[]> => orMissing(async () => hits([await ghl.readPerson(id)]));
  switch (query.kind) {
    case 'empty':
      return [];
    case 'url':
      if (subject?.vendor !== 'ghl' || subject.kind !== 'contact') return 'page';
      return subject.locationId === ghlAccount.id ? byId(subject.id) : 'page';
    case 'email':
      return hits(await ghl.findByEmail(query.email));
    case 'phone':
      return byPhone(query.e164, query.digits);
    case 'number':
      return query.e164 ? byPhone(query.e164, query.id) : 'by-id';
    case 'id':
      return byId(query.id);
    case 'name': {
      const words = searchText(query.name).split(' ');
      const found = await ghl.searchPeople(query.name);
      return hits(found.filter((person) => words.every((word) => textOf(person).includes(word))));
    }
  }
}

const hits = (people: readonly PersonRecord[]): PersonHit[] =>
  people.map(({ view }) => ({ subject: subjectOfRef(view.ref), person: view, title: null }));

/** The requester of a ticket, shown with the ticket. */
async function ticketHit({ atera }: Pair, id: string): Promise<PersonHit[]> {
  const ticket = await atera.readTicket(id);
  if (!ticket.EndUserID) throw new AppError('not_found', { vendor: 'atera', input: 'requester' });
  const { view } = await atera.readPerson(String(ticket.EndUserID), []);
  const title = `${ticket.TicketNumber ?? ticket.TicketID} · ${cleanText(ticket.TicketTitle) ?? ''}`;
  return [{ subject: { vendor: 'atera', kind: 'ticket', id }, person: view, title }];
}

/** Nobody has this id: that is an answer, not a failure. */
async function orMissing(look: () => Promise<PersonHit[]>): Promise<PersonHit[]> {
  try {
    return await look();
  } catch (error) {
    if (isAppError(error) && error.code === 'not_found') return [];
    throw error;
  }
}

function hasPhone(
  { contact: { fields } }: PersonRecord,
  e164: string | null,
  digits: string,
  country: string | null,
): boolean {
  return [fields.phone, fields.mobile].some((number) => {
    if (!number) return false;
    const isSame = e164 !== null && toE164(number, country) === e164;
    return isSame || digitsOf(number).endsWith(digits);
  });
}

const textOf = ({ contact, view }: PersonRecord): string =>
  searchText([contact.name, view.company ?? '', ...contact.emails].join(' '));
