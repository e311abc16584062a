import { describe, expect, it } from 'vitest';
import {
  forgotten,
  inLessons,
  type Lesson,
  learnt,
  type QuirkMemory,
  quirkKey,
  quirksOf,
} from '../../lib/core/quirk.ts';

const lesson = (isKept: boolean, field: Lesson['field'] = 'phone'): Lesson => ({
  vendor: 'atera',
  resource: 'contacts',
  field,
  isKept,
});
/** What is known after these presses, one after the other: `+` was kept, `-` was not. */
function pressed(...presses: [what: '+' | '-', id: string, at: number][]): QuirkMemory | undefined {
  let known: QuirkMemory | undefined;
  for (const [what, id, at] of presses) known = learnt(known, lesson(what === '+'), { id, at }) ?? known;
  return known;
}
const told = (known: QuirkMemory | undefined) =>
  quirksOf(known ? [known] : []).map(({ firstAt, lastAt, count }) => [firstAt, lastAt, count]);

describe('what a vendor did not keep', () => {
  it.each<[string, Parameters<typeof pressed>, ReturnType<typeof told>]>([
    ['is known after one press', [['-', 'a', 10]], [[10, 10, 1]]],
    [
      'is counted',
      [
        ['-', 'a', 10],
        ['-', 'b', 20],
      ],
      [[10, 20, 2]],
    ],
    [
      'is counted once for one press',
      [
        ['-', 'a', 10],
        ['-', 'a', 30],
      ],
      [[10, 10, 1]],
    ],
    [
      'is counted once, with others between',
      [
        ['-', 'a', 10],
        ['-', 'b', 20],
        ['-', 'a', 30],
      ],
      [[10, 20, 2]],
    ],
    [
      'is counted in any order',
      [
        ['-', 'b', 20],
        ['-', 'a', 10],
      ],
      [[10, 20, 2]],
    ],
    ['is nothing where it was kept', [['+', 'a', 10]], []],
    [
      'is forgotten once it was kept',
      [
        ['-', 'a', 10],
        ['-', 'b', 20],
        ['+', 'c', 30],
      ],
      [],
    ],
    [
      'stays forgotten when it is kept again',
      [
        ['-', 'a', 10],
        ['+', 'b', 20],
        ['+', 'c', 30],
      ],
      [],
    ],
    [
      'is new again after that',
      [
        ['-', 'a', 10],
        ['+', 'b', 20],
        ['-', 'c', 30],
      ],
      [[30, 30, 1]],
    ],
    [
      'does not come back by the same press',
      [
        ['-', 'a', 10],
        ['+', 'b', 20],
        ['-', 'a', 30],
      ],
      [],
    ],
    [
      'does not come back by one that is told late',
      [
        ['-', 'a', 10],
        ['+', 'c', 30],
        ['-', 'b', 20],
      ],
      [],
    ],
    [
      'is not forgotten by one that is told late',
      [
        ['-', 'b', 20],
        ['+', 'a', 10],
      ],
      [[20, 20, 1]],
    ],
  ])('%s', (_case, presses, expected) => {
    expect(told(pressed(...presses))).toEqual(expected);
  });

  it('holds the names of presses, and no more of them than are needed', () => {
    const many = Array.from({ length: 60 }, (_, at): ['-', string, number] => ['-', `press-${at}`, at]);
    const known = pressed(...many);
    expect(known?.presses).toHaveLength(50);
    expect(known?.count).toBe(60);
    expect(Object.keys(known ?? {}).sort()).toEqual([
      'count',
      'field',
      'firstAt',
      'lastAt',
      'presses',
      'resource',
      'vendor',
    ]);
  });

  it('is not told any more once a person does not want to hear of it', () => {
    const known = pressed(['-', 'a', 10]);
    expect(known && quirksOf([forgotten(known, 40)])).toEqual([]);
  });

  it('is told in one order, the last one first, and without the presses', () => {
    const [a, b, c] = (['phone', 'city', 'tag'] as const).map((field, index) =>
      learnt(undefined, lesson(false, field), { id: field, at: index === 2 ? 20 : 10 }),
    );
    if (!a || !b || !c) throw new Error('Nothing learnt');
    for (const order of [
      [a, b, c],
      [c, b, a],
    ])
      expect(quirksOf(order).map(({ field }) => field)).toEqual(['tag', 'city', 'phone']);
    expect(quirksOf([a])[0]).not.toHaveProperty('presses');
  });
});

describe('lessons', () => {
  it('are one for each field: where a part of it was not kept, it was not', () => {
    const lessons = [
      lesson(true, 'tag'),
      lesson(false, 'tag'),
      lesson(true, 'tag'),
      lesson(true),
      lesson(true),
    ];
    expect(inLessons(lessons).map(({ field, isKept }) => [field, isKept])).toEqual([
      ['tag', false],
      ['phone', true],
    ]);
  });

  it('are of one vendor, one kind of record and one field', () => {
    expect(quirkKey(lesson(true))).toBe('atera/contacts/phone');
  });
});
