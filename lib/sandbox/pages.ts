import { Hono } from 'hono/tiny';
import type { VendorName } from '../core/contact.ts';
import type { Sandbox } from './index.ts';
import { SCRIPT, STYLE } from './pages-assets.ts';
import { viewAtera } from './pages-atera.ts';
import { ghlPath, viewGhl } from './pages-ghl.ts';
import { type Html, html, link, type View } from './pages-html.ts';
import type { SandboxState } from './state.ts';

/** Nothing inline, nothing from elsewhere: markup in a record could not run even if it got through. */
const POLICY =
  "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const VIEWS: Record<VendorName, (state: SandboxState, path: string) => View | null> = {
  atera: viewAtera,
  ghl: viewGhl,
};

/** Small stand-ins for both web apps, at the vendors' own paths; they change the address without loading anew, as the real ones do. */
export function createPages({ state }: Sandbox): Record<VendorName, Hono> {
  return { atera: createVendorPages('atera', state), ghl: createVendorPages('ghl', state) };
}

/** True where a path on a shared port belongs to the API, not to the pages. */
export const isApiPath = (vendor: VendorName, path: string): boolean =>
  vendor === 'atera'
    ? path.startsWith('/api/')
    : /^\/(contacts|locations|businesses|users|calendars|conversations)(\/|$)/.test(path);

function createVendorPages(vendor: VendorName, state: SandboxState): Hono {
  const app = new Hono();
  const view = (path: string): View =>
    VIEWS[vendor](state, path) ?? {
      title: 'Not found',
      body: html`<h1>Not found</h1><p class="meta">There is no such page.</p>`,
    };

  app.get('/stand-in/style.css', () => file(STYLE, 'text/css'));
  app.get('/stand-in/app.js', () => file(SCRIPT, 'text/javascript'));
  app.get('/stand-in/view', (c) => {
    const { title, body } = view(c.req.query('path') ?? '/');
    return c.json({ title, html: body.text });
  });
  app.get('/favicon.ico', () => new Response(null, { status: 204 }));
  app.get('*', (c) => {
    const found = VIEWS[vendor](state, c.req.path);
    const page = shell(vendor, state, found ?? view(c.req.path));
    return new Response(page.text, {
      status: found ? 200 : 404,
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': POLICY,
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store',
      },
    });
  });
  return app;
}

const file = (text: string, type: string): Response =>
  new Response(text, {
    headers: { 'content-type': `${type}; charset=utf-8`, 'x-content-type-options': 'nosniff' },
  });

function shell(vendor: VendorName, state: SandboxState, { title, body }: View): Html {
  const menu =
    vendor === 'atera'
      ? [link('/new/tickets', 'Tickets'), link('/new/customers', 'Customers')]
      : [
          link(ghlPath(state, 'contacts/smart_list/All'), 'Contacts'),
          link(ghlPath(state, 'conversations/conversations'), 'Conversations'),
        ];
  const name = vendor === 'atera' ? String(state.atera.account.CompanyName) : state.ghl.location.name;
  return html`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><link rel="stylesheet" href="/stand-in/style.css"><script src="/stand-in/app.js" defer></script></head><body class="${vendor}"><nav><strong>${name}</strong>${menu}<small>Stand-in page, sample data</small></nav><main>${body}</main></body></html>`;
}
