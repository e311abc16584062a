import fc from 'fast-check';
import { FIELD_NAMES, type FieldName, type FieldValue, type Ref } from '../../lib/core/contact.ts';
import type { RecordFields, Side } from '../../lib/core/diff.ts';
import { BLOCK_REASONS, type Mapping, type MappingRow, type TransformName } from '../../lib/core/mapping.ts';

export const REFS: Record<Side, Ref> = {
  left: { vendor: 'atera', accountId: 'tenant', kind: 'contact', id: '1' },
  right: { vendor: 'ghl', accountId: 'location', kind: 'contact', id: 'A' },
};

export const VALUES: Record<TransformName, fc.Arbitrary<FieldValue>> = {
  text: fc.oneof(
    fc.constantFrom(
      null,
      '',
      ' ',
      'Oslo',
      ' Oslo ',
      'OSLO',
      'e\u200b\u0301',
      'é',
      '\u202eabc',
      'ליאור',
      '東京',
    ),
    fc.string({ unit: 'binary', maxLength: 8 }),
  ),
  email: fc.oneof(
    fc.constantFrom(
      null,
      '',
      'dana@x.example',
      ' DANA@X.example',
      'dana',
      'a@b.example,c@d.example',
      '\u200b',
    ),
    fc.emailAddress(),
    fc.string({ unit: 'binary', maxLength: 8 }),
  ),
  phone: fc.oneof(
    fc.constantFrom(
      null,
      ' ',
      '(415) 555-0137',
      '+14155550137',
      '415 555 0137 x1',
      '+3100000000',
      'ask',
      '0044 20 7946 0123',
    ),
    fc.array(fc.constantFrom(...'0123456789+-() x')).map((list) => list.join('')),
  ),
  country: fc.oneof(
    fc.constantFrom(null, '', 'US', 'us', 'United States', 'U.S.', 'Atlantis', 'Deutschland', 'uk', 'GB'),
    fc.string({ maxLength: 3 }),
  ),
};

export interface World {
  left: RecordFields;
  right: RecordFields;
  mapping: Mapping;
  context: { country: string | null };
  chosen: FieldName[];
  side: Side;
}

const writable = fc.oneof(
  { weight: 4, arbitrary: fc.constant(true as const) },
  { weight: 1, arbitrary: fc.constantFrom(...BLOCK_REASONS) },
);
const cell = (field: FieldName) =>
  fc
    .record({
      transform: fc.constantFrom<TransformName>('text', 'email', 'phone', 'country'),
      direction: fc.constantFrom<MappingRow['direction']>(
        'both',
        'both',
        'both',
        'to-ghl',
        'to-atera',
        'never',
      ),
      empty: fc.constantFrom<MappingRow['empty']>('skip', 'clear', 'fill-only'),
      canLeft: writable,
      canRight: writable,
    })
    .chain((parts) =>
      fc.record({
        row: fc.constant<MappingRow>({
          field,
          atera: `A.${field}`,
          ghl: `g.${field}`,
          transform: parts.transform,
          direction: parts.direction,
          empty: parts.empty,
        }),
        parts: fc.constant(parts),
        left: fc.option(VALUES[parts.transform], { nil: undefined, freq: 12 }),
        right: fc.option(VALUES[parts.transform], { nil: undefined, freq: 12 }),
      }),
    );

/** Two records, a mapping over them, and what somebody ticked. */
export const worlds: fc.Arbitrary<World> = fc
  .subarray([...FIELD_NAMES], { minLength: 1, maxLength: 6 })
  .chain((fields) =>
    fc.record({
      cells: fc.tuple(...fields.map(cell)),
      chosen: fc.subarray([...FIELD_NAMES], { minLength: 9 }),
      side: fc.constantFrom<Side>('left', 'right'),
      country: fc.constantFrom(null, 'US', 'GB', 'DE'),
    }),
  )
  .map(({ cells, chosen, side, country }) => {
    const record = (of: 'left' | 'right', keyOf: (row: MappingRow) => string): RecordFields => ({
      values: Object.fromEntries(
        cells.flatMap((one) => (one[of] === undefined ? [] : [[keyOf(one.row), one[of] ?? null]])),
      ),
      writable: Object.fromEntries(
        cells.map(({ row, parts }) => [keyOf(row), of === 'left' ? parts.canLeft : parts.canRight]),
      ),
    });
    return {
      left: record('left', ({ atera }) => atera),
      right: record('right', ({ ghl }) => ghl),
      mapping: cells.map(({ row }) => row),
      context: { country },
      chosen,
      side,
    };
  });
