import { createFaults } from '../../lib/sandbox/faults.ts';
import { createSandbox, type Sandbox } from '../../lib/sandbox/index.ts';
import { createPages } from '../../lib/sandbox/pages.ts';
import { type BrowserName, type Driver, type LaunchOptions, launch } from './browser.ts';
import { type Hosts, serveHosts } from './hosts.ts';

interface Vendors {
  sandbox: Sandbox;
  faults: ReturnType<typeof createFaults>;
}

/** Sandbox, hosts and a browser with the extension, ready to be driven. */
export interface World extends Vendors {
  hosts: Hosts;
  driver: Driver;
  /** The same browser with everything else as it was in the beginning: sandbox, faults, extension, pages, requests. */
  renew(): Promise<void>;
  close(): Promise<void>;
}

export async function createWorld(
  browser: BrowserName,
  options: Omit<LaunchOptions, 'hosts'> = {},
): Promise<World> {
  let { pages, ...vendors } = createVendors();
  const hosts = await serveHosts({
    ateraApi: (request) => vendors.sandbox.atera.fetch(request),
    ghlApi: (request) => vendors.sandbox.ghl.fetch(request),
    ateraPages: (request) => pages.atera.fetch(request),
    ghlPages: (request) => pages.ghl.fetch(request),
  });
  try {
    const driver = await launch(browser, { ...options, hosts });
    const world: World = {
      ...vendors,
      hosts,
      driver,
      async renew() {
        // What is still on its way is answered by the sandbox that it was sent to.
        await driver.renew();
        ({ pages, ...vendors } = createVendors());
        Object.assign(world, vendors);
        hosts.requests.length = 0;
      },
      async close() {
        await driver.close();
        await hosts.close();
      },
    };
    return world;
  } catch (error) {
    await hosts.close();
    throw error;
  }
}

function createVendors(): Vendors & { pages: ReturnType<typeof createPages> } {
  const faults = createFaults();
  const sandbox = createSandbox({ now: Date.now, ids: 'served', before: faults.before });
  return { faults, sandbox, pages: createPages(sandbox) };
}
