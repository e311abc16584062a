import { foldText } from './text.ts';

/** A company as it can be told from a list. */
export interface Company {
  id: string;
  name: string;
  /** Several in one text, as Atera keeps them. */
  domains: string | null;
}

/** Why a company may be the person's: their address is at its domain, or their record names it. */
export type CompanySign = 'domain' | 'name';

export interface CompanyCandidate {
  id: string;
  name: string;
  signs: CompanySign[];
}

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
        .replace(/[/.]+$/u, ''),
    )
    .filter((part) => part !== '');

/** Companies that may be the person's, those with more signs first. Exact signs only: a part of a name is no sign. */
export function companyCandidates(
  { email, company }: { email: string | null; company: string | null },
  companies: readonly Company[],
): CompanyCandidate[] {
  const domain = companyDomain(email);
  const name = foldText(company ?? '');
  return companies
    .map((candidate): CompanyCandidate => {
      const signs: CompanySign[] = [];
      if (domain !== null && domainsOf(candidate.domains).includes(domain)) signs.push('domain');
      if (name !== '' && foldText(candidate.name) === name) signs.push('name');
      return { id: candidate.id, name: candidate.name, signs };
    })
    .filter(({ signs }) => signs.length > 0)
    .sort((a, b) => b.signs.length - a.signs.length);
}
