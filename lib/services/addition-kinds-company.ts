import type { CompanyName } from '../core/company.ts';
import type { VendorName } from '../core/contact.ts';
import { cleanText } from '../core/text.ts';
import { AppError } from '../errors.ts';
import type { Pair } from './accounts.ts';
import type { AdditionKind, AdditionOf, Kinds } from './addition-kinds.ts';

/** The company that a contact belongs to, in one vendor. */
export interface Membership {
  /** Id of the company; null: they belong to none. */
  of(pair: Pair, contactId: string): Promise<string | null>;
  nameOf(pair: Pair, companyId: string): Promise<string>;
  set(pair: Pair, contactId: string, companyId: string | null): Promise<void>;
}

export const MEMBERSHIP: Record<VendorName, Membership> = {
  atera: {
    of: async ({ atera }, id) => {
      const { CustomerID } = await atera.readContact(id);
      return CustomerID ? String(CustomerID) : null;
    },
    nameOf: async ({ atera }, id) => cleanText((await atera.readCustomer(id)).CustomerName) ?? id,
    async set({ atera }, contactId, companyId) {
      if (companyId === null) throw new AppError('invalid_input', { vendor: 'atera', input: 'customer' });
      await atera.setCustomer(contactId, companyId);
    },
  },
  ghl: {
    of: async ({ ghl }, id) => (await ghl.readContact(id)).person.view.companyId ?? null,
    nameOf: async ({ ghl }, id) => cleanText((await ghl.readBusinessRecord(id)).name) ?? id,
    set: ({ ghl }, contactId, companyId) => ghl.setBusiness(contactId, companyId),
  },
};

/** Whether the company that somebody is put into, or leaves, is still called as it was shown: else another one is meant. */
export async function checkCompany(pair: Pair, vendor: VendorName, { id, name }: CompanyName): Promise<void> {
  if ((await MEMBERSHIP[vendor].nameOf(pair, id)) !== name)
    throw new AppError('conflict', { vendor, input: 'company' });
}

/** Puts the contact into a company, from the one where they were shown to be. */
const company = <K extends 'set-business' | 'set-customer'>(
  vendor: VendorName,
): AdditionKind<AdditionOf<K>> => ({
  vendor,
  resource: 'companies',
  isState: true,
  isReread: true,
  sets: { resource: 'contacts', field: 'company' },
  async check({ pair }, { from, to }) {
    // One that could not be read was shown by its id.
    const isNamed = from !== null && from.name !== from.id;
    await Promise.all([
      checkCompany(pair, vendor, to),
      isNamed ? checkCompany(pair, vendor, from) : Promise.resolve(),
    ]);
  },
  async read({ pair, contactId }, { to }) {
    const now = await MEMBERSHIP[vendor].of(pair, contactId);
    return { found: now === to.id ? [to.id] : [], text: now, show: {} };
  },
  async prepare({ pair, contactId }, { from, to }) {
    // Once more, as late as can be: where somebody else has put them meanwhile, they stay.
    const now = await MEMBERSHIP[vendor].of(pair, contactId);
    if (now === to.id) return { text: null, keeps: [], isThere: true };
    if (now !== (from?.id ?? null)) throw new AppError('conflict', { vendor, input: 'company' });
    return { text: to.id, keeps: [] };
  },
  async send({ pair, contactId }, _addition, prepared) {
    const id = prepared?.text ?? null;
    if (id !== null) await MEMBERSHIP[vendor].set(pair, contactId, id);
    return null;
  },
});

export const COMPANY_KINDS: Kinds<'set-business' | 'set-customer'> = {
  'set-business': company<'set-business'>('ghl'),
  'set-customer': company<'set-customer'>('atera'),
};
