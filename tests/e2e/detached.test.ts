import { expect, it } from 'vitest';
import { pagePanel } from '../../scripts/support/panel.ts';
import { waitFor } from '../../scripts/support/wait.ts';
import { openTicket, prepareWorld, scenes, ticketUrl } from './support.ts';

const world = prepareWorld();

it('opens from the side panel as a tab bound to the ticket, goes there, and says when that is closed', async () => {
  const { driver } = world();
  const ticket = await driver.openPage(ticketUrl(scenes.main.ticketId));
  const side = await driver.openSidePanel(ticket);
  await side.waitForText(scenes.main.ticketNumber);
  await side.click('Open in a tab');
  // Firefox's driver does not see tabs that the extension opens; the extension itself sees its pages.
  const asking = await driver.openExtensionPage('options.html');
  const search = await waitFor('the panel as a tab', () =>
    asking.evaluate(() =>
      chrome.extension
        .getViews({ type: 'tab' })
        .map(({ location }) => location.search)
        .find((part) => part.startsWith('?tab=')),
    ),
  );
  await asking.close();
  const page = await driver.openExtensionPage(`sidepanel.html${search}`);
  const panel = pagePanel(page);
  await panel.waitForText(/Shows the tab: .*app\.atera\.com/);
  await panel.waitForText(/Matched|Linked/);
  await panel.click('Go to that tab');
  await waitFor('the ticket to come to the front', () =>
    ticket.evaluate(() => document.visibilityState === 'visible'),
  );
  await ticket.close();
  await panel.waitForText('The tab is closed');
  expect(await panel.text()).not.toContain('Dana');
  await page.close();
});

it('what is switched off in the settings leaves an open panel at once', async () => {
  const { driver } = world();
  const { page, panel, ticket } = await openTicket(driver, scenes.main.ticketId);
  const options = await driver.openExtensionPage('options.html#resources');
  const settings = pagePanel(options);
  await settings.waitForText('What is shown and written');
  await settings.click('Show Notes');
  await settings.waitForText('Saved. Open panels follow.');
  await page.bringToFront();
  await panel.waitForText('Switched off: Notes.');
  await options.bringToFront();
  await settings.click('Reset to defaults');
  await settings.waitForText('Everything is shown and written again');
  for (const opened of [options, page, ticket]) await opened.close();
});
