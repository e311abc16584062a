import type { FieldValue } from '../../lib/core/contact.ts';
import type { RecordFields } from '../../lib/core/diff.ts';
import type { BlockReason, MappingRow } from '../../lib/core/mapping.ts';

/** A row that travels both ways; `details` say what is special. */
export const makeRow = (details: Partial<MappingRow> = {}): MappingRow => ({
  field: 'city',
  atera: 'City',
  ghl: 'city',
  direction: 'both',
  empty: 'skip',
  transform: 'text',
  ...details,
});

/** A record with one readable key, which can be written unless a reason says why not. */
export const makeFields = (
  key: string,
  value: FieldValue,
  writable: true | BlockReason = true,
): RecordFields => ({ values: { [key]: value }, writable: { [key]: writable } });
