import type { Ref } from '../core/contact.ts';
import type { TabTarget } from '../messaging.ts';
import type { CompanyName, CompanyOffer, CompanySides } from '../panel-state.ts';
import type { PanelApi } from './api.ts';

/** What the panel can do with companies. Questions reject with an `AppError`: whoever asks shows it in its place. */
export interface CompanyActions {
  /** Where this person belongs, and may belong. */
  getCompanySides(version: number, person: Ref): Promise<CompanySides>;
  /** Which companies of the other vendor may be this one. */
  getCompanyOffer(version: number, company: Ref): Promise<CompanyOffer>;
  linkCompany(version: number, company: Ref, counterpart: CompanyName): Promise<void>;
}

interface Dependencies {
  api: PanelApi;
  /** The tab on screen. */
  here: () => TabTarget;
  run: (action: 'link', work: () => Promise<void>) => Promise<void>;
}

export const createCompanyActions = ({ api, here, run }: Dependencies): CompanyActions => ({
  getCompanySides: async (version, person) =>
    api.send('getCompanySides', { target: here(), version, person }),
  getCompanyOffer: async (version, company) =>
    api.send('getCompanyOffer', { target: here(), version, company }),
  linkCompany: (version, company, counterpart) =>
    run('link', () => api.send('linkCompany', { target: here(), version, company, counterpart })),
});
