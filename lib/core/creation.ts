import type { FieldName, FieldValue, VendorName } from './contact.ts';
import { isClosed, type RecordFields } from './diff.ts';
import type { BlockReason, Mapping, MappingRow, TransformName } from './mapping.ts';
import type { WriteOption } from './rows.ts';
import { sameValue, TRANSFORMS, type TransformContext } from './transform.ts';

/** One field of a record that does not exist yet: what the viewed record says, and with which value it would be created. */
export interface CreationRow {
  field: FieldName;
  source: FieldValue;
  write: WriteOption;
  /** The vendor creates nobody without it. */
  required: boolean;
}

/** Why nobody can be created, whatever is chosen. */
export const CREATION_PROBLEMS = [
  'no-email',
  'email-rule',
  'email-invalid',
  'no-reach',
  'read-only',
  'no-name',
  'name-rule',
] as const;
export type CreationProblem = (typeof CREATION_PROBLEMS)[number];

/** One value of a record to create. */
export interface CreationValue {
  field: FieldName;
  transform: TransformName;
  /** Key in the target vendor's `mapping.ts`. */
  key: string;
  value: string;
}

interface Towards {
  vendor: VendorName;
  /** Whether the vendor takes this key when it creates somebody, or why not. */
  creatable: Readonly<Record<string, true | BlockReason>>;
  mapping: Mapping;
  /** The field without which nobody is created; null where the vendor takes anybody. Said for companies alone. */
  needs?: FieldName | null;
}

const WAY: Record<VendorName, MappingRow['direction']> = { atera: 'to-atera', ghl: 'to-ghl' };
const keyOf = (row: MappingRow, vendor: VendorName): string => (vendor === 'atera' ? row.atera : row.ghl);
const otherKeyOf = (row: MappingRow, vendor: VendorName): string =>
  vendor === 'atera' ? row.ghl : row.atera;

/** Row by row, what a new record would get. A row whose source could not be read is left out: nothing is better than a wrong value. */
export function creationRows(
  source: RecordFields,
  { vendor, creatable, mapping, needs = vendor === 'atera' ? 'email' : null }: Towards,
  context: TransformContext,
): CreationRow[] {
  return mapping.flatMap((row): CreationRow[] => {
    const from = otherKeyOf(row, vendor);
    if (!(from in source.values)) return [];
    const value = source.values[from] ?? null;
    return [
      {
        field: row.field,
        source: value,
        write: writeOf(row, value, vendor, creatable[keyOf(row, vendor)], context),
        required: row.field === needs,
      },
    ];
  });
}

function writeOf(
  row: MappingRow,
  source: FieldValue,
  vendor: VendorName,
  creatable: true | BlockReason | undefined,
  context: TransformContext,
): WriteOption {
  const no = (reason: BlockReason): WriteOption => ({ can: false, reason });
  const { normalize, toTarget } = TRANSFORMS[row.transform];
  if (creatable !== true) return no(creatable ?? 'vendor-read-only');
  if (isClosed(row, vendor)) return no('resource-direction');
  if (row.direction !== 'both' && row.direction !== WAY[vendor]) return no('mapping-direction');
  if (source === null || normalize(source, context) === null) return no('source-empty');
  const value = toTarget(source, context);
  return value === null ? no('value-invalid') : { can: true, value };
}

/**
 * Null when somebody can be created. Atera wants an e-mail address; GHL takes anybody, but without an address or a number nobody
 * could tell whether the person is there already. `read-only`: the pair writes no contacts there.
 */
export function creationProblem(rows: readonly CreationRow[], vendor: VendorName): CreationProblem | null {
  const isReach = ({ field }: CreationRow): boolean => field === 'email' || field === 'phone';
  // Both belong to the contact itself.
  const isReadOnly = ({ write }: CreationRow): boolean => !write.can && write.reason === 'resource-direction';
  if (rows.filter(isReach).some(isReadOnly)) return 'read-only';
  const canReach = rows.filter(isReach).some(({ write }) => write.can);
  if (vendor === 'ghl') return canReach ? null : 'no-reach';
  const email = rows.find(({ field }) => field === 'email')?.write;
  if (!email) return 'email-rule';
  if (email.can) return null;
  if (email.reason === 'source-empty') return 'no-email';
  return email.reason === 'value-invalid' ? 'email-invalid' : 'email-rule';
}

/** The same for a company: it is told by its name alone. Without any row, companies are switched off. */
export function companyProblem(rows: readonly CreationRow[]): CreationProblem | null {
  const name = rows.find(({ field }) => field === 'company')?.write;
  if (name?.can) return null;
  if (rows.length === 0 || name?.reason === 'resource-direction') return 'read-only';
  return !name || name.reason === 'mapping-direction' ? 'name-rule' : 'no-name';
}

/** The values of the chosen fields; null when the choice cannot be: a field that may not be written, or one missing that must be. */
export function creationValues(
  rows: readonly CreationRow[],
  chosen: readonly FieldName[],
  { vendor, mapping }: Pick<Towards, 'vendor' | 'mapping'>,
): CreationValue[] | null {
  const isChosen = ({ field }: CreationRow): boolean => chosen.includes(field);
  const picked = rows.filter(isChosen);
  const reaches = picked.some(({ field, required }) => required || field === 'email' || field === 'phone');
  const lacks = rows.some((row) => row.required && !isChosen(row));
  if (lacks || !reaches || picked.length !== new Set(chosen).size) return null;
  const values = picked.flatMap(({ field, write }): CreationValue[] => {
    const row = mapping.find((candidate) => candidate.field === field);
    if (!row || !write.can || write.value === null) return [];
    return [{ field, transform: row.transform, key: keyOf(row, vendor), value: write.value }];
  });
  return values.length === picked.length ? values : null;
}

/** Which of the values a read of the new record finds. A vendor may store another spelling of the same value (phone numbers). */
export function verifyCreation(
  values: readonly CreationValue[],
  { values: read }: RecordFields,
  context: TransformContext,
): { field: FieldName; sent: string; found: FieldValue; stored: boolean }[] {
  return values.map(({ field, key, value, transform }) => {
    const found = read[key] ?? null;
    return { field, sent: value, found, stored: sameValue(transform, found, value, context) };
  });
}

/** Whether the viewed record still says, row by row, what it said when the rows were made. */
export const sameSource = (before: readonly CreationRow[], now: readonly CreationRow[]): boolean =>
  before.length === now.length &&
  before.every(({ field, source }) => now.some((row) => row.field === field && row.source === source));
