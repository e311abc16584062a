import type { FieldValue } from '../../core/contact.ts';
import { foldText } from '../../core/text.ts';
import { AppError } from '../../errors.ts';
import { type CompanyFields, companyCreatable, companyPatch, companyRecord } from '../company-fields.ts';
import type { Call } from '../operations.ts';
import { epochOf } from '../related.ts';
import type { CompanyVendor, PersonRecord } from '../vendor.ts';
import type { operations } from './operations.ts';
import { customerCard } from './related.ts';
import type { AteraCustomer } from './schemas.ts';

/** Everything the mapping of companies may name on Atera's side. */
export const CUSTOMER_FIELDS: CompanyFields<AteraCustomer> = {
  CustomerName: { read: ({ CustomerName }) => CustomerName, write: true },
  Phone: { read: ({ Phone }) => Phone, write: true },
  // Whoever writes from one of its domains is filed under the customer: a website is no order to do so.
  Domain: { read: ({ Domain }) => Domain, write: 'atera-domain-mail' },
  Address: { read: ({ Address }) => Address, write: true },
  City: { read: ({ City }) => City, write: true },
  State: { read: ({ State }) => State, write: true },
  ZipCodeStr: { read: ({ ZipCodeStr }) => ZipCodeStr, write: true },
  Country: { read: ({ Country }) => Country, write: true },
};

/** What can be done with companies of Atera (customers). */
export interface AteraCompanies {
  /** Moves a contact to another customer. Their tickets stay with the customer that they were written for. */
  setCustomer(contactId: string, customerId: string): Promise<void>;
  companies: CompanyVendor;
}

interface Reads {
  accountId: string;
  readCustomer: (id: string) => Promise<AteraCustomer>;
  listCustomers: () => Promise<{ customers: AteraCustomer[]; total: number }>;
}

export function createAteraCompanies(
  call: Call<typeof operations>,
  { accountId, readCustomer, listCustomers }: Reads,
): AteraCompanies {
  const describe = (customer: AteraCustomer): PersonRecord => {
    const ref = { vendor: 'atera', accountId, kind: 'customer', id: String(customer.CustomerID) } as const;
    const createdAt = epochOf(customer.CreatedOn);
    return companyRecord(ref, customer, { card: customerCard(customer), fields: CUSTOMER_FIELDS, createdAt });
  };
  const bodyOf = (changes: readonly { key: string; value: FieldValue }[]) =>
    companyPatch(CUSTOMER_FIELDS, changes);

  return {
    async setCustomer(contactId, customerId) {
      if (!/^[1-9]\d{0,15}$/u.test(customerId))
        throw new AppError('invalid_input', { vendor: 'atera', input: 'customer' });
      await call('updateContact', { path: { contactId }, body: { CustomerID: Number(customerId) } });
    },
    companies: {
      readPerson: async (id) => describe(await readCustomer(id)),
      async updatePerson(id, changes) {
        await call('updateCustomer', { path: { customerId: id }, body: bodyOf(changes) });
      },
      creatable: async () => companyCreatable(CUSTOMER_FIELDS),
      async createPerson(values) {
        const body = bodyOf(values);
        const answer = await call('createCustomer', {
          body: { ...body, CustomerName: body.CustomerName ?? '' },
        });
        const made = String(answer?.ActionID ?? '');
        return /^[1-9]\d*$/u.test(made) ? made : null;
      },
      async findByName(name) {
        const { customers, total } = await listCustomers();
        // Atera finds nobody by name, and half a list says nothing of who is not in it.
        if (total > customers.length)
          throw new AppError('too_many', { vendor: 'atera', operation: 'listCustomers' });
        return customers
          .filter(({ CustomerName }) => foldText(CustomerName ?? '') === foldText(name))
          .map(describe);
      },
    },
  };
}
