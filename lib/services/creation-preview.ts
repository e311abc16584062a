import { companyCandidates } from '../core/company.ts';
import { isCompany, type Ref, type VendorName } from '../core/contact.ts';
import { type CreationRow, creationRows } from '../core/creation.ts';
import type { Mapping } from '../core/mapping.ts';
import { cleanText } from '../core/text.ts';
import { isAppError } from '../errors.ts';
import type { CompanyOffer } from '../panel-state.ts';
import type { PersonRecord } from '../vendors/vendor.ts';
import type { Pair } from './accounts.ts';
import { recordsOf } from './records.ts';
import { expectError } from './view-parts.ts';

/** The viewed record, fresh, with what the mapping asks for. What the credential may not read beside the contact itself is left out. */
export async function readSource(pair: Pair, ref: Ref, mapping: Mapping): Promise<PersonRecord> {
  const { vendor, id } = ref;
  try {
    return await recordsOf(pair, ref).readPerson(
      id,
      mapping.map((row) => row[vendor]),
    );
  } catch (error) {
    if (!isAppError(error) || error.code !== 'forbidden' || vendor === 'ghl' || isCompany(ref)) throw error;
    return pair[vendor].readPerson(id, []);
  }
}

/** What each field of the new record would get. */
export async function rowsFor(
  pair: Pair,
  vendor: VendorName,
  mapping: Mapping,
  { contact, fields }: PersonRecord,
): Promise<CreationRow[]> {
  const { kind } = contact.ref;
  const creatable = await recordsOf(pair, { vendor, kind }).creatable();
  const towards = {
    vendor,
    creatable,
    mapping,
    ...(isCompany({ kind }) ? { needs: 'company' as const } : {}),
  };
  return creationRows(fields, towards, { country: pair.country });
}

/** The companies to choose from. A failure is an answer: nobody can be created without one, but all else can be shown. */
export async function offerCompanies(pair: Pair, { contact }: PersonRecord): Promise<CompanyOffer> {
  try {
    const { customers, total } = await pair.atera.listCustomers();
    const companies = customers
      .map(({ CustomerID, CustomerName, Domain }) => ({
        id: String(CustomerID),
        name: cleanText(CustomerName) ?? String(CustomerID),
        domains: Domain ?? null,
      }))
      .sort((a, b) => a.name.localeCompare(b.name));
    const person = { email: contact.emails[0] ?? null, company: contact.fields.company ?? null };
    return {
      status: 'ready',
      candidates: companyCandidates(person, companies),
      all: companies.map(({ id, name }) => ({ id, name })),
      total,
    };
  } catch (error) {
    return { status: 'failed', error: expectError(error) };
  }
}
