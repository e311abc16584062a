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
const kinds = (other: Partial<Contact>) =>
  agreementOf(person(), person(other), (value) => toE164(value, 'US')).map(({ kind }) => kind);

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

it('takes what is missing for no sign, and a shared mailbox for a weak one', () => {
  expect(kinds({ emails: [], fields: {} })).toEqual(['same-name']);
  const [info] = [person({ emails: ['info@bright.example'] })];
  expect(agreementOf(info, info, () => null).map(({ kind }) => kind)).toContain('role-mailbox');
});
