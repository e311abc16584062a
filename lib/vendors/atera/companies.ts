import { AppError } from '../../errors.ts';
import type { Call } from '../operations.ts';
import type { operations } from './operations.ts';

/** What can be done with companies of Atera (customers). */
export interface AteraCompanies {
  /** Moves a contact to another customer. Their tickets stay with the customer that they were written for. */
  setCustomer(contactId: string, customerId: string): Promise<void>;
}

export function createAteraCompanies(call: Call<typeof operations>): AteraCompanies {
  return {
    async setCustomer(contactId, customerId) {
      if (!/^[1-9]\d{0,15}$/u.test(customerId))
        throw new AppError('invalid_input', { vendor: 'atera', input: 'customer' });
      await call('updateContact', { path: { contactId }, body: { CustomerID: Number(customerId) } });
    },
  };
}
