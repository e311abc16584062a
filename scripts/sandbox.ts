/**
 * Both stand-ins in plain HTTP on loopback, at the vendors' own paths, with their web pages.
 *
 *   node scripts/sandbox.ts [--atera-port A] [--ghl-port G] [--latency MS]
 *
 * Prints one line of JSON when ready; stops on SIGTERM and SIGINT.
 */
import type { AddressInfo } from 'node:net';
import { type ServerType, serve } from '@hono/node-server';
import type { VendorName } from '../lib/core/contact.ts';
import { createFaults } from '../lib/sandbox/faults.ts';
import { createSandbox } from '../lib/sandbox/index.ts';
import { createPages, isApiPath } from '../lib/sandbox/pages.ts';
import { readOptions } from './support/options.ts';

const values = readOptions({
  'atera-port': { type: 'string', default: '0' },
  'ghl-port': { type: 'string', default: '0' },
  latency: { type: 'string', default: '0' },
});

const readNumber = (name: keyof typeof values, max: number): number => {
  const number = Number(values[name]);
  if (Number.isInteger(number) && number >= 0 && number <= max) return number;
  console.error(`--${name} must be a whole number from 0 to ${max}.`);
  process.exit(2);
};

const latencyMs = readNumber('latency', 600_000);
const faults = createFaults();
faults.setLatency(latencyMs);
const sandbox = createSandbox({
  now: Date.now,
  ids: 'served',
  ...(latencyMs > 0 ? { before: faults.before } : {}),
});
const pages = createPages(sandbox);

/** Starts one vendor; the promise holds the port that it got. */
function start(vendor: VendorName, port: number): Promise<{ server: ServerType; port: number }> {
  return new Promise((resolve, reject) => {
    const server = serve(
      {
        hostname: '127.0.0.1',
        port,
        fetch: (request) =>
          isApiPath(vendor, new URL(request.url).pathname)
            ? sandbox[vendor].fetch(request)
            : pages[vendor].fetch(request),
      },
      (info: AddressInfo) => resolve({ server, port: info.port }),
    );
    server.once('error', reject);
  });
}

const started = await Promise.all([
  start('atera', readNumber('atera-port', 65_535)),
  start('ghl', readNumber('ghl-port', 65_535)),
]).catch((error: Error) => {
  console.error(`The sandbox could not start: ${error.message}`);
  process.exit(1);
});
const [atera, ghl] = started;

const stop = (): void => {
  for (const { server } of started) {
    server.close();
    if ('closeAllConnections' in server) server.closeAllConnections();
  }
};
process.once('SIGTERM', stop);
process.once('SIGINT', stop);

console.log(
  JSON.stringify({
    atera: { baseUrl: `http://127.0.0.1:${atera.port}/api/v3`, apiKey: sandbox.atera.apiKey },
    ghl: {
      baseUrl: `http://127.0.0.1:${ghl.port}`,
      token: sandbox.ghl.token,
      readonlyToken: sandbox.ghl.readonlyToken,
      locationId: sandbox.ghl.locationId,
    },
  }),
);
