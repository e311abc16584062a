import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { Contact, FieldName, FieldValue, Ref, VendorName } from '../../lib/core/contact.ts';
import { type Claim, type Evidence, isRoleMailbox, type Match, match } from '../../lib/core/match.ts';
import { toE164 } from '../../lib/core/phone.ts';
import { cases } from './cases.ts';

// A busy machine may take its time.
vi.setConfig({ testTimeout: 60_000 });

interface Person {
  name?: string;
  emails?: string[];
  phone?: FieldValue;
  mobile?: FieldValue;
  company?: FieldValue;
}

function person(vendor: VendorName, id: string, { name = id, emails = [], ...fields }: Person): Contact {
  return {
    ref: { vendor, accountId: `${vendor}-1`, kind: 'contact', id },
    name,
    emails,
    archived: false,
    fields: fields satisfies Partial<Record<FieldName, FieldValue>>,
  };
}
const ghl = (id: string, details: Person): Contact => person('ghl', id, details);
const inAtera = (details: Person): Contact => person('atera', '1048101', details);

const decide = (
  subject: Contact,
  candidates: Contact[],
  {
    linked = null,
    twins = [],
    rejected = [],
    claims = [],
  }: { linked?: Ref | null; twins?: Contact[]; rejected?: Ref[]; claims?: Claim[] } = {},
): Match =>
  match({ subject, candidates, linked, twins, rejected, claims, toE164: (value) => toE164(value, 'US') });

const kinds = (found: Match, index = 0): string[] => {
  if (found.status === 'none') return [];
  const candidate = 'candidate' in found ? found.candidate : found.candidates[index];
  return (candidate?.evidence ?? []).map((evidence: Evidence) =>
    evidence.kind === 'shared' ? `shared ${evidence.sign} ${evidence.count}` : evidence.kind,
  );
};
const ids = (found: Match): string[] =>
  found.status === 'none'
    ? []
    : 'candidate' in found
      ? [found.candidate.ref.id]
      : found.candidates.map(({ ref }) => ref.id);

const dana = { name: 'Dana Reyes', emails: ['dana@brightsmile.example'], phone: '(415) 555-0137' };

describe('match', () => {
  it.each<[string, Person, Person, Match['status'], string[]]>([
    ['nothing in common', dana, { name: 'Hank Ito', emails: ['hank@other.example'] }, 'none', []],
    ['only the company', { ...dana, company: 'Bright' }, { name: 'Hank', company: 'Bright' }, 'none', []],
    ['nobody has anything', { name: 'A' }, { name: 'B' }, 'none', []],
    ['the same e-mail', dana, { name: 'D.', emails: dana.emails }, 'one', ['same-email']],
    [
      'the same e-mail in capitals and with white space',
      dana,
      { name: 'D.', emails: [' DANA@BrightSmile.example '] },
      'one',
      ['same-email'],
    ],
    [
      'the same e-mail as a further address',
      dana,
      { name: 'D.', emails: ['dana.reyes@home.example', 'dana@brightsmile.example'] },
      'one',
      ['same-email'],
    ],
    [
      'e-mail, phone, name and company',
      { ...dana, company: 'Bright Smile' },
      { ...dana, phone: '+14155550137', company: 'BRIGHT SMILE' },
      'one',
      ['same-email', 'same-phone', 'same-name', 'same-company'],
    ],
    [
      'an e-mail that only begins alike',
      dana,
      { name: 'D.', emails: ['dana@brightsmile.example.evil.example'] },
      'none',
      [],
    ],
    [
      'an e-mail that only ends alike',
      dana,
      { name: 'D.', emails: ['adana@brightsmile.example'] },
      'none',
      [],
    ],
    [
      'a role mailbox',
      { name: 'Front desk', emails: ['info@brightsmile.example'] },
      { name: 'D.', emails: ['info@brightsmile.example'] },
      'several',
      ['same-email', 'role-mailbox'],
    ],
    [
      'a role mailbox with a tag and in capitals',
      { name: 'Front desk', emails: ['Support+vip@brightsmile.example'] },
      { name: 'D.', emails: ['support+vip@brightsmile.example'] },
      'several',
      ['same-email', 'role-mailbox'],
    ],
    [
      'a role mailbox and the same name',
      { name: 'Dana Reyes', emails: ['info@brightsmile.example'] },
      { name: 'Dana Reyes', emails: ['info@brightsmile.example'] },
      'several',
      ['same-email', 'role-mailbox', 'same-name'],
    ],
    [
      'the same phone, written differently',
      { name: 'Lena', phone: '(415) 555-0142' },
      { name: 'L. Park', phone: '+1 415-555-0142' },
      'several',
      ['same-phone'],
    ],
    [
      'the mobile here is the phone there',
      { name: 'Lena', phone: null, mobile: '415 555 0142' },
      { name: 'L. Park', phone: '+14155550142' },
      'several',
      ['same-phone'],
    ],
    [
      'a phone that is none, but the same digits',
      { name: 'Lena', phone: 'ext 55501' },
      { name: 'L. Park', phone: '55501' },
      'several',
      ['same-phone'],
    ],
    [
      'an extension of four digits',
      { name: 'Lena', phone: '5501' },
      { name: 'L. Park', phone: '5501' },
      'none',
      [],
    ],
    ['no digits at all', { name: 'Lena', phone: 'ask' }, { name: 'L. Park', phone: 'ask' }, 'none', []],
    ['the same name', { name: 'Dana Reyes' }, { name: 'dana  reyes' }, 'several', ['same-name']],
    [
      'the same name with other marks',
      { name: "O'Neil-Smith" },
      { name: 'O’Neil Smith' },
      'several',
      ['same-name'],
    ],
    [
      'the same name, decomposed',
      { name: 'Zoé Blanc' },
      { name: 'Zoe\u0301 Blanc' },
      'several',
      ['same-name'],
    ],
    ['the same Arabic name', { name: 'ليلى حداد' }, { name: '\u200fليلى حداد' }, 'several', ['same-name']],
    ['the same Japanese name', { name: '田中 由紀' }, { name: '田中　由紀' }, 'several', ['same-name']],
    ['the same Cyrillic name', { name: 'ИВАН ПЕТРОВ' }, { name: 'Иван Петров' }, 'several', ['same-name']],
    ['a name in another script', { name: 'Tanaka Yuki' }, { name: '田中 由紀' }, 'none', []],
    ['look-alike letters', { name: 'Dаna Reyes' }, { name: 'Dana Reyes' }, 'none', []],
    ['names without letters', { name: '---' }, { name: '...' }, 'none', []],
    [
      'the same name but another e-mail',
      dana,
      { name: 'Dana Reyes', emails: ['dana.reyes@home.example'] },
      'several',
      ['other-email', 'same-name'],
    ],
    [
      'the same name, and there only a role mailbox',
      dana,
      { name: 'Dana Reyes', emails: ['office@brightsmile.example', 'info@brightsmile.example'] },
      'several',
      ['other-email', 'role-mailbox', 'same-name'],
    ],
    [
      'the same name, and there no e-mail',
      dana,
      { name: 'Dana Reyes', emails: [] },
      'several',
      ['same-name'],
    ],
    [
      'the same name, and here no e-mail',
      { name: 'Dana Reyes' },
      { name: 'Dana Reyes', emails: ['dana@brightsmile.example'] },
      'several',
      ['same-name'],
    ],
    [
      'the same name and company',
      { name: 'Dana Reyes', company: 'Bright Smile Dental' },
      { name: 'Dana Reyes', company: 'bright smile dental.' },
      'several',
      ['same-name', 'same-company'],
    ],
  ])('with %s', (_name, subject, candidate, status, evidence) => {
    const found = decide(inAtera(subject), [ghl('g1', candidate)]);
    expect(found.status).toBe(status);
    expect(kinds(found)).toEqual(evidence);
  });

  it('finds nobody among nobody', () => {
    expect(decide(inAtera(dana), [])).toEqual({ status: 'none' });
  });

  it('is never certain of an e-mail that two people have', () => {
    const found = decide(inAtera(dana), [ghl('g2', dana), ghl('g1', { name: 'D.', emails: dana.emails })]);
    expect(found.status).toBe('several');
    expect(ids(found)).toEqual(['g2', 'g1']);
    expect(kinds(found, 1)).toEqual(['same-email', 'shared email 2']);
  });

  it('is never certain of an e-mail that a twin of the subject has', () => {
    const found = decide(inAtera(dana), [ghl('g1', dana)], {
      twins: [person('atera', '1048102', { name: 'Dana R.', emails: dana.emails })],
    });
    expect(found.status).toBe('several');
    expect(kinds(found)).toEqual(['same-email', 'shared email 2', 'same-phone', 'same-name']);
  });

  it('takes the same record found twice for one person', () => {
    const found = decide(inAtera(dana), [ghl('g1', dana), ghl('g1', dana)]);
    expect(found).toMatchObject({ status: 'one', candidate: { ref: { id: 'g1' } } });
  });

  it('is certain of the one with the e-mail among others with the same name and phone', () => {
    const found = decide(inAtera(dana), [
      ghl('g1', { name: 'Dana Reyes', phone: dana.phone }),
      ghl('g2', { name: 'Somebody', emails: dana.emails }),
    ]);
    expect(found).toMatchObject({ status: 'one', candidate: { ref: { id: 'g2' } } });
  });

  it('counts the people behind a switchboard', () => {
    const phone = '+1 206 555 0100';
    const found = decide(inAtera({ name: 'Marcus Bell', phone }), [
      ghl('g1', { name: 'Ingrid Sol', phone }),
      ghl('g2', { name: 'Marcus Bell', phone }),
      ghl('g3', { name: 'Theo Lind', phone: '2065550100' }),
    ]);
    expect(ids(found)).toEqual(['g2', 'g1', 'g3']);
    expect(kinds(found)).toEqual(['same-phone', 'shared phone 3', 'same-name']);
    expect(kinds(found, 2)).toEqual(['same-phone', 'shared phone 3']);
  });

  it('trusts a stored link above everything else', () => {
    const other = ghl('g2', { name: 'Somebody else' });
    expect(decide(inAtera(dana), [ghl('g1', dana), other], { linked: other.ref })).toEqual({
      status: 'linked',
      candidate: { ref: other.ref, evidence: [{ kind: 'linked' }], score: 100 },
    });
  });

  it('goes by the signs when the linked record was not found, or is of another account', () => {
    const g1 = ghl('g1', dana);
    expect(decide(inAtera(dana), [g1], { linked: { ...g1.ref, id: 'gone' } }).status).toBe('one');
    expect(decide(inAtera(dana), [g1], { linked: { ...g1.ref, accountId: 'ghl-2' } }).status).toBe('one');
  });

  it('never proposes whom an agent has said to be somebody else, not even when linked', () => {
    const g1 = ghl('g1', dana);
    const rejected = [g1.ref];
    expect(decide(inAtera(dana), [g1], { rejected })).toEqual({ status: 'none' });
    expect(decide(inAtera(dana), [g1], { rejected, linked: g1.ref })).toEqual({ status: 'none' });
  });

  it('does not take an e-mail for unique because one of the two who have it was rejected', () => {
    const people = [ghl('g1', dana), ghl('g2', { name: 'D.', emails: dana.emails })];
    const found = decide(inAtera(dana), people, { rejected: [ghl('g1', {}).ref] });
    expect(found.status).toBe('several');
    expect(ids(found)).toEqual(['g2']);
    expect(kinds(found)).toEqual(['same-email', 'shared email 2']);
  });

  it('stays certain of the one with the e-mail when somebody without it was rejected', () => {
    const people = [ghl('g1', { name: 'Dana Reyes' }), ghl('g2', { name: 'D.', emails: dana.emails })];
    const found = decide(inAtera(dana), people, { rejected: [ghl('g1', {}).ref] });
    expect(found).toMatchObject({ status: 'one', candidate: { ref: { id: 'g2' } } });
  });

  it('keeps apart the rejected record and one of the same id in another account', () => {
    const g1 = ghl('g1', dana);
    expect(decide(inAtera(dana), [g1], { rejected: [{ ...g1.ref, accountId: 'ghl-2' }] }).status).toBe('one');
  });

  it('reads no number without a country as anything but its digits', () => {
    const found = match({
      subject: inAtera({ name: 'Lena', phone: '415-555-0142' }),
      candidates: [
        ghl('g1', { name: 'L.', phone: '4155550142' }),
        ghl('g2', { name: 'P.', phone: '+14155550142' }),
      ],
      linked: null,
      twins: [],
      toE164: (value) => toE164(value, null),
    });
    expect(ids(found)).toEqual(['g1']);
  });

  it('offers those with equal signs by their ids, however they were found', () => {
    const found = ['g1', 'g2', 'g3'].map((id) => ghl(id, { name: dana.name }));
    expect(ids(decide(inAtera(dana), found))).toEqual(['g1', 'g2', 'g3']);
    expect(ids(decide(inAtera(dana), found.toReversed()))).toEqual(['g1', 'g2', 'g3']);
  });

  describe('laws', () => {
    const emails = fc.uniqueArray(
      fc.constantFrom('a@x.example', 'b@x.example', 'A@x.example', 'info@x.example', 'c@y.example'),
      { maxLength: 3 },
    );
    const details = fc.record({
      name: fc.constantFrom('Dana Reyes', 'dana reyes', 'Hank', 'ليلى'),
      emails,
      phone: fc.constantFrom(null, '+14155550137', '4155550137', '5550'),
      company: fc.constantFrom(null, 'Bright', 'bright'),
    });
    const candidates = fc
      .array(details, { maxLength: 5 })
      .map((list) => list.map((one, i) => ghl(`g${i}`, one)));
    const twins = fc
      .array(details, { maxLength: 1 })
      .map((list) => list.map((one) => person('atera', '2', one)));

    it('the order in which people were found does not matter', () => {
      const shuffled = candidates.chain((list) =>
        fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
      );
      fc.assert(
        fc.property(details, shuffled, (subject, [found, mixed]) => {
          expect(decide(inAtera(subject), mixed)).toEqual(decide(inAtera(subject), found));
        }),
        cases(1000),
      );
    });

    it('certain only with one shared address that is unique on both sides and no role mailbox', () => {
      fc.assert(
        fc.property(details, candidates, twins, (subject, found, others) => {
          const result = decide(inAtera(subject), found, { twins: others });
          const mine = new Set(subject.emails.map((email) => email.toLowerCase()));
          const sharing = found.filter((one) => one.emails.some((email) => mine.has(email.toLowerCase())));
          if (result.status === 'one') {
            expect(sharing.map(({ ref }) => ref)).toEqual([result.candidate.ref]);
            expect(others).toEqual([]);
            const shared = sharing
              .flatMap((one) => one.emails)
              .filter((email) => mine.has(email.toLowerCase()));
            expect(shared.some((email) => !isRoleMailbox(email))).toBe(true);
          } else {
            expect(result.status).not.toBe('linked');
          }
        }),
        cases(1000),
      );
    });

    it('rejecting somebody only takes them away: nobody else becomes certain by it', () => {
      fc.assert(
        fc.property(details, candidates, twins, fc.nat(4), (subject, found, others, index) => {
          const gone = ghl(`g${index}`, {}).ref;
          const before = decide(inAtera(subject), found, { twins: others });
          const after = decide(inAtera(subject), found, { twins: others, rejected: [gone] });
          expect(ids(after)).toEqual(
            after.status === 'several' && before.status === 'one'
              ? expect.not.arrayContaining([gone.id])
              : ids(before).filter((id) => id !== gone.id),
          );
          if (after.status === 'one') expect(after).toEqual(before);
        }),
        cases(1000),
      );
    });

    it('names only people who were found, each with a sign that is more than the company', () => {
      fc.assert(
        fc.property(details, candidates, (subject, found) => {
          const result = decide(inAtera(subject), found);
          const known = found.map(({ ref }) => ref.id);
          expect(known).toEqual(expect.arrayContaining(ids(result)));
          ids(result).forEach((_, index) => {
            expect(kinds(result, index).some((kind) => /^same-(email|phone|name)$/.test(kind))).toBe(true);
          });
        }),
        cases(1000),
      );
    });
  });
});

describe('somebody who is linked to another record', () => {
  const to: Ref = { vendor: 'atera', accountId: 'atera-1', kind: 'contact', id: '7' };

  it('is offered with that link, and never certain by a unique address', () => {
    const g1 = ghl('g1', dana);
    const found = decide(inAtera(dana), [g1], { claims: [{ ref: g1.ref, to, name: 'Beth Ito' }] });
    expect(found.status).toBe('several');
    expect(kinds(found)).toEqual(['same-email', 'same-phone', 'same-name', 'linked-elsewhere']);
    expect(found).toMatchObject({
      candidates: [
        { evidence: expect.arrayContaining([{ kind: 'linked-elsewhere', to, name: 'Beth Ito' }]) },
      ],
    });
  });

  it('comes after somebody with fewer signs who is free', () => {
    const taken = ghl('g1', { name: dana.name, emails: ['d@other.example'] });
    const free = ghl('g2', { name: dana.name, emails: ['e@other.example'] });
    const found = decide(inAtera(dana), [taken, free], { claims: [{ ref: taken.ref, to, name: null }] });
    expect(ids(found)).toEqual(['g2', 'g1']);
  });

  it('does not make the one who is free with the address less certain', () => {
    const taken = ghl('g1', { name: dana.name });
    const free = ghl('g2', { emails: dana.emails });
    const found = decide(inAtera(dana), [taken, free], { claims: [{ ref: taken.ref, to, name: null }] });
    expect(found).toMatchObject({ status: 'one', candidate: { ref: free.ref } });
  });
});
