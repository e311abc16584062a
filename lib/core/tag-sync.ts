import type { VendorName } from './contact.ts';
import { addTag, isTag, removeTag, tagKey } from './tag-list.ts';
import { mayWriteTags, nameOf, type TagRules } from './tag-rules.ts';

/** Tags of both records of a person, as each system writes them. */
export type TagSets = Readonly<Record<VendorName, readonly string[]>>;

/**
 * What both held at their last sync, as it was written then. `unsure`: tags of which nothing is known any more, because a way back was sent
 * and not seen to be done.
 */
export type TagBase = TagSets & { readonly unsure?: readonly Pick<TagOp, 'vendor' | 'tag'>[] };

/** One tag put on, or taken off, one record. */
export interface TagOp {
  vendor: VendorName;
  tag: string;
  isOn: boolean;
}

/**
 * `only-*`: it stands there alone, and nothing is known of how that came. `added-*`, `removed-*`: who changed it since the last sync.
 * What one side added and the other removed since was wanted by somebody: it counts as added.
 */
export type TagStatus =
  | 'same'
  | 'only-atera'
  | 'only-ghl'
  | 'added-atera'
  | 'added-ghl'
  | 'removed-atera'
  | 'removed-ghl';

/** Why a tag stays as it is. Each has a sentence in the locale files (`tagSync.block.<name>`). */
export const TAG_BLOCKS = ['outside-prefix', 'reserved', 'comma', 'direction'] as const;
export type TagBlock = (typeof TAG_BLOCKS)[number];

export interface TagRow {
  /** The tag's name in GHL, folded: the same tag has the same id on both sides. */
  id: string;
  /** As it is written there; null where it does not stand. */
  atera: string | null;
  ghl: string | null;
  status: TagStatus;
  /** What makes both sides agree; null when they do, and where that may not be written. */
  op: TagOp | null;
  block: TagBlock | null;
}

interface Named {
  id: string;
  atera: string | null;
  ghl: string | null;
  /** What it is, or would be, called in both: as it is written where it stands alone; null where it has no name of its own on the other side. */
  name: { atera: string; ghl: string } | null;
}

/** No key begins with a space: such an id is nobody else's. */
const reservedId = (vendor: VendorName, tag: string): string => ` ${vendor} ${tagKey(tag)}`;

/** Every tag of both sides, once. Of several that are the same on one side, the first. */
function named(sets: TagSets, { rename }: TagRules): Named[] {
  const all = new Map<string, Named>();
  for (const vendor of ['ghl', 'atera'] as const)
    for (const tag of sets[vendor]) {
      if (tagKey(tag) === '') continue;
      const name = nameOf(vendor, tag, rename);
      const id = name === 'reserved' ? reservedId(vendor, tag) : tagKey(name.ghl);
      const known = all.get(id) ?? { id, atera: null, ghl: null, name: name === 'reserved' ? null : name };
      all.set(id, { ...known, [vendor]: known[vendor] ?? tag });
    }
  return [...all.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** `base`: null when there was no sync yet. Without it nothing is ever taken off. */
export function tagRows(sets: TagSets, base: TagBase | null, rules: TagRules): TagRow[] {
  const before = new Map(base ? named(base, rules).map((tag) => [tag.id, tag]) : []);
  const unsure = new Set(base?.unsure?.map((tag) => idOf(tag, rules)));
  return named(sets, rules).map((tag) => {
    const { id, atera, ghl, name } = tag;
    const isKnown = base !== null && !unsure.has(id);
    const status = statusOf(tag, isKnown ? (before.get(id) ?? { atera: null, ghl: null }) : null);
    const row = { id, atera, ghl, status, op: null };
    if (name === null) return { ...row, block: 'reserved' };
    if (!id.startsWith(tagKey(rules.prefix))) return { ...row, block: 'outside-prefix' };
    const op = opOf(status, name);
    if (!op) return { ...row, block: null };
    if (op.isOn && op.vendor === 'atera' && !isTag(op.tag)) return { ...row, block: 'comma' };
    return mayWriteTags(rules, op.vendor) ? { ...row, op, block: null } : { ...row, block: 'direction' };
  });
}

type There = Pick<Named, VendorName>;

function statusOf(now: There, before: There | null): TagStatus {
  if (now.atera !== null && now.ghl !== null) return 'same';
  const [here, there] = now.ghl === null ? (['atera', 'ghl'] as const) : (['ghl', 'atera'] as const);
  if (before === null) return `only-${here}`;
  if (before[here] === null) return `added-${here}`;
  return before[there] === null ? `only-${here}` : `removed-${there}`;
}

function opOf(status: TagStatus, name: { atera: string; ghl: string }): TagOp | null {
  switch (status) {
    case 'same':
      return null;
    case 'only-ghl':
    case 'added-ghl':
      return { vendor: 'atera', tag: name.atera, isOn: true };
    case 'only-atera':
    case 'added-atera':
      return { vendor: 'ghl', tag: name.ghl, isOn: true };
    case 'removed-atera':
      return { vendor: 'ghl', tag: name.ghl, isOn: false };
    case 'removed-ghl':
      return { vendor: 'atera', tag: name.atera, isOn: false };
  }
}

/** Whether a sync does it without being told: only where it is known who changed what. */
export const isByItself = ({ op, status }: Pick<TagRow, 'op' | 'status'>): boolean =>
  op !== null && !status.startsWith('only-');

export const isSameOp = (a: TagOp, b: TagOp): boolean =>
  a.vendor === b.vendor && a.isOn === b.isOn && tagKey(a.tag) === tagKey(b.tag);

export const holdsTag = (tags: readonly string[], tag: string): boolean =>
  tags.some((one) => tagKey(one) === tagKey(tag));

/**
 * What becomes of an operation that was shown, by the tags as they are now. `there`: it is as wanted by now. `changed`: nothing asks
 * for it any more.
 */
export function opNow(op: TagOp, sets: TagSets, rows: readonly TagRow[]): 'send' | 'there' | 'changed' {
  if (holdsTag(sets[op.vendor], op.tag) === op.isOn) return 'there';
  return rows.some((row) => row.op !== null && isSameOp(row.op, op)) ? 'send' : 'changed';
}

/** The tags of one record after these operations: all others stay, as they are written. */
export function applyTagOps(tags: readonly string[], ops: readonly Omit<TagOp, 'vendor'>[]): string[] {
  let left = [...tags];
  for (const { tag, isOn } of ops) {
    if (!isOn) left = left.filter((one) => tagKey(one) !== tagKey(tag));
    else if (!holdsTag(left, tag)) left.push(tag);
  }
  return left;
}

/** The same for tags in a text. */
export const changeTagText = (text: string | null, ops: readonly Omit<TagOp, 'vendor'>[]): string =>
  ops.reduce((left, { tag, isOn }) => (isOn ? addTag : removeTag)(left, tag), text ?? '');

/**
 * What both held at the sync that ends now: as the agent saw it, with what was verified since. What was wanted and is not done stays
 * as it was known before, and is offered again; what came up meanwhile will be seen as new.
 */
export function tagBaseAfter(
  { seen, base, rules }: { seen: TagSets; base: TagBase | null; rules: TagRules },
  outcomes: readonly { op: TagOp; isDone: boolean }[],
): TagBase {
  const done = outcomes.filter(({ isDone }) => isDone).map(({ op }) => op);
  const open = outcomes.filter(({ isDone }) => !isDone).map(({ op }) => idOf(op, rules));
  const of = (vendor: VendorName): string[] => {
    const isOpen = (tag: string): boolean => open.includes(idOf({ vendor, tag }, rules));
    const own = done.filter((op) => op.vendor === vendor);
    const known = base?.[vendor].filter(isOpen) ?? [];
    return [...applyTagOps(seen[vendor], own).filter((tag) => !isOpen(tag)), ...known];
  };
  const isDone = (tag: Pick<TagOp, 'vendor' | 'tag'>): boolean =>
    done.some((op) => idOf(op, rules) === idOf(tag, rules));
  const unsure = (base?.unsure ?? []).filter((tag) => !isDone(tag));
  return { atera: of('atera'), ghl: of('ghl'), ...(unsure.length > 0 ? { unsure } : {}) };
}

function idOf({ vendor, tag }: Pick<TagOp, 'vendor' | 'tag'>, { rename }: TagRules): string {
  const name = nameOf(vendor, tag, rename);
  return name === 'reserved' ? reservedId(vendor, tag) : tagKey(name.ghl);
}
