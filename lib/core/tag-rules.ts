import { VENDOR_NAMES, type VendorName } from './contact.ts';
import type { MappingDirection } from './mapping.ts';
import { isTag, tagKey } from './tag-list.ts';

/** One tag that is called differently in the two systems. */
export interface TagRename {
  ghl: string;
  atera: string;
}

/**
 * How the tags of a pair belong together. A tag is known by its name in GHL; only tags whose name there begins with `prefix` take part
 * (all, when it is empty), and the prefix stays a part of the tag on both sides. `direction`: who is written to.
 */
export interface TagRules {
  rename: TagRename[];
  prefix: string;
  direction: MappingDirection;
}

export const SHIPPED_TAG_RULES: TagRules = { rename: [], prefix: '', direction: 'both' };

export const MAX_RENAMES = 200;

/** What is wrong with a row. Each has a sentence in the locale files (`tagRules.problem.<name>`). */
export const TAG_RULE_PROBLEMS = [
  'empty',
  'comma',
  'same-ghl',
  'same-atera',
  'chain',
  'outside-prefix',
  'too-many',
] as const;
export type TagRuleProblem = (typeof TAG_RULE_PROBLEMS)[number];

export interface TagRuleFault {
  /** Index in `rename`; null for the prefix. */
  row: number | null;
  problem: TagRuleProblem;
}

/** The first fault of every row, and of the prefix; empty when the rules can be followed. */
export function lintTagRules({ rename, prefix }: TagRules): TagRuleFault[] {
  const faults = rename.flatMap((one, row): TagRuleFault[] => {
    const problem = row >= MAX_RENAMES ? 'too-many' : problemOf(rename, one, row, prefix);
    return problem ? [{ row, problem }] : [];
  });
  return prefix.trim() === '' || isTag(prefix) ? faults : [{ row: null, problem: 'comma' }, ...faults];
}

function problemOf(
  rename: readonly TagRename[],
  { ghl, atera }: TagRename,
  row: number,
  prefix: string,
): TagRuleProblem | null {
  if (tagKey(ghl) === '' || tagKey(atera) === '') return 'empty';
  if (!isTag(ghl) || !isTag(atera)) return 'comma';
  const others = rename.filter((_, index) => index !== row);
  if (others.some((other) => tagKey(other.ghl) === tagKey(ghl))) return 'same-ghl';
  if (others.some((other) => tagKey(other.atera) === tagKey(atera))) return 'same-atera';
  const isChained = others.some(
    (other) => tagKey(other.ghl) === tagKey(atera) || tagKey(other.atera) === tagKey(ghl),
  );
  if (isChained) return 'chain';
  return tagKey(ghl).startsWith(tagKey(prefix)) ? null : 'outside-prefix';
}

const WRITES: Record<MappingDirection, readonly VendorName[]> = {
  both: VENDOR_NAMES,
  'to-ghl': ['ghl'],
  'to-atera': ['atera'],
  never: [],
};

export const mayWriteTags = ({ direction }: Pick<TagRules, 'direction'>, vendor: VendorName): boolean =>
  WRITES[direction].includes(vendor);

/** The rules within where the pair writes tags at all. */
export function limitTagRules(rules: TagRules, may: (vendor: VendorName) => boolean): TagRules {
  const isOpen = (vendor: VendorName): boolean => mayWriteTags(rules, vendor) && may(vendor);
  const toGhl = isOpen('ghl') ? 'to-ghl' : 'never';
  return { ...rules, direction: isOpen('atera') ? (toGhl === 'to-ghl' ? 'both' : 'to-atera') : toGhl };
}

/** The same rules are the same text: what was shown under other ones is not done. */
export const tagRulesKey = ({ rename, prefix, direction }: TagRules): string =>
  JSON.stringify([direction, prefix, rename.map(({ ghl, atera }) => [ghl, atera])]);

/**
 * What a tag of one system is called in both. `reserved`: it has no name of its own on the other side, because a rename has taken that
 * name for another tag. So two tags never become one, and what is renamed there comes back as it was.
 */
export type TagName = { ghl: string; atera: string } | 'reserved';

export function nameOf(vendor: VendorName, tag: string, rename: readonly TagRename[]): TagName {
  const key = tagKey(tag);
  const own = rename.find((row) => tagKey(row[vendor]) === key);
  if (own)
    return vendor === 'ghl' ? { ghl: tag, atera: own.atera.trim() } : { ghl: asInGhl(own.ghl), atera: tag };
  const other = vendor === 'ghl' ? 'atera' : 'ghl';
  if (rename.some((row) => tagKey(row[other]) === key)) return 'reserved';
  return vendor === 'ghl' ? { ghl: tag, atera: tag.trim() } : { ghl: asInGhl(tag), atera: tag };
}

/** GHL keeps tags in lower case. */
const asInGhl = (tag: string): string => tag.trim().toLowerCase();
