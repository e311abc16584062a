import { type Company, companiesLike, companyDomain } from '../core/company.ts';
import type { Ref, VendorName } from '../core/contact.ts';
import { cleanText } from '../core/text.ts';
import { isAppError } from '../errors.ts';
import type { CompanyName, CompanyOffer, CompanySide, CompanySides, PersonView } from '../panel-state.ts';
import type { AteraCustomer } from '../vendors/atera/schemas.ts';
import type { GhlBusiness } from '../vendors/ghl/schemas.ts';
import type { Pair } from './accounts.ts';
import { MEMBERSHIP } from './addition-kinds-company.ts';
import type { Links } from './links.ts';
import { type Shown, shownPerson } from './page-check.ts';
import type { Subjects } from './subjects.ts';
import { expectError } from './view-parts.ts';
import type { Views } from './views.ts';

export const companyOfCustomer = ({ CustomerID, CustomerName, Domain }: AteraCustomer): Company => ({
  id: String(CustomerID),
  name: cleanText(CustomerName) ?? String(CustomerID),
  domains: Domain ?? null,
});
export const companyOfBusiness = ({ id, name, website }: GhlBusiness): Company => ({
  id,
  name: cleanText(name) ?? id,
  domains: website ?? null,
});

/** All companies of a vendor, as far as they are listed. `total`: null where there are more, and nobody says how many. */
export async function listCompanies(
  { atera, ghl }: Pair,
  vendor: VendorName,
): Promise<{ companies: Company[]; total: number | null }> {
  if (vendor === 'atera') {
    const { customers, total } = await atera.listCustomers();
    return { companies: sorted(customers.map(companyOfCustomer)), total };
  }
  const { businesses, isWhole } = await ghl.listBusinesses();
  const companies = sorted(businesses.map(companyOfBusiness));
  return { companies, total: isWhole ? companies.length : null };
}

const sorted = (companies: Company[]): Company[] => companies.sort((a, b) => a.name.localeCompare(b.name));

/** Which company a contact is in, and in which vendor's records that company is what. */
export const companyRef = (pair: Pair, vendor: VendorName, id: string): Ref =>
  vendor === 'atera'
    ? { vendor, accountId: pair.ateraAccount.id, kind: 'customer', id }
    : { vendor, accountId: pair.ghlAccount.id, kind: 'business', id };

interface Dependencies {
  subjects: Subjects;
  views: Views;
  links: Pick<Links, 'counterpartOf'>;
}

/** Where the person on screen is in either vendor, and where they may belong. Writes nothing. */
export async function companySides(
  { links, ...shownIn }: Dependencies,
  pair: Pair,
  tabId: number,
  shown: Shown,
): Promise<CompanySides> {
  const { view, person } = await shownPerson(shownIn, pair, tabId, shown);
  const { match } = view;
  const counterpart = match.status === 'linked' || match.status === 'one' ? match.counterpart : null;
  const of = (vendor: VendorName): PersonView | null =>
    person.ref.vendor === vendor ? person : counterpart?.ref.vendor === vendor ? counterpart : null;
  const [atera, ghl] = await Promise.all([read(pair, 'atera', of('atera')), read(pair, 'ghl', of('ghl'))]);
  const linkedTo = async (vendor: VendorName, other: Reading | null): Promise<string | null> => {
    if (!other?.present) return null;
    const otherVendor = vendor === 'atera' ? 'ghl' : 'atera';
    return (await links.counterpartOf(pair, companyRef(pair, otherVendor, other.present.id)))?.id ?? null;
  };
  const side = async (
    vendor: VendorName,
    own: PersonView | null,
    reading: Reading | null,
    other: Reading | null,
  ): Promise<CompanySide | null> => {
    if (!own || !reading) return null;
    if (reading.error) return { status: 'failed', error: reading.error };
    return {
      status: 'ready',
      contact: own.ref,
      present: reading.present && nameOnly(reading.present),
      offer: offerFor(reading, other, await linkedTo(vendor, other), own.email),
    };
  };
  return {
    atera: await side('atera', of('atera'), atera, ghl),
    ghl: await side('ghl', of('ghl'), ghl, atera),
  };
}

interface Reading {
  present: Company | null;
  list: { companies: Company[]; total: number | null } | { error: ReturnType<typeof expectError> };
  error: ReturnType<typeof expectError> | null;
}

/** One side: where they are now, and which companies there are. What the token may not list does not hide where they are. */
async function read(pair: Pair, vendor: VendorName, person: PersonView | null): Promise<Reading | null> {
  if (!person) return null;
  const listing = listCompanies(pair, vendor).catch((error: unknown) => ({ error: expectError(error) }));
  try {
    const id = await MEMBERSHIP[vendor].of(pair, person.ref.id);
    const list = await listing;
    const listed = 'companies' in list ? list.companies.find((one) => one.id === id) : undefined;
    return {
      present: id === null ? null : (listed ?? (await readCompany(pair, vendor, id))),
      list,
      error: null,
    };
  } catch (error) {
    return { present: null, list: await listing, error: expectError(error) };
  }
}

/** By its id where it cannot be read: where they are is known all the same. */
async function readCompany({ atera, ghl }: Pair, vendor: VendorName, id: string): Promise<Company> {
  try {
    return vendor === 'atera'
      ? companyOfCustomer(await atera.readCustomer(id))
      : companyOfBusiness(await ghl.readBusinessRecord(id));
  } catch (error) {
    if (!isAppError(error)) throw error;
    return { id, name: id, domains: null };
  }
}

/** Like the company on the other side, or at the domain of the person's own address. The present one is no choice. */
function offerFor(
  { present, list }: Reading,
  other: Reading | null,
  linked: string | null,
  email: string | null,
): CompanyOffer {
  if ('error' in list) return { status: 'failed', error: list.error };
  const companies = list.companies.filter(({ id }) => id !== present?.id);
  const domains = [other?.present?.domains, companyDomain(email)].filter((text) => text != null).join(' ');
  return {
    status: 'ready',
    candidates: companiesLike({ name: other?.present?.name ?? null, domains, linked }, companies),
    all: companies.map(nameOnly),
    total: list.total === null ? null : list.total - (list.companies.length - companies.length),
  };
}

const nameOnly = ({ id, name }: Company): CompanyName => ({ id, name });
