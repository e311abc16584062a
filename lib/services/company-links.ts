import { companiesLike } from '../core/company.ts';
import type { Ref, VendorName } from '../core/contact.ts';
import { AppError } from '../errors.ts';
import type { CompanyName, CompanyOffer } from '../panel-state.ts';
import type { Accounts, Pair } from './accounts.ts';
import { companyRef, listCompanies } from './company-sides.ts';
import type { Links } from './links.ts';
import { type Shown, shownPerson } from './page-check.ts';
import { recordsOf } from './records.ts';
import type { Subjects } from './subjects.ts';
import { expectError } from './view-parts.ts';
import type { Views } from './views.ts';

export interface CompanyLinks {
  /** Which companies of the other vendor may be the one on screen. Nothing is linked by itself, and nothing is written. */
  offer(tabId: number, shown: Shown): Promise<CompanyOffer>;
  /** "This is the same company": links the two, once both were read again. Replaces no link. Writes nothing to a vendor. */
  link(tabId: number, choice: Shown & { counterpart: CompanyName }): Promise<void>;
}

interface Dependencies {
  accounts: Accounts;
  subjects: Subjects;
  views: Views;
  links: Links;
  /** A tab may show something else now. */
  wake: (tabId: number) => Promise<void>;
}

/** Key of the field that holds the domains of a company. */
const DOMAINS: Record<VendorName, string> = { atera: 'Domain', ghl: 'website' };

/** Links between a customer of Atera and a business of GHL, made by an agent alone. */
export function createCompanyLinks({ accounts, subjects, views, links, wake }: Dependencies): CompanyLinks {
  const look = async (tabId: number, shown: Shown) => {
    const pair = await accounts.pair();
    if (!pair) throw new AppError('not_connected');
    const found = await shownPerson({ subjects, views }, pair, tabId, shown);
    // A link that is there is taken back first.
    if (found.view.match.status !== 'none') throw new AppError('plan_expired');
    const vendor: VendorName = found.person.ref.vendor === 'atera' ? 'ghl' : 'atera';
    return { pair, vendor, ...found };
  };
  const isFree = async (pair: Pair, ref: Ref): Promise<boolean> =>
    (await links.counterpartOf(pair, ref)) === null;

  return {
    async offer(tabId, shown) {
      const { pair, vendor, person } = await look(tabId, shown);
      await wake(tabId);
      try {
        const [own, { companies, total }] = await Promise.all([
          recordsOf(pair, person.ref).readPerson(person.ref.id),
          listCompanies(pair, vendor),
        ]);
        // Whoever is linked to another company is no choice: that link is taken back first.
        const free = await Promise.all(companies.map(({ id }) => isFree(pair, companyRef(pair, vendor, id))));
        const open = companies.filter((_, index) => free[index]);
        const domains = own.fields.values[DOMAINS[person.ref.vendor]] ?? null;
        return {
          status: 'ready',
          candidates: companiesLike({ name: own.contact.name, domains }, open),
          all: open.map(({ id, name }) => ({ id, name })),
          total: total === null ? null : total - (companies.length - open.length),
        };
      } catch (error) {
        return { status: 'failed', error: expectError(error) };
      }
    },

    async link(tabId, { counterpart, ...shown }) {
      const { pair, vendor, person } = await look(tabId, shown);
      const other = companyRef(pair, vendor, counterpart.id);
      const [own, found] = await Promise.all([
        recordsOf(pair, person.ref).readPerson(person.ref.id),
        recordsOf(pair, other).readPerson(other.id),
      ]);
      // Called otherwise by now: another company is meant.
      if (own.contact.name !== person.name) throw new AppError('conflict', { vendor: person.ref.vendor });
      if (found.contact.name !== counterpart.name) throw new AppError('conflict', { vendor });
      // Reading took time: the page must still show this company.
      const { tab } = await look(tabId, shown);
      const [atera, ghl] = vendor === 'ghl' ? [person.ref, other] : [other, person.ref];
      const isLinked = await links.link(pair, atera, ghl, { replacing: [] });
      await Promise.all((await views.reconsider(tab, pair, [atera, ghl])).map(wake));
      if (!isLinked) throw new AppError('plan_expired');
    },
  };
}
