import type { Page } from 'puppeteer-core';
import { expect, it } from 'vitest';
import { connectAccounts } from '../../scripts/support/accounts.ts';
import { openTicket, PUSH, prepareWorld, scenes, send, VERIFIED } from './support.ts';

const world = prepareWorld({ connect: false });

/** Everything that pages, stores and consoles hold after the main job was done once. */
async function collectTraces(): Promise<Record<string, string>> {
  const { driver, sandbox } = world();
  const watching = await driver.openExtensionPage('options.html');
  await watching.evaluate(() => {
    const heard: string[] = [];
    Object.assign(window, { heard });
    chrome.runtime.onMessage.addListener((message) => {
      heard.push(JSON.stringify(message));
    });
  });
  const options = await connectAccounts(driver, sandbox);
  const { panel, page, tabId, ticket } = await openTicket(driver, scenes.main.ticketId);
  await panel.waitForText(/Push \d+ changes? to GHL/);
  await panel.click(PUSH);
  await panel.waitForText(VERIFIED);
  return {
    'page of the ticket': await ticket.content(),
    'settings page': `${await options.content()}${await inputValues(options)}`,
    panel: `${await page.content()}${await inputValues(page)}`,
    'messages heard by pages': JSON.stringify(await watching.evaluate(() => Reflect.get(window, 'heard'))),
    'replies to pages': JSON.stringify([
      await send(page, 'getPanelState', { tabId }),
      await send(page, 'getAccounts', {}),
    ]),
    consoles: (await driver.consoleLines()).join('\n'),
    'extension storage': await page.evaluate(async () =>
      JSON.stringify([
        await chrome.storage.local.get(null),
        await chrome.storage.session.get(null),
        await chrome.storage.sync.get(null).catch(() => null),
        { ...localStorage },
        { ...sessionStorage },
      ]),
    ),
    databases: await dumpDatabases(page),
  };
}

const inputValues = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('input, textarea')].map((input) => Reflect.get(input, 'value')).join('\n'),
  );

/** All of IndexedDB as text; bytes are read as Latin-1, so that text in them would be found. */
const dumpDatabases = (page: Page) =>
  page.evaluate(async () => {
    const settle = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const readable = (_key: string, value: unknown) => {
      if (value instanceof ArrayBuffer) return new TextDecoder('latin1').decode(value);
      if (ArrayBuffer.isView(value)) return new TextDecoder('latin1').decode(value);
      if (value instanceof CryptoKey) return `key, extractable: ${value.extractable}`;
      return value;
    };
    const parts: string[] = [];
    for (const { name } of await indexedDB.databases()) {
      if (!name) continue;
      const database = await settle(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        const records = database.transaction(store).objectStore(store);
        parts.push(
          name,
          store,
          JSON.stringify([await settle(records.getAllKeys()), await settle(records.getAll())], readable),
        );
      }
      database.close();
    }
    return parts.join('\n');
  });

it('leaves no token and no person in any place that is not encrypted', async () => {
  const { sandbox } = world();
  const traces = await collectTraces();
  const contact = sandbox.state.ghl.contacts.find(({ id }) => id === scenes.main.ghlContactIds[0]);
  const person = contact?.email ?? 'no e-mail';
  const tokens = [sandbox.atera.apiKey, sandbox.ghl.token];
  const found = Object.entries(traces).flatMap(([place, text]) =>
    tokens
      .filter((token) => text.includes(token) || text.includes(btoa(token)))
      .map(() => `token in ${place}`),
  );
  expect(found).toEqual([]);
  // The search is able to find something: the person is on screen, but in no store.
  expect(traces.panel).toContain(person);
  for (const place of ['extension storage', 'databases', 'consoles'])
    expect(traces[place]).not.toContain(person);
  expect(traces.databases).toContain('extractable: false');
  expect(traces.databases).not.toContain('extractable: true');
});

it('connects the accounts to nobody else', () => {
  expect(world().hosts.unexpected()).toEqual([]);
});
