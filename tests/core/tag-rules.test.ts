import { describe, expect, it } from 'vitest';
import {
  limitTagRules,
  lintTagRules,
  MAX_RENAMES,
  nameOf,
  SHIPPED_TAG_RULES,
  type TagRename,
  type TagRuleProblem,
  tagRulesKey,
} from '../../lib/core/tag-rules.ts';

const rename = (...pairs: [ghl: string, atera: string][]): TagRename[] =>
  pairs.map(([ghl, atera]) => ({ ghl, atera }));
const lint = (rows: TagRename[], prefix = ''): [number | null, TagRuleProblem][] =>
  lintTagRules({ rename: rows, prefix, direction: 'both' }).map(({ row, problem }) => [row, problem]);

describe('rules for tags', () => {
  it('as shipped, every tag takes part, under its own name, both ways', () => {
    expect(SHIPPED_TAG_RULES).toEqual({ rename: [], prefix: '', direction: 'both' });
    expect(lintTagRules(SHIPPED_TAG_RULES)).toEqual([]);
  });

  it.each<[string, TagRename[], string, [number | null, TagRuleProblem][]]>([
    ['two names', rename(['vip', 'Important'], ['gold', 'Gold customer']), '', []],
    ['another spelling of one name', rename(['vip', 'VIP']), '', []],
    ['a prefix that fits', rename(['it-vip', 'Important']), 'IT-', []],
    [
      'nothing in one column',
      rename(['', 'Important'], ['vip', ' ']),
      '',
      [
        [0, 'empty'],
        [1, 'empty'],
      ],
    ],
    [
      'a comma',
      rename(['vip', 'a, b'], ['c,d', 'e']),
      '',
      [
        [0, 'comma'],
        [1, 'comma'],
      ],
    ],
    [
      'one GHL tag twice',
      rename(['vip', 'A'], [' VIP', 'B']),
      '',
      [
        [0, 'same-ghl'],
        [1, 'same-ghl'],
      ],
    ],
    [
      'two GHL tags as one',
      rename(['vip', 'A'], ['gold', 'a ']),
      '',
      [
        [0, 'same-atera'],
        [1, 'same-atera'],
      ],
    ],
    [
      'a chain',
      rename(['a', 'b'], ['b', 'c']),
      '',
      [
        [0, 'chain'],
        [1, 'chain'],
      ],
    ],
    [
      'a swap',
      rename(['a', 'b'], ['b', 'a']),
      '',
      [
        [0, 'chain'],
        [1, 'chain'],
      ],
    ],
    ['a name outside the prefix', rename(['vip', 'it-vip']), 'it-', [[0, 'outside-prefix']]],
    [
      'a comma in the prefix',
      rename(['a,b', 'c']),
      'a,',
      [
        [null, 'comma'],
        [0, 'comma'],
      ],
    ],
  ])('%s', (_name, rows, prefix, faults) => {
    expect(lint(rows, prefix)).toEqual(faults);
  });

  it('are no more than fit on a page', () => {
    const many = Array.from({ length: MAX_RENAMES + 1 }, (_, index) => ({
      ghl: `g${index}`,
      atera: `a${index}`,
    }));
    expect(lint(many)).toEqual([[MAX_RENAMES, 'too-many']]);
    expect(lint(many.slice(1))).toEqual([]);
  });

  it.each([
    ['both', true, true, 'both'],
    ['both', true, false, 'to-atera'],
    ['both', false, true, 'to-ghl'],
    ['to-ghl', true, false, 'never'],
    ['to-atera', true, true, 'to-atera'],
    ['never', true, true, 'never'],
  ] as const)('%s, where Atera may be written: %s, and GHL: %s, are %s', (direction, atera, ghl, limited) => {
    const may = { atera, ghl };
    expect(limitTagRules({ ...SHIPPED_TAG_RULES, direction }, (vendor) => may[vendor]).direction).toBe(
      limited,
    );
  });

  it('are the same only as the same text', () => {
    const rules = { rename: rename(['vip', 'A']), prefix: '', direction: 'both' as const };
    expect(tagRulesKey(structuredClone(rules))).toBe(tagRulesKey(rules));
    const others = [
      { ...rules, prefix: 'v' },
      { ...rules, direction: 'never' as const },
      { ...rules, rename: rename(['vip', 'B']) },
    ];
    for (const other of others) expect(tagRulesKey(other)).not.toBe(tagRulesKey(rules));
  });
});

describe('the name of a tag', () => {
  const rows = rename(['vip', 'Important'], ['gold', 'Gold']);

  it.each([
    ['ghl', 'VIP', { ghl: 'VIP', atera: 'Important' }],
    ['atera', 'important ', { ghl: 'vip', atera: 'important ' }],
    ['ghl', 'dental', { ghl: 'dental', atera: 'dental' }],
    ['atera', ' Dental', { ghl: 'dental', atera: ' Dental' }],
    ['ghl', 'gold', { ghl: 'gold', atera: 'Gold' }],
    ['atera', 'GOLD', { ghl: 'gold', atera: 'GOLD' }],
    // Another tag has this name on the other side.
    ['ghl', 'important', 'reserved'],
    ['atera', 'Vip', 'reserved'],
  ] as const)('of %s, %j, is %j', (vendor, tag, name) => {
    expect(nameOf(vendor, tag, rows)).toEqual(name);
  });
});
