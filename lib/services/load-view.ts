import { type Contact, sameRef } from '../core/contact.ts';
import { isShown } from '../core/resource-settings.ts';
import { cleanText, normalizeEmail } from '../core/text.ts';
import type { Gap } from '../panel-state.ts';
import type { AteraTicket } from '../vendors/atera/schemas.ts';
import type { PersonRecord } from '../vendors/vendor.ts';
import type { Pair } from './accounts.ts';
import { claimsOf } from './claims.ts';
import {
  failPerson,
  type LinkedSide,
  type Load,
  type LoadInput,
  loadAteraSide,
  loadGhlSide,
  orGone,
  partOf,
  previewOf,
  section,
  settled,
  tagsOf,
  ticketsSection,
} from './load-parts.ts';
import { decide, lookUpGhl, matchView, searchGhl } from './matching.ts';
import { ateraByPhone } from './phone-search.ts';
import { expectError, GHL_SECTIONS, NO_PLANS, notFound, readySection, withheld } from './view-parts.ts';

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
  const customerOf = (customerId: number) =>
    isShown(load.resources, 'companies') ? settled(atera.readCustomer(String(customerId))) : null;
  const hintedCustomer = ticket?.CustomerID ? customerOf(ticket.CustomerID) : null;
  if (ticket?.CustomerID) ticketsSection(load, id, ticket.CustomerID);
  const side = link && { ref: link, reading: settled(loadGhlSide(load, link.id)) };
  const lookups = link ? null : settled(lookUpGhl(pair, hint.email, hint.phone));
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
  const customer = isHintRight ? hintedCustomer : customerId ? customerOf(customerId) : null;
  const gaps: Gap[] = [];
  const person = atera.describe({
    contact,
    customer: await partOf('customer', customer, gaps),
    values: await partOf('custom-values', values, gaps),
  });
  const ateraTags = await tagsOf(load, person, gaps);
  update({
    // The page of a ticket is called like the ticket, any other like its person.
    ...(ticket ? {} : { headline: { number: '', title: person.view.name } }),
    gaps,
    person: { status: 'ready', value: person.view },
    asOf: { atera: startedAt },
    ateraTags,
  });

  await meet(load, person, side, async () => {
    const found = (await lookups?.()) ?? [];
    // The requester's address may have changed since, or the ticket named none: ask by the contact's own.
    const email = cleanText(contact.Email);
    const isOther =
      email !== null && (hinted.email === null || normalizeEmail(email) !== normalizeEmail(hinted.email));
    const late = await lookUpGhl(
      pair,
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
  const side = link && { ref: link, reading: settled(loadAteraSide(load, link.id)) };
  await meet(load, person, side, async () => {
    const { email, phone } = person.contact.fields;
    const [byEmail, byPhone] = await Promise.all([
      email ? atera.findByEmail(email) : [],
      phone ? ateraByPhone(pair, phone, { part: 'quick' }) : null,
    ]);
    return [...byEmail, ...(byPhone?.people ?? [])];
  });
}

/** The slow search, only while nobody is certain: the number in every other way of writing it. */
async function searchAtera(pair: Pair, { fields: { phone } }: Contact): Promise<PersonRecord[]> {
  return phone ? (await ateraByPhone(pair, phone, { part: 'rest' })).people : [];
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
  linkedSide: LinkedSide | null,
  lookUp: () => Promise<PersonRecord[]>,
): Promise<void> {
  const { update, settle, pair } = load;
  const fromAtera = person.contact.ref.vendor === 'atera';
  const hidden = withheld(fromAtera ? GHL_SECTIONS : ['tickets']);
  try {
    const linked = await orGone(linkedSide, (gone) => load.dropLink(person.contact.ref, gone));
    const doubt = linked ? null : await load.readDoubt(person.contact.ref);
    const rejected = linked ? [] : await load.readRejected(person.contact.ref);
    const known = { linked: linked?.contact.ref ?? null, twins: doubt?.twins ?? [], rejected };
    let found = linked ? [linked] : [...(await lookUp()), ...(doubt?.rivals ?? [])];
    const claims = linked ? [] : await claimsOf(pair, load.readLink, person.contact.ref, found);
    let result = decide(pair, person.contact, found, { ...known, claims });
    if (result.status === 'none' || result.status === 'several') {
      const wider = await (fromAtera ? searchGhl(pair, person.contact) : searchAtera(pair, person.contact));
      const late = wider.filter((one) => !found.some(({ contact }) => sameRef(contact.ref, one.contact.ref)));
      claims.push(...(await claimsOf(pair, load.readLink, person.contact.ref, late)));
      found = [...found, ...wider];
      result = decide(pair, person.contact, found, { ...known, claims });
    }
    if (result.status === 'none' || result.status === 'several') {
      update({ match: matchView(result, found, rejected), rows: [], plans: NO_PLANS, sections: hidden });
      return;
    }
    const { ref, evidence } = result.candidate;
    const counterpart =
      linked ?? (fromAtera ? await loadGhlSide(load, ref.id) : await loadAteraSide(load, ref.id));
    const records = fromAtera ? { atera: person, ghl: counterpart } : { atera: counterpart, ghl: person };
    const compared = await settle(records, result.status);
    // Overtaken: what is shown by now is newer.
    if (compared)
      update({ ...compared, match: { status: result.status, evidence, counterpart: counterpart.view } });
    if (!fromAtera) {
      update({ asOf: { atera: load.now() } });
      ticketsSection(load, ref.id, null);
    }
  } catch (error) {
    update({
      match: { status: 'failed', error: expectError(error) },
      rows: [],
      plans: NO_PLANS,
      sections: hidden,
    });
  }
}
