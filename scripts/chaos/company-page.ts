import { CUSTOMER } from './constants.ts';
import { target } from './press.ts';
import type { Agent } from './world.ts';

export const CUSTOMER_PAGE = `https://app.atera.com/new/customer/${CUSTOMER}`;

/** Says that the customer on screen is the first of those that GHL has like it. Writes nothing. */
export async function linkCompany(agent: Agent): Promise<void> {
  const view = agent.company();
  const [account] = (await agent.send('getAccounts', {})).filter(({ vendor }) => vendor === 'atera');
  if (!view || !account) return;
  const company = { vendor: 'atera', accountId: account.id, kind: 'customer', id: String(CUSTOMER) } as const;
  const { version } = view;
  const offer = await agent.send('getCompanyOffer', { target, version, company });
  const [counterpart] = offer.status === 'ready' ? offer.candidates : [];
  if (!counterpart) return;
  const { id, name } = counterpart;
  await agent.send('linkCompany', { target, version, company, counterpart: { id, name } });
}
