import { expect, it } from 'vitest';
import { enterAteraToken, enterGhlToken } from '../../scripts/support/accounts.ts';
import { pagePanel } from '../../scripts/support/panel.ts';
import { openPanelFor, PUSH, prepareWorld, scenes, send, ticketUrl, VERIFIED } from './support.ts';

const world = prepareWorld({ connect: false });

const spoil = (token: string) =>
  token.slice(0, -4) + token.slice(-4).replace(/./g, (sign) => (sign === 'x' ? 'y' : 'x'));

it('says so on the page of a person while nothing is connected', async () => {
  const { driver, sandbox } = world();
  const ticket = await driver.openPage(ticketUrl(scenes.main.ticketId));
  const { panel, page } = await openPanelFor(driver, ticket);
  await panel.waitForText('Connect both systems first');
  expect(sandbox.log).toEqual([]);
  await page.close();
  await ticket.close();
});

it('a wrong token is refused with the cause and the next step, and is not kept', async () => {
  const { driver, sandbox } = world();
  const options = await driver.openExtensionPage('options.html');
  const view = pagePanel(options);
  await enterAteraToken(options, spoil(sandbox.atera.apiKey));
  await view.waitForText('Atera did not accept the token.');
  await enterGhlToken(options, spoil(sandbox.ghl.token), sandbox.ghl.locationId);
  const text = await view.waitForText('GHL did not accept the token.');
  expect(text).toContain('mistyped, expired, or revoked');
  expect(await send(options, 'getAccounts', {})).toEqual({ ok: true, value: [] });
  await options.close();
});

it('sample data does the main job without any call to a vendor', async () => {
  const { driver, hosts, sandbox } = world();
  const from = hosts.requests.length;
  const options = await driver.openExtensionPage('options.html');
  await pagePanel(options).click('Try with sample data');
  await pagePanel(options).waitForText('Sample data is on.');
  await options.close();

  const home = await driver.openPage('https://app.atera.com/new/');
  const { panel, page } = await openPanelFor(driver, home);
  await panel.waitForText('Or look at someone from the sample data');
  await panel.click(/Dana/);
  await panel.waitForText(/Push \d+ changes? to GHL/);
  await panel.click(PUSH);
  await panel.waitForText(VERIFIED);
  expect(sandbox.log.filter(({ status }) => status !== 401)).toEqual([]);
  const calls = hosts.requests
    .slice(from)
    .filter(({ host, path }) => host.startsWith('services.') || path.startsWith('/api/'));
  expect(calls).toEqual([]);
  expect(hosts.unexpected()).toEqual([]);
  await page.close();
  await home.close();
});
