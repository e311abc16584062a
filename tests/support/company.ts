import { vi } from 'vitest';
import type { CompanyView } from '../../lib/panel-state.ts';
import type { World } from './world.ts';

/** Waits until the panel of this tab shows a company as asked for. */
export const shownCompany = (
  world: World,
  tabId: number,
  until: (view: CompanyView) => boolean,
): Promise<CompanyView> =>
  vi.waitFor(
    async () => {
      const { page } = await world.send('getPanelState', { tabId });
      if (page.kind !== 'company' || !until(page.view))
        throw new Error(`Still shows ${JSON.stringify(page).slice(0, 1500)}`);
      return page.view;
    },
    { timeout: 4000, interval: 5 },
  );

export const isRead = ({ refreshing }: CompanyView): boolean => !refreshing;
