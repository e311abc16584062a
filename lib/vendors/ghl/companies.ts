import { AppError } from '../../errors.ts';
import type { Call } from '../operations.ts';
import type { operations } from './operations.ts';
import type { GhlBusiness } from './schemas.ts';

/** The page size that the vendor names as its own, and how many pages are spent: a thousand companies. */
const PAGE_SIZE = 100;
const MAX_PAGES = 10;

/** What can be done with companies of GHL (businesses). Needs `businesses.readonly`. */
export interface GhlCompanies {
  readBusinessRecord(id: string): Promise<GhlBusiness>;
  /** As far as the list is followed. `isWhole`: these are all. */
  listBusinesses(): Promise<{ businesses: GhlBusiness[]; isWhole: boolean }>;
  /** Puts one contact into a company, or out of the one they are in. */
  setBusiness(contactId: string, businessId: string | null): Promise<void>;
}

export function createGhlCompanies(call: Call<typeof operations>, locationId: string): GhlCompanies {
  const checked = (business: GhlBusiness, isRight: boolean, operation: string): GhlBusiness => {
    const isElsewhere = business.locationId && business.locationId !== locationId;
    if (!isRight || isElsewhere) throw new AppError('invalid_response', { vendor: 'ghl', operation });
    return business;
  };
  return {
    async readBusinessRecord(id) {
      const { business } = await call('getBusiness', { path: { businessId: id } });
      return checked(business, business.id === id, 'getBusiness');
    },
    async listBusinesses() {
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
    },
    async setBusiness(contactId, businessId) {
      await call('setBusiness', { body: { locationId, ids: [contactId], businessId } });
    },
  };
}
