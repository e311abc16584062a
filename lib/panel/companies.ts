import type { Ref } from '../core/contact.ts';
import type { TabTarget } from '../messaging.ts';
import type { CompanySides } from '../panel-state.ts';
import type { PanelApi } from './api.ts';

/** What the panel can do with companies. */
export interface CompanyActions {
  /** Where this person belongs, and may belong. Rejects with an `AppError`: whoever asks shows it in its place. */
  getCompanySides(version: number, person: Ref): Promise<CompanySides>;
}

interface Dependencies {
  api: PanelApi;
  /** The tab on screen. */
  here: () => TabTarget;
}

export const createCompanyActions = ({ api, here }: Dependencies): CompanyActions => ({
  getCompanySides: async (version, person) =>
    api.send('getCompanySides', { target: here(), version, person }),
});
