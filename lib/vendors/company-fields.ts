import type { FieldValue, Ref } from '../core/contact.ts';
import type { RecordFields } from '../core/diff.ts';
import type { BlockReason } from '../core/mapping.ts';
import type { CompanyCard } from '../panel-state.ts';
import type { Creatable, PersonRecord } from './vendor.ts';

/** One field of a company. Its name in the mapping is the vendor's own key. */
export interface CompanyField<R> {
  read: (record: R) => string | null | undefined;
  /** Whether the vendor takes it, or why it is not written. */
  write: true | BlockReason;
}

export type CompanyFields<R> = Readonly<Record<string, CompanyField<R>>>;

const writableOf = <R>(fields: CompanyFields<R>): Creatable =>
  Object.fromEntries(Object.entries(fields).map(([key, { write }]) => [key, write]));

/** What a new company can be given: what it can be given later too. */
export const companyCreatable = writableOf;

const valuesOf = <R>(fields: CompanyFields<R>, record: R): RecordFields => ({
  values: Object.fromEntries(Object.entries(fields).map(([key, { read }]) => [key, read(record) || null])),
  writable: writableOf(fields),
});

/** Keys of a body for these changes. Unknown or unwritable keys are a bug of the caller, and so is clearing: what that does is unproven. */
export function companyPatch<R>(
  fields: CompanyFields<R>,
  changes: readonly { key: string; value: FieldValue }[],
): Record<string, string> {
  return Object.fromEntries(
    changes.map(({ key, value }) => {
      if (fields[key]?.write !== true || value === null)
        throw new RangeError(`A company cannot be given ${key}`);
      return [key, value];
    }),
  );
}

/** A company in the form in which people are compared, linked and written: all that is done with both is the same. */
export const companyRecord = <R>(
  ref: Ref,
  record: R,
  { card, fields, createdAt }: { card: CompanyCard; fields: CompanyFields<R>; createdAt: number | null },
): PersonRecord => ({
  contact: { ref, name: card.name, archived: false, emails: [], fields: { company: card.name } },
  fields: valuesOf(fields, record),
  view: {
    ref,
    name: card.name,
    email: null,
    phone: card.phone,
    jobTitle: null,
    company: null,
    archived: false,
    url: card.url,
    optOuts: [],
  },
  createdAt,
});
