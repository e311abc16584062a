import { type FieldName, VENDOR_NAMES, type VendorName } from './contact.ts';
import type { Mapping, MappingDirection } from './mapping.ts';

/** Kinds of records beside each other in the panel. A person decides per pair of accounts which are shown, and where they are written. */
export const RESOURCE_NAMES = [
  'contacts',
  'companies',
  'tasks',
  'notes',
  'tags',
  'appointments',
  'tickets',
  'comments',
] as const;
export type ResourceName = (typeof RESOURCE_NAMES)[number];

/** Why a kind is never written there. Each has a sentence in the locale files (`resource.<reason>`). */
export const RESOURCE_REASONS = [
  'atera-customer',
  'atera-no-tasks',
  'atera-no-notes',
  'atera-no-appointments',
  'ghl-calendar',
  'ghl-no-tickets',
  'ghl-no-comments',
  'needed',
] as const;
export type ResourceReason = (typeof RESOURCE_REASONS)[number];

export interface ResourceRow {
  resource: ResourceName;
  /** Whether the kind can be written there at all, or why not. */
  atera: true | ResourceReason;
  ghl: true | ResourceReason;
  /** Whether it can be switched off, or why not. */
  off: true | ResourceReason;
}

/** What the two vendors allow. Everything that is possible is the default. */
export const RESOURCES: readonly ResourceRow[] = [
  { resource: 'contacts', atera: true, ghl: true, off: 'needed' },
  { resource: 'companies', atera: 'atera-customer', ghl: true, off: true },
  { resource: 'tasks', atera: 'atera-no-tasks', ghl: true, off: true },
  { resource: 'notes', atera: 'atera-no-notes', ghl: true, off: true },
  { resource: 'tags', atera: true, ghl: true, off: true },
  { resource: 'appointments', atera: 'atera-no-appointments', ghl: 'ghl-calendar', off: true },
  { resource: 'tickets', atera: true, ghl: 'ghl-no-tickets', off: true },
  { resource: 'comments', atera: true, ghl: 'ghl-no-comments', off: true },
];

/** `direction`: where the kind may be written; `never` means that it is only read. */
export interface ResourceSetting {
  resource: ResourceName;
  enabled: boolean;
  direction: MappingDirection;
}

/** What of one row is to change; the rest of it, and every other row, stays as it is. */
export type ResourceChange = Pick<ResourceSetting, 'resource'> & {
  [K in Exclude<keyof ResourceSetting, 'resource'>]?: ResourceSetting[K] | undefined;
};

const WRITES: Record<MappingDirection, readonly VendorName[]> = {
  both: VENDOR_NAMES,
  'to-ghl': ['ghl'],
  'to-atera': ['atera'],
  never: [],
};

/** Directions that the vendors can follow, the widest first. Not to write at all is always one of them. */
export const directionsOf = (row: ResourceRow): [MappingDirection, ...MappingDirection[]] => {
  const isPossible = (direction: MappingDirection): boolean =>
    WRITES[direction].every((vendor) => row[vendor] === true);
  const [first, ...others] = (['both', 'to-ghl', 'to-atera'] as const).filter(isPossible);
  return first === undefined ? ['never'] : [first, ...others, 'never'];
};

const shippedSetting = (row: ResourceRow): ResourceSetting => {
  const [direction] = directionsOf(row);
  return { resource: row.resource, enabled: true, direction };
};

export const shippedResources = (): ResourceSetting[] => RESOURCES.map(shippedSetting);

/**
 * What was stored, as settings of every kind. A kind that nothing is said of is as shipped; what was said and cannot be understood
 * closes: it is only read, and shown only where it plainly says so. What somebody switched off must not come back by itself.
 */
export function readSettings(stored: unknown): ResourceSetting[] {
  const said = Array.isArray(stored) ? stored.filter(isObject) : [];
  return RESOURCES.map((row) => {
    const own = said.filter(({ resource }) => resource === row.resource);
    const [setting] = own;
    if (!setting) return shippedSetting(row);
    const direction = own.length > 1 ? undefined : directionsOf(row).find((one) => one === setting.direction);
    return {
      resource: row.resource,
      enabled: row.off !== true || (own.length === 1 && setting.enabled === true),
      direction: direction ?? 'never',
    };
  });
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** Settings with these changes, one after the other. */
export const mergeResources = (
  settings: readonly ResourceSetting[],
  changes: readonly ResourceChange[],
): ResourceSetting[] =>
  changes.reduce<ResourceSetting[]>(
    (rows, { resource, enabled, direction }) =>
      rows.map((row) =>
        row.resource === resource
          ? { resource, enabled: enabled ?? row.enabled, direction: direction ?? row.direction }
          : row,
      ),
    [...settings],
  );

/** The kinds whose setting cannot be; empty when all may be stored. */
export const lintResources = (settings: readonly ResourceSetting[]): ResourceName[] =>
  settings.flatMap(({ resource, enabled, direction }, index) => {
    const row = RESOURCES.find((candidate) => candidate.resource === resource);
    const isAgain = settings.findIndex((other) => other.resource === resource) < index;
    const isPossible = row && directionsOf(row).includes(direction) && (enabled || row.off === true);
    return isPossible && !isAgain ? [] : [resource];
  });

const settingOf = (settings: readonly ResourceSetting[], name: ResourceName): ResourceSetting | undefined =>
  settings.find(({ resource }) => resource === name);

export const isShown = (settings: readonly ResourceSetting[], name: ResourceName): boolean =>
  settingOf(settings, name)?.enabled === true;

/** Whether records of this kind may be written at this vendor. What is not shown is not written either. */
export function mayWrite(
  settings: readonly ResourceSetting[],
  name: ResourceName,
  vendor: VendorName,
): boolean {
  const setting = settingOf(settings, name);
  return setting?.enabled === true && WRITES[setting.direction].includes(vendor);
}

/** Fields of a contact that tell of the company. In Atera they are the customer's. */
const COMPANY_FIELDS: ReadonlySet<FieldName> = new Set([
  'company',
  'address1',
  'city',
  'state',
  'postalCode',
  'country',
]);

/** The mapping within what may be written of contacts and companies: company fields are gone where companies are switched off. */
export const limitMapping = (mapping: Mapping, settings: readonly ResourceSetting[]): Mapping =>
  mapping.flatMap((row) => {
    const names: ResourceName[] = COMPANY_FIELDS.has(row.field) ? ['contacts', 'companies'] : ['contacts'];
    if (!names.every((name) => isShown(settings, name))) return [];
    const closed = VENDOR_NAMES.filter((vendor) => names.some((name) => isClosed(settings, name, vendor)));
    return [closed.length > 0 ? { ...row, closed } : row];
  });

/** Closed by the setting. What a vendor can never take has its own reason, and that one is shown. */
const isClosed = (settings: readonly ResourceSetting[], name: ResourceName, vendor: VendorName): boolean =>
  RESOURCES.find(({ resource }) => resource === name)?.[vendor] === true && !mayWrite(settings, name, vendor);
