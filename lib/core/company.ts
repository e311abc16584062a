import { foldText } from './text.ts';

/** A company as it can be told from a list. */
export interface Company {
  id: string;
  name: string;
  /** Several in one text, as Atera keeps them. */
  domains: string | null;
}

/** A company as it is shown and chosen. */
export interface CompanyName {
  id: string;
  name: string;
}

/**
 * Why a company may be the one: an address or a website is at its domain, it is called like the one that a record names, or the agent
 * has linked the two.
 */
export type CompanySign = 'linked' | 'domain' | 'name';

export interface CompanyCandidate {
  id: string;
  name: string;
  signs: CompanySign[];
}

/** How many people of one company are looked for at once: each costs a search. */
export const MAX_OUTSIDERS = 25;

/** Anybody gets an address there: it says nothing of a company, even where one has listed it as its own. */
const FREE_MAIL = new Set(
  (
    'gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com ymail.com icloud.com me.com mac.com aol.com ' +
    'proton.me protonmail.com gmx.com gmx.de gmx.net web.de mail.com zoho.com yandex.com mail.ru comcast.net verizon.net ' +
    'att.net sbcglobal.net btinternet.com orange.fr free.fr t-online.de hotmail.co.uk yahoo.co.uk outlook.fr qq.com 163.com'
  ).split(' '),
);

/** The part behind the @, where it says something of a company; else null. */
export function companyDomain(email: string | null): string | null {
  const domain = email?.trim().toLowerCase().split('@').at(-1)?.replace(/\.$/u, '') ?? '';
  return email?.includes('@') && domain.includes('.') && !FREE_MAIL.has(domain) ? domain : null;
}

/** Domains of one text: separated by `;`, `,` or spaces, sometimes written as an address or with `www.`. */
export const domainsOf = (text: string | null): string[] =>
  (text ?? '')
    .toLowerCase()
    .split(/[,;\s]+/u)
    .map((part) =>
      part
        .replace(/^https?:\/\//u, '')
        .replace(/^[^@]*@/u, '')
        .replace(/^www\./u, '')
        .replace(/[/?#:].*$/u, '')
        .replace(/\.+$/u, ''),
    )
    .filter((part) => part !== '');

/** The domains of a text that say something of a company. */
const tellingDomains = (text: string | null): string[] =>
  domainsOf(text).filter((domain) => !FREE_MAIL.has(domain));

/** What is looked for: a name, and domains however they are written. `linked`: id of the one that the agent has linked. */
export interface CompanyLike {
  name: string | null;
  domains: string | null;
  linked?: string | null;
}

/** Companies that may be the same one, those with more signs first. Exact signs only: a part of a name is no sign. */
export function companiesLike(
  { name, domains, linked = null }: CompanyLike,
  companies: readonly Company[],
): CompanyCandidate[] {
  const own = tellingDomains(domains);
  const wanted = foldText(name ?? '');
  return companies
    .map((candidate): CompanyCandidate => {
      const signs: CompanySign[] = [];
      if (linked === candidate.id) signs.push('linked');
      if (tellingDomains(candidate.domains).some((domain) => own.includes(domain))) signs.push('domain');
      if (wanted !== '' && foldText(candidate.name) === wanted) signs.push('name');
      return { id: candidate.id, name: candidate.name, signs };
    })
    .filter(({ signs }) => signs.length > 0)
    .sort((a, b) => rank(b) - rank(a));
}

/** What the agent has said counts more than all that looks alike. */
const rank = ({ signs }: CompanyCandidate): number => signs.length + (signs.includes('linked') ? 9 : 0);

/** Companies that may be the person's. */
export const companyCandidates = (
  { email, company }: { email: string | null; company: string | null },
  companies: readonly Company[],
): CompanyCandidate[] => companiesLike({ name: company, domains: companyDomain(email) }, companies);
