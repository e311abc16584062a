import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { createCertificate } from './certificate.ts';

type Handler = (request: Request) => Response | Promise<Response>;

/** What answers for the vendors: the two APIs and the stand-in pages of the two web apps. */
export interface HostHandlers {
  ateraApi: Handler;
  ghlApi: Handler;
  ateraPages: Handler;
  ghlPages: Handler;
}

export interface HostRequest {
  host: string;
  method: string;
  path: string;
}

export interface Hosts {
  port: number;
  spkiHash: string;
  /** Every request that arrived, oldest first. */
  requests: HostRequest[];
  /** Requests to hosts that neither are ours nor belong to the browser's own business. */
  unexpected(): HostRequest[];
  close(): Promise<void>;
}

export const ATERA_HOST = 'app.atera.com';
export const GHL_API_HOST = 'services.leadconnectorhq.com';
/** The last one stands for an agency's own domain. */
export const GHL_PAGE_HOSTS = [
  'app.gohighlevel.com',
  'app.leadconnectorhq.com',
  'app.msgsndr.com',
  'crm.whitelabel.example',
];

/** Calls that the browsers make for themselves (updates, settings, captive portal); with our mapping they land here too. */
const BROWSER_OWN =
  /(^|\.)(google\.com|googleapis\.com|gvt1\.com|gstatic\.com|mozilla\.com|mozilla\.org|mozilla\.net|firefox\.com|mozgcp\.net)$/;

/**
 * One HTTPS server on loopback that is every host of the test world, told apart by the Host header. The browsers are started so
 * that each name resolves to it: production addresses, match patterns and permissions are exercised, and nothing leaves.
 */
export async function serveHosts(handlers: HostHandlers): Promise<Hosts> {
  const { key, cert, spkiHash } = createCertificate([ATERA_HOST, GHL_API_HOST, ...GHL_PAGE_HOSTS]);
  const requests: HostRequest[] = [];
  const known = new Set([ATERA_HOST, GHL_API_HOST, ...GHL_PAGE_HOSTS]);

  const dispatch: Handler = (request) => {
    const { hostname, pathname, search } = new URL(request.url);
    requests.push({ host: hostname, method: request.method, path: pathname + search });
    if (hostname === ATERA_HOST)
      return pathname.startsWith('/api/') ? handlers.ateraApi(request) : handlers.ateraPages(request);
    if (hostname === GHL_API_HOST) return handlers.ghlApi(request);
    if (GHL_PAGE_HOSTS.includes(hostname)) return handlers.ghlPages(request);
    return new Response('', { status: 404 });
  };

  const server = createServer({ key, cert }, getRequestListener(dispatch, { overrideGlobalObjects: false }));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;

  return {
    port,
    spkiHash,
    requests,
    unexpected: () => requests.filter(({ host }) => !known.has(host) && !BROWSER_OWN.test(host)),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
