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
  /** Writes this into the field with this label, or chooses it in the list with this label, once it can be changed. */
  fill(label: string, value: string): Promise<void>;
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

/** As typing does: the value is set behind the back of the views, and they hear of it by the event. */
function fillByLabel(page: Document, argument: string): boolean {
  const [wanted, value] = JSON.parse(argument) as [string, string];
  type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
  const label = [...page.querySelectorAll('label')].find(({ textContent }) => textContent?.trim() === wanted);
  const field = label?.control as Field | null | undefined;
  if (!field || field.matches(':disabled, [readonly]')) return false;
  let text = value;
  if (field.matches('select')) {
    const options = [...(field as HTMLSelectElement).options];
    const option = options.find(({ textContent }) => textContent?.trim() === value);
    if (!option) return false;
    text = option.value;
  }
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), 'value')?.set?.call(field, text);
  const view = page.defaultView as typeof globalThis | null;
  for (const name of ['input', 'change'])
    if (view) field.dispatchEvent(new view.Event(name, { bubbles: true }));
  return true;
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
    fill: async (label, value) => {
      const argument = JSON.stringify([label, value]);
      await waitFor(`the field "${label}" to take "${value}"`, () => call(fillByLabel, argument));
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
