import { expect, it } from 'vitest';
import { connectAccounts } from '../../scripts/support/accounts.ts';
import { navigateWithin, openPanelFor, prepareWorld, scenes, ticketUrl } from './support.ts';

const world = prepareWorld({ install: false, connect: false });

it('knows tabs that were open before the installation, and follows them', async () => {
  const { driver, sandbox } = world();
  const ticket = await driver.openPage(ticketUrl(scenes.main.ticketId));
  await driver.install();
  await (await connectAccounts(driver, sandbox)).close();
  const { panel, page } = await openPanelFor(driver, ticket);
  await panel.waitForText(scenes.main.ticketNumber);
  await panel.waitForText(/Push \d+ changes? to GHL/);
  await navigateWithin(ticket, ticketUrl(scenes.exact.ticketId));
  await panel.waitForText(/Oscar/);
  expect(await panel.text()).not.toContain('Dana');
  await page.close();
  await ticket.close();
});
