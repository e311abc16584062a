import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Contact, Ref, VendorName } from '../../lib/core/contact.ts';
import { type Evidence, type Match, match, type Naming } from '../../lib/core/match.ts';
import { toE164 } from '../../lib/core/phone.ts';
import { hasAgreement, type PointedAccount, pointerTo, readPointer } from '../../lib/core/registry.ts';
import { cases } from './cases.ts';

const GHL: PointedAccount = { vendor: 'ghl', accountId: 'loc1', key: 'loc1' };
const ATERA: PointedAccount = { vendor: 'atera', accountId: 'local-7', key: '40211' };
const ref = (vendor: VendorName, id: string): Ref => ({
  vendor,
  accountId: vendor === 'ghl' ? 'loc1' : 'local-7',
  kind: 'contact',
  id,
});
const toNumber = (value: string): string | null => toE164(value, 'US');

describe('a pointer', () => {
  it('is read as it was written, under the account that is connected here', () => {
    expect(pointerTo(ref('atera', '1048101'), ATERA)).toBe('atera:40211:1048101');
    expect(readPointer('atera:40211:1048101', ATERA)).toEqual({
      state: 'names',
      ref: ref('atera', '1048101'),
    });
    expect(readPointer(' ghl:loc1:abc_-9\n', GHL)).toEqual({ state: 'names', ref: ref('ghl', 'abc_-9') });
  });

  it('of another tenant or location names nobody', () => {
    expect(readPointer('atera:99999:1048101', ATERA)).toEqual({ state: 'elsewhere' });
    expect(readPointer('ghl:LOC1:abc', GHL)).toEqual({ state: 'elsewhere' });
  });

  it.each([[null], [undefined], [''], ['  \n ']])('is empty: %j', (text) => {
    expect(readPointer(text, GHL)).toEqual({ state: 'empty' });
  });

  it.each([
    ['a plain id', '1048101'],
    ['a pointer into the same system', 'atera:40211:1048101'],
    ['markup', 'ghl:loc1:<img src=x onerror=alert(1)>'],
    ['a path', 'ghl:loc1:../../users/1'],
    ['an address', 'https://app.gohighlevel.com/v2/location/loc1/contacts/detail/abc'],
    ['two of them', 'ghl:loc1:abc ghl:loc1:def'],
    ['two lines', 'ghl:loc1:abc\nghl:loc1:def'],
    ['no id', 'ghl:loc1:'],
    ['no account', 'ghl::abc'],
    ['a huge text', `ghl:loc1:${'a'.repeat(100_000)}`],
    ['letters that look alike', 'ghl:loc1:аbc'],
    ['a text that turns direction', 'ghl:loc1:\u202eabc'],
  ])('is not read: %s', (_case, text) => {
    expect(readPointer(text, GHL)).toEqual({ state: 'unreadable' });
  });

  it('is not made of ids that it could not be read from again', () => {
    expect(pointerTo(ref('ghl', 'a:b'), GHL)).toBeNull();
    expect(pointerTo(ref('ghl', ''), GHL)).toBeNull();
    expect(pointerTo(ref('ghl', 'abc'), { ...GHL, key: 'a b' })).toBeNull();
    expect(pointerTo(ref('ghl', 'a'.repeat(81)), GHL)).toBeNull();
  });

  it('names whom it was made for, or is not made, whatever the ids', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (id, key) => {
        const account = { ...GHL, key };
        const text = pointerTo(ref('ghl', id), account);
        if (text !== null)
          expect(readPointer(text, account)).toEqual({ state: 'names', ref: ref('ghl', id) });
      }),
      cases(1000),
    );
  });
});

interface Person {
  name: string;
  emails?: string[];
  phone?: string;
}
const person = (vendor: VendorName, id: string, { name, emails = [], phone }: Person): Contact => ({
  ref: ref(vendor, id),
  name,
  emails,
  archived: false,
  fields: phone === undefined ? {} : { phone },
});
const decide = (subject: Person, candidates: Contact[], namings: Naming[], more: object = {}): Match =>
  match({
    subject: person('atera', '1', subject),
    candidates,
    namings,
    linked: null,
    twins: [],
    toE164: toNumber,
    ...more,
  });
const kindsOf = (found: Match): string[] => {
  if (found.status === 'none') return [];
  const first = 'candidate' in found ? found.candidate : found.candidates[0];
  return (first?.evidence ?? []).map((sign: Evidence) =>
    sign.kind === 'registry' ? `registry ${sign.isMutual ? 'both' : 'one'}` : sign.kind,
  );
};

const dana = { name: 'Dana Reyes', emails: ['dana@x.example'], phone: '(415) 555-0137' };

describe('who is named in a custom field', () => {
  it.each<[string, Person, boolean, Match['status'], string[]]>([
    [
      'by one side alone, with the same name',
      { name: 'Dana Reyes' },
      false,
      'several',
      ['same-name', 'registry one'],
    ],
    ['by both, with the same name', { name: 'dana reyes' }, true, 'one', ['same-name', 'registry both']],
    [
      'by both, with the same phone',
      { name: 'D.', phone: '+14155550137' },
      true,
      'one',
      ['same-phone', 'registry both'],
    ],
    [
      'by both, with the same name and another address',
      { name: 'Dana Reyes', emails: ['dana@home.example'] },
      true,
      'one',
      ['other-email', 'same-name', 'registry both'],
    ],
    [
      'by both, and nothing else agrees: a stranger',
      { name: 'Mallory', emails: ['mallory@y.example'], phone: '+14155550999' },
      true,
      'several',
      ['other-email', 'registry both', 'stranger'],
    ],
    [
      'by one side, and nothing else agrees: a stranger',
      { name: 'Mallory', emails: ['mallory@y.example'] },
      false,
      'several',
      ['other-email', 'registry one', 'stranger'],
    ],
    [
      'by one side, with the unique address',
      { name: 'D.', emails: dana.emails },
      false,
      'one',
      ['same-email', 'registry one'],
    ],
  ])('%s', (_case, candidate, isMutual, status, evidence) => {
    const g1 = person('ghl', 'g1', candidate);
    const found = decide(dana, [g1], [{ ref: g1.ref, isMutual }]);
    expect(found.status).toBe(status);
    expect(kindsOf(found)).toEqual(evidence);
  });

  it('is not certain by a mailbox of many, nor by a number of many', () => {
    const desk = { name: 'Front desk', emails: ['info@x.example'], phone: '(415) 555-0137' };
    const g1 = person('ghl', 'g1', { name: 'D.', emails: ['info@x.example'] });
    expect(decide(desk, [g1], [{ ref: g1.ref, isMutual: true }]).status).toBe('several');
    const g2 = person('ghl', 'g2', { name: 'E.', phone: '+14155550137' });
    const g3 = person('ghl', 'g3', { name: 'F.', phone: '+14155550137' });
    expect(decide(desk, [g2, g3], [{ ref: g2.ref, isMutual: true }]).status).toBe('several');
    // The number is theirs alone.
    expect(decide(desk, [g2], [{ ref: g2.ref, isMutual: true }]).status).toBe('one');
  });

  it('settles who of two with the same address it is', () => {
    const [g1, g2] = [person('ghl', 'g1', dana), person('ghl', 'g2', dana)];
    expect(decide(dana, [g1, g2], []).status).toBe('several');
    const found = decide(dana, [g1, g2], [{ ref: g2.ref, isMutual: true }]);
    expect(found).toMatchObject({ status: 'one', candidate: { ref: { id: 'g2' } } });
  });

  it('and somebody else with the unique address are two people: nobody is certain', () => {
    const byEmail = person('ghl', 'g1', { name: 'D.', emails: dana.emails });
    const named = person('ghl', 'g2', { name: 'Dana Reyes' });
    expect(decide(dana, [byEmail, named], [{ ref: named.ref, isMutual: true }]).status).toBe('several');
    // One side alone does not outweigh an address.
    expect(decide(dana, [byEmail, named], [{ ref: named.ref, isMutual: false }])).toMatchObject({
      status: 'one',
      candidate: { ref: { id: 'g1' } },
    });
  });

  it('is not certain when linked to somebody else, nor proposed when rejected', () => {
    const g1 = person('ghl', 'g1', { name: 'Dana Reyes' });
    const namings = [{ ref: g1.ref, isMutual: true }];
    const claims = [{ ref: g1.ref, to: ref('atera', '2'), name: 'Somebody' }];
    expect(decide(dana, [g1], namings, { claims }).status).toBe('several');
    expect(decide(dana, [g1], namings, { rejected: [g1.ref] })).toEqual({ status: 'none' });
  });

  it('comes first among those with the same sign', () => {
    const people = ['g1', 'g2'].map((id) => person('ghl', id, { name: 'Dana Reyes' }));
    const [, second] = people;
    const found = decide(dana, people, second ? [{ ref: second.ref, isMutual: false }] : []);
    expect(found).toMatchObject({
      status: 'several',
      candidates: [{ ref: { id: 'g2' } }, { ref: { id: 'g1' } }],
    });
    // A stranger comes last.
    const [third] = [person('ghl', 'g0', { name: 'Mallory' })];
    const last = decide(dana, [...people, third], [{ ref: third.ref, isMutual: true }]);
    expect(last).toMatchObject({ candidates: [{}, {}, { ref: { id: 'g0' } }] });
  });

  it('law: a field alone never makes anybody certain', () => {
    const details = fc.record({
      name: fc.constantFrom('Dana Reyes', 'dana reyes', 'Hank', 'Mallory'),
      emails: fc.uniqueArray(fc.constantFrom('a@x.example', 'b@x.example', 'info@x.example'), {
        maxLength: 2,
      }),
      phone: fc.constantFrom('+14155550137', '4155550137', '5550'),
    });
    fc.assert(
      fc.property(
        details,
        fc.array(details, { maxLength: 4 }),
        fc.nat(3),
        fc.boolean(),
        (subject, list, index, isMutual) => {
          const candidates = list.map((one, at) => person('ghl', `g${at}`, one));
          const named = ref('ghl', `g${index}`);
          const without = decide(subject, candidates, []);
          const found = decide(subject, candidates, [{ ref: named, isMutual }]);
          if (found.status !== 'one' || without.status === 'one') return;
          expect(isMutual).toBe(true);
          expect(found.candidate.ref).toEqual(named);
          const known = candidates.find((one) => one.ref.id === named.id);
          expect(known && hasAgreement(person('atera', '1', subject), known, toNumber)).toBe(true);
        },
      ),
      cases(1000),
    );
  });
});

describe('agreement beside a pointer', () => {
  it.each<[string, Person, boolean]>([
    ['the address', { name: 'D.', emails: ['DANA@x.example'] }, true],
    ['the number', { name: 'D.', phone: '415-555-0137' }, true],
    ['the name', { name: 'DANA REYES' }, true],
    ['nothing', { name: 'Mallory', emails: ['m@y.example'], phone: '415-555-0199' }, false],
  ])('%s', (_case, other, expected) => {
    expect(hasAgreement(person('atera', '1', dana), person('ghl', 'g1', other), toNumber)).toBe(expected);
  });

  it('is not a mailbox of many', () => {
    const desk = { name: 'Front desk', emails: ['info@x.example'] };
    const other = person('ghl', 'g1', { name: 'D.', emails: ['info@x.example'] });
    expect(hasAgreement(person('atera', '1', desk), other, toNumber)).toBe(false);
  });
});
