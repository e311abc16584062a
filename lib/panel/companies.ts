import type { Ref } from '../core/contact.ts';
import type { MessageData, TabTarget } from '../messaging.ts';
import type { CompanyName, CompanyOffer, CompanyOutsiders, CompanySides, JobView } from '../panel-state.ts';
import type { PanelApi } from './api.ts';

/** What the panel can do with companies. Questions reject with an `AppError`: whoever asks shows it in its place. */
export interface CompanyActions {
  /** Where this person belongs, and may belong. */
  getCompanySides(version: number, person: Ref): Promise<CompanySides>;
  /** Which companies of the other vendor may be this one. */
  getCompanyOffer(version: number, company: Ref): Promise<CompanyOffer>;
  linkCompany(version: number, company: Ref, counterpart: CompanyName): Promise<void>;
  /** Who of this company is not in the linked one. */
  getOutsiders(version: number, company: Ref): Promise<CompanyOutsiders>;
  /** Whether it is stored by now; what comes of each person is told among the jobs. */
  joinCompany(command: Omit<MessageData<'joinCompany'>, 'target'>): Promise<string | null>;
}

interface Dependencies {
  api: PanelApi;
  /** The tab on screen. */
  here: () => TabTarget;
  run: (action: 'link', work: () => Promise<void>) => Promise<void>;
  startJob: (press: string, send: () => Promise<JobView>) => Promise<string | null>;
}

export const createCompanyActions = ({ api, here, run, startJob }: Dependencies): CompanyActions => ({
  getCompanySides: async (version, person) =>
    api.send('getCompanySides', { target: here(), version, person }),
  getCompanyOffer: async (version, company) =>
    api.send('getCompanyOffer', { target: here(), version, company }),
  linkCompany: (version, company, counterpart) =>
    run('link', () => api.send('linkCompany', { target: here(), version, company, counterpart })),
  getOutsiders: async (version, company) => api.send('getOutsiders', { target: here(), version, company }),
  joinCompany: (command) =>
    startJob(command.id, () => api.send('joinCompany', { target: here(), ...command })),
});
