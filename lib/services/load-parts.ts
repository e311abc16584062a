import type { Contact, Ref, Subject } from '../core/contact.ts';
import { isShown, type ResourceSetting } from '../core/resource-settings.ts';
import { cleanText } from '../core/text.ts';
import type { ErrorView } from '../errors.ts';
import type { AteraTags, Gap, PersonView, RelatedItem, SectionName } from '../panel-state.ts';
import type { AteraTicket } from '../vendors/atera/schemas.ts';
import type { PersonRecord } from '../vendors/vendor.ts';
import type { Pair } from './accounts.ts';
import { expectError, GHL_SECTIONS, NO_PLANS, readySection, type ViewPatch, withheld } from './view-parts.ts';

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
  /** This linked counterpart does not exist any more. */
  dropLink: (ref: Ref, counterpart: Ref) => Promise<void>;
  now: () => number;
  /** What is shown for the pair: nothing else is read. */
  resources: readonly ResourceSetting[];
  /** Shows what has arrived; called many times. */
  update: (patch: ViewPatch) => void;
  /** Called when both records are here and the match is certain: compares them, and says what that adds to the view. */
  settle: (records: Records, certainty: 'linked' | 'one') => Promise<ViewPatch | null>;
  /** Tags of an Atera record, where the pair keeps some there. */
  ateraTagsOf: (person: PersonRecord, gaps: readonly Gap[]) => Promise<AteraTags>;
}

export interface Load extends LoadInput {
  /** Parts that go on by themselves; the load is over when they are. */
  pending: Promise<void>[];
}

/** Contact ∥ tasks ∥ notes ∥ appointments. Rejects when the contact cannot be read; the sections go on by themselves. */
export async function loadGhlSide(load: Load, id: string): Promise<PersonRecord> {
  const { ghl } = load.pair;
  const startedAt = load.now();
  section(load, 'tasks', async () => ({ items: await ghl.readTasks(id) }));
  section(load, 'notes', async () => ({ items: await ghl.readNotes(id) }));
  section(load, 'appointments', async () => ({ items: await ghl.readAppointments(id) }));
  const { person, tags } = await ghl.readContact(id);
  load.update({ asOf: { ghl: startedAt }, sections: { tags: readySection(tags) } });
  return person;
}

/** Contact ∥ values, then customer. Only without the contact itself there is nobody; what else is missing is named. */
export async function loadAteraSide(load: Load, id: string): Promise<PersonRecord> {
  const { atera } = load.pair;
  const values = settled(atera.readValues(id));
  const contact = await atera.readContact(id);
  const isCustomerShown = contact.CustomerID && isShown(load.resources, 'companies');
  const customer = isCustomerShown ? settled(atera.readCustomer(String(contact.CustomerID))) : null;
  const gaps: Gap[] = [];
  const person = atera.describe({
    contact,
    customer: await partOf('customer', customer, gaps),
    values: await partOf('custom-values', values, gaps),
  });
  load.update({ gaps, ateraTags: await tagsOf(load, person, gaps) });
  return person;
}

/** Tags that an Atera record keeps in a field, where tags are shown at all. */
export const tagsOf = async (load: Load, person: PersonRecord, gaps: readonly Gap[]): Promise<AteraTags> =>
  isShown(load.resources, 'tags') ? load.ateraTagsOf(person, gaps) : { status: 'off' };

/** Reads one section beside the rest; a failure is shown in its place only. */
export function section(
  { update, pending, resources }: Load,
  name: SectionName,
  read: () => Promise<{ items: RelatedItem[]; window?: { seen: number; total: number } }>,
): void {
  if (!isShown(resources, name)) {
    update({ sections: { [name]: { status: 'off' } } });
    return;
  }
  pending.push(
    read().then(
      ({ items, window }) => update({ sections: { [name]: readySection(items, window ?? null) } }),
      (error: unknown) => update({ sections: { [name]: { status: 'failed', error: expectError(error) } } }),
    ),
  );
}

export function ticketsSection(load: Load, personId: string, customerId: number | null): void {
  const { atera } = load.pair;
  section(load, 'tickets', async () => {
    const customer = customerId ?? (await atera.readContact(personId)).CustomerID;
    if (!customer) return { items: [] };
    const { items, seen, total } = await atera.readTicketsOf(personId, String(customer));
    return { items, window: { seen, total } };
  });
}

export function failPerson({ update, subject }: Load, error: ErrorView): void {
  const hidden = withheld(subject.vendor === 'atera' ? ['tickets', ...GHL_SECTIONS] : ['tickets', 'tags']);
  update({
    person: { status: 'failed', error },
    match: { status: 'failed', error },
    rows: [],
    plans: NO_PLANS,
    sections: hidden,
  });
}

/** What the ticket itself says of its requester: shown until the contact is here. */
export function previewOf(ticket: AteraTicket, accountId: string): PersonView {
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
export type Settled<T> = () => Promise<T>;

export function settled<T>(promise: Promise<T>): Settled<T> {
  promise.catch(() => undefined);
  return () => promise;
}

/** A part that completes the person. When it cannot be read, the gap is named and the person is shown without it. */
export async function partOf<T>(
  part: Gap['part'],
  reading: Settled<T> | null,
  gaps: Gap[],
): Promise<T | null> {
  try {
    return (await reading?.()) ?? null;
  } catch (error) {
    gaps.push({ part, error: expectError(error) });
    return null;
  }
}

/** A linked counterpart, being read. */
export interface LinkedSide {
  ref: Ref;
  reading: Settled<PersonRecord>;
}

/** The linked counterpart, or null when there is none any more: then the link goes too. */
export async function orGone(
  side: LinkedSide | null,
  dropLink: (counterpart: Ref) => Promise<void>,
): Promise<PersonRecord | null> {
  try {
    return (await side?.reading()) ?? null;
  } catch (error) {
    if (expectError(error).code !== 'not_found') throw error;
    if (side) await dropLink(side.ref);
    return null;
  }
}
