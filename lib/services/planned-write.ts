import { type FieldName, type Ref, sameRef, type VendorName } from '../core/contact.ts';
import type { Decisions } from '../core/diff.ts';
import type { Mapping } from '../core/mapping.ts';
import { merge } from '../core/merge.ts';
import { changedMeanwhile, type FieldChange, type Operation, plan } from '../core/plan.ts';
import { AppError } from '../errors.ts';
import type { PersonRecord, RecordVendor } from '../vendors/vendor.ts';
import type { Pair } from './accounts.ts';
import type { StoredPlan } from './areas.ts';
import type { Sides } from './identity-proof.ts';
import type { Records } from './load-parts.ts';
import { recordsOf, shippedFor } from './records.ts';

/**
 * The calls that a plan makes for these fields, at most one per record: each field must be settled by them, and nothing else may be
 * written. `people`: the shipped rows for people.
 */
export function operationsOf(
  people: Mapping,
  { country }: Pick<Pair, 'country'>,
  stored: StoredPlan,
  fields: readonly FieldName[],
  choices: Decisions = {},
): Operation[] {
  const { source, target, side, rows } = stored;
  const mapping = shippedFor(people, source);
  const operations =
    side === null
      ? merge(
          rows.filter(({ field }) => fields.includes(field)),
          choices,
          { country, mapping, refs: sidesOf(stored) },
        ).operations
      : plan(rows, fields, { source, target, side, mapping }).operations;
  const settled = operations.flatMap(({ changes }) => changes.map(({ field }) => field));
  const isWhole = fields.length > 0 && fields.every((field) => settled.includes(field));
  // A decision for a field that is not to be written, or for a plan that goes one way, is a mistake of whoever asks.
  const decided = Object.keys(choices) as FieldName[];
  const isAsked = decided.every((field) => side === null && fields.includes(field));
  if (!isWhole || !isAsked) throw new AppError('invalid_input', { input: 'fields' });
  return operations;
}

const sidesOf = ({ source, target }: StoredPlan): { left: Ref; right: Ref } =>
  source.vendor === 'atera' ? { left: source, right: target } : { left: target, right: source };

export const otherVendorOf = (vendor: VendorName): VendorName => (vendor === 'atera' ? 'ghl' : 'atera');

/** Keys of one record that these operations write, or take a value from. */
export const keysOf = (operations: readonly Operation[], { vendor }: Ref): string[] =>
  operations.flatMap(({ target, changes }) =>
    changes.map((change) => (target.vendor === vendor ? change.key : change.sourceKey)),
  );

/** One record, with all that these operations write or take from it. */
export const readOne = (pair: Pair, ref: Ref, operations: readonly Operation[]): Promise<PersonRecord> =>
  vendorOf(pair, ref).readPerson(ref.id, keysOf(operations, ref));

export async function readBoth(
  pair: Pair,
  stored: StoredPlan,
  operations: readonly Operation[],
): Promise<Records> {
  const { left, right } = sidesOf(stored);
  const [atera, ghl] = await Promise.all([left, right].map((ref) => readOne(pair, ref, operations)));
  if (!atera || !ghl) throw new AppError('internal');
  return { atera, ghl };
}

/** Every change whose values, on either side, are not those that were shown. */
export const changesMeanwhile = (operations: readonly Operation[], records: Records): FieldName[] =>
  operations.flatMap((operation) => {
    const { vendor } = operation.target;
    return changedMeanwhile(operation, records[vendor].fields, records[otherVendorOf(vendor)].fields);
  });

export const changeOf = (
  operations: readonly Operation[],
  vendor: VendorName,
  field: FieldName,
): FieldChange | undefined =>
  operations
    .find(({ target }) => target.vendor === vendor)
    ?.changes.find((candidate) => candidate.field === field);

export const vendorOf = (pair: Pair, ref: Ref): RecordVendor => recordsOf(pair, ref);

/** One write at a time for a pair, whichever way. */
export const lockName = (scope: string, { source, target }: Pick<StoredPlan, 'source' | 'target'>): string =>
  `pair:${scope}:${[source, target]
    .map(({ vendor, id }) => `${vendor}/${id}`)
    .sort()
    .join(':')}`;

/** Who is proven, and whose twins are shown in a doubt, is the person on screen, whichever way the write goes. */
export const asViewed = ({ viewed }: StoredPlan, { atera, ghl }: Records): Sides =>
  sameRef(viewed, atera.contact.ref) ? { source: atera, target: ghl } : { source: ghl, target: atera };
