import type { Mapping, MappingRow } from '../core/mapping.ts';
import {
  type Abilities,
  allowedDirections,
  applySettings,
  type FieldSetting,
  lintSettings,
  shippedSettings,
} from '../core/mapping-settings.ts';
import { AppError } from '../errors.ts';
import type { MappingView } from '../panel-state.ts';
import { ATERA_FIELDS } from '../vendors/atera/mapping.ts';
import { CUSTOM_PREFIX, GHL_FIELDS } from '../vendors/ghl/mapping.ts';
import { type Accounts, type Pair, scopeOfPair } from './accounts.ts';
import { type Store, scopeOfAccount } from './areas.ts';
import type { Records } from './load-view.ts';

/** Which fields are compared and written for a pair of accounts, and which way. */
export interface Mappings {
  /** The mapping of the pair as it is set at this moment. */
  of(pair: Pair): Promise<Mapping>;
  /** For the settings page; null while nothing is connected. */
  view(): Promise<MappingView | null>;
  /** Stores settings that can be, and refuses all others; open views are renewed before it answers. */
  set(settings: readonly FieldSetting[]): Promise<MappingView | null>;
  reset(): Promise<MappingView | null>;
}

interface Dependencies {
  store: Store;
  accounts: Pick<Accounts, 'pair'>;
  /** The shipped rows. */
  defaults: Mapping;
  /** Both records of the person that the agent looks at, once they are certain to be one person. */
  recordsInView: (pair: Pair) => Promise<Records | null>;
  /** Everything on screen was made with another mapping. */
  onChange: (pair: Pair) => Promise<void>;
}

const KEY = 'fields';

export function createMappings({
  store,
  accounts,
  defaults,
  recordsInView,
  onChange,
}: Dependencies): Mappings {
  const read = async (pair: Pair): Promise<FieldSetting[]> =>
    (await store.get('mappings', scopeOfPair(pair), KEY))?.rows ?? [];
  const connected = async (): Promise<Pair> => {
    const pair = await accounts.pair();
    if (!pair) throw new AppError('not_connected');
    return pair;
  };

  /** What is known of the location's custom fields, on top of what the vendors can do at all. */
  const knownBlocks = async (pair: Pair, row: MappingRow): Promise<Abilities> => {
    const abilities = abilitiesOf(row);
    if (!row.ghl.startsWith(CUSTOM_PREFIX)) return abilities;
    const known =
      (await store.get('meta', scopeOfAccount(pair.ghlAccount), 'account'))?.location?.customFields ?? null;
    if (known === null) return { ...abilities, ghl: 'custom-fields-unreadable' };
    const isThere = known.some(({ fieldKey }) => CUSTOM_PREFIX + fieldKey === row.ghl);
    return isThere ? abilities : { ...abilities, ghl: 'custom-field-missing' };
  };

  const view = async (): Promise<MappingView | null> => {
    const pair = await accounts.pair();
    if (!pair) return null;
    const settings = await read(pair);
    const records = await recordsInView(pair);
    const rows = await Promise.all(
      defaults.map(async (row) => {
        const [shipped] = shippedSettings([row]);
        const setting = settings.find(({ field }) => field === row.field) ?? shipped;
        const blocks = await knownBlocks(pair, row);
        return {
          field: row.field,
          enabled: setting?.enabled ?? true,
          direction: setting?.direction ?? row.direction,
          empty: setting?.empty ?? row.empty,
          directions: allowedDirections(row, abilitiesOf(row)),
          toAtera: records?.atera.fields.writable[row.atera] ?? blocks.atera,
          toGhl: records?.ghl.fields.writable[row.ghl] ?? blocks.ghl,
          values: records && {
            atera: records.atera.fields.values[row.atera] ?? null,
            ghl: records.ghl.fields.values[row.ghl] ?? null,
          },
        };
      }),
    );
    return { personName: records?.atera.contact.name ?? null, rows };
  };

  return {
    view,
    of: async (pair) => applySettings(defaults, await read(pair)),
    async set(rows) {
      const pair = await connected();
      const [problem] = lintSettings(defaults, rows, abilitiesOf);
      if (problem) throw new AppError('invalid_input', { input: `${problem.field}:${problem.problem}` });
      await store.put('mappings', scopeOfPair(pair), KEY, { rows: [...rows] });
      await onChange(pair);
      return view();
    },
    async reset() {
      const pair = await connected();
      await store.delete('mappings', scopeOfPair(pair), KEY);
      await onChange(pair);
      return view();
    },
  };
}

/** What the vendors can ever write of a row; whether a location has its custom field is another matter. */
export function abilitiesOf({ atera, ghl }: MappingRow): Abilities {
  const left = Object.entries(ATERA_FIELDS).find(([key]) => key === atera)?.[1].write;
  const right = Object.entries(GHL_FIELDS).find(([key]) => key === ghl)?.[1].write;
  return {
    atera: left === undefined ? 'vendor-read-only' : 'blocked' in left ? left.blocked : true,
    ghl: ghl.startsWith(CUSTOM_PREFIX)
      ? true
      : right === undefined
        ? 'vendor-read-only'
        : 'blocked' in right
          ? right.blocked
          : true,
  };
}
