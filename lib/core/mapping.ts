import type { FieldName, VendorName } from './contact.ts';

/** Which way a field may travel. Named from Atera's side: push = Atera → GHL, pull = GHL → Atera. */
export type MappingDirection = 'both' | 'to-ghl' | 'to-atera' | 'never';
/** What an empty source value does: nothing, empties the target, or (fill-only) the row only ever fills an empty target. */
export type EmptyRule = 'skip' | 'clear' | 'fill-only';
export type TransformName = 'text' | 'email' | 'phone' | 'country' | 'domain';

/** One row of the user's mapping: pairs a readable field of each vendor's record with a canonical field. */
export interface MappingRow {
  field: FieldName;
  /** Field key in `lib/vendors/atera/mapping.ts`. */
  atera: string;
  /** Field key in `lib/vendors/ghl/mapping.ts`. */
  ghl: string;
  direction: MappingDirection;
  empty: EmptyRule;
  transform: TransformName;
  /** Vendors that this pair of accounts writes no such records to, whatever the direction. */
  closed?: readonly VendorName[];
}

export type Mapping = readonly MappingRow[];

/** Why a value cannot be written. Each has a sentence in the locale files (`block.<reason>`). */
export const BLOCK_REASONS = [
  'vendor-read-only',
  'atera-email-read-only',
  'atera-customer-address',
  'ghl-company-link',
  'custom-field-missing',
  'custom-fields-unreadable',
  'custom-field-not-text',
  'mapping-direction',
  'source-empty',
  'target-not-empty',
  'value-invalid',
  'no-change',
  'atera-company-chosen',
  'resource-direction',
  'atera-domain-mail',
] as const;
export type BlockReason = (typeof BLOCK_REASONS)[number];
