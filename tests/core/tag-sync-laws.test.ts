import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { hasTag, parseTags, printTags, tagKey } from '../../lib/core/tag-list.ts';
import {
  lintTagRules,
  nameOf,
  SHIPPED_TAG_RULES,
  type TagRename,
  type TagRules,
} from '../../lib/core/tag-rules.ts';
import {
  applyTagOps,
  changeTagText,
  holdsTag,
  isByItself,
  opNow,
  type TagOp,
  type TagRow,
  type TagSets,
  tagBaseAfter,
  tagRows,
} from '../../lib/core/tag-sync.ts';
import { cases } from './cases.ts';

// A busy machine may take its time.
vi.setConfig({ testTimeout: 60_000 });

const word = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom('vip', 'VIP', 'gold', 'it-a', 'IT-b', 'Ärzte', '東京', 'a b', 'c'),
  },
  fc.string({ minLength: 1, maxLength: 4 }).filter((text) => tagKey(text) !== ''),
);
/** GHL keeps them in lower case, and may hold what a text of tags cannot. */
const inGhl = fc.array(word).map((tags) => [...new Set(tags.map((tag) => tag.trim().toLowerCase()))]);
const inAtera = fc.array(word).map((tags) => parseTags(printTags(tags)));
const world: fc.Arbitrary<TagSets> = fc.record({ ghl: inGhl, atera: inAtera });
const rename: fc.Arbitrary<TagRename[]> = fc
  .array(fc.record({ ghl: word, atera: word }), { maxLength: 4 })
  // Rows one after the other, as long as they can be followed.
  .map((rows) => {
    const good: TagRename[] = [];
    for (const row of rows)
      if (lintTagRules({ ...SHIPPED_TAG_RULES, rename: good.concat(row) }).length === 0) good.push(row);
    return good;
  });
const direction = fc.constantFrom('both', 'both', 'to-ghl', 'to-atera', 'never' as const);
const rules: fc.Arbitrary<TagRules> = fc
  .record({ rename, prefix: fc.constantFrom('', '', 'it-', 'v'), direction })
  .map((one) => (lintTagRules(one).length === 0 ? one : { ...one, prefix: '' }));
const base = fc.option(world);

/** What the vendors make of it: GHL takes tags one by one, Atera one text. */
const apply = (now: TagSets, ops: readonly TagOp[]): TagSets => ({
  ghl: applyTagOps(
    now.ghl,
    ops.filter(({ vendor }) => vendor === 'ghl'),
  ),
  atera: parseTags(
    changeTagText(
      printTags(now.atera),
      ops.filter(({ vendor }) => vendor === 'atera'),
    ),
  ),
});
const opsOf = (rows: readonly TagRow[]): TagOp[] => rows.flatMap(({ op }) => op ?? []);
const own = (rows: readonly TagRow[]): TagOp[] => opsOf(rows.filter(isByItself));
const keys = (tags: readonly string[]): string[] => [...new Set(tags.map(tagKey))].sort();
const both = ({ ghl, atera }: TagSets) => ({ ghl: keys(ghl), atera: keys(atera) });

describe('laws of tags in both systems', () => {
  it('equal tags need nothing, whatever was before', () => {
    fc.assert(
      fc.property(inAtera, base, rules, (tags, before, how) => {
        const ghl = tags.flatMap((tag) => {
          const name = nameOf('atera', tag, how.rename);
          return name === 'reserved' ? [] : [name.ghl];
        });
        const atera = tags.filter((tag) => nameOf('atera', tag, how.rename) !== 'reserved');
        expect(opsOf(tagRows({ ghl, atera }, before, how))).toEqual([]);
      }),
      cases(1000),
    );
  });

  it('one pass settles all that may be written', () => {
    fc.assert(
      fc.property(world, base, rules, (now, before, how) => {
        const ops = opsOf(tagRows(now, before, how));
        expect(opsOf(tagRows(apply(now, ops), before, how))).toEqual([]);
      }),
      cases(1000),
    );
  });

  it('a second sync of tags writes nothing', () => {
    fc.assert(
      fc.property(world, base, rules, fc.array(fc.boolean()), (now, before, how, ticks) => {
        const ops = opsOf(tagRows(now, before, how)).filter((_, index) => ticks[index] ?? true);
        const after = tagBaseAfter(
          { seen: now, base: before, rules: how },
          ops.map((op) => ({ op, isDone: true })),
        );
        const next = tagRows(apply(now, ops), after, how);
        expect(own(next)).toEqual([]);
        // What the agent left is still offered, and only added.
        for (const { op } of next) if (op) expect(op.isOn).toBe(true);
      }),
      cases(1000),
    );
  });

  it('the order of a sync and foreign edits of other tags does not matter', () => {
    const edit = fc.record({
      vendor: fc.constantFrom('atera', 'ghl' as const),
      tag: word,
      isOn: fc.boolean(),
    });
    fc.assert(
      fc.property(world, base, rules, fc.array(edit, { maxLength: 4 }), (now, before, how, edits) => {
        const ops = opsOf(tagRows(now, before, how));
        const foreign = edits
          .map((one) => ({ ...one, tag: one.tag.replaceAll(',', ';') }))
          .filter((one) => !ops.some((op) => op.vendor === one.vendor && tagKey(op.tag) === tagKey(one.tag)));
        expect(both(apply(apply(now, foreign), ops))).toEqual(both(apply(apply(now, ops), foreign)));
      }),
      cases(1000),
    );
  });

  it('what is done late is done as shown, or not at all', () => {
    fc.assert(
      fc.property(world, world, base, rules, (shown, now, before, how) => {
        const rows = tagRows(now, before, how);
        for (const op of opsOf(tagRows(shown, before, how))) {
          if (opNow(op, now, rows) !== 'send') continue;
          const other = op.vendor === 'ghl' ? 'atera' : 'ghl';
          const name = nameOf(op.vendor, op.tag, how.rename);
          if (name === 'reserved') throw new Error('Not to be written.');
          // Somebody has it there, or somebody took it off there.
          expect(holdsTag(now[other], name[other])).toBe(op.isOn);
        }
      }),
      cases(1000),
    );
  });

  it('a tag goes to the other side and comes back as the same, and no two become one', () => {
    fc.assert(
      fc.property(word, word, rename, fc.constantFrom('atera', 'ghl' as const), (one, two, rows, from) => {
        const to = from === 'ghl' ? 'atera' : 'ghl';
        const [name, other] = [nameOf(from, one, rows), nameOf(from, two, rows)];
        if (name === 'reserved') return;
        const back = nameOf(to, name[to], rows);
        if (back === 'reserved') throw new Error(`${one} does not come back.`);
        expect(tagKey(back[from])).toBe(tagKey(one));
        if (other === 'reserved') return;
        expect(tagKey(name[to]) === tagKey(other[to])).toBe(tagKey(one) === tagKey(two));
      }),
      cases(1000),
    );
  });

  it('tags outside the prefix, and without a name on the other side, are never touched', () => {
    fc.assert(
      fc.property(world, base, rules, (now, before, how) => {
        for (const { vendor, tag } of opsOf(tagRows(now, before, how))) {
          const name = nameOf(vendor, tag, how.rename);
          if (name === 'reserved') throw new Error(`${tag} has no name.`);
          expect(tagKey(name.ghl).startsWith(tagKey(how.prefix))).toBe(true);
          expect(how.direction === 'both' || how.direction === `to-${vendor}`).toBe(true);
        }
      }),
      cases(1000),
    );
  });

  it('a sync invents no tag, and takes off none that nobody took off', () => {
    fc.assert(
      fc.property(world, base, rules, (now, before, how) => {
        for (const { vendor, tag, isOn } of opsOf(tagRows(now, before, how))) {
          const other = vendor === 'ghl' ? 'atera' : 'ghl';
          const name = nameOf(vendor, tag, how.rename);
          if (name === 'reserved') throw new Error(`${tag} has no name.`);
          expect(holdsTag(now[other], name[other])).toBe(isOn);
          expect(holdsTag(now[vendor], tag)).toBe(!isOn);
          if (isOn) continue;
          expect(before && holdsTag(before.ghl, name.ghl) && holdsTag(before.atera, name.atera)).toBe(true);
        }
      }),
      cases(1000),
    );
  });

  it('taken back, a sync of tags leaves both sides as they were, foreign tags included', () => {
    const foreign = fc.constantFrom('by a rule', 'by-a-workflow');
    fc.assert(
      fc.property(world, base, rules, foreign, (now, before, how, other) => {
        fc.pre(!now.ghl.includes(other) && !hasTag(printTags(now.atera), other));
        const ops = opsOf(tagRows(now, before, how));
        const meanwhile = { ghl: [...now.ghl, other], atera: [...now.atera, other] };
        const back = ops.map((op) => ({ ...op, isOn: !op.isOn }));
        expect(both(apply(apply(meanwhile, ops), back))).toEqual(both(meanwhile));
      }),
      cases(1000),
    );
  });
});
