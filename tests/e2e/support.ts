import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll } from 'vitest';
import type { Envelope, MessageData, MessageType } from '../../lib/messaging.ts';
import type { SubjectView } from '../../lib/panel-state.ts';
import type { Reply } from '../../lib/platform/messenger.ts';
import { SCENES } from '../../lib/sandbox/index.ts';
import { connectAccounts } from '../../scripts/support/accounts.ts';
import { type BrowserName, type Driver, endBrowsers } from '../../scripts/support/browser.ts';
import { isWrite } from '../../scripts/support/changes.ts';
import { GHL_PAGE_HOSTS } from '../../scripts/support/hosts.ts';
import { type Panel, pagePanel } from '../../scripts/support/panel.ts';
import { waitUntilRead } from '../../scripts/support/state.ts';
import { createWorld, type World } from '../../scripts/support/world.ts';

export const browserName: BrowserName = process.env.BROWSER === 'firefox' ? 'firefox' : 'chromium';
export const scenes = SCENES.served;

export const PUSH = /^Push \d+ changes? to GHL$/;
export const VERIFIED = /changes? verified in GHL/;

export const ticketUrl = (ticketId: number) => `https://app.atera.com/new/ticket/${ticketId}`;

interface WorldSetup {
  /** Connects both accounts before the first test. */
  connect?: boolean;
  /** False: a browser of its own, in which the extension was never installed. */
  install?: boolean;
}

/** Kept from file to file, as the test runner loads this module once (`isolate: false`); ends with the process. */
let shared: World | undefined;
// This is how the test runner ends it; `process.exit` is not to be had here.
process.once('SIGTERM', () => {
  endBrowsers();
  process.kill(process.pid, 'SIGKILL');
});

/** A browser as on the first day, with a sandbox of its own, for the tests of a file. */
export function prepareWorld({ connect = true, install = true }: WorldSetup = {}): () => World {
  let world: World | undefined;
  beforeAll(async () => {
    world = install ? await sharedWorld() : await createWorld(browserName, { install });
    if (connect) await (await connectAccounts(world.driver, world.sandbox)).close();
  });
  afterAll(() => (world === shared ? undefined : world?.close()));
  return () => {
    if (!world) throw new Error('There is no browser.');
    return world;
  };
}

async function sharedWorld(): Promise<World> {
  const kept = shared;
  // Until it is known to be as new, nobody gets it.
  shared = undefined;
  if (kept)
    try {
      await kept.renew();
    } catch (error) {
      await kept.close();
      throw error;
    }
  shared = kept ?? (await createWorld(browserName));
  return shared;
}

export interface PanelPage {
  tabId: number;
  page: Page;
  panel: Panel;
}

/** The panel as a tab of its own, bound to the tab of this page, and in front so that it paints. */
export async function openPanelFor(driver: Driver, subject: Page): Promise<PanelPage> {
  const tabId = await driver.tabIdOf(subject);
  const page = await driver.openExtensionPage(`sidepanel.html?tab=${tabId}`);
  await page.bringToFront();
  return { tabId, page, panel: pagePanel(page) };
}

/** A ticket in one tab and the panel for it in another, after all was read. */
export async function openTicket(
  driver: Driver,
  ticketId: number,
): Promise<PanelPage & { ticket: Page; view: SubjectView }> {
  const ticket = await driver.openPage(ticketUrl(ticketId));
  const opened = await openPanelFor(driver, ticket);
  return { ...opened, ticket, view: await waitUntilRead(opened.page, opened.tabId) };
}

/** Changes the address without loading, as both web apps do. */
export const navigateWithin = (page: Page, url: string) =>
  page.evaluate((address) => history.pushState({}, '', address), url);

/** A message as an extension page sends it, with the raw reply. */
export async function send<T extends MessageType>(
  page: Page,
  type: T,
  data: MessageData<T>,
): Promise<Reply<T>> {
  const message: Envelope<T> = { type, data };
  return (await page.evaluate(
    (envelope) => chrome.runtime.sendMessage(envelope),
    message as Envelope,
  )) as Reply<T>;
}

export const writesIn = ({ sandbox }: World, from = 0) => sandbox.log.slice(from).filter(isWrite);

/** The record in GHL that belongs to a scene, as it is now. */
export function ghlContact({ sandbox }: World, id: string | undefined) {
  const contact = sandbox.state.ghl.contacts.find((candidate) => candidate.id === id);
  if (!contact) throw new Error(`The sandbox has no GHL contact ${id}.`);
  return contact;
}

/** A page with the real side panel or sidebar beside it. */
export async function openBeside(driver: Driver, url: string): Promise<{ tab: Page; panel: Panel }> {
  const tab = await driver.openPage(url);
  return { tab, panel: await driver.openSidePanel(tab) };
}

export const ghlUrl = ({ sandbox }: World, rest: string, host = GHL_PAGE_HOSTS[0]) =>
  `https://${host}/v2/location/${sandbox.state.ghl.location.id}/${rest}`;

/** The record in Atera that belongs to a scene, as it is now. */
export function ateraContact({ sandbox }: World, id: number) {
  const contact = sandbox.state.atera.contacts.find(({ EndUserID }) => EndUserID === id);
  if (!contact) throw new Error(`The sandbox has no Atera contact ${id}.`);
  return contact;
}
