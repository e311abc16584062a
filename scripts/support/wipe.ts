import type { Driver } from './browser.ts';
import { waitFor } from './wait.ts';

/** A page of the extension that runs none of its code. */
const SILENT_PAGE = 'icon/16.png';

/**
 * Leaves one empty page, and the extension with nothing stored and nothing running, as on the day of its installation. Starting
 * a browser takes several seconds; this, less than one.
 */
export async function wipe(driver: Driver): Promise<void> {
  const old = await driver.browser.pages(true);
  const page = await driver.openExtensionPage(SILENT_PAGE);
  for (const each of old) await each.close();
  await waitFor('the extension to be empty', async () => {
    await driver.stopBackground();
    await page.evaluate(async () => {
      for (const { name } of await indexedDB.databases())
        await new Promise<void>((resolve, reject) => {
          const request = indexedDB.deleteDatabase(name ?? '');
          request.onsuccess = () => resolve();
          request.onerror = () => reject(request.error);
        });
      localStorage.clear();
      await Promise.all([
        chrome.storage.local.clear(),
        chrome.storage.session.clear(),
        chrome.alarms.clearAll(),
      ]);
    });
    // What ran meanwhile still remembers, and may have written it down again.
    await driver.stopBackground();
    return page.evaluate(async () => {
      const stored = await Promise.all([chrome.storage.local.get(null), chrome.storage.session.get(null)]);
      return (await indexedDB.databases()).length + stored.flatMap(Object.keys).length === 0;
    });
  });
  await driver.browser.newPage();
  await page.close();
}
