import { type Contact, type Ref, type Subject, sameRef } from '../core/contact.ts';
import { type Claim, type Match, match } from '../core/match.ts';
import { nationalDigits, toE164 } from '../core/phone.ts';
import { cleanText, normalizeEmail } from '../core/text.ts';
import type { ErrorView } from '../errors.ts';
import type { Gap, MatchView, PersonView, RelatedItem, SectionName } from '../panel-state.ts';
import type { AteraTicket } from '../vendors/atera/schemas.ts';
import type { PersonRecord } from '../vendors/vendor.ts';
import type { Pair } from './accounts.ts';
import { claimsOf } from './claims.ts';
import { expectError, GHL_SECTIONS, notFound, readySection, type ViewPatch, withheld } from './view-parts.ts';

/** Both records, once it is certain that they are one person. */
export interface Records {
  atera: PersonRecord;
  ghl: PersonRecord;
}

export interface LoadInput {
  pair: Pair;
  subject: Subject;
  /** Counterpart stored for this record, if any. */
  readLink: (ref: Ref) => Promise<Ref | null>;
  /** Who else is known to have this person's address. */
  readDoubt: (ref: Ref) => Promise<{ twins: Contact[]; rivals: PersonRecord[] } | null>;
  /** Who was said to be somebody else than this person. */
  readRejected: (ref: Ref) => Promise<Ref[]>;
  /** The linked counterpart does not exist any more. */
  dropLink: (ref: Ref) => Promise<void>;
  now: () => number;
  /** Shows what has arrived; called many times. */
  update: (patch: ViewPatch) => void;
  /** Called when both records are here and the match is certain: compares them, and says what that adds to the view. */
  settle: (records: Records, certainty: 'linked' | 'one') => Promise<ViewPatch>;
}

interface Load extends LoadInput {
  /** Parts that go on by themselves; the load is over when they are. */
  pending: Promise<void>[];
}

/**
 * Reads one person from both vendors in as few steps as the ids allow (a step = calls that run side by side). What a vendor refuses
 * is shown in its place, and everything else is shown all the same.
 */
export async function loadView(input: LoadInput): Promise<void> {
  const load: Load = { ...input, pending: [] };
  try {
    if (load.subject.kind === 'ticket') await loadTicket(load);
    else if (load.subject.vendor === 'ghl') await loadGhlContact(load);
    else await loadAteraContact(load, load.subject.id, null);
  } catch (error) {
    failPerson(load, expectError(error));
  }
  await Promise.all(load.pending);
}

/** Step 1: ticket ∥ comments. */
async function loadTicket(load: Load): Promise<void> {
  const { pair, subject, update } = load;
  section(load, 'comments', async () => ({ items: await pair.atera.readComments(subject.id) }));
  const ticket = await pair.atera.readTicket(subject.id);
  update({
    headline: {
      number: String(ticket.TicketNumber ?? ticket.TicketID),
      title: cleanText(ticket.TicketTitle) ?? '',
    },
  });
  if (!ticket.EndUserID) throw notFound('requester');
  update({ person: { status: 'ready', value: previewOf(ticket, pair.ateraAccount.id) } });
  await loadAteraContact(load, String(ticket.EndUserID), ticket);
}

/** Step 2: contact ∥ values ∥ customer ∥ tickets ∥ lookups in GHL (or, with a stored link, the GHL contact at once). */
async function loadAteraContact(load: Load, id: string, ticket: AteraTicket | null): Promise<void> {
  const { pair, update, now, readLink } = load;
  const { atera } = pair;
  const startedAt = now();
  const link = await readLink({ vendor: 'atera', accountId: pair.ateraAccount.id, kind: 'contact', id });
  const hint = { email: cleanText(ticket?.EndUserEmail), phone: cleanText(ticket?.EndUserPhone) };

  const values = settled(atera.readValues(id));
  const customerOf = (customerId: number) => settled(atera.readCustomer(String(customerId)));
  const hintedCustomer = ticket?.CustomerID ? customerOf(ticket.CustomerID) : null;
  if (ticket?.CustomerID) ticketsSection(load, id, ticket.CustomerID);
  const side = link ? settled(loadGhlSide(load, link.id)) : null;
  const lookups = link ? null : settled(lookUpGhl(load, hint.email, hint.phone));
  // A link whose other side is gone is looked up like any stranger.
  const hinted = link ? { email: null, phone: null } : hint;

  const contact = await atera.readContact(id);
  const customerId = contact.CustomerID;
  if (!ticket?.CustomerID) {
    if (customerId) ticketsSection(load, id, customerId);
    else update({ sections: { tickets: readySection([]) } });
  }
  // A ticket keeps the customer it was written for; the contact may have moved since.
  const isHintRight = hintedCustomer !== null && ticket?.CustomerID === customerId;
  const customer = isHintRight
    ? hintedCustomer
    : customerId
      ? settled(atera.readCustomer(String(customerId)))
      : null;
  const gaps: Gap[] = [];
  const person = atera.describe({
    contact,
    customer: await partOf('customer', customer, gaps),
    values: await partOf('custom-values', values, gaps),
  });
  update({ gaps, person: { status: 'ready', value: person.view }, asOf: { atera: startedAt } });

  await meet(load, person, side, async () => {
    const found = (await lookups?.()) ?? [];
    // The requester's address may have changed since, or the ticket named none: ask by the contact's own.
    const email = cleanText(contact.Email);
    const isOther =
      email !== null && (hinted.email === null || normalizeEmail(email) !== normalizeEmail(hinted.email));
    const late = await lookUpGhl(
      load,
      isOther ? email : null,
      hinted.phone ? null : (cleanText(contact.Phone) ?? cleanText(contact.MobilePhone)),
    );
    return [...found, ...late];
  });
}

/** GHL page. A conversation first leads to its contact. 1: everything of the contact. 2: lookups in Atera. 3: the rest of the person found. */
async function loadGhlContact(load: Load): Promise<void> {
  const { pair, update, readLink } = load;
  const { atera } = pair;
  update({ sections: { comments: readySection([]) } });
  const id = await contactIdOf(load);
  const person = await loadGhlSide(load, id);
  update({
    headline: { number: '', title: person.view.name },
    person: { status: 'ready', value: person.view },
  });
  const link = await readLink(person.contact.ref);
  const side = link ? settled(atera.readPerson(link.id)) : null;
  await meet(load, person, side, async () => {
    const { email, phone } = person.contact.fields;
    // Atera compares numbers as text: one that was typed without its country is found by its own digits alone.
    const national = phone ? nationalDigits(phone, pair.country) : null;
    const found = await Promise.all([
      email ? atera.findByEmail(email) : [],
      phone ? atera.findByPhone(phone) : [],
      national && national !== phone ? atera.findByPhone(national) : [],
    ]);
    return found.flat();
  });
}

/** The contact that a GHL page is about. Without one there is nobody whose sections could be read. */
async function contactIdOf({ pair, subject, update }: Load): Promise<string> {
  if (subject.kind !== 'conversation') return subject.id;
  try {
    return await pair.ghl.readConversation(subject.id);
  } catch (error) {
    update({ sections: withheld(GHL_SECTIONS) });
    throw error;
  }
}

/** Decides who the counterpart is. Step 3: reads it whole, when that is certain; else searches wider and offers who was found. */
async function meet(
  load: Load,
  person: PersonRecord,
  linkedSide: Settled<PersonRecord> | null,
  lookUp: () => Promise<PersonRecord[]>,
): Promise<void> {
  const { update, settle, pair } = load;
  const fromAtera = person.contact.ref.vendor === 'atera';
  const hidden = withheld(fromAtera ? GHL_SECTIONS : ['tickets']);
  try {
    const linked = await orGone(linkedSide, () => load.dropLink(person.contact.ref));
    const doubt = linked ? null : await load.readDoubt(person.contact.ref);
    const rejected = linked ? [] : await load.readRejected(person.contact.ref);
    const known = { linked: linked?.contact.ref ?? null, twins: doubt?.twins ?? [], rejected };
    let found = linked ? [linked] : [...(await lookUp()), ...(doubt?.rivals ?? [])];
    const claims = linked ? [] : await claimsOf(pair, load.readLink, person.contact.ref, found);
    let result = decide(pair, person.contact, found, { ...known, claims });
    if (fromAtera && (result.status === 'none' || result.status === 'several')) {
      const wider = await searchGhl(load, person.contact);
      const late = wider.filter((one) => !found.some(({ contact }) => sameRef(contact.ref, one.contact.ref)));
      claims.push(...(await claimsOf(pair, load.readLink, person.contact.ref, late)));
      found = [...found, ...wider];
      result = decide(pair, person.contact, found, { ...known, claims });
    }
    if (result.status === 'none' || result.status === 'several') {
      update({ match: matchView(result, found, rejected), rows: [], planId: null, sections: hidden });
      return;
    }
    const { ref, evidence } = result.candidate;
    const counterpart =
      linked ?? (fromAtera ? await loadGhlSide(load, ref.id) : await pair.atera.readPerson(ref.id));
    const records = fromAtera ? { atera: person, ghl: counterpart } : { atera: counterpart, ghl: person };
    const compared = await settle(records, result.status);
    update({ ...compared, match: { status: result.status, evidence, counterpart: counterpart.view } });
    if (!fromAtera) {
      update({ asOf: { atera: load.now() } });
      ticketsSection(load, ref.id, null);
    }
  } catch (error) {
    update({
      match: { status: 'failed', error: expectError(error) },
      rows: [],
      planId: null,
      sections: hidden,
    });
  }
}

/** Applies the one rule of who is who. */
export const decide = (
  { country }: Pair,
  subject: Contact,
  found: readonly PersonRecord[],
  {
    linked = null,
    twins = [],
    rejected = [],
    claims = [],
  }: {
    linked?: Ref | null;
    twins?: readonly Contact[];
    rejected?: readonly Ref[];
    claims?: readonly Claim[];
  },
): Match =>
  match({
    subject,
    candidates: found.map(({ contact }) => contact),
    linked,
    twins,
    rejected,
    claims,
    toE164: (value) => toE164(value, country),
  });

/** What is shown of a match that is not certain. */
export function matchView(
  result: Match,
  found: readonly PersonRecord[],
  { length }: readonly Ref[],
): MatchView {
  if (result.status !== 'several') return { status: 'none', rejected: length };
  return {
    status: 'several',
    rejected: length,
    candidates: result.candidates.flatMap((candidate) => {
      const person = found.find(({ contact }) => contact.ref.id === candidate.ref.id);
      return person ? [{ ...candidate, person: person.view }] : [];
    }),
  };
}

/** The quick lookups: GHL's own duplicate rule, by e-mail and by phone side by side. */
async function lookUpGhl(
  { pair }: Load,
  email: string | null,
  phone: string | null,
): Promise<PersonRecord[]> {
  const { ghl } = pair;
  const byEmail = async (): Promise<PersonRecord[]> => {
    if (!email) return [];
    // Where two contacts may share an address, one hit proves nothing: ask for all of them.
    if (pair.allowsDuplicates !== false) return ghl.findByEmail(email);
    const hit = await ghl.findDuplicate({ email });
    return hit ? [hit] : [];
  };
  const byPhone = phone ? ghl.findByPhone(toE164(phone, pair.country) ?? phone) : [];
  return (await Promise.all([byEmail(), byPhone])).flat();
}

/** The slow search, only while nobody is certain: by name, and by number however it is written. */
async function searchGhl({ pair }: Load, { name, emails, fields }: Contact): Promise<PersonRecord[]> {
  const phone = fields.phone ?? fields.mobile;
  const searches = [
    emails.includes(name.toLowerCase()) ? [] : pair.ghl.searchPeople(name),
    phone ? pair.ghl.searchPeople(toE164(phone, pair.country) ?? phone) : [],
  ];
  return (await Promise.all(searches)).flat();
}

/** Contact ∥ tasks ∥ notes ∥ appointments. Rejects when the contact cannot be read; the sections go on by themselves. */
async function loadGhlSide(load: Load, id: string): Promise<PersonRecord> {
  const { ghl } = load.pair;
  const startedAt = load.now();
  section(load, 'tasks', async () => ({ items: await ghl.readTasks(id) }));
  section(load, 'notes', async () => ({ items: await ghl.readNotes(id) }));
  section(load, 'appointments', async () => ({ items: await ghl.readAppointments(id) }));
  const { person, tags } = await ghl.readContact(id);
  load.update({ asOf: { ghl: startedAt }, sections: { tags: readySection(tags) } });
  return person;
}

/** Reads one section beside the rest; a failure is shown in its place only. */
function section(
  { update, pending }: Load,
  name: SectionName,
  read: () => Promise<{ items: RelatedItem[]; window?: { seen: number; total: number } }>,
): void {
  pending.push(
    read().then(
      ({ items, window }) => update({ sections: { [name]: readySection(items, window ?? null) } }),
      (error: unknown) => update({ sections: { [name]: { status: 'failed', error: expectError(error) } } }),
    ),
  );
}

function ticketsSection(load: Load, personId: string, customerId: number | null): void {
  const { atera } = load.pair;
  section(load, 'tickets', async () => {
    const customer = customerId ?? (await atera.readContact(personId)).CustomerID;
    if (!customer) return { items: [] };
    const { items, seen, total } = await atera.readTicketsOf(personId, String(customer));
    return { items, window: { seen, total } };
  });
}

function failPerson({ update, subject }: Load, error: ErrorView): void {
  const hidden = withheld(subject.vendor === 'atera' ? ['tickets', ...GHL_SECTIONS] : ['tickets', 'tags']);
  update({
    person: { status: 'failed', error },
    match: { status: 'failed', error },
    rows: [],
    planId: null,
    sections: hidden,
  });
}

/** What the ticket itself says of its requester: shown until the contact is here. */
function previewOf(ticket: AteraTicket, accountId: string): PersonView {
  const email = cleanText(ticket.EndUserEmail);
  return {
    ref: { vendor: 'atera', accountId, kind: 'contact', id: String(ticket.EndUserID) },
    name:
      cleanText(`${ticket.EndUserFirstName ?? ''} ${ticket.EndUserLastName ?? ''}`) ??
      email ??
      String(ticket.EndUserID),
    email,
    phone: cleanText(ticket.EndUserPhone),
    jobTitle: null,
    company: cleanText(ticket.CustomerName),
    archived: false,
    url: null,
    optOuts: [],
  };
}

/** Started now, asked for later: until then a failure waits instead of counting as unhandled. */
type Settled<T> = () => Promise<T>;

function settled<T>(promise: Promise<T>): Settled<T> {
  promise.catch(() => undefined);
  return () => promise;
}

/** A part that completes the person. When it cannot be read, the gap is named and the person is shown without it. */
async function partOf<T>(part: Gap['part'], reading: Settled<T> | null, gaps: Gap[]): Promise<T | null> {
  try {
    return (await reading?.()) ?? null;
  } catch (error) {
    gaps.push({ part, error: expectError(error) });
    return null;
  }
}

/** The linked counterpart, or null when there is none any more: then the link goes too. */
async function orGone(
  side: Settled<PersonRecord> | null,
  dropLink: () => Promise<void>,
): Promise<PersonRecord | null> {
  try {
    return (await side?.()) ?? null;
  } catch (error) {
    if (expectError(error).code !== 'not_found') throw error;
    await dropLink();
    return null;
  }
}
