import type { FieldName } from './contact.ts';
import type { BlockReason, EmptyRule, Mapping, MappingDirection, MappingRow } from './mapping.ts';
import type { ResourceName } from './resource-settings.ts';

/** What has fields that are paired: rules of the one say nothing of the other. */
export const MAPPED_RESOURCES = ['contacts', 'companies'] as const satisfies readonly ResourceName[];
export type MappedResource = (typeof MAPPED_RESOURCES)[number];

/** What a person may decide about one row of the mapping. Keys and transforms stay those of the shipped row. */
export interface FieldSetting {
  field: FieldName;
  enabled: boolean;
  direction: MappingDirection;
  empty: EmptyRule;
}

/** What of one row is to change; the rest of it, and every other row, stays as it is. */
export type FieldChange = Pick<FieldSetting, 'field'> & {
  [K in Exclude<keyof FieldSetting, 'field'>]?: FieldSetting[K] | undefined;
};

/** Whether each vendor can ever take this field, or why not. */
export interface Abilities {
  atera: true | BlockReason;
  ghl: true | BlockReason;
}

/** Rules that can be chosen. `clear` is not among them: what emptying does is unproven at both vendors. */
export const EMPTY_RULES = ['skip', 'fill-only'] as const satisfies readonly EmptyRule[];

const NEEDS: Record<MappingDirection, readonly (keyof Abilities)[]> = {
  both: ['atera', 'ghl'],
  'to-ghl': ['ghl'],
  'to-atera': ['atera'],
  never: [],
};

/** Directions that make sense for a row: those that the vendors can write, the shipped one, and never. */
export function allowedDirections({ direction }: MappingRow, abilities: Abilities): MappingDirection[] {
  return (['both', 'to-ghl', 'to-atera', 'never'] as const).filter(
    (candidate) => candidate === direction || NEEDS[candidate].every((vendor) => abilities[vendor] === true),
  );
}

/** The settings that say nothing new: every row on, as it is shipped. */
export const shippedSettings = (defaults: Mapping): FieldSetting[] =>
  defaults.map(({ field, direction, empty }) => ({ field, enabled: true, direction, empty }));

/** The settings with these changes in them: from what is stored, else from the shipped row. Changes of a field that is not there are left out. */
export function mergeSettings(
  defaults: Mapping,
  settings: readonly FieldSetting[],
  changes: readonly FieldChange[],
): FieldSetting[] {
  const rows = new Map([...shippedSettings(defaults), ...settings].map((row) => [row.field, row]));
  const changed = changes.flatMap(({ field, enabled, direction, empty }): FieldSetting[] => {
    const row = rows.get(field);
    if (!row) return [];
    const next: FieldSetting = {
      field,
      enabled: enabled ?? row.enabled,
      direction: direction ?? row.direction,
      empty: empty ?? row.empty,
    };
    rows.set(field, next);
    return [next];
  });
  const touched = [...settings, ...changed].map(({ field }) => field);
  return [...rows.values()].filter(({ field }) => touched.includes(field));
}

/** The mapping that follows: rows that are off are gone, rows without a setting stay as shipped, order is that of the defaults. */
export function applySettings(defaults: Mapping, settings: readonly FieldSetting[]): Mapping {
  return defaults.flatMap((row) => {
    const setting = settings.find(({ field }) => field === row.field);
    if (!setting) return [row];
    return setting.enabled ? [{ ...row, direction: setting.direction, empty: setting.empty }] : [];
  });
}

export interface SettingProblem {
  field: FieldName;
  problem: 'unknown-field' | 'duplicate' | 'direction' | 'empty-rule';
}

/** Everything in the settings that cannot be; empty when they may be stored. */
export function lintSettings(
  defaults: Mapping,
  settings: readonly FieldSetting[],
  abilitiesOf: (row: MappingRow) => Abilities,
): SettingProblem[] {
  return settings.flatMap(({ field, direction, empty }, index): SettingProblem[] => {
    const row = defaults.find((candidate) => candidate.field === field);
    if (!row) return [{ field, problem: 'unknown-field' }];
    const isAgain = settings.findIndex((other) => other.field === field) < index;
    const isDirection = allowedDirections(row, abilitiesOf(row)).includes(direction);
    const isRule = EMPTY_RULES.some((rule) => rule === empty);
    return [
      ...(isAgain ? [{ field, problem: 'duplicate' } as const] : []),
      ...(isDirection ? [] : [{ field, problem: 'direction' } as const]),
      ...(isRule ? [] : [{ field, problem: 'empty-rule' } as const]),
    ];
  });
}

/** Equal for mappings that mean the same: what a plan is bound to. */
export const mappingFingerprint = (mapping: Mapping): string =>
  JSON.stringify(
    mapping.map(({ field, atera, ghl, direction, empty, transform, closed }) => [
      field,
      atera,
      ghl,
      direction,
      empty,
      transform,
      ...(closed ? [closed] : []),
    ]),
  );
