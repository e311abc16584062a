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
  type MappedResource,
  mergeSettings,
  shippedSettings,
} from '../core/mapping-settings.ts';
import { limitCompanyMapping, limitMapping, type ResourceSetting } from '../core/resource-settings.ts';
import { AppError } from '../errors.ts';
import type { MappingView } from '../panel-state.ts';
import { CUSTOMER_FIELDS } from '../vendors/atera/companies.ts';
import { ATERA_FIELDS } from '../vendors/atera/mapping.ts';
import { COMPANY_MAPPING } from '../vendors/default-mapping.ts';
import { BUSINESS_FIELDS } from '../vendors/ghl/companies.ts';
import { CUSTOM_PREFIX, GHL_FIELDS } from '../vendors/ghl/mapping.ts';
import { type Accounts, type Pair, scopeOfPair } from './accounts.ts';
import { type Store, scopeOfAccount } from './areas.ts';
import { createTurns } from './in-turn.ts';
import type { Records } from './load-parts.ts';
import { resourcesOf } from './resources.ts';

/** Which fields are compared and written for a pair of accounts, and which way: of people, or of companies. */
export interface Mappings {
  /** The mapping of the pair as it is set at this moment. */
  of(pair: Pair, of: MappedResource): Promise<Mapping>;
  /** For the settings page; null while nothing is connected. */
  view(of: MappedResource): Promise<MappingView | null>;
  /** Changes these rows and no others; what cannot be is refused. Open views are renewed before it answers. */
  set(of: MappedResource, changes: readonly FieldChange[]): Promise<MappingView | null>;
  reset(of: MappedResource): Promise<MappingView | null>;
}

interface Dependencies {
  store: Store;
  accounts: Pick<Accounts, 'pair'>;
  /** The shipped rows of people. */
  defaults: Mapping;
  /** Both records of what the agent looks at, once they are certain to be one. */
  recordsInView: (of: MappedResource) => Promise<Records | null>;
  /** Everything on screen was made with another mapping. */
  onChange: (pair: Pair) => Promise<void>;
}

/** What differs between the rules of people and of companies. */
interface Kind {
  /** Name of the stored row. */
  key: string;
  defaults: Mapping;
  abilitiesOf: (row: MappingRow) => Abilities;
  /** The mapping within what a pair shows and writes at all. */
  limit: (mapping: Mapping, settings: readonly ResourceSetting[]) => Mapping;
}

export function createMappings({
  store,
  accounts,
  defaults: people,
  recordsInView,
  onChange,
}: Dependencies): Mappings {
  const kinds: Record<MappedResource, Kind> = {
    contacts: { key: 'fields', defaults: people, abilitiesOf, limit: limitMapping },
    companies: {
      key: 'companies',
      defaults: COMPANY_MAPPING,
      abilitiesOf: companyAbilitiesOf,
      limit: limitCompanyMapping,
    },
  };
  const inTurn = createTurns();
  const read = async (pair: Pair, of: MappedResource): Promise<FieldSetting[]> =>
    (await store.get('mappings', scopeOfPair(pair), kinds[of].key))?.rows ?? [];
  const connected = async (): Promise<Pair> => {
    const pair = await accounts.pair();
    if (!pair) throw new AppError('not_connected');
    return pair;
  };

  const limited = async (pair: Pair, of: MappedResource, mapping: Mapping): Promise<Mapping> =>
    kinds[of].limit(mapping, await resourcesOf(store, scopeOfPair(pair)));

  /** What is known of the location's custom fields, on top of what the vendors can do at all. */
  const knownBlocks = async (pair: Pair, row: MappingRow, abilities: Abilities): Promise<Abilities> => {
    if (!row.ghl.startsWith(CUSTOM_PREFIX)) return abilities;
    const known =
      (await store.get('meta', scopeOfAccount(pair.ghlAccount), 'account'))?.location?.customFields ?? null;
    if (known === null) return { ...abilities, ghl: 'custom-fields-unreadable' };
    const isThere = known.some(({ fieldKey }) => CUSTOM_PREFIX + fieldKey === row.ghl);
    return isThere ? abilities : { ...abilities, ghl: 'custom-field-missing' };
  };

  const view: Mappings['view'] = async (of) => {
    const pair = await accounts.pair();
    if (!pair) return null;
    const { defaults, abilitiesOf: can } = kinds[of];
    const settings = await read(pair, of);
    const records = await recordsInView(of);
    const shown = await limited(pair, of, defaults);
    const rows = await Promise.all(
      defaults.map(async (row) => {
        const [shipped] = shippedSettings([row]);
        const setting = settings.find(({ field }) => field === row.field) ?? shipped;
        const blocks = await knownBlocks(pair, row, can(row));
        const limit = shown.find(({ field }) => field === row.field);
        const within = (vendor: VendorName, isOpen: true | BlockReason): true | BlockReason =>
          isOpen === true && (!limit || isClosed(limit, vendor)) ? 'resource-direction' : isOpen;
        return {
          field: row.field,
          enabled: setting?.enabled ?? true,
          direction: setting?.direction ?? row.direction,
          empty: setting?.empty ?? row.empty,
          directions: allowedDirections(row, can(row)),
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
    of: async (pair, of) => limited(pair, of, applySettings(kinds[of].defaults, await read(pair, of))),
    async set(of, changes) {
      const pair = await connected();
      const { key, defaults, abilitiesOf: can } = kinds[of];
      const stray = changes.find(({ field }) => !defaults.some((row) => row.field === field));
      if (stray) throw new AppError('invalid_input', { input: `${stray.field}:unknown-field` });
      await inTurn(scopeOfPair(pair), async () => {
        const rows = mergeSettings(defaults, await read(pair, of), changes);
        // What was stored under older rules is no reason to refuse a change of another row.
        const changed = rows.filter(({ field }) => changes.some((change) => change.field === field));
        const [problem] = lintSettings(defaults, changed, can);
        if (problem) throw new AppError('invalid_input', { input: `${problem.field}:${problem.problem}` });
        await store.put('mappings', scopeOfPair(pair), key, { rows });
      });
      await onChange(pair);
      return view(of);
    },
    async reset(of) {
      const pair = await connected();
      await inTurn(scopeOfPair(pair), () => store.delete('mappings', scopeOfPair(pair), kinds[of].key));
      await onChange(pair);
      return view(of);
    },
  };
}

/** The same for companies: their keys are the vendors' own, and none is a custom field. */
const companyAbilitiesOf = ({ atera, ghl }: MappingRow): Abilities => ({
  atera: CUSTOMER_FIELDS[atera]?.write ?? 'vendor-read-only',
  ghl: BUSINESS_FIELDS[ghl]?.write ?? 'vendor-read-only',
});

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
