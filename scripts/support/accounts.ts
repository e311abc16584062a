import type { Page } from 'puppeteer-core';
import type { Sandbox } from '../../lib/sandbox/index.ts';
import type { Driver } from './browser.ts';
import { pagePanel } from './panel.ts';

/** Types a token into the settings page, as an agent does, and presses the button. */
export async function enterAteraToken(options: Page, token: string): Promise<void> {
  await options.locator('#connect-atera input[name="token"]').fill(token);
  await options.locator('#connect-atera button[type="submit"]').click();
}

export async function enterGhlToken(options: Page, token: string, location: string): Promise<void> {
  await options.locator('#connect-ghl input[name="token"]').fill(token);
  await options.locator('#connect-ghl input[name="location"]').fill(location);
  await options.locator('#connect-ghl button[type="submit"]').click();
}

/** Connects both accounts of the sandbox through the settings page and leaves it open. */
export async function connectAccounts(driver: Driver, { atera, ghl, state }: Sandbox): Promise<Page> {
  const options = await driver.openExtensionPage('options.html');
  const view = pagePanel(options);
  await enterAteraToken(options, atera.apiKey);
  await view.waitForText(/ is connected\./);
  await enterGhlToken(options, ghl.token, ghl.locationId);
  await view.waitForText(`${state.ghl.location.name} is connected.`);
  return options;
}
