import type { Transport } from '../../lib/platform/http.ts';
import type { Sandbox } from '../../lib/sandbox/index.ts';
import type { Intent, Ledger } from './ledger.ts';
import { type Scheduler, scope } from './scheduler.ts';

export const FAULTS = [
  'limited',
  'broken gateway',
  'cut before',
  'cut after',
  'silent before',
  'silent after',
  'malformed',
] as const;
export type FaultKind = (typeof FAULTS)[number];

/** The next call meets it once `left` have passed; `isForWrites`: only writes count. */
export interface Fault {
  left: number;
  kind: FaultKind;
  isForWrites: boolean;
}

/** One way of a request; there and back is what the figures call L. */
const LEG_MS = 200;
const FOR_EVER_MS = 120_000;

const answer = (status: number, text: string, headers: Record<string, string> = {}): Response =>
  new Response(text, { status, headers: { 'content-type': 'application/json', ...headers } });

/** What a search of GHL has answered, as the ledger calls it. */
export const SEARCH = 'ghl search';

export const isRead = ({ method, url }: Request): boolean =>
  method === 'GET' || url.endsWith('/contacts/search');

/** The record that a request reads whole, as the ledger calls it. */
const recordOf = (vendor: string, path: string): string | null => {
  if (path.endsWith('/contacts/search')) return SEARCH;
  const values = /\/customvalues\/contactfields\/(\d+)$/u.exec(path)?.[1];
  if (values) return `values ${values}`;
  const [, contactId, items] = /\/contacts\/([A-Za-z0-9]+)\/(notes|tasks)\/?$/u.exec(path) ?? [];
  if (items) return `${items.slice(0, -1)} ${contactId}`;
  const commentsOf = /\/tickets\/(\d+)\/comments$/u.exec(path)?.[1];
  if (commentsOf) return `comments ${commentsOf}`;
  const ticketId = /\/tickets\/(\d+)$/u.exec(path)?.[1];
  if (ticketId) return `ticket ${ticketId}`;
  const companyId = /\/(?:customers|businesses)\/([A-Za-z0-9]+)$/u.exec(path)?.[1];
  if (companyId) return `${vendor} ${companyId}`;
  const id = /\/contacts\/([A-Za-z0-9]+)\/?$/u.exec(path)?.[1];
  return id && id !== 'search' ? `${vendor} ${id}` : null;
};

/**
 * The way to both vendors. What was sent arrives, whatever became of the background; what went wrong on the way is for the next calls of
 * that browser.
 */
export function createNetwork(
  sandbox: Sandbox,
  scheduler: Scheduler,
  ledger: Ledger,
  isTold: (intent: Intent) => boolean,
  /** In whose name it is sent, when an agent's press has several steps. */
  workingFor: (intent: Intent | null) => Intent | null,
) {
  /** By browser: how many calls to let pass first, and what the next one meets. */
  const faults = new Map<string, Fault[]>();

  const next = (browser: string, request: Request): FaultKind | null => {
    const isWrite = !isRead(request);
    let met: FaultKind | null = null;
    const waiting = (faults.get(browser) ?? []).flatMap((fault): Fault[] => {
      if (fault.isForWrites && !isWrite) return [fault];
      if (fault.left > 0) return [{ ...fault, left: fault.left - 1 }];
      met ??= fault.kind;
      return [];
    });
    faults.set(browser, waiting);
    return met;
  };

  const serve = async (request: Request, browser: string, sent: number): Promise<Response> => {
    const { pathname } = new URL(request.url);
    const vendor = new URL(request.url).host === 'app.atera.com' ? 'atera' : 'ghl';
    const by = workingFor(scope.getStore()?.intent ?? null);
    const host = sandbox[vendor];
    const response = await host.fetch(new Request(request, { signal: null }));
    const record = isRead(request) ? recordOf(vendor, pathname) : null;
    if (record && response.ok) ledger.read(record, scheduler.now(), browser, by);
    if (!isRead(request) && response.ok) {
      if (!by) throw new Error(`Nobody asked for ${request.method} ${pathname}.`);
      ledger.committed(by, scheduler.now(), request.method, pathname, isTold(by), sent);
    }
    return response;
  };

  const call = async (request: Request): Promise<Response> => {
    const running = scope.getStore();
    if (!running) throw new Error('No background is running.');
    const { name } = running.life.browser;
    const fault = next(name, request);
    const sent = ledger.now();
    await scheduler.op(LEG_MS, () => undefined, null);
    let response: Response;
    switch (fault) {
      case 'cut before':
        throw new TypeError('Failed to fetch');
      case 'silent before':
        await scheduler.op(FOR_EVER_MS, () => undefined);
        throw new TypeError('Failed to fetch');
      case 'limited':
        response = answer(429, '{"statusCode":429,"message":"Too Many Requests"}', { 'retry-after': '1' });
        break;
      case 'broken gateway':
        response = answer(502, '<html>Bad gateway</html>');
        break;
      default:
        response = await serve(request, name, sent);
    }
    if (fault === 'silent after') await scheduler.op(FOR_EVER_MS, () => undefined);
    await scheduler.op(LEG_MS, () => undefined);
    if (fault === 'cut after') throw new TypeError('Failed to fetch');
    if (fault !== 'malformed') return response;
    const text = await response.text();
    return answer(response.status, text.slice(0, Math.max(1, text.length >> 1)));
  };

  /** As `fetch` does: whoever gives up is told at once, and what was sent stays sent. */
  const transport: Transport = (request) =>
    new Promise((resolve, reject) => {
      const give = (): void => reject(request.signal.reason);
      request.signal.addEventListener('abort', give, { once: true });
      call(request)
        .then(resolve, reject)
        .finally(() => request.signal.removeEventListener('abort', give));
    });

  return {
    transport,
    meet(browser: string, fault: Fault) {
      faults.set(browser, [...(faults.get(browser) ?? []), fault]);
    },
    clear: () => faults.clear(),
  };
}
