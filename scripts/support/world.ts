import { createFaults } from '../../lib/sandbox/faults.ts';
import { createSandbox, type Sandbox } from '../../lib/sandbox/index.ts';
import { createPages } from '../../lib/sandbox/pages.ts';
import { type BrowserName, type Driver, type LaunchOptions, launch } from './browser.ts';
import { type Hosts, serveHosts } from './hosts.ts';

/** Sandbox, hosts and a browser with the extension, ready to be driven. */
export interface World {
  sandbox: Sandbox;
  faults: ReturnType<typeof createFaults>;
  hosts: Hosts;
  driver: Driver;
  close(): Promise<void>;
}

export async function createWorld(
  browser: BrowserName,
  options: Omit<LaunchOptions, 'hosts'> = {},
): Promise<World> {
  const faults = createFaults();
  const sandbox = createSandbox({ now: Date.now, ids: 'served', before: faults.before });
  const pages = createPages(sandbox);
  const hosts = await serveHosts({
    ateraApi: (request) => sandbox.atera.fetch(request),
    ghlApi: (request) => sandbox.ghl.fetch(request),
    ateraPages: (request) => pages.atera.fetch(request),
    ghlPages: (request) => pages.ghl.fetch(request),
  });
  try {
    const driver = await launch(browser, { ...options, hosts });
    return {
      sandbox,
      faults,
      hosts,
      driver,
      async close() {
        await driver.close();
        await hosts.close();
      },
    };
  } catch (error) {
    await hosts.close();
    throw error;
  }
}
