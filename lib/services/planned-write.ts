import { type FieldName, type Ref, sameRef } from '../core/contact.ts';
import type { Mapping } from '../core/mapping.ts';
import { fieldsOf, type Operation, plan } from '../core/plan.ts';
import { AppError } from '../errors.ts';
import type { Vendor } from '../vendors/vendor.ts';
import type { Pair } from './accounts.ts';
import type { StoredPlan } from './areas.ts';
import type { Sides } from './identity-proof.ts';
import type { Records } from './load-parts.ts';

/** The one call that a plan makes for these fields; each of them must be in it. `mapping`: the shipped rows. */
export function operationOf(mapping: Mapping, stored: StoredPlan, fields: readonly FieldName[]): Operation {
  const { source, target, side, rows } = stored;
  const planned = plan(rows, fields, { source, target, side, mapping });
  const [operation] = planned.operations;
  const isWhole = fields.every((field) => fieldsOf(planned).includes(field));
  if (!operation || !isWhole) throw new AppError('invalid_input', { input: 'fields' });
  return operation;
}

export async function readBoth(pair: Pair, stored: StoredPlan, { changes }: Operation): Promise<Sides> {
  const [source, target] = await Promise.all([
    vendorOf(pair, stored.source).readPerson(
      stored.source.id,
      changes.map(({ sourceKey }) => sourceKey),
    ),
    vendorOf(pair, stored.target).readPerson(
      stored.target.id,
      changes.map(({ key }) => key),
    ),
  ]);
  return { source, target };
}

export const vendorOf = (pair: Pair, { vendor }: Ref): Vendor => pair[vendor];

/** One write at a time for a pair, whichever way. */
export const lockName = (scope: string, { source, target }: StoredPlan): string =>
  `pair:${scope}:${[source, target]
    .map(({ vendor, id }) => `${vendor}/${id}`)
    .sort()
    .join(':')}`;

/** Who is proven, and whose twins are shown in a doubt, is the person on screen, whichever way the write goes. */
export const asViewed = ({ viewed, source: from }: StoredPlan, { source, target }: Sides): Sides =>
  sameRef(viewed, from) ? { source, target } : { source: target, target: source };

export const recordsOf = ({ source }: StoredPlan, sides: Sides): Records =>
  source.vendor === 'atera'
    ? { atera: sides.source, ghl: sides.target }
    : { atera: sides.target, ghl: sides.source };
