import { describe, expect, it } from 'vitest';
import { writtenForms } from '../../lib/core/phone.ts';
import { classifyQuery, mayBeId, type PersonQuery } from '../../lib/core/query.ts';

const phone = (digits: string, e164: string | null): PersonQuery => ({ kind: 'phone', digits, e164 });
const number = (id: string, e164: string | null = null): PersonQuery => ({ kind: 'number', id, e164 });
const email = (value: string): PersonQuery => ({ kind: 'email', email: value });
const name = (value: string): PersonQuery => ({ kind: 'name', name: value });
const US = '+14155550137';

const CASES: [typed: string, expected: PersonQuery, country?: string | null][] = [
  ['', { kind: 'empty' }],
  ['   ', { kind: 'empty' }],
  ['\u200b\u200f', { kind: 'empty' }],
  ['dana@brightsmile.example', email('dana@brightsmile.example')],
  ['  Dana@BrightSmile.Example ', email('dana@brightsmile.example')],
  ['mailto:dana@brightsmile.example', email('dana@brightsmile.example')],
  ['Dana Whitfield <dana@brightsmile.example>', email('dana@brightsmile.example')],
  ['jörg@müller.example', email('jörg@müller.example')],
  ['dana@', name('dana@')],
  ['@brightsmile', name('@brightsmile')],
  ['(415) 555-0137', phone('4155550137', US)],
  ['415-555-0137', phone('4155550137', US)],
  ['415.555.0137', phone('4155550137', US)],
  ['+1 415 555 0137', phone('14155550137', US)],
  ['+14155550137', phone('14155550137', US), null],
  ['tel:+1-415-555-0137', phone('14155550137', US)],
  ['４１５-５５５-０１３７', phone('4155550137', US)],
  ['415 555 0137', phone('4155550137', null), null],
  ['020 7946 0018', phone('02079460018', '+442079460018'), 'GB'],
  ['02079460018', phone('02079460018', '+442079460018'), 'GB'],
  ['4155550137', number('4155550137', US)],
  ['4155550137', number('4155550137'), null],
  ['4821', number('4821')],
  [' 1048101 ', number('1048101')],
  ['１２３４', number('1234')],
  ['ocQHyuzHvysMo5N5VsXc', { kind: 'id', id: 'ocQHyuzHvysMo5N5VsXc' }],
  ['abcdefghij0123456789', { kind: 'id', id: 'abcdefghij0123456789' }],
  ['Wolfeschlegelsteinhausen', name('Wolfeschlegelsteinhausen')],
  ['https://app.atera.com/new/ticket/4821', { kind: 'url', url: 'https://app.atera.com/new/ticket/4821' }],
  ['HTTP://example.com', { kind: 'url', url: 'HTTP://example.com' }],
  ['Dana', name('Dana')],
  ['  Dana \t Whitfield ', name('Dana Whitfield')],
  ['O’Brien-Smith', name('O’Brien-Smith')],
  ['山田 花子', name('山田 花子')],
  ['ليلى حداد', name('ليلى حداد')],
  ['\u202eDana', name('Dana')],
  ['javascript:alert(1)', name('javascript:alert(1)')],
  ['x'.repeat(5_000), name('x'.repeat(75))],
  ['😀'.repeat(100), name('😀'.repeat(75))],
  ['1 2', name('1 2')],
];

describe('what was typed', () => {
  it.each(CASES)('%j', (typed, expected, country = 'US') => {
    expect(classifyQuery(typed, country)).toEqual(expected);
  });
});

it.each([
  ['4155550137', 'US', ['+14155550137', '(415) 555-0137', '4155550137', '0137']],
  ['+44 20 7946 0018', 'US', ['+442079460018', '020 7946 0018', '2079460018', '0018']],
  ['415 555 0137', null, ['4155550137', '0137']],
  ['55501', null, ['55501', '5501']],
  ['5501', null, ['5501']],
  ['ext.', null, []],
])('%s is asked for as it may be stored', (typed, country, forms) => {
  expect(writtenForms(typed, country)).toEqual(forms);
});

it('a number that is too large is no id', () => {
  expect(['4821', '2125550137', '2147483647'].map(mayBeId)).toEqual([true, true, true]);
  expect(['2147483648', '4155550137', '9007199254740993'].map(mayBeId)).toEqual([false, false, false]);
});
