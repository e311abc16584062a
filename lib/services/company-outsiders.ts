import { MAX_OUTSIDERS } from '../core/company.ts';
import { type Contact, type Ref, refKey, type VendorName } from '../core/contact.ts';
import { isShown } from '../core/resource-settings.ts';
import { normalizeEmail } from '../core/text.ts';
import { AppError, type ErrorView, isAppError } from '../errors.ts';
import type { CompanyName, CompanyOutsiders, CompanyPerson, Outsider, PersonView } from '../panel-state.ts';
import type { PersonRecord } from '../vendors/vendor.ts';
import type { Accounts, Pair } from './accounts.ts';
import { MEMBERSHIP } from './addition-kinds-company.ts';
import { isClaimed } from './claims.ts';
import { sourceOf } from './company-sources.ts';
import type { Links } from './links.ts';
import { decide, lookUpGhl } from './matching.ts';
import { isNamed, type Shown, shownPerson } from './page-check.ts';
import type { Resources } from './resources.ts';
import type { Subjects } from './subjects.ts';
import { expectError } from './view-parts.ts';
import type { Views } from './views.ts';

interface Dependencies {
  accounts: Pick<Accounts, 'pair'>;
  subjects: Subjects;
  views: Views;
  links: Links;
  resources: Pick<Resources, 'of'>;
}

/** The company on screen, and the one that it is linked to at this moment. */
export interface LinkedCompanies {
  pair: Pair;
  own: PersonView;
  other: CompanyName;
  vendor: VendorName;
}

/** Rejects when the tab shows something else, or a company that is linked to none. */
export async function linkedCompanies(
  { accounts, subjects, views }: Pick<Dependencies, 'accounts' | 'subjects' | 'views'>,
  tabId: number,
  shown: Shown,
): Promise<LinkedCompanies> {
  const pair = await accounts.pair();
  if (!pair) throw new AppError('not_connected');
  const { tab, view, person } = await shownPerson({ subjects, views }, pair, tabId, shown);
  if (!isNamed(tab, person.ref)) throw new AppError('unconfirmed');
  if (view.match.status !== 'linked') throw new AppError('plan_expired');
  const { ref, name } = view.match.counterpart;
  return { pair, own: person, other: { id: ref.id, name }, vendor: ref.vendor };
}

/** What is known of one person: where their counterpart is, or that nobody is certain to be that. */
type Found = Pick<Outsider, 'contact' | 'contactName' | 'isLinked'> & { companyId: string | null };

/**
 * Who of the company on screen has a counterpart that is not in the linked company: the people that its page lists, each looked for once, by
 * their link or their address. Writes nothing.
 */
export async function companyOutsiders(
  { links, resources, ...shownIn }: Dependencies,
  tabId: number,
  shown: Shown,
): Promise<CompanyOutsiders> {
  const { pair, own, other, vendor } = await linkedCompanies(shownIn, tabId, shown);
  // Atera tells of its people by their tickets alone.
  if (vendor === 'ghl' && !isShown(await resources.of(pair), 'tickets'))
    throw new AppError('switched_off', { vendor: 'atera' });
  const { people: all, window } = await sourceOf(own.ref).readFolk(pair, own.ref.id);
  const people = all.slice(0, MAX_OUTSIDERS);
  // Tickets that were not looked through may be of people who are listed.
  const unread = vendor === 'atera' && window ? Math.max(0, window.total - window.seen) : 0;
  const looked = await Promise.all(people.map(({ person }) => lookFor(pair, links, vendor, person)));
  const errors = looked.flatMap((one) => (one !== null && 'error' in one ? [one.error] : []));
  const found = looked.map((one) => (one !== null && 'error' in one ? null : one));
  // Two people with one counterpart: at most one of them is right.
  const isTwice = ({ contact }: Found): boolean =>
    found.filter((one) => one && refKey(one.contact) === refKey(contact)).length > 1;
  const certain = found.map((one) => (one && !isTwice(one) ? one : null));
  const outside = certain.map((one) => (one && one.companyId !== other.id ? one : null));
  const names = await namesOf(
    pair,
    vendor,
    outside.flatMap((one) => one?.companyId ?? []),
  );
  const [error] = errors;
  return {
    vendor,
    to: other,
    people: people.flatMap(({ person: { ref, name, email } }: CompanyPerson, index): Outsider[] => {
      const one = outside[index];
      if (!one) return [];
      const { companyId, ...counterpart } = one;
      const from = companyId === null ? null : { id: companyId, name: names.get(companyId) ?? companyId };
      return [{ person: ref, name, email, ...counterpart, from }];
    }),
    inside: certain.filter((one) => one?.companyId === other.id).length,
    uncertain: certain.filter((one) => one === null).length - errors.length,
    failed: error ? { count: errors.length, error } : null,
    left: all.length - people.length + unread,
  };
}

/** By their link, or else by their address. What one search refuses does not hide the others. */
async function lookFor(
  pair: Pair,
  links: Links,
  vendor: VendorName,
  person: PersonView,
): Promise<Found | { error: ErrorView } | null> {
  const foundAs = ({ view }: PersonRecord, isLinked: boolean): Found => ({
    contact: view.ref,
    contactName: view.name,
    isLinked,
    // What a search says of it may be old: it is read by its id before anything is written.
    companyId: view.companyId ?? null,
  });
  try {
    const linked = await links.counterpartOf(pair, person.ref);
    if (linked) return foundAs(await pair[vendor].readPerson(linked.id, []), true);
    if (!person.email) return null;
    const hits = await (vendor === 'ghl'
      ? lookUpGhl(pair, person.email, null)
      : pair.atera.findByEmail(person.email));
    const rejected = await links.rejectedOf(pair, person.ref);
    const match = decide(pair, contactOf(person, person.email), hits, { rejected });
    const hit = match.status === 'one' && hits.find(({ view }) => isSame(view.ref, match.candidate.ref));
    if (!hit || (await isClaimed(links, pair, person.ref, hit.view.ref))) return null;
    return foundAs(hit, false);
  } catch (error) {
    // Linked to somebody who is gone: nobody is there.
    if (isAppError(error) && error.code === 'not_found') return null;
    return { error: expectError(error) };
  }
}

const isSame = (a: Ref, b: Ref): boolean => refKey(a) === refKey(b);

/** What a list says of a person is enough to compare an address. */
const contactOf = ({ ref, name, archived }: PersonView, email: string): Contact => ({
  ref,
  name,
  fields: {},
  archived,
  emails: [normalizeEmail(email)],
});

/** What companies are called, each asked for once; by its id where it cannot be read. */
async function namesOf(
  pair: Pair,
  vendor: VendorName,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const names = [...new Set(ids)].map(async (id): Promise<[string, string]> => {
    try {
      return [id, await MEMBERSHIP[vendor].nameOf(pair, id)];
    } catch (error) {
      if (!isAppError(error)) throw error;
      return [id, id];
    }
  });
  return new Map(await Promise.all(names));
}
