import { type Contact, type FieldValue, type Ref, sameRef } from './contact.ts';
import { isRoleMailbox } from './role-mailbox.ts';
import { digitsOf, foldText, normalizeEmail } from './text.ts';

export { isRoleMailbox };

/** A reason to think (or doubt) that two records are the same person. Each has words in the locale files (`evidence.<kind>`). */
export type Evidence =
  | { kind: 'linked' }
  | { kind: 'same-email' }
  | { kind: 'same-phone' }
  | { kind: 'same-name' }
  | { kind: 'same-company' }
  | { kind: 'other-email' }
  | { kind: 'other-phone' }
  | { kind: 'other-name' }
  | { kind: 'role-mailbox' }
  /** A link to another record than the subject; `name` is null when that one could not be read. */
  | { kind: 'linked-elsewhere'; to: Ref; name: string | null }
  /** `count` people found with the same sign. */
  | { kind: 'shared'; sign: 'email' | 'phone'; count: number }
  /** Named in the custom field that is meant to remember the counterpart: by one side, or by both. */
  | { kind: 'registry'; isMutual: boolean }
  /** Named there, while e-mail, phone and name all say something else, or nothing. */
  | { kind: 'stranger' };

export interface Candidate {
  ref: Ref;
  evidence: Evidence[];
  /** Order only; says nothing by itself. */
  score: number;
}

/** A candidate who is linked to another record than the subject. */
export interface Claim {
  ref: Ref;
  to: Ref;
  name: string | null;
}

/** A candidate whom the subject's custom field names, or whose custom field names the subject. */
export interface Naming {
  ref: Ref;
  /** Each names the other, and nobody has taken that back. */
  isMutual: boolean;
}

export type Match =
  | { status: 'linked' | 'one'; candidate: Candidate }
  | { status: 'several'; candidates: Candidate[] }
  | { status: 'none' };

export interface MatchInput {
  subject: Contact;
  /** Everyone found in the other vendor, by whatever search. */
  candidates: readonly Contact[];
  /** Counterpart stored for this person, if any. */
  linked: Ref | null;
  /** Other records of the subject's own vendor known to have the same e-mail address. */
  twins: readonly Contact[];
  /** Records that an agent has said to be somebody else. Never proposed, but still counted where an address must be unique. */
  rejected?: readonly Ref[];
  /** Candidates who are linked to somebody else. Offered at most: a link says more than an address. */
  claims?: readonly Claim[];
  /** What custom fields say; a hint by itself. */
  namings?: readonly Naming[];
  /** E.164 form of a phone number, or null when it is no number. */
  toE164: (value: string) => string | null;
}

/** Signs that speak for one person. */
const SIGNS: readonly Evidence['kind'][] = ['same-email', 'same-phone', 'same-name'];

/** Signs that make even a unique address a mere suggestion. */
const DOUBTS: readonly Evidence['kind'][] = ['role-mailbox', 'linked-elsewhere'];

/**
 * Who is it in the other vendor? Certain only by a stored link, or by an exact e-mail address that is unique on both sides
 * and no role mailbox, or by two records whose custom fields name each other while an address, a number of their own or the name agrees;
 * and only while nobody else is linked to that record, and both ways do not lead to two people. Everything else is a suggestion for a
 * person to decide. Whoever was rejected is neither.
 */
export function match({
  subject,
  candidates,
  linked,
  twins,
  rejected = [],
  claims = [],
  namings = [],
  toE164,
}: MatchInput): Match {
  const isRejected = (ref: Ref): boolean => rejected.some((other) => sameRef(other, ref));
  const known =
    linked && !isRejected(linked) && candidates.find((candidate) => sameRef(candidate.ref, linked));
  if (known)
    return { status: 'linked', candidate: { ref: known.ref, evidence: [{ kind: 'linked' }], score: 100 } };

  const overlap = <T>(a: Set<T>, b: Set<T>): boolean => [...a].some((value) => b.has(value));
  const emailsOf = (contact: Contact): Set<string> => new Set(contact.emails.map(normalizeEmail));

  const emails = emailsOf(subject);
  const phones = phonesOf(subject, toE164);
  const people = candidates.filter(
    (candidate, index) => candidates.findIndex((other) => sameRef(other.ref, candidate.ref)) === index,
  );
  const sameEmail = people.filter((person) => overlap(emails, emailsOf(person)));
  const samePhone = people.filter((person) => overlap(phones, phonesOf(person, toE164)));

  const found = people
    .filter(({ ref }) => !isRejected(ref))
    .map((person): Candidate => {
      const evidence: Evidence[] = [];
      let score = 0;
      if (sameEmail.includes(person)) {
        evidence.push({ kind: 'same-email' });
        score += 40;
        const shared = subject.emails.filter((email) => emailsOf(person).has(normalizeEmail(email)));
        if (shared.every(isRoleMailbox)) {
          evidence.push({ kind: 'role-mailbox' });
          score -= 20;
        }
        const count = sameEmail.length + twins.length;
        if (count > 1) {
          evidence.push({ kind: 'shared', sign: 'email', count });
          score -= 10;
        }
      } else if (emails.size > 0 && person.emails.length > 0) {
        evidence.push({ kind: 'other-email' });
        score -= 5;
        if (person.emails.every(isRoleMailbox)) evidence.push({ kind: 'role-mailbox' });
      }
      if (samePhone.includes(person)) {
        evidence.push({ kind: 'same-phone' });
        score += 15;
        if (samePhone.length > 1) {
          evidence.push({ kind: 'shared', sign: 'phone', count: samePhone.length });
          score -= 8;
        }
      }
      if (sameText(subject.name, person.name)) {
        evidence.push({ kind: 'same-name' });
        score += 25;
      }
      if (sameText(subject.fields.company, person.fields.company)) {
        evidence.push({ kind: 'same-company' });
        score += 10;
      }
      const naming = namings.find(({ ref }) => sameRef(ref, person.ref));
      if (naming) {
        const isStranger = !evidence.some(({ kind }) => SIGNS.includes(kind));
        evidence.push({ kind: 'registry', isMutual: naming.isMutual });
        score += naming.isMutual ? 30 : 12;
        if (isStranger) {
          evidence.push({ kind: 'stranger' });
          score -= 30;
        }
      }
      const claim = claims.find(({ ref }) => sameRef(ref, person.ref));
      if (claim) {
        evidence.push({ kind: 'linked-elsewhere', to: claim.to, name: claim.name });
        score -= 30;
      }
      return { ref: person.ref, evidence, score };
    })
    .filter(({ evidence }) => evidence.some(({ kind }) => kind === 'registry' || SIGNS.includes(kind)))
    .sort((a, b) => b.score - a.score || (a.ref.id < b.ref.id ? -1 : 1));

  if (found.length === 0) return { status: 'none' };
  const [only] = sameEmail;
  const unique = sameEmail.length === 1 && twins.length === 0;
  const byEmail = found.find(
    ({ ref, evidence }) =>
      unique && only && sameRef(ref, only.ref) && !evidence.some(({ kind }) => DOUBTS.includes(kind)),
  );
  const certain = new Set([...(byEmail ? [byEmail] : []), ...found.filter(isNamedByBoth)]);
  const [candidate] = certain;
  if (candidate && certain.size === 1) return { status: 'one', candidate };
  return { status: 'several', candidates: found };
}

/** Each names the other, and there is a sign besides that is not one of many people. */
function isNamedByBoth({ evidence }: Candidate): boolean {
  const has = (...kinds: Evidence['kind'][]): boolean => evidence.some(({ kind }) => kinds.includes(kind));
  const isShared = evidence.some((sign) => sign.kind === 'shared' && sign.sign === 'phone');
  const agrees =
    has('same-name') || (has('same-email') && !has('role-mailbox')) || (has('same-phone') && !isShared);
  return (
    agrees && !has('linked-elsewhere') && evidence.some((sign) => sign.kind === 'registry' && sign.isMutual)
  );
}

/** Every number of a person in one form; what is too short to be one is left out. */
export const phonesOf = (
  { fields: { phone, mobile } }: Contact,
  toE164: (value: string) => string | null,
): Set<string> =>
  new Set(
    [phone, mobile]
      .filter((value): value is string => Boolean(value))
      .map((value) => toE164(value) ?? digitsOf(value))
      .filter((value) => value.length >= 5),
  );

export const sameText = (a: FieldValue | undefined, b: FieldValue | undefined): boolean =>
  Boolean(a && b && foldText(a) !== '' && foldText(a) === foldText(b));
