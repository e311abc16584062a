import { vi } from 'vitest';
import type { Ref } from '../../lib/core/contact.ts';
import type { CompanyView, SubjectView } from '../../lib/panel-state.ts';
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

/** The company itself beside the one that it is linked to, once all of it was read. */
export const shownCompared = (
  world: World,
  tabId: number,
  until: (view: SubjectView) => boolean = () => true,
): Promise<SubjectView> =>
  vi.waitFor(
    async () => {
      const { page } = await world.send('getPanelState', { tabId });
      const compared = page.kind === 'company' ? (page.compared ?? null) : null;
      const isOpen = compared && [compared.person, compared.match].some(({ status }) => status === 'loading');
      if (!compared || isOpen || compared.refreshing || !until(compared))
        throw new Error(`Still shows ${JSON.stringify(page).slice(0, 1500)}`);
      return compared;
    },
    { timeout: 4000, interval: 5 },
  );

/** The customer of the main scene, the business that is called like it, and the page of the customer. */
export async function openCustomer(world: World) {
  const { businessId } = world.ghlContact('main');
  const business = world.sandbox.state.ghl.businesses.find(({ id }) => id === businessId);
  const customer = world.sandbox.state.atera.customers.find(
    ({ CustomerName }) => CustomerName === business?.name,
  );
  if (!business || !customer) throw new Error('No company');
  const tabId = await world.openTab(`https://app.atera.com/new/customer/${customer.CustomerID}`);
  const { version } = await shownCompany(world, tabId, isRead);
  const { id: accountId } = (await world.send('getAccounts', {})).find(
    ({ vendor }) => vendor === 'atera',
  ) ?? { id: '' };
  const ref: Ref = { vendor: 'atera', accountId, kind: 'customer', id: String(customer.CustomerID) };
  const shown = { target: { tabId }, version, company: ref };
  return { tabId, version, business, customer, ref, shown };
}

/** The same, linked. */
export async function openLinked(world: World) {
  const opened = await openCustomer(world);
  const { shown, business, tabId } = opened;
  await world.send('linkCompany', { ...shown, counterpart: { id: business.id, name: business.name } });
  const view = await shownCompared(world, tabId, ({ match }) => match.status === 'linked');
  world.sandbox.log.length = 0;
  return { ...opened, view };
}
