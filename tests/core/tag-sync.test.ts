import { describe, expect, it } from 'vitest';
import { SHIPPED_TAG_RULES, type TagRules } from '../../lib/core/tag-rules.ts';
import {
  applyTagOps,
  changeTagText,
  isByItself,
  isSameOp,
  opNow,
  type TagBase,
  type TagOp,
  type TagRow,
  type TagSets,
  tagBaseAfter,
  tagRows,
} from '../../lib/core/tag-sync.ts';

const sets = (ghl: string[], atera: string[]): TagSets => ({ ghl, atera });
const rules = (change: Partial<TagRules> = {}): TagRules => ({ ...SHIPPED_TAG_RULES, ...change });
const toGhl = (tag: string, isOn = true): TagOp => ({ vendor: 'ghl', tag, isOn });
const toAtera = (tag: string, isOn = true): TagOp => ({ vendor: 'atera', tag, isOn });
const short = ({ id, status, op, block }: TagRow) => [
  id,
  status,
  op ? `${op.isOn ? '+' : '-'}${op.vendor} ${op.tag}` : null,
  block,
];

describe('tags of both sides as one list', () => {
  it('folds capitals, and keeps how each side writes a tag', () => {
    expect(tagRows(sets(['vip', 'VIP '], ['VIP', '', 'Vip']), null, rules())).toEqual([
      { id: 'vip', ghl: 'vip', atera: 'VIP', status: 'same', op: null, block: null },
    ]);
  });

  it.each<[string, TagSets, TagSets | null, unknown[][]]>([
    [
      'nothing known: each is offered, and nothing is taken off',
      sets(['a'], ['B']),
      null,
      [
        ['a', 'only-ghl', '+atera a', null],
        ['b', 'only-atera', '+ghl b', null],
      ],
    ],
    [
      'new since the last sync',
      sets(['a'], ['B']),
      sets([], []),
      [
        ['a', 'added-ghl', '+atera a', null],
        ['b', 'added-atera', '+ghl b', null],
      ],
    ],
    [
      'taken off since the last sync',
      sets(['a'], ['B']),
      sets(['a', 'b'], ['A', 'B']),
      [
        ['a', 'removed-atera', '-ghl a', null],
        ['b', 'removed-ghl', '-atera B', null],
      ],
    ],
    [
      'left as it was at the last sync',
      sets(['a'], ['b']),
      sets(['a'], ['b']),
      [
        ['a', 'only-ghl', '+atera a', null],
        ['b', 'only-atera', '+ghl b', null],
      ],
    ],
    [
      'taken off there and added here: somebody wanted it',
      sets(['a'], ['b']),
      sets(['b'], ['a']),
      [
        ['a', 'added-ghl', '+atera a', null],
        ['b', 'added-atera', '+ghl b', null],
      ],
    ],
    ['gone from both', sets([], []), sets(['a'], ['a']), []],
  ])('%s', (_name, now, base, rows) => {
    expect(tagRows(now, base, rules()).map(short)).toEqual(rows);
  });

  it('follows the rename map, both ways', () => {
    const rename = [
      { ghl: 'vip', atera: 'Important' },
      { ghl: 'gold', atera: 'Gold customer' },
    ];
    expect(tagRows(sets(['vip'], ['gold customer']), null, rules({ rename })).map(short)).toEqual([
      ['gold', 'only-atera', '+ghl gold', null],
      ['vip', 'only-ghl', '+atera Important', null],
    ]);
    // Taken off as it is written there.
    expect(tagRows(sets(['VIP'], []), sets(['vip'], ['Important']), rules({ rename })).map(short)).toEqual([
      ['vip', 'removed-atera', '-ghl VIP', null],
    ]);
  });

  it('leaves alone what has no name on the other side, is outside the prefix, or may not be written', () => {
    const rename = [{ ghl: 'it-vip', atera: 'Important' }];
    const now = sets(['important', 'dental', 'it-a, b', 'it-new'], ['it-VIP', 'IT-old']);
    const rows = tagRows(now, null, rules({ rename, prefix: 'IT-', direction: 'to-atera' }));
    expect(rows.map(short)).toEqual([
      [' atera it-vip', 'only-atera', null, 'reserved'],
      [' ghl important', 'only-ghl', null, 'reserved'],
      ['dental', 'only-ghl', null, 'outside-prefix'],
      ['it-a, b', 'only-ghl', null, 'comma'],
      ['it-new', 'only-ghl', '+atera it-new', null],
      ['it-old', 'only-atera', null, 'direction'],
    ]);
    for (const direction of ['to-ghl', 'never'] as const)
      expect(tagRows(sets(['a'], []), null, rules({ direction })).map(short)).toEqual([
        ['a', 'only-ghl', null, 'direction'],
      ]);
  });

  it('goes by itself only where it is known who changed what', () => {
    const [left, right] = tagRows(sets(['a', 'b'], []), sets(['b'], []), rules());
    expect([left, right].map((row) => row && isByItself(row))).toEqual([true, false]);
    expect(isByItself({ op: null, status: 'added-ghl' })).toBe(false);
  });
});

describe('an operation, by the tags as they are now', () => {
  const now = sets(['a'], ['b']);
  const rows = tagRows(now, null, rules());
  it.each<[TagOp, ReturnType<typeof opNow>]>([
    [toAtera('A'), 'send'],
    [toGhl('b'), 'send'],
    [toGhl('a'), 'there'],
    [toAtera('x', false), 'there'],
    // Nobody took it off at the other side, or nobody has it there any more.
    [toGhl('a', false), 'changed'],
    [toAtera('x'), 'changed'],
  ])('%o: %s', (op, what) => {
    expect(opNow(op, now, rows)).toBe(what);
  });

  it('is the same one only for the same tag, side and way', () => {
    expect(isSameOp(toGhl('a'), toGhl('A '))).toBe(true);
    for (const other of [toAtera('a'), toGhl('a', false), toGhl('b')])
      expect(isSameOp(toGhl('a'), other)).toBe(false);
  });

  it('changes its own tag alone, in a list and in a text', () => {
    const ops = [toAtera('new'), toAtera('B', false), toAtera('A')];
    expect(applyTagOps(['a', 'b', 'c'], ops)).toEqual(['a', 'c', 'new']);
    expect(changeTagText('a ,b,  c', ops)).toBe('a ,  c, new');
    expect(changeTagText(null, [])).toBe('');
  });
});

describe('what both held at the sync', () => {
  const based = (
    seen: TagSets,
    base: TagBase | null,
    outcomes: { op: TagOp; isDone: boolean }[],
    change: Partial<TagRules> = {},
  ) => tagBaseAfter({ seen, base, rules: rules(change) }, outcomes);

  it('is what was seen, with what was done', () => {
    expect(
      based(sets(['a', 'c'], ['b']), null, [
        { op: toAtera('a'), isDone: true },
        { op: toGhl('c', false), isDone: true },
      ]),
    ).toEqual(sets(['a'], ['b', 'a']));
  });

  it('stays as it was where it was wanted and is not done', () => {
    const failed = [
      { op: toAtera('a'), isDone: false },
      { op: toGhl('c', false), isDone: false },
    ];
    expect(based(sets(['a', 'c'], []), sets(['c'], ['C']), failed)).toEqual(sets(['c'], ['C']));
    // New before, new again: it is offered by itself once more.
    const base = based(sets(['a'], []), null, failed);
    expect(tagRows(sets(['a'], []), base, rules()).map(short)).toEqual([
      ['a', 'added-ghl', '+atera a', null],
    ]);
  });

  it('says nothing of a tag that was taken back without being seen to be gone, until it is synced', () => {
    const base: TagBase = { ...sets(['a', 'b'], ['a', 'b']), unsure: [toGhl('A')] };
    expect(tagRows(sets(['a', 'b'], []), base, rules()).map(short)).toEqual([
      ['a', 'only-ghl', '+atera a', null],
      ['b', 'removed-atera', '-ghl b', null],
    ]);
    expect(tagRows(sets([], ['a']), base, rules()).map(short)).toEqual([['a', 'only-atera', '+ghl a', null]]);
    const seen = sets(['a', 'b'], ['b']);
    expect(based(seen, base, [{ op: toAtera('b'), isDone: true }])).toMatchObject({
      unsure: base.unsure,
    });
    expect(based(seen, base, [{ op: toAtera('a'), isDone: false }])).toMatchObject({
      unsure: base.unsure,
    });
    expect(based(seen, base, [{ op: toAtera('a'), isDone: true }])).toEqual(sets(['a', 'b'], ['b', 'a']));
  });

  it('knows renamed tags, and those without a name on the other side', () => {
    const rename = [{ ghl: 'vip', atera: 'Important' }];
    const outcomes = [{ op: toAtera('Important'), isDone: false }];
    expect(based(sets(['vip', 'important'], []), null, outcomes, { rename })).toEqual(
      sets(['important'], []),
    );
  });
});
