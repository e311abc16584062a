/**
 * `npm run dev [-- --browser firefox]`: the extension in a browser on the sandbox, renewed whenever a source changes. Chromium gets
 * WXT's development server; Firefox allows no code from a server in MV3 pages, so there the extension is rebuilt and installed again.
 */
import { spawnSync } from 'node:child_process';
import { watch } from 'node:fs';
import { join } from 'node:path';
import { createServer } from 'wxt';
import { SCENES } from '../lib/sandbox/index.ts';
import { root } from './setup.mjs';
import { connectAccounts } from './support/accounts.ts';
import { readOptions } from './support/options.ts';
import { wxt } from './support/tools.ts';
import { waitFor } from './support/wait.ts';
import { createWorld, type World } from './support/world.ts';

const TICKET_URL = `https://app.atera.com/new/ticket/${SCENES.served.main.ticketId}`;
const SOURCES = ['components', 'entrypoints', 'lib', 'locales', 'public'];
const QUIET_MS = 200;

const values = readOptions({
  browser: { type: 'string', default: 'chromium' },
  headless: { type: 'boolean', default: false },
});
const { headless } = values;

async function startChromium(): Promise<{ world: World; stop(): Promise<void> }> {
  const server = await createServer({ root, browser: 'chrome', webExt: { disabled: true } });
  await server.start();
  const extension = join(root, '.output', 'chrome-mv3-dev');
  const world = await createWorld('chromium', { headless, extension, unmapped: ['localhost'] });
  return { world, stop: () => server.stop() };
}

async function startFirefox(): Promise<{ world: World; stop(): Promise<void> }> {
  const build = () =>
    spawnSync(process.execPath, wxt('build', '-b', 'firefox'), { cwd: root, stdio: 'inherit' }).status === 0;
  if (!build()) throw new Error('The build failed.');
  const extension = join(root, '.output', 'firefox-mv3');
  const world = await createWorld('firefox', { headless, extension });
  let timer: NodeJS.Timeout | undefined;
  const renew = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void (build() && world.driver.install().catch(console.error)), QUIET_MS);
  };
  const watchers = SOURCES.map((folder) => watch(join(root, folder), { recursive: true }, renew));
  return {
    world,
    async stop() {
      clearTimeout(timer);
      for (const watcher of watchers) watcher.close();
    },
  };
}

const { world, stop } = await (values.browser === 'firefox' ? startFirefox() : startChromium());
const end = async (exitCode: number) => {
  await Promise.allSettled([world.close(), stop()]);
  process.exit(exitCode);
};
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end(130));

try {
  const options = await connectAccounts(world.driver, world.sandbox);
  const ticket = await world.driver.openPage(TICKET_URL);
  await options.close();
  if (!headless) await world.driver.openSidePanel(ticket);
  console.log(`Ready at ${TICKET_URL}. Close the browser or press Ctrl-C to end.`);
  await waitFor('the browser to be closed', () => !world.driver.browser.connected, {
    timeoutMs: Number.POSITIVE_INFINITY,
    intervalMs: 500,
  });
  await end(0);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  await end(1);
}
