import { expect, it } from 'vitest';
import { agreementOf } from '../../lib/core/agreement.ts';
import type { Contact } from '../../lib/core/contact.ts';
import { toE164 } from '../../lib/core/phone.ts';

const person = (extra: Partial<Contact> = {}): Contact => ({
  ref: { vendor: 'ghl', accountId: 'a', kind: 'contact', id: '1' },
  name: 'Dana Whitfield',
  emails: ['dana@bright.example'],
  fields: { phone: '(415) 555-0137', company: 'Bright' },
  archived: false,
  ...extra,
});
const US = (value: string): string | null => toE164(value, 'US');
const kinds = (other: Partial<Contact>) => agreementOf(person(), person(other), US).map(({ kind }) => kind);
const MAILS = ['dana@bright.example', 'info@bright.example'];

it('names what agrees and what does not', () => {
  expect(kinds({ fields: { mobile: '+14155550137', company: 'bright' } })).toEqual([
    'same-email',
    'same-phone',
    'same-name',
    'same-company',
  ]);
  expect(kinds({ name: 'D. W.', emails: ['x@y.example'], fields: { phone: '4155550199' } })).toEqual([
    'other-email',
    'other-phone',
    'other-name',
  ]);
});

it('takes what is missing for no sign', () => {
  expect(kinds({ emails: [], fields: {} })).toEqual(['same-name']);
  const silent = person({ emails: [], fields: {} });
  expect(agreementOf(silent, person(), US).map(({ kind }) => kind)).toEqual(['same-name']);
});

it.each<[string, string[], string[], string[]]>([
  [
    'shared mailboxes alone',
    ['info@bright.example'],
    ['INFO@bright.example'],
    ['same-email', 'role-mailbox'],
  ],
  ['an address of one’s own as well', MAILS, [...MAILS].reverse(), ['same-email']],
  [
    'a shared mailbox, beside others that differ',
    MAILS,
    ['info@bright.example', 'x@y.example'],
    ['same-email', 'role-mailbox'],
  ],
])('a shared mailbox is a weak sign: %s', (_, a, b, expected) => {
  const found = agreementOf(person({ emails: a }), person({ emails: b, fields: {} }), US);
  expect(found.map(({ kind }) => kind)).toEqual([...expected, 'same-name']);
});

it('one number in common is enough', () => {
  expect(kinds({ fields: { phone: '4155550199', mobile: '415 555 0137' } })).toContain('same-phone');
  const two = person({ fields: { phone: '4155550199', mobile: '415 555 0137' } });
  expect(agreementOf(two, person(), US).map(({ kind }) => kind)).toContain('same-phone');
});
