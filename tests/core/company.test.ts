import { describe, expect, it } from 'vitest';
import { companiesLike, companyCandidates, companyDomain, domainsOf } from '../../lib/core/company.ts';

const COMPANIES = [
  { id: '1', name: 'Kestrel Logistics', domains: 'kestrel.example; kestrel-freight.example' },
  { id: '2', name: 'Kestrel', domains: null },
  { id: '3', name: 'One-Man Shop', domains: 'gmail.com' },
  { id: '4', name: 'KESTREL LOGISTICS', domains: 'www.other.example' },
];
const idsFor = (email: string | null, company: string | null) =>
  companyCandidates({ email, company }, COMPANIES).map(({ id, signs }) => `${id}:${signs.join('+')}`);

describe('the company of a person', () => {
  it('is told by the domain of the address, by the exact name, or by both', () => {
    expect(idsFor('hank@kestrel-freight.example', null)).toEqual(['1:domain']);
    expect(idsFor(null, 'kestrel')).toEqual(['2:name']);
    expect(idsFor('hank@kestrel.example', 'Kestrel  Logistics')).toEqual(['1:domain+name', '4:name']);
  });

  it('offers first whoever has more signs, however the companies are listed', () => {
    const person = { email: 'hank@kestrel.example', company: 'Kestrel  Logistics' };
    const idsOf = (companies: typeof COMPANIES) => companyCandidates(person, companies).map(({ id }) => id);
    expect(idsOf(COMPANIES.toReversed())).toEqual(['1', '4']);
    // Equal signs stay as they were listed.
    const twin = { id: '5', name: 'Kestrel logistics', domains: null };
    expect(idsOf([twin, ...COMPANIES])).toEqual(['1', '5', '4']);
    expect(idsOf([...COMPANIES, twin])).toEqual(['1', '4', '5']);
  });

  it.each([
    ['an address that anybody can get', 'hank@gmail.com', null],
    ['a part of a domain', 'hank@freight.kestrel.example', null],
    ['the end of a domain', 'hank@trel.example', null],
    ['a part of a name', null, 'Kestrel Log'],
    ['nothing at all', null, null],
    ['something that is no address', 'kestrel.example', ' '],
  ])('is not told by %s', (_case, email, company) => {
    expect(idsFor(email, company)).toEqual([]);
  });

  it('is told by another company: the linked one first, then what shares most', () => {
    const like = (change: object) =>
      companiesLike({ name: null, domains: null, ...change }, COMPANIES).map(
        ({ id, signs }) => `${id}:${signs.join('+')}`,
      );
    expect(like({ name: 'Kestrel Logistics', domains: 'https://www.kestrel.example/about?x=1' })).toEqual([
      '1:domain+name',
      '4:name',
    ]);
    expect(like({ name: 'Kestrel Logistics', domains: 'kestrel.example', linked: '2' })).toEqual([
      '2:linked',
      '1:domain+name',
      '4:name',
    ]);
    // A mail service that a company has listed as its own says nothing.
    expect(like({ domains: 'gmail.com' })).toEqual([]);
    expect(like({ linked: null })).toEqual([]);
  });

  it('has domains however they are written', () => {
    expect(domainsOf('@A.example, https://www.b.example/;info@c.example  d.example.')).toEqual([
      'a.example',
      'b.example',
      'c.example',
      'd.example',
    ]);
    expect(domainsOf(null)).toEqual([]);
    expect(companyDomain('x@KESTREL.example ')).toBe('kestrel.example');
  });
});
