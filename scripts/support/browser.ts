import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { type BrowserName, browserAdvice, findBrowser, root, SetupError } from '../setup.mjs';
import { createFirefoxChrome, type FirefoxChrome } from './firefox-chrome.ts';
import type { Hosts } from './hosts.ts';
import { type Panel, pagePanel, sidebarPanel } from './panel.ts';
import { waitFor } from './wait.ts';
import { wipe } from './wipe.ts';

export type { BrowserName } from '../setup.mjs';
export type { Panel } from './panel.ts';

export const BROWSER_NAMES: BrowserName[] = ['chromium', 'firefox'];
export type Theme = 'light' | 'dark';

const BUILD: Record<BrowserName, string> = { chromium: 'chrome-mv3', firefox: 'firefox-mv3' };
/** Firefox reports it when a page is closed before its message was answered, or had a failure for an answer: what every closed tab may do. */
const CLOSED_WHILE_WAITING = /Promise (?:resolved|rejected) after context unloaded/;
/** Fixed so that the address of the extension's pages is known before it is installed. */
const FIREFOX_UUID = '11111111-2222-4333-8444-555555555555';

export interface LaunchOptions {
  hosts: Pick<Hosts, 'port' | 'spkiHash'>;
  headless?: boolean;
  /** Built extension; the release build of that browser unless given. */
  extension?: string;
  /** False leaves the browser without the extension until `install()`. */
  install?: boolean;
  /** Names that are not mapped to the test hosts (the dev server). Chromium only. */
  unmapped?: string[];
}

/** One running browser with the extension in it; the same verbs for both browsers. */
export interface Driver {
  name: BrowserName;
  browser: Browser;
  version: string;
  /** Address of the extension, without trailing slash. */
  base: string;
  install(): Promise<void>;
  openPage(url: string): Promise<Page>;
  /** Opens `sidepanel.html?tab=…`, `options.html` … as a tab. */
  openExtensionPage(path: string): Promise<Page>;
  /** The real side panel (Chromium) or sidebar (Firefox), opened as by a click on the toolbar button over this page. */
  openSidePanel(page: Page): Promise<Panel>;
  /** Id that the extension knows the tab of this page by. */
  tabIdOf(page: Page): Promise<number>;
  /** Ends the worker or event page, as the browser does when it is idle. */
  stopBackground(): Promise<void>;
  isBackgroundRunning(): Promise<boolean>;
  setTheme(page: Page, theme: Theme): Promise<void>;
  /** Everything that was printed to a console or thrown uncaught so far, in pages and background. */
  consoleLines(): Promise<string[]>;
  /** Lines of `consoleLines()` that are errors of the extension. */
  extensionErrors(): Promise<string[]>;
  /** Closes every page and forgets what was stored and printed, as in a browser that was just started. */
  renew(): Promise<void>;
  close(): Promise<void>;
}

const manifestOf = (
  folder: string,
): { key?: string; browser_specific_settings?: { gecko: { id: string } } } =>
  JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));

/** Chrome names an extension by the hash of its public key, written in the letters a to p. */
const chromeId = (key: string): string =>
  createHash('sha256')
    .update(Buffer.from(key, 'base64'))
    .digest('hex')
    .slice(0, 32)
    .replace(/./g, (digit) => String.fromCharCode(97 + Number.parseInt(digit, 16)));

// --- nothing stays behind, however this process ends --------------------------------------------------------------------

interface Leftovers {
  pid: number | undefined;
  folder: string;
}
const open = new Set<Leftovers>();
/** How long a killed browser takes to be gone; longer on a busy machine, which the retries below allow for. */
const ENDING_MS = 150;

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function cleanUp(leftovers: Leftovers): void {
  const { pid, folder } = leftovers;
  open.delete(leftovers);
  if (pid !== undefined && isAlive(pid)) {
    // The browser leads its own process group, so that its helpers end with it.
    for (const target of process.platform === 'win32' ? [pid] : [-pid, pid]) {
      try {
        process.kill(target, 'SIGKILL');
      } catch {
        // It has ended in between.
      }
    }
    // Whatever is still ending may write to its profile. This also runs where nothing can be awaited, and where an ended child
    // looks alive until this process has ended too.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ENDING_MS);
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

/** Ends every browser of this process at once, and waits for nothing but the disk. */
export function endBrowsers(): void {
  for (const leftovers of [...open]) cleanUp(leftovers);
}
process.on('exit', endBrowsers);
// A test worker whose runner was killed would keep its browser for ever.
process.on('disconnect', () => process.exit(1));

// --- launch -------------------------------------------------------------------------------------------------------------

function launchChromium(executablePath: string, profile: string, options: LaunchOptions): Promise<Browser> {
  const { port, spkiHash } = options.hosts;
  const exclusions = (options.unmapped ?? []).map((name) => `, EXCLUDE ${name}`).join('');
  return puppeteer.launch({
    executablePath,
    headless: options.headless ?? true,
    pipe: true,
    enableExtensions: true,
    userDataDir: profile,
    defaultViewport: null,
    args: [
      `--host-resolver-rules=MAP * 127.0.0.1:${port}${exclusions}`,
      `--ignore-certificate-errors-spki-list=${spkiHash}`,
      '--window-size=1440,900',
      '--no-default-browser-check',
      '--disable-search-engine-choice-screen',
      ...(process.getuid?.() === 0 ? ['--no-sandbox', '--test-type'] : []),
    ],
  });
}

function launchFirefox(
  executablePath: string,
  profile: string,
  geckoId: string,
  options: LaunchOptions,
): Promise<Browser> {
  return puppeteer.launch({
    browser: 'firefox',
    executablePath,
    headless: options.headless ?? true,
    userDataDir: profile,
    defaultViewport: null,
    acceptInsecureCerts: true,
    args: ['--remote-allow-system-access', '--width=1440', '--height=900'],
    extraPrefsFirefox: {
      'network.dns.forceResolve': '127.0.0.1',
      'network.socket.forcePort': `443=${options.hosts.port}`,
      'services.settings.server': 'data:,#remote-settings-dummy/v1',
      'extensions.webextensions.uuids': JSON.stringify({ [geckoId]: FIREFOX_UUID }),
      // Without these a headed window greets the agent with tours and questions.
      'browser.aboutwelcome.enabled': false,
      'browser.shell.checkDefaultBrowser': false,
      'datareporting.policy.dataSubmissionEnabled': false,
      'datareporting.healthreport.uploadEnabled': false,
      'toolkit.telemetry.reportingpolicy.firstRun': false,
    },
  });
}

/** Starts a browser with the extension in a fresh profile. The build is copied, so a rebuild meanwhile does not disturb it. */
export async function launch(name: BrowserName, options: LaunchOptions): Promise<Driver> {
  const executablePath = findBrowser(name);
  if (executablePath === null) throw new SetupError(`${name} was not found. ${browserAdvice(name)}`);
  const built = options.extension ?? join(root, '.output', BUILD[name]);
  if (!existsSync(join(built, 'manifest.json')))
    throw new Error(`No build in ${built}: run "npm run build" first.`);

  const folder = mkdtempSync(join(tmpdir(), 'counterpart-'));
  const leftovers: Leftovers = { pid: undefined, folder };
  open.add(leftovers);
  try {
    const extension = options.extension ?? join(folder, 'extension');
    if (!options.extension) cpSync(built, extension, { recursive: true });
    const profile = join(folder, 'profile');
    const manifest = manifestOf(extension);
    const geckoId = manifest.browser_specific_settings?.gecko.id ?? '';
    const browser =
      name === 'chromium'
        ? await launchChromium(executablePath, profile, options)
        : await launchFirefox(executablePath, profile, geckoId, options);
    leftovers.pid = browser.process()?.pid;
    const close = async () => {
      await Promise.race([
        browser.close().catch(() => undefined),
        new Promise((done) => setTimeout(done, 5000)),
      ]);
      cleanUp(leftovers);
    };
    const version = await browser.version();
    const driver =
      name === 'chromium'
        ? createChromiumDriver(browser, version, extension, chromeId(manifest.key ?? ''), close)
        : createFirefoxDriver(browser, version, extension, geckoId, createFirefoxChrome(browser), close);
    if (options.install !== false) await driver.install();
    return driver;
  } catch (error) {
    cleanUp(leftovers);
    throw error;
  }
}

// --- what differs between the browsers ------------------------------------------------------------------------------------

async function openPage(browser: Browser, url: string): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(url, { waitUntil: 'load' });
  return page;
}

/** Asked in a page of the extension: with host permissions alone, it sees the addresses of just those tabs. */
async function tabIdOf(driver: Driver, page: Page): Promise<number> {
  const url = await page.evaluate(() => location.href);
  const asking = await driver.openExtensionPage('options.html');
  const id = await asking.evaluate(async (wanted) => {
    const tabs = await chrome.tabs.query({});
    return tabs.findLast((tab) => tab.url === wanted)?.id ?? null;
  }, url);
  await asking.close();
  if (id === null) throw new Error(`The extension sees no tab at ${url}.`);
  return id;
}

function createChromiumDriver(
  browser: Browser,
  version: string,
  extension: string,
  id: string,
  close: () => Promise<void>,
): Driver {
  const base = `chrome-extension://${id}`;
  const lines: { origin: string; text: string; isError: boolean }[] = [];
  const worker = () =>
    browser.targets().find((target) => target.type() === 'service_worker' && target.url().startsWith(base));

  browser.on('targetcreated', async (target) => {
    const add = (text: string, isError: boolean) => lines.push({ origin: target.url(), text, isError });
    try {
      if (target.type() === 'service_worker') {
        const context = await target.worker();
        context?.on('console', (message) => add(message.text(), message.type() === 'error'));
      } else {
        const page = await target.page();
        page?.on('console', (message) => add(message.text(), message.type() === 'error'));
        page?.on('pageerror', (error) => add(String(error), true));
      }
    } catch {
      // The target was gone before it could be listened to.
    }
  });

  const driver: Driver = {
    name: 'chromium',
    browser,
    version,
    base,
    async install() {
      const installed = await browser.installExtension(extension);
      if (installed !== id) throw new Error(`The extension got the id ${installed}, expected ${id}.`);
      await waitFor('the background to start', () => worker() !== undefined);
    },
    openPage: (url) => openPage(browser, url),
    openExtensionPage: (path) => openPage(browser, `${base}/${path}`),
    async openSidePanel(page) {
      const installed = (await browser.extensions()).get(id);
      if (!installed) throw new Error('The extension is not installed.');
      await page.bringToFront();
      const findPanel = async () =>
        (await installed.pages()).find(
          (candidate) =>
            new URL(candidate.url()).pathname === '/sidepanel.html' && !candidate.url().includes('?'),
        );
      // One that is open shows the page before for a moment, and what is pressed in it then is pressed there.
      const old = await findPanel();
      if (old) {
        await old.close();
        await waitFor('the side panel to close', async () => !(await findPanel()));
      }
      // A click before the background has declared what the button does is lost, so it is repeated.
      const panel = await waitFor('the side panel to open', async () => {
        const already = await findPanel();
        if (already) return already;
        await installed.triggerAction(page);
        return waitFor('', findPanel, { timeoutMs: 1000 }).catch(() => undefined);
      });
      return pagePanel(panel);
    },
    tabIdOf: (page) => tabIdOf(driver, page),
    async stopBackground() {
      const target = worker();
      if (!target) return;
      // A worker that is just starting may not hear it: it is told again.
      await waitFor('the worker to stop', () => {
        const close = async () => (await target.worker())?.close();
        close().catch(() => undefined);
        const isGone = () => !browser.targets().includes(target);
        return waitFor('', isGone, { timeoutMs: 3000 }).catch(() => false);
      });
    },
    isBackgroundRunning: async () => worker() !== undefined,
    setTheme: (page, theme) => page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }]),
    consoleLines: async () => lines.map(({ text }) => text),
    extensionErrors: async () =>
      lines.filter(({ origin, isError }) => isError && origin.startsWith(base)).map(({ text }) => text),
    async renew() {
      // The side panel is a page that only its extension knows of.
      const panels = (await (await browser.extensions()).get(id)?.pages()) ?? [];
      for (const panel of panels) await panel.close();
      await wipe(driver);
      lines.length = 0;
    },
    close,
  };
  return driver;
}

function createFirefoxDriver(
  browser: Browser,
  version: string,
  extension: string,
  geckoId: string,
  chromeScope: FirefoxChrome,
  close: () => Promise<void>,
): Driver {
  const base = `moz-extension://${FIREFOX_UUID}`;
  const driver: Driver = {
    name: 'firefox',
    browser,
    version,
    base,
    async install() {
      await browser.installExtension(extension);
      await waitFor('the background to start', () => driver.isBackgroundRunning());
    },
    openPage: (url) => openPage(browser, url),
    async openExtensionPage(path) {
      const page = await browser.newPage();
      await chromeScope.navigate(page, `${base}/${path}`);
      return page;
    },
    async openSidePanel(page) {
      await page.bringToFront();
      await chromeScope.showSidebar(geckoId);
      return sidebarPanel(chromeScope);
    },
    tabIdOf: (page) => tabIdOf(driver, page),
    async stopBackground() {
      // One that is just starting, or whose end was just put off, may not hear it: it is told again.
      await waitFor('the event page to stop', async () => {
        await chromeScope.terminateBackground(geckoId);
        return !(await driver.isBackgroundRunning());
      });
    },
    isBackgroundRunning: async () => (await chromeScope.backgroundState(geckoId)) === 'running',
    setTheme: (_page, theme) => chromeScope.setTheme(theme),
    consoleLines: async () => (await chromeScope.consoleLines()).map(({ text }) => text),
    extensionErrors: async () =>
      (await chromeScope.consoleLines())
        .filter(
          ({ text, isError }) => isError && text.includes(FIREFOX_UUID) && !CLOSED_WHILE_WAITING.test(text),
        )
        .map(({ text }) => text),
    async renew() {
      await chromeScope.hideSidebar();
      await wipe(driver);
      await chromeScope.forgetLines();
    },
    close,
  };
  return driver;
}
