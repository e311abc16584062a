import type { Contact, Ref } from '../core/contact.ts';
import { type Claim, type Match, match, type Naming } from '../core/match.ts';
import { toE164 } from '../core/phone.ts';
import type { MatchView } from '../panel-state.ts';
import type { PersonRecord } from '../vendors/vendor.ts';
import type { Pair } from './accounts.ts';

/** Applies the one rule of who is who. */
export const decide = (
  { country }: Pair,
  subject: Contact,
  found: readonly PersonRecord[],
  {
    linked = null,
    twins = [],
    rejected = [],
    claims = [],
    namings = [],
  }: {
    linked?: Ref | null;
    twins?: readonly Contact[];
    rejected?: readonly Ref[];
    claims?: readonly Claim[];
    namings?: readonly Naming[];
  },
): Match =>
  match({
    subject,
    candidates: found.map(({ contact }) => contact),
    linked,
    twins,
    rejected,
    claims,
    namings,
    toE164: (value) => toE164(value, country),
  });

/** What is shown of a match that is not certain. */
export function matchView(
  result: Match,
  found: readonly PersonRecord[],
  { length }: readonly Ref[],
): MatchView {
  if (result.status !== 'several') return { status: 'none', rejected: length };
  return {
    status: 'several',
    rejected: length,
    candidates: result.candidates.flatMap((candidate) => {
      const person = found.find(({ contact }) => contact.ref.id === candidate.ref.id);
      return person ? [{ ...candidate, person: person.view }] : [];
    }),
  };
}

/** The quick lookups: GHL's own duplicate rule, by e-mail and by phone side by side. */
export async function lookUpGhl(
  pair: Pair,
  email: string | null,
  phone: string | null,
): Promise<PersonRecord[]> {
  const { ghl } = pair;
  const byEmail = async (): Promise<PersonRecord[]> => {
    if (!email) return [];
    // Where two contacts may share an address, one hit proves nothing: ask for all of them.
    if (pair.allowsDuplicates !== false) return ghl.findByEmail(email);
    const hit = await ghl.findDuplicate({ email });
    return hit ? [hit] : [];
  };
  const byPhone = phone ? ghl.findByPhone(toE164(phone, pair.country) ?? phone) : [];
  return (await Promise.all([byEmail(), byPhone])).flat();
}

/** The slow search, only while nobody is certain: by name, and by number however it is written. */
export async function searchGhl(pair: Pair, { name, emails, fields }: Contact): Promise<PersonRecord[]> {
  const phone = fields.phone ?? fields.mobile;
  const searches = [
    emails.includes(name.toLowerCase()) ? [] : pair.ghl.searchPeople(name),
    phone ? pair.ghl.searchPeople(toE164(phone, pair.country) ?? phone) : [],
  ];
  return (await Promise.all(searches)).flat();
}
