import type { Contact } from './contact.ts';
import { type Evidence, isRoleMailbox, phonesOf, sameText } from './match.ts';
import { normalizeEmail } from './text.ts';

/** What two records agree and disagree in, for a person to judge. Says nothing of who else may have the same signs. */
export function agreementOf(a: Contact, b: Contact, toE164: (value: string) => string | null): Evidence[] {
  const shared = a.emails.map(normalizeEmail).filter((email) => b.emails.map(normalizeEmail).includes(email));
  const [phonesA, phonesB] = [phonesOf(a, toE164), phonesOf(b, toE164)];
  const evidence: Evidence[] = [];
  if (shared.length > 0) {
    evidence.push({ kind: 'same-email' });
    if (shared.every(isRoleMailbox)) evidence.push({ kind: 'role-mailbox' });
  } else if (a.emails.length > 0 && b.emails.length > 0) evidence.push({ kind: 'other-email' });
  if ([...phonesA].some((phone) => phonesB.has(phone))) evidence.push({ kind: 'same-phone' });
  else if (phonesA.size > 0 && phonesB.size > 0) evidence.push({ kind: 'other-phone' });
  evidence.push({ kind: sameText(a.name, b.name) ? 'same-name' : 'other-name' });
  if (sameText(a.fields.company, b.fields.company)) evidence.push({ kind: 'same-company' });
  return evidence;
}
