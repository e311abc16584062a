import { isCompany, type Ref } from '../core/contact.ts';
import type { Mapping } from '../core/mapping.ts';
import { COMPANY_MAPPING } from '../vendors/default-mapping.ts';
import type { RecordVendor } from '../vendors/vendor.ts';
import type { Pair } from './accounts.ts';
import type { Mappings } from './mappings.ts';

/**
 * What is compared, linked and written is a person or a company. All that follows (plans, receipts, bases, undo) is the same for both;
 * what differs is here: who is asked, and which fields are paired.
 */

/** Who reads and writes this record. */
export const recordsOf = (pair: Pair, { vendor, kind }: Pick<Ref, 'vendor' | 'kind'>): RecordVendor =>
  isCompany({ kind }) ? pair[vendor].companies : pair[vendor];

/** The shipped rows for records of this kind: keys and transforms, which no setting changes. */
export const shippedFor = (people: Mapping, of: Pick<Ref, 'kind'>): Mapping =>
  isCompany(of) ? COMPANY_MAPPING : people;

/** Field rules of the pair at this moment, for records of this kind; of people where none is said. */
export type MappingOf = (pair: Pair, of?: Pick<Ref, 'kind'>) => Promise<Mapping>;

export const createMappingOf =
  (mappings: () => Pick<Mappings, 'of'>): MappingOf =>
  async (pair, of) =>
    mappings().of(pair, of && isCompany(of) ? 'companies' : 'contacts');
