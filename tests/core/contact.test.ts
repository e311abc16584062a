import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isCompany,
  isSuggestion,
  REF_KINDS,
  type Ref,
  refKey,
  type Subject,
  sameRef,
  sameSubject,
} from '../../lib/core/contact.ts';
import { cases } from './cases.ts';

const ref: Ref = {
  vendor: 'ghl',
  accountId: 'Kq3nPa61w0BzLmTR55xd',
  kind: 'contact',
  id: 'ocQHyuzHvysMo5N5VsXc',
};

describe('sameRef', () => {
  it('needs every part to be the same', () => {
    expect(sameRef(ref, { ...ref })).toBe(true);
    expect(sameRef(ref, { ...ref, vendor: 'atera' })).toBe(false);
    expect(sameRef(ref, { ...ref, accountId: 'other' })).toBe(false);
    expect(sameRef(ref, { ...ref, kind: 'conversation' })).toBe(false);
    expect(sameRef(ref, { ...ref, id: 'other' })).toBe(false);
  });
});

describe('refKey', () => {
  it('names every part', () => {
    expect(refKey(ref)).toBe('ghl/Kq3nPa61w0BzLmTR55xd/contact/ocQHyuzHvysMo5N5VsXc');
  });

  it('is the same only for the same ref', () => {
    const text = fc.oneof(fc.constantFrom('a', 'a/b', 'b', '/', '%2F', ''), fc.string({ maxLength: 4 }));
    const refs = fc.record({
      vendor: fc.constantFrom('atera' as const, 'ghl' as const),
      accountId: text,
      kind: fc.constantFrom('contact' as const, 'ticket' as const),
      id: text,
    });
    fc.assert(
      fc.property(refs, refs, (a, b) => {
        expect(refKey(a) === refKey(b)).toBe(sameRef(a, b));
      }),
      cases(1000),
    );
  });
});

describe('sameSubject', () => {
  const subject: Subject = { vendor: 'ghl', kind: 'contact', id: '1', locationId: 'L' };
  const { locationId: _, ...nowhere } = subject;
  it.each<[string, Subject | null, Subject | null, boolean]>([
    ['nothing and nothing', null, null, true],
    ['nothing and somebody', null, subject, false],
    ['somebody and nothing', subject, null, false],
    ['equal parts', subject, { ...subject }, true],
    ['another vendor', subject, { ...subject, vendor: 'atera' }, false],
    ['another kind', subject, { ...subject, kind: 'conversation' }, false],
    ['another id', subject, { ...subject, id: '2' }, false],
    ['another location', subject, { ...subject, locationId: 'M' }, false],
    ['no location', subject, nowhere, false],
  ])('%s', (_name, a, b, same) => {
    expect(sameSubject(a, b)).toBe(same);
  });
});

it('knows which pages lead to a company, and which only suggest who is on them', () => {
  const kinds = (is: (subject: Subject) => boolean) =>
    REF_KINDS.filter((kind) => is({ vendor: 'ghl', kind, id: '1' }));
  expect(kinds(isCompany)).toEqual(['customer', 'business', 'agent', 'snmp']);
  expect(kinds(isSuggestion)).toEqual(['conversation']);
});
