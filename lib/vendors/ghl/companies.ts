import type { FieldValue } from '../../core/contact.ts';
import { foldText } from '../../core/text.ts';
import { AppError } from '../../errors.ts';
import { type CompanyFields, companyCreatable, companyPatch, companyRecord } from '../company-fields.ts';
import type { Call } from '../operations.ts';
import { epochOf } from '../related.ts';
import type { CompanyVendor, PersonRecord } from '../vendor.ts';
import type { operations } from './operations.ts';
import { businessCard } from './related.ts';
import type { GhlBusiness } from './schemas.ts';

/** The page size that the vendor names as its own, and how many pages are spent: a thousand companies. */
const PAGE_SIZE = 100;
const MAX_PAGES = 10;

/** Everything the mapping of companies may name on GHL's side. */
export const BUSINESS_FIELDS: CompanyFields<GhlBusiness> = {
  name: { read: ({ name }) => name, write: true },
  phone: { read: ({ phone }) => phone, write: true },
  website: { read: ({ website }) => website, write: true },
  address: { read: ({ address }) => address, write: true },
  city: { read: ({ city }) => city, write: true },
  state: { read: ({ state }) => state, write: true },
  postalCode: { read: ({ postalCode }) => postalCode, write: true },
  country: { read: ({ country }) => country, write: true },
};

/** What can be done with companies of GHL (businesses). Needs `businesses.readonly`. */
export interface GhlCompanies {
  readBusinessRecord(id: string): Promise<GhlBusiness>;
  /** As far as the list is followed. `isWhole`: these are all. */
  listBusinesses(): Promise<{ businesses: GhlBusiness[]; isWhole: boolean }>;
  /** Puts one contact into a company, or out of the one they are in. */
  setBusiness(contactId: string, businessId: string | null): Promise<void>;
  companies: CompanyVendor;
}

export function createGhlCompanies(call: Call<typeof operations>, locationId: string): GhlCompanies {
  const checked = (business: GhlBusiness, isRight: boolean, operation: string): GhlBusiness => {
    const isElsewhere = business.locationId && business.locationId !== locationId;
    if (!isRight || isElsewhere) throw new AppError('invalid_response', { vendor: 'ghl', operation });
    return business;
  };
  const describe = (business: GhlBusiness): PersonRecord => {
    const ref = { vendor: 'ghl', accountId: locationId, kind: 'business', id: business.id } as const;
    const createdAt = epochOf(business.createdAt);
    return companyRecord(ref, business, { card: businessCard(business), fields: BUSINESS_FIELDS, createdAt });
  };
  const bodyOf = (changes: readonly { key: string; value: FieldValue }[]) =>
    companyPatch(BUSINESS_FIELDS, changes);

  const readBusinessRecord: GhlCompanies['readBusinessRecord'] = async (id) => {
    const { business } = await call('getBusiness', { path: { businessId: id } });
    return checked(business, business.id === id, 'getBusiness');
  };
  const listBusinesses: GhlCompanies['listBusinesses'] = async () => {
    const known = new Map<string, GhlBusiness>();
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const { businesses } = await call('listBusinesses', {
        query: { locationId, limit: String(PAGE_SIZE), skip: String(page * PAGE_SIZE) },
      });
      const before = known.size;
      for (const business of businesses) known.set(business.id, checked(business, true, 'listBusinesses'));
      const isLast = businesses.length < PAGE_SIZE;
      // The same page again: `skip` was ignored.
      if (isLast || known.size === before) return { businesses: [...known.values()], isWhole: isLast };
    }
    return { businesses: [...known.values()], isWhole: false };
  };

  return {
    readBusinessRecord,
    listBusinesses,
    async setBusiness(contactId, businessId) {
      await call('setBusiness', { body: { locationId, ids: [contactId], businessId } });
    },
    companies: {
      readPerson: async (id) => describe(await readBusinessRecord(id)),
      async updatePerson(id, changes) {
        await call('updateBusiness', { path: { businessId: id }, body: bodyOf(changes) });
      },
      creatable: async () => companyCreatable(BUSINESS_FIELDS),
      async createPerson(values) {
        const body = bodyOf(values);
        const answer = await call('createBusiness', { body: { ...body, name: body.name ?? '', locationId } });
        return (answer?.buiseness ?? answer?.business)?.id ?? null;
      },
      async findByName(name) {
        const { businesses, isWhole } = await listBusinesses();
        // Half a list says nothing of who is not in it.
        if (!isWhole) throw new AppError('too_many', { vendor: 'ghl', operation: 'listBusinesses' });
        return businesses.filter((one) => foldText(one.name ?? '') === foldText(name)).map(describe);
      },
    },
  };
}
