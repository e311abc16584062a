import type { VendorName } from '../core/contact.ts';
import { isClosed } from '../core/diff.ts';
import type { BlockReason, Mapping, MappingRow } from '../core/mapping.ts';
import {
  type Abilities,
  allowedDirections,
  applySettings,
  type FieldChange,
  type FieldSetting,
  lintSettings,
  mergeSettings,
  shippedSettings,
} from '../core/mapping-settings.ts';
import { limitMapping } from '../core/resource-settings.ts';
import { AppError } from '../errors.ts';
import type { MappingView } from '../panel-state.ts';
import { ATERA_FIELDS } from '../vendors/atera/mapping.ts';
import { CUSTOM_PREFIX, GHL_FIELDS } from '../vendors/ghl/mapping.ts';
import { type Accounts, type Pair, scopeOfPair } from './accounts.ts';
import { type Store, scopeOfAccount } from './areas.ts';
import { createTurns } from './in-turn.ts';
import type { Records } from './load-parts.ts';
import { resourcesOf } from './resources.ts';

/** Which fields are compared and written for a pair of accounts, and which way. */
export interface Mappings {
  /** The mapping of the pair as it is set at this moment. */
  of(pair: Pair): Promise<Mapping>;
  /** For the settings page; null while nothing is connected. */
  view(): Promise<MappingView | null>;
  /** Changes these rows and no others; what cannot be is refused. Open views are renewed before it answers. */
  set(changes: readonly FieldChange[]): Promise<MappingView | null>;
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
  const inTurn = createTurns();
  const read = async (pair: Pair): Promise<FieldSetting[]> =>
    (await store.get('mappings', scopeOfPair(pair), KEY))?.rows ?? [];
  const connected = async (): Promise<Pair> => {
    const pair = await accounts.pair();
    if (!pair) throw new AppError('not_connected');
    return pair;
  };

  /** The mapping within what this pair shows and writes of contacts and companies at all. */
  const limited = async (pair: Pair, mapping: Mapping): Promise<Mapping> =>
    limitMapping(mapping, await resourcesOf(store, scopeOfPair(pair)));

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
    const shown = await limited(pair, defaults);
    const rows = await Promise.all(
      defaults.map(async (row) => {
        const [shipped] = shippedSettings([row]);
        const setting = settings.find(({ field }) => field === row.field) ?? shipped;
        const blocks = await knownBlocks(pair, row);
        const limit = shown.find(({ field }) => field === row.field);
        const within = (vendor: VendorName, can: true | BlockReason): true | BlockReason =>
          can === true && (!limit || isClosed(limit, vendor)) ? 'resource-direction' : can;
        return {
          field: row.field,
          enabled: setting?.enabled ?? true,
          direction: setting?.direction ?? row.direction,
          empty: setting?.empty ?? row.empty,
          directions: allowedDirections(row, abilitiesOf(row)),
          toAtera: within('atera', records?.atera.fields.writable[row.atera] ?? blocks.atera),
          toGhl: within('ghl', records?.ghl.fields.writable[row.ghl] ?? blocks.ghl),
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
    of: async (pair) => limited(pair, applySettings(defaults, await read(pair))),
    async set(changes) {
      const pair = await connected();
      const stray = changes.find(({ field }) => !defaults.some((row) => row.field === field));
      if (stray) throw new AppError('invalid_input', { input: `${stray.field}:unknown-field` });
      await inTurn(scopeOfPair(pair), async () => {
        const rows = mergeSettings(defaults, await read(pair), changes);
        // What was stored under older rules is no reason to refuse a change of another row.
        const changed = rows.filter(({ field }) => changes.some((change) => change.field === field));
        const [problem] = lintSettings(defaults, changed, abilitiesOf);
        if (problem) throw new AppError('invalid_input', { input: `${problem.field}:${problem.problem}` });
        await store.put('mappings', scopeOfPair(pair), KEY, { rows });
      });
      await onChange(pair);
      return view();
    },
    async reset() {
      const pair = await connected();
      await inTurn(scopeOfPair(pair), () => store.delete('mappings', scopeOfPair(pair), KEY));
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
