import type { Browser, Page } from 'puppeteer-core';
import { waitFor } from './wait.ts';

/** Firefox, seen from its own window with system rights: what the driver protocol leaves out for extensions. */
export interface FirefoxChrome {
  navigate(page: Page, url: string): Promise<void>;
  showSidebar(geckoId: string): Promise<void>;
  hideSidebar(): Promise<void>;
  /** Calls a self-contained function with the document of the sidebar and one string. */
  inSidebar<T>(work: (page: Document, argument: string) => T, argument: string): Promise<T>;
  sidebarPicture(): Promise<Buffer>;
  terminateBackground(geckoId: string): Promise<void>;
  backgroundState(geckoId: string): Promise<string>;
  setTheme(theme: 'light' | 'dark'): Promise<void>;
  consoleLines(): Promise<{ text: string; isError: boolean }[]>;
  forgetLines(): Promise<void>;
}

interface BidiConnection {
  send(
    method: string,
    params: unknown,
  ): Promise<Record<string, unknown> & { result?: Record<string, unknown> }>;
}
interface ScriptResult {
  type: string;
  result?: { value?: string };
  exceptionDetails?: { text: string };
}

/** `id` of the sidebar as Firefox builds it from the add-on id. */
const sidebarId = (geckoId: string) => `${geckoId.toLowerCase().replace(/[^a-z0-9_-]/g, '_')}-sidebar-action`;

export function createFirefoxChrome(browser: Browser): FirefoxChrome {
  // The protocol connection has no public accessor; the verbs used here are standard WebDriver BiDi.
  const { connection } = browser as unknown as { connection: BidiConnection };
  const bidi = async (method: string, params: unknown): Promise<Record<string, unknown>> => {
    const reply = await connection.send(method, params);
    return reply.result ?? reply;
  };

  /** Runs the body of an async function `(args) => …` in the browser window; arguments and result are JSON. */
  async function run<T>(body: string, args: unknown = null): Promise<T> {
    const { contexts } = (await bidi('browsingContext.getTree', { 'moz:scope': 'chrome' })) as {
      contexts: { context: string }[];
    };
    const reply = (await bidi('script.callFunction', {
      functionDeclaration: `async (json) => { const args = JSON.parse(json); const value = await (async () => { ${body} })(); return JSON.stringify(value ?? null); }`,
      awaitPromise: true,
      userActivation: true,
      target: { context: contexts[0]?.context },
      arguments: [{ type: 'string', value: JSON.stringify(args) }],
    })) as unknown as ScriptResult;
    if (reply.type === 'exception') throw new Error(`In Firefox: ${reply.exceptionDetails?.text}`);
    return JSON.parse(reply.result?.value ?? 'null') as T;
  }

  const extension = 'const { extension } = WebExtensionPolicy.getByID(args.geckoId);';

  const hideSidebar = (): Promise<void> =>
    run(`SidebarController.hide(); if (SidebarController.isOpen) throw new Error('sidebar stays open');`);

  return {
    hideSidebar,
    async navigate(page, url) {
      const { _id } = page.mainFrame() as unknown as { _id: string };
      await bidi('browsingContext.navigate', { context: _id, url, wait: 'complete' });
      await page.waitForFunction((wanted) => location.href === wanted, {}, url);
    },
    async showSidebar(geckoId) {
      // Hidden first: Firefox may have opened it by itself, and that would prove nothing.
      await hideSidebar();
      await run('await SidebarController.show(args.id);', { id: sidebarId(geckoId) });
      await waitFor('the sidebar to open', () =>
        run<boolean>(
          `return SidebarController.isOpen && Boolean(SidebarController.browser.contentDocument?.getElementById('webext-panels-browser')?.messageManager);`,
        ),
      );
    },
    inSidebar: (work, argument) =>
      run(
        `const frame = SidebarController.browser.contentDocument.getElementById('webext-panels-browser');
        return new Promise((resolve, reject) => {
          const done = ({ data }) => {
            frame.messageManager.removeMessageListener('counterpart:answer', done);
            data.error ? reject(new Error(data.error)) : resolve(data.value);
          };
          frame.messageManager.addMessageListener('counterpart:answer', done);
          const code = 'try { sendAsyncMessage("counterpart:answer", { value: (' + args.work + ')(content.document, ' + JSON.stringify(args.argument) + ') }) } catch (error) { sendAsyncMessage("counterpart:answer", { error: String(error) }) }';
          frame.messageManager.loadFrameScript('data:,' + encodeURIComponent(code), false);
        });`,
        { work: String(work), argument },
      ),
    async sidebarPicture() {
      const data = await run<string>(
        `const frame = SidebarController.browser.contentDocument.getElementById('webext-panels-browser');
        const bitmap = await frame.browsingContext.currentWindowGlobal.drawSnapshot(null, 1, 'white');
        const canvas = document.createElementNS('http://www.w3.org/1999/xhtml', 'canvas');
        canvas.width = bitmap.width; canvas.height = bitmap.height;
        canvas.getContext('2d').drawImage(bitmap, 0, 0);
        return canvas.toDataURL('image/png').split(',')[1];`,
      );
      return Buffer.from(data, 'base64');
    },
    terminateBackground: (geckoId) =>
      run(`${extension} await extension.terminateBackground({ ignoreDevToolsAttached: true });`, { geckoId }),
    backgroundState: (geckoId) =>
      run(`${extension} return extension?.backgroundState ?? 'none';`, { geckoId }),
    setTheme: (theme) =>
      run(
        `for (const { browsingContext } of gBrowser.browsers) browsingContext.prefersColorSchemeOverride = args.theme;`,
        { theme },
      ),
    // Printed lines are kept by each process for itself, so every process is asked; thrown errors reach the window's own list.
    consoleLines: () =>
      run(
        `const printed = await new Promise((resolve) => {
          const lines = [];
          let open = Services.ppmm.childCount;
          const finish = () => { Services.ppmm.removeMessageListener('counterpart:printed', take); resolve(lines); };
          const take = ({ data }) => { lines.push(...data); if (--open === 0) finish(); };
          Services.ppmm.addMessageListener('counterpart:printed', take);
          setTimeout(finish, 1000);
          const code = \`{
            const storage = Cc['@mozilla.org/consoleAPI-storage;1'].getService(Ci.nsIConsoleAPIStorage);
            sendAsyncMessage('counterpart:printed', storage.getEvents().map((event) => ({
              text: event.filename + ' ' + event.arguments.map(String).join(' '), isError: event.level === 'error' })));
          }\`;
          Services.ppmm.loadProcessScript('data:,' + encodeURIComponent(code), false);
        });
        const thrown = Services.console.getMessageArray().map((entry) => ({
          text: String(entry.sourceName ?? '') + ' ' + entry.message,
          isError: entry instanceof Ci.nsIScriptError && !(entry.flags & Ci.nsIScriptError.warningFlag) }));
        return [...printed, ...thrown];`,
      ),
    forgetLines: () =>
      run(
        `Services.console.reset();
        const code = '{ Cc["@mozilla.org/consoleAPI-storage;1"].getService(Ci.nsIConsoleAPIStorage).clearEvents(); }';
        Services.ppmm.loadProcessScript('data:,' + encodeURIComponent(code), false);`,
      ),
  };
}
