import { writeFileSync } from 'node:fs';
import type { Page } from 'puppeteer-core';
import type { FirefoxChrome } from './firefox-chrome.ts';
import { waitFor } from './wait.ts';

/** A panel that can be read and driven, whether it is a page or lives in the frame of the browser window. */
export interface Panel {
  /** Everything written in it, white space folded. */
  text(): Promise<string>;
  /** Waits until the text holds this and returns the whole text. */
  waitForText(wanted: string | RegExp): Promise<string>;
  /** Clicks the enabled button, link or box of this accessible name, once it is there. */
  click(name: string | RegExp): Promise<void>;
  screenshot(file: string): Promise<void>;
  /** Pixels by which its content is wider than the panel: what people cannot see. */
  overflow(): Promise<number>;
}

const holds = (text: string, wanted: string | RegExp) =>
  typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text);

interface PanelParts {
  /** Calls a self-contained function with the panel's document and one string. */
  call<T>(work: (page: Document, argument: string) => T, argument: string): Promise<T>;
  screenshot(file: string): Promise<void>;
}

// Both run inside the panel's document, in both browsers: self-contained on purpose.
// biome-ignore lint/performance/useDomNodeTextContent: the text as people see it, without what is hidden
const readText = (page: Document): string => (page.body?.innerText ?? '').replace(/\s+/g, ' ').trim();

function clickByName(page: Document, pattern: string): boolean {
  const wanted = new RegExp(pattern);
  const controls = 'button, a[href], [role="button"], input[type="checkbox"], input[type="radio"]';
  const control = [...page.querySelectorAll<HTMLElement>(controls)].find((element) => {
    const label = (element as HTMLInputElement).labels?.[0]?.textContent;
    const name = element.getAttribute('aria-label') ?? label ?? element.textContent ?? '';
    return wanted.test(name.replace(/\s+/g, ' ').trim()) && !element.matches(':disabled, [data-disabled]');
  });
  control?.click();
  return control !== undefined;
}

// Parts may be cut off without a scroll bar, so every element is asked.
const measureOverflow = (page: Document): number => {
  const { clientWidth } = page.documentElement;
  const edges = [...page.querySelectorAll('main *')].map((element) => element.getBoundingClientRect().right);
  return Math.max(0, Math.round(Math.max(...edges, 0) - clientWidth));
};

function createPanel({ call, screenshot }: PanelParts): Panel {
  const text = () => call(readText, '');
  return {
    text,
    overflow: () => call(measureOverflow, ''),
    async waitForText(wanted) {
      let last = '';
      try {
        await waitFor(`${wanted}`, async () => {
          last = await text();
          return holds(last, wanted);
        });
        return last;
      } catch (error) {
        throw new Error(`The panel never showed ${wanted}. It shows: ${last}`, { cause: error });
      }
    },
    async click(name) {
      const pattern =
        typeof name === 'string' ? `^${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$` : name.source;
      await waitFor(`something to click named ${name} in the panel`, () => call(clickByName, pattern));
    },
    screenshot,
  };
}

export const pagePanel = (page: Page): Panel =>
  createPanel({
    call: <T>(work: (page: Document, argument: string) => T, argument: string) =>
      page.evaluate(`(${work})(document, ${JSON.stringify(argument)})`) as Promise<T>,
    screenshot: async (file) => {
      await page.screenshot({ path: file as `${string}.png` });
    },
  });

/** Firefox's sidebar is no page for the driver; it is reached through the browser window. */
export const sidebarPanel = (chromeScope: FirefoxChrome): Panel =>
  createPanel({
    call: chromeScope.inSidebar,
    screenshot: async (file) => writeFileSync(file, await chromeScope.sidebarPicture()),
  });
